import { setTimeout as wait } from 'node:timers/promises';
import type { Reads } from '../graph/graph.js';
import { seqNow } from '../store/moment.js';

/** How long one look may take, milliseconds. */
const LOOK_MS = 5_000;

/** How everybody who follows the changes of one graph learns of new ones: one look for all, and none while nobody waits. */
export interface Pulse {
  /**
   * Waits for the next look, and answers the number of the last change; null where the graph could not be asked, or where the signal aborts
   * first.
   */
  look(signal: AbortSignal): Promise<number | null>;
}

export interface PulseParts {
  graph: Reads;
  intervalMs: number;
  log: { warn(details: object, message: string): void };
}

export function createPulse({ graph, intervalMs, log }: PulseParts): Pulse {
  const reads: Reads = {
    read: (statement, params, operation) => graph.read(statement, params, { deadlineMs: LOOK_MS, ...operation }),
  };
  let next: Promise<number | null> | null = null;
  let isOut = false;

  const look = async (): Promise<number | null> => {
    await wait(intervalMs);
    try {
      const seq = await seqNow(reads);
      isOut = false;
      return seq;
    } catch (error) {
      // Once for each outage: looks go on meanwhile.
      if (!isOut) log.warn({ err: error }, 'the graph can’t be asked for new changes');
      isOut = true;
      return null;
    } finally {
      next = null;
    }
  };

  return {
    look(signal) {
      next ??= look();
      return orGone(next, signal);
    },
  };
}

/** What is promised, or null where the signal aborts first. */
function orGone<T>(promised: Promise<T>, signal: AbortSignal): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const leave = () => resolve(null);
    if (signal.aborted) return leave();
    signal.addEventListener('abort', leave, { once: true });
    promised.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
