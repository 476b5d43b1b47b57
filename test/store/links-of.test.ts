import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Sight } from '../../src/domain/gate.js';
import { UNBOUNDED } from '../../src/domain/interval.js';
import { KINDS } from '../../src/domain/words.js';
import type { Graph } from '../../src/graph/graph.js';
import type { LinksFilter } from '../../src/store/link-match.js';
import { boundsOf, type Link, linksBetween, linksOf, strongestFirst } from '../../src/store/links-of.js';
import { neighboursOf } from '../../src/store/neighbours-of.js';
import { type Step, stepsOf } from '../../src/store/steps-of.js';
import { enginesHere } from '../support/engines.js';
import { type Edge, edgesAmong, matches, readerOf, seenFrom, THROUGH_ALL, throughAmong } from '../support/links.js';
import { plantAll } from '../support/planted.js';
import { type Dates, World } from '../support/world.js';

/** Many statements, on a Neo4j that shares the machine. */
const RANDOM_GRAPHS_MS = 180_000;
const READER: Sight = { level: 0, minors: 'name-only', today: 100 };
const ALL: LinksFilter = { ...THROUGH_ALL, kinds: KINDS };
const NAMES = ['per_A', 'per_B', 'per_C', 'per_D'];
const DAYS: Dates = { startMin: 10, startMax: 20, endMin: 30, endMax: 40, startKnown: true };

describe.each(enginesHere({ all: true }))('links on $name', (engine) => {
  let graph: Graph;
  beforeEach(async () => {
    graph = await engine.fresh();
  });

  test('read the same from both ends, with the bounds of the period and of its stretch', async () => {
    const world = new World();
    const [ann, bo, cy] = ['Ann', 'Bo', 'Cy'].map((name) => world.person(name)) as [string, string, string];
    const stretch = { ...DAYS, startMin: 5, startMax: 6, startKnown: false };
    const period = world.period(world.relationship('ROMANTIC', ann, bo), {
      ...DAYS,
      type: 'DATING',
      standing: 3,
      stretch,
    });
    await world.plant(graph);

    const { links, truncated } = await linksOf(graph, [bo, cy, ann, 'per_nobody', bo], ALL, READER);

    const link = {
      ...{ relationshipId: 'rel_ROMANTICAnnxBo', periodId: period, kind: 'ROMANTIC', type: 'DATING', standing: 3 },
      own: { startMin: 10, startMax: 20, endMin: 30, endMax: 40, known: true },
      together: { startMin: 5, startMax: 6, endMin: 30, endMax: 40, known: false },
    };
    const toAnn = { ...link, other: ann, outward: false };
    expect(links).toEqual([[toAnn], [], [{ ...link, other: bo, outward: true }], [], [toAnn]]);
    expect(truncated).toBe(false);
  });

  test(
    'are those that the rules let through, for random links and filters',
    async () => {
      const cases = fc.sample(fc.tuple(edgesAmong(NAMES), throughAmong(NAMES.slice(1, 2)), fc.constant(null)), 20);

      for (const { people, edges, through } of await plantAll(graph, NAMES, cases)) {
        const all = await linksOf(graph, people, through, READER);
        const some = await linksOf(graph, people.slice(1), through, READER, { among: people.slice(0, 2) });
        const near = await neighboursOf(graph, people, through, READER, 2);
        const between = await linksBetween(graph, people, through, READER);

        const read = readerOf(edges, through);
        const expected = (await read.links(people, people)) ?? { links: [] };
        expect(all).toEqual({ ...expected, truncated: false });
        for (const timed of [true, false]) {
          const steps = await stepsOf(graph, people, through, READER, { timed });
          expect(steps.steps.map(byPlace)).toEqual(
            expected.links.map((list) => stepsFrom(list, through, timed).sort()),
          );
        }
        expect(some).toEqual(await read.links(people.slice(1), people.slice(0, 2)));
        expect(near.map((list) => list.map(({ other }) => other))).toEqual(
          expected.links.map((list) => nearest(list, through)),
        );
        expect(between.flat()).toEqual(people.flatMap((one) => firstParty(one, edges, through)));
      }
    },
    RANDOM_GRAPHS_MS,
  );

  test('lead to nobody hidden, and to no minor, named or not, unless the sight shows them', async () => {
    const world = new World();
    const ann = world.person('Ann');
    const hidden = [
      world.person('Private', { gate: 1 }),
      world.person('Limited', { floor: 3 }),
      world.person('Young', { adultFrom: 101 }),
    ];
    for (const other of hidden) world.period(world.relationship('ROMANTIC', ann, other));
    world.period(world.relationship('PARENT_CHILD', ann, 'per_Young'), { standing: 3 });
    await world.plant(graph);
    const read = (sight: Sight) => linksOf(graph, [ann, ...hidden], ALL, sight);

    expect((await read(READER)).links).toEqual([[], [], [], []]);
    expect((await read({ ...READER, minors: 'hide' })).links).toEqual([[], [], [], []]);
    const seen = (await read({ ...READER, level: 1, minors: 'show' })).links.map((list) =>
      list.map(({ other }) => other).sort(),
    );
    expect(seen).toEqual([['per_Limited', 'per_Private', 'per_Young', 'per_Young'], [ann], [ann], [ann, ann]]);
    expect((await stepsOf(graph, [ann], ALL, READER, { timed: false })).steps).toEqual([[]]);
    expect((await neighboursOf(graph, [ann], ALL, READER, 5)).flat()).toEqual([]);
    expect((await linksBetween(graph, [ann, ...hidden], ALL, READER)).flat()).toEqual([]);
  });

  test('of a hub are bounded, and the read says that there are more', async () => {
    const world = new World();
    const hub = world.person('Hub');
    for (let i = 0; i < 60; i += 1) world.period(world.relationship('ROMANTIC', hub, world.person(`Star${i}`)));
    await world.plant(graph);

    const cut = await linksOf(graph, [hub, 'per_Star1'], ALL, READER, { most: 60 });
    const whole = await linksOf(graph, [hub, 'per_Star1'], ALL, READER, { most: 61 });
    const one = await linksOf(graph, [hub], ALL, READER, { most: 10, among: ['per_Star7'] });
    const steps = await Promise.all(
      [60, 61].map((most) => stepsOf(graph, [hub, 'per_Star1'], ALL, READER, { timed: true, most })),
    );

    expect([cut.truncated, whole.truncated, one.truncated]).toEqual([true, false, false]);
    expect(steps.map(({ truncated }) => truncated)).toEqual([true, false]);
    expect(whole.links.map(({ length }) => length)).toEqual([60, 1]);
    expect(one.links.flat()).toMatchObject([{ other: 'per_Star7' }]);
    expect((await neighboursOf(graph, [hub], ALL, READER, 7)).flat()).toHaveLength(7);
  });

  test('of nobody, of no kind and among nobody cost nothing', async () => {
    const before = graph.statements;

    const nothing = { links: [[]], truncated: false };
    expect(await linksOf(graph, [], ALL, READER)).toEqual({ links: [], truncated: false });
    expect(await linksOf(graph, [''], ALL, READER)).toEqual(nothing);
    expect(await linksOf(graph, ['per_A'], { ...ALL, kinds: [] }, READER)).toEqual(nothing);
    expect(await linksOf(graph, ['per_A'], { ...ALL, types: [] }, READER)).toEqual(nothing);
    expect(await linksOf(graph, ['per_A'], ALL, READER, { among: [] })).toEqual(nothing);
    expect(await stepsOf(graph, ['', 'per_A'], { ...ALL, kinds: [] }, READER, { timed: true })).toMatchObject({
      steps: [[], []],
    });
    expect(await neighboursOf(graph, [], ALL, READER, 5)).toEqual([]);
    expect(graph.statements).toBe(before);
  });
});

const textOf = ({ other, startMin, startMax }: Step) => `${other} ${startMin} ${startMax}`;
const byPlace = (steps: readonly Step[]) => steps.map(textOf).sort();

function stepsFrom(links: readonly Link[], through: LinksFilter, timed: boolean): string[] {
  const open = { startMin: -UNBOUNDED, startMax: UNBOUNDED };
  return links.map((link) => textOf({ ...(timed ? boundsOf(link, through) : open), other: link.other }));
}

/** The two others with the strongest links; among equals by id. */
function nearest(links: readonly Link[], through: LinksFilter): string[] {
  const equal = links.map((link) => ({ ...link, periodId: link.other }));
  return [...new Set(equal.sort(strongestFirst(through)).map(({ other }) => other))].slice(0, 2);
}

function firstParty(person: string, edges: readonly Edge[], through: LinksFilter) {
  return edges
    .filter(
      (edge) =>
        edge.a === person && !through.avoid.includes(edge.b) && matches(edge, { ...through, inTimeOrder: false }),
    )
    .flatMap((edge) => seenFrom(person, edge))
    .sort(strongestFirst(through));
}
