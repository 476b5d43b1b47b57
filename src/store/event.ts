import type { Standing } from '../domain/evidence.js';
import type { Sight } from '../domain/gate.js';
import type { Reads, Row } from '../graph/graph.js';
import { EVENT_CARD, eventOf, eventSeenBy, type StoredEvent } from './event-card.js';
import { EVENT_GATE, gateParams, PERSON_GATE, SEEN_AT_EVENT } from './gate.js';
import {
  byPlace,
  countsInOrderOf,
  distinct,
  FIRST_PLACE,
  inOrderOf,
  LAST_PLACE,
  type Page,
  type SortCursor,
} from './page.js';

export { eventSeenBy, type StoredEvent } from './event-card.js';

const BY_ID = `/* events */ UNWIND $keys AS key
MATCH (:Event {id: key})-[:MERGED_INTO*0..]->(e:Event) WHERE e.mergedInto IS NULL
RETURN key, {${EVENT_CARD}} AS found`;

/** Events by id; survivors. Not gated: `eventSeenBy` is place two. */
export async function events(graph: Reads, ids: readonly string[]): Promise<(StoredEvent | null)[]> {
  const keys = distinct(ids);
  if (keys.length === 0) return ids.map(() => null);
  return inOrderOf(ids, await graph.read(BY_ID, { keys }), ({ found }) => eventOf(found as Row));
}

/** By date; events without one come last both ways. */
export type EventOrder = 'DATE_ASC' | 'DATE_DESC';

export interface EventArgs extends Page<SortCursor> {
  minStanding: Standing;
  orderBy: EventOrder;
}

/** `sort` puts what nothing dates last; going down, that takes a place below every digit. */
const PLACE = {
  DATE_ASC: 'e.sort',
  DATE_DESC: "CASE WHEN e.dateMin > -1000000000 OR e.dateMax < 1000000000 THEN e.sort ELSE '!' + e.id END",
};

/** Cuts `e` down to a page. */
export const cut = (
  order: EventOrder,
) => `WITH e, ${PLACE[order]} AS place WHERE place ${order === 'DATE_ASC' ? '>' : '<'} $after
  WITH e, place ORDER BY place${order === 'DATE_ASC' ? '' : ' DESC'} LIMIT $first`;

export const perOrder = (statement: (order: EventOrder) => string) => ({
  DATE_ASC: statement('DATE_ASC'),
  DATE_DESC: statement('DATE_DESC'),
});

/** Finds `e` for each key, of whom `subject` has read what `scope` names. */
const OWNERS = {
  people: {
    subject: `MATCH (p:Person {id: key}) WHERE ${PERSON_GATE}`,
    scope: 'p',
    events: `MATCH (p)-[:TOOK_PART]->(e:Event) WHERE ${SEEN_AT_EVENT}`,
  },
  pairs: {
    // One step after the other, as in `relationships`.
    subject: `MATCH (r:Relationship {id: key}) WITH key, r.a AS one, r.b AS other
MATCH (q:Person {id: other}) WHERE ${PERSON_GATE.replaceAll('p.', 'q.')} WITH key, q, one
MATCH (p:Person {id: one}) WHERE ${PERSON_GATE}`,
    scope: 'p, q',
    events: `MATCH (p)-[:TOOK_PART]->(e:Event)<-[:TOOK_PART]-(q) WHERE ${SEEN_AT_EVENT} AND ${SEEN_AT_EVENT.replaceAll('p.', 'q.')}`,
  },
};

type Owner = keyof typeof OWNERS;

const pageOf = (owner: Owner) =>
  perOrder(
    (order) => `/* eventsOf ${owner} */ UNWIND $keys AS key ${OWNERS[owner].subject}
CALL (${OWNERS[owner].scope}) {
  ${OWNERS[owner].events} AND ${EVENT_GATE}
  WITH DISTINCT e
  ${cut(order)}
  RETURN collect({place: place, ${EVENT_CARD}}) AS rows
}
RETURN key, rows`,
  );

const countOf = (owner: Owner) => `/* countEventsOf ${owner} */ UNWIND $keys AS key ${OWNERS[owner].subject}
CALL (${OWNERS[owner].scope}) { ${OWNERS[owner].events} AND ${EVENT_GATE} RETURN count(DISTINCT e) AS found }
RETURN key, found`;

const PAGE_OF = { people: pageOf('people'), pairs: pageOf('pairs') };
const COUNT_OF = { people: countOf('people'), pairs: countOf('pairs') };

/** A page for each person of the events that they took part in. Every list of events is gated, hidden participants left out. */
export function eventsOfPeople(graph: Reads, personIds: readonly string[], args: EventArgs, sight: Sight) {
  return eventsOf('people', graph, personIds, args, sight);
}

/** A page for each relationship of the events in which both parties took part. */
export function eventsOfPairs(graph: Reads, relationshipIds: readonly string[], args: EventArgs, sight: Sight) {
  return eventsOf('pairs', graph, relationshipIds, args, sight);
}

async function eventsOf(
  owner: Owner,
  graph: Reads,
  ids: readonly string[],
  args: EventArgs,
  sight: Sight,
): Promise<StoredEvent[][]> {
  const keys = distinct(ids);
  if (keys.length === 0 || args.first < 1) return ids.map(() => []);
  const rows = await graph.read(PAGE_OF[owner][args.orderBy], { keys, ...paramsOf(args, sight) });
  return inOrderOf(ids, rows, (row) => seen(row.rows as Row[], args, sight)).map((list) => list ?? []);
}

export function countEventsOfPeople(graph: Reads, personIds: readonly string[], minStanding: Standing, sight: Sight) {
  return countEventsOf('people', graph, personIds, minStanding, sight);
}

export function countEventsOfPairs(
  graph: Reads,
  relationshipIds: readonly string[],
  minStanding: Standing,
  sight: Sight,
) {
  return countEventsOf('pairs', graph, relationshipIds, minStanding, sight);
}

async function countEventsOf(
  owner: Owner,
  graph: Reads,
  ids: readonly string[],
  minStanding: Standing,
  sight: Sight,
): Promise<number[]> {
  const keys = distinct(ids);
  if (keys.length === 0) return ids.map(() => 0);
  return countsInOrderOf(ids, await graph.read(COUNT_OF[owner], { keys, ...gateParams(sight, minStanding) }));
}

export function paramsOf({ first, after, orderBy, minStanding }: EventArgs, sight: Sight) {
  const start = orderBy === 'DATE_ASC' ? FIRST_PLACE : LAST_PLACE;
  return { first, after: after?.sort ?? start, ...gateParams(sight, minStanding) };
}

/** The rows of a page in their order, as the sight sees them. */
export function seen(rows: readonly Row[], { orderBy, minStanding }: EventArgs, sight: Sight): StoredEvent[] {
  return byPlace(rows, orderBy === 'DATE_DESC').flatMap((row) => eventSeenBy(sight, eventOf(row), minStanding) ?? []);
}
