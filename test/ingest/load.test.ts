import { beforeEach, describe, expect, test } from 'vitest';
import { idFromKey } from '../../src/domain/ids.js';
import type { Graph } from '../../src/graph/graph.js';
import { readCsv } from '../../src/ingest/couples-csv.js';
import { reportLines } from '../../src/ingest/import-file.js';
import { type LoadOptions, load } from '../../src/ingest/load.js';
import { commit } from '../../src/store/commit.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';

const HEADER = 'person_a,person_b,type,start,end,end_cause,source';
const linesOf = (...records: string[]) =>
  readCsv(`${HEADER}\n${records.join('\n')}\n`, { namespace: 'file', retrieved: '2026-11-25' });
const couples = (count: number) => Array.from({ length: count }, (_, i) => `A${i},B${i},MARRIED,1990,,,yago11k`);

const options: LoadOptions = {
  accept: true,
  visibility: 'PUBLIC',
  adults: true,
  actor: 'ann',
  batch: 'a batch',
  now: () => Date.UTC(2026, 10, 25),
};

describe.each(enginesHere({ all: true }))('a load on $name', ({ fresh }) => {
  let graph: Graph;
  beforeEach(async () => {
    graph = await fresh();
  });
  const changes = () => graph.read('MATCH (c:Change) RETURN c.actor AS actor, c.batch AS batch ORDER BY c.seq');

  test('writes 500 lines a change, under the name of whoever decides', async () => {
    const report = await load(graph, linesOf(...couples(501)), options);

    expect(report).toMatchObject({ read: 502, loaded: 502, unchanged: 0, skipped: 0, changes: 2 });
    expect(report.records).toMatchObject({ Person: 1002, Relationship: 501, Period: 501, Claim: 501, Citation: 501 });
    expect(await changes()).toEqual([
      { actor: 'ann', batch: 'a batch' },
      { actor: 'ann', batch: 'a batch' },
    ]);
    expect((await verify(graph)).differences).toEqual([]);
  });

  test('of the same lines again writes nothing', async () => {
    const lines = linesOf(...couples(3), 'A1,B1,MARRIED,1964,1974,div,wikipedia_usfilm', 'A1,B1,MARRIED,,,,fb13');
    await load(graph, lines, options);

    const again = await load(graph, lines, options);

    expect(again).toMatchObject({ read: 6, loaded: 0, unchanged: 6, skipped: 0, changes: 0, records: {} });
    expect(await changes()).toHaveLength(1);
  });

  test('reports what it leaves out by line, field and rule, and loads the rest', async () => {
    const lines = linesOf(
      'A,B,MARRIED,2011,2010,,yago11k',
      'A,A,MARRIED,,,,fb13',
      'C,D,MARRIED,1951,195,,yago11k',
      'A,C,FRIEND,,,,fb15k237',
    );

    const report = await load(graph, lines, options);

    expect(report).toMatchObject({ read: 5, loaded: 3, skipped: 2 });
    expect(report.problems).toMatchObject([
      { line: 2, field: 'end', rule: 'DATE_ORDER', leaves: 'ROW' },
      { line: 3, field: 'b', rule: 'SELF_PAIR', leaves: 'ROW' },
      { line: 4, field: 'end', rule: 'EDTF', leaves: 'CELL' },
    ]);
    expect(reportLines(report)).toEqual([
      expect.stringMatching(/^line 2: skipped end DATE_ORDER: /),
      expect.stringMatching(/^line 3: skipped b SELF_PAIR: /),
      expect.stringMatching(/^line 4: loaded without end EDTF: /),
      '5 lines read: 3 loaded, 0 unchanged, 2 skipped; 3 problems.',
      expect.stringContaining('3 Person'),
    ]);
    expect((await verify(graph)).differences).toEqual([]);
  });

  test('that is strict writes nothing where there is any problem, however late', async () => {
    const lines = linesOf(...couples(501), 'A0,B0,MARRIED,2011,2010,,yago11k');

    const strict = load(graph, lines, { ...options, strict: true });

    await expect(strict).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { rule: 'STRICT', field: 'end' } });
    expect(await changes()).toEqual([]);
  });

  test.each([false, true])(
    'skips whoever was taken down since, which is no fault of the lines (strict: %s)',
    async (strict) => {
      await load(graph, linesOf('A,B,MARRIED,1990,,,yago11k'), options);
      const lines = linesOf('A,B,MARRIED,1990,,,yago11k', 'B,C,MARRIED,1995,,,yago11k');
      await takeDown(graph, 'A');

      const report = await load(graph, lines, { ...options, strict });

      expect(report).toMatchObject({ read: 3, loaded: 1, unchanged: 1, skipped: 1 });
      expect(report.problems).toMatchObject([{ line: 2, rule: 'REMOVED' }]);
    },
  );
});

/** As an admin does it. */
async function takeDown(graph: Graph, name: string): Promise<void> {
  const id = idFromKey('Person', `file:person:${name}`);
  await commit(graph, {
    id: 'chg_takedown',
    at: '2026-11-25T00:00:00.000Z',
    actor: 'admin',
    action: 'setVisibility',
    edits: [{ type: 'Person', id, set: { visibility: 'REMOVED' } }],
  });
}
