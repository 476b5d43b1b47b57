import type { Certainty, StartAndEnd } from '../domain/interval.js';

/** The days between which something started. */
export type Start = Pick<StartAndEnd, 'startMin' | 'startMax'>;

/**
 * How time passes along a chain. Between two links stands a time: the earliest start that the next link may have. Of a walk to
 * a person the smallest time is the best, since whatever can follow a larger time can follow a smaller one.
 */
export interface Clock {
  /** The time after a link that is taken at `time`, or null where it can't follow. */
  after(time: number, link: Start): number | null;
  /** The largest time at which a link may be taken so that the time after it is at most `limit`, or null where none is. */
  latest(link: Start, limit: number): number | null;
}

/** Before every start, and after every one. */
export const BEGINNING = Number.NEGATIVE_INFINITY;
export const END = Number.POSITIVE_INFINITY;

/** Links in any order. */
export const ANY_ORDER: Clock = {
  after: (time) => time,
  latest: (_, limit) => limit,
};

/** No link certainly starts before the one in front of it: some choice of days is in order (design.md, section 8). */
export const POSSIBLY_IN_ORDER: Clock = {
  after: (time, { startMin, startMax }) => (startMax >= time ? Math.max(time, startMin) : null),
  latest: ({ startMin, startMax }, limit) => (startMin <= limit ? Math.min(startMax, limit) : null),
};

/** Every choice of days is in order. */
export const SURELY_IN_ORDER: Clock = {
  after: (time, { startMin, startMax }) => (startMin >= time ? startMax : null),
  latest: ({ startMin, startMax }, limit) => (startMax <= limit ? startMin : null),
};

/** Whether a link started no earlier than the one in front of it; the first of a chain did. */
export function startedInOrder(previous: Start | null, link: Start): Certainty {
  if (previous === null || link.startMin >= previous.startMax) return 'YES';
  return link.startMax >= previous.startMin ? 'POSSIBLE' : 'NO';
}
