import { describe, expect, test } from 'vitest';
import { createSearch } from '../../src/questions/search.js';
import { enginesHere } from '../support/engines.js';
import { madeUpNames, plantNames, recallAt10 } from './damage.js';

describe.each(enginesHere({ all: true }))('search on $name', (engine) => {
  test('finds 95 of 100 people by names that were damaged', async () => {
    const graph = await engine.fresh();
    const people = await plantNames(graph, madeUpNames(6000));

    const { all, missed } = await recallAt10(createSearch({ graph }), people, 200);

    expect({ all, missed }).toMatchObject({ all: expect.toSatisfy((share: number) => share >= 0.95) });
  });
});
