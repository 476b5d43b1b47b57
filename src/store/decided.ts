import type { Reads, Row } from '../graph/graph.js';
import { type Stored, storedOf } from './load.js';

const CITATIONS =
  '/* citationsToDecide */ UNWIND $ids AS id MATCH (c:Claim {id: id})-[:HAS]->(t:Citation) RETURN t {.*} AS props ORDER BY t.id';

/** All citations of these claims with their revisions, whatever their verdicts. */
export async function citationsToDecide(graph: Reads, claims: readonly string[]): Promise<Stored<'Citation'>[]> {
  if (claims.length === 0) return [];
  const rows = await graph.read(CITATIONS, { ids: [...claims] });
  return rows.map(({ props }) => storedOf<'Citation'>('Citation', props as Row));
}

const LAST_EDITS = `/* lastEdits */ UNWIND $ids AS id MATCH (e:Edit {recordId: id})<-[:MADE]-(c:Change)
  RETURN id, c.seq AS seq, c.actor AS actor, c.at AS at`;

/** Who edited each of these records last, and when. */
export async function lastEdits(
  graph: Reads,
  ids: readonly string[],
): Promise<Map<string, { actor: string; at: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await graph.read(LAST_EDITS, { ids: [...ids] });
  const sorted = rows.sort((a, b) => Number(a.seq) - Number(b.seq));
  return new Map(sorted.map(({ id, actor, at }) => [String(id), { actor: String(actor), at: String(at) }]));
}

const CONTRADICTION = '/* contradictionOf */ MATCH (k:Contradiction {id: $id}) RETURN k.resolution AS resolution';

/** The resolution that answers a contradiction and holds, null while it is open; undefined where there is no such contradiction. */
export async function resolutionOf(graph: Reads, id: string): Promise<string | null | undefined> {
  const [row] = await graph.read(CONTRADICTION, { id });
  return row === undefined ? undefined : ((row.resolution ?? null) as string | null);
}
