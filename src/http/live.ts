import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { createSubscriptions } from '../graphql/live.js';
import { createPulse } from '../graphql/pulse.js';
import type { AppParts } from './app.js';
import type { Audience } from './audience.js';
import type { ListenerParts } from './listener.js';
import type { Limits } from './rate-limit.js';
import { serveSockets } from './socket.js';
import { serveStream } from './stream.js';

interface LiveParts
  extends Pick<AppParts, 'graph' | 'config' | 'log' | 'now'>,
    Pick<ListenerParts, 'contextOf' | 'whoAsks'> {
  schema: GraphQLSchema;
  limits: Limits;
  audience: Audience;
}

/** Subscriptions over WebSocket and as server-sent events. */
export function serveLive(app: FastifyInstance, { graph, log, ...given }: LiveParts): void {
  const pulse = createPulse({ graph, log, intervalMs: given.config.liveIntervalMs });
  const parts = { ...given, pulse, subscriptions: createSubscriptions({ schema: given.schema }) };
  serveStream(app, parts);
  serveSockets(app, parts);
}
