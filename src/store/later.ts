import type { UndoConflict } from '../domain/undo.js';
import type { Reads } from '../graph/graph.js';
import { type ChangeCard, changesBySeq, type LogSight } from './history.js';

/** What stands in the way of taking back the change with the number `since`. */
export interface InTheWay extends UndoConflict {
  since: number;
}

/** Of what hangs on a record, so much is looked at for the change that brought it. */
const MOST_DEPENDENTS = 100;
/** An edit longer than that, in UTF-16 code units, is believed to be of the field whose name it holds. */
const LONGEST_READ = 20_000;

const LATER = `/* laterEdits */ UNWIND $rows AS row MATCH (e:Edit {recordId: row.id})<-[:MADE]-(c:Change)
  WHERE c.seq > row.since AND coalesce(e.after, '') CONTAINS row.sought AND (row.made = false OR e.before IS NULL)
  RETURN row.place AS place, c.seq AS seq, CASE WHEN size(coalesce(e.after, '')) > $longest THEN null ELSE e.after END AS after
  ORDER BY seq DESC LIMIT 5000`;

/**
 * Of each conflict the newest change since that edited the field, made the record anew, removed it, or edited what hangs on it; null
 * where nobody knows, since it was purged.
 */
export async function laterChanges(
  graph: Reads,
  ways: readonly InTheWay[],
  sight: LogSight,
): Promise<(ChangeCard | null)[]> {
  const rows = ways.flatMap(soughtFor);
  if (rows.length === 0) return ways.map(() => null);
  const newest = new Map<number, number>();
  for (const { place, seq, after } of await graph.read(LATER, { rows, longest: LONGEST_READ })) {
    const at = Number(place);
    if (!newest.has(at) && isOf(ways[at]?.field ?? null, after)) newest.set(at, Number(seq));
  }
  const found = await changesBySeq(graph, [...new Set(newest.values())], sight);
  const bySeq = new Map(found.map((change) => [change.seq, change]));
  return ways.map((_, place) => bySeq.get(newest.get(place) ?? -1) ?? null);
}

function soughtFor(way: InTheWay, place: number) {
  const sought = way.field === null ? '' : `"${way.field}":`;
  return editedIn(way).map((id) => ({ place, id, sought, since: way.since, made: way.rule === 'EXISTS' }));
}

function editedIn({ rule, recordId, dependents }: InTheWay): readonly string[] {
  if (rule === 'PURGED') return [];
  return rule === 'DEPENDENTS' ? dependents.slice(0, MOST_DEPENDENTS) : [recordId];
}

/** The name of a field may also stand within another: that of a person within their aliases. */
function isOf(field: string | null, after: unknown): boolean {
  return field === null || typeof after !== 'string' || field in (JSON.parse(after) as object);
}
