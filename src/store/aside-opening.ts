import { groupBy } from '../domain/group.js';
import type { Graph, Reads } from '../graph/graph.js';
import { distinct } from './page.js';

/** That somebody has a claim open: a courtesy to whoever else would decide it, and no lock. */
export interface Opening {
  name: string;
  /** Milliseconds since 1970-01-01T00:00Z. */
  at: number;
}

/** How long a claim counts as open, milliseconds. */
export const OPEN_MS = 10 * 60 * 1000;

const FORGET = '/* forgetOpenings */ MATCH (o:Opening) WHERE o.at <= $over DELETE o';
const OPEN = '/* openClaim */ MERGE (o:Opening {id: $id}) SET o.claim = $claim, o.name = $name, o.at = $now';

/** Notes who opens a claim, anew where they have it open already, and forgets what is over. In no history. */
export function noteOpening(graph: Graph, claim: string, name: string, now: number): Promise<void> {
  return graph.write(async (transaction) => {
    await transaction.run(FORGET, { over: now - OPEN_MS });
    await transaction.run(OPEN, { id: `${claim} ${name}`, claim, name, now });
  });
}

const OPENINGS =
  '/* openingsOf */ UNWIND $keys AS key MATCH (o:Opening {claim: key}) RETURN key, o.name AS name, o.at AS at';

/** Who has opened each of these claims, the latest first, be it over or not. */
export async function openingsOf(graph: Reads, claims: readonly string[]): Promise<Opening[][]> {
  const keys = distinct(claims);
  if (keys.length === 0) return claims.map(() => []);
  const rows = groupBy(await graph.read(OPENINGS, { keys }), ({ key }) => key);
  return claims.map((id) =>
    (rows.get(id) ?? [])
      .map(({ name, at }) => ({ name: String(name), at: Number(at) }))
      .sort((a, b) => b.at - a.at || (a.name < b.name ? -1 : 1)),
  );
}
