import type { Interval } from './evidence.js';
import { meets } from './interval.js';
import type { PeriodType } from './words.js';

/** When something may have been: its days, and its start where one is known. A claim has these, and so has a period. */
export interface PossibleDays {
  /** From the earliest possible start to the latest possible end; for a present state, the article's days. */
  days: Interval;
  start: Interval | null;
}

export interface MatchablePeriod extends PossibleDays {
  id: string;
  type: PeriodType;
}

/**
 * Which period of its pair and kind a claim is about. ONE: that one. NONE: a new one. ANOTHER_DATE: a new one, whose start is
 * near that of an existing period, so that it may be another date of it. RELATIONSHIP: several fit, or the claim names no type and
 * none fits, so it stays about the relationship.
 */
export type PeriodMatch =
  | { match: 'ONE'; period: string }
  | { match: 'NONE' }
  | { match: 'ANOTHER_DATE'; period: string }
  | { match: 'RELATIONSHIP'; periods: string[] };

/** Starts as far apart as this may be two dates of one period: a year, leap or not. */
const SAME_START_WITHIN = 366;

/**
 * Matches a claim to the periods of its pair and kind (design.md, section 4): one of the same type whose possible days meet the
 * claim's, and whose start does or isn't known. UNSPECIFIED matches any type, and makes a period only where there is none at all.
 */
export function matchPeriod(claim: PossibleDays, type: PeriodType, periods: readonly MatchablePeriod[]): PeriodMatch {
  const candidates = type === 'UNSPECIFIED' ? periods : periods.filter((period) => period.type === type);
  const fitting = candidates.filter((period) => fits(claim, period)).map(({ id }) => id);
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return { match: 'ONE', period: only };
  if (fitting.length > 1) return { match: 'RELATIONSHIP', periods: fitting.sort() };
  if (type === 'UNSPECIFIED') return periods.length === 0 ? { match: 'NONE' } : { match: 'RELATIONSHIP', periods: [] };
  const near = nearest(claim, candidates);
  return near === null ? { match: 'NONE' } : { match: 'ANOTHER_DATE', period: near };
}

function fits(claim: PossibleDays, period: PossibleDays): boolean {
  const startsMeet = claim.start === null || period.start === null || meets(claim.start, period.start);
  return startsMeet && meets(claim.days, period.days);
}

function nearest({ start }: PossibleDays, periods: readonly MatchablePeriod[]): string | null {
  const near = periods
    .map((period) => ({ id: period.id, gap: gapBetween(start, period.start) }))
    .filter(({ gap }) => gap <= SAME_START_WITHIN)
    .sort((a, b) => a.gap - b.gap || (a.id < b.id ? -1 : 1));
  return near[0]?.id ?? null;
}

/** Days between the nearest possible starts; 0 where they meet. */
function gapBetween(a: Interval | null, b: Interval | null): number {
  if (a === null || b === null) return Number.POSITIVE_INFINITY;
  return Math.max(0, a.min - b.max, b.min - a.max);
}
