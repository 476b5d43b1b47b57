import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageOn } from '../../src/domain/age.js';
import { addYears, dayOf, UNBOUNDED } from '../../src/domain/day.js';

const day = fc.integer({ min: dayOf(1960, 1, 1), max: dayOf(1964, 12, 31) });
const interval = fc.tuple(day, fc.integer({ min: 0, max: 60 })).map(([min, length]) => ({ min, max: min + length }));

/** Birthdays counted one by one. */
function birthdays(birth: number, on: number): number {
  let age = 0;
  while (addYears(birth, age + 1) <= on) age += 1;
  return age;
}

const daysOf = ({ min, max }: { min: number; max: number }) => Array.from({ length: max - min + 1 }, (_, n) => min + n);

describe('An age', () => {
  test('bounds the birthdays of every possible birth on every day asked about', () => {
    fc.assert(
      fc.property(interval, interval, (birth, on) => {
        const possible = daysOf(birth).flatMap((born) =>
          daysOf(on)
            .filter((at) => at >= born)
            .map((at) => birthdays(born, at)),
        );
        const age = ageOn(birth, null, on);

        if (possible.length === 0) expect(age).toBeNull();
        else expect(age).toEqual({ min: Math.min(...possible), max: Math.max(...possible) });
      }),
      { numRuns: 50 },
    );
  });

  test('ends with death', () => {
    const birth = { min: dayOf(1900, 6, 1), max: dayOf(1900, 6, 1) };
    const death = { min: dayOf(1950, 1, 1), max: dayOf(1950, 12, 31) };

    expect(ageOn(birth, death, { min: dayOf(2020, 1, 1), max: dayOf(2020, 1, 1) })).toEqual({ min: 49, max: 50 });
  });

  test('is open where the birth or the day is, and nothing where nobody says', () => {
    const today = { min: dayOf(2020, 1, 1), max: dayOf(2020, 1, 1) };

    expect(ageOn({ min: -UNBOUNDED, max: dayOf(2000, 1, 1) }, null, today)).toEqual({ min: 20, max: null });
    expect(ageOn({ min: dayOf(2000, 1, 1), max: UNBOUNDED }, null, today)).toEqual({ min: 0, max: 20 });
    expect(ageOn({ min: -UNBOUNDED, max: UNBOUNDED }, null, today)).toBeNull();
    expect(ageOn({ min: dayOf(2000, 1, 1), max: dayOf(2000, 1, 1) }, null, { min: today.min, max: UNBOUNDED })).toEqual(
      { min: 20, max: null },
    );
  });
});
