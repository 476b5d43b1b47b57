import { groupBy } from '../domain/group.js';
import { RECORD_SCHEMA, type RecordOf, typeOfId } from '../domain/records.js';
import type { RecordType } from '../domain/words.js';
import type { Reads, Row } from '../graph/graph.js';
import { decode } from './records.js';

/** A node as it is stored: its decisions, the seq of the last change that edited them, and all its properties. */
export interface Stored<T extends RecordType = RecordType> {
  type: T;
  record: RecordOf[T];
  revision: number;
  props: Row;
}

const TYPES = Object.keys(RECORD_SCHEMA) as RecordType[];

const LOAD = Object.fromEntries(
  TYPES.map((type) => [type, `/* load${type} */ UNWIND $ids AS id MATCH (n:${type} {id: id}) RETURN n {.*} AS props`]),
) as Record<RecordType, string>;

/** The stored records of any types by id; one statement for each type that occurs. Ids that nobody has are left out. */
export async function loadRecords(graph: Reads, ids: Iterable<string>): Promise<Map<string, Stored>> {
  const found = new Map<string, Stored>();
  for (const [type, some] of byType(ids)) {
    for (const { props } of await graph.read(LOAD[type], { ids: some })) {
      const stored = storedOf(type, props as Row);
      found.set(stored.record.id, stored);
    }
  }
  return found;
}

export function storedOf<T extends RecordType>(type: T, props: Row): Stored<T> {
  return { type, record: decode(type, props), revision: Number(props.revision ?? 0), props };
}

/** Ids in groups by the type that they say, each once. */
export function byType(ids: Iterable<string>): [RecordType, string[]][] {
  return [...groupBy(new Set(ids), typeOfId)].flatMap(([type, some]) => (type === null ? [] : [[type, some]]));
}
