import { describe, test } from 'vitest';
import { enginesHere } from '../support/engines.js';
import { livesThrough } from '../support/random-history.js';

describe.each(enginesHere({ all: true }))('200 random histories on $name', ({ name, fresh }) => {
  test('are lived through, and taken back', async () => {
    const histories = name.startsWith('Neo4j') ? 40 : 200;
    for (let seed = 1; seed <= histories; seed += 1) await livesThrough(await fresh(), seed, 20);
  });
});
