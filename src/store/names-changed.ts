import type { Reads } from '../graph/graph.js';

/** How the index of names learns what to read again: the change feed, and what hangs on people. */

const SEQ = "/* graphSeq */ MATCH (g:Graph {id: 'graph'}) RETURN g.seq AS seq";

/** The number of the last change. */
export async function graphSeq(graph: Reads): Promise<number> {
  const [row] = await graph.read(SEQ);
  return Number(row?.seq ?? 0);
}

const CHANGED = 'UNWIND range($from, $to) AS seq MATCH (c:Change {seq: seq})-[:MADE]->';

/**
 * An edit touches the people that its record depends on; one of an article says nothing of those whose claims it carries, nor do
 * the articles that are based on it, though their standing counts its publisher and its day.
 */
const EDITED = `/* namedSince */ ${CHANGED}(e:Edit) WHERE e.type IN ['Person', 'Article', 'Event'] RETURN DISTINCT e.recordId AS id
UNION ${CHANGED}(e:Edit)-[:TOUCHES]->(p:Person) RETURN DISTINCT p.id AS id
UNION ${CHANGED}(e:Edit {type: 'Article'}) MATCH (b:Article {id: e.recordId})<-[:BASED_ON*0..]-(a:Article)<-[:\`IN\`]-(i:Citation)<-[:HAS]-(k:Claim)-[:CONCERNS]->(p:Person) RETURN DISTINCT p.id AS id`;

/** The ids of people, articles and events that the changes `from` to `to` (both included) edited, or whose links they may have changed. */
export async function editedBetween(graph: Reads, from: number, to: number): Promise<string[]> {
  return ids(await graph.read(EDITED, { from, to }));
}

const LINKED_TO = `/* linkedToPeople */ UNWIND $ids AS id MATCH (p:Person {id: id})-[:LINKED]-(q) RETURN DISTINCT q.id AS id`;

/** The ids of those to whom these people are linked. */
export async function linkedToPeople(graph: Reads, people: readonly string[]): Promise<string[]> {
  return people.length === 0 ? [] : ids(await graph.read(LINKED_TO, { ids: [...people] }));
}

const EVENTS_WITH = `/* eventsWithPeople */ UNWIND $ids AS id MATCH (p:Person {id: id})-[:TOOK_PART]->(e:Event) RETURN DISTINCT e.id AS id`;

/** The ids of the events in which any of these people took part. */
export async function eventsWithPeople(graph: Reads, people: readonly string[]): Promise<string[]> {
  return people.length === 0 ? [] : ids(await graph.read(EVENTS_WITH, { ids: [...people] }));
}

const ids = (rows: readonly { id?: unknown }[]) => rows.map(({ id }) => String(id));
