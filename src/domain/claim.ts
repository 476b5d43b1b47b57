import { invalid } from '../errors.js';
import { canonical } from './canonical.js';
import type { Interval } from './evidence.js';
import { boundsOfDateValue } from './partial-date.js';
import { type Claim, type ClaimValue, type DateValue, FIELDS_OF_SUBJECT, VALUE_OF_FIELD } from './records.js';
import type { Field, RecordType } from './words.js';

/** What a claim says, as it comes in. */
export interface ClaimInput {
  field: Field;
  value: ClaimValue;
}

/**
 * Checks one claim by itself, against the days of the articles that it cites (none yet, or several). Throws INVALID_INPUT with the
 * rule: FIELD_OF_SUBJECT, VALUE_OF_FIELD, EDTF, or FUTURE where the date lies wholly after an article's day: that is a plan, and no
 * claim. An END that is announced may be still to come.
 */
export function checkClaim(
  { field, value }: ClaimInput,
  subjectType: RecordType | null,
  articleDays: readonly Interval[],
): void {
  const fields: Partial<Record<RecordType, readonly Field[]>> = FIELDS_OF_SUBJECT;
  if (subjectType === null || !fields[subjectType]?.includes(field)) {
    throw invalid(
      'field',
      'FIELD_OF_SUBJECT',
      `A claim about a ${subjectType ?? 'record of no type'} is not on ${field}`,
    );
  }
  if (!VALUE_OF_FIELD[field].safeParse(value).success) {
    throw invalid('value', 'VALUE_OF_FIELD', `${JSON.stringify(value)} is not a value of ${field}`);
  }
  if ('date' in value) checkNotFuture(value.date, 'announced' in value, articleDays);
}

function checkNotFuture(value: DateValue, isAnnounced: boolean, articleDays: readonly Interval[]): void {
  const date = boundsOfDateValue(value, 'value.date');
  if (isAnnounced || articleDays.every((day) => date.min <= day.max)) return;
  throw invalid(
    'value.date',
    'FUTURE',
    `${date.edtf} lies after the article: a plan is no claim until it has happened`,
  );
}

/** Fields of which the second is never before the first, and what they are called in a refusal. */
const IN_ORDER = [
  { first: 'START', second: 'END', called: 'An end in $2 comes before the start in $1' },
  { first: 'START', second: 'APART', called: 'A parting in $2 comes before the start in $1' },
  { first: 'APART', second: 'END', called: 'An end in $2 comes before the parting in $1' },
  { first: 'BIRTH', second: 'DEATH', called: 'A death in $2 comes before the birth in $1' },
] as const;

/**
 * Checks an input that states both of two dates: refuses, as INVALID_INPUT with rule DATE_ORDER, what ends before it can have started
 * (T3). Equal or overlapping dates are in order (T1, T2).
 */
export function checkDateOrder(
  start: DateValue,
  end: DateValue,
  field = 'end',
  called: string = IN_ORDER[0].called,
): void {
  const [from, to] = [boundsOfDateValue(start, 'start'), boundsOfDateValue(end, field)];
  if (from.min > to.max) throw invalid(field, 'DATE_ORDER', called.replace('$1', from.edtf).replace('$2', to.edtf));
}

/** What somebody says of one field. */
export type Said = Pick<Claim, 'field' | 'polarity'> & { value: object };

/**
 * Every start that is said is before every parting and end, every parting before every end, and every birth before every death, as
 * `checkDateOrder` has it; `fieldOf` names what is said by its place.
 */
export function checkSaidOrder(said: readonly Said[], fieldOf = (place: number) => wordFor(said[place])): void {
  const dates = (field: Field) =>
    said.flatMap(({ field: on, polarity, value }, place) =>
      on === field && polarity === 'ASSERTS' && 'date' in value ? { date: value.date as DateValue, place } : [],
    );
  for (const { first, second, called } of IN_ORDER)
    for (const start of dates(first))
      for (const end of dates(second)) checkDateOrder(start.date, end.date, fieldOf(end.place), called);
}

const wordFor = (said: Said | undefined) => (said?.field ?? 'END').toLowerCase();

/** Equal for values that say the same, whatever the source's wording. */
export function valueKey(value: object): string {
  if (!('date' in value)) return canonical(value);
  return canonical({ ...value, date: { ...(value.date as DateValue), text: undefined } });
}
