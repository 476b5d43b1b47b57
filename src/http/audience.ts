import { AppError } from '../errors.js';

/** How live changes come to a client. */
export const TRANSPORTS = ['websocket', 'sse'] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** Gives a place back; again is nothing. */
export type Leave = () => void;

/** Everybody who listens to this server. */
export interface Audience {
  /** A connection of whoever is counted by this key. Throws RATE_LIMITED, rule CONNECTIONS, where too many are open already. */
  connect(key: string): Leave;
  /** A subscription that was begun. */
  subscribe(transport: Transport): Leave;
  /** The subscriptions that are open now. */
  subscribers(transport: Transport): number;
}

/** @param most Connections for a key at a time; 0 is no limit. */
export function createAudience(most: number): Audience {
  const connections = new Map<string, number>();
  const subscribers: Record<Transport, number> = { websocket: 0, sse: 0 };
  return {
    connect(key) {
      const open = connections.get(key) ?? 0;
      if (most > 0 && open >= most) throw tooMany(most);
      connections.set(key, open + 1);
      return once(() => {
        const left = (connections.get(key) ?? 0) - 1;
        if (left > 0) connections.set(key, left);
        else connections.delete(key);
      });
    },
    subscribe(transport) {
      subscribers[transport] += 1;
      return once(() => {
        subscribers[transport] -= 1;
      });
    },
    subscribers: (transport) => subscribers[transport],
  };
}

function once(leave: () => void): Leave {
  let isLeft = false;
  return () => {
    if (!isLeft) leave();
    isLeft = true;
  };
}

function tooMany(limit: number): AppError {
  return new AppError('RATE_LIMITED', `No more than ${limit} connections with live changes at a time.`, {
    rule: 'CONNECTIONS',
    limit,
  });
}
