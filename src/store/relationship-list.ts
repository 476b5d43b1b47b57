import type { Sight } from '../domain/gate.js';
import type { Reads, Row } from '../graph/graph.js';
import { LINK_GATE } from './gate.js';
import { certaintyOf, compareCursors, type LinkEdge } from './link.js';
import {
  type Basis,
  basisOf,
  certainAs,
  filterParams,
  type LinkArgs,
  type LinkFilter,
  type LinkOrder,
  linkFilter,
  matchesNothing,
  pageBy,
  pageParams,
  perBasisAndOrder,
  startAs,
} from './link-filter.js';
import { distinct } from './page.js';
import { inTimeOrder, periodOf } from './period.js';
import { relationshipOfRow } from './relationship.js';

/** A relationship of the root list. */
export type RelationshipEdge = Pick<LinkEdge, 'relationship' | 'periods' | 'certainty' | 'cursor'>;

/** Which relationships the root list takes, beside their links. */
export interface RootFilter extends LinkFilter {
  /** Those that any of these is a party to; null takes all. */
  people: readonly string[] | null;
  /** Those with a matching period over which accounts differ, or those without; null takes all. */
  contested?: boolean | null;
}

/** Every link once, or those of some people (those between two of them twice). */
const LINKS = {
  all: 'MATCH (p:Person)-[l:LINKED]->(q)',
  some: 'UNWIND $people AS id MATCH (p:Person {id: id}) MATCH (p)-[l:LINKED]-(q)',
};

type From = keyof typeof LINKS;

/** Of the matching links of a relationship, whether any is contested: 1 or 0. */
const DISPUTED = 'max(CASE WHEN l.contested THEN 1 ELSE 0 END) AS disputed';
const AS_CONTESTED = '($anyway OR disputed = $disputed)';

/** Nobody is shown by name only here: the gate has dropped minors. */
const NAMED = 'false';

const page = (from: From) =>
  perBasisAndOrder(
    (basis: Basis, order: LinkOrder) => `/* relationshipsPage */ ${LINKS[from]} WHERE ${LINK_GATE}
  AND ${linkFilter(basis, NAMED)}
WITH l.relationshipId AS rid, collect(l.periodId) AS periodIds, max(${certainAs(basis)}) AS certain, ${startAs(basis, order, NAMED)} AS start, ${DISPUTED}
WHERE ${AS_CONTESTED} AND (${pageBy(order).after})
WITH rid, periodIds, certain, start ORDER BY ${pageBy(order).orderBy} LIMIT $first
MATCH (r:Relationship {id: rid}) WITH r, r.a AS one, r.b AS other, periodIds, certain, start
MATCH (a:Person {id: one}) MATCH (b:Person {id: other})
MATCH (r)-[:HAS_PERIOD]->(d:Period) WHERE d.id IN periodIds
WITH r, a, b, certain, start, collect(d {.*}) AS periods
RETURN r {.*} AS relationship, a {.*} AS a, b {.*} AS b, periods, certain, start`,
  );

const PAGE = { all: page('all'), some: page('some') };

/** A page over relationships. Minors who are shown by name only, in the lists of those near them, are not in it. */
export async function relationshipsPage(
  graph: Reads,
  args: LinkArgs & RootFilter,
  sight: Sight,
): Promise<RelationshipEdge[]> {
  if (args.first < 1 || matchesNothing(args) || args.people?.length === 0) return [];
  const params = { ...rootParams(args, sight), ...pageParams(args) };
  const rows = await graph.read(PAGE[fromOf(args)][basisOf(args)][args.orderBy], params);
  return rows
    .map((row) => edgeOf(row, args))
    .sort((one, other) => compareCursors(args.orderBy, one.cursor, other.cursor));
}

function edgeOf(row: Row, args: LinkArgs): RelationshipEdge {
  const relationship = relationshipOfRow(row);
  return {
    relationship,
    periods: inTimeOrder((row.periods as Row[]).map(periodOf)),
    certainty: certaintyOf(row, args),
    cursor: { start: Number(row.start), id: relationship.id },
  };
}

const count = (from: From, basis: Basis) => `/* countRelationships */ ${LINKS[from]} WHERE ${LINK_GATE}
  AND ${linkFilter(basis, NAMED)}
WITH l.relationshipId AS rid, ${DISPUTED} WHERE ${AS_CONTESTED}
RETURN count(rid) AS found`;

const COUNT = {
  all: { stretch: count('all', 'stretch'), period: count('all', 'period') },
  some: { stretch: count('some', 'stretch'), period: count('some', 'period') },
};

/** How many relationships `relationshipsPage` would list. */
export async function countRelationships(graph: Reads, filter: RootFilter, sight: Sight): Promise<number> {
  if (matchesNothing(filter) || filter.people?.length === 0) return 0;
  const [row] = await graph.read(COUNT[fromOf(filter)][basisOf(filter)], rootParams(filter, sight));
  return Number(row?.found ?? 0);
}

const fromOf = ({ people }: RootFilter): From => (people === null ? 'all' : 'some');

function rootParams(filter: RootFilter, sight: Sight) {
  const strict: Sight = { ...sight, minors: sight.minors === 'show' ? 'show' : 'hide' };
  const { people, contested = null } = filter;
  return {
    ...filterParams(filter, strict),
    people: distinct(people ?? []),
    anyway: contested === null,
    disputed: Number(contested),
  };
}
