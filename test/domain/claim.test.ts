import { describe, expect, it } from 'vitest';
import { checkClaim, checkDateOrder, checkSaidOrder } from '../../src/domain/claim.js';
import type { ClaimValue } from '../../src/domain/records.js';
import type { Field, RecordType } from '../../src/domain/words.js';
import { days } from '../support/evidence.js';

const date = (edtf: string) => ({ date: { edtf } });

/** The rule that refuses, or null. */
function refusal(check: () => void): unknown {
  try {
    check();
    return null;
  } catch (error) {
    return (error as { details: { rule: string } }).details.rule;
  }
}

const checked = (type: RecordType, field: Field, value: ClaimValue, published = '2020') =>
  refusal(() => checkClaim({ field, value }, type, [days(published)]));

describe('a claim by itself', () => {
  it('is on a field of its subject', () => {
    expect(checked('Person', 'BIRTH', date('1980'))).toBeNull();
    expect(checked('Person', 'START', date('1980'))).toBe('FIELD_OF_SUBJECT');
    expect(checked('Event', 'END', date('1980'))).toBe('FIELD_OF_SUBJECT');
    expect(checked('Article', 'NAME', { text: 'A' })).toBe('FIELD_OF_SUBJECT');
  });

  it('has a value of its field', () => {
    expect(checked('Period', 'END', { state: 'ONGOING' })).toBeNull();
    expect(checked('Period', 'START', { state: 'ONGOING' })).toBe('VALUE_OF_FIELD');
    expect(checked('Period', 'EXISTS', date('2014'))).toBe('VALUE_OF_FIELD');
  });

  it('states a date that can be read', () => {
    expect(checked('Period', 'START', date('spring 2014'))).toBe('EDTF');
  });

  it('is no plan, unless it announces an end', () => {
    expect(checked('Period', 'START', date('2021'), '2020')).toBe('FUTURE');
    expect(checked('Period', 'START', date('2020'), '2020-03-01')).toBeNull();
    expect(checked('Period', 'END', date('2021'), '2020')).toBe('FUTURE');
    expect(checked('Period', 'END', { ...date('2021'), announced: true }, '2020')).toBeNull();
    expect(checked('Event', 'DATE', date('2021'), '2020')).toBe('FUTURE');
  });

  it('is no plan for any of its articles', () => {
    const check = (...published: string[]) =>
      refusal(() => checkClaim({ field: 'START', value: date('2021') }, 'Period', published.map(days)));

    expect([check(), check('2022'), check('2022', '2020')]).toEqual([null, null, 'FUTURE']);
  });
});

describe('a stated start and end', () => {
  const order = (start: string, end: string) => refusal(() => checkDateOrder({ edtf: start }, { edtf: end }));

  it('T1, T2: may be in one year', () => {
    expect([order('2010-05-01', '2010'), order('2010', '2010')]).toEqual([null, null]);
  });

  it('T3: are refused where the end is before any possible start', () => {
    expect(order('2011', '2010-12')).toBe('DATE_ORDER');
  });
});

describe('dates that one source states together', () => {
  const refused = (...said: [Field, string][]) => {
    try {
      checkSaidOrder(said.map(([field, edtf]) => ({ field, polarity: 'ASSERTS', value: date(edtf) })));
    } catch (error) {
      return (error as { details: { field: string } }).details.field;
    }
    return null;
  };

  it('are in the order in which things happen', () => {
    expect(refused(['APART', '2009'], ['START', '2010'])).toBe('apart');
    expect(refused(['END', '2011'], ['APART', '2012'])).toBe('end');
    expect(refused(['DEATH', '1950'], ['BIRTH', '1960'])).toBe('death');
    expect(
      refused(['START', '2010'], ['APART', '2010'], ['END', '2010'], ['BIRTH', '1970'], ['DEATH', '1970']),
    ).toBeNull();
  });
});
