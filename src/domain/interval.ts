/**
 * Predicates over uncertain time (design.md, section 3): whole numbers in, YES, POSSIBLE or NO out. YES means true for every
 * choice of days that the bounds allow, POSSIBLE for some. They agree with that meaning wherever the bounds are clamped by each
 * other (`startMin <= endMin` and `startMax <= endMax`); bounds that cross (`startMax > endMin`) are normal.
 * Nothing is imported, so that the desk can use this file as it is.
 */

export type Certainty = 'YES' | 'POSSIBLE' | 'NO';

/** Whole days since 1970-01-01, inclusive; an open side is ∓`UNBOUNDED`. */
export interface Interval {
  min: number;
  max: number;
}

/** The strongest that is said of an end: a date, that it is over, that it goes on, or nothing. */
export type EndState = 'DATED' | 'ENDED' | 'ONGOING' | 'UNSTATED';

/** What stands for "no bound on this side": −UNBOUNDED before, UNBOUNDED after. Never null, which drops rows in Cypher. */
export const UNBOUNDED = 1_000_000_000;

/** The days between which something began and ended, inclusive, since 1970-01-01. `Bounds` of evidence.ts is one. */
export interface StartAndEnd {
  startMin: number;
  startMax: number;
  endMin: number;
  endMax: number;
}

export type Status = 'ENDED' | 'ENDING' | 'CURRENT' | 'STALE';

export interface Duration {
  minDays: number;
  /** Null where a side is unbounded, or where the end lies wholly before the start. */
  maxDays: number | null;
}

const certainty = (yes: boolean, possible: boolean): Certainty => (yes ? 'YES' : possible ? 'POSSIBLE' : 'NO');

/** Whether it held on at least one day of [q1, q2]. */
export function held(bounds: StartAndEnd, q1: number, q2: number): Certainty {
  return certainty(bounds.startMax <= q2 && bounds.endMin >= q1, bounds.startMin <= q2 && bounds.endMax >= q1);
}

/** Whether it held on every day of [q1, q2]. */
export function heldThroughout(bounds: StartAndEnd, q1: number, q2: number): Certainty {
  return certainty(bounds.startMax <= q1 && bounds.endMin >= q2, bounds.startMin <= q1 && bounds.endMax >= q2);
}

/** Whether two stretches of time share more than a boundary: the day on which one ends and the other begins is none. */
export function overlapped(a: StartAndEnd, b: StartAndEnd): Certainty {
  return certainty(a.startMax < b.endMin && b.startMax < a.endMin, a.startMin < b.endMax && b.startMin < a.endMax);
}

/** Whether it was over on day `t`. Told "it has ended" (state ENDED), it is over on the very day; a dated end is its last day. */
export function over(bounds: StartAndEnd, state: EndState, t: number): Certainty {
  const firstDayOver = state === 'ENDED' ? t : t - 1;
  return certainty(bounds.endMax <= firstDayOver, bounds.endMin <= firstDayOver);
}

/** Whether `a` ended before `b` began, or on the day that it did. */
export function before(a: StartAndEnd, b: StartAndEnd): Certainty {
  return certainty(a.endMax <= b.startMin, a.endMin <= b.startMax);
}

/** The least and the most days from start to end; a start and end on one day last 0 days. */
export function duration(bounds: StartAndEnd): Duration {
  const bounded = bounds.startMin > -UNBOUNDED && bounds.endMax < UNBOUNDED && bounds.startMin <= bounds.endMax;
  return {
    minDays: Math.max(0, bounds.endMin - bounds.startMax),
    maxDays: bounded ? bounds.endMax - bounds.startMin : null,
  };
}

/**
 * Where it stands on the day `today`. ENDING: an end is said, and may or may not have come. STALE: nobody says that it ended, and
 * nobody has said for `staleAfterDays` that it goes on: no end date alone never means current.
 */
export function statusOf(bounds: StartAndEnd, state: EndState, today: number, staleAfterDays = 365): Status {
  const isOver = over(bounds, state, today);
  if (isOver === 'YES') return 'ENDED';
  if (isOver === 'POSSIBLE' && (state === 'DATED' || state === 'ENDED')) return 'ENDING';
  return bounds.endMin >= today - staleAfterDays ? 'CURRENT' : 'STALE';
}

/** Whether two intervals have a day in common. */
export function meets(a: Interval, b: Interval): boolean {
  return a.min <= b.max && b.min <= a.max;
}

/** The days that two intervals have in common, or null where they have none. */
export function intersect(a: Interval, b: Interval): Interval | null {
  return meets(a, b) ? { min: Math.max(a.min, b.min), max: Math.min(a.max, b.max) } : null;
}

/** Whether every day of `inner` is one of `outer`; an interval contains itself. */
export function contains(outer: Interval, inner: Interval): boolean {
  return outer.min <= inner.min && inner.max <= outer.max;
}
