/**
 * Days as whole numbers since 1970-01-01 in the proleptic Gregorian calendar, which has a year 0. A JS `Date` is never used: it
 * knows times and zones, and reads the years 0 to 99 as 1900 to 1999.
 */

export { UNBOUNDED } from './interval.js';

import { UNBOUNDED } from './interval.js';

export interface YearMonthDay {
  year: number;
  /** 1 to 12. */
  month: number;
  /** 1 to 31. */
  day: number;
}

const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];
const MEAN_YEAR = 365.2425;
const MS_PER_DAY = 86_400_000;

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** 28 to 31; `month` is 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  return daysBeforeMonth(year, month + 1) - daysBeforeMonth(year, month);
}

function daysBeforeMonth(year: number, month: number): number {
  const leapDay = month > 2 && isLeapYear(year) ? 1 : 0;
  return (DAYS_BEFORE_MONTH[month - 1] ?? 0) + leapDay;
}

/** Days from 0001-01-01 to the first of January of `year`; negative before. */
function daysBeforeYear(year: number): number {
  const past = year - 1;
  return past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
}

const EPOCH = daysBeforeYear(1970);

/** The number of a calendar day that exists (`daysInMonth`); years −9999 to 9999. */
export function dayOf(year: number, month: number, day: number): number {
  return daysBeforeYear(year) - EPOCH + daysBeforeMonth(year, month) + day - 1;
}

/** The calendar day of a number; the inverse of `dayOf`. */
export function ymdOf(day: number): YearMonthDay {
  const sinceYear1 = day + EPOCH;
  let year = Math.floor(sinceYear1 / MEAN_YEAR) + 1;
  while (daysBeforeYear(year) > sinceYear1) year -= 1;
  while (daysBeforeYear(year + 1) <= sinceYear1) year += 1;
  const ofYear = sinceYear1 - daysBeforeYear(year);
  let month = 12;
  while (daysBeforeMonth(year, month) > ofYear) month -= 1;
  return { year, month, day: ofYear - daysBeforeMonth(year, month) + 1 };
}

/** The first and the last day that a date can name. */
export const EARLIEST = dayOf(-9999, 1, 1);
export const LATEST = dayOf(9999, 12, 31);

/** A year in the four digits of EDTF, with a minus before year 0: `2014`, `0800`, `-0044`. */
export function yearText(year: number): string {
  return (year < 0 ? '-' : '') + String(Math.abs(year)).padStart(4, '0');
}

/** A day as EDTF and ISO 8601 write it: `2014-05-24`, `-0044-03-15`. Not for ∓UNBOUNDED, which is no day. */
export function isoOf(day: number): string {
  const { year, month, day: ofMonth } = ymdOf(day);
  return `${yearText(year)}-${twoDigits(month)}-${twoDigits(ofMonth)}`;
}

export const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** The same calendar day `years` later; 29 February is 1 March in a year without it. An unbounded side stays unbounded. */
export function addYears(day: number, years: number): number {
  if (Math.abs(day) >= UNBOUNDED) return day;
  const { year, month, day: ofMonth } = ymdOf(day);
  // Day 29 of a February without one is the number of 1 March.
  return dayOf(year + years, month, ofMonth);
}

/** The UTC day of a clock reading in milliseconds since 1970-01-01T00:00Z. */
export function dayOfEpoch(ms: number): number {
  return Math.floor(ms / MS_PER_DAY);
}
