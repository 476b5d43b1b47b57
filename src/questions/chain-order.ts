import type { Standing } from '../domain/evidence.js';
import { type Certainty, held, type StartAndEnd } from '../domain/interval.js';
import type { LinksFilter } from '../store/link-match.js';
import { boundsOf, type Link } from '../store/links-of.js';
import type { Layer } from './layers.js';
import {
  ANY_ORDER,
  BEGINNING,
  type Clock,
  END,
  POSSIBLY_IN_ORDER,
  SURELY_IN_ORDER,
  startedInOrder,
} from './time-order.js';

/** Which links a chain may go through. `certainty` is asked of `at` and of the order. */
export interface Through extends LinksFilter {
  /** Each link started no earlier than the one before it; by the stretch unless `types` are given. */
  inTimeOrder: boolean;
}

/** A link of a chain, with how certain it is: of `at` and of the order, whatever was asked. */
export interface CarriedLink {
  link: Link;
  certainty: Certainty;
}

/** A chain as found: its people from one end to the other, and a link between each two neighbours. */
export interface FoundChain {
  people: string[];
  links: CarriedLink[];
}

/** Chains of which every link is at least so good. */
interface Grade {
  standing: Standing;
  certainty: Certainty;
}

/**
 * The chains that `layers` hold, the strongest first: by the standing of the weakest link, then by the certainty of the least certain
 * one, then by the ids of the people. Each once, however many periods its pairs have. Lazy: there may be millions.
 */
export function* chainsOf(layers: readonly Layer[], from: string, through: Through): Generator<FoundChain> {
  const seen = new Set<string>();
  for (const grade of gradesOf(through)) {
    const graded = layersOfGrade(layers, grade, through);
    for (const people of walk(graded, from, clockOf(grade, through), through)) {
      const key = people.join(' ');
      if (seen.has(key)) continue;
      seen.add(key);
      yield { people, links: linksAlong(graded, people, clockOf(grade, through), through) };
    }
  }
}

/** The clock by which a search has to go so as to meet every chain that is asked for. */
export function clockOf({ certainty }: Pick<Grade, 'certainty'>, { inTimeOrder }: Pick<Through, 'inTimeOrder'>): Clock {
  if (!inTimeOrder) return ANY_ORDER;
  return certainty === 'YES' ? SURELY_IN_ORDER : POSSIBLY_IN_ORDER;
}

function gradesOf({ at, inTimeOrder, certainty, minStanding }: Through): Grade[] {
  const certainties: Certainty[] =
    certainty === 'CERTAIN' || (at === null && !inTimeOrder) ? ['YES'] : ['YES', 'POSSIBLE'];
  const standings = ([3, 2, 1, 0] as const).filter((standing) => standing >= minStanding);
  return standings.flatMap((standing) => certainties.map((each) => ({ standing, certainty: each })));
}

function layersOfGrade(layers: readonly Layer[], grade: Grade, through: Through): Layer[] {
  const fits = (link: Link) =>
    link.standing >= grade.standing && (grade.certainty !== 'YES' || certaintyAt(link, through) === 'YES');
  return layers.map(
    (layer) =>
      new Map(
        [...layer].map(([person, onward]) => [
          person,
          new Map([...onward].map(([to, links]) => [to, links.filter(fits)])),
        ]),
      ),
  );
}

function certaintyAt(link: Link, through: Through): Certainty {
  const { at } = through;
  return at === null ? 'YES' : held(boundsOf(link, through), at.min, at.max);
}

/** Every chain that the clock allows, by the ids of its people; no step that leads nowhere is taken. */
function* walk(layers: readonly Layer[], from: string, clock: Clock, through: Through): Generator<string[]> {
  const limits = limitsOf(layers, clock, through);
  function* onward(hop: number, person: string, time: number, people: string[]): Generator<string[]> {
    if (hop === layers.length) return yield people;
    const next = layers[hop]?.get(person) ?? new Map<string, Link[]>();
    for (const other of [...next.keys()].sort()) {
      const limit = limits[hop + 1]?.get(other) ?? BEGINNING;
      const times = (next.get(other) ?? []).flatMap((link) => clock.after(time, boundsOf(link, through)) ?? []);
      const soonest = Math.min(...times);
      if (times.length > 0 && soonest <= limit) yield* onward(hop + 1, other, soonest, [...people, other]);
    }
  }
  yield* onward(0, from, BEGINNING, [from]);
}

/** Of each hop, the latest time at which its people can still be left so as to arrive. */
function limitsOf(layers: readonly Layer[], clock: Clock, through: Through): ReadonlyMap<string, number>[] {
  const ends = [...(layers.at(-1)?.values() ?? [])].flatMap((onward) => [...onward.keys()]);
  const limits = [new Map(ends.map((person) => [person, END]))];
  for (const layer of layers.toReversed()) {
    const behind = limits[0] ?? new Map<string, number>();
    const here = new Map<string, number>();
    for (const [person, onward] of layer) {
      for (const [other, links] of onward) {
        const limit = latestOf(links, behind.get(other), clock, through);
        if (limit !== null) here.set(person, Math.max(limit, here.get(person) ?? BEGINNING));
      }
    }
    limits.unshift(here);
  }
  return limits;
}

function latestOf(links: readonly Link[], behind: number | undefined, clock: Clock, through: Through): number | null {
  if (behind === undefined) return null;
  const times = links.flatMap((link) => clock.latest(boundsOf(link, through), behind) ?? []);
  return times.length === 0 ? null : Math.max(...times);
}

/** The links that carry a chain: of parallel ones the best established, then the most certain, the earliest, the smallest id. */
function linksAlong(
  layers: readonly Layer[],
  people: readonly string[],
  clock: Clock,
  through: Through,
): CarriedLink[] {
  const hops = layers.map((layer, hop) => layer.get(people[hop] ?? '')?.get(people[hop + 1] ?? '') ?? []);
  const limits = [END];
  for (const links of hops.toReversed()) limits.unshift(latestOf(links, limits[0], clock, through) ?? BEGINNING);

  const carried: CarriedLink[] = [];
  let time = BEGINNING;
  for (const [hop, links] of hops.entries()) {
    const previous = carried.at(-1)?.link;
    const taken = links
      .map((link) => ({
        link,
        time: clock.after(time, boundsOf(link, through)),
        certainty: certaintyOf(previous, link, through),
      }))
      .filter((option) => option.time !== null && option.time <= (limits[hop + 1] ?? END))
      .sort((a, b) => preference(a, b, through))[0];
    if (taken === undefined) throw new Error(`No link between ${people[hop]} and ${people[hop + 1]} is in order`);
    time = taken.time ?? time;
    carried.push({ link: taken.link, certainty: taken.certainty });
  }
  return carried;
}

function certaintyOf(previous: Link | undefined, link: Link, through: Through): Certainty {
  const before: StartAndEnd | null = previous ? boundsOf(previous, through) : null;
  const inOrder = through.inTimeOrder ? startedInOrder(before, boundsOf(link, through)) : 'YES';
  return inOrder === 'YES' ? certaintyAt(link, through) : inOrder;
}

function preference(a: CarriedLink, b: CarriedLink, through: Through): number {
  const [one, other] = [boundsOf(a.link, through), boundsOf(b.link, through)];
  return (
    b.link.standing - a.link.standing ||
    Number(b.certainty === 'YES') - Number(a.certainty === 'YES') ||
    one.startMax - other.startMax ||
    one.startMin - other.startMin ||
    (a.link.periodId < b.link.periodId ? -1 : 1)
  );
}
