import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, EARLIEST, isoOf, LATEST, UNBOUNDED } from '../../src/domain/day.js';
import { meets } from '../../src/domain/interval.js';
import {
  boundsOfDateValue,
  dayOfArticle,
  isoOrNull,
  parsePartialDate,
  parseSpan,
  partsOfDate,
  rangeEdtf,
  yearIfFirstOfJanuary,
} from '../../src/domain/partial-date.js';
import { AppError } from '../../src/errors.js';

const bounds = ({ min, max }: { min: number; max: number }) => [isoOrNull(min), isoOrNull(max)];

/** The failure that `run` throws. */
function failureOf(run: () => unknown): AppError {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('expected a refusal');
}

const REFUSED = [
  '',
  ' ',
  '2014 ',
  ' 2014',
  '14',
  '195',
  '19',
  '20140524',
  '2014-5',
  '2014-5-1',
  '+2014',
  '-0000',
  '12014',
  '-12014',
  'Y2014',
  'Y-17000',
  '2014-13',
  '2014-00-12',
  '2014-05-00-00',
  '2014-05-24-00',
  '2014-02-30',
  '2014-02-29',
  '1900-02-29',
  '2014-04-31',
  '2014-05-32',
  '2014-21',
  '2014-24~',
  '2014-XX',
  '2014-05-XX',
  '2XXX',
  'XXXX',
  '-201X',
  '201X~',
  '201x',
  '201u',
  'circa 2014',
  'spring 2014',
  '2014~~',
  '2014?~',
  '~2014',
  '?2014',
  '2014-?05',
  '2014~-05',
  '{2014}',
  '{2014,2015}',
  '[2014]',
  '[2014,2015]',
  '[2014,2016..2017]',
  '[..]',
  '[]',
  '..2014',
  '2014..',
  '[2014..2015',
  '2014..2015]',
  '[2014...2015]',
  '[2014..2010]',
  '[2014-05..2014-04]',
  '[2014-02-30..2015]',
  '[[2014..2015]..2016]',
  '[2014..2015]~',
  '[2014 .. 2015]',
  '[2014-21..2014-22]',
  '2014/2015',
  '2014/..',
  '../2014',
  '2014-05-24T10:00:00Z',
  '2014-05-24T10:00:00',
  '2014S2',
  '٢٠١٤',
  '２０１４',
  '2014\u0000',
  '\u00002014',
  '2014\n',
  '2014\u2013' + '05',
  '\ud800',
  'null',
  'NaN',
  '1e3',
  '0x7DE',
  '2014-05-24'.repeat(9),
];

describe('partial dates', () => {
  it.each([
    ['2014-05-24', '2014-05-24', '2014-05-24', 'DAY'],
    ['2016-02-29', '2016-02-29', '2016-02-29', 'DAY'],
    ['2014-05', '2014-05-01', '2014-05-31', 'MONTH'],
    ['2016-02', '2016-02-01', '2016-02-29', 'MONTH'],
    ['1900-02', '1900-02-01', '1900-02-28', 'MONTH'],
    ['2014', '2014-01-01', '2014-12-31', 'YEAR'],
    ['0000', '0000-01-01', '0000-12-31', 'YEAR'],
    ['0044', '0044-01-01', '0044-12-31', 'YEAR'],
    ['-0044-03-15', '-0044-03-15', '-0044-03-15', 'DAY'],
    ['-9999', '-9999-01-01', '-9999-12-31', 'YEAR'],
    ['9999', '9999-01-01', '9999-12-31', 'YEAR'],
    ['201X', '2010-01-01', '2019-12-31', 'DECADE'],
    ['20XX', '2000-01-01', '2099-12-31', 'CENTURY'],
    ['[2014-05-01..2014-05-20]', '2014-05-01', '2014-05-20', 'RANGE'],
    ['[2013-01-01..2013-02-28]', '2013-01-01', '2013-02-28', 'RANGE'],
    ['[2014-05..2014-06]', '2014-05-01', '2014-06-30', 'RANGE'],
    ['[2014-05..2014]', '2014-05-01', '2014-12-31', 'RANGE'],
    ['[..2014-05]', null, '2014-05-31', 'RANGE'],
    ['[2012..]', '2012-01-01', null, 'RANGE'],
    ['[201X..2020]', '2010-01-01', '2020-12-31', 'RANGE'],
  ])('reads %s as %s to %s', (edtf, earliest, latest, precision) => {
    const date = parsePartialDate(edtf);

    expect(date).toMatchObject({ edtf, precision, approximate: false, uncertain: false });
    expect(bounds(date)).toEqual([earliest, latest]);
  });

  it.each([
    ['2014~', true, false],
    ['2014?', false, true],
    ['2014%', true, true],
    ['2014-05~', true, false],
    ['2014-05-24?', false, true],
    ['[2012~..2014]', true, false],
    ['[2012~..2014?]', true, true],
    ['[..2014%]', true, true],
  ])('keeps the flags of %s and widens nothing', (edtf, approximate, uncertain) => {
    const plain = parsePartialDate(edtf.replace(/[~?%]/g, ''));

    const date = parsePartialDate(edtf);

    expect(date).toEqual({ ...plain, edtf, approximate, uncertain });
  });

  it.each([
    ['2014-00-00', '2014'],
    ['2014-00', '2014'],
    ['2014-05-00', '2014-05'],
    ['-0044-00-00', '-0044'],
    ['2014-00-00~', '2014~'],
    ['2014-05-00?', '2014-05?'],
    ['[2014-00-00..2015-05-00]', '[2014..2015-05]'],
    ['[2014-05-24..2014-05-24]', '2014-05-24'],
    ['[2014..2014]', '2014'],
    ['[2014-01-01..2014-12-31]', '2014'],
    ['[2014-01..2014-12]', '2014'],
    ['[2016-02-01..2016-02-29]', '2016-02'],
    ['[2014-05-24~..2014-05-24]', '2014-05-24~'],
    ['[2014~..2014?]', '2014%'],
  ])('stores %s as %s', (written, stored) => {
    const date = parsePartialDate(written);

    expect(date).toEqual(parsePartialDate(stored));
    expect(date.edtf).toBe(stored);
  });

  it.each(REFUSED)('refuses %j', (text) => {
    const failure = failureOf(() => parsePartialDate(text, 'start'));

    expect(failure).toMatchObject({ code: 'INVALID_INPUT', details: { field: 'start', rule: 'EDTF' } });
    expect(failure.message).toContain('2014-05-24');
    expect(failure.message).toContain('[..2014-05]');
  });

  it('refuses ten megabytes without repeating them', () => {
    const huge = '2'.repeat(10_000_000);

    for (const text of [huge, `[${huge}..]`, `${huge}/..`]) {
      expect(failureOf(() => parsePartialDate(text)).message.length).toBeLessThan(500);
      expect(failureOf(() => parseSpan(text)).message.length).toBeLessThan(500);
    }
  });

  it('says what is wrong with a date that has a right form', () => {
    expect(failureOf(() => parsePartialDate('2014-02-29')).message).toContain('not in the calendar');
    expect(failureOf(() => parsePartialDate('2014-02-30')).message).toContain('not in the calendar');
    expect(failureOf(() => parsePartialDate('[2014..2010]')).message).toContain('ends before it begins');
    expect(failureOf(() => parsePartialDate('[..]')).message).toContain('no end');
  });

  it('refuses everything else that is thrown at it, and throws nothing but refusals', () => {
    const pieces = fc.array(fc.constantFrom(...'0129-X~?%[]./T{},Y ', '..', '2014', '00', '-05'), { maxLength: 12 });

    fc.assert(
      fc.property(
        fc.oneof(
          pieces.map((list) => list.join('')),
          fc.string({ unit: 'binary' }),
        ),
        (text) => {
          let stored: string;
          try {
            stored = parsePartialDate(text).edtf;
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
            return;
          }
          expect(parsePartialDate(stored)).toEqual(parsePartialDate(text));
          expect(parsePartialDate(stored).edtf).toBe(stored);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('T7: born 1805~ without a margin is found from 1800 to 1810 and not from 1700 to 1710', () => {
    const born = parsePartialDate('1805~');

    expect(meets(born, parseSpan('1800/1810'))).toBe(true);
    expect(meets(born, parseSpan('1700/1710'))).toBe(false);
  });

  it('T9: a year has one stored form, however a source without precision writes it', () => {
    expect(['2014-00-00', '2014', '2014-01-01'].map((iso) => yearIfFirstOfJanuary(iso))).toEqual([
      '2014',
      '2014',
      '2014',
    ]);
  });

  it('takes any other day of a source without precision as it is', () => {
    const stored = ['2014-05-24', '2014-05-00', '2014-01-02', '2014-01-00', '-0044-01-01'].map((iso) =>
      yearIfFirstOfJanuary(iso),
    );

    expect(stored).toEqual(['2014-05-24', '2014-05', '2014-01-02', '2014-01', '-0044']);
  });
});

describe('the text of bounds', () => {
  const day = fc.integer({ min: EARLIEST, max: LATEST });

  it.each([
    ['2014-05-24', '2014-05-24', '2014-05-24'],
    ['2014-05-01', '2014-05-31', '2014-05'],
    ['2014-01-01', '2014-12-31', '2014'],
    ['2013-01-01', '2013-02-28', '[2013-01-01..2013-02-28]'],
    ['2014-06-12', '2016-12-31', '[2014-06-12..2016-12-31]'],
    ['2014-05-01', '2014-06-30', '[2014-05-01..2014-06-30]'],
    [null, '2014-05-31', '[..2014-05-31]'],
    ['2012-01-01', null, '[2012-01-01..]'],
    ['-0044-01-01', '-0044-12-31', '-0044'],
    [null, null, null],
  ])('from %s to %s is %s', (from, to, edtf) => {
    const min = from === null ? -UNBOUNDED : parsePartialDate(from).min;
    const max = to === null ? UNBOUNDED : parsePartialDate(to).max;

    expect(rangeEdtf(min, max)).toBe(edtf);
  });

  it('reads back as these bounds, and is a stored form', () => {
    const side = (open: number) => fc.oneof({ arbitrary: day, weight: 5 }, { arbitrary: fc.constant(open), weight: 1 });
    const near = fc.tuple(day, fc.nat(800)).map(([from, length]) => [from, Math.min(LATEST, from + length)] as const);
    const far = fc.tuple(side(-UNBOUNDED), side(UNBOUNDED)).filter(([min, max]) => min <= max);

    fc.assert(
      fc.property(fc.oneof(near, far), ([min, max]) => {
        const edtf = rangeEdtf(min, max);

        if (edtf === null) expect([min, max]).toEqual([-UNBOUNDED, UNBOUNDED]);
        else expect(parsePartialDate(edtf)).toMatchObject({ edtf, min, max });
      }),
    );
  });

  it('is the year, month or day itself for the bounds of one', () => {
    fc.assert(
      fc.property(day, fc.constantFrom(4, 7, 10), (any, digits) => {
        const iso = isoOf(any);
        const edtf = iso.slice(0, digits + (iso.startsWith('-') ? 1 : 0));

        const { min, max } = parsePartialDate(edtf);

        expect(rangeEdtf(min, max)).toBe(edtf);
        expect(min <= any && any <= max).toBe(true);
      }),
    );
  });
});

describe('spans', () => {
  it.each([
    ['2012/2014', '2012-01-01', '2014-12-31'],
    ['2014-05-01/2014-05-20', '2014-05-01', '2014-05-20'],
    ['2014/2014-03', '2014-01-01', '2014-03-31'],
    ['2012~/2014-00-00', '2012-01-01', '2014-12-31'],
    ['../2014-05', null, '2014-05-31'],
    ['2012/..', '2012-01-01', null],
    ['2014-05', '2014-05-01', '2014-05-31'],
    ['[2014-05-01..2014-05-20]', '2014-05-01', '2014-05-20'],
    ['[..2014]', null, '2014-12-31'],
  ])('reads %s as %s to %s', (text, earliest, latest) => {
    expect(bounds(parseSpan(text))).toEqual([earliest, latest]);
  });

  it.each([
    '../..',
    '2014/2012',
    '/2014',
    '2014/',
    '/',
    '2012/2013/2014',
    '[2012..2013]/2014',
    '2012-02-30/2014',
    '2012/2014-21',
  ])('refuses %s', (text) => {
    const failure = failureOf(() => parseSpan(text, 'at'));

    expect(failure).toMatchObject({ code: 'INVALID_INPUT', details: { field: 'at', rule: 'EDTF' } });
  });
});

describe("a claim's date", () => {
  it('is widened on both sides by the margin that its source states', () => {
    const date = boundsOfDateValue({ edtf: '2014-05-24~', marginDays: 30 });

    expect(bounds(date)).toEqual(['2014-04-24', '2014-06-23']);
    expect(date).toMatchObject({ edtf: '2014-05-24~', approximate: true });
  });

  it('keeps an unbounded side unbounded, and stays within the years that a date can have', () => {
    expect(bounds(boundsOfDateValue({ edtf: '[..2014]', marginDays: 1 }))).toEqual([null, '2015-01-01']);
    expect(bounds(boundsOfDateValue({ edtf: '[2014..]', marginDays: 1 }))).toEqual(['2013-12-31', null]);
    expect(boundsOfDateValue({ edtf: '-9999', marginDays: 5 }).min).toBe(EARLIEST);
    expect(boundsOfDateValue({ edtf: '9999', marginDays: 5 }).max).toBe(LATEST);
  });

  it('means what it says where no margin is stated', () => {
    expect(boundsOfDateValue({ edtf: '1805~', text: 'about 1805' })).toEqual(parsePartialDate('1805~'));
  });

  it('is shown with its wording and ISO bounds, null where unbounded', () => {
    const shown = { edtf: '[..2014-05?]', text: 'by May', min: -UNBOUNDED, max: dayOf(2014, 5, 31) };

    expect(partsOfDate(shown)).toEqual({
      edtf: '[..2014-05?]',
      earliest: null,
      latest: '2014-05-31',
      precision: 'RANGE',
      approximate: false,
      uncertain: true,
      text: 'by May',
    });
  });
});

describe("an article's day", () => {
  const retrieved = dayOf(2014, 6, 1);

  it('is the day it was published, as precisely as it says', () => {
    expect(bounds(dayOfArticle({ kind: 'NEWS', published: '2014-05-24', retrieved }))).toEqual([
      '2014-05-24',
      '2014-05-24',
    ]);
    expect(bounds(dayOfArticle({ kind: 'NEWS', published: '2013', retrieved }))).toEqual(['2013-01-01', '2013-12-31']);
  });

  it('is cut at the day it was retrieved', () => {
    expect(bounds(dayOfArticle({ kind: 'INTERVIEW', published: '2014', retrieved }))).toEqual([
      '2014-01-01',
      '2014-06-01',
    ]);
    expect(bounds(dayOfArticle({ kind: 'NEWS', published: '[2014-05..]', retrieved }))).toEqual([
      '2014-05-01',
      '2014-06-01',
    ]);
    expect(bounds(dayOfArticle({ kind: 'NEWS', published: '2014-06-02', retrieved }))).toEqual([
      '2014-06-01',
      '2014-06-01',
    ]);
  });

  it('may be any up to the day it was retrieved where none is printed', () => {
    expect(bounds(dayOfArticle({ kind: 'NEWS', published: null, retrieved }))).toEqual([null, '2014-06-01']);
  });

  it('of a data set is the day it was retrieved, whenever it was published', () => {
    expect(bounds(dayOfArticle({ kind: 'DATASET', published: '2009', retrieved }))).toEqual([
      '2014-06-01',
      '2014-06-01',
    ]);
  });
});
