import { z } from 'zod';
import { AppError, aboutRecord, invalid } from '../errors.js';
import { canonical } from './canonical.js';
import { formRefused } from './form.js';
import { millisecondOf, momentOf } from './moment.js';
import { LONGEST_NOTE, RECORD_SCHEMA, type RecordOf, typeOfId } from './records.js';
import { line, prose } from './text.js';
import type { RecordType } from './words.js';

/** A record of any type. */
export type AnyRecord = RecordOf[RecordType];
type Fields = Record<string, unknown>;

/** One wish of a change: set these fields of a record (all required ones of a new record), or, with null, remove it. */
export interface EditInput {
  type: RecordType;
  id: string;
  set: Fields | null;
}

export const CHANGE_ID = /^chg_[A-Za-z0-9]{1,60}$/;

/** What `commit` takes: who, when, why and what. Ids and the moment come from the caller. */
const changeInput = z.strictObject({
  id: z.string().regex(CHANGE_ID),
  /** ISO 8601, UTC; kept to the millisecond, in one form. */
  at: z.iso.datetime().transform((at) => millisecondOf(momentOf(at, 'at'))),
  actor: line(200),
  action: z.string().regex(/^[a-z][a-zA-Z-]{0,40}$/),
  note: prose(LONGEST_NOTE).nullable().default(null),
  batch: line(200).nullable().default(null),
  /** The id of the change that it takes back. */
  undoes: z.string().regex(CHANGE_ID).nullable().default(null),
  /** The digest of what its client ordered under a key; null where there is no key. */
  input: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable()
    .default(null),
  edits: z.array(
    z.strictObject({
      type: z.enum(Object.keys(RECORD_SCHEMA) as [RecordType, ...RecordType[]]),
      id: z.string(),
      set: z.record(z.string(), z.unknown()).nullable(),
    }),
  ),
  /** The revision that the caller has seen of each record it edits; a stale one is a CONFLICT. 0 where there was none. */
  expected: z.record(z.string(), z.int()).default({}),
});
export type ChangeInput = z.input<typeof changeInput>;
export type ParsedChange = z.output<typeof changeInput>;

/** @throws AppError INVALID_INPUT naming the field. */
export function parseChange(input: ChangeInput): ParsedChange {
  const parsed = changeInput.safeParse(input);
  if (parsed.success) return parsed.data;
  throw formRefused(parsed.error, []);
}

/** One edited record: the changed fields before and after; null where it did not or does not exist. */
export interface Edit {
  type: RecordType;
  recordId: string;
  before: Fields | null;
  after: Fields | null;
  /** A purge has emptied it: neither `before` nor `after` tell anything, and nobody knows what it did. */
  purged?: true;
}

/** A change as it stands in the log. */
export interface Change
  extends Pick<ParsedChange, 'id' | 'at' | 'actor' | 'action' | 'note' | 'batch' | 'undoes' | 'input'> {
  /** Its place in the one order of all changes. */
  seq: number;
  edits: Edit[];
}

/** A record whole, before and after a change; `edit` holds the difference. */
export interface Applied {
  edit: Edit;
  before: AnyRecord | null;
  after: AnyRecord | null;
}

/**
 * Applies edits to the records as they are (`current`, by id) and answers what really changes, in the order of the edits;
 * several edits of one record become one. Pure.
 * @throws AppError INVALID_INPUT naming the field, where a record would not fit its schema; NOT_FOUND for removing what isn't there.
 */
export function applyEdits(edits: readonly EditInput[], current: ReadonlyMap<string, AnyRecord>): Applied[] {
  const next = new Map<string, { type: RecordType; record: AnyRecord | null }>();
  for (const { type, id, set } of edits) {
    if (typeOfId(id) !== type) throw invalid('id', 'ID_TYPE', `${id} is no id of a ${type}`);
    const earlier = next.get(id);
    const known = earlier ? earlier.record : (current.get(id) ?? null);
    if (set === null && known === null)
      throw new AppError('NOT_FOUND', `There is no ${type} ${id} to remove`, { field: 'id' });
    const record = set === null ? null : aboutRecord(id, () => parseRecord(type, { ...known, ...set, id }));
    next.set(id, { type, record });
  }
  return [...next].flatMap(([id, { type, record }]) => appliedOf(type, id, current.get(id) ?? null, record));
}

/** A record that fits its schema, with the defaults filled in. */
export function parseRecord(type: RecordType, fields: Fields): AnyRecord {
  const parsed = RECORD_SCHEMA[type].safeParse(fields);
  if (parsed.success) return parsed.data;
  throw formRefused(parsed.error, [type]);
}

function appliedOf(type: RecordType, recordId: string, before: AnyRecord | null, after: AnyRecord | null): Applied[] {
  const edit = { type, recordId, ...difference(before, after) };
  const unchanged = before !== null && after !== null && Object.keys(edit.after ?? {}).length === 0;
  return unchanged || (before === null && after === null) ? [] : [{ edit, before, after }];
}

function difference(before: AnyRecord | null, after: AnyRecord | null): Pick<Edit, 'before' | 'after'> {
  if (before === null || after === null) return { before: before && { ...before }, after: after && { ...after } };
  const was = before as unknown as Fields;
  const is = after as unknown as Fields;
  const changed = Object.keys(is).filter((field) => canonical(was[field]) !== canonical(is[field]));
  const pick = (fields: Fields) => Object.fromEntries(changed.map((field) => [field, fields[field]]));
  return { before: pick(was), after: pick(is) };
}
