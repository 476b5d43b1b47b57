import { eventTitle } from '../domain/event-title.js';
import { typeOfId } from '../domain/records.js';
import type { Reads } from '../graph/graph.js';
import {
  MOST_ROWS,
  type NamedArticle,
  type NamedEvent,
  type NamedPerson,
  type NamePage,
  namedArticles,
  namedArticlesPage,
  namedEvents,
  namedEventsPage,
  namedPeople,
  namedPeoplePage,
} from '../store/names.js';
import { editedBetween, eventsWithPeople, graphSeq, linkedToPeople } from '../store/names-changed.js';
import type { Entry } from './search-entry.js';
import { NameIndex } from './search-index.js';
import { nameOf } from './search-match.js';

/** Changes read at a time: of an import, each edits thousands of records. */
const CHANGES_AT_A_TIME = 5;
/** Behind by more than this, reading everything again is faster. */
const MOST_BEHIND = 1000;

/** An index of the whole graph as it was at some moment from change `at` on; what happened while it was read is caught up with after. */
export interface Following {
  index: NameIndex;
  /** The number of the last change that is surely in the index. */
  at: number;
}

/** Reads everything that has a name, in pages. */
export async function load(graph: Reads): Promise<Following> {
  const at = await graphSeq(graph);
  const index = new NameIndex();
  await loadPages(index, (after) => namedPeoplePage(graph, after), personEntry);
  await loadPages(index, (after) => namedArticlesPage(graph, after), articleEntry);
  await loadPages(index, (after) => namedEventsPage(graph, after), eventEntry);
  return { index, at };
}

async function loadPages<Named>(
  index: NameIndex,
  read: (after: string | null) => Promise<NamePage<Named>>,
  entryOf: (named: Named) => Entry,
): Promise<void> {
  let after: string | null = null;
  do {
    const page: NamePage<Named> = await read(after);
    await index.putAll(page.rows.map(entryOf));
    after = page.next;
  } while (after !== null);
}

/** Moves an index forward to the graph's last change: one statement if there is nothing new. Answers another index where that is faster. */
export async function catchUp(graph: Reads, following: Following): Promise<Following> {
  const seq = await graphSeq(graph);
  // A lower number is another graph: somebody has put a backup in its place.
  if (seq < following.at || seq - following.at > MOST_BEHIND) return catchUp(graph, await load(graph));
  let { at } = following;
  while (at < seq) {
    const to = Math.min(seq, at + CHANGES_AT_A_TIME);
    await refresh(graph, following.index, await editedBetween(graph, at + 1, to));
    at = to;
  }
  return { index: following.index, at };
}

/** Reads these people, articles and events again, the events of the people, and whoever is linked to people whose card has changed. */
async function refresh(graph: Reads, index: NameIndex, ids: readonly string[]): Promise<void> {
  const of = (type: ReturnType<typeof typeOfId>) => ids.filter((id) => typeOfId(id) === type);
  const people = of('Person');
  const moved: string[] = [];
  for (const some of portions(people)) {
    const cards = new Map(some.map((id) => [id, index.get(id)?.card]));
    await replace(index, some, (await namedPeople(graph, some)).map(personEntry));
    moved.push(...some.filter((id) => index.get(id)?.card !== cards.get(id)));
  }
  for (const some of portions(await linkedToPeople(graph, moved))) {
    await replace(index, some, (await namedPeople(graph, some)).map(personEntry));
  }
  for (const some of portions(of('Article'))) {
    await replace(index, some, (await namedArticles(graph, some)).map(articleEntry));
  }
  const events = new Set([...of('Event'), ...(await eventsWithPeople(graph, people))]);
  for (const some of portions([...events])) {
    await replace(index, some, (await namedEvents(graph, some)).map(eventEntry));
  }
}

async function replace(index: NameIndex, ids: readonly string[], found: readonly Entry[]): Promise<void> {
  const there = new Set(found.map(({ id }) => id));
  for (const id of ids) if (!there.has(id)) index.remove(id);
  await index.putAll(found);
}

function portions(ids: readonly string[]): string[][] {
  const count = Math.ceil(ids.length / MOST_ROWS);
  return Array.from({ length: count }, (_, at) => ids.slice(at * MOST_ROWS, (at + 1) * MOST_ROWS));
}

function personEntry({ id, names, veiled, sort, card, linkedFrom }: NamedPerson): Entry {
  return { id, type: 'PERSON', names: names.map(nameOf), veiled, sort, weight: { linkedFrom }, card };
}

function articleEntry({ id, title, day, namesPeople }: NamedArticle): Entry {
  return { id, type: 'ARTICLE', names: [nameOf(title)], veiled: namesPeople, sort: id, weight: { day }, card: '' };
}

function eventEntry({ id, kind, participants, day }: NamedEvent): Entry {
  const names = [nameOf(eventTitle(kind, participants))];
  return { id, type: 'EVENT', names, veiled: true, sort: id, weight: { day }, card: '' };
}
