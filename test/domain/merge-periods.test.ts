import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MatchablePeriod } from '../../src/domain/match.js';
import { type Placement, placePeriods } from '../../src/domain/merge-periods.js';
import type { PeriodType } from '../../src/domain/words.js';

const DAYS = 8;
const span = fc.tuple(fc.nat(DAYS - 1), fc.nat(3)).map(([min, more]) => ({ min, max: Math.min(DAYS, min + more) }));
const side = (name: string) =>
  fc
    .array(
      fc.record({
        type: fc.constantFrom<PeriodType>('MARRIED', 'MARRIED', 'DATING', 'UNSPECIFIED'),
        start: fc.option(span),
        days: span,
      }),
      { maxLength: 4 },
    )
    .map((periods) =>
      periods.map(
        ({ start, days, type }, i): MatchablePeriod => ({
          ...{ id: `prd_${name}${i}`, type, start },
          days: { min: start?.min ?? days.min, max: Math.max(start?.max ?? 0, days.max) },
        }),
      ),
    );

const ALL = Array.from({ length: DAYS + 2 }, (_, day) => day);
const has = ({ min, max }: { min: number; max: number }, day: number) => min <= day && day <= max;
/** Whether a period may be another one: some day is in both, and some day may be the start of both. */
const fits = (a: MatchablePeriod, b: MatchablePeriod) =>
  (a.type === 'UNSPECIFIED' || a.type === b.type) &&
  ALL.some((day) => has(a.days, day) && has(b.days, day)) &&
  ALL.some((day) => (!a.start || has(a.start, day)) && (!b.start || has(b.start, day)));

const told = ({ moves, unifies, dissolves }: Placement<MatchablePeriod>) => {
  const pairs = (all: typeof unifies) => all.map(({ pointer, survivor }) => `${pointer.id} ${survivor.id}`).sort();
  return { moves: moves.map(({ id }) => id).sort(), unifies: pairs(unifies), dissolves: pairs(dissolves) };
};

describe('the periods of two relationships that become one', () => {
  it('are one only across the two, by days that they may share, each once', () => {
    fc.assert(
      fc.property(side('stay'), side('come'), (stay, come) => {
        const { moves, unifies, dissolves } = placePeriods(stay, come);

        const pointers = [...unifies, ...dissolves].map(({ pointer }) => pointer);
        const paired = unifies.flatMap(({ pointer, survivor }) => [pointer, survivor]);
        expect(new Set(paired).size).toBe(paired.length);
        expect(new Set(pointers).size).toBe(pointers.length);
        expect(moves.some((each) => stay.includes(each) || pointers.includes(each))).toBe(false);
        for (const each of come) expect([moves.includes(each), pointers.includes(each)]).toContain(true);
        for (const { pointer, survivor } of unifies) {
          const [one, other] = come.includes(pointer) ? [pointer, survivor] : [survivor, pointer];
          expect([come.includes(one), stay.includes(other), fits(one, other)]).toEqual([true, true, true]);
          expect(survivor.start === null && pointer.start !== null).toBe(false);
        }
        for (const { pointer, survivor } of dissolves) {
          const others = come.includes(pointer) ? stay : come;
          expect(others.filter((other) => fits(pointer, other)).length).toBeGreaterThan(1);
          expect(pointers).not.toContain(survivor);
        }
        // Who moves alone had nobody left to be.
        for (const alone of moves.filter((each) => !paired.includes(each))) {
          const free = stay.filter((other) => fits(alone, other) && !paired.includes(other));
          expect(free.every((other) => pointers.includes(other))).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('go where they go in whatever order they come', () => {
    fc.assert(
      fc.property(side('stay'), side('come'), (stay, come) => {
        const backwards = placePeriods([...stay].reverse(), [...come].reverse());

        expect(told(backwards)).toEqual(told(placePeriods(stay, come)));
      }),
    );
  });

  it('stay apart where they were apart, also where the same one fits both', () => {
    const married = (id: string, start: [number, number] | null): MatchablePeriod => ({
      ...{ id, type: 'MARRIED', days: { min: 0, max: 9 } },
      start: start && { min: start[0], max: start[1] },
    });
    const [year, spring, autumn] = [married('prd_1', [0, 9]), married('prd_2', [1, 2]), married('prd_3', [7, 8])];
    const [unknown, again] = [married('prd_4', null), married('prd_5', null)];

    expect(told(placePeriods([year], [spring, autumn]))).toEqual({
      ...{ moves: ['prd_3'], unifies: ['prd_2 prd_1'], dissolves: [] },
    });
    expect(told(placePeriods([unknown], [again, spring]))).toEqual({
      ...{ moves: ['prd_2', 'prd_5'], unifies: ['prd_4 prd_2'], dissolves: [] },
    });
    expect(told(placePeriods([], [unknown, again, spring]))).toMatchObject({ unifies: [], dissolves: [] });
  });
});
