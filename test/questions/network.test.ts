import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Sight } from '../../src/domain/gate.js';
import type { Graph } from '../../src/graph/graph.js';
import type { Through } from '../../src/questions/chain.js';
import { commonPartners, countCommonPartners } from '../../src/questions/common-partners.js';
import { network } from '../../src/questions/network.js';
import { enginesHere } from '../support/engines.js';
import { type Edge, edgesAmong, matches, seenFrom, THROUGH_ALL, throughAmong } from '../support/links.js';
import { plantAll } from '../support/planted.js';
import { World } from '../support/world.js';

/** Many statements, on a Neo4j that shares the machine. */
const RANDOM_GRAPHS_MS = 180_000;
const READER: Sight = { level: 0, minors: 'name-only', today: 100 };
const EVERYTHING = { depth: 3, maxPeople: 3000, filter: THROUGH_ALL };

/** Everybody within reach and all links between them, by looking at every link again and again. */
function reachByForce(edges: readonly Edge[], around: readonly string[], depth: number, through: Through) {
  const kept = edges.filter((edge) => matches(edge, through));
  const met = new Set(around);
  for (let hop = 0; hop < depth; hop += 1) {
    const next = [...met].flatMap((person) => kept.flatMap((edge) => seenFrom(person, edge)).map(({ other }) => other));
    for (const person of next) met.add(person);
  }
  const degreeOf = (person: string) =>
    new Set(kept.flatMap((edge) => (seenFrom(person, edge).length > 0 ? edge.relationshipId : []))).size;
  const links = kept.filter(({ a, b }) => met.has(a) && met.has(b)).map(({ periodId }) => periodId);
  return { degrees: new Map([...met].map((person) => [person, degreeOf(person)])), links: links.sort() };
}

describe.each(enginesHere({ all: true }))('on $name', (engine) => {
  let graph: Graph;
  beforeEach(async () => {
    graph = await engine.fresh();
  });

  describe('a network', () => {
    test(
      'is everybody within reach, with their degrees and every link between them; cut short it is the beginning of that',
      async () => {
        const names = ['per_A', 'per_B', 'per_C', 'per_D', 'per_E', 'per_F'];
        const cases = fc.sample(fc.tuple(edgesAmong(names), throughAmong([]), fc.integer({ min: 1, max: 3 })), 10);

        for (const { people, edges, through, asked: depth } of await plantAll(graph, names, cases)) {
          const around = people.slice(0, 1);

          const all = await network(graph, { ...EVERYTHING, around, depth, filter: through }, READER);
          const again = await network(graph, { ...EVERYTHING, around, depth, filter: through }, READER);
          const cut = await network(graph, { around, depth: 1, filter: through, maxPeople: 2 }, READER);

          const forced = reachByForce(edges, around, depth, through);
          expect(new Map(all.people.map(({ id, degree }) => [id, degree]))).toEqual(forced.degrees);
          expect(all.links.map(({ periodId }) => periodId).sort()).toEqual(forced.links);
          expect(all).toMatchObject({ truncated: false, totalPeople: forced.degrees.size });
          expect(again).toEqual(all);
          const near = reachByForce(edges, around, 1, through).degrees.size;
          expect(cut.people).toEqual(all.people.slice(0, Math.min(near, 2)));
          expect(cut).toMatchObject({ truncated: near > 2, totalPeople: near });
        }
      },
      RANDOM_GRAPHS_MS,
    );

    test('around a hub shows the best established and the latest, and says that there are more', async () => {
      const world = new World();
      const hub = world.person('Hub');
      for (let i = 0; i < 40; i += 1) {
        const days = { startMin: i, startMax: i, endMin: 90, endMax: 90, startKnown: i !== 39 };
        world.period(world.relationship('ROMANTIC', hub, world.person(`Star${i}`)), {
          ...days,
          standing: i === 3 ? 3 : 2,
        });
      }
      await world.plant(graph);

      const few = await network(graph, { ...EVERYTHING, around: ['hub'], maxPeople: 4 }, READER);

      expect(few.people.map(({ id }) => id)).toEqual([hub, 'per_Star3', 'per_Star38', 'per_Star37']);
      expect(few).toMatchObject({
        truncated: true,
        people: [{ degree: 40 }, { degree: 1 }, { degree: 1 }, { degree: 1 }],
      });
      expect(few.links.map(({ a, b }) => [a, b])).toEqual(few.people.slice(1).map(({ id }) => [hub, id]));
    });

    test('is the same with a hidden person as without, and of nobody nothing', async () => {
      const world = new World();
      const [ann, bo] = [world.person('Ann'), world.person('Bo')];
      world.period(world.relationship('ROMANTIC', ann, bo));
      await world.plant(graph);
      const ask = (around: string[]) => network(graph, { ...EVERYTHING, around }, READER);
      const before = await ask([ann]);
      const planted = new World();
      const secret = planted.person('Secret', { gate: 1 });
      planted.period(planted.relationship('ROMANTIC', ann, secret));
      await planted.plant(graph);

      expect(await ask([ann])).toEqual(before);
      expect(await ask([secret])).toEqual(await ask(['nobody']));
      expect(await ask(['nobody'])).toEqual({ people: [], links: [], truncated: false, totalPeople: 0 });
    });

    test('beyond its limits is refused', async () => {
      for (const wrong of [{ depth: 4 }, { depth: 0 }, { maxPeople: 3001 }, { around: [] }]) {
        const asked = network(graph, { ...EVERYTHING, around: ['ann'], ...wrong }, READER);
        await expect(asked).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { rule: 'LIMIT' } });
      }
    });
  });

  test('common partners are those of both, by name, each with both relationships, page by page', async () => {
    const world = new World();
    const [ann, bo, young] = [world.person('Ann'), world.person('Bo'), world.person('Young', { adultFrom: 101 })];
    const both = ['Cy', 'Di', 'Ed'].map((name) => world.person(name));
    const ties = both.map((one) => [ann, bo].map((other) => world.relationship('ROMANTIC', one, other)));
    for (const id of ties.flat()) for (const standing of [2, 3] as const) world.period(id, { standing });
    for (const other of [ann, bo]) world.period(world.relationship('ROMANTIC', young, other));
    world.period(world.relationship('ROMANTIC', ann, world.person('OnlyAnns')));
    world.period(world.relationship('FRIEND', ann, bo));
    await world.plant(graph);
    const ask = (first: number, after: string | null, a = 'ann', b = bo) =>
      commonPartners(
        graph,
        { a, b, minStanding: 2 },
        { first, after: after === null ? null : { sort: after } },
        READER,
      );

    const page = await ask(2, null);
    const rest = await ask(2, page[1]?.sort ?? null);

    expect([...page, ...rest].map(({ person, relationships }) => [person, relationships])).toEqual(
      both.map((person, i) => [person, ties[i]]),
    );
    expect(await countCommonPartners(graph, { a: ann, b: bo, minStanding: 2 }, READER)).toBe(3);
    expect(await ask(9, null, ann, ann)).toEqual([]);
    expect(await ask(9, null, ann, 'nobody')).toEqual([]);
    expect(await ask(9, null, ann, young)).toEqual([]);
  });
});
