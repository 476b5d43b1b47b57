import type { Person } from '../domain/records.js';
import type { Visibility } from '../domain/words.js';
import type { Reads } from '../graph/graph.js';
import { loadRecords } from './load.js';

const BEFORE_REMOVAL = `/* peopleBeforeRemoval */ UNWIND $ids AS id
  MATCH (e:Edit {recordId: id})<-[:MADE]-(c:Change) WHERE e.after IS NULL AND e.before IS NOT NULL
  RETURN id, c.seq AS seq, e.before AS person`;

/** To whom these people show, or showed when they were last taken out; whoever never was has no entry. By id. */
export async function shownLast(graph: Reads, ids: readonly string[]): Promise<Map<string, Visibility>> {
  if (ids.length === 0) return new Map();
  const rows = [...(await graph.read(BEFORE_REMOVAL, { ids: [...ids] }))].sort((a, b) => Number(a.seq) - Number(b.seq));
  const last = new Map(
    rows.map((row) => [String(row.id), (JSON.parse(String(row.person)) as Person).visibility] as const),
  );
  for (const [id, { record }] of await loadRecords(graph, ids)) last.set(id, (record as Person).visibility);
  return last;
}
