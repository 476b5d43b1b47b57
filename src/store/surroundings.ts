import type { AnyRecord, EditInput } from '../domain/change.js';
import { referencesOf } from '../domain/lookup.js';
import { typeOfId } from '../domain/records.js';
import type { RecordType } from '../domain/words.js';
import type { Reads } from '../graph/graph.js';
import { loadRecords, type Stored } from './load.js';

export interface Surroundings {
  /** Every stored record that the edits name, refer to, or hang on, by id, as it is before the change. */
  stored: Map<string, Stored>;
}

/** The references that lead from a record to what it hangs on: a citation to its claim, on to the subject, on to the people. */
const UPWARD: Partial<Record<RecordType, readonly string[]>> = {
  Citation: ['claim'],
  Claim: ['subject'],
  Period: ['relationship'],
  Relationship: ['a', 'b'],
  Event: ['participants'],
  Resolution: ['claims'],
};

/**
 * Loads the records that a set of edits is about with all that they refer to, and from there upward to the people; in rounds, one
 * statement for each type and round.
 */
export async function surroundings(graph: Reads, edits: readonly EditInput[]): Promise<Surroundings> {
  const stored = await loadRecords(
    graph,
    edits.map(({ id }) => id),
  );
  const wished = edits.flatMap(({ type, set }) => (set === null ? [] : idsIn(set, type)));
  const owned = [...stored.values()].flatMap(({ type, record }) => referencesOf(type, record).map(({ id }) => id));
  let next = new Set([...wished, ...owned]);
  while (next.size > 0) {
    const missing = [...next].filter((id) => !stored.has(id));
    const found = await loadRecords(graph, missing);
    for (const [id, record] of found) stored.set(id, record);
    next = new Set(
      [...found.values()].flatMap(({ type, record }) => upward(type, record)).filter((id) => !stored.has(id)),
    );
  }
  return { stored };
}

function upward(type: RecordType, record: AnyRecord): string[] {
  const fields = UPWARD[type] ?? [];
  return referencesOf(type, record)
    .filter(({ decision }) => fields.includes(decision))
    .map(({ id }) => id);
}

/** Every id that a wished set of fields names, however deep; what is no id is nobody's. */
function idsIn(value: unknown, type: RecordType): string[] {
  if (typeof value === 'string') return typeOfId(value) !== null && value.length < 80 ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => idsIn(item, type));
  if (value !== null && typeof value === 'object') return Object.values(value).flatMap((item) => idsIn(item, type));
  return [];
}
