import { UNBOUNDED, ymdOf } from '../domain/day.js';
import type { Sight } from '../domain/gate.js';
import type { Reads } from '../graph/graph.js';
import type { Page } from '../store/page.js';
import { type Place, type TimelineEntry, type TimelineFilter, timelinesOf } from '../store/timeline.js';

/** Whole calendar years of which nothing is told, the first and the last. */
export interface Silence {
  from: number;
  to: number;
}

/** An entry's place, with what the entries up to it cover. */
export interface TimelineCursor extends Place {
  /** The last day of which anything up to here tells. */
  told: number;
}

export interface TimelineRow {
  entry: TimelineEntry;
  /** The years before it of which nothing is told, since anything earlier on the timeline. */
  silence: Silence | null;
  cursor: TimelineCursor;
}

export type TimelinePage = TimelineFilter & Page<TimelineCursor>;

/** A page of each person's timeline, in the order of the ids. */
export async function timelines(
  graph: Reads,
  personIds: readonly string[],
  { after, ...page }: TimelinePage,
  sight: Sight,
): Promise<TimelineRow[][]> {
  const place = after && { day: after.day, late: after.late, id: after.id };
  const entries = await timelinesOf(graph, personIds, { ...page, after: place }, sight);
  return entries.map((list) => withSilences(list, after?.told ?? -UNBOUNDED));
}

/** Entries in their order with the silences between them; `told` is the last day that those before them tell of. */
export function withSilences(entries: readonly TimelineEntry[], told: number): TimelineRow[] {
  let reached = told;
  return entries.map((entry) => {
    const silence = isDated(entry) ? silenceBetween(reached, entry.day) : null;
    reached = Math.max(reached, lastToldBy(entry));
    const { day, late, id } = entry;
    return { entry, silence, cursor: { day, late, id, told: reached } };
  });
}

/** What stands where it does because of a start that somebody tells. */
const isDated = ({ period }: TimelineEntry): boolean => period === null || period.shown.startKnown;

function silenceBetween(told: number, day: number): Silence | null {
  if (told <= -UNBOUNDED || day >= UNBOUNDED) return null;
  const from = ymdOf(told).year + 1;
  const to = ymdOf(day).year - 1;
  return from <= to ? { from, to } : null;
}

/**
 * The last day that an entry tells of: where an end is told, the last on which it can have come; else the last on which a source says
 * that it held. No end told never means that it went on.
 */
function lastToldBy(entry: TimelineEntry): number {
  const { event, period, late } = entry;
  if (event !== null) return bounded(event.dateMax) ?? bounded(event.dateMin) ?? -UNBOUNDED;
  const { bounds, end } = period.shown;
  const until = end.state === 'DATED' || end.state === 'ENDED' ? bounds.endMax : bounds.endMin;
  return Math.max(
    ...[isDated(entry) ? late : UNBOUNDED, until, bounds.endMin].map((day) => bounded(day) ?? -UNBOUNDED),
  );
}

const bounded = (day: number): number | null => (Math.abs(day) < UNBOUNDED ? day : null);
