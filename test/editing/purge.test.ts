import { describe, test } from 'vitest';
import { enginesHere } from '../support/engines.js';
import { forgets } from '../support/random-history.js';

describe.each(enginesHere())('a purge on $name', ({ name, fresh }) => {
  const seeds = name.startsWith('Neo4j') ? [1] : [1, 2, 3, 4];

  test.each(seeds)(
    'of somebody with a random history leaves a clean graph and no id, whatever is done and undone then (seed %i)',
    async (seed) => {
      await forgets(await fresh(), seed, 12);
    },
    120_000,
  );
});
