import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Sight } from '../../src/domain/gate.js';
import type { Graph } from '../../src/graph/graph.js';
import { chain, type Through } from '../../src/questions/chain.js';
import { enginesHere } from '../support/engines.js';
import { anEdge, edgesAmong, THROUGH_ALL, throughAmong } from '../support/links.js';
import { compareOnGraph, plantEdges } from '../support/planted.js';
import { World } from '../support/world.js';

/** Many statements, on a Neo4j that shares the machine. */
const RANDOM_GRAPHS_MS = 180_000;
const READER: Sight = { level: 0, minors: 'name-only', today: 100 };

describe.each(enginesHere({ all: true }))('a chain on $name', (engine) => {
  let graph: Graph;
  beforeEach(async () => {
    graph = await engine.fresh();
  });

  const ask = (from: string, to: string, through: Partial<Through> = {}, maxHops = 6, alternatives = 5) =>
    chain(graph, { from, to, through: { ...THROUGH_ALL, ...through }, maxHops, alternatives }, READER);

  test(
    'is what brute force finds, for random graphs and questions',
    async () => {
      const people = ['per_A', 'per_B', 'per_C', 'per_D', 'per_E', 'per_F'];
      const cases = fc.sample(
        fc.tuple(edgesAmong(people), throughAmong(people.slice(1, -1)), fc.integer({ min: 1, max: 5 })),
        25,
      );

      await compareOnGraph(graph, people, cases, READER);
    },
    RANDOM_GRAPHS_MS,
  );

  test('leads through nobody hidden: it is the one that there is without them (T28)', async () => {
    const world = new World();
    const [ann, bo, cy, di] = ['Ann', 'Bo', 'Cy', 'Di'].map((name) => world.person(name)) as [
      string,
      string,
      string,
      string,
    ];
    for (const [a, b] of [
      [ann, cy],
      [cy, di],
      [di, bo],
    ] as const)
      world.period(world.relationship('ROMANTIC', a, b));
    await world.plant(graph);
    const before = await ask(ann, bo);
    const hidden = new World();
    const secrets = [{ gate: 1 }, { gate: 2 }, { floor: 3 }, { adultFrom: 101 }].map((given, i) =>
      hidden.person(`Secret${i}`, given),
    );
    await hidden.plant(graph);
    const ties = secrets.flatMap((secret) => [ann, bo].map((other) => anEdge(secret, other, { standing: 2 })));
    await plantEdges(graph, [], ties);

    expect(before).toMatchObject({ type: 'ChainsFound', chains: [{ people: [ann, cy, di, bo] }] });
    expect(await ask(ann, bo)).toEqual(before);
  });

  test('tells people without a path, somebody unknown and the hop limit apart (T20)', async () => {
    const world = new World();
    const [ann, bo, cy, di] = ['Ann', 'Bo', 'Cy', 'Di'].map((name) => world.person(name)) as [
      string,
      string,
      string,
      string,
    ];
    const secret = world.person('Secret', { gate: 1 });
    const merged = world.person('Annie', { mergedInto: ann });
    for (const [a, b] of [
      [ann, bo],
      [bo, cy],
    ] as const)
      world.period(world.relationship('ROMANTIC', a, b));
    await world.plant(graph);

    expect(await ask(ann, di)).toMatchObject({ type: 'NoChain' });
    expect(await ask('ann', 'nobody')).toEqual({ type: 'PersonUnknown', ref: 'nobody' });
    expect(await ask(secret, 'ann')).toEqual({ type: 'PersonUnknown', ref: secret });
    expect(await ask(ann, cy, { avoid: ['who'] })).toEqual({ type: 'PersonUnknown', ref: 'who' });
    expect(await ask(ann, cy, {}, 1)).toMatchObject({ type: 'LimitReached', limit: 'HOPS', hops: 1 });
    expect(await ask('annie', cy)).toMatchObject({ chains: [{ people: [ann, bo, cy] }] });
    expect(await ask(merged, ann)).toMatchObject({ chains: [{ people: [ann], links: [], weakest: null }] });
  });

  test('refuses what is beyond its limits, before anything is read', async () => {
    const before = graph.statements;

    for (const [maxHops, alternatives, field] of [
      [9, 1, 'maxHops'],
      [0, 1, 'maxHops'],
      [6, 0, 'alternatives'],
      [6, 21, 'alternatives'],
    ] as const) {
      const asked = ask('ann', 'bo', {}, maxHops, alternatives);
      await expect(asked).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { field, rule: 'LIMIT' } });
    }
    expect(graph.statements).toBe(before);
  });

  test('can’t avoid its own ends', async () => {
    const world = new World();
    world.person('Ann');
    world.person('Bo');
    await world.plant(graph);

    await expect(ask('ann', 'bo', { avoid: ['per_Bo'] })).rejects.toMatchObject({ details: { rule: 'AVOIDS_END' } });
  });

  test('past a hub takes a statement a hop', async () => {
    const crowd = Array.from({ length: 500 }, (_, i) => `per_x${i}`);
    const people = ['per_A', 'per_Hub', 'per_B', 'per_Island', ...crowd];
    const edges = [
      anEdge('per_A', 'per_Hub'),
      anEdge('per_x7', 'per_B'),
      ...crowd.map((other) => anEdge('per_Hub', other)),
    ];
    await plantEdges(graph, people, edges);
    const before = graph.statements;

    expect(await ask('per_A', 'per_B')).toMatchObject({
      chains: [{ people: ['per_A', 'per_Hub', 'per_x7', 'per_B'] }],
    });

    expect(graph.statements - before).toBe(1 + 3 + 1);
    expect(await ask('per_Hub', 'per_Island')).toMatchObject({ type: 'NoChain' });
    expect(await ask('per_Hub', 'per_B', { inTimeOrder: true })).toMatchObject({ chains: [{ links: [{}, {}] }] });
  });

  test('gives up with how far it came when its time is over', async () => {
    await plantEdges(graph, ['per_A', 'per_B'], [anEdge('per_A', 'per_B')]);
    const question = { from: 'per_A', to: 'per_B', through: THROUGH_ALL, maxHops: 6, alternatives: 1 };

    const answer = await chain(graph, question, READER, { signal: AbortSignal.abort() });

    expect(answer).toMatchObject({ type: 'LimitReached', limit: 'TIME', examined: 2, hops: 0 });
  });
});
