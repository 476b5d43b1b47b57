import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { csvRecords } from '../../src/ingest/csv.js';
import { createSearch } from '../../src/questions/search.js';
import { plantNames, recallAt10 } from '../questions/damage.js';
import { enginesHere } from '../support/engines.js';

const COUPLES = fileURLToPath(new URL('../../../shared/data/couples-many-sources.csv', import.meta.url));

describe.each(enginesHere({ all: true }))('search on $name', (engine) => {
  test.skipIf(!existsSync(COUPLES))(
    'finds 95 of 100 people of the large file by names that were damaged (skipped where ../shared/data/couples-many-sources.csv is missing)',
    async () => {
      const graph = await engine.fresh();
      const records = csvRecords(readFileSync(COUPLES, 'utf8'));
      const names = new Set(records.flatMap((record) => [record.cell('person_a'), record.cell('person_b')]));
      names.delete('');
      const people = await plantNames(graph, [...names]);

      const { all, of, missed } = await recallAt10(createSearch({ graph }), people, 200);
      console.log(engine.name, people.size, all, of, missed);

      expect(all).toBeGreaterThanOrEqual(0.95);
    },
  );
});
