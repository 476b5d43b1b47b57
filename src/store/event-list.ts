import { UNBOUNDED } from '../domain/day.js';
import type { Interval, Standing } from '../domain/evidence.js';
import type { Sight } from '../domain/gate.js';
import type { EventKind } from '../domain/words.js';
import type { Params, Reads, Row } from '../graph/graph.js';
import { cut, type EventArgs, type EventOrder, paramsOf, perOrder, type StoredEvent, seen } from './event.js';
import { EVENT_CARD } from './event-card.js';
import { EVENT_GATE, gateParams, SEEN_AT_EVENT } from './gate.js';
import { distinct } from './page.js';

/** Which events the root list takes; null takes all. */
export interface EventFilter {
  kinds: readonly EventKind[] | null;
  /** Ids of people whom the sight sees: those in which any of them took part. */
  people: readonly string[] | null;
  /** Those that happened, or may have, in these days. What nothing dates never did. */
  days: Interval | null;
  certainty: 'CERTAIN' | 'POSSIBLE';
}

const ALL_EVENTS: EventFilter = { kinds: null, people: null, days: null, certainty: 'POSSIBLE' };

/** Every event, or those of some people, each once. */
const FROM = {
  all: 'MATCH (e:Event)',
  some: `UNWIND $people AS id MATCH (p:Person {id: id})-[:TOOK_PART]->(e:Event) WHERE ${SEEN_AT_EVENT} WITH DISTINCT e`,
};

type From = keyof typeof FROM;

const FILTER = `($anything OR e.kind IN $kinds)
  AND ($whenever OR ((e.dateMin > -${UNBOUNDED} OR e.dateMax < ${UNBOUNDED}) AND e.dateMin <= $to AND e.dateMax >= $from
    AND (NOT $certainly OR (e.dateMin >= $from AND e.dateMax <= $to))))`;

const page = (from: From) =>
  perOrder(
    (order: EventOrder) => `/* eventsPage */ ${FROM[from]} WHERE ${FILTER} AND ${EVENT_GATE}
  ${cut(order)}
RETURN {place: place, ${EVENT_CARD}} AS found`,
  );

const PAGE = { all: page('all'), some: page('some') };

/** The events that the sight sees and the filter takes. */
export async function eventsPage(
  graph: Reads,
  args: EventArgs,
  sight: Sight,
  filter: EventFilter = ALL_EVENTS,
): Promise<StoredEvent[]> {
  if (args.first < 1 || takesNothing(filter)) return [];
  const params = { ...paramsOf(args, sight), ...filterParams(filter) };
  const rows = await graph.read(PAGE[fromOf(filter)][args.orderBy], params);
  return seen(
    rows.map(({ found }) => found as Row),
    args,
    sight,
  );
}

const count = (from: From) =>
  `/* countEvents */ ${FROM[from]} WHERE ${FILTER} AND ${EVENT_GATE} RETURN count(e) AS found`;

const COUNT = { all: count('all'), some: count('some') };

/** How many events `eventsPage` would list. */
export async function countEvents(
  graph: Reads,
  minStanding: Standing,
  sight: Sight,
  filter: EventFilter = ALL_EVENTS,
): Promise<number> {
  if (takesNothing(filter)) return 0;
  const params = { ...gateParams(sight, minStanding), ...filterParams(filter) };
  const [row] = await graph.read(COUNT[fromOf(filter)], params);
  return Number(row?.found ?? 0);
}

const fromOf = ({ people }: EventFilter): From => (people === null ? 'all' : 'some');

/** The engines differ on empty lists. */
const takesNothing = ({ kinds, people }: EventFilter) => kinds?.length === 0 || people?.length === 0;

function filterParams({ kinds, people, days, certainty }: EventFilter): Params {
  return {
    people: distinct(people ?? []),
    anything: kinds === null,
    kinds: distinct(kinds ?? []),
    whenever: days === null,
    from: days?.min ?? 0,
    to: days?.max ?? 0,
    certainly: certainty === 'CERTAIN',
  };
}
