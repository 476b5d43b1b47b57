import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { type Context, type ContextParts, contextFor } from '../graphql/context.js';
import { createMemory, startSearch } from '../graphql/server.js';
import type { AppParts } from './app.js';

/** What a context has of its own; the rest is the server's. */
export type Asked = Pick<ContextParts, 'viewer' | 'log' | 'takedowns' | 'signal' | 'deadline' | 'live'>;

/** Makes the contexts of a server: all share its search and its memory, and nothing else. */
export function createContexts(
  app: FastifyInstance,
  { graph, config, log, now }: Pick<AppParts, 'graph' | 'config' | 'log' | 'now'>,
): (asked: Asked) => Context {
  const memory = createMemory();
  const { search, stop } = startSearch({ graph, log });
  app.addHook('onClose', stop);
  const shared = { graph, write: graph, newKey: randomUUID, minors: config.minors, now, search, memory };
  return (asked) => contextFor({ ...shared, ...asked });
}
