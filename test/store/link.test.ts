import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Standing } from '../../src/domain/evidence.js';
import { type GateCard, hiddenAsMinor, type Sight, seesPerson, seesRelationship } from '../../src/domain/gate.js';
import { held } from '../../src/domain/interval.js';
import { KINDS, type Kind, PERIOD_TYPES } from '../../src/domain/words.js';
import type { Graph } from '../../src/graph/graph.js';
import { countLinks, type LinkArgs, linksPage } from '../../src/store/link.js';
import { countRelationships, relationshipsPage } from '../../src/store/relationship-list.js';
import { type Engine, enginesHere } from '../support/engines.js';
import { type Dates, type PlantedLink, type Together, World } from '../support/world.js';

const TODAY = 100;
const READER: Sight = { level: 0, minors: 'name-only', today: TODAY };
const ARGS: LinkArgs = {
  kinds: ['ROMANTIC'],
  types: null,
  at: null,
  certainty: 'POSSIBLE',
  minStanding: 2,
  orderBy: 'START_DESC',
  first: 100,
  after: null,
};

const during = (start: number, end: number): Dates => ({
  startMin: start,
  startMax: start,
  endMin: end,
  endMax: end,
  startKnown: true,
});

/** What a list shows of an edge. */
interface Seen {
  relationship: string;
  periods: string[];
  certainty: string | null;
  nameOnly: boolean;
  start: number;
}

/** The rules of design.md over every link, one by one. */
function expected(
  world: World,
  filter: LinkArgs,
  sight: Sight,
  of: (link: PlantedLink) => [GateCard, GateCard] | null,
) {
  const found = new Map<string, PlantedLink[]>();
  const named = new Map<string, boolean>();
  for (const link of world.links) {
    const ends = of(link);
    if (ends === null || !seesRelationship(sight, link.kind, link.standing, ...ends)) continue;
    const nameOnly = ends.some((person) => hiddenAsMinor(sight, person));
    const { at, types, certainty } = filter;
    const holds = at === null ? null : held(boundsOf(link, ends, types, sight), at.min, at.max);
    if (!filter.kinds.includes(link.kind) || link.standing < filter.minStanding) continue;
    if (types && (nameOnly || !types.includes(link.type))) continue;
    if (at && (nameOnly || holds === 'NO' || (certainty === 'CERTAIN' && holds !== 'YES'))) continue;
    const asked = { ...link, stretch: boundsOf(link, ends, types, sight) };
    found.set(link.relationship, [...(found.get(link.relationship) ?? []), asked]);
    named.set(link.relationship, nameOnly);
  }
  const rows = [...found].map(([id, links]) => seen(id, links, named.get(id) === true, filter));
  const sign = filter.orderBy === 'START_DESC' ? -1 : 1;
  return rows.sort((a, b) => sign * (a.start - b.start) || (a.relationship < b.relationship ? -1 : 1));
}

/** The days that decide: without types those of the stretch, unless it is too little established for one of the two to be shown to a reader. */
function boundsOf(link: PlantedLink, ends: readonly GateCard[], types: LinkArgs['types'], { level }: Sight): Dates {
  const { standing = link.standing, ...stretch } = link.stretch;
  const shows = level > 0 || ends.every(({ floor }) => standing >= floor);
  return types === null && shows ? stretch : link;
}

function seen(relationship: string, links: PlantedLink[], nameOnly: boolean, { at, orderBy }: LinkArgs): Seen {
  const dates = links.map(({ stretch }) => stretch);
  const known = nameOnly ? [] : dates.filter(({ startKnown }) => startKnown);
  const certain = at !== null && dates.some((bounds) => held(bounds, at.min, at.max) === 'YES');
  const start =
    orderBy === 'START_DESC'
      ? Math.max(-2_000_000_000, ...known.map(({ startMax }) => startMax))
      : Math.min(2_000_000_000, ...known.map(({ startMin }) => startMin));
  const periods = nameOnly ? [] : links.map(({ period }) => period).sort();
  return { relationship, periods, certainty: at && (certain ? 'YES' : 'POSSIBLE'), nameOnly, start };
}

/** Every page after the other, so that a row that is lost or repeated between two pages shows. */
async function allPages<E extends { cursor: { start: number; id: string } }>(
  first: number,
  page: (args: Pick<LinkArgs, 'first' | 'after'>) => Promise<E[]>,
): Promise<E[]> {
  const all: E[] = [];
  for (;;) {
    const edges = await page({ first, after: all.at(-1)?.cursor ?? null });
    expect(edges.length).toBeLessThanOrEqual(first);
    all.push(...edges);
    if (edges.length < first) return all;
  }
}

const dates = fc
  .record({
    start: fc.integer({ min: 0, max: 12 }),
    wide: fc.nat(4),
    end: fc.nat(8),
    endWide: fc.nat(4),
    startKnown: fc.boolean(),
  })
  .map(({ start, wide, end, endWide, startKnown }): Dates => {
    const endMin = start + end - 2;
    return {
      startMin: start,
      startMax: start + wide,
      endMin,
      endMax: Math.max(endMin, start + wide) + endWide,
      startKnown,
    };
  });

const aPerson = fc.record({
  gate: fc.constantFrom(0, 0, 0, 1, 2, 3),
  floor: fc.constantFrom(0, 0, 0, 3),
  adultFrom: fc.constantFrom(-1_000_000_000, TODAY, TODAY + 1),
});
const aPeriod = fc.record({
  type: fc.constantFrom(...PERIOD_TYPES.slice(0, 4)),
  standing: fc.constantFrom<Standing>(-1, 0, 1, 2, 2, 3, 3),
  own: dates,
  stretch: fc
    .tuple(dates, fc.constantFrom<Standing | undefined>(undefined, 2))
    .map(([days, standing]): Together => (standing === undefined ? days : { ...days, standing })),
});
const aRelationship = fc.record({
  kind: fc.constantFrom<Kind>('ROMANTIC', 'ROMANTIC', 'PARENT_CHILD', 'SIBLING'),
  ends: fc.tuple(fc.nat(4), fc.nat(4)).filter(([a, b]) => a !== b),
  periods: fc.array(aPeriod, { maxLength: 3 }),
});
const someSight = fc.record({
  level: fc.constantFrom<Sight['level']>(0, 0, 1, 2),
  minors: fc.constantFrom<Sight['minors']>('hide', 'name-only', 'show'),
  today: fc.constant(TODAY),
});
const someArgs = fc.record({
  kinds: fc.subarray([...KINDS.slice(0, 3)], { minLength: 1 }),
  types: fc.option(fc.subarray([...PERIOD_TYPES.slice(0, 4)])),
  at: fc.option(fc.tuple(fc.nat(20), fc.nat(4)).map(([min, days]) => ({ min, max: min + days }))),
  certainty: fc.constantFrom<LinkArgs['certainty']>('CERTAIN', 'POSSIBLE'),
  minStanding: fc.constantFrom<Standing>(0, 1, 2, 3),
  orderBy: fc.constantFrom<LinkArgs['orderBy']>('START_DESC', 'START_ASC'),
  first: fc.integer({ min: 1, max: 3 }),
  after: fc.constant(null),
});
const someRecipe = fc.record({
  people: fc.array(aPerson, { minLength: 5, maxLength: 5 }),
  relationships: fc.uniqueArray(aRelationship, {
    maxLength: 9,
    selector: ({ kind, ends }) => [kind, ...[...ends].sort()].join(),
  }),
});

function worldOf({ people, relationships }: typeof someRecipe extends fc.Arbitrary<infer R> ? R : never): World {
  const world = new World();
  const ids = people.map((given, at) => world.person(`p${at}`, given));
  for (const { kind, ends, periods } of relationships) {
    const [a, b] = ends.map((at) => ids[at] as string) as [string, string];
    const id = world.relationship(kind, a, b);
    for (const { own, stretch, ...given } of periods) world.period(id, { ...given, ...own, stretch });
  }
  return world;
}

async function holdsFor(engine: Engine, runs: number): Promise<void> {
  const questions = fc.array(fc.tuple(someArgs, someSight), { minLength: 5, maxLength: 5 });
  const property = fc.asyncProperty(someRecipe, questions, async (recipe, asked) => {
    const world = worldOf(recipe);
    const graph = await engine.fresh();
    await world.plant(graph);
    for (const [args, sight] of asked) await checkQuestion(graph, world, args, sight);
  });
  await fc.assert(property, { numRuns: runs, endOnFailure: runs < 10 });
}

async function checkQuestion(graph: Graph, world: World, args: LinkArgs, sight: Sight): Promise<void> {
  const ids = [...world.people.keys()];
  const counts = await countLinks(graph, ids, args, sight);
  const atOnce = await linksPage(graph, ids, { ...args, first: 100 }, sight);
  for (const [place, id] of ids.entries()) {
    const wanted = linksSeenFrom(world, id, args, sight);
    const paged = await allPages(args.first, (page) => linksPage(graph, [id], { ...args, ...page }, sight).then(only));
    const show = (edges: typeof paged) =>
      edges.map(({ relationship, periods, certainty, nameOnly, cursor }) => ({
        relationship: relationship.id,
        periods: periods.map((period) => period.id).sort(),
        certainty,
        nameOnly,
        start: cursor.start,
      }));
    expect(show(paged)).toEqual(wanted);
    expect(show(atOnce[place] ?? [])).toEqual(wanted);
    expect(counts[place]).toBe(wanted.length);
  }
  await checkRoot(graph, world, args, sight);
}

const only = <V>([value]: readonly V[]): V => value as V;

function linksSeenFrom(world: World, id: string, args: LinkArgs, sight: Sight): Seen[] {
  const self = world.people.get(id) as GateCard;
  return expected(world, args, sight, (link) => {
    const { a, b } = world.relationships.get(link.relationship) as { a: string; b: string };
    if ((a !== id && b !== id) || !seesPerson(sight, self)) return null;
    return [self, world.people.get(a === id ? b : a) as GateCard];
  });
}

async function checkRoot(graph: Graph, world: World, args: LinkArgs, sight: Sight): Promise<void> {
  const strict: Sight = { ...sight, minors: sight.minors === 'show' ? 'show' : 'hide' };
  for (const people of [null, ['per_p0', 'per_p1'], ['per_p2', 'per_unknown']]) {
    const wanted = expected(world, args, strict, (link) => {
      const { a, b } = world.relationships.get(link.relationship) as { a: string; b: string };
      if (people !== null && !people.includes(a) && !people.includes(b)) return null;
      return [world.people.get(a) as GateCard, world.people.get(b) as GateCard];
    });
    const paged = await allPages(args.first, (page) => relationshipsPage(graph, { ...args, people, ...page }, sight));
    expect(paged.map(({ relationship }) => relationship.id)).toEqual(wanted.map(({ relationship }) => relationship));
    expect(paged.map(({ periods }) => periods.map(({ id }) => id).sort())).toEqual(
      wanted.map(({ periods }) => periods),
    );
    expect(paged.map(({ certainty }) => certainty)).toEqual(wanted.map(({ certainty }) => certainty));
    expect(await countRelationships(graph, { ...args, people }, sight)).toBe(wanted.length);
  }
}

const engines = enginesHere({ all: true });

describe.each(engines)('links on $name', (engine) => {
  test('pages of links and of relationships are what the rules give, one by one', { timeout: 120_000 }, () =>
    holdsFor(engine, engine.name === 'memory:' ? 60 : 4),
  );
});

describe.each(engines)('a list of links on $name', (engine) => {
  async function planted(world: World): Promise<Graph> {
    const graph = await engine.fresh();
    await world.plant(graph);
    return graph;
  }

  test('answers each key in its place: repeated, unknown, merged and empty ones too', async () => {
    const world = new World();
    const [ann, bo] = [world.person('Ann'), world.person('Bo')];
    world.period(world.relationship('ROMANTIC', ann, bo));
    const old = world.person('Old', { mergedInto: ann });
    const graph = await planted(world);
    const before = graph.statements;

    const lists = await linksPage(graph, [bo, 'per_unknown', '', ann, old, bo], ARGS, READER);
    const counts = await countLinks(graph, [bo, 'per_unknown', '', ann, old, bo], ARGS, READER);
    const none = await linksPage(graph, [], ARGS, READER);

    expect(lists.map((edges) => edges.map(({ other }) => other.name))).toEqual([['Ann'], [], [], ['Bo'], [], ['Ann']]);
    expect(counts).toEqual([1, 0, 0, 1, 0, 1]);
    expect(none).toEqual([]);
    expect(graph.statements - before).toBe(2);
  });

  test('lists a pair with three periods once, with all three in time order, alike from both sides', async () => {
    const world = new World();
    const [ann, bo] = [world.person('Ann'), world.person('Bo')];
    const pair = world.relationship('ROMANTIC', ann, bo);
    const last = world.period(pair, { type: 'MARRIED', ...during(40, 50) });
    const first = world.period(pair, { type: 'DATING', ...during(10, 20) });
    const middle = world.period(pair, { type: 'ENGAGED', ...during(20, 40) });
    const graph = await planted(world);

    const [fromAnn, fromBo] = await linksPage(graph, [ann, bo], ARGS, READER);

    expect(await countLinks(graph, [ann, bo], ARGS, READER)).toEqual([1, 1]);
    expect(fromAnn?.[0]?.periods.map(({ id }) => id)).toEqual([first, middle, last]);
    expect(fromAnn?.map(({ other }) => other.id)).toEqual([bo]);
    expect(fromBo?.map(({ other }) => other.id)).toEqual([ann]);
    expect(fromBo?.[0]?.relationship).toEqual(fromAnn?.[0]?.relationship);
    expect(fromBo?.[0]?.relationship.parties.map(({ id }) => id)).toEqual([ann, bo]);
  });

  test('asks stretches without types and periods with them', async () => {
    const world = new World();
    const [ann, bo] = [world.person('Ann'), world.person('Bo')];
    const pair = world.relationship('ROMANTIC', ann, bo);
    world.period(pair, { type: 'MARRIED', ...during(10, 50), stretch: during(10, 20) });
    const graph = await planted(world);
    const at = { min: 30, max: 30 };

    expect(await countLinks(graph, [ann], { ...ARGS, at }, READER)).toEqual([0]);
    const [married] = await linksPage(graph, [ann], { ...ARGS, at, types: ['MARRIED'] }, READER);
    expect(married?.map(({ certainty }) => certainty)).toEqual(['YES']);
  });

  test('finds nothing for no kinds or no types, without a statement', async () => {
    const world = new World();
    const [ann, bo] = [world.person('Ann'), world.person('Bo')];
    world.period(world.relationship('ROMANTIC', ann, bo));
    const graph = await planted(world);
    const before = graph.statements;

    expect(await linksPage(graph, [ann], { ...ARGS, kinds: [] }, READER)).toEqual([[]]);
    expect(await linksPage(graph, [ann], { ...ARGS, types: [] }, READER)).toEqual([[]]);
    expect(await countRelationships(graph, { ...ARGS, people: [] }, READER)).toBe(0);
    expect(graph.statements).toBe(before);
  });

  test('names the child of an adult and no more: no dates, no type, not from the child’s side', async () => {
    const world = new World();
    const [mum, kid] = [world.person('Mum'), world.person('Kid', { adultFrom: TODAY + 1 })];
    const pair = world.relationship('PARENT_CHILD', mum, kid);
    world.period(pair, { type: 'ADOPTIVE', standing: 3, ...during(10, 20) });
    const graph = await planted(world);
    const family: LinkArgs = { ...ARGS, kinds: ['PARENT_CHILD'] };

    const [fromMum, fromKid] = await linksPage(graph, [mum, kid], family, READER);

    expect(fromMum?.map(({ nameOnly, periods, cursor }) => ({ nameOnly, periods, start: cursor.start }))).toEqual([
      { nameOnly: true, periods: [], start: -2_000_000_000 },
    ]);
    expect(fromKid).toEqual([]);
    expect(await countLinks(graph, [mum], { ...family, at: { min: 15, max: 15 } }, READER)).toEqual([0]);
    expect(await countLinks(graph, [mum], { ...family, types: ['ADOPTIVE'] }, READER)).toEqual([0]);
    expect(await countRelationships(graph, { ...family, people: null }, READER)).toBe(0);
  });

  test('reads one page of a hub with 10,000 relationships, and nested pages, in one statement each', {
    timeout: 120_000,
  }, async () => {
    const world = new World();
    const hub = world.person('Hub');
    for (let at = 0; at < 10_000; at += 1) {
      const pair = world.relationship('ROMANTIC', hub, world.person(`x${at}`));
      world.period(pair, during(at, at + 10));
    }
    const graph = await planted(world);
    const before = graph.statements;

    const [page] = await linksPage(graph, [hub], { ...ARGS, first: 21 }, READER);
    const others = page?.map(({ other }) => other.id) ?? [];
    const nested = await linksPage(graph, others, { ...ARGS, first: 21 }, READER);

    expect(others).toHaveLength(21);
    expect(others[0]).toBe('per_x9999');
    expect(nested.map((edges) => edges.map(({ other }) => other.id))).toEqual(others.map(() => [hub]));
    expect(graph.statements - before).toBe(2);
    expect(await countLinks(graph, [hub], ARGS, READER)).toEqual([10_000]);
  });
});
