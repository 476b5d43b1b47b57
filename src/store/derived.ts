import type { Concern } from '../domain/concern.js';
import type { Derived, Link } from '../domain/derived.js';
import type { FoundContradiction } from '../domain/evidence.js';
import type { RecordType } from '../domain/words.js';
import type { Row, Transaction } from '../graph/graph.js';
import { runRows, UPDATE } from './save.js';

/** Derived properties of one node, beside those that it has now. */
export interface DerivedNode {
  type: RecordType;
  id: string;
  stored: Row;
  derived: Derived;
}

/** Writes derived properties where they differ from what is stored. */
export async function saveDerived(transaction: Transaction, nodes: readonly DerivedNode[]): Promise<void> {
  const changed = nodes.filter(({ stored, derived }) => differs(stored, derived));
  // What no two may share is given up first, for its owner may be the next in line.
  const freed = changed
    .filter(({ stored: { pairKey = null }, derived }) => pairKey !== null && pairKey !== derived.pairKey)
    .map(({ id }) => ({ id, props: { pairKey: null } }));
  await runRows(transaction, UPDATE.Relationship, freed);
  for (const type of new Set(changed.map((node) => node.type))) {
    const rows = changed.filter((node) => node.type === type).map(({ id, derived }) => ({ id, props: derived }));
    await runRows(transaction, UPDATE[type], rows);
  }
}

/** Whether any derived property is another than the stored one; a property that is not there is null. */
export function differs(stored: Row, derived: Derived): boolean {
  return Object.entries(derived).some(([key, value]) => (stored[key] ?? null) !== value);
}

const ERASE_LINK =
  '/* eraseLinks */ UNWIND $rows AS row MATCH (a:Person {id: row.from})-[l:LINKED {periodId: row.periodId}]->(:Person) DELETE l';
const DRAW_LINK =
  '/* drawLinks */ UNWIND $rows AS row MATCH (a:Person {id: row.from}) MATCH (b:Person {id: row.to}) CREATE (a)-[l:LINKED]->(b) SET l = row.props';

/** Replaces `LINKED` edges: `erased` and `drawn` are of the periods whose numbers changed. */
export async function saveLinks(
  transaction: Transaction,
  erased: readonly Link[],
  drawn: readonly Link[],
): Promise<void> {
  await runRows(
    transaction,
    ERASE_LINK,
    erased.map(({ from, props }) => ({ from, periodId: props.periodId })),
  );
  await runRows(
    transaction,
    DRAW_LINK,
    drawn.map(({ from, to, props }) => ({ from, to, props })),
  );
}

const ERASE_CONCERN =
  '/* eraseConcerns */ UNWIND $rows AS row MATCH (c:Claim {id: row.claim})-[e:CONCERNS]->(p:Person {id: row.person}) DELETE e';
const DRAW_CONCERN =
  '/* drawConcerns */ UNWIND $rows AS row MATCH (c:Claim {id: row.claim}) MATCH (p:Person {id: row.person}) CREATE (c)-[e:CONCERNS]->(p) SET e.needed = row.needed';

/** Makes the `CONCERNS` edges of each claim exactly those to `people`; `now` is what they are already. */
export async function saveConcerns(
  transaction: Transaction,
  claims: readonly { claim: string; now: readonly Concern[]; people: readonly Concern[] }[],
): Promise<void> {
  const missing = (from: readonly Concern[], to: readonly Concern[]) =>
    to.filter((one) => !from.some(({ person, needed }) => person === one.person && needed === one.needed));
  const rows = (pick: (claim: (typeof claims)[number]) => Concern[]) =>
    claims.flatMap((each) => pick(each).map(({ person, needed }) => ({ claim: each.claim, person, needed })));
  await runRows(
    transaction,
    ERASE_CONCERN,
    rows(({ now, people }) => missing(people, now)),
  );
  await runRows(
    transaction,
    DRAW_CONCERN,
    rows(({ now, people }) => missing(now, people)),
  );
}

const CONTRADICTIONS_OF =
  '/* contradictionsOfClaims */ UNWIND $ids AS id MATCH (c:Claim {id: id})<-[:BETWEEN]-(k:Contradiction) RETURN DISTINCT k {.*} AS props';
const ERASE_CONTRADICTION =
  '/* eraseContradictions */ UNWIND $rows AS row MATCH (k:Contradiction {id: row.id}) DETACH DELETE k';
const DRAW_CONTRADICTION = `/* drawContradictions */ UNWIND $rows AS row
  MATCH (a:Claim {id: row.a}) MATCH (b:Claim {id: row.b})
  CREATE (k:Contradiction) SET k = row.props CREATE (k)-[:BETWEEN]->(a) CREATE (k)-[:BETWEEN]->(b)`;

/** The properties of a contradiction's node. */
export function contradictionProps({ id, type, subject, field, claims, resolution }: FoundContradiction): Row {
  return { id, type, subject, field, claims: [...claims], resolution };
}

/** The contradictions of any of these claims as they are stored. */
export async function storedContradictions(transaction: Transaction, claims: readonly string[]): Promise<Row[]> {
  if (claims.length === 0) return [];
  return (await transaction.read(CONTRADICTIONS_OF, { ids: [...claims] })).map(({ props }) => props as Row);
}

/** Makes `stored` contradictions exactly the ones found. */
export async function saveContradictions(
  transaction: Transaction,
  stored: readonly Row[],
  found: readonly FoundContradiction[],
): Promise<void> {
  const textOf = ({ id, type, subject, field, resolution }: Row) =>
    [id, type, subject, field, resolution ?? ''].join('|');
  const fresh = found.map(contradictionProps);
  const was = new Set(stored.map(textOf));
  const is = new Set(fresh.map(textOf));
  const gone = stored.filter((props) => !is.has(textOf(props))).map(({ id }) => ({ id: id ?? null }));
  await runRows(transaction, ERASE_CONTRADICTION, gone);
  const drawn = fresh.filter((props) => !was.has(textOf(props)));
  await runRows(
    transaction,
    DRAW_CONTRADICTION,
    drawn.map((props) => ({
      props,
      a: (props.claims as string[])[0] ?? null,
      b: (props.claims as string[])[1] ?? null,
    })),
  );
}
