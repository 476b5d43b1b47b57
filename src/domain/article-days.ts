import { invalid } from '../errors.js';
import { isoOf } from './day.js';
import { parsePartialDate } from './partial-date.js';
import type { Article } from './records.js';

type Days = Pick<Article, 'published' | 'retrieved'>;

/** Somewhere it is tomorrow already while here it is today. */
const ZONES = 1;

/**
 * Checks the days that an editor gives of an article, `given` of all that it has then: it was read by `today`, and had appeared by
 * then. Throws INVALID_INPUT, rule FUTURE for what is read in days to come, DATE_ORDER for what was read before it can have appeared.
 */
export function checkDays({ published, retrieved }: Days, given: Partial<Days>, today: number): void {
  if (given.retrieved !== undefined && retrieved > today + ZONES)
    throw invalid('retrieved', 'FUTURE', `${isoOf(retrieved)} is still to come: nobody has read it then`);
  if (published === null || (given.retrieved === undefined && given.published === undefined)) return;
  const { min, edtf } = parsePartialDate(published, 'published');
  const field = given.published === undefined ? 'retrieved' : 'published';
  if (min > retrieved + ZONES)
    throw invalid(field, 'DATE_ORDER', `Read on ${isoOf(retrieved)}, it can't have appeared in ${edtf}`);
}

/** The day on which an article was read, from EDTF; throws INVALID_INPUT, rule EDTF, for more than one day. */
export function dayRead(text: string, field: string): number {
  const { min, max, edtf } = parsePartialDate(text, field);
  if (min !== max) throw invalid(field, 'EDTF', `${edtf} is more than one day: write the day on which it was read`);
  return min;
}
