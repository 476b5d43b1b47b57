import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Certainty, StartAndEnd } from '../../src/domain/interval.js';
import { marriedMeanwhile, pairsOf, ranked, sharedPairs } from '../../src/questions/overlaps.js';
import type { Romance } from '../../src/store/romances.js';
import { aRomance, aTime, bounds, type Lived, product, worldsOf } from '../support/romances.js';

const certaintyOf = (answers: readonly boolean[]): Certainty =>
  answers.every(Boolean) ? 'YES' : answers.some(Boolean) ? 'POSSIBLE' : 'NO';

const share = (a: Lived, b: Lived) => a.start < b.end && b.start < a.end;

describe('An overlap', () => {
  const romances = fc
    .array(fc.array(bounds(), { minLength: 1, maxLength: 2 }), { minLength: 2, maxLength: 4 })
    .map((lists) => lists.map((list, i) => aRomance(`p${i}`, ...list.map((one) => aTime(0, 0, one)))));

  test('is found between every two times with different others, as certain as in every world', () => {
    fc.assert(
      fc.property(romances, (given) => {
        const expected = timesOf(given).flatMap(([one, a], i) =>
          timesOf(given)
            .slice(i + 1)
            .flatMap(([other, b]) => (one === other ? [] : [[[one, other].sort(), certaintyBetween(a, b)]])),
        );
        const possible = expected.filter(([, certainty]) => certainty !== 'NO');
        const found = ranked(pairsOf(given), 'POSSIBLE').map(({ with: one, other, certainty }) => [
          [one, other].sort(),
          certainty,
        ]);

        expect(sorted(found)).toEqual(sorted(possible));
        expect(ranked(pairsOf(given), 'CERTAIN')).toEqual(
          ranked(pairsOf(given), 'POSSIBLE').filter(({ certainty }) => certainty === 'YES'),
        );
      }),
    );
  });

  test('of two people is between their times with the same third', () => {
    fc.assert(
      fc.property(romances, romances, (mine, theirs) => {
        const second = theirs.map((romance) => ({ ...romance, relationship: `${romance.relationship}b` }));
        const expected = timesOf(mine).flatMap(([one, a]) =>
          timesOf(second).flatMap(([other, b]) =>
            one === other && certaintyBetween(a, b) !== 'NO' ? [[one, 'per_b', certaintyBetween(a, b)]] : [],
          ),
        );
        const found = ranked(sharedPairs(mine, second, 'per_b'), 'POSSIBLE');

        expect(sorted(found.map(({ with: third, other, certainty }) => [third, other, certainty]))).toEqual(
          sorted(expected),
        );
      }),
    );
  });

  test('does not depend on the order in which romances are read', () => {
    fc.assert(
      fc.property(romances, (given) => {
        expect(ranked(pairsOf([...given].reverse()), 'POSSIBLE')).toEqual(ranked(pairsOf(given), 'POSSIBLE'));
      }),
    );
  });

  test('comes before a lesser one, and the later before the earlier', () => {
    const early = aRomance('early', aTime(0, 10));
    const late = aRomance('late', aTime(20, 40));
    const vague = aRomance('vague', aTime(8, 15, { startMax: 30, endMax: 35 }));
    const during = aRomance('during', aTime(2, 4));

    const found = ranked(pairsOf([early, late, vague, during]), 'POSSIBLE');

    expect(found.map((overlap) => [overlap.with, overlap.other, overlap.certainty])).toEqual([
      ['per_early', 'per_during', 'YES'],
      ['per_late', 'per_vague', 'POSSIBLE'],
      ['per_early', 'per_vague', 'POSSIBLE'],
    ]);
  });
});

describe('A marriage meanwhile', () => {
  const married = fc.tuple(bounds(), fc.option(bounds()));
  const timeOf = ([own, marriage]: [StartAndEnd, StartAndEnd | null]) =>
    aTime(0, 0, { ...own, marriages: marriage ? [marriage] : [] });

  test('is never said to be more certain than it is in every world, nor impossible where it is not', () => {
    fc.assert(
      fc.property(married, married, (one, other) => {
        const worlds = product(
          [one, other].flatMap(([own, marriage]) => [own, ...(marriage ? [marriage] : [])]).map(worldsOf),
        );
        const answers = worlds.map((lived) => {
          const a = lived.slice(0, one[1] ? 2 : 1);
          const b = lived.slice(a.length);
          const [married, theirs] = [a.slice(1), b.slice(1)];
          const inLaw = (time: readonly Lived[]) => ({
            start: Number(time[0]?.start),
            end: Math.max(...time.map(({ end }) => end)),
          });
          return married.some((m) => share(m, inLaw(b))) || theirs.some((m) => share(m, inLaw(a)));
        });
        const found = marriedMeanwhile(timeOf(one), timeOf(other));

        expect(found === 'NO').toBe(!answers.some(Boolean));
        if (found === 'YES') expect(answers.every(Boolean)).toBe(true);
        // With one marriage there is no "one or the other".
        if (!one[1] || !other[1]) expect(found).toBe(certaintyOf(answers));
      }),
      { numRuns: 300 },
    );
  });

  test('outlasts a parting (T31), and ends on the day of the next (T37)', () => {
    const filed = aTime(0, 50, { marriages: [aTime(0, 80)] });
    const next = aRomance('next', aTime(60, 90));
    const marriedAgain = aTime(80, 99, { marriages: [aTime(80, 99)] });

    expect(ranked(pairsOf([aRomance('first', filed), next]), 'CERTAIN')).toMatchObject([
      { with: 'per_first', other: 'per_next', certainty: 'NO', legallyMarried: 'YES' },
    ]);
    expect(ranked(pairsOf([aRomance('first', filed), aRomance('again', marriedAgain)]), 'POSSIBLE')).toEqual([]);
  });
});

const timesOf = (romances: readonly Romance[]) =>
  romances.flatMap(({ other, together }) => together.map((time) => [other, time] as const));

const certaintyBetween = (a: StartAndEnd, b: StartAndEnd) =>
  certaintyOf(product([worldsOf(a), worldsOf(b)]).map(([one, other]) => Boolean(one && other && share(one, other))));

const sorted = (some: readonly unknown[]) => some.map((one) => JSON.stringify(one)).sort();
