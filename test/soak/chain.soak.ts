import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Sight } from '../../src/domain/gate.js';
import { chain } from '../../src/questions/chain.js';
import { enginesHere } from '../support/engines.js';
import { anEdge, edgesAmong, THROUGH_ALL, throughAmong } from '../support/links.js';
import { compareOnGraph, plantEdges } from '../support/planted.js';

const GRAPHS = 2000;
const READER: Sight = { level: 0, minors: 'name-only', today: 100 };

describe.each(enginesHere({ all: true }))('chains on $name', (engine) => {
  test(`are what brute force finds in ${GRAPHS} random graphs, in any order and in time order`, async () => {
    const people = ['per_A', 'per_B', 'per_C', 'per_D', 'per_E', 'per_F', 'per_G'];
    const question = fc.tuple(edgesAmong(people), throughAmong(people.slice(1, -1)), fc.integer({ min: 1, max: 6 }));

    await compareOnGraph(await engine.fresh(), people, fc.sample(question, GRAPHS), READER);
  });

  test('past a hub with ten thousand links take a statement a hop (T21)', async () => {
    const graph = await engine.fresh();
    const crowd = Array.from({ length: 10_000 }, (_, i) => `per_x${i}`);
    const links = [anEdge('per_A', 'per_Hub'), anEdge('per_x7', 'per_B')];
    const crowded = crowd.map((other) => anEdge('per_Hub', other));
    await plantEdges(graph, ['per_A', 'per_Hub', 'per_B', 'per_Island', ...crowd], [...links, ...crowded]);
    const ask = (from: string, to: string, inTimeOrder = false) =>
      chain(graph, { from, to, through: { ...THROUGH_ALL, inTimeOrder }, maxHops: 6, alternatives: 1 }, READER);
    const before = graph.statements;

    const found = await ask('per_A', 'per_B');

    expect(found).toMatchObject({ chains: [{ people: ['per_A', 'per_Hub', 'per_x7', 'per_B'] }] });
    expect(graph.statements - before).toBe(1 + 3 + 1);
    expect(await ask('per_Hub', 'per_Island')).toMatchObject({ type: 'NoChain' });
    expect(await ask('per_Hub', 'per_B', true)).toMatchObject({ chains: [{ links: [{}, {}] }] });
  });
});
