import { floorFor, type Sight } from '../domain/gate.js';
import { typeOfId } from '../domain/records.js';
import { type EventKind, ID_PREFIX } from '../domain/words.js';
import type { Reads, Row } from '../graph/graph.js';
import { articles } from './article.js';
import { EVENT_GATE, gateParams, PERSON_GATE, SEEN_AT_EVENT } from './gate.js';
import { namesOf, participantNames, TOLD } from './names.js';

/** What somebody or something is called, as a sight sees it. */
export type Seen =
  | { type: 'PERSON'; id: string; names: string[] }
  | { type: 'ARTICLE'; id: string; title: string }
  | { type: 'EVENT'; id: string; kind: EventKind; participants: string[] };

const PEOPLE = `/* peopleSeen */ UNWIND $ids AS id MATCH (p:Person {id: id}) WHERE ${PERSON_GATE}
RETURN id, p.name AS name, p.aliases AS aliases, p.floor AS floor, ${TOLD} AS told`;

const EVENTS = `/* eventsSeen */ UNWIND $ids AS id MATCH (e:Event {id: id}) WHERE ${EVENT_GATE}
RETURN id, e.kind AS kind, e.participants AS participants,
  [(e)<-[:TOOK_PART]-(x:Person) WHERE ${SEEN_AT_EVENT.replaceAll('p.', 'x.')} | x {.id, .name}] AS people`;

/** Readers and reviewers search what lists show unless told otherwise: REPORTED and above. */
const EVENT_STANDING = 2;

/**
 * The names of those among these people, articles and events that the sight sees, by id: hidden people are withheld from titles and
 * left out of events. One statement for each of the types, side by side, also where none of the ids is of it: else the time of an
 * answer would tell that somebody hidden is called so.
 */
export async function namesSeen(
  graph: Reads,
  ids: readonly string[],
  types: readonly Seen['type'][],
  sight: Sight,
): Promise<Map<string, Seen>> {
  const seen = await Promise.all(types.map((type) => SEEN[type](graph, idsOf(type, ids), sight)));
  return new Map(seen.flat().map((each) => [each.id, each]));
}

const SEEN = { PERSON: peopleSeen, ARTICLE: articlesSeen, EVENT: eventsSeen } as const;
const RECORD = { PERSON: 'Person', ARTICLE: 'Article', EVENT: 'Event' } as const;

/** Those of one type, or an id that nothing has. */
function idsOf(type: Seen['type'], ids: readonly string[]): string[] {
  const some = ids.filter((id) => typeOfId(id) === RECORD[type]);
  return some.length > 0 ? some : [`${ID_PREFIX[RECORD[type]]}nothing`];
}

async function peopleSeen(graph: Reads, ids: string[], sight: Sight): Promise<Seen[]> {
  const rows = await graph.read(PEOPLE, { ids, ...gateParams(sight) });
  return rows.map(({ id, floor, ...named }) => {
    const names = namesOf(named, floorFor(sight, [{ floor: Number(floor) }]));
    return { type: 'PERSON', id: String(id), names };
  });
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
  const rows = await graph.read(EVENTS, { ids, ...gateParams(sight, EVENT_STANDING) });
  return rows.map(({ id, kind, participants, people }) => ({
    type: 'EVENT',
    id: String(id),
    kind: kind as EventKind,
    participants: participantNames(participants, people as Row[]),
  }));
}
