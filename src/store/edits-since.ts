import type { Edit } from '../domain/change.js';
import type { Undoable } from '../domain/roll-back.js';
import type { RecordType } from '../domain/words.js';
import { AppError } from '../errors.js';
import type { Reads, Row } from '../graph/graph.js';

/** Edits that are rolled back for one moment at most (design.md, section 5). */
export const MOST_EDITS = 5000;
/** Rows of a person's log that are looked through at most; creations are not among them. */
const MOST_TOUCHING = 20_000;

export interface EditSince extends Undoable {
  recordId: string;
}

const OF_RECORDS = `/* editsOfRecordsSince */ UNWIND $ids AS id MATCH (e:Edit {recordId: id})<-[:MADE]-(c:Change) WHERE c.seq > $seq
  RETURN id, e.before AS before, e.after IS NULL AS removed, e.place AS place, c.seq AS seq LIMIT $most`;
const COUNT =
  '/* countEditsSince */ UNWIND $ids AS id MATCH (e:Edit {recordId: id})<-[:MADE]-(c:Change) WHERE c.seq > $seq RETURN count(e) AS found';

/**
 * All edits of these records after a change, in no order.
 * @throws AppError TOO_COMPLEX with their number and the limit, if with `already` they are more than `MOST_EDITS`.
 */
export async function editsSince(graph: Reads, ids: readonly string[], seq: number, already = 0): Promise<EditSince[]> {
  if (ids.length === 0) return [];
  const most = MOST_EDITS - already;
  const rows = await graph.read(OF_RECORDS, { ids: [...ids], seq, most: most + 1 });
  if (rows.length > most) {
    const [row] = await graph.read(COUNT, { ids: [...ids], seq });
    throw tooMany(already + Number(row?.found), MOST_EDITS);
  }
  return rows.map((row) => ({
    recordId: String(row.id),
    before: JSON.parse(String(row.before ?? 'null')) as Edit['before'],
    removed: row.removed === true,
    place: Number(row.place),
    seq: Number(row.seq),
  }));
}

function tooMany(edits: number, limit: number): AppError {
  const message = `At least ${edits} edits would have to be rolled back; ask for a later moment, or for less.`;
  return new AppError('TOO_COMPLEX', message, { field: 'asOf', rule: 'AS_OF_EDITS', edits, limit });
}

/** A record with an edit whose `before` names some ids: it may have hung on one of them. */
export interface Named {
  recordId: string;
  type: RecordType;
  names: string[];
}

const TOUCHING = `/* editsTouchingSince */ UNWIND $ids AS id MATCH (p:Person {id: id})<-[:TOUCHES]-(e:Edit)<-[:MADE]-(c:Change)
  WHERE c.seq > $seq AND e.before IS NOT NULL
  RETURN id, e.recordId AS record, e.type AS type, CASE WHEN e.type = 'Article' THEN '' ELSE e.before END AS before LIMIT $most`;

/**
 * The records that were edited or removed after a change and touch these people, with the ids that their `before` names. An article
 * names the people that it touches.
 * @throws AppError TOO_COMPLEX where there are too many to look through.
 */
export async function namedInLogsOf(graph: Reads, people: readonly string[], seq: number): Promise<Named[]> {
  if (people.length === 0) return [];
  const rows = await graph.read(TOUCHING, { ids: [...people], seq, most: MOST_TOUCHING + 1 });
  if (rows.length > MOST_TOUCHING) throw tooMany(rows.length, MOST_TOUCHING);
  return rows.map(({ id, record, type, before }) => ({
    recordId: String(record),
    type: type as RecordType,
    names: type === 'Article' ? [String(id)] : idsIn(String(before)),
  }));
}

/** The ids that stand as values in a canonical JSON text. */
function idsIn(json: string): string[] {
  return [...json.matchAll(/"((?:per|rel|prd|evt|art|clm|cit|res)_[A-Za-z0-9]{1,60})"/g)].map(([, id]) => String(id));
}

/** What to look for in the whole log: an id, in the `before` of edits of some type. */
export interface Needle {
  id: string;
  type: RecordType;
}

const ANYWHERE = `/* editsNamingSince */ MATCH (c:Change) WHERE c.seq > $seq MATCH (c)-[:MADE]->(e:Edit)
  WHERE e.before IS NOT NULL AND any(n IN $needles WHERE e.type = n.type AND e.before CONTAINS n.quoted)
  RETURN DISTINCT e.recordId AS record, e.type AS type, [n IN $needles WHERE e.type = n.type AND e.before CONTAINS n.quoted | n.id] AS names LIMIT $most`;

/** The same over all edits since, whomever they touch. It reads the whole log from there: for the few ids whose people tell too little. */
export async function namedSince(graph: Reads, needles: readonly Needle[], seq: number): Promise<Named[]> {
  if (needles.length === 0) return [];
  const quoted = needles.map(({ id, type }): Row => ({ id, type, quoted: `"${id}"` }));
  const rows = await graph.read(ANYWHERE, { needles: quoted, seq, most: MOST_EDITS + 1 });
  if (rows.length > MOST_EDITS) throw tooMany(rows.length, MOST_EDITS);
  return rows.map(({ record, type, names }) => ({
    recordId: String(record),
    type: type as RecordType,
    names: names as string[],
  }));
}

const REVISIONS =
  '/* revisionsAt */ UNWIND $ids AS id MATCH (e:Edit {recordId: id})<-[:MADE]-(c:Change) WHERE c.seq <= $seq RETURN id, max(c.seq) AS revision';

/** The number of the last change to each record up to a change. */
export async function revisionsAt(graph: Reads, ids: readonly string[], seq: number): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await graph.read(REVISIONS, { ids: [...ids], seq });
  return new Map(rows.map(({ id, revision }) => [String(id), Number(revision)]));
}
