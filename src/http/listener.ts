import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '../config.js';
import type { Context, TakedownDesk } from '../graphql/context.js';
import type { ErrorLog } from '../graphql/errors.js';
import type { Live, LiveAnswer, LiveRequest, Subscriptions } from '../graphql/live.js';
import type { Pulse } from '../graphql/pulse.js';
import type { Audience, Transport } from './audience.js';
import type { Asked } from './contexts.js';
import type { Asker, WhoAsks } from './viewer.js';

export interface ListenerParts {
  config: Pick<Config, 'requestTimeoutMs'>;
  now: () => number;
  whoAsks: WhoAsks;
  contextOf: (asked: Asked) => Context;
  subscriptions: Subscriptions;
  pulse: Pulse;
  audience: Audience;
}

/** A connection that stays open, and who has opened it. */
export interface Connection {
  transport: Transport;
  /** The headers that say who asks, for asking again. */
  headers: IncomingHttpHeaders;
  asker: Asker;
  log: ErrorLog;
  /** Aborts when the connection ends. */
  signal: AbortSignal;
}

/** What a subscription answers. `return` ends it at once, whatever it waits for. */
export interface Answers extends AsyncIterableIterator<LiveAnswer, void, void> {
  return(): Promise<IteratorResult<LiveAnswer, void>>;
}

/** Begins a subscription over a connection; `seen` is the number of the last change that the client has had, as `Live` says. */
export type Listen = (asked: LiveRequest, seen: string | null) => Promise<Answers>;

/** Whoever has opened a connection was looked up so short ago, milliseconds. */
const JUST_NOW_MS = 1_000;

/** Lets somebody listen over a connection: who they are is looked up again as long as it lasts. */
export function listener(parts: ListenerParts, connection: Connection): Listen {
  const { config, now, contextOf, subscriptions, pulse, audience } = parts;
  const { transport, log } = connection;
  const askerNow = againAndAgain(parts, connection);

  return async (asked, seen) => {
    const { signal, end } = endOf(connection.signal);
    const live: Live = {
      pulse,
      seen,
      signal,
      renew: async (maxAgeMs) => {
        const { viewer } = await askerNow(maxAgeMs);
        const deadline = now() + config.requestTimeoutMs;
        return contextOf({ viewer, log, signal, deadline, live, takedowns: NO_TAKEDOWNS });
      },
    };
    const leave = audience.subscribe(transport);
    const over = () => {
      end();
      leave();
    };
    try {
      return endable(await subscriptions.begin(asked, await live.renew(JUST_NOW_MS)), over);
    } catch (error) {
      over();
      throw error;
    }
  };
}

/** A signal that aborts with the connection's, or earlier. */
function endOf(connection: AbortSignal): { signal: AbortSignal; end: () => void } {
  const ending = new AbortController();
  const end = () => {
    connection.removeEventListener('abort', end);
    ending.abort();
  };
  if (connection.aborted) end();
  else connection.addEventListener('abort', end);
  return { signal: ending.signal, end };
}

/** A generator that waits for something hears of its end only after that; so whatever it waits for is ended first. */
function endable(source: AsyncIterator<LiveAnswer, void, void>, over: () => void): Answers {
  return {
    async next() {
      try {
        const answer = await source.next();
        if (answer.done) over();
        return answer;
      } catch (error) {
        over();
        throw error;
      }
    },
    async return() {
      over();
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Who asks, looked up again where that is longer ago than `maxAgeMs`, and once they should be somebody else. */
function againAndAgain({ config, now, whoAsks }: ListenerParts, { headers, asker, signal }: Connection) {
  let known = asker;
  let looked = now();
  return async (maxAgeMs: number): Promise<Asker> => {
    const at = now();
    const isOver = known.until !== null && known.until <= at;
    if (!isOver && at - looked < maxAgeMs) return known;
    known = await whoAsks.asker(headers, { signal, deadlineMs: config.requestTimeoutMs });
    looked = at;
    return known;
  };
}

/** A subscription orders nothing. */
const NO_TAKEDOWNS: TakedownDesk = {
  count: () => Promise.reject(new Error('A subscription asked for somebody to be taken down')),
  hide: () => {},
};
