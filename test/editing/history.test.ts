import { describe, test } from 'vitest';
import { enginesHere } from '../support/engines.js';
import { livesThrough } from '../support/random-history.js';

describe.each(enginesHere({ all: true }))('a random history on $name', ({ name, fresh }) => {
  const seeds = name.startsWith('Neo4j') ? [1] : [1, 2, 3, 4];

  test.each(seeds)(
    'leaves a clean graph after each step, and undoing all of it gives the first graph back (seed %i)',
    async (seed) => {
      await livesThrough(await fresh(), seed, 12);
    },
    120_000,
  );
});
