import { ageOn, yearsBetween } from '../domain/age.js';
import type { Interval } from '../domain/evidence.js';
import { type StartAndEnd, UNBOUNDED } from '../domain/interval.js';
import type { Romance } from '../store/romances.js';

/**
 * What readers work out for themselves about a couple, as ranges over every choice of days that the bounds allow. Null is unknown;
 * days after today count nowhere.
 */

/** At least, and at most; null where nothing bounds it. */
export interface Range {
  min: number;
  max: number | null;
}

/** Whole years of age when the two came together; null where birth or start is unknown. */
export function ageAtStart(birth: Interval | null, death: Interval | null, times: readonly Start[]): Range | null {
  const start = firstStart(times);
  return birth === null || start === null ? null : ageOn(birth, death, start);
}

/** Whole years from the one birth to the other; null where one of them is unknown. */
export function ageGap(one: Interval | null, other: Interval | null): Range | null {
  if (one === null || other === null) return null;
  const from = (a: number, b: number) => (isDay(a) && isDay(b) && a <= b ? yearsBetween(a, b) : null);
  const most = [from(one.min, other.max), from(other.min, one.max)].filter((years) => years !== null);
  const bounded = [one.min, one.max, other.min, other.max].every(isDay);
  return {
    min: Math.max(from(one.max, other.min) ?? 0, from(other.max, one.min) ?? 0),
    max: bounded ? Math.max(...most) : null,
  };
}

/** Days together in all, from each start to each end; days in two such times at once count once. */
export function daysTogether(times: readonly StartAndEnd[], today: number): Range | null {
  if (times.length === 0) return null;
  const until = times.map((time) => untilToday(time, today));
  const certain = until.map(({ startMax, endMin }) => [startMax, Math.max(startMax, endMin)] as const);
  const possible = until.map(({ startMin, endMax }) => [startMin, endMax] as const);
  const bounded = possible.flat().every(isDay);
  return { min: covered(certain), max: bounded ? covered(possible) : null };
}

/** Days of the longest of these times. */
export function longestOf(times: readonly StartAndEnd[], today: number): Range | null {
  if (times.length === 0) return null;
  const each = times.map((time) => daysOfTime(time, today));
  const most = each.map(({ max }) => max);
  return {
    min: Math.max(...each.map(({ min }) => min)),
    max: most.includes(null) ? null : Math.max(...most.map(Number)),
  };
}

/** Days from start to end, at most to today. */
export function daysOfTime(time: StartAndEnd, today: number): Range {
  const { startMin, startMax, endMin, endMax } = untilToday(time, today);
  const bounded = isDay(startMin) && isDay(endMax);
  return { min: Math.max(0, endMin - startMax), max: bounded ? Math.max(0, endMax - startMin) : null };
}

/** As which partner of somebody this one came: one more than those who certainly, or at most, came before. */
export function placeAmong(relationship: string, romances: readonly Romance[]): Range | null {
  const starts = romances.map((romance) => ({ of: romance.relationship, first: startBounds(romance.together) }));
  const mine = starts.find(({ of }) => of === relationship)?.first;
  if (!mine) return null;
  const others = starts.flatMap(({ of, first }) => (of === relationship || first === null ? [] : first));
  return {
    min: 1 + others.filter(({ max }) => max < mine.min).length,
    max: 1 + others.filter(({ min }) => min < mine.max).length,
  };
}

/**
 * Days that somebody had been with nobody else when this one came: from the last day with anybody who began before; 0 where that
 * still went on. Null where it isn't certain that anybody came before, or where nobody tells this start.
 */
export function daysSinceAnother(relationship: string, romances: readonly Romance[]): Range | null {
  const start = firstStart(romances.find((romance) => romance.relationship === relationship)?.together ?? []);
  const others = romances.flatMap((romance) => (romance.relationship === relationship ? [] : romance.together));
  if (start === null || !isDay(start.min) || !isDay(start.max)) return null;
  if (!others.some(({ startMax }) => startMax < start.min)) return null;
  return { min: leastSince(start, others), max: mostSince(start, others) };
}

/** On the earliest start whoever can have begun before it has gone on for longest; or somebody began the day before a later start. */
function leastSince({ min, max }: Interval, others: readonly StartAndEnd[]): number {
  const since = others.flatMap(({ startMin, endMax }) => {
    const start = Math.max(min, startMin + 1);
    return start > max ? [] : Math.max(0, start - endMax);
  });
  return Math.min(...since);
}

/** A later start leaves more time, but lets more people come before it. */
function mostSince({ min, max }: Interval, others: readonly StartAndEnd[]): number | null {
  const starts = [max, ...others.map(({ startMax }) => startMax).filter((day) => day >= min && day <= max)];
  const since = starts.map((start) => {
    const before = others.filter(({ startMax }) => startMax < start);
    return Math.max(0, start - Math.max(...before.map(({ endMin }) => endMin)));
  });
  const most = Math.max(...since);
  return most >= UNBOUNDED / 2 ? null : most;
}

interface Start extends StartAndEnd {
  known: boolean;
}

/** When the first of these times began, if anybody tells it. */
function firstStart(times: readonly Start[]): Interval | null {
  return times.some(({ known }) => known) ? startBounds(times) : null;
}

function startBounds(times: readonly StartAndEnd[]): Interval | null {
  if (times.length === 0) return null;
  return {
    min: Math.min(...times.map(({ startMin }) => startMin)),
    max: Math.min(...times.map(({ startMax }) => startMax)),
  };
}

function untilToday({ startMin, startMax, endMin, endMax }: StartAndEnd, today: number): StartAndEnd {
  const cut = (day: number) => Math.min(day, today);
  return { startMin: cut(startMin), startMax: cut(startMax), endMin: cut(endMin), endMax: cut(endMax) };
}

/** Days that these spans cover together, from their first days to their last. */
function covered(spans: readonly (readonly [number, number])[]): number {
  let sum = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const [from, to] of [...spans].sort(([a], [b]) => a - b)) {
    sum += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return sum;
}

const isDay = (day: number): boolean => Math.abs(day) < UNBOUNDED;
