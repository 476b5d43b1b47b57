import type { Sight } from '../domain/gate.js';
import { type EventKind, typeOfId } from '../domain/records.js';
import type { Reads, Row } from '../graph/graph.js';
import { articles } from './article.js';
import { EVENT_GATE, gateParams, PERSON_GATE } from './gate.js';
import { namesOf, participantNames } from './names.js';

/** What somebody or something is called, as a sight sees it. */
export type Seen =
  | { type: 'PERSON'; id: string; names: string[] }
  | { type: 'ARTICLE'; id: string; title: string }
  | { type: 'EVENT'; id: string; kind: EventKind; participants: string[] };

const PEOPLE = `/* peopleSeen */ UNWIND $ids AS id MATCH (p:Person {id: id}) WHERE ${PERSON_GATE}
RETURN id, p.name AS name, p.aliases AS aliases`;

const EVENTS = `/* eventsSeen */ UNWIND $ids AS id MATCH (e:Event {id: id}) WHERE ${EVENT_GATE}
RETURN id, e.kind AS kind, e.participants AS participants,
  [(e)<-[:TOOK_PART]-(x:Person) WHERE ${PERSON_GATE.replaceAll('p.', 'x.')} | x {.id, .name}] AS people`;

/** Readers and reviewers search what lists show unless told otherwise: REPORTED and above. */
const EVENT_STANDING = 2;

/**
 * The names of those among these people, articles and events that the sight sees, by id: hidden people are withheld from titles and
 * left out of events. At most one statement a type, side by side.
 */
export async function namesSeen(graph: Reads, ids: readonly string[], sight: Sight): Promise<Map<string, Seen>> {
  const of = (type: 'Person' | 'Article' | 'Event') => ids.filter((id) => typeOfId(id) === type);
  const seen = await Promise.all([
    peopleSeen(graph, of('Person'), sight),
    articlesSeen(graph, of('Article'), sight),
    eventsSeen(graph, of('Event'), sight),
  ]);
  return new Map(seen.flat().map((each) => [each.id, each]));
}

async function peopleSeen(graph: Reads, ids: string[], sight: Sight): Promise<Seen[]> {
  const rows = await readSeen(graph, PEOPLE, ids, sight);
  return rows.map(({ id, name, aliases }) => ({ type: 'PERSON', id: String(id), names: namesOf(name, aliases) }));
}

async function articlesSeen(graph: Reads, ids: string[], sight: Sight): Promise<Seen[]> {
  const found = await articles(graph, ids, sight);
  return found.flatMap((article, at) =>
    article === null || article.title === null || article.id !== ids[at]
      ? []
      : [{ type: 'ARTICLE' as const, id: article.id, title: article.title }],
  );
}

async function eventsSeen(graph: Reads, ids: string[], sight: Sight): Promise<Seen[]> {
  const rows = await readSeen(graph, EVENTS, ids, sight);
  return rows.map(({ id, kind, participants, people }) => ({
    type: 'EVENT',
    id: String(id),
    kind: kind as EventKind,
    participants: participantNames(participants, people as Row[]),
  }));
}

async function readSeen(graph: Reads, statement: string, ids: string[], sight: Sight): Promise<Row[]> {
  return ids.length === 0 ? [] : graph.read(statement, { ids, ...gateParams(sight, EVENT_STANDING) });
}
