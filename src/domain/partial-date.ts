import { parse } from 'edtf';
import { invalid } from '../errors.js';
import { dayOf, daysInMonth, EARLIEST, isoOf, LATEST, twoDigits, UNBOUNDED, yearText, ymdOf } from './day.js';
import type { Interval, ShownDate } from './evidence.js';
import type { Article, DateValue } from './records.js';

/**
 * Partial dates: EDTF (ISO 8601-2) texts with the days that they may mean. The accepted forms are those of design.md, section 3;
 * edtf 4 reads one date; ranges are split here, because it ends `[2014-05..2014-06]` in May and takes `[2014..2010]`.
 */

export type Precision = 'DAY' | 'MONTH' | 'YEAR' | 'DECADE' | 'CENTURY' | 'RANGE';

export interface PartialDate extends Interval {
  /** The normalised text: equal texts are one date. */
  edtf: string;
  precision: Precision;
  /** `~` or `%`: about then. A flag only; it widens nothing. */
  approximate: boolean;
  /** `?` or `%`: not sure of it. A flag only; it widens nothing. */
  uncertain: boolean;
}

/** A date as the API shows it; `earliest` and `latest` are ISO days, null where unbounded. */
export interface DateParts {
  edtf: string;
  earliest: string | null;
  latest: string | null;
  precision: Precision;
  approximate: boolean;
  uncertain: boolean;
  text: string | null;
}

const LONGEST = 60;
const ONE_DATE = /^(?:-?\d{4}(?:-\d\d(?:-\d\d)?)?[~?%]?|\d\d(?:\dX|XX))$/;
const RANGE = /^\[([^[\].]*)\.\.([^[\].]*)\]$/;
const SPAN = /^([^/]+)\/([^/]+)$/;
/** Wikidata and many exports write the parts that they don't know as 00. */
const UNKNOWN_MONTH = /^(-?\d{4})-00(?:-00)?(?=[~?%]?$)/;
const UNKNOWN_DAY = /^(-?\d{4}-\d\d)-00(?=[~?%]?$)/;
const FIRST_OF_JANUARY = /^(-?\d{4})-01-01$/;
const CENTURY_MASK = 12;
const FORMS =
  'Write a year, month or day (2014, 2014-05, 2014-05-24), with ~ if it is about then, ? if unsure, % if both; ' +
  'a decade or century (201X, 20XX); or what it lies between ([2014-05-01..2014-05-20], [..2014-05], [2012..]).';

/**
 * Reads a partial date. Throws INVALID_INPUT, rule EDTF, naming `field`, for every other form, for a day that no calendar has and
 * for a range that ends before it begins.
 */
export function parsePartialDate(text: string, field = 'date'): PartialDate {
  if (text.length > LONGEST) throw refused(text, field);
  const known = READ.get(text);
  if (known !== undefined) return known;
  const date = Object.freeze(readPartialDate(text, field));
  if (READ.size >= MOST_READ) READ.clear();
  READ.set(text, date);
  return date;
}

/** Dates that were read: a graph states few, many times, and reading one costs the library more than all that is done with it. */
const READ = new Map<string, PartialDate>();
const MOST_READ = 20_000;

function readPartialDate(text: string, field: string): PartialDate {
  const [, from, to] = RANGE.exec(text) ?? [];
  return from === undefined || to === undefined ? parseOne(text, text, field) : parseRange(text, from, to, field);
}

/** Reads an argument: a span `a/b`, `../b`, `a/..`, or a partial date, which spans all days that it may mean. Throws as `parsePartialDate`. */
export function parseSpan(text: string, field = 'date'): Interval {
  const [, from, to] = (text.length <= LONGEST && SPAN.exec(text)) || [];
  if (from === undefined || to === undefined) {
    const { min, max } = parsePartialDate(text, field);
    return { min, max };
  }
  if (from === '..' && to === '..') throw refused(text, field, 'has no end at all');
  const min = from === '..' ? -UNBOUNDED : parseOne(from, text, field).min;
  const max = to === '..' ? UNBOUNDED : parseOne(to, text, field).max;
  if (min > max) throw refused(text, field, 'ends before it begins');
  return { min, max };
}

/**
 * Reads a claim's date with the margin that its source states: both bounds move out by `marginDays`, within the years that a date can
 * have; the text and flags stay as stated. Throws as `parsePartialDate`.
 */
export function boundsOfDateValue(value: DateValue, field = 'date'): PartialDate {
  const date = parsePartialDate(value.edtf, field);
  const margin = value.marginDays ?? 0;
  return {
    ...date,
    min: date.min === -UNBOUNDED ? date.min : Math.max(EARLIEST, date.min - margin),
    max: date.max === UNBOUNDED ? date.max : Math.min(LATEST, date.max + margin),
  };
}

/** The stored form of a date from a source that has no precision and writes 1 January for a year. Throws as `parsePartialDate`. */
export function yearIfFirstOfJanuary(iso: string, field = 'date'): string {
  const { edtf } = parsePartialDate(iso, field);
  return FIRST_OF_JANUARY.exec(edtf)?.[1] ?? edtf;
}

/**
 * The EDTF text with exactly these bounds: a day, month or year where they span one, else a range of days; null if both are open.
 * `doubts` are the flags of what bounds it below and above.
 */
export function rangeEdtf(min: number, max: number, doubts: readonly [Doubt, Doubt] = [NO_DOUBT, NO_DOUBT]) {
  const [below, above] = doubts;
  const from = min === -UNBOUNDED ? '' : isoOf(min) + flagOf(below);
  const to = max === UNBOUNDED ? '' : isoOf(max) + flagOf(above);
  if (from === '' && to === '') return null;
  const single = singleEdtf(min, max);
  if (single === null) return `[${from}..${to}]`;
  return single + flag(below.approximate || above.approximate, below.uncertain || above.uncertain);
}

/** The flags of a date. */
type Doubt = Pick<PartialDate, 'approximate' | 'uncertain'>;

export const NO_DOUBT: Doubt = { approximate: false, uncertain: false };

/** What the API answers for a date that a projection shows. */
export function partsOfDate(shown: ShownDate): DateParts {
  const { precision, approximate, uncertain } = parsePartialDate(shown.edtf);
  return {
    edtf: shown.edtf,
    earliest: isoOrNull(shown.min),
    latest: isoOrNull(shown.max),
    precision,
    approximate,
    uncertain,
    text: shown.text,
  };
}

/** A day as ISO, null where unbounded. */
export function isoOrNull(day: number): string | null {
  return Math.abs(day) >= UNBOUNDED ? null : isoOf(day);
}

/**
 * The days on which an article may have appeared: an undated one at any time up to the day it was retrieved, where a published range
 * is cut too; a data set speaks for the day it was retrieved. Throws as `parsePartialDate`, naming `published`.
 */
export function dayOfArticle({
  kind,
  published,
  retrieved,
}: Pick<Article, 'kind' | 'published' | 'retrieved'>): Interval {
  if (kind === 'DATASET') return { min: retrieved, max: retrieved };
  if (published === null) return { min: -UNBOUNDED, max: retrieved };
  const { min, max } = parsePartialDate(published, 'published');
  return { min: Math.min(min, retrieved), max: Math.min(max, retrieved) };
}

function parseRange(text: string, from: string, to: string, field: string): PartialDate {
  if (from === '' && to === '') throw refused(text, field, 'has no end at all');
  const first = from === '' ? null : parseOne(from, text, field);
  const last = to === '' ? null : parseOne(to, text, field);
  const min = first?.min ?? -UNBOUNDED;
  const max = last?.max ?? UNBOUNDED;
  if (min > max) throw refused(text, field, 'ends before it begins');
  const approximate = Boolean(first?.approximate || last?.approximate);
  const uncertain = Boolean(first?.uncertain || last?.uncertain);
  const single = first && last && singleEdtf(min, max);
  if (single) return parseOne(single + flag(approximate, uncertain), text, field);
  return { edtf: `[${first?.edtf ?? ''}..${last?.edtf ?? ''}]`, min, max, precision: 'RANGE', approximate, uncertain };
}

/** Reads one date, which is `whole` or a part of it; `whole` is what a refusal quotes. */
function parseOne(text: string, whole: string, field: string): PartialDate {
  const edtf = text.replace(UNKNOWN_MONTH, '$1').replace(UNKNOWN_DAY, '$1');
  if (!ONE_DATE.test(edtf)) throw refused(whole, field);
  const date = parsedOrNull(edtf);
  const [year = 0, month = 0, day = 1] = date?.values ?? [];
  // edtf 4 takes 29 February in every year.
  if (date === null || day > daysInMonth(year, month + 1)) throw refused(whole, field, 'is not in the calendar');
  return {
    edtf,
    ...boundsOf(date.values, date.unspecified),
    approximate: date.approximate ?? false,
    uncertain: date.uncertain ?? false,
  };
}

function parsedOrNull(edtf: string) {
  try {
    return parse(edtf, { level: 1, types: ['Date'] });
  } catch {
    return null;
  }
}

/** `values` as edtf counts: months from 0. */
function boundsOf([year = 0, month, day]: number[], mask: number | undefined): Interval & { precision: Precision } {
  if (mask !== undefined) {
    const years = mask === CENTURY_MASK ? 100 : 10;
    const precision = mask === CENTURY_MASK ? 'CENTURY' : 'DECADE';
    return { min: dayOf(year, 1, 1), max: dayOf(year + years - 1, 12, 31), precision };
  }
  if (month === undefined) return { min: dayOf(year, 1, 1), max: dayOf(year, 12, 31), precision: 'YEAR' };
  if (day !== undefined) {
    const only = dayOf(year, month + 1, day);
    return { min: only, max: only, precision: 'DAY' };
  }
  const last = daysInMonth(year, month + 1);
  return { min: dayOf(year, month + 1, 1), max: dayOf(year, month + 1, last), precision: 'MONTH' };
}

/** The day, month or year that has exactly these bounds, or null. */
function singleEdtf(min: number, max: number): string | null {
  if (min === max) return isoOf(min);
  const { year, month, day } = ymdOf(min);
  if (day !== 1) return null;
  if (max === dayOf(year, month, daysInMonth(year, month))) return `${yearText(year)}-${twoDigits(month)}`;
  return month === 1 && max === dayOf(year, 12, 31) ? yearText(year) : null;
}

const flag = (approximate: boolean, uncertain: boolean) =>
  approximate && uncertain ? '%' : approximate ? '~' : uncertain ? '?' : '';

const flagOf = ({ approximate, uncertain }: Doubt) => flag(approximate, uncertain);

function refused(text: string, field: string, why = 'is not a date that Hearsay reads') {
  const quoted = JSON.stringify(text.length > LONGEST ? `${text.slice(0, 20)}…` : text);
  return invalid(field, 'EDTF', `${quoted} ${why}. ${FORMS}`);
}
