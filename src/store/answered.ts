import type { Answered } from '../domain/answered.js';
import { answeredOf } from '../domain/answered.js';
import type { CitedClaim } from '../domain/evidence.js';
import { groupBy } from '../domain/group.js';
import type { Resolution } from '../domain/records.js';
import type { Reads, Row } from '../graph/graph.js';
import { citationsOf, citedOf } from './evidence.js';
import { ESSENTIAL_ROLES } from './gate.js';
import { storedOf } from './load.js';

const RESOLUTIONS =
  '/* resolutionsOnClaims */ UNWIND $ids AS id MATCH (c:Claim {id: id})<-[:ON]-(r:Resolution) RETURN DISTINCT r {.*} AS props';
const CLAIMS = `/* claimsElsewhere */ UNWIND $ids AS id MATCH (c:Claim {id: id})
  RETURN c {.*} AS props, [(c)-[:ABOUT]->(n:Event)<-[t:TOOK_PART]-(x:Person) WHERE t.role IN [${ESSENTIAL_ROLES}] | x.id] AS essential`;

/**
 * What has been answered about each of these subjects' claims, read for all at once: one statement where no resolution reaches
 * beyond them, one more for each step from claim to claim, and two for the claims elsewhere.
 */
export async function answeredFor<C extends CitedClaim>(
  graph: Reads,
  claims: readonly C[],
): Promise<(of: readonly CitedClaim[]) => Answered> {
  const known = new Map<string, CitedClaim>(claims.map((cited) => [cited.claim.id, cited]));
  const found = new Map<string, Resolution>();
  const elsewhere = new Set<string>();
  for (let next = [...known.keys()]; next.length > 0; ) {
    for (const { props } of await graph.read(RESOLUTIONS, { ids: next })) {
      const { record } = storedOf<'Resolution'>('Resolution', props as Row);
      found.set(record.id, record);
    }
    const named = [...found.values()].flatMap((resolution) => resolution.claims);
    next = [...new Set(named)].filter((id) => !known.has(id) && !elsewhere.has(id));
    for (const id of next) elsewhere.add(id);
  }
  for (const cited of await citedClaims(graph, [...elsewhere])) known.set(cited.claim.id, cited);
  const byClaim = groupBy(
    [...found.values()].flatMap((resolution) => resolution.claims.map((claim) => ({ claim, resolution }))),
    ({ claim }) => claim,
  );
  return (of) =>
    answeredOf(of, {
      resolutionsOn: (claim) => (byClaim.get(claim) ?? []).map(({ resolution }) => resolution),
      cited: (claim) => known.get(claim),
    });
}

/** Claims by id with all their citations; ids that nobody has are left out. Two statements. */
export async function citedClaims(graph: Reads, ids: readonly string[]): Promise<CitedClaim[]> {
  if (ids.length === 0) return [];
  const rows = await graph.read(CLAIMS, { ids: [...ids] });
  const claims = rows.map(({ props, essential }) => ({
    ...storedOf<'Claim'>('Claim', props as Row),
    essential: essential as string[],
  }));
  const citations = await citationsOf(
    graph,
    claims.map(({ record }) => record.id),
  );
  return claims.map(({ record, essential }) => citedOf(record, citations.get(record.id) ?? [], essential));
}
