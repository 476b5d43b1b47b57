import { groupBy } from '../domain/group.js';
import type { Reads, Row } from '../graph/graph.js';
import { distinct } from './page.js';

/** Who made a change, and when. */
export interface Made {
  seq: number;
  at: string;
  actor: string;
}

const RETURN = 'RETURN key, c.seq AS seq, c.at AS at, c.actor AS actor';
const EDITED = `/* changesOfRecords */ UNWIND $keys AS key MATCH (e:Edit {recordId: key})<-[:MADE]-(c:Change) ${RETURN}`;
// Canonical JSON has no spaces, and a quotation mark inside a text is escaped.
const ACCEPTED = `/* acceptances */ UNWIND $keys AS key MATCH (e:Edit {recordId: key})<-[:MADE]-(c:Change)
  WHERE e.after CONTAINS '"verdict":"ACCEPTED"' ${RETURN}`;

/** The changes that edited each record, newest first. */
export function changesOfRecords(graph: Reads, ids: readonly string[]): Promise<Made[][]> {
  return madeBy(graph, EDITED, ids);
}

/** The changes that accepted each claim, newest first. */
export function acceptancesOf(graph: Reads, claims: readonly string[]): Promise<Made[][]> {
  return madeBy(graph, ACCEPTED, claims);
}

async function madeBy(graph: Reads, statement: string, ids: readonly string[]): Promise<Made[][]> {
  const keys = distinct(ids);
  if (keys.length === 0) return ids.map(() => []);
  const rows = groupBy(await graph.read(statement, { keys }), ({ key }) => key);
  return ids.map((id) => (rows.get(id) ?? []).map(madeOf).sort(newestFirst));
}

/** A change that rejected a claim, with the verdict note that it left. */
export interface Rejected extends Made {
  note: string | null;
}

const IS_REJECTED = '"verdict":"REJECTED"';
const REJECTED = `/* rejectionsOf */ UNWIND $keys AS key MATCH (e:Edit {recordId: key})<-[:MADE]-(c:Change)
  WHERE e.after CONTAINS '${IS_REJECTED}' OR c.undoes IS NOT NULL ${RETURN}, c.id AS id, c.undoes AS undoes, e.after AS after`;

/** The changes that rejected each claim and were not taken back, newest first. */
export async function rejectionsOf(graph: Reads, claims: readonly string[]): Promise<Rejected[][]> {
  const keys = distinct(claims);
  if (keys.length === 0) return claims.map(() => []);
  const rows = groupBy(await graph.read(REJECTED, { keys }), ({ key }) => key);
  return claims.map((claim) => {
    const edits = rows.get(claim) ?? [];
    const undone = new Set(edits.map(({ undoes }) => undoes));
    return edits
      .filter(({ id, after }) => !undone.has(id) && String(after).includes(IS_REJECTED))
      .map((row) => ({ ...madeOf(row), note: noteIn(row.after) }))
      .sort(newestFirst);
  });
}

/** The verdict note that an edit left; none where it left the note as it was, which is null before the first decision. */
function noteIn(after: unknown): string | null {
  const { verdictNote = null } = JSON.parse(String(after)) as { verdictNote?: string | null };
  return verdictNote;
}

const madeOf = ({ seq, at, actor }: Row): Made => ({ seq: Number(seq), at: String(at), actor: String(actor) });

const newestFirst = (a: Made, b: Made): number => b.seq - a.seq;
