import type { Bound } from './bound.js';
import { UNBOUNDED } from './day.js';
import type { EndState, Interval, ShownDate } from './evidence.js';
import { contains, meets } from './interval.js';
import { NO_DOUBT, parsePartialDate, rangeEdtf } from './partial-date.js';

/** One day as its claims bound it, before any clamp (design.md, section 3, "Project"). */
export interface Projected extends Interval {
  /** Everything that bounds it. */
  bounds: readonly Bound[];
  /** Those whose intervals make the bounds: the others strictly contain one of them. Equal ones count once. */
  narrowest: readonly Bound[];
  /** The intervals don't all meet. */
  contested: boolean;
  /** The strongest that is said. */
  says: EndState;
  /** Null where nothing that bounds states a date. */
  date: ShownDate | null;
}

const STRENGTH: readonly EndState[] = ['DATED', 'ENDED', 'ONGOING', 'UNSTATED'];

/**
 * The intersection of the intervals if all meet, which on a line they do when each pair does. If not, those that strictly contain
 * another are dropped and the rest is spanned, an interval that is open on one side by its finite end only.
 */
export function project(bounds: readonly Bound[]): Projected {
  const intersection = {
    min: bounds.reduce((min, bound) => Math.max(min, bound.min), -UNBOUNDED),
    max: bounds.reduce((max, bound) => Math.min(max, bound.max), UNBOUNDED),
  };
  const contested = intersection.min > intersection.max;
  const narrowest = narrowestOf(bounds);
  const interval = contested ? spanOf(narrowest) : intersection;
  return {
    ...interval,
    bounds,
    narrowest,
    contested,
    says: STRENGTH.find((state) => bounds.some(({ says }) => says === state)) ?? 'UNSTATED',
    date: shownDate(bounds, interval),
  };
}

/** The pairs that exclude each other, of those that make the bounds. */
export function clashesOf({ contested, narrowest }: Projected): (readonly [Bound, Bound])[] {
  if (!contested) return [];
  return narrowest.flatMap((a, i) => narrowest.slice(i + 1).flatMap((b) => (meets(a, b) ? [] : [[a, b] as const])));
}

/** Ids of the claims that touch a bound, sorted. */
export function whyOf({ bounds, min, max }: Projected): string[] {
  const touching = bounds.filter((bound) =>
    [bound.min, bound.max].some((day) => Math.abs(day) < UNBOUNDED && (day === min || day === max)),
  );
  return [...new Set(touching.flatMap(({ by }) => by?.claim.id ?? []))].sort();
}

/** Those that state the field itself and support what is projected: they touch a bound, or lie within. */
export function supportersOf(projected: Projected): Bound[] {
  const why = new Set(whyOf(projected));
  return projected.bounds.filter(
    (bound) => bound.says !== 'UNSTATED' && (contains(projected, bound) || (bound.by && why.has(bound.by.claim.id))),
  );
}

function narrowestOf(bounds: readonly Bound[]): Bound[] {
  if (bounds.length < 2) return [...bounds];
  const distinct = new Map<string, Bound>();
  for (const bound of bounds) {
    const key = `${bound.min}|${bound.max}`;
    const known = distinct.get(key);
    if (!known || idOf(bound) < idOf(known)) distinct.set(key, bound);
  }
  const all = [...distinct.values()].sort((a, b) => a.min - b.min || b.max - a.max);
  // From the back, the last one that is kept has the smallest `max` of all that begin later, or with it and end sooner.
  const narrowest: Bound[] = [];
  for (const bound of all.reverse()) {
    if (bound.max < (narrowest.at(-1)?.max ?? Number.POSITIVE_INFINITY)) narrowest.push(bound);
  }
  return narrowest.reverse();
}

function spanOf(bounds: readonly Bound[]): Interval {
  const ends = bounds.flatMap(({ min, max }) => [min, max]).filter((day) => Math.abs(day) < UNBOUNDED);
  return { min: Math.min(...ends), max: Math.max(...ends) };
}

/** The date of the claim whose interval equals the bounds, the first by id; else their range. */
function shownDate(bounds: readonly Bound[], { min, max }: Interval): ShownDate | null {
  if (!bounds.some(({ says }) => says === 'DATED')) return null;
  const equal = bounds.filter((bound) => bound.date && bound.min === min && bound.max === max);
  const first = equal.reduce<Bound | null>((best, one) => (best && idOf(best) < idOf(one) ? best : one), null);
  const edtf = first?.date?.edtf ?? rangeEdtf(min, max, [doubtOf(bounds, min, 'min'), doubtOf(bounds, max, 'max')]);
  return edtf === null ? null : { edtf, text: first?.date?.text ?? null, min, max };
}

/** The flags of the date that makes a bound; of several, of one that has none. */
function doubtOf(bounds: readonly Bound[], day: number, side: 'min' | 'max') {
  const dated = makersOf(bounds, day, side).flatMap(({ date }) => (date === null ? [] : [parsePartialDate(date.edtf)]));
  return dated.find(({ approximate, uncertain }) => !approximate && !uncertain) ?? dated[0] ?? NO_DOUBT;
}

/** Those that make this bound; the span of contested intervals takes an open one by its finite end. */
export function makersOf(bounds: readonly Bound[], day: number, side: 'min' | 'max'): readonly Bound[] {
  const own = bounds.filter((bound) => bound[side] === day);
  return own.length > 0 ? own : bounds.filter(({ min, max }) => min === day || max === day);
}

/** An event sorts after every claim. */
const idOf = ({ by }: Bound): string => by?.claim.id ?? '~';
