import type { Step } from '../store/steps-of.js';
import type { ChainReads, Outcome, SearchLimits } from './chain-search.js';
import { narrowed } from './layers.js';
import { BEGINNING, type Clock, END } from './time-order.js';

/** The smallest time at which each person is reached, or the largest at which they can be left. */
type Times = ReadonlyMap<string, number>;

/**
 * The shortest chains whose links start one after the other, searched forward only, since time has one direction. A walk must not be
 * dropped because its person was met before: a later walk may be there at a smaller time (golden vector T36). So of each person the
 * smallest time of each hop is kept, and a person is visited again whenever it is smaller than at all hops before.
 */
export async function searchInTime(
  read: ChainReads,
  from: string,
  to: string,
  clock: Clock,
  { maxHops, maxPeople }: SearchLimits,
): Promise<Outcome> {
  const best = new Map([[from, BEGINNING]]);
  const steps = new Map<string, readonly Step[]>();
  const levels: Times[] = [new Map(best)];
  for (let hops = 0; ; hops += 1) {
    const level = levels[hops] ?? new Map();
    const examined = best.size;
    if (level.size === 0) return { end: 'DRY', examined };
    if (hops === maxHops) return { end: 'HOPS', examined, hops };
    if (examined >= maxPeople) return { end: 'PEOPLE', examined, hops };

    const reading = await readMissing(read, steps, [...level.keys()], to);
    if (reading === 'OVER') return { end: 'TIME', examined, hops };
    const next = onward(level, steps, best, clock);
    if (next.has(to)) {
      const met = new Set([...best.keys(), ...next.keys()]).size;
      return { end: 'FOUND', levels: levelsTo(to, levels, steps, clock), examined: met };
    }
    if (reading === 'TOO_MANY') return { end: 'PEOPLE', examined, hops };
    for (const [person, time] of next) best.set(person, time);
    levels.push(next);
  }
}

/** Reads the steps of those whose steps are not known; of too many, only those to `to`, which still tell whether this is the last hop. */
async function readMissing(
  read: ChainReads,
  steps: Map<string, readonly Step[]>,
  people: readonly string[],
  to: string,
): Promise<'ALL' | 'TOO_MANY' | 'OVER'> {
  const missing = people.filter((person) => !steps.has(person));
  const all = await read.steps(missing);
  const found = all?.truncated ? await read.steps(missing, [to]) : all;
  if (all === null || found === null) return 'OVER';
  missing.forEach((person, i) => {
    steps.set(person, found.truncated ? [] : (found.steps[i] ?? []));
  });
  return all.truncated ? 'TOO_MANY' : 'ALL';
}

/** Whom one more link reaches at a smaller time than ever before, with that time. */
function onward(level: Times, steps: ReadonlyMap<string, readonly Step[]>, best: Times, clock: Clock): Times {
  const next = new Map<string, number>();
  for (const [person, time] of level) {
    for (const step of steps.get(person) ?? []) {
      const reached = clock.after(time, step);
      const known = next.get(step.other) ?? best.get(step.other) ?? END;
      if (reached !== null && reached < known) next.set(step.other, reached);
    }
  }
  return next;
}

/** The people of the chains to `to`, found backward with the latest time at which each can be left, so that each of them arrives. */
function levelsTo(
  to: string,
  levels: readonly Times[],
  steps: ReadonlyMap<string, readonly Step[]>,
  clock: Clock,
): ReadonlySet<string>[] {
  let limits = new Map([[to, END]]);
  const kept: ReadonlySet<string>[] = [new Set([to])];
  for (const level of levels.toReversed()) {
    const after = limits;
    const latest = new Map<string, number>();
    for (const [person, time] of level) {
      for (const step of steps.get(person) ?? []) {
        const behind = after.get(step.other);
        const limit = behind === undefined ? null : clock.latest(step, behind);
        if (limit !== null && limit >= time) latest.set(person, Math.max(limit, latest.get(person) ?? BEGINNING));
      }
    }
    const people = narrowed(latest.keys());
    limits = new Map([...latest].filter(([person]) => people.has(person)));
    kept.unshift(people);
  }
  return kept;
}
