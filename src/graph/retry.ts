import { setTimeout as wait } from 'node:timers/promises';
import type { Limit } from './limit.js';

/** How often work may run when the engine asks for another try: two writers met, or a deadlock. */
export const TRIES_ON_CONFLICT = 30;
/** How often work may run when the connection is lost: enough for one that was stale, too few to hide a server that is down. */
export const TRIES_ON_LOSS = 3;

const FIRST_WAIT_MS = 10;
const LONGEST_WAIT_MS = 500;

/** Runs `attempt` again, with growing random pauses, as often as `tries` allows for its error and until `limit` is over. */
export async function retrying<T>(
  limit: Limit,
  tries: (error: unknown) => number,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let done = 1; ; done += 1) {
    limit.check();
    try {
      return await attempt();
    } catch (error) {
      if (done >= tries(error)) throw error;
      const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** done);
      await limit.race(wait(Math.random() * longest));
    }
  }
}
