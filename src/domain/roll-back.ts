import type { AnyRecord, Edit } from './change.js';

/** What rolling back needs to know of an edit in the log. */
export interface Undoable extends Pick<Edit, 'before'> {
  /** The number of its change. */
  seq: number;
  /** Its place among the edits of that change. */
  place: number;
  /** Whether it left no record behind. */
  removed: boolean;
}

/**
 * The record as it was before all these edits of it, from what it is now: each edit's `before` is put back, newest first, whatever
 * their order here. Null where it was not there. An edit that a purge has emptied can't be rolled back: what it changed stays as it is,
 * and what it removed stays gone.
 */
export function rollBack(now: AnyRecord | null, edits: readonly Undoable[]): AnyRecord | null {
  const newestFirst = [...edits].sort((one, other) => other.seq - one.seq || other.place - one.place);
  return newestFirst.reduce(putBack, now);
}

function putBack(record: AnyRecord | null, { before, removed }: Undoable): AnyRecord | null {
  if (before === null) return removed ? record : null;
  if (removed) return before as unknown as AnyRecord;
  return record === null ? null : ({ ...record, ...before } as AnyRecord);
}
