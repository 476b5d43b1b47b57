import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { yearsBetween } from '../../src/domain/age.js';
import { dayOf } from '../../src/domain/day.js';
import { type StartAndEnd, UNBOUNDED } from '../../src/domain/interval.js';
import {
  ageAtStart,
  ageGap,
  daysSinceAnother,
  daysTogether,
  longestOf,
  placeAmong,
  type Range,
} from '../../src/questions/couple-facts.js';
import type { Romance } from '../../src/store/romances.js';
import { aRomance, aTime, bounds, type Lived, product, worldsOf } from '../support/romances.js';

const TODAY = 7;

/** The least and the most of an answer over all worlds; worlds without an answer don't count. */
function rangeOf(answers: readonly (number | null)[]): Range | null {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const answer of answers) {
    min = Math.min(min, answer ?? min);
    max = Math.max(max, answer ?? max);
  }
  return min > max ? null : { min, max };
}

const times = fc.array(bounds(), { minLength: 1, maxLength: 3 });
const days = (min: number, max = min) => ({ min, max });

describe('Days together', () => {
  test('are what they are in every world, days in two times at once counted once', () => {
    fc.assert(
      fc.property(times, (given) => {
        const worlds = product(given.map(worldsOf));

        expect(daysTogether(given, TODAY)).toEqual(rangeOf(worlds.map((lived) => daysCovered(lived))));
      }),
    );
  });

  test('of the longest time are what they are in every world', () => {
    fc.assert(
      fc.property(times, (given) => {
        const worlds = product(given.map(worldsOf));
        const longest = worlds.map((lived) => Math.max(...lived.map((time) => daysCovered([time]))));

        expect(longestOf(given, TODAY)).toEqual(rangeOf(longest));
      }),
    );
  });

  test('have no most where nobody tells a start, and go on until today where nobody tells an end', () => {
    expect(daysTogether([aTime(-UNBOUNDED, 3, { startMax: 2 })], TODAY)).toEqual({ min: 1, max: null });
    expect(longestOf([aTime(-UNBOUNDED, 3, { startMax: 2 }), aTime(4, 6)], TODAY)).toEqual({ min: 2, max: null });
    expect(daysTogether([aTime(2, 2, { endMax: UNBOUNDED })], TODAY)).toEqual({ min: 0, max: TODAY - 2 });
    expect(longestOf([aTime(2, 3, { endMax: UNBOUNDED })], TODAY)).toEqual({ min: 1, max: TODAY - 2 });
    expect([daysTogether([], TODAY), longestOf([], TODAY)]).toEqual([null, null]);
  });
});

/** Steps from one day to the next that lie in any of the times, until today. */
function daysCovered(lived: readonly Lived[]): number {
  const steps = lived.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i));
  return new Set(steps.filter((day) => day < TODAY)).size;
}

describe('The place of a partner', () => {
  test('is one more than those who began earlier, in every world', () => {
    fc.assert(
      fc.property(fc.array(times, { minLength: 1, maxLength: 3 }), (given) => {
        const romances = given.map((some, i) => romanceOf(`p${i}`, some));
        const worlds = product(given.map((some) => product(some.map(worldsOf))));
        const places = worlds.map((lived) => {
          const [mine, ...others] = lived.map(firstDay);
          return 1 + others.filter((start) => start < Number(mine)).length;
        });

        expect(placeAmong('rel_p0', romances)).toEqual(rangeOf(places));
      }),
    );
  });

  test('is unknown for whom no time is shown, and counts nobody of whom none is', () => {
    const romances = [aRomance('a'), aRomance('b', aTime(3, 4))];

    expect([placeAmong('rel_a', romances), placeAmong('rel_b', romances)]).toEqual([null, days(1)]);
    expect(placeAmong('rel_c', romances)).toBeNull();
  });
});

describe('Days since another', () => {
  test('are what they are in every world in which somebody came before', () => {
    const ofOthers = fc.array(times, { minLength: 1, maxLength: 2 });
    fc.assert(
      fc.property(bounds(9), ofOthers, (mine, others) => {
        const romances = [romanceOf('mine', [mine]), ...others.map((some, i) => romanceOf(`p${i}`, some))];
        const worlds = product([worldsOf(mine), ...others.flat().map(worldsOf)]);
        const answers = worlds.map(([first, ...rest]) => sinceOf(Number(first?.start), rest));

        const expected = answers.includes(null) ? null : rangeOf(answers);
        expect(daysSinceAnother('rel_mine', romances)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  test('are unknown without a start that somebody tells, and open where the others are', () => {
    const before = aRomance('a', aTime(1, 2, { endMax: UNBOUNDED }));

    expect(daysSinceAnother('rel_b', [before, aRomance('b', aTime(5, 6))])).toEqual({ min: 0, max: 3 });
    expect(daysSinceAnother('rel_b', [before, aRomance('b', aTime(5, 6, { known: false }))])).toBeNull();
    expect(daysSinceAnother('rel_b', [before, aRomance('b', aTime(-UNBOUNDED, 6, { startMax: 5 }))])).toBeNull();
    expect(daysSinceAnother('rel_b', [aRomance('b', aTime(5, 6))])).toBeNull();
  });
});

function sinceOf(start: number, others: readonly Lived[]): number | null {
  const before = others.filter((lived) => lived.start < start);
  return before.length === 0 ? null : Math.max(0, start - Math.max(...before.map(({ end }) => end)));
}

const firstDay = (lived: readonly Lived[]) => Math.min(...lived.map(({ start }) => start));

const romanceOf = (other: string, some: readonly StartAndEnd[]): Romance =>
  aRomance(other, ...some.map((one) => aTime(0, 0, one)));

describe('Ages', () => {
  const births = fc.tuple(fc.integer({ min: 3640, max: 3660 }), fc.nat(20)).map(([min, more]) => days(min, min + more));

  test('at the start are what they are in every world', () => {
    fc.assert(
      fc.property(births, fc.integer({ min: 11_300, max: 11_340 }), fc.nat(30), (birth, startMin, vague) => {
        const start = aTime(startMin, startMin + 100, { startMax: startMin + vague });
        const worlds = product([spread(birth), spread(days(startMin, startMin + vague))]);
        const ages = worlds.map(([born, began]) => yearsBetween(Number(born), Number(began)));

        expect(ageAtStart(birth, null, [start])).toEqual(rangeOf(ages));
      }),
    );
  });

  test('lie as far apart as in every world', () => {
    fc.assert(
      fc.property(births, births, fc.constantFrom(0, 360, 5000, -5000), (one, near, later) => {
        const other = days(near.min + later, near.max + later);
        const gaps = product([spread(one), spread(other)]).map(([a, b]) =>
          yearsBetween(Math.min(Number(a), Number(b)), Math.max(Number(a), Number(b))),
        );

        expect(ageGap(one, other)).toEqual(rangeOf(gaps));
      }),
    );
  });

  test('are unknown without a birth or a start that somebody tells', () => {
    const birth = days(dayOf(1970, 1, 1), dayOf(1970, 12, 31));
    const start = aTime(dayOf(1990, 5, 1), dayOf(1991, 1, 1));

    expect(ageAtStart(birth, null, [start])).toEqual(days(19, 20));
    expect(ageAtStart(null, null, [start])).toBeNull();
    expect(ageAtStart(birth, null, [{ ...start, known: false }])).toBeNull();
    expect([ageGap(birth, null), ageGap(null, birth)]).toEqual([null, null]);
    expect(ageGap(birth, days(-UNBOUNDED, dayOf(1960, 1, 1)))).toEqual({ min: 10, max: null });
  });
});

const spread = ({ min, max }: { min: number; max: number }) => Array.from({ length: max - min + 1 }, (_, i) => min + i);
