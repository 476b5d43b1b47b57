import 'reflect-metadata';
import { dayOfEpoch } from '../domain/day.js';
import type { Standing } from '../domain/evidence.js';
import { atLeast, type Minors, type Role, type Sight, sightOf, type Viewer } from '../domain/gate.js';
import { AppError, type ErrorDetails } from '../errors.js';
import type { Graph, Reads } from '../graph/graph.js';
import type { Memory } from '../questions/memory.js';
import type { Search } from '../questions/search.js';
import type { ErrorLog } from './errors.js';
import type { Live } from './live.js';
import { type Loaders, loadersFor } from './loaders.js';

/** What every resolver gets: made for one request, kept by none. */
export interface Context {
  /** Reads that give up with the request. */
  graph: Reads;
  /** Where changes are made; an order that was begun is carried out, whether or not its client stays. */
  write: Graph;
  /** A new word that nobody has used, for an order that comes without a key. */
  newKey: () => string;
  /** The arguments of the mutation at hand; those of one request are carried out one after another. */
  order?: Readonly<Record<string, unknown>>;
  viewer: Viewer;
  sight: Sight;
  /** Milliseconds since 1970-01-01T00:00Z. */
  now: () => number;
  log: ErrorLog;
  loaders: Loaders;
  /** The names of the whole graph: one index for all requests. */
  search: Search;
  /** What was worked out over the whole graph and still holds, for all requests. */
  memory: Memory;
  takedowns: TakedownDesk;
  /** The connection that a subscription comes over; questions and orders have none. */
  live?: Live;
  /** The client has gone, or the server stops. */
  signal?: AbortSignal;
  /** The moment at which the request gives up, by `now`. */
  deadline?: number;
}

/** What requests to take somebody down need of whoever serves them. */
export interface TakedownDesk {
  /** Counts a request by who asks. Throws RATE_LIMITED. */
  count: () => Promise<void>;
  /** Hides whoever is to be hidden, once this request is answered: so the time of the answer tells nothing of it. */
  hide: () => void;
}

export interface ContextParts extends Omit<Context, 'sight' | 'loaders'> {
  /** The setting for readers and contributors. */
  minors: Minors;
}

export function contextFor({ graph, minors, ...asked }: ContextParts): Context {
  const { viewer, now, signal, deadline } = asked;
  const sight = sightOf(viewer.role, minors, dayOfEpoch(now()));
  const reads: Reads = {
    read: (statement, params, operation) =>
      graph.read(statement, params, {
        ...(signal && { signal }),
        ...(deadline !== undefined && { deadlineMs: Math.max(1, deadline - now()) }),
        ...operation,
      }),
  };
  return { ...asked, graph: reads, sight, loaders: loadersFor(reads, sight) };
}

/** Of what is left of a request, so much at most is kept to answer with what a search has found, milliseconds. */
const ANSWERING_MS = 2_000;

/** Aborts when a search should answer with what it has: the client has gone, or four fifths of the time that is left are over. */
export function searchSignal({ signal, deadline, now }: Pick<Context, 'signal' | 'deadline' | 'now'>): AbortSignal {
  if (deadline === undefined) return signal ?? new AbortController().signal;
  const left = Math.max(0, deadline - now());
  const late = AbortSignal.timeout(Math.round(Math.max(left * 0.8, left - ANSWERING_MS)));
  return signal ? AbortSignal.any([signal, late]) : late;
}

/** Whether the viewer is of this role or a stronger one. */
export function is(context: Context, role: Role): boolean {
  return atLeast(context.viewer.role, role);
}

/** Refuses what is for a role to whoever is of a weaker one: FORBIDDEN, or UNAUTHENTICATED where nobody has signed in. */
export function onlyFor(context: Context, role: Role, what: string, details: ErrorDetails = {}): void {
  if (is(context, role)) return;
  const code = context.viewer.name === null ? 'UNAUTHENTICATED' : 'FORBIDDEN';
  throw new AppError(code, `${what} for ${role} and above.`, { ...details, needed: role });
}

/** What a viewer may ask to see at least: readers RUMOURED and above. Throws as `onlyFor` does. */
export function askedStanding(context: Context, minStanding: Standing | null | undefined): Standing {
  const asked = minStanding ?? 2;
  if (asked < 1) onlyFor(context, 'REVIEWER', 'What is below RUMOURED is', { field: 'minStanding', rule: 'STANDING' });
  return asked;
}

/** The standing from which on a record that is looked up by its id is there for the viewer: PROPOSED and REJECTED are for reviewers. */
export function leastStanding(context: Context): Standing {
  return is(context, 'REVIEWER') ? -1 : 1;
}
