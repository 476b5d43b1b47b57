import type { AnyRecord } from './change.js';
import type { PurgedNames } from './purge-names.js';
import { type Person, type RecordOf, typeOfId } from './records.js';
import type { RecordType } from './words.js';

/** Everything that a purge of one person may take along or change. */
export interface PurgeWorld {
  /** The person, and whoever was merged into them. */
  family: readonly Person[];
  names: PurgedNames;
  /** All records that depend on them or name them, and what hangs on those. */
  records: ReadonlyMap<string, AnyRecord>;
  /** Who refers to each event and article. */
  dependents: ReadonlyMap<string, readonly string[]>;
  /** Those of the others who are adults by now, not by a birth nor by a mark, but by what sources tell of them. */
  adults: ReadonlySet<string>;
}

/** All records of a type that are in it. */
export function all<T extends RecordType>({ records }: PurgeWorld, type: T): RecordOf[T][] {
  return [...records.values()].filter(({ id }) => typeOfId(id) === type) as RecordOf[T][];
}
