import { namesTold } from '../domain/called.js';
import { UNBOUNDED } from '../domain/day.js';
import type { ProjectedPerson, Standing } from '../domain/evidence.js';
import { NO_FLOOR } from '../domain/gate.js';
import type { EventKind } from '../domain/words.js';
import type { Reads, Row } from '../graph/graph.js';
import { compareTexts, FIRST_PLACE } from './page.js';

/**
 * What the index of names is made of, and how it learns of changes (design.md, section 9). Nothing here is gated: the index holds
 * everybody, and names-seen.ts says of whom a viewer may hear.
 */

/** Rows a page, the most that one read may hold up the process (engine notes). */
export const MOST_ROWS = 5000;

export interface NamedPerson {
  id: string;
  /** The name, then the aliases, then what sources call them. */
  names: string[];
  /** Whether a reader may see fewer of them than a reviewer. */
  veiled: boolean;
  sort: string;
  /** What the gate looks at, as one text: whoever is linked to somebody whose text has changed may count one more or less. */
  card: string;
  /**
   * For each other person to whom a reader may see a link at REPORTED or above: the first day on which both are adults, ascending.
   * How many of them are not after a day is how well-connected the person is on it, for every viewer alike.
   */
  linkedFrom: number[];
}

export interface NamedArticle {
  id: string;
  title: string;
  /** The last day on which it may have appeared. */
  day: number;
  /** Whether its title names people, so that it reads otherwise to whoever may not see them. */
  namesPeople: boolean;
}

export interface NamedEvent {
  id: string;
  kind: EventKind;
  /** The names of its participants, each once, in their order. */
  participants: string[];
  /** The last day on which it may have happened, else the first, else −1,000,000,000. */
  day: number;
}

/** Pages of everything that has a name, each at most `MOST_ROWS`; begin with null, go on with `next` until that is null. */
export interface NamePage<Named> {
  rows: Named[];
  next: string | null;
}

/** What is shown of a person `p`, where sources tell a name: of most people it is not read. */
export const TOLD = `CASE WHEN p.shown CONTAINS '"names":[{' THEN p.shown END`;

const PERSON = `CALL (p) {
  MATCH (p)-[l:LINKED]-(q) WHERE q.gate = 0 AND l.standing >= 2 AND l.standing >= p.floor AND l.standing >= q.floor
  WITH DISTINCT q RETURN collect(q.adultFrom) AS days
}
RETURN p {.id, .name, .aliases, .sort, .gate, .floor, .adultFrom} AS named, days, ${TOLD} AS told`;
const ARTICLE = `RETURN a {.id, .title, .dayMax, .sort} AS named, COUNT { MATCH (a)-[m:MENTIONS]->(:Person) WHERE m.part = 'TITLE' } > 0 AS namesPeople`;
const EVENT = `RETURN e {.id, .kind, .participants, .dateMin, .dateMax, .sort} AS named, [(e)<-[:TOOK_PART]-(x:Person) | x {.id, .name}] AS people`;

const PEOPLE_PAGE = `/* namedPeoplePage */ MATCH (p:Person) WHERE p.sort > $after AND p.mergedInto IS NULL
WITH p ORDER BY p.sort LIMIT $first ${PERSON}`;
const ARTICLES_PAGE = `/* namedArticlesPage */ MATCH (a:Article) WHERE a.sort > $after AND a.mergedInto IS NULL
WITH a ORDER BY a.sort LIMIT $first ${ARTICLE}`;
const EVENTS_PAGE = `/* namedEventsPage */ MATCH (e:Event) WHERE e.sort > $after AND e.mergedInto IS NULL
WITH e ORDER BY e.sort LIMIT $first ${EVENT}`;

const PEOPLE = `/* namedPeople */ UNWIND $ids AS id MATCH (p:Person {id: id}) WHERE p.mergedInto IS NULL ${PERSON}`;
const ARTICLES = `/* namedArticles */ UNWIND $ids AS id MATCH (a:Article {id: id}) WHERE a.mergedInto IS NULL ${ARTICLE}`;
const EVENTS = `/* namedEvents */ UNWIND $ids AS id MATCH (e:Event {id: id}) WHERE e.mergedInto IS NULL ${EVENT}`;

export function namedPeoplePage(graph: Reads, after: string | null): Promise<NamePage<NamedPerson>> {
  return page(graph, PEOPLE_PAGE, after, personOf);
}

export function namedArticlesPage(graph: Reads, after: string | null): Promise<NamePage<NamedArticle>> {
  return page(graph, ARTICLES_PAGE, after, articleOf);
}

export function namedEventsPage(graph: Reads, after: string | null): Promise<NamePage<NamedEvent>> {
  return page(graph, EVENTS_PAGE, after, eventOf);
}

/** The people with these ids, in no order; those that are gone or merged away are left out. At most `MOST_ROWS` ids. */
export async function namedPeople(graph: Reads, ids: readonly string[]): Promise<NamedPerson[]> {
  return (await byId(graph, PEOPLE, ids)).map(personOf);
}

/** Articles, as `namedPeople`. */
export async function namedArticles(graph: Reads, ids: readonly string[]): Promise<NamedArticle[]> {
  return (await byId(graph, ARTICLES, ids)).map(articleOf);
}

/** Events, as `namedPeople`. */
export async function namedEvents(graph: Reads, ids: readonly string[]): Promise<NamedEvent[]> {
  return (await byId(graph, EVENTS, ids)).map(eventOf);
}

async function page<Named>(graph: Reads, statement: string, after: string | null, make: (row: Row) => Named) {
  const rows = await graph.read(statement, { after: after ?? FIRST_PLACE, first: MOST_ROWS });
  const places = rows.map(({ named }) => String((named as Row).sort));
  const last = places.reduce((greatest, place) => (compareTexts(place, greatest) > 0 ? place : greatest), FIRST_PLACE);
  return { rows: rows.map(make), next: rows.length < MOST_ROWS ? null : last };
}

async function byId(graph: Reads, statement: string, ids: readonly string[]): Promise<Row[]> {
  return ids.length === 0 ? [] : graph.read(statement, { ids: [...ids] });
}

function personOf({ named, days, told }: Row): NamedPerson {
  const { id, name, aliases, sort, gate, floor, adultFrom } = named as Row;
  const all = { name, aliases, told };
  return {
    id: String(id),
    names: namesOf(all, NO_FLOOR),
    veiled: namesOf(all, NO_FLOOR).length > namesOf(all, Number(floor)).length,
    sort: String(sort),
    card: `${gate} ${floor} ${adultFrom}`,
    linkedFrom: (days as number[]).sort((one, other) => one - other),
  };
}

/** A person's name, then the aliases, then what sources call them at a standing of `least` or above, of what a row has of them. */
export function namesOf({ name, aliases, told }: { name?: unknown; aliases?: unknown; told?: unknown }, least: number) {
  const recorded = { name: String(name), aliases: JSON.parse(String(aliases ?? '[]')) as { name: string }[] };
  const { names } = (told == null ? { names: [] } : JSON.parse(String(told))) as Pick<ProjectedPerson, 'names'>;
  const said = namesTold(recorded, names, least as Standing);
  return [...new Set([recorded.name, ...recorded.aliases.map((alias) => alias.name), ...said])];
}

function articleOf({ named, namesPeople }: Row): NamedArticle {
  const { id, title, dayMax } = named as Row;
  return { id: String(id), title: String(title), day: Number(dayMax), namesPeople: namesPeople === true };
}

function eventOf({ named, people }: Row): NamedEvent {
  const { id, kind, participants, dateMin, dateMax } = named as Row;
  return {
    id: String(id),
    kind: kind as EventKind,
    participants: participantNames(participants, people as Row[]),
    day: Number(dateMax) < UNBOUNDED ? Number(dateMax) : Number(dateMin),
  };
}

/** The names of those among an event's participants (a property of its node) who are in `people`, in the order of the event. */
export function participantNames(participants: unknown, people: readonly Row[]): string[] {
  const ids = new Set((JSON.parse(String(participants)) as { person: string }[]).map(({ person }) => person));
  const names = new Map(people.map(({ id, name }) => [id, String(name)]));
  return [...ids].flatMap((id) => names.get(id) ?? []);
}
