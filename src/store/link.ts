import type { Sight } from '../domain/gate.js';
import { hiddenAsMinor } from '../domain/gate.js';
import type { Certainty } from '../domain/interval.js';
import type { Reads, Row } from '../graph/graph.js';
import { LINK_GATE, PERSON_GATE } from './gate.js';
import {
  type Basis,
  basisOf,
  certainAs,
  filterParams,
  type LinkArgs,
  type LinkCursor,
  type LinkFilter,
  type LinkOrder,
  linkFilter,
  matchesNothing,
  pageBy,
  pageParams,
  perBasisAndOrder,
  startAs,
} from './link-filter.js';
import { compareTexts, countsInOrderOf, distinct, inOrderOf } from './page.js';
import { inTimeOrder, periodOf, type StoredPeriod } from './period.js';
import { personOf, type StoredPerson } from './person.js';
import { relationshipOf, type StoredRelationship } from './relationship.js';

export type { LinkArgs, LinkCursor, LinkFilter, LinkOrder } from './link-filter.js';

/** A relationship seen from one of its parties. */
export interface LinkEdge {
  other: StoredPerson;
  relationship: StoredRelationship;
  /** The periods that match, in time order; none of a link that is shown by name only. */
  periods: StoredPeriod[];
  /** YES if any of the matches is; null without `at`. */
  certainty: Certainty | null;
  /** The other is a minor whom this sight meets by id and name alone. */
  nameOnly: boolean;
  cursor: LinkCursor;
}

/** Whether the other is shown by name only: the person whose links are listed is an adult, or shown as one. */
const NAMED = "($minors <> 'show' AND q.adultFrom > $today)";

/** The links of `p`: a page is cut before anything but the edges is read, so that a hub costs its edges and no more. */
const page = (basis: Basis, order: LinkOrder) => `/* linksPage */ UNWIND $keys AS key
MATCH (p:Person {id: key}) WHERE ${PERSON_GATE}
CALL (p) {
  MATCH (p)-[l:LINKED]-(q) WHERE ${LINK_GATE}
    AND ${linkFilter(basis, NAMED)}
  WITH q, l.relationshipId AS rid, collect(l.periodId) AS periodIds, max(${certainAs(basis)}) AS certain, ${startAs(basis, order, NAMED)} AS start
  WHERE ${pageBy(order).after}
  WITH q, rid, periodIds, certain, start ORDER BY ${pageBy(order).orderBy} LIMIT $first
  MATCH (r:Relationship {id: rid}) MATCH (r)-[:HAS_PERIOD]->(d:Period) WHERE d.id IN periodIds
  WITH q, r, certain, start, collect(d {.*}) AS periods
  RETURN collect({other: q {.*}, relationship: r {.*}, periods: periods, certain: certain, start: start}) AS rows
}
RETURN key, p {.*} AS person, rows`;

const PAGE = perBasisAndOrder(page);

/**
 * A page of links for each person: one statement whatever their number, which reads the other's card, the relationship and the
 * periods too. People whom the sight doesn't see have none.
 */
export async function linksPage(
  graph: Reads,
  personIds: readonly string[],
  args: LinkArgs,
  sight: Sight,
): Promise<LinkEdge[][]> {
  const keys = distinct(personIds);
  if (keys.length === 0 || args.first < 1 || matchesNothing(args)) return personIds.map(() => []);
  const params = { keys, ...filterParams(args, sight), ...pageParams(args) };
  const rows = await graph.read(PAGE[basisOf(args)][args.orderBy], params);
  return inOrderOf(personIds, rows, (row) => edgesOf(row, args, sight)).map((edges) => edges ?? []);
}

function edgesOf({ person, rows }: Row, args: LinkArgs, sight: Sight): LinkEdge[] {
  const self = personOf(person as Row);
  const edges = (rows as Row[]).map((row) => edgeOf(self, row, args, sight));
  return edges.sort((one, other) => compareCursors(args.orderBy, one.cursor, other.cursor));
}

function edgeOf(self: StoredPerson, row: Row, args: LinkArgs, sight: Sight): LinkEdge {
  const other = personOf(row.other as Row);
  const relationship = relationshipOf(row.relationship as Row, [self, other]);
  const nameOnly = hiddenAsMinor(sight, other);
  return {
    other,
    relationship,
    periods: nameOnly ? [] : inTimeOrder((row.periods as Row[]).map(periodOf)),
    certainty: certaintyOf(row, args),
    nameOnly,
    cursor: { start: Number(row.start), id: relationship.id },
  };
}

/** The certainty of a row whose `certain` says whether any of its matches is. */
export function certaintyOf({ certain }: Row, { at }: LinkFilter): Certainty | null {
  if (at === null) return null;
  return Number(certain) === 1 ? 'YES' : 'POSSIBLE';
}

/** The order of a list of links. */
export function compareCursors(order: LinkOrder, one: LinkCursor, other: LinkCursor): number {
  const difference = order === 'START_DESC' ? other.start - one.start : one.start - other.start;
  return difference || compareTexts(one.id, other.id);
}

const count = (basis: Basis) => `/* countLinks */ UNWIND $keys AS key
MATCH (p:Person {id: key}) WHERE ${PERSON_GATE}
CALL (p) {
  MATCH (p)-[l:LINKED]-(q) WHERE ${LINK_GATE}
    AND ${linkFilter(basis, NAMED)}
  RETURN count(DISTINCT l.relationshipId) AS found
}
RETURN key, found`;

const COUNT = { stretch: count('stretch'), period: count('period') };

/** How many relationships `linksPage` would list for each person. */
export async function countLinks(
  graph: Reads,
  personIds: readonly string[],
  filter: LinkFilter,
  sight: Sight,
): Promise<number[]> {
  const keys = distinct(personIds);
  if (keys.length === 0 || matchesNothing(filter)) return personIds.map(() => 0);
  const params = { keys, ...filterParams(filter, sight) };
  return countsInOrderOf(personIds, await graph.read(COUNT[basisOf(filter)], params));
}
