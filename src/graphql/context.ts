import { dayOfEpoch } from '../domain/day.js';
import type { Standing } from '../domain/evidence.js';
import { atLeast, type Minors, type Role, type Sight, sightOf, type Viewer } from '../domain/gate.js';
import { AppError } from '../errors.js';
import type { Reads } from '../graph/graph.js';
import type { ErrorLog } from './errors.js';
import { type Loaders, loadersFor } from './loaders.js';

/** What every resolver gets: made for one request, kept by none. */
export interface Context {
  /** Reads that give up with the request. */
  graph: Reads;
  viewer: Viewer;
  sight: Sight;
  /** Milliseconds since 1970-01-01T00:00Z. */
  now: () => number;
  log: ErrorLog;
  loaders: Loaders;
}

export interface ContextParts extends Omit<Context, 'sight' | 'loaders'> {
  /** The setting for readers and contributors. */
  minors: Minors;
  /** The client has gone, or the server stops. */
  signal?: AbortSignal;
  /** The moment at which the request gives up, by `now`. */
  deadline?: number;
}

export function contextFor({ graph, viewer, minors, now, log, signal, deadline }: ContextParts): Context {
  const sight = sightOf(viewer.role, minors, dayOfEpoch(now()));
  const reads: Reads = {
    read: (statement, params, operation) =>
      graph.read(statement, params, {
        ...(signal && { signal }),
        ...(deadline !== undefined && { deadlineMs: Math.max(1, deadline - now()) }),
        ...operation,
      }),
  };
  return { graph: reads, viewer, sight, now, log, loaders: loadersFor(reads, sight) };
}

/** Whether the viewer is of this role or a stronger one. */
export function is(context: Context, role: Role): boolean {
  return atLeast(context.viewer.role, role);
}

/** What a viewer may ask to see at least: readers RUMOURED and above. Throws FORBIDDEN. */
export function askedStanding(context: Context, minStanding: Standing | null | undefined): Standing {
  const asked = minStanding ?? 2;
  if (asked >= 1 || is(context, 'REVIEWER')) return asked;
  throw new AppError('FORBIDDEN', 'What is not established at least as RUMOURED is for reviewers.', {
    field: 'minStanding',
    rule: 'STANDING',
  });
}

/** The standing from which on a record that is looked up by its id is there for the viewer: PROPOSED and REJECTED are for reviewers. */
export function leastStanding(context: Context): Standing {
  return is(context, 'REVIEWER') ? -1 : 1;
}
