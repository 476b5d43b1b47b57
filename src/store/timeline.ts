import type { Interval, Standing } from '../domain/evidence.js';
import type { Sight } from '../domain/gate.js';
import type { Reads, Row } from '../graph/graph.js';
import { EVENT_CARD, eventOf, eventSeenBy, type StoredEvent } from './event-card.js';
import { EVENT_GATE, gateParams, LINK_GATE, PERSON_GATE, SEEN_AT_EVENT } from './gate.js';
import { compareTexts, countsInOrderOf, distinct, inOrderOf, type Page } from './page.js';
import { periodOf, type StoredPeriod } from './period.js';
import { personOf, type StoredPerson } from './person.js';
import { relationshipOf, type StoredRelationship } from './relationship.js';
import { withoutMinors } from './romances.js';

/** Where an entry stands: by `day`, then by `late`, then by id. */
export interface Place {
  /**
   * The first day on which it can have begun, the last such day where the first is open. A period whose start nobody tells stands at
   * the last such day if its end is dated, else, as events without a date do, after everything.
   */
  day: number;
  late: number;
  id: string;
}

export type TimelineEntry = Place &
  (
    | { period: StoredPeriod; relationship: StoredRelationship; other: StoredPerson; event: null }
    | { event: StoredEvent; period: null; relationship: null; other: null }
  );

export interface TimelineFilter {
  /** What held, or may have, at some time of these days. */
  at: Interval;
  minStanding: Standing;
}

export type TimelineArgs = TimelineFilter & Page<Place>;

const DAY = {
  period: `CASE WHEN l.startKnown AND l.startMin > -1000000000 THEN l.startMin
    WHEN l.startKnown OR l.endState = 'DATED' THEN l.startMax ELSE 1000000000 END`,
  event: 'CASE WHEN e.dateMin > -1000000000 THEN e.dateMin ELSE e.dateMax END',
};

const AFTER = 'day > $day OR (day = $day AND (late > $late OR (late = $late AND id > $id)))';

const OF_PERIODS = `MATCH (p)-[l:LINKED]-(q) WHERE l.startMin <= $to AND l.endMax >= $from AND ${LINK_GATE}`;
const OF_EVENTS = `MATCH (p)-[:TOOK_PART]->(e:Event) WHERE e.dateMin <= $to AND e.dateMax >= $from
  AND ${SEEN_AT_EVENT} AND ${EVENT_GATE}`;

const of = (name: string, call: string) => `/* ${name} */ UNWIND $keys AS key
MATCH (p:Person {id: key}) WHERE ${PERSON_GATE}
CALL (p) {
  ${call}
}`;

const PERIODS = `${of(
  'timelinePeriods',
  `${OF_PERIODS}
  WITH q, l.relationshipId AS rid, l.periodId AS id, ${DAY.period} AS day, l.startMax AS late
  WHERE ${AFTER}
  WITH q, rid, id, day, late ORDER BY day, late, id LIMIT $first
  MATCH (r:Relationship {id: rid}) MATCH (d:Period {id: id})
  RETURN collect({other: q {.*}, relationship: r {.*}, period: d {.*}, day: day, late: late}) AS rows`,
)}
RETURN key, p {.*} AS person, rows`;

const EVENTS = `${of(
  'timelineEvents',
  `${OF_EVENTS}
  WITH DISTINCT e
  WITH e, e.id AS id, ${DAY.event} AS day, e.dateMax AS late
  WHERE ${AFTER}
  WITH e, id, day, late ORDER BY day, late, id LIMIT $first
  RETURN collect({day: day, late: late, ${EVENT_CARD}}) AS rows`,
)}
RETURN key, rows`;

/**
 * A page of each person's periods, of whatever kind, and events. Minors are met in events and periods only by who sees them, since both
 * tell dates. Two statements side by side, whatever the number of people.
 */
export async function timelinesOf(
  graph: Reads,
  personIds: readonly string[],
  args: TimelineArgs,
  sight: Sight,
): Promise<TimelineEntry[][]> {
  const keys = distinct(personIds);
  if (keys.length === 0 || args.first < 1) return personIds.map(() => []);
  const params = { keys, ...filterParams(args, sight), ...pageParams(args) };
  const [periods, events] = await Promise.all([graph.read(PERIODS, params), graph.read(EVENTS, params)]);
  const ofPeriods = inOrderOf(personIds, periods, periodsOfRow);
  const ofEvents = inOrderOf(personIds, events, (row) => eventsOfRow(row, args, sight));
  return personIds.map((_, i) => [...(ofPeriods[i] ?? []), ...(ofEvents[i] ?? [])].sort(byPlace).slice(0, args.first));
}

function periodsOfRow({ person, rows }: Row): TimelineEntry[] {
  const self = personOf(person as Row);
  return (rows as Row[]).map((row) => {
    const other = personOf(row.other as Row);
    const period = periodOf(row.period as Row);
    const relationship = relationshipOf(row.relationship as Row, [self, other]);
    return { ...{ period, relationship, other, event: null }, ...placeOf(row, period.id) };
  });
}

function eventsOfRow({ rows }: Row, { minStanding }: TimelineFilter, sight: Sight): TimelineEntry[] {
  return (rows as Row[]).flatMap((row) => {
    const event = eventSeenBy(sight, eventOf(row), minStanding);
    return event === null
      ? []
      : [{ ...{ event, period: null, relationship: null, other: null }, ...placeOf(row, event.id) }];
  });
}

const placeOf = ({ day, late }: Row, id: string): Place => ({ day: Number(day), late: Number(late), id });

/** The order of a timeline. */
export function byPlace(a: Place, b: Place): number {
  return a.day - b.day || a.late - b.late || compareTexts(a.id, b.id);
}

const count = (
  name: string,
  match: string,
  counted: string,
) => `${of(name, `${match} RETURN count(DISTINCT ${counted}) AS found`)}
RETURN key, found`;

const COUNT_PERIODS = count('countTimelinePeriods', OF_PERIODS, 'l.periodId');
const COUNT_EVENTS = count('countTimelineEvents', OF_EVENTS, 'e');

/** How many entries `timelinesOf` would list of each person. Two statements side by side. */
export async function countTimelines(
  graph: Reads,
  personIds: readonly string[],
  filter: TimelineFilter,
  sight: Sight,
): Promise<number[]> {
  const keys = distinct(personIds);
  if (keys.length === 0) return personIds.map(() => 0);
  const params = { keys, ...filterParams(filter, sight) };
  const [periods, events] = await Promise.all([graph.read(COUNT_PERIODS, params), graph.read(COUNT_EVENTS, params)]);
  const ofEvents = countsInOrderOf(personIds, events);
  return countsInOrderOf(personIds, periods).map((found, i) => found + (ofEvents[i] ?? 0));
}

function filterParams({ at, minStanding }: TimelineFilter, sight: Sight) {
  return { from: at.min, to: at.max, ...gateParams(withoutMinors(sight), minStanding) };
}

function pageParams({ first, after }: Page<Place>) {
  const { day, late, id } = after ?? { day: -2_000_000_000, late: 0, id: '' };
  return { first, day, late, id };
}
