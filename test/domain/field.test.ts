import { describe, expect, it } from 'vitest';
import type { Bound } from '../../src/domain/bound.js';
import { UNBOUNDED } from '../../src/domain/day.js';
import type { Interval } from '../../src/domain/evidence.js';
import { clashesOf, project, whyOf } from '../../src/domain/field.js';
import { claim } from '../support/evidence.js';

const LINE = [0, 1, 2, 3];
const FAR = [-UNBOUNDED, ...LINE, UNBOUNDED];
const INTERVALS: Interval[] = FAR.flatMap((min) => FAR.map((max) => ({ min, max }))).filter(
  ({ min, max }) => min <= max && min < UNBOUNDED && max > -UNBOUNDED && (min > -UNBOUNDED || max < UNBOUNDED),
);

function bound({ min, max }: Interval): Bound {
  return { min, max, by: claim('START', '2014'), says: 'DATED', date: null };
}

/** The rule over sets of days, on a line that goes one day further than any finite bound. */
function oracle(intervals: Interval[]) {
  const daysOf = ({ min, max }: Interval) => [-1, ...LINE, 4].filter((day) => min <= day && day <= max);
  const has = (outer: Interval, inner: Interval) => daysOf(inner).every((day) => daysOf(outer).includes(day));
  const common = [-1, ...LINE, 4].filter((day) => intervals.every((each) => daysOf(each).includes(day)));
  if (common.length > 0) {
    const [first = 0, last = 0] = [common[0], common.at(-1)];
    return { min: first === -1 ? -UNBOUNDED : first, max: last === 4 ? UNBOUNDED : last, contested: false, clashes: 0 };
  }
  const distinct = intervals.filter((a, i) => !intervals.slice(0, i).some((b) => has(a, b) && has(b, a)));
  const left = distinct.filter((a) => !distinct.some((b) => a !== b && has(a, b)));
  const ends = left.flatMap(({ min, max }) => [min, max]).filter((day) => LINE.includes(day));
  const clashes = left.flatMap((a, i) =>
    left.slice(i + 1).filter((b) => !daysOf(a).some((day) => daysOf(b).includes(day))),
  );
  return { min: Math.min(...ends), max: Math.max(...ends), contested: true, clashes: clashes.length };
}

describe('a field', () => {
  it('is the intersection, or contested over what is left, for every three intervals', () => {
    const bounds = INTERVALS.map((interval) => ({ interval, made: bound(interval) }));
    const wrong: unknown[] = [];
    for (const [i, a] of bounds.entries()) {
      for (const [j, b] of bounds.slice(i).entries()) {
        for (const c of bounds.slice(i + j)) {
          const projected = project([c.made, a.made, b.made]);
          const { min, max, contested } = projected;
          const found = { min, max, contested, clashes: clashesOf(projected).length };
          const expected = oracle([a.interval, b.interval, c.interval]);
          if (JSON.stringify(found) !== JSON.stringify(expected)) wrong.push({ a, b, c, found, expected });
        }
      }
    }

    expect(wrong.slice(0, 3)).toEqual([]);
  });

  it('that nothing bounds is open and undated', () => {
    expect(project([])).toMatchObject({
      min: -UNBOUNDED,
      max: UNBOUNDED,
      contested: false,
      says: 'UNSTATED',
      date: null,
    });
  });

  it('names the claims that touch a bound', () => {
    const [from, to, wide] = [bound({ min: 1, max: 5 }), bound({ min: 0, max: 3 }), bound({ min: 0, max: 9 })];

    expect(whyOf(project([wide, to, from]))).toEqual([from, to].map(({ by }) => by?.claim.id).sort());
  });

  it('reads as the first claim by id where several have its interval', () => {
    const read = (edtf: string) => ({ ...bound({ min: 16071, max: 16435 }), date: { edtf, text: null } });
    const [first, second] = [read('2014~'), read('2014')];

    expect(
      [
        [first, second],
        [second, first],
      ].map((all) => project(all).date?.edtf),
    ).toEqual(['2014~', '2014~']);
  });

  it('reads as the claim whose interval equals the bounds, else as their range', () => {
    const year = { ...bound({ min: 16071, max: 16435 }), date: { edtf: '2014', text: 'that year' } };
    const half = { ...bound({ min: 15706, max: 16251 }), date: { edtf: '[2013-01-01..2014-06-30]', text: null } };

    expect(project([year]).date).toEqual({ edtf: '2014', text: 'that year', min: 16071, max: 16435 });
    expect(project([year, half]).date).toEqual({
      edtf: '[2014-01-01..2014-06-30]',
      text: null,
      min: 16071,
      max: 16251,
    });
  });
});
