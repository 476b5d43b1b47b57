import type { ProjectedRelationship, Standing } from '../domain/evidence.js';
import type { Relationship } from '../domain/records.js';
import { KINDS } from '../domain/words.js';
import type { Reads, Row } from '../graph/graph.js';
import { distinct, inOrderOf } from './page.js';
import { personOf, type StoredPerson } from './person.js';
import { decode } from './records.js';

/** A relationship as kept, with both parties and what its claims add up to. */
export interface StoredRelationship extends Relationship {
  revision: number;
  standing: Standing;
  shown: Pick<ProjectedRelationship, 'standing' | 'contested' | 'stretches' | 'denials'>;
  /** The people of `a` and `b`, in this order. */
  parties: [StoredPerson, StoredPerson];
}

/** The relationship of a node's properties and of its two parties, in whichever order. */
export function relationshipOf(properties: Row, parties: [StoredPerson, StoredPerson]): StoredRelationship {
  const record = decode('Relationship', properties);
  const [one, other] = parties;
  return {
    ...record,
    revision: Number(properties.revision),
    standing: Number(properties.standing) as Standing,
    shown: JSON.parse(String(properties.shown)) as StoredRelationship['shown'],
    parties: one.id === record.a ? [one, other] : [other, one],
  };
}

/** The relationship of a row that holds it beside `a` and `b`. */
export function relationshipOfRow({ relationship, a, b }: Row): StoredRelationship {
  return relationshipOf(relationship as Row, [personOf(a as Row), personOf(b as Row)]);
}

/**
 * The relationship first, then its parties: in one step, a plan that Neo4j makes while it knows of few nodes pairs all people with each
 * other, and it keeps the plan.
 */
const BY_ID = `/* relationships */ UNWIND $keys AS key
MATCH (:Relationship {id: key})-[:MERGED_INTO*0..]->(r:Relationship) WHERE r.mergedInto IS NULL
WITH key, r, r.a AS one, r.b AS other
MATCH (a:Person {id: one}) MATCH (b:Person {id: other})
RETURN key, r {.*} AS relationship, a {.*} AS a, b {.*} AS b`;

/** Relationships by id; what was merged is answered by its survivor. Not gated. */
export async function relationships(graph: Reads, ids: readonly string[]): Promise<(StoredRelationship | null)[]> {
  const keys = distinct(ids);
  if (keys.length === 0) return ids.map(() => null);
  return inOrderOf(ids, await graph.read(BY_ID, { keys }), relationshipOfRow);
}

const BETWEEN = `/* relationshipsBetween */ UNWIND $pairs AS pair
MATCH (:Person {id: pair.one})-[:MERGED_INTO*0..]->(p:Person) WHERE p.mergedInto IS NULL
MATCH (:Person {id: pair.other})-[:MERGED_INTO*0..]->(q:Person) WHERE q.mergedInto IS NULL
WITH pair, p, q, CASE WHEN p.id < q.id THEN p.id + '|' + q.id ELSE q.id + '|' + p.id END AS both
UNWIND $kinds AS kind
WITH pair, p, q, kind + '|' + both AS pairKey
MATCH (r:Relationship {pairKey: pairKey})
RETURN pair.key AS key, r {.*} AS relationship, p {.*} AS a, q {.*} AS b`;

/** All relationships of each pair of person ids, by kind in the order of `KINDS`; ids of merged people mean the survivors. Not gated. */
export async function relationshipsBetween(
  graph: Reads,
  pairs: readonly (readonly [string, string])[],
): Promise<StoredRelationship[][]> {
  const keyed = pairs.map(([one, other]) => ({ key: `${one}|${other}`, one, other }));
  const asked = [...new Map(keyed.map((pair) => [pair.key, pair])).values()].filter(
    ({ one, other }) => one !== '' && other !== '',
  );
  if (asked.length === 0) return pairs.map(() => []);
  const rows = await graph.read(BETWEEN, { pairs: asked, kinds: [...KINDS] });
  return keyed.map(({ key }) =>
    rows
      .filter((row) => row.key === key)
      .map(relationshipOfRow)
      .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind)),
  );
}
