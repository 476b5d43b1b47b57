import type { Applied } from '../domain/change.js';
import type { CitedClaim, FoundContradiction, ProjectedPeriod } from '../domain/evidence.js';
import { UNBOUNDED } from '../domain/interval.js';
import {
  answeredOverlaps,
  type Marriage,
  marriagesOf,
  overlapContradictions,
  overlaps,
} from '../domain/marriage-overlap.js';
import type { Reads, Row, Transaction } from '../graph/graph.js';
import { answeredFor, citedClaims } from './answered.js';
import type { SubjectClaims } from './derive-claims.js';
import type { DerivedRelationship } from './derive-relationship.js';
import { saveContradictions, storedContradictions } from './derived.js';

/**
 * Makes the contradictions of what was derived exactly the ones found. Each is told of one subject, and found whenever that is
 * derived; one between marriages whenever either is.
 */
export async function deriveContradictions<C extends CitedClaim>(
  transaction: Transaction,
  subjects: readonly SubjectClaims<C>[],
  relationships: readonly DerivedRelationship<C>[],
  applied: readonly Applied[],
): Promise<void> {
  const all = [...subjects, ...relationships];
  const found = [...all.flatMap((each) => each.found), ...(await overlapsOf(transaction, relationships))];
  const stored = await storedContradictions(
    transaction,
    all.flatMap(({ claims }) => claims.map(({ claim }) => claim.id)),
  );
  const derived = new Set([...all.flatMap((each) => each.subjects), ...applied.map(({ edit }) => edit.recordId)]);
  const ofPairs = new Set(relationships.flatMap(({ claims }) => claims.map(({ claim }) => claim.id)));
  const foundAgain = ({ type, subject, claims }: Row) =>
    type === 'MARRIAGE_OVERLAP'
      ? (claims as string[]).some((claim) => ofPairs.has(claim))
      : derived.has(String(subject));
  await saveContradictions(transaction, stored.filter(foundAgain), found);
}

const BESIDE = `/* marriagesBeside */ UNWIND $rows AS row MATCH (p:Person {id: row.person})-[l:LINKED]-(:Person)
  WHERE l.type = 'MARRIED' AND l.standing >= 2 AND l.relationshipId <> row.relationship
    AND l.startMax < row.endMin AND l.endMin > row.startMax
  RETURN DISTINCT row.period AS period, l.periodId AS beside`;
const MARRIAGES = `/* marriagesById */ UNWIND $ids AS id MATCH (d:Period {id: id}) RETURN d {.id, .relationship, .shown} AS props`;

/**
 * The contradictions between these marriages and all others of their parties: one statement that asks every party for what
 * overlaps, and a few more where something does.
 */
async function overlapsOf<C extends CitedClaim>(
  graph: Reads,
  relationships: readonly DerivedRelationship<C>[],
): Promise<FoundContradiction[]> {
  const own = relationships.flatMap((each) => each.marriages.map((marriage) => ({ marriage, people: each.people })));
  const rows = own
    .filter(({ marriage: { bounds } }) => bounds.startMax < UNBOUNDED && bounds.endMin > -UNBOUNDED)
    .flatMap(({ marriage: { period, relationship, bounds }, people }) =>
      people.map((person) => ({ person, period, relationship, startMax: bounds.startMax, endMin: bounds.endMin })),
    );
  const beside = rows.length === 0 ? [] : await graph.read(BESIDE, { rows });
  if (beside.length === 0) return [];
  const ids = new Set(beside.flatMap((row) => [String(row.period), String(row.beside)]));
  const marriages = new Map((await marriagesById(graph, [...ids])).map((each) => [each.period, each]));
  const pairs = new Map<string, readonly [Marriage, Marriage]>();
  for (const row of beside) {
    const [a, b] = [marriages.get(String(row.period)), marriages.get(String(row.beside))];
    if (a && b && overlaps(a, b)) pairs.set([a.period, b.period].sort().join('|'), [a, b]);
  }
  const found = [...pairs.values()];
  return answeredOverlaps(found, await deskOf(graph, found));
}

/** What `answeredOverlaps` looks up: the claims that make these pairs overlap, and what is answered of them. */
async function deskOf(graph: Reads, pairs: readonly (readonly [Marriage, Marriage])[]) {
  const makers = overlapContradictions(pairs, new Map()).flatMap(({ claims }) => claims);
  const cited = new Map((await citedClaims(graph, makers)).map((each) => [each.claim.id, each]));
  return { cited: (id: string) => cited.get(id), answered: await answeredFor(graph, [...cited.values()]) };
}

/** Marriages by the ids of their periods, as they are stored. */
export async function marriagesById(graph: Reads, ids: readonly string[]): Promise<Marriage[]> {
  const rows = await graph.read(MARRIAGES, { ids: [...ids] });
  return rows.flatMap(({ props }) => {
    const { relationship, shown } = props as Row;
    return marriagesOf(String(relationship), [JSON.parse(String(shown)) as ProjectedPeriod]);
  });
}
