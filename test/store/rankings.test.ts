import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Standing } from '../../src/domain/evidence.js';
import type { Sight } from '../../src/domain/gate.js';
import { groupBy } from '../../src/domain/group.js';
import { UNBOUNDED } from '../../src/domain/interval.js';
import { RANKINGS, type Ranked, type RankingBy, rankingOf } from '../../src/store/rankings.js';
import { enginesHere } from '../support/engines.js';
import { bounds } from '../support/romances.js';
import { type PlantedLink, World } from '../support/world.js';

const TODAY = 25;
const SIGHTS: Sight[] = [
  { level: 0, minors: 'name-only', today: TODAY },
  { level: 1, minors: 'show', today: TODAY },
];

/** Couples among a few people of whom some are hidden, LIMITED or young, each with a few times of being together. */
function aCrowd(seed: number): World {
  const world = new World();
  const cards = fc.sample(
    fc.record({
      gate: fc.constantFrom(0, 0, 0, 1),
      floor: fc.constantFrom(0, 0, 0, 3),
      adultFrom: fc.constantFrom(-UNBOUNDED, -UNBOUNDED, -UNBOUNDED, TODAY + 1),
    }),
    { seed, numRuns: 24 },
  );
  const people = cards.map((card, i) => world.person(`Person ${String.fromCharCode(97 + ((i * 5) % 24))}`, card));
  const stretch = fc.record({
    days: bounds(40),
    open: fc.constantFrom('no', 'no', 'no', 'no', 'no', 'no', 'start', 'end'),
    standings: fc.array(fc.constantFrom(1 as const, 2 as const, 3 as const, 3 as const), {
      minLength: 1,
      maxLength: 2,
    }),
  });
  const couples = fc.record({
    a: fc.nat(23),
    b: fc.nat(23),
    kind: fc.constantFrom('ROMANTIC' as const, 'ROMANTIC' as const, 'ROMANTIC' as const, 'FRIEND' as const),
    stretches: fc.array(stretch, { minLength: 1, maxLength: 4 }),
  });
  for (const { a, b, kind, stretches } of fc.sample(couples, { seed, numRuns: 300 })) {
    const [one, other] = [people[Math.min(a, b)] ?? '', people[Math.max(a, b)] ?? ''];
    if (a === b || world.relationships.has(`rel_${kind}${one.slice(4)}x${other.slice(4)}`)) continue;
    const relationship = world.relationship(kind, one, other);
    for (const { days, open, standings } of stretches) {
      const dates = {
        ...{ ...days, startKnown: true },
        ...(open === 'start' && { startMin: -UNBOUNDED }),
        ...(open === 'end' && { endMax: UNBOUNDED }),
      };
      const least = Math.min(...standings.filter((standing) => standing > 1)) as Standing;
      for (const standing of standings) {
        const together = { ...dates, standing: standing > 1 ? least : standing };
        world.period(relationship, { ...dates, standing, stretch: together });
      }
    }
  }
  return world;
}

describe.each(enginesHere({ all: true }))('The store ranks on $name', (engine) => {
  test.each([1, 2, 3])('whoever comes first by plain counting, crowd %i', async (seed) => {
    const world = aCrowd(seed);
    const graph = await engine.fresh();
    await world.plant(graph);

    for (const sight of SIGHTS)
      for (const by of RANKINGS) {
        const expected = counted(world, by, sight);
        expect(expected.length).toBeGreaterThan(2);
        expect(await rankingOf(graph, by, 100, sight)).toEqual(expected);
        expect(await rankingOf(graph, by, 3, sight)).toEqual(expected.slice(0, 3));
      }
  });

  test('nobody in an empty graph, nor where none are asked for', async () => {
    const graph = await engine.fresh();

    for (const by of RANKINGS)
      for (const first of [0, 10])
        expect(await rankingOf(graph, by, first, { level: 2, minors: 'show', today: TODAY })).toEqual([]);
  });
});

function counted(world: World, by: RankingBy, sight: Sight): Ranked[] {
  const couples = groupBy(
    world.links.filter(({ kind, standing }) => kind === 'ROMANTIC' && standing >= 2),
    ({ relationship }) => relationship,
  );
  const seen = [...couples].filter(([id]) => partiesOf(world, id).every((person) => sees(sight, person)));
  if (by === 'MOST_PARTNERS') return partnersOf(world, seen, sight);
  const ranked = seen.map(([id, links]) => {
    const floor = floorFor(sight, partiesOf(world, id));
    const times = [...groupBy(links, ({ stretch }) => JSON.stringify(stretch)).values()]
      .filter((periods) => periods.every(({ standing }) => standing >= floor))
      .map(([period]) => (period as PlantedLink).stretch);
    if (by === 'LONGEST')
      return { id, value: Math.max(0, ...times.map((time) => Math.min(time.endMin, TODAY) - time.startMax)) };
    return { id, value: groupsOf(times) - 1 };
  });
  return ranked.filter(({ value }) => value > 0).sort((a, b) => b.value - a.value || (a.id < b.id ? -1 : 1));
}

function partnersOf(
  world: World,
  seen: readonly (readonly [string, readonly PlantedLink[]])[],
  sight: Sight,
): Ranked[] {
  const found = [...world.people.values()].map(({ id, name }) => {
    const mine = seen.filter(([relationship, links]) => {
      const parties = partiesOf(world, relationship);
      const floor = floorFor(sight, parties);
      return parties.some((person) => person.id === id) && links.some(({ standing }) => standing >= floor);
    });
    return { id, name, value: mine.length };
  });
  return found
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1))
    .map(({ id, value }) => ({ id, value }));
}

function partiesOf(world: World, relationship: string) {
  const { a, b } = world.relationships.get(relationship) as { a: string; b: string };
  return [a, b].flatMap((id) => world.people.get(id) ?? []);
}

/** Whom nothing but what is CONFIRMED shows is no matter to those who decide. */
const floorFor = ({ level }: Sight, people: readonly { floor: number }[]) =>
  level > 0 ? -1 : Math.max(...people.map(({ floor }) => floor));

const sees = ({ level, minors }: Sight, person: { gate: number; adultFrom: number }) =>
  person.gate <= level && (minors === 'show' || person.adultFrom <= TODAY);

/** Runs of days on which the two may have been together, with a day between on which they were certainly apart. */
function groupsOf(times: readonly { startMin: number; endMax: number }[]): number {
  const days = Array.from({ length: 70 }, (_, i) => i - 10);
  const possibly = days.map((day) => times.some(({ startMin, endMax }) => startMin <= day && day <= endMax));
  return possibly.filter((now, i) => now && !possibly[i - 1]).length;
}
