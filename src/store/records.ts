import { canonical } from '../domain/canonical.js';
import { RECORD_SCHEMA, type RecordOf } from '../domain/records.js';
import type { RecordType } from '../domain/words.js';
import type { Row, Value } from '../graph/graph.js';

/** The fields that are lists of maps, or maps: kept as JSON text, since a property of the graph is flat. */
const JSON_FIELDS: Record<RecordType, readonly string[]> = {
  Person: ['aliases'],
  Relationship: [],
  Period: [],
  Event: ['participants'],
  Article: ['mentions'],
  Claim: ['value'],
  Citation: [],
  Resolution: [],
};

/** Its decision fields, in the order of the schema. */
export const FIELDS_OF: { [T in RecordType]: readonly (keyof RecordOf[T] & string)[] } = mapTypes(
  (type) => Object.keys(RECORD_SCHEMA[type].shape) as never,
);

/** The node's properties for a record: every decision, flat; what is null is left out by the engine. */
export function encode<T extends RecordType>(type: T, record: RecordOf[T]): Row {
  const json = JSON_FIELDS[type];
  return Object.fromEntries(
    Object.entries(record).map(([field, value]) => [field, json.includes(field) ? canonical(value) : (value as Value)]),
  );
}

/** The record of a node's properties; what is derived or unknown to this version is left behind. */
export function decode<T extends RecordType>(type: T, properties: Row): RecordOf[T] {
  const json = JSON_FIELDS[type];
  const lists = LIST_FIELDS[type];
  const record: Record<string, unknown> = {};
  for (const field of FIELDS_OF[type]) {
    const value = properties[field] ?? null;
    if (json.includes(field)) record[field] = JSON.parse(String(value ?? 'null'));
    else record[field] = value === null && lists.includes(field) ? [] : value;
  }
  return record as unknown as RecordOf[T];
}

/** The lists of texts; an engine may drop an empty one. */
const LIST_FIELDS: Record<RecordType, readonly string[]> = {
  Person: ['externalIds', 'notSameAs'],
  Relationship: [],
  Period: [],
  Event: [],
  Article: ['basedOn'],
  Claim: [],
  Citation: [],
  Resolution: ['claims'],
};

function mapTypes<V>(value: (type: RecordType) => V): Record<RecordType, V> {
  return Object.fromEntries((Object.keys(RECORD_SCHEMA) as RecordType[]).map((type) => [type, value(type)])) as Record<
    RecordType,
    V
  >;
}
