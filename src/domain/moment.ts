import { z } from 'zod';
import { invalid } from '../errors.js';
import { parsePartialDate } from './partial-date.js';

const MOMENT = z.iso.datetime();
const PARTS = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d+))?Z$/;
/** Digits of a second that are told apart. */
const DIGITS = 9;

/**
 * A moment in UTC, written as RFC 3339 does with a `Z`, as a text of one form, so that two compare as the moments do.
 * @throws AppError INVALID_INPUT, rule DATE_TIME, naming `field`.
 */
export function momentOf(text: string, field: string): string {
  const parts = MOMENT.safeParse(text).success ? PARTS.exec(text) : null;
  if (parts === null)
    throw invalid(field, 'DATE_TIME', `${field} is no moment in UTC, as 2026-11-25T10:30:00Z is: ${text.slice(0, 60)}`);
  const [, second, fraction = ''] = parts;
  return `${second}.${fraction.slice(0, DIGITS).padEnd(DIGITS, '0')}Z`;
}

/** Digits of a second that the log keeps. */
const KEPT = 3;

/** A moment cut to its millisecond, as the log keeps it: `2026-11-25T10:30:00.000Z`. */
export function millisecondOf(moment: string): string {
  return `${moment.slice(0, KEPT - DIGITS - 1)}Z`;
}

/**
 * A text that sorts before every millisecond from a moment on, and after each that is over by then; moments as `momentOf` writes them.
 * The log keeps milliseconds, so that one which lies between two stands after the first.
 */
export function boundOf(moment: string): string {
  const millisecond = millisecondOf(moment);
  return momentOf(millisecond, 'at') === moment ? millisecond : `${millisecond}~`;
}

/** The day in UTC on which a moment falls, in days since 1970-01-01. */
export const dayIn = (moment: string): number => parsePartialDate(moment.slice(0, 10), 'at').min;
