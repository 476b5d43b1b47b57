import type { ProjectedPerson } from '../domain/evidence.js';
import type { GateCard } from '../domain/gate.js';
import { type Person, typeOfId } from '../domain/records.js';
import type { Reads, Row } from '../graph/graph.js';
import { distinct, inOrderOf } from './page.js';
import { decode } from './records.js';

/** A person as kept, with what the gate looks at and what the claims about them add up to. */
export interface StoredPerson extends Person, GateCard {
  /** `seq` of the last change that edited the record. */
  revision: number;
  /** The key by which people are paged: folded name, a bar, the id. */
  sort: string;
  shown: Omit<ProjectedPerson, 'contradictions'>;
}

/** The person of a node's properties. */
export function personOf(properties: Row): StoredPerson {
  return {
    ...decode('Person', properties),
    gate: Number(properties.gate),
    floor: Number(properties.floor),
    adultFrom: Number(properties.adultFrom),
    revision: Number(properties.revision),
    sort: String(properties.sort),
    shown: JSON.parse(String(properties.shown)) as StoredPerson['shown'],
  };
}

const survivors = (key: 'id' | 'slug') =>
  `/* people by ${key} */ UNWIND $keys AS key
MATCH (:Person {${key}: key})-[:MERGED_INTO*0..]->(p:Person) WHERE p.mergedInto IS NULL
RETURN key, p {.*} AS person`;

const BY_ID = survivors('id');
const BY_SLUG = survivors('slug');

/** People by id or slug, mixed; whoever was merged is answered by the survivor. Not gated. One statement each for ids and slugs. */
export async function people(graph: Reads, refs: readonly string[]): Promise<(StoredPerson | null)[]> {
  const keys = distinct(refs);
  const isId = (ref: string) => typeOfId(ref) !== null;
  const groups = [
    [BY_ID, keys.filter(isId)],
    [BY_SLUG, keys.filter((ref) => !isId(ref))],
  ] as const;
  const rows = await Promise.all(
    groups.filter(([, some]) => some.length > 0).map(([statement, some]) => graph.read(statement, { keys: some })),
  );
  return inOrderOf(refs, rows.flat(), ({ person }) => personOf(person as Row));
}

const BY_EXTERNAL_ID = `/* peopleByExternalId */ MATCH (n:Person) WHERE any(known IN n.externalIds WHERE known IN $keys)
MATCH (n)-[:MERGED_INTO*0..]->(p:Person) WHERE p.mergedInto IS NULL
RETURN n.externalIds AS known, p {.*} AS person`;

/** People by external id (`wikidata:Q186304`); survivors. Not gated. Reads every person: no engine here has an index over lists. */
export async function peopleByExternalId(graph: Reads, ids: readonly string[]): Promise<(StoredPerson | null)[]> {
  const keys = distinct(ids);
  if (keys.length === 0) return ids.map(() => null);
  const rows = await graph.read(BY_EXTERNAL_ID, { keys });
  const byKey = rows.flatMap(({ known, person }) => (known as string[]).map((key) => ({ key, person }) as Row));
  return inOrderOf(ids, byKey, ({ person }) => personOf(person as Row));
}

const MERGED_SINCE =
  '/* mergedSince */ MATCH (p:Person {id: $id})<-[:MERGED_INTO]-(o:Person) WHERE o.revision > $seq RETURN o.id AS id LIMIT 1';

/** Whether somebody was merged into a person after the change with this number. */
export async function mergedSince(graph: Reads, id: string, seq: number): Promise<boolean> {
  return (await graph.read(MERGED_SINCE, { id, seq })).length > 0;
}
