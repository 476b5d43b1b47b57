import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clampAlone, clampByEachOther, type Day, notAfter, type Span } from '../../src/domain/clamp.js';
import type { EndState } from '../../src/domain/evidence.js';
import { canBecome, clampInOrder, inStageOrder, type Staged } from '../../src/domain/stages.js';
import type { PeriodType } from '../../src/domain/words.js';
import { ANN, ANY, BO, day, days, life } from '../support/evidence.js';

const LAST = 4;
const LINE = Array.from({ length: LAST + 1 }, (_, i) => i);
const aDay = (min: number, max: number): Day => ({ min, max, contested: false });
const someDay = fc.tuple(fc.nat(LAST), fc.nat(LAST)).map(([a, b]) => aDay(Math.min(a, b), Math.max(a, b)));

interface Case {
  days: Day[];
  /** Pairs of indexes: the first is not after the second. */
  order: [number, number][];
}

/** The tightest bounds over all possible worlds: one day for each variable, all in order. Null where there is no world. */
function hull({ days: all, order }: Case): { min: number; max: number }[] | null {
  let worlds: number[][] = [[]];
  for (const [i, { min, max }] of all.entries()) {
    worlds = worlds.flatMap((world) => LINE.filter((at) => min <= at && at <= max).map((at) => [...world, at]));
    const known = order.filter(([a, b]) => Math.max(a, b) === i);
    worlds = worlds.filter((world) => known.every(([a, b]) => (world[a] ?? 0) <= (world[b] ?? 0)));
  }
  if (worlds.length === 0) return null;
  return all.map((_, i) => {
    const seen = worlds.map((world) => world[i] ?? 0);
    return { min: Math.min(...seen), max: Math.max(...seen) };
  });
}

const copy = ({ min, max }: Day) => aDay(min, max);
const boundsOf = ({ min, max }: Day) => ({ min, max });

describe('days of one period', () => {
  it('are clamped by each other to exactly what is possible', () => {
    fc.assert(
      fc.property(someDay, fc.option(someDay), someDay, (start, apart, end) => {
        const all = apart ? [start, apart, end] : [start, end];
        const expected = hull({
          days: all,
          order: apart
            ? [
                [0, 1],
                [1, 2],
              ]
            : [[0, 1]],
        });
        const span: Span = { start: copy(start), apart: apart && copy(apart), end: copy(end), startKnown: true };

        clampByEachOther(span);

        const clamped = [span.start, ...(span.apart ? [span.apart] : []), span.end];
        expect(clamped.some(({ contested }) => contested)).toBe(expected === null);
        if (expected) expect(clamped.map(boundsOf)).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('that exclude each other stay as they are, contested', () => {
    const [start, end] = [aDay(3, 4), aDay(0, 2)];

    notAfter(start, end);

    expect([start, end]).toEqual([
      { min: 3, max: 4, contested: true },
      { min: 0, max: 2, contested: true },
    ]);
  });
});

describe('lives', () => {
  const lives = [life(ANN, days('1980'), days('2020')), life(BO, days('1990-03-01'), ANY)];
  const open = (): Span => ({
    start: { ...ANY, contested: false },
    apart: null,
    end: { ...ANY, contested: false },
    startKnown: false,
  });

  it('bound a romance: not before both were sixteen where nobody dates its start, and until the first death', () => {
    const span = open();

    clampAlone(span, 'ROMANTIC', lives);

    expect(span.start.min).toBe(day('2006-03-01'));
    expect(span.end.max).toBe(day('2020-12-31'));
    expect(span.start.max).toBe(day('2020-12-31'));
  });

  it('bound a romance with a dated start by birth only, and a sibling by birth without death', () => {
    const [dated, sibling] = [{ ...open(), startKnown: true }, open()];

    clampAlone(dated, 'ROMANTIC', lives);
    clampAlone(sibling, 'SIBLING', lives);

    expect([dated.start.min, sibling.start.min]).toEqual([day('1990-03-01'), day('1990-03-01')]);
    expect(sibling.end.max).toBe(ANY.max);
  });

  it('contest what they leave nothing of, except by the sixteenth birthday', () => {
    const early = { ...open(), start: { ...days('1985'), contested: false }, startKnown: true };
    const young = { ...open(), end: { ...days('2000'), contested: false } };

    clampAlone(early, 'ROMANTIC', lives);
    clampAlone(young, 'ROMANTIC', lives);

    expect(early.start).toEqual({ ...days('1985'), contested: true });
    expect(young.start).toEqual({ min: day('1990-03-01'), max: day('2000-12-31'), contested: false });
    expect(young.end.contested).toBe(false);
  });

  it('say nothing of a friendship', () => {
    const span = open();

    clampAlone(span, 'FRIEND', lives);

    expect(span).toEqual(open());
  });
});

interface Lived {
  type: PeriodType;
  start: Day;
  end: Day;
  says: EndState;
  joins: boolean;
}

const lived: fc.Arbitrary<Lived> = fc.record({
  type: fc.constantFrom<PeriodType>('DATING', 'ENGAGED', 'MARRIED', 'PARTNERSHIP', 'UNSPECIFIED'),
  start: someDay,
  end: someDay,
  says: fc.constantFrom<EndState>('DATED', 'ENDED', 'ONGOING', 'UNSTATED'),
  joins: fc.boolean(),
});

/** Periods as they come out of `clampAlone`, in stage order, some ending on the day on which the next starts. */
function staged(all: readonly Lived[]): Staged[] {
  const periods = all.map(
    ({ type, start, end, says }, i): Staged => ({
      id: String(i),
      type,
      start: copy(start),
      apart: null,
      end: copy(end),
      startKnown: true,
      says,
    }),
  );
  for (const period of periods) clampByEachOther(period);
  return inStageOrder(periods);
}

describe('stages', () => {
  it('clamp periods in their order to exactly what is possible', () => {
    fc.assert(
      fc.property(fc.array(lived, { minLength: 2, maxLength: 3 }), (all) => {
        const periods = staged(all);
        for (const [i, period] of periods.entries()) {
          const next = periods[i + 1];
          if (next && all[Number(period.id)]?.joins && canBecome(period, next)) {
            period.says = 'DATED';
            next.start = period.end;
          }
        }
        const vars = [...new Set(periods.flatMap(({ start, end }) => [start, end]))];
        const at = (of: Day) => vars.indexOf(of);
        const order = periods.flatMap(({ start, end, says }, i): [number, number][] => {
          const next = periods[i + 1]?.start;
          const open = says !== 'DATED' && says !== 'ENDED';
          return [
            [at(start), at(end)],
            ...(next ? [[at(start), at(next)] as [number, number]] : []),
            ...(next && open ? [[at(end), at(next)] as [number, number]] : []),
          ];
        });
        const given = vars.map(copy);
        for (const [i, { contested }] of vars.entries()) if (contested) given[i] = aDay(0, LAST);
        const expected = vars.some(({ contested }) => contested) ? undefined : hull({ days: given, order });

        for (const period of periods) clampByEachOther(period);
        clampInOrder(periods);

        if (expected === undefined) return;
        expect(vars.some(({ contested }) => contested)).toBe(expected === null);
        if (expected) expect(vars.map(boundsOf)).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('order does not depend on the order in which periods come', () => {
    fc.assert(
      fc.property(
        fc
          .array(lived, { minLength: 2, maxLength: 5 })
          .chain((all) => fc.tuple(fc.constant(staged(all)), fc.infiniteStream(fc.nat(9)))),
        ([order, salt]) => {
          const shuffled = order
            .map((period) => ({ period, at: salt.next().value }))
            .sort((a, b) => a.at - b.at)
            .map(({ period }) => period);

          expect(inStageOrder(shuffled).map(({ id }) => id)).toEqual(order.map(({ id }) => id));
        },
      ),
    );
  });

  it('never put a lower stage right after a higher one whose start it may share', () => {
    fc.assert(
      fc.property(fc.array(lived, { minLength: 2, maxLength: 5 }), (all) => {
        const order = staged(all);
        const stage = (type: PeriodType) => ({ ENGAGED: 1, MARRIED: 2, PARTNERSHIP: 2 })[type as 'ENGAGED'] ?? 0;
        for (const [i, period] of order.slice(1).entries()) {
          const previous = order[i] as Staged;
          const share = LINE.some((at) => [previous, period].every(({ start }) => start.min <= at && at <= start.max));
          expect(share && stage(period.type) < stage(previous.type)).toBe(false);
        }
      }),
    );
  });

  it('leave a later love after a marriage, and put an undated one before it', () => {
    const at = (id: string, type: PeriodType, start: Day): Staged => ({
      id,
      type,
      start,
      apart: null,
      end: aDay(0, 9),
      startKnown: true,
      says: 'UNSTATED',
    });
    const married = at('married', 'MARRIED', aDay(2, 3));
    const order = (dating: Day) => inStageOrder([married, at('dating', 'DATING', dating)]).map(({ id }) => id);

    expect(order(aDay(4, 5))).toEqual(['married', 'dating']);
    expect(order(aDay(0, 9))).toEqual(['dating', 'married']);
  });

  it('let a partnership become a marriage, and a marriage nothing', () => {
    const types = ['DATING', 'ENGAGED', 'MARRIED', 'PARTNERSHIP'] as const;
    const becoming = types.map((type) => types.filter((next) => canBecome({ type }, { type: next })));

    expect(becoming).toEqual([['ENGAGED', 'MARRIED', 'PARTNERSHIP'], ['MARRIED', 'PARTNERSHIP'], [], ['MARRIED']]);
  });
});
