import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf } from '../../src/domain/day.js';
import type { EndState } from '../../src/domain/evidence.js';
import {
  before,
  type Certainty,
  contains,
  duration,
  held,
  heldThroughout,
  intersect,
  meets,
  over,
  overlapped,
  type StartAndEnd,
  statusOf,
  UNBOUNDED,
} from '../../src/domain/interval.js';
import { parsePartialDate } from '../../src/domain/partial-date.js';

interface World {
  start: number;
  end: number;
}

const LINE = [0, 1, 2, 3, 4];
const STATES: EndState[] = ['DATED', 'ENDED', 'ONGOING', 'UNSTATED'];

/** All ways in which bounds may lie on the line once they are clamped by each other (rule 3); they may cross. */
const CLAMPED: StartAndEnd[] = LINE.flatMap((startMin) =>
  LINE.flatMap((startMax) => LINE.flatMap((endMin) => LINE.map((endMax) => ({ startMin, startMax, endMin, endMax })))),
).filter((b) => b.startMin <= b.startMax && b.endMin <= b.endMax && b.startMin <= b.endMin && b.startMax <= b.endMax);

/** Everything that may have happened: a start and an end within the bounds, in this order. */
function worldsOf(bounds: StartAndEnd): World[] {
  const starts = LINE.filter((day) => bounds.startMin <= day && day <= bounds.startMax);
  const ends = LINE.filter((day) => bounds.endMin <= day && day <= bounds.endMax);
  return starts.flatMap((start) => ends.filter((end) => start <= end).map((end) => ({ start, end })));
}

function certaintyOver<T>(worlds: T[], isTrue: (world: T) => boolean): Certainty {
  return worlds.every(isTrue) ? 'YES' : worlds.some(isTrue) ? 'POSSIBLE' : 'NO';
}

const daysHeld = ({ start, end }: World) => LINE.filter((day) => start <= day && day <= end);
const worlds = new Map(CLAMPED.map((bounds) => [bounds, worldsOf(bounds)]));
const worldsIn = (bounds: StartAndEnd) => worlds.get(bounds) ?? [];

/** Runs over every pair of clamped bounds and every pair of their worlds; answers the first disagreement, or null. */
function disagreementOfPairs(
  predicate: (a: StartAndEnd, b: StartAndEnd) => Certainty,
  isTrue: (a: World, b: World) => boolean,
) {
  for (const a of CLAMPED) {
    for (const b of CLAMPED) {
      const pairs = worldsIn(a).flatMap((inA) => worldsIn(b).map((inB) => [inA, inB] as const));
      const expected = certaintyOver(pairs, ([inA, inB]) => isTrue(inA, inB));
      if (predicate(a, b) !== expected) return { a, b, expected };
    }
  }
  return null;
}

/** The bounds that two stated dates give, clamped by each other. */
function boundsOf(start: string, end: string): StartAndEnd {
  const s = parsePartialDate(start);
  const e = parsePartialDate(end);
  return { startMin: s.min, startMax: Math.min(s.max, e.max), endMin: Math.max(e.min, s.min), endMax: e.max };
}

const heldOn = (bounds: StartAndEnd, at: string) => {
  const { min, max } = parsePartialDate(at);
  return held(bounds, min, max);
};

describe('certainty over all possible worlds, for bounds clamped by each other', () => {
  it('has a world for all clamped bounds, crossed ones among them', () => {
    expect(CLAMPED.every((bounds) => worldsIn(bounds).length > 0)).toBe(true);
    expect(CLAMPED.some((bounds) => bounds.startMax > bounds.endMin)).toBe(true);
  });

  it('answers whether it held at some time', () => {
    for (const bounds of CLAMPED) {
      for (const q1 of LINE) {
        for (const q2 of LINE.filter((day) => day >= q1)) {
          const expected = certaintyOver(worldsIn(bounds), (w) => daysHeld(w).some((d) => q1 <= d && d <= q2));

          expect({ bounds, q1, q2, answer: held(bounds, q1, q2) }).toEqual({ bounds, q1, q2, answer: expected });
        }
      }
    }
  });

  it('answers whether it held throughout', () => {
    for (const bounds of CLAMPED) {
      for (const q1 of LINE) {
        for (const q2 of LINE.filter((day) => day >= q1)) {
          const asked = LINE.filter((day) => q1 <= day && day <= q2);
          const expected = certaintyOver(worldsIn(bounds), (w) => asked.every((day) => daysHeld(w).includes(day)));

          expect({ bounds, q1, q2, answer: heldThroughout(bounds, q1, q2) }).toEqual({
            bounds,
            q1,
            q2,
            answer: expected,
          });
        }
      }
    }
  });

  it('answers whether two overlapped by more than a boundary', () => {
    const disagreement = disagreementOfPairs(overlapped, (a, b) => a.start < b.end && b.start < a.end);

    expect(disagreement).toBeNull();
  });

  it('answers whether one came before the other', () => {
    const disagreement = disagreementOfPairs(before, (a, b) => a.end <= b.start);

    expect(disagreement).toBeNull();
  });

  it('answers whether it was over: after the last day where it is dated, on the day itself where it is told as ended', () => {
    for (const bounds of CLAMPED) {
      for (const state of STATES) {
        for (const t of LINE) {
          const expected = certaintyOver(worldsIn(bounds), ({ end }) => end < t || (state === 'ENDED' && end <= t));

          expect({ bounds, state, t, answer: over(bounds, state, t) }).toEqual({ bounds, state, t, answer: expected });
        }
      }
    }
  });

  it('answers the shortest and the longest duration of any world', () => {
    for (const bounds of CLAMPED) {
      const lengths = worldsIn(bounds).map(({ start, end }) => end - start);

      expect({ bounds, ...duration(bounds) }).toEqual({
        bounds,
        minDays: Math.min(...lengths),
        maxDays: Math.max(...lengths),
      });
    }
  });

  it('claims too much for bounds that were not clamped, which is why they are clamped first', () => {
    const unclamped = { startMin: 2, startMax: 2, endMin: 0, endMax: 4 };

    expect(certaintyOver(worldsOf(unclamped), (w) => daysHeld(w).includes(2))).toBe('YES');
    expect(held(unclamped, 2, 2)).toBe('POSSIBLE');
    expect(held({ ...unclamped, endMin: 2 }, 2, 2)).toBe('YES');
  });
});

describe('unbounded sides', () => {
  const since2012: StartAndEnd = {
    startMin: dayOf(2012, 1, 1),
    startMax: dayOf(2012, 12, 31),
    endMin: dayOf(2012, 1, 1),
    endMax: UNBOUNDED,
  };

  it('leave every later day possible and none certain', () => {
    expect(heldOn(since2012, '2500')).toBe('POSSIBLE');
    expect(over(since2012, 'UNSTATED', dayOf(2500, 1, 1))).toBe('POSSIBLE');
    expect(heldOn(since2012, '2011')).toBe('NO');
  });

  it('leave the longest duration open', () => {
    expect(duration(since2012)).toEqual({ minDays: 0, maxDays: null });
    expect(duration({ startMin: -UNBOUNDED, startMax: 5, endMin: 9, endMax: 9 })).toEqual({
      minDays: 4,
      maxDays: null,
    });
  });

  it('of no bounds at all answer POSSIBLE to everything', () => {
    const nothing = { startMin: -UNBOUNDED, startMax: UNBOUNDED, endMin: -UNBOUNDED, endMax: UNBOUNDED };

    const answers = [held(nothing, 0, 0), heldThroughout(nothing, 0, 9), overlapped(nothing, nothing)];

    expect([...answers, before(nothing, nothing), over(nothing, 'ENDED', 0)]).toEqual(Array(5).fill('POSSIBLE'));
  });
});

describe('durations of dates that exclude each other', () => {
  it('have no longest', () => {
    expect(duration({ startMin: 10, startMax: 12, endMin: 1, endMax: 5 })).toEqual({ minDays: 0, maxDays: null });
  });
});

describe('golden vectors', () => {
  it('T1: from 2010-05-01 until some time in 2010, it certainly held on its first day', () => {
    expect(heldOn(boundsOf('2010-05-01', '2010'), '2010-05-01')).toBe('YES');
  });

  it('T2: start and end both in 2010 last 0 to 364 days, and certainly held in 2010', () => {
    const bounds = boundsOf('2010', '2010');

    expect(duration(bounds)).toEqual({ minDays: 0, maxDays: 364 });
    expect(heldOn(bounds, '2010')).toBe('YES');
    expect(heldOn(bounds, '2010-06')).toBe('POSSIBLE');
  });

  it('T4: what ended in 2012 is ended in 2026', () => {
    expect(statusOf(boundsOf('2010', '2012'), 'DATED', dayOf(2026, 1, 1))).toBe('ENDED');
  });

  it('T5: what ends in 2026 is possibly over on 2026-08-22, and ending', () => {
    const bounds = boundsOf('2010', '2026');

    expect(over(bounds, 'DATED', dayOf(2026, 8, 22))).toBe('POSSIBLE');
    expect(statusOf(bounds, 'DATED', dayOf(2026, 8, 22))).toBe('ENDING');
  });

  it('T6: from 2012 to 2014, it possibly held on 2014-06-15', () => {
    expect(heldOn(boundsOf('2012', '2014'), '2014-06-15')).toBe('POSSIBLE');
    expect(heldOn(boundsOf('2012', '2014'), '2013')).toBe('YES');
  });

  it('T37: divorced and remarried on the same day do not overlap', () => {
    expect(overlapped(boundsOf('2001', '2010-03-05'), boundsOf('2010-03-05', '2014'))).toBe('NO');
    expect(overlapped(boundsOf('2001', '2010-03-06'), boundsOf('2010-03-05', '2014'))).toBe('YES');
  });

  it('T29: ended in 2014 and began in 2014-03 possibly overlap', () => {
    expect(overlapped(boundsOf('2010', '2014'), boundsOf('2014-03', '2016'))).toBe('POSSIBLE');
  });
});

describe('status', () => {
  const today = dayOf(2026, 8, 22);
  const lastHeardOf = (day: number): StartAndEnd => ({ startMin: 0, startMax: 0, endMin: day, endMax: UNBOUNDED });

  it('is current while somebody said so within the year, and stale after', () => {
    expect(statusOf(lastHeardOf(today - 365), 'UNSTATED', today)).toBe('CURRENT');
    expect(statusOf(lastHeardOf(today - 366), 'UNSTATED', today)).toBe('STALE');
    expect(statusOf(lastHeardOf(today - 366), 'ONGOING', today, 400)).toBe('CURRENT');
  });

  it('never takes a missing end date for current', () => {
    expect(statusOf(lastHeardOf(0), 'UNSTATED', today)).toBe('STALE');
  });

  it('is not ending where nobody says that it ended, however it may be over', () => {
    expect(over(lastHeardOf(today - 10), 'ONGOING', today)).toBe('POSSIBLE');
    expect(statusOf(lastHeardOf(today - 10), 'ONGOING', today)).toBe('CURRENT');
  });

  it('T8, as far as status goes: told as ended by yesterday it is ended, and by a later day it may be', () => {
    const endedBy = (day: number): StartAndEnd => ({ startMin: 0, startMax: 0, endMin: 0, endMax: day });

    expect(statusOf(endedBy(today), 'ENDED', today)).toBe('ENDED');
    expect(statusOf(endedBy(today + 1), 'ENDED', today)).toBe('ENDING');
  });

  it('stays current on the last day of a dated end, and is ended the day after', () => {
    const endsOn = (day: number): StartAndEnd => ({ startMin: 0, startMax: 0, endMin: day, endMax: day });

    expect(statusOf(endsOn(today), 'DATED', today)).toBe('CURRENT');
    expect(statusOf(endsOn(today - 1), 'DATED', today)).toBe('ENDED');
    expect(statusOf(endsOn(today + 90), 'DATED', today)).toBe('CURRENT');
  });

  it('is ended on exactly the days on which it is certainly over', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CLAMPED), fc.constantFrom(...STATES), fc.nat(5), (bounds, state, day) => {
        expect(statusOf(bounds, state, day) === 'ENDED').toBe(over(bounds, state, day) === 'YES');
      }),
    );
  });
});

describe('intervals', () => {
  const interval = fc.tuple(fc.nat(6), fc.nat(6)).map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) }));
  const daysOf = ({ min, max }: { min: number; max: number }) =>
    [0, 1, 2, 3, 4, 5, 6].filter((d) => min <= d && d <= max);

  it('meet, intersect and contain as the sets of their days do', () => {
    fc.assert(
      fc.property(interval, interval, (a, b) => {
        const common = daysOf(a).filter((day) => daysOf(b).includes(day));
        const intersection = intersect(a, b);

        expect(meets(a, b)).toBe(common.length > 0);
        expect(intersection === null ? [] : daysOf(intersection)).toEqual(common);
        expect(contains(a, b)).toBe(daysOf(b).every((day) => daysOf(a).includes(day)));
      }),
    );
  });
});
