import type { LinksRead } from '../store/links-of.js';
import type { Step, StepsRead } from '../store/steps-of.js';
import { narrowed } from './layers.js';

/** The two reads of a search. Both answer null once the time is over. */
export interface ChainReads {
  /** Where one link leads from these people; with `among`, only to these others. */
  steps(people: readonly string[], among?: readonly string[]): Promise<StepsRead | null>;
  /** The links from these people to those others. */
  links(people: readonly string[], among: readonly string[]): Promise<LinksRead | null>;
}

export interface SearchLimits {
  maxHops: number;
  /** How many people may be met before the search gives up. */
  maxPeople: number;
}

/** How a search ended: with the people of all shortest chains by hop, with certainty that there is none, or at a limit. */
export type Outcome =
  | { end: 'FOUND'; levels: ReadonlySet<string>[]; examined: number }
  | { end: 'DRY'; examined: number }
  /** No chain has `hops` links or fewer. */
  | { end: 'HOPS' | 'PEOPLE' | 'TIME'; examined: number; hops: number };

/** What is known around one end of the chain. */
interface Side {
  met: Set<string>;
  /** Who is how many hops away; the last is the frontier, whose steps nobody has read. */
  levels: string[][];
  steps: Map<string, readonly Step[]>;
  /** Its frontier has more links than one statement reads, so only the other side can go on. */
  stuck: boolean;
}

/**
 * The shortest chains between two different people, searched from both ends, a frontier a read and the smaller one first. A side with
 * more links than are read at once stays behind and the other goes on alone, so that what is answered is still right. At most two reads
 * beside one a hop.
 */
export async function searchBothWays(
  read: ChainReads,
  from: string,
  to: string,
  limits: SearchLimits,
): Promise<Outcome> {
  const one = sideOf(from);
  const other = sideOf(to);
  for (;;) {
    const ended = endOf(one, other, limits);
    if (ended !== null) return ended;
    const [side, opposite] = other.stuck || (!one.stuck && sizeOf(one) <= sizeOf(other)) ? [one, other] : [other, one];
    const meeting = await expand(read, side, opposite);
    if (meeting === null) return { end: 'TIME', examined: metBy(one, other), hops: hopsOf(one, other) };
    if (meeting.size > 0) {
      const examined = metBy(one, other) - meeting.size;
      return { end: 'FOUND', levels: levelsThrough(meeting, one, other), examined };
    }
  }
}

function sideOf(person: string): Side {
  return { met: new Set([person]), levels: [[person]], steps: new Map(), stuck: false };
}

const frontierOf = ({ levels }: Side): string[] => levels.at(-1) ?? [];
const sizeOf = (side: Side) => frontierOf(side).length;
const metBy = (one: Side, other: Side) => one.met.size + other.met.size;
const hopsOf = (one: Side, other: Side) => one.levels.length + other.levels.length - 2;

function endOf(one: Side, other: Side, { maxHops, maxPeople }: SearchLimits): Outcome | null {
  const examined = metBy(one, other);
  const hops = hopsOf(one, other);
  if (sizeOf(one) === 0 || sizeOf(other) === 0) return { end: 'DRY', examined };
  if (hops === maxHops) return { end: 'HOPS', examined, hops };
  if (examined >= maxPeople || (one.stuck && other.stuck)) return { end: 'PEOPLE', examined, hops };
  return null;
}

/**
 * Moves a frontier one hop on, and answers who of it is in the other; null once the time is over. A frontier with too many links stays
 * where it is: the other side meets it where they are linked, and if that can't go on either, the links between the two are asked for.
 */
async function expand(read: ChainReads, side: Side, opposite: Side): Promise<ReadonlySet<string> | null> {
  const frontier = frontierOf(side);
  const all = await read.steps(frontier);
  const found = all?.truncated && opposite.stuck ? await read.steps(frontier, frontierOf(opposite)) : all;
  if (all === null || found === null) return null;
  side.stuck = all.truncated;
  if (found.truncated) return new Set();
  const next = new Set(found.steps.flat().flatMap(({ other }) => (side.met.has(other) ? [] : other)));
  const meeting = new Set([...next].filter((person) => opposite.met.has(person)));
  if (side.stuck && meeting.size === 0) return meeting;
  frontier.forEach((person, i) => {
    side.steps.set(person, found.steps[i] ?? []);
  });
  for (const person of next) side.met.add(person);
  side.levels.push([...next]);
  return meeting;
}

/** The people of the chains from the one side through `meeting` to the other, found backward, so that each of them leads to the end. */
function levelsThrough(meeting: ReadonlySet<string>, one: Side, other: Side): ReadonlySet<string>[] {
  let next: ReadonlySet<string> = new Set(other.levels[0]);
  const levels = [next];
  const further = other.levels.length === 1 ? [] : [...other.levels.slice(1, -1), [...meeting]];
  for (const level of further) {
    const before = new Set([...next].flatMap((person) => other.steps.get(person) ?? []).map((step) => step.other));
    next = narrowed(level.filter((person) => before.has(person)));
    levels.unshift(next);
  }
  for (const level of one.levels.slice(0, -1).toReversed()) {
    const after = next;
    next = narrowed(level.filter((person) => one.steps.get(person)?.some((step) => after.has(step.other))));
    levels.unshift(next);
  }
  return levels;
}
