import { hideDue } from '../editing/takedown.js';
import type { Graph, Writes } from '../graph/graph.js';

export interface HidingParts {
  graph: Graph;
  log: { error(details: object, message: string): void };
  /** Milliseconds since 1970-01-01T00:00Z. */
  now: () => number;
  /** So many people at most are hidden within an hour without anybody's decision. */
  most: number;
}

/** Hides those about whom takedown requests ask, where that waits for nobody. */
export interface Hiding {
  /** Looks once more whom to hide; nobody waits for it. What fails is logged, and done by the next. */
  hide: () => void;
  /** Gives up what is begun; the next server goes on with it. */
  stop: () => Promise<void>;
}

/** The one hiding of a server; it begins with whatever an earlier server has left. */
export function startHiding({ graph, log, now, most }: HidingParts): Hiding {
  let last: Promise<void> = Promise.resolve();
  let isAhead = false;
  const stopping = new AbortController();
  const { signal } = stopping;
  // A graph that hangs must not keep a server from stopping.
  const untilStop: Writes = {
    read: (statement, params, operation) => graph.read(statement, params, { signal, ...operation }),
    write: (work) => graph.write(work, { signal }),
  };
  const hide = () => {
    // Whoever has not begun to look will see this request too.
    if (isAhead) return;
    isAhead = true;
    last = last
      .then(() => {
        isAhead = false;
        return hideDue(untilStop, { now: now(), most });
      })
      .catch((error: unknown) => {
        if (!signal.aborted) log.error({ err: error }, 'somebody could not be hidden; the next request tries again');
      });
  };
  hide();
  const stop = () => {
    stopping.abort();
    return last;
  };
  return { hide, stop };
}
