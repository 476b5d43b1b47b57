import type { ProjectedEvent, Standing } from '../domain/evidence.js';
import { type Sight, seesRecord } from '../domain/gate.js';
import { ESSENTIAL } from '../domain/life.js';
import type { Event } from '../domain/records.js';
import type { Row } from '../graph/graph.js';
import type { SortCursor } from './page.js';
import { personOf, type StoredPerson } from './person.js';
import { decode } from './records.js';

/** An event as kept, with its participants and what its claims add up to. */
export interface StoredEvent extends Event {
  revision: number;
  standing: Standing;
  dateMin: number;
  dateMax: number;
  shown: Omit<ProjectedEvent, 'contradictions'>;
  /** The people of `participants`, each once. */
  people: StoredPerson[];
  /** Its place in the list that found it; events looked up by id have that of DATE_ASC. */
  cursor: SortCursor;
}

/** What every statement that answers events returns of `e`, beside its `place`. */
export const EVENT_CARD = 'event: e {.*}, people: [(e)<-[:TOOK_PART]-(x:Person) | x {.*}]';

/** The event of a row of `EVENT_CARD`. */
export function eventOf({ event, people, place }: Row): StoredEvent {
  const properties = event as Row;
  const participants = (people as Row[]).map(personOf);
  return {
    ...decode('Event', properties),
    revision: Number(properties.revision),
    standing: Number(properties.standing) as Standing,
    dateMin: Number(properties.dateMin),
    dateMax: Number(properties.dateMax),
    shown: JSON.parse(String(properties.shown)) as StoredEvent['shown'],
    people: [...new Map(participants.map((person) => [person.id, person])).values()],
    cursor: { sort: String(place ?? properties.sort) },
  };
}

/**
 * An event as this sight sees it, without the participants who are hidden or don't show at its standing, or null: nobody left, such a
 * PARTY or CHILD, a standing below the asked one. The same rule as `EVENT_GATE`.
 */
export function eventSeenBy(sight: Sight, event: StoredEvent, minStanding: Standing = 2): StoredEvent | null {
  const people = event.people.filter((person) => seesRecord(sight, event.standing, [person]));
  const seen = new Set(people.map(({ id }) => id));
  const hidden = event.participants.filter(({ person }) => !seen.has(person));
  if (people.length === 0 || hidden.some(({ role }) => ESSENTIAL.includes(role))) return null;
  if (event.standing < minStanding) return null;
  return { ...event, people, participants: event.participants.filter(({ person }) => seen.has(person)) };
}
