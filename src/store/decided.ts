import type { FoundContradiction } from '../domain/evidence.js';
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

const CONTRADICTION = `/* contradictionNow */ MATCH (k:Contradiction {id: $id})
  RETURN k.type AS type, k.claims AS claims, k.resolution AS resolution`;

/** What kind of contradiction this is, between which claims, and the resolution that answers it and holds; null where there is none. */
export async function contradictionNow(
  graph: Reads,
  id: string,
): Promise<Pick<FoundContradiction, 'type' | 'claims' | 'resolution'> | null> {
  const [row] = await graph.read(CONTRADICTION, { id });
  if (row === undefined) return null;
  const { type, claims, resolution } = row;
  return {
    type: type as FoundContradiction['type'],
    claims: claims as [string, string],
    resolution: (resolution ?? null) as string | null,
  };
}
