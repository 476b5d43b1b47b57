import type { ProjectedEvent, Standing } from '../domain/evidence.js';
import type { Sight } from '../domain/gate.js';
import type { Event } from '../domain/records.js';
import type { Reads } from '../graph/graph.js';
import type { Page, SortCursor } from './page.js';
import type { StoredPerson } from './person.js';

/** An event as kept, with its participants and what its claims add up to. */
export interface StoredEvent extends Event {
  revision: number;
  standing: Standing;
  dateMin: number;
  dateMax: number;
  sort: string;
  shown: ProjectedEvent;
  /** The people of `participants`, each once. */
  people: StoredPerson[];
  /** Its place in the list that found it; events looked up by id have that of DATE_ASC. */
  cursor: SortCursor;
}

/** By date; events without one come last both ways. */
export type EventOrder = 'DATE_ASC' | 'DATE_DESC';

export interface EventArgs extends Page<SortCursor> {
  minStanding: Standing;
  orderBy: EventOrder;
}

/**
 * An event as this sight sees it, its hidden participants left out, or null: nobody left, a BIRTH whose child is hidden, a standing
 * below the asked one or below the floor of somebody left.
 */
export function eventSeenBy(_sight: Sight, _event: StoredEvent, _minStanding: Standing = 2): StoredEvent | null {
  throw new Error('unwritten');
}

/** Events by id; survivors. Not gated: `eventSeenBy` is place two. */
export async function events(_graph: Reads, _ids: readonly string[]): Promise<(StoredEvent | null)[]> {
  throw new Error('unwritten');
}

/** A page for each person of the events that they took part in; every list of events is gated, hidden participants left out. */
export async function eventsOfPeople(
  _graph: Reads,
  _personIds: readonly string[],
  _args: EventArgs,
  _sight: Sight,
): Promise<StoredEvent[][]> {
  throw new Error('unwritten');
}

export async function countEventsOfPeople(
  _graph: Reads,
  _personIds: readonly string[],
  _minStanding: Standing,
  _sight: Sight,
): Promise<number[]> {
  throw new Error('unwritten');
}

/** A page for each relationship of the events in which both parties took part. */
export async function eventsOfPairs(
  _graph: Reads,
  _relationshipIds: readonly string[],
  _args: EventArgs,
  _sight: Sight,
): Promise<StoredEvent[][]> {
  throw new Error('unwritten');
}

export async function countEventsOfPairs(
  _graph: Reads,
  _relationshipIds: readonly string[],
  _minStanding: Standing,
  _sight: Sight,
): Promise<number[]> {
  throw new Error('unwritten');
}

export async function eventsPage(_graph: Reads, _args: EventArgs, _sight: Sight): Promise<StoredEvent[]> {
  throw new Error('unwritten');
}

export async function countEvents(_graph: Reads, _minStanding: Standing, _sight: Sight): Promise<number> {
  throw new Error('unwritten');
}
