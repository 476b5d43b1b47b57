import { ymdOf } from './day.js';
import type { Interval } from './evidence.js';
import { UNBOUNDED } from './interval.js';

/** Whole years; `max` is null where the birth or the day asked about is open. */
export interface YearsOfAge {
  min: number;
  max: number | null;
}

/**
 * How old somebody is at some time of `days`, who was born in `birth` and, where `death` says so, died in it: years no longer count
 * after that. Null where they were certainly not born yet, or where nothing bounds the birth.
 */
export function ageOn(birth: Interval, death: Interval | null, days: Interval): YearsOfAge | null {
  if (birth.min <= -UNBOUNDED && birth.max >= UNBOUNDED) return null;
  const earliest = Math.min(days.min, death?.min ?? UNBOUNDED);
  const latest = Math.min(days.max, death?.max ?? UNBOUNDED);
  if (latest < birth.min) return null;
  const bounded = birth.min > -UNBOUNDED && latest < UNBOUNDED;
  const least = birth.max < UNBOUNDED && earliest > birth.max ? yearsBetween(birth.max, earliest) : 0;
  return { min: least, max: bounded ? yearsBetween(birth.min, latest) : null };
}

/** Birthdays from one day to a later one; who was born on 29 February has it on 1 March in a year without one. */
export function yearsBetween(birth: number, day: number): number {
  const born = ymdOf(birth);
  const then = ymdOf(day);
  const hadBirthday = then.month > born.month || (then.month === born.month && then.day >= born.day);
  return then.year - born.year - (hadBirthday ? 0 : 1);
}
