import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addYears,
  dayOf,
  dayOfEpoch,
  daysInMonth,
  EARLIEST,
  isoOf,
  LATEST,
  UNBOUNDED,
  ymdOf,
} from '../../src/domain/day.js';

const anyDay = fc.integer({ min: EARLIEST, max: LATEST });

/** The platform's own calendar, as the oracle. */
function calendarDay(day: number) {
  const date = new Date(day * 86_400_000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

describe('days', () => {
  it('counts from 1970-01-01', () => {
    const days = [dayOf(1970, 1, 1), dayOf(1970, 1, 2), dayOf(1969, 12, 31), dayOf(2014, 5, 24), dayOf(0, 2, 29)];

    expect(days).toEqual([0, 1, -1, 16_214, -719_469]);
  });

  it('agrees with the platform on every day around the turns that leap rules depend on', () => {
    for (const year of [-9999, -401, -400, -100, -4, -1, 0, 1, 99, 1582, 1900, 1970, 2000, 2100, 9999]) {
      for (let day = dayOf(year, 1, 1); day <= dayOf(year, 12, 31); day += 1) {
        expect(ymdOf(day)).toEqual(calendarDay(day));
      }
    }
  });

  it('answers the calendar day of a number, and the number of that day again', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const ymd = ymdOf(day);

        expect(ymd).toEqual(calendarDay(day));
        expect(dayOf(ymd.year, ymd.month, ymd.day)).toBe(day);
      }),
    );
  });

  it('spans the years −9999 to 9999', () => {
    expect(ymdOf(EARLIEST)).toEqual({ year: -9999, month: 1, day: 1 });
    expect(ymdOf(LATEST)).toEqual({ year: 9999, month: 12, day: 31 });
  });

  it('knows the length of every month', () => {
    const lengths = (year: number) => Array.from({ length: 12 }, (_, month) => daysInMonth(year, month + 1));

    expect(lengths(2014)).toEqual([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
    expect([1900, 2000, 2012, 2100, 0, -4].map((year) => daysInMonth(year, 2))).toEqual([28, 29, 29, 28, 29, 29]);
  });

  it('writes days as ISO does, with four digits and a minus before the year 0', () => {
    const written = [dayOf(2014, 5, 24), dayOf(0, 1, 1), dayOf(987, 12, 3), dayOf(-44, 3, 15), EARLIEST].map(isoOf);

    expect(written).toEqual(['2014-05-24', '0000-01-01', '0987-12-03', '-0044-03-15', '-9999-01-01']);
  });

  it('comes of age on the birthday, and on 1 March where there is no 29 February', () => {
    expect(isoOf(addYears(dayOf(2013, 6, 15), 18))).toBe('2031-06-15');
    expect(isoOf(addYears(dayOf(2012, 2, 29), 18))).toBe('2030-03-01');
    expect(isoOf(addYears(dayOf(2012, 2, 29), 16))).toBe('2028-02-29');
  });

  it('leaves an unbounded side unbounded when years are added', () => {
    expect([addYears(UNBOUNDED, 18), addYears(-UNBOUNDED, 18)]).toEqual([UNBOUNDED, -UNBOUNDED]);
  });

  it('takes the UTC day of a clock reading', () => {
    const midnight = dayOf(2026, 8, 22) * 86_400_000;

    expect([midnight - 1, midnight, midnight + 86_399_999].map((ms) => isoOf(dayOfEpoch(ms)))).toEqual([
      '2026-08-21',
      '2026-08-22',
      '2026-08-22',
    ]);
    expect(dayOfEpoch(-1)).toBe(-1);
  });
});
