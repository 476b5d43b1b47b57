import { groupBy } from '../domain/group.js';
import type { Reads } from '../graph/graph.js';
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
  return ids.map((id) =>
    (rows.get(id) ?? [])
      .map(({ seq, at, actor }) => ({ seq: Number(seq), at: String(at), actor: String(actor) }))
      .sort((a, b) => b.seq - a.seq),
  );
}
