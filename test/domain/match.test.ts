import { describe, expect, it } from 'vitest';
import { UNBOUNDED } from '../../src/domain/day.js';
import { type MatchablePeriod, matchPeriod, type PossibleDays } from '../../src/domain/match.js';
import type { PeriodType } from '../../src/domain/words.js';
import { day, days } from '../support/evidence.js';

function from(start: string, end?: string): PossibleDays {
  return { start: days(start), days: { min: day(start), max: end ? days(end).max : UNBOUNDED } };
}

const existing = (id: string, possible: PossibleDays, type: PeriodType = 'DATING'): MatchablePeriod => ({
  id,
  type,
  ...possible,
});

describe('a claim is matched', () => {
  it('to the one period whose days and start meet its own', () => {
    const periods = [existing('prd_1', from('2012', '2013')), existing('prd_2', from('2015'))];

    expect(matchPeriod(from('2012-06', '2012-09'), 'DATING', periods)).toEqual({ match: 'ONE', period: 'prd_1' });
    expect(matchPeriod({ start: null, days: days('2016') }, 'DATING', periods)).toEqual({
      match: 'ONE',
      period: 'prd_2',
    });
  });

  it('to none of another type, or of other years (T10)', () => {
    const periods = [existing('prd_1', from('2012', '2013'))];

    expect(matchPeriod(from('2012', '2013'), 'MARRIED', periods)).toEqual({ match: 'NONE' });
    expect(matchPeriod(from('2015'), 'DATING', periods)).toEqual({ match: 'NONE' });
  });

  it('to the relationship where several fit', () => {
    const periods = [existing('prd_2', from('2012', '2013')), existing('prd_1', from('2013'))];

    expect(matchPeriod({ start: null, days: days('2013') }, 'DATING', periods)).toEqual({
      match: 'RELATIONSHIP',
      periods: ['prd_1', 'prd_2'],
    });
  });

  it('as another date of the period whose start is at most 366 days away', () => {
    const periods = [existing('prd_1', from('2012-01-01', '2013')), existing('prd_2', from('2015'))];

    expect(matchPeriod(from('2013-01-01'), 'DATING', periods)).toEqual({ match: 'ANOTHER_DATE', period: 'prd_1' });
    expect(matchPeriod(from('2013-01-02', '2013'), 'DATING', periods)).toEqual({ match: 'NONE' });
    expect(matchPeriod(from('2014-12-31', '2014'), 'DATING', periods)).toEqual({
      match: 'ANOTHER_DATE',
      period: 'prd_2',
    });
  });

  it('without a type to any period, and makes one only where there is none', () => {
    const periods = [existing('prd_1', from('2012', '2013'), 'MARRIED')];

    expect(matchPeriod(from('2012'), 'UNSPECIFIED', periods)).toEqual({ match: 'ONE', period: 'prd_1' });
    expect(matchPeriod(from('2012-06'), 'UNSPECIFIED', [])).toEqual({ match: 'NONE' });
    expect(matchPeriod(from('2020'), 'UNSPECIFIED', periods)).toEqual({ match: 'RELATIONSHIP', periods: [] });
  });
});
