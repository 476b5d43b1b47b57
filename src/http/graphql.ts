import { randomUUID } from 'node:crypto';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../errors.js';
import { contextFor } from '../graphql/context.js';
import { startHiding } from '../graphql/hiding.js';
import { createApollo, createMemory, startSearch } from '../graphql/server.js';
import type { AppParts } from './app.js';
import type { Limits } from './rate-limit.js';
import { onceAnswered, signalOf } from './requests.js';
import { noCookie } from './session-cookie.js';
import type { Asker, WhoAsks } from './viewer.js';

export interface GraphqlParts extends Pick<AppParts, 'graph' | 'config' | 'log' | 'now'> {
  whoAsks: WhoAsks;
  limits: Limits;
}

/** What is known of a request before GraphQL sees it. */
interface Admitted {
  asker: Asker;
  signal: AbortSignal;
  /** By `now`. */
  deadline: number;
}

/** `/graphql`: POST, and GET for queries. What a request reads gives up when its client leaves or its time is over. */
export async function serveGraphql(app: FastifyInstance, parts: GraphqlParts): Promise<void> {
  const { graph, config, log, now } = parts;
  const apollo = createApollo({ log });
  await apollo.start();
  app.addHook('onClose', () => apollo.stop());
  const memory = createMemory();
  const { search, stop } = startSearch({ graph, log });
  app.addHook('onClose', stop);
  const hiding = startHiding({ graph, log, now, most: config.takedownHidings });
  app.addHook('onClose', hiding.stop);
  const admitted = new WeakMap<FastifyRequest, Admitted>();
  const answer = fastifyApolloHandler(apollo, {
    context: async (request, reply) => {
      const known = admitted.get(request);
      if (known === undefined) throw new Error('A request came to GraphQL that nobody admitted');
      const { asker, ...limits } = known;
      return contextFor({
        graph,
        write: graph,
        newKey: randomUUID,
        viewer: asker.viewer,
        minors: config.minors,
        now,
        log: request.log,
        search,
        memory,
        takedowns: {
          count: () => parts.limits.takedown(request, asker.key),
          hide: onceAnswered(reply, hiding.hide),
        },
        ...limits,
      });
    },
  });
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    async preHandler(request, reply) {
      reply.header('cache-control', 'no-store');
      if (isVisit(request)) return reply.redirect('/graphiql');
      admitted.set(request, await admit(request, reply, parts));
    },
    handler: answer,
  });
}

/** Finds out who asks and counts it; a credential that isn't taken counts for the address that sends it. */
async function admit(request: FastifyRequest, reply: FastifyReply, parts: GraphqlParts): Promise<Admitted> {
  const { whoAsks, limits, now, config } = parts;
  const signal = signalOf(reply);
  const deadline = now() + config.requestTimeoutMs;
  try {
    const asker = await whoAsks.asker(request.headers, { signal, deadlineMs: config.requestTimeoutMs });
    await limits.question(request, asker.key);
    return { asker, signal, deadline };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'RATE_LIMITED') throw error;
    // Whose session is over is a reader from the next request on, and not refused for ever.
    if (error.details.rule === 'SESSION') reply.header('set-cookie', noCookie(request.headers));
    await limits.question(request, null);
    throw error;
  }
}

/** Somebody who opens the address in a browser wants to look around. */
function isVisit({ method, url, headers }: FastifyRequest): boolean {
  return method === 'GET' && !url.includes('?') && (headers.accept ?? '').includes('text/html');
}
