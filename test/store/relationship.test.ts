import { describe, expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { periods, periodsOf } from '../../src/store/period.js';
import { relationships, relationshipsBetween } from '../../src/store/relationship.js';
import { enginesHere } from '../support/engines.js';
import { World } from '../support/world.js';

describe.each(enginesHere({ all: true }))('relationships and periods on $name', (engine) => {
  async function planted(world: World): Promise<Graph> {
    const graph = await engine.fresh();
    await world.plant(graph);
    return graph;
  }

  test('are found by id in the order of the keys, merged ones by their survivor', async () => {
    const world = new World();
    const [ann, bo, cy] = [world.person('Ann'), world.person('Bo'), world.person('Cy')];
    const pair = world.relationship('ROMANTIC', ann, bo);
    const old = world.relationship('ROMANTIC', cy, bo, pair);
    const graph = await planted(world);

    const found = await relationships(graph, [old, 'rel_unknown', '', pair, pair]);

    expect(found.map((one) => one?.id ?? null)).toEqual([pair, null, null, pair, pair]);
    expect(found[0]?.parties.map(({ name }) => name)).toEqual(['Ann', 'Bo']);
    expect(await relationships(graph, [])).toEqual([]);
  });

  test('between two people are all of them, from either side, also by the ids of merged people', async () => {
    const world = new World();
    const [ann, bo, cy] = [world.person('Ann'), world.person('Bo'), world.person('Cy')];
    const old = world.person('Old', { mergedInto: ann });
    const feud = world.relationship('FEUD', ann, bo);
    const parent = world.relationship('PARENT_CHILD', bo, ann);
    const romance = world.relationship('ROMANTIC', ann, bo);
    world.relationship('ROMANTIC', ann, cy);
    world.relationship('FRIEND', old, bo, feud);
    const graph = await planted(world);

    const found = await relationshipsBetween(graph, [
      [bo, ann],
      [ann, bo],
      [old, bo],
      [bo, cy],
      ['per_unknown', ann],
      ['', ann],
      [ann, ann],
    ]);

    const all = [romance, parent, feud];
    expect(found.map((list) => list.map(({ id }) => id))).toEqual([all, all, all, [], [], [], []]);
    for (const list of found.slice(0, 2)) expect(list[1]?.parties.map(({ id }) => id)).toEqual([bo, ann]);
    expect(await relationshipsBetween(graph, [])).toEqual([]);
  });

  test('give their periods in time order, whatever their standing, without merged ones', async () => {
    const world = new World();
    const [ann, bo] = [world.person('Ann'), world.person('Bo')];
    const pair = world.relationship('ROMANTIC', ann, bo);
    const other = world.relationship('FRIEND', ann, bo);
    const late = world.period(pair, { startMin: 30, startMax: 40 });
    const married = world.period(pair, { type: 'MARRIED', startMin: 10, startMax: 20 });
    const dating = world.period(pair, { type: 'DATING', startMin: 10, startMax: 20, standing: 1 });
    const rejected = world.period(pair, { startMin: 0, startMax: 5, standing: -1 });
    const old = world.period(pair, { mergedInto: late });
    const graph = await planted(world);

    const found = await periodsOf(graph, [other, pair, 'rel_unknown', '', pair]);
    const byId = await periods(graph, [old, 'prd_unknown', '', dating, late]);

    const all = [rejected, dating, married, late];
    expect(found.map((list) => list.map(({ id }) => id))).toEqual([[], all, [], [], all]);
    expect(byId.map((one) => one?.id ?? null)).toEqual([late, null, null, dating, late]);
    expect(await periods(graph, [])).toEqual([]);
    expect(await periodsOf(graph, [])).toEqual([]);
  });
});
