import { describe, test } from 'vitest';
import { enginesHere } from '../support/engines.js';
import { livesThrough } from '../support/random-history.js';

const STEPS = 20;
const AT_A_TIME = 20;
/** By their seeds: 200 in all. */
const BLOCKS = Array.from({ length: 10 }, (_, n) => [n * AT_A_TIME + 1, (n + 1) * AT_A_TIME] as const);

describe.each(enginesHere({ all: true }))('200 random histories on $name', ({ fresh }) => {
  test.each(BLOCKS)('are lived through, and taken back: %i to %i', async (first, last) => {
    for (let seed = first; seed <= last; seed += 1) await livesThrough(await fresh(), seed, STEPS);
  });
});
