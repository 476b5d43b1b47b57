import type { Sight } from '../domain/gate.js';
import type { Reads, Row } from '../graph/graph.js';
import { gateParams, LINK_GATE, PERSON_GATE } from './gate.js';
import { compareTexts, distinct, inOrderOf } from './page.js';
import { personOf, type StoredPerson } from './person.js';

/** Most children that are read of one person. */
const MOST_CHILDREN = 200;

/** The link leads from parent to child. */
const OF_PEOPLE = `/* childrenOf */ UNWIND $keys AS key
MATCH (p:Person {id: key}) WHERE ${PERSON_GATE}
CALL (p) {
  MATCH (p)-[l:LINKED]->(q) WHERE l.kind = 'PARENT_CHILD' AND l.type <> 'STEP' AND ${LINK_GATE}
  WITH DISTINCT q
  WITH q ORDER BY q.sort LIMIT $most
  RETURN collect(q {.*}) AS rows
}
RETURN key, rows`;

/**
 * The children of each person by birth, adoption, or as nobody says how, REPORTED or better, by name; step-children are left out.
 * Minors are among them where the sight meets them by name (`hiddenAsMinor` says who). One statement.
 */
export async function childrenOf(graph: Reads, personIds: readonly string[], sight: Sight): Promise<StoredPerson[][]> {
  const keys = distinct(personIds);
  if (keys.length === 0) return personIds.map(() => []);
  const rows = await graph.read(OF_PEOPLE, { keys, most: MOST_CHILDREN, ...gateParams(sight, 2) });
  const lists = inOrderOf(personIds, rows, (row) =>
    (row.rows as Row[]).map(personOf).sort((a, b) => compareTexts(a.sort, b.sort)),
  );
  return lists.map((list) => list ?? []);
}
