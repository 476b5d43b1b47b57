import type { Change, Edit } from '../domain/change.js';
import { groupBy } from '../domain/group.js';
import { typeOfId } from '../domain/records.js';
import type { RecordType } from '../domain/words.js';
import type { Reads, Row } from '../graph/graph.js';
import { changeOf, editOf } from './change.js';
import { distinct, inOrderOf } from './page.js';

/** A change without its edits: those are read in pages of their own, for an import makes thousands in one. */
export type ChangeCard = Omit<Change, 'edits'>;

/** Whom the viewer sees at most, as `Sight` says; below that, what touches people who are REMOVED is withheld. */
export interface LogSight {
  level: number;
}

/** For an edit `e`: whoever it touches, or what they have been merged into, is not REMOVED for this viewer. */
export const EDIT_GATE = `($level >= 2 OR COUNT {
  MATCH (e)-[:TOUCHES]->(:Person)-[:MERGED_INTO*0..]->(x:Person) WHERE x.gate = 2 } = 0)`;

/** What a change `c` shows; its note is withheld with the edits that it may speak of. */
export const CHANGE_CARD = `change: c {.*}, withheld: CASE WHEN $level >= 2 OR c.note IS NULL THEN 0 ELSE COUNT {
  MATCH (c)-[:MADE]->(:Edit)-[:TOUCHES]->(:Person)-[:MERGED_INTO*0..]->(x:Person) WHERE x.gate = 2 } END`;

export function changeCardOf({ change, withheld }: Row): ChangeCard {
  const { edits: _, ...card } = changeOf(change as Row, []);
  return Number(withheld) > 0 ? { ...card, note: null } : card;
}

const BY_SEQ = `/* changesBySeq */ UNWIND $seqs AS key MATCH (c:Change {seq: key}) RETURN key, {${CHANGE_CARD}} AS found`;

/** Changes by their numbers, in the order of these; a number that no change has is left out. */
export async function changesBySeq(graph: Reads, seqs: readonly number[], sight: LogSight): Promise<ChangeCard[]> {
  if (seqs.length === 0) return [];
  const rows = await graph.read(BY_SEQ, { seqs: [...seqs], level: sight.level });
  const found = new Map(rows.map((row) => [Number(row.key), changeCardOf(row.found as Row)]));
  return seqs.flatMap((seq) => found.get(seq) ?? []);
}

const BY_ID = `/* changes */ UNWIND $keys AS key MATCH (c:Change {id: key}) RETURN key, {${CHANGE_CARD}} AS found`;

export async function changes(graph: Reads, ids: readonly string[], sight: LogSight): Promise<(ChangeCard | null)[]> {
  const keys = distinct(ids);
  if (keys.length === 0) return ids.map(() => null);
  return inOrderOf(ids, await graph.read(BY_ID, { keys, level: sight.level }), ({ found }) =>
    changeCardOf(found as Row),
  );
}

const UNDOING = `/* undoings */ UNWIND $keys AS key MATCH (c:Change {undoes: key}) RETURN key, {${CHANGE_CARD}} AS found`;

/** Of each change the newest that took it back, or null; that one may itself have been taken back since. */
export async function undoings(graph: Reads, ids: readonly string[], sight: LogSight): Promise<(ChangeCard | null)[]> {
  const keys = distinct(ids);
  if (keys.length === 0) return ids.map(() => null);
  const rows = await graph.read(UNDOING, { keys, level: sight.level });
  const found = rows.map(({ found }) => changeCardOf(found as Row)).sort((a, b) => a.seq - b.seq);
  const newest = new Map(found.map((change) => [change.undoes, change]));
  return ids.map((id) => newest.get(id) ?? null);
}

/** An edit with its place among those of its change. */
export interface PlacedEdit extends Edit {
  place: number;
}

const EDITS = `/* editsOf */ UNWIND $keys AS key MATCH (c:Change {id: key})
CALL (c) {
  MATCH (c)-[:MADE]->(e:Edit) WHERE ${EDIT_GATE}
  WITH e ORDER BY e.place SKIP $skip LIMIT $first
  RETURN collect(e {.*}) AS rows
}
RETURN key, rows`;

/**
 * A page of the edits of each change that this viewer may see, in the order of the change. Places count those edits alone, from 0: a gap
 * would tell how much is withheld.
 */
export async function editsOf(
  graph: Reads,
  changeIds: readonly string[],
  { first, after }: { first: number; after: number },
  sight: LogSight,
): Promise<PlacedEdit[][]> {
  const keys = distinct(changeIds);
  if (keys.length === 0 || first < 1) return changeIds.map(() => []);
  const skip = Math.max(0, after + 1);
  const rows = await graph.read(EDITS, { keys, first, skip, level: sight.level });
  const inOrder = (row: Row) => [...(row.rows as Row[])].sort((a, b) => Number(a.place) - Number(b.place));
  const lists = inOrderOf(changeIds, rows, (row) =>
    inOrder(row).map((edit, at) => ({ ...editOf(edit), place: skip + at })),
  );
  return lists.map((list) => list ?? []);
}

const COUNT_EDITS = `/* countEditsOf */ UNWIND $keys AS key MATCH (c:Change {id: key})
CALL (c) { MATCH (c)-[:MADE]->(e:Edit) WHERE ${EDIT_GATE} RETURN count(e) AS found }
RETURN key, found`;

export async function countEditsOf(graph: Reads, changeIds: readonly string[], sight: LogSight): Promise<number[]> {
  const keys = distinct(changeIds);
  if (keys.length === 0) return changeIds.map(() => 0);
  const counts = inOrderOf(changeIds, await graph.read(COUNT_EDITS, { keys, level: sight.level }), ({ found }) =>
    Number(found),
  );
  return counts.map((count) => count ?? 0);
}

const WITHHELD = `/* recordsWithheld */ UNWIND $ids AS id
  MATCH (:Edit {recordId: id})-[:TOUCHES]->(:Person)-[:MERGED_INTO*0..]->(x:Person) WHERE x.gate = 2 RETURN DISTINCT id`;

/** Those of these records of whose edits this viewer learns nothing: they touch somebody who is REMOVED. */
export async function recordsWithheld(graph: Reads, ids: readonly string[], sight: LogSight): Promise<Set<string>> {
  if (sight.level >= 2) return new Set();
  const rows = await graph.read(WITHHELD, { ids: [...ids] });
  return new Set(rows.map(({ id }) => String(id)));
}

/** What hangs on a record `s`, whose edits are part of its history; of a person it is what touches them. */
const HANGING: Record<Exclude<RecordType, 'Person'> | 'Contradiction', string> = {
  Relationship: `MATCH (s:Relationship {id: key}) RETURN key, [s.id] + [(s)-[:HAS_PERIOD]->(d:Period) | d.id]
    + [(s)<-[:ABOUT]-(c:Claim) | c.id] + [(s)<-[:ABOUT]-(c:Claim)-[:HAS]->(t:Citation) | t.id] + [(s)<-[:ABOUT]-(c:Claim)<-[:ON]-(o:Resolution) | o.id]
    + [(s)-[:HAS_PERIOD]->(:Period)<-[:ABOUT]-(c:Claim) | c.id] + [(s)-[:HAS_PERIOD]->(:Period)<-[:ABOUT]-(c:Claim)-[:HAS]->(t:Citation) | t.id]
    + [(s)-[:HAS_PERIOD]->(:Period)<-[:ABOUT]-(c:Claim)<-[:ON]-(o:Resolution) | o.id] AS ids`,
  Period: `MATCH (s:Period {id: key}) RETURN key, [s.id] + [(s)<-[:ABOUT]-(c:Claim) | c.id]
    + [(s)<-[:ABOUT]-(c:Claim)-[:HAS]->(t:Citation) | t.id] + [(s)<-[:ABOUT]-(c:Claim)<-[:ON]-(o:Resolution) | o.id] AS ids`,
  Event: `MATCH (s:Event {id: key}) RETURN key, [s.id] + [(s)<-[:ABOUT]-(c:Claim) | c.id]
    + [(s)<-[:ABOUT]-(c:Claim)-[:HAS]->(t:Citation) | t.id] + [(s)<-[:ABOUT]-(c:Claim)<-[:ON]-(o:Resolution) | o.id] AS ids`,
  Article: 'MATCH (s:Article {id: key}) RETURN key, [s.id] + [(s)<-[:`IN`]-(t:Citation) | t.id] AS ids',
  Claim:
    'MATCH (s:Claim {id: key}) RETURN key, [s.id] + [(s)-[:HAS]->(t:Citation) | t.id] + [(s)<-[:ON]-(o:Resolution) | o.id] AS ids',
  Citation: 'MATCH (s:Citation {id: key}) RETURN key, [s.id] AS ids',
  Resolution: 'MATCH (s:Resolution {id: key}) RETURN key, [s.id] AS ids',
  Contradiction: `MATCH (s:Contradiction {id: key}) RETURN key, [(s)-[:BETWEEN]->(c:Claim) | c.id]
    + [(s)-[:BETWEEN]->(c:Claim)-[:HAS]->(t:Citation) | t.id] + [(s)-[:BETWEEN]->(c:Claim)<-[:ON]-(o:Resolution) | o.id] AS ids`,
};

const EDITED = `/* historyOfRecords */ UNWIND $rows AS row MATCH (e:Edit {recordId: row.id})<-[:MADE]-(c:Change)
  WHERE c.seq < $before AND ${EDIT_GATE} RETURN DISTINCT row.key AS key, c.seq AS seq`;
const TOUCHED = `/* historyOfPeople */ UNWIND $keys AS key MATCH (p:Person {id: key})<-[:TOUCHES]-(e:Edit)<-[:MADE]-(c:Change)
  WHERE c.seq < $before AND ${EDIT_GATE} RETURN DISTINCT key, c.seq AS seq`;
/** Whatever touches both parties: also what hung on the relationship and is gone. */
const BOTH_TOUCHED = `/* historyOfCouples */ UNWIND $keys AS key MATCH (r:Relationship {id: key})
  MATCH (p:Person {id: r.a})<-[:TOUCHES]-(e:Edit)-[:TOUCHES]->(q:Person) WHERE q.id = r.b AND e.type <> 'Article' AND ${EDIT_GATE}
  MATCH (e)<-[:MADE]-(c:Change) WHERE c.seq < $before RETURN DISTINCT key, c.seq AS seq`;

/** The numbers of all changes in the history of each record before `before`, newest first. At most three statements a type. */
async function seqsOf(
  graph: Reads,
  ids: readonly string[],
  before: number,
  sight: LogSight,
): Promise<Map<string, number[]>> {
  const params = { before, level: sight.level };
  const read = async (type: keyof typeof HANGING | 'Person', keys: string[]): Promise<Row[]> => {
    if (type === 'Person') return graph.read(TOUCHED, { keys, ...params });
    const hanging = await graph.read(`/* recordsOf${type} */ UNWIND $keys AS key ${HANGING[type]}`, { keys });
    const rows = hanging.flatMap(({ key, ids: all }) =>
      distinct(all as string[]).map((id): Row => ({ key: key ?? null, id })),
    );
    const edited = rows.length === 0 ? [] : await graph.read(EDITED, { rows, ...params });
    return type === 'Relationship' ? [...edited, ...(await graph.read(BOTH_TOUCHED, { keys, ...params }))] : edited;
  };
  const groups = [...groupBy(distinct(ids), typeOf)];
  const found = await Promise.all(groups.map(([type, keys]) => (type === null ? [] : read(type, keys))));
  const byKey = groupBy(found.flat(), ({ key }) => String(key));
  return new Map(
    [...byKey].map(([key, rows]) => [key, [...new Set(rows.map(({ seq }) => Number(seq)))].sort((a, b) => b - a)]),
  );
}

function typeOf(id: string): keyof typeof HANGING | 'Person' | null {
  return id.startsWith('con_') ? 'Contradiction' : typeOfId(id);
}

/** A page of a history: changes before `before`, newest first. */
export interface HistoryPage {
  first: number;
  before: number;
}

/**
 * A page of the changes that edited each record or what hangs on it, newest first: for a person all that touches them, for a couple also
 * all that touches both.
 */
export async function historiesOf(
  graph: Reads,
  ids: readonly string[],
  { first, before }: HistoryPage,
  sight: LogSight,
): Promise<ChangeCard[][]> {
  const seqs = await seqsOf(graph, ids, before, sight);
  const pages = ids.map((id) => (seqs.get(id) ?? []).slice(0, first));
  const cards = await changesBySeq(graph, [...new Set(pages.flat())], sight);
  const bySeq = new Map(cards.map((change) => [change.seq, change]));
  return pages.map((page) => page.flatMap((seq) => bySeq.get(seq) ?? []));
}

/** How many changes before `before` the history of each record has. */
export async function countHistoriesOf(
  graph: Reads,
  ids: readonly string[],
  before: number,
  sight: LogSight,
): Promise<number[]> {
  const seqs = await seqsOf(graph, ids, before, sight);
  return ids.map((id) => seqs.get(id)?.length ?? 0);
}
