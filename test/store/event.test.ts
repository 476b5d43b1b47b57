import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Standing } from '../../src/domain/evidence.js';
import type { Sight } from '../../src/domain/gate.js';
import type { Graph } from '../../src/graph/graph.js';
import {
  countEventsOfPairs,
  countEventsOfPeople,
  type EventArgs,
  eventSeenBy,
  events,
  eventsOfPairs,
  eventsOfPeople,
  type StoredEvent,
} from '../../src/store/event.js';
import { countEvents, eventsPage } from '../../src/store/event-list.js';
import { enginesHere } from '../support/engines.js';
import { World } from '../support/world.js';

const READER: Sight = { level: 0, minors: 'name-only', today: 100 };
const REVIEWER: Sight = { level: 1, minors: 'show', today: 100 };
const ARGS: EventArgs = { minStanding: 2, orderBy: 'DATE_ASC', first: 100, after: null };

const idsOf = (list: readonly StoredEvent[] | undefined) => list?.map(({ id }) => id);

const someEvents = fc.record({
  people: fc.array(
    fc.record({
      gate: fc.constantFrom(0, 0, 1, 3),
      floor: fc.constantFrom(0, 0, 3),
      adultFrom: fc.constantFrom(0, 100, 101),
    }),
    { minLength: 4, maxLength: 4 },
  ),
  events: fc.array(
    fc.record({
      kind: fc.constantFrom('BIRTH' as const, 'MET' as const),
      participants: fc.uniqueArray(
        fc.tuple(fc.nat(3), fc.constantFrom('CHILD' as const, 'PARTY' as const, 'GUEST' as const, 'GUEST' as const)),
        {
          minLength: 1,
          maxLength: 4,
          selector: ([person, role]) => `${person}${role}`,
        },
      ),
      standing: fc.constantFrom<Standing>(-1, 1, 2, 3),
      day: fc.option(fc.nat(3), { nil: undefined }),
    }),
    { maxLength: 6 },
  ),
});

describe.each(enginesHere({ all: true }))('events on $name', (engine) => {
  async function planted(world: World): Promise<Graph> {
    const graph = await engine.fresh();
    await world.plant(graph);
    return graph;
  }

  test('are found by id in the order of the keys, merged ones by their survivor', async () => {
    const world = new World();
    const ann = world.person('Ann');
    const met = world.event('MET', [[ann, 'PARTY']]);
    const old = world.event('MET', [[ann, 'PARTY']], { mergedInto: met });
    const graph = await planted(world);

    const found = await events(graph, [old, 'evt_unknown', '', met, met]);

    expect(found.map((event) => event?.id ?? null)).toEqual([met, null, null, met, met]);
    expect(await events(graph, [])).toEqual([]);
  });

  test('lose hidden guests, and exist no more with a hidden party or newborn, or without anybody left', async () => {
    const world = new World();
    const [ann, kid] = [world.person('Ann'), world.person('Kid', { adultFrom: 101 })];
    const birth = world.event(
      'BIRTH',
      [
        [ann, 'PARENT'],
        [kid, 'CHILD'],
      ],
      { day: 1 },
    );
    const party = world.event(
      'APPEARANCE',
      [
        [ann, 'PARTY'],
        [ann, 'OTHER'],
        [kid, 'GUEST'],
      ],
      { day: 2 },
    );
    const alone = world.event('INTERVIEW', [[kid, 'SUBJECT']], { day: 3 });
    const wedding = world.event(
      'WEDDING',
      [
        [ann, 'PARTY'],
        [kid, 'PARTY'],
      ],
      { day: 4 },
    );
    const graph = await planted(world);

    const reader = await eventsPage(graph, ARGS, READER);
    const reviewer = await eventsPage(graph, ARGS, REVIEWER);

    expect(idsOf(reader)).toEqual([party]);
    expect(reader[0]?.participants).toEqual([
      { person: ann, role: 'PARTY' },
      { person: ann, role: 'OTHER' },
    ]);
    expect(idsOf(reader[0]?.people as never)).toEqual([ann]);
    expect(idsOf(reviewer)).toEqual([birth, party, alone, wedding]);
    expect(idsOf((await eventsOfPeople(graph, [kid], ARGS, READER))[0])).toEqual([]);
  });

  test('of people and pairs answer each key, empty, unknown and repeated ones too, and are counted', async () => {
    const world = new World();
    const [ann, bo, cy] = [world.person('Ann'), world.person('Bo'), world.person('Cy')];
    const pair = world.relationship('ROMANTIC', ann, bo);
    const together = world.event(
      'MET',
      [
        [ann, 'PARTY'],
        [ann, 'OTHER'],
        [bo, 'PARTY'],
      ],
      { day: 5 },
    );
    const rumoured = world.event(
      'MET',
      [
        [ann, 'PARTY'],
        [bo, 'PARTY'],
      ],
      { day: 6, standing: 1 },
    );
    const single = world.event('DEATH', [[ann, 'SUBJECT']], { day: 4 });
    const graph = await planted(world);
    const keys = [ann, cy, '', 'per_unknown', bo, ann];

    expect((await eventsOfPeople(graph, keys, ARGS, READER)).map(idsOf)).toEqual([
      [single, together],
      [],
      [],
      [],
      [together],
      [single, together],
    ]);
    expect(await countEventsOfPeople(graph, keys, 2, READER)).toEqual([2, 0, 0, 0, 1, 2]);
    expect((await eventsOfPairs(graph, [pair, 'rel_unknown', ''], ARGS, READER)).map(idsOf)).toEqual([
      [together],
      [],
      [],
    ]);
    expect(await countEventsOfPairs(graph, [pair, 'rel_unknown'], 1, READER)).toEqual([2, 0]);
    expect(idsOf((await eventsOfPairs(graph, [pair], { ...ARGS, minStanding: 1 }, READER))[0])).toEqual([
      together,
      rumoured,
    ]);
    expect(await eventsOfPeople(graph, [], ARGS, READER)).toEqual([]);
    expect(await countEvents(graph, 2, READER)).toBe(2);
  });

  test('are what place two lets through, in order, page by page', { timeout: 120_000 }, async () => {
    const sight = fc.record({
      level: fc.constantFrom<Sight['level']>(0, 1),
      minors: fc.constantFrom<Sight['minors']>('hide', 'show'),
      today: fc.constant(100),
    });
    const args = fc.record({
      minStanding: fc.constantFrom<Standing>(0, 2, 3),
      orderBy: fc.constantFrom<EventArgs['orderBy']>('DATE_ASC', 'DATE_DESC'),
    });
    const property = fc.asyncProperty(someEvents, sight, args, async (recipe, sight, args) => {
      const world = new World();
      const people = recipe.people.map((given, at) => world.person(`p${at}`, given));
      const planned = recipe.events.map(({ kind, participants, standing, day }) => {
        const id = world.event(
          kind,
          participants.map(([person, role]) => [people[person] as string, role] as const),
          day === undefined ? { standing } : { standing, day },
        );
        return { id, day };
      });
      const graph = await planted(world);

      const byId = await events(
        graph,
        planned.map(({ id }) => id),
      );
      const wanted = planned
        .filter((_, at) => eventSeenBy(sight, byId[at] as StoredEvent, args.minStanding) !== null)
        .sort(byDay(args.orderBy))
        .map(({ id }) => id);
      const found = await everyPage(graph, args, sight);

      expect(found).toEqual(wanted);
      expect(await countEvents(graph, args.minStanding, sight)).toBe(wanted.length);
    });
    await fc.assert(property, { numRuns: engine.name === 'memory:' ? 60 : 4 });
  });
});

function byDay(orderBy: EventArgs['orderBy']) {
  const sign = orderBy === 'DATE_ASC' ? 1 : -1;
  return (one: { id: string; day: number | undefined }, other: { id: string; day: number | undefined }) => {
    if (one.day === undefined || other.day === undefined) {
      if (one.day === other.day) return sign * (one.id < other.id ? -1 : 1);
      return one.day === undefined ? 1 : -1;
    }
    return sign * (one.day - other.day || (one.id < other.id ? -1 : 1));
  };
}

async function everyPage(graph: Graph, args: Pick<EventArgs, 'minStanding' | 'orderBy'>, sight: Sight) {
  const all: StoredEvent[] = [];
  for (;;) {
    const page = await eventsPage(graph, { ...args, first: 2, after: all.at(-1)?.cursor ?? null }, sight);
    all.push(...page);
    if (page.length < 2) return all.map(({ id }) => id);
  }
}
