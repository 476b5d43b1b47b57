import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { contextFor } from '../graphql/context.js';
import { createApollo } from '../graphql/server.js';
import type { AppParts } from './app.js';
import { signalOf } from './requests.js';

/** Nobody has signed in: whoever asks is a reader. */
const ANYBODY = { name: null, role: 'READER' } as const;

/** `/graphql`: POST, and GET for queries. What a request reads gives up when its client leaves or its time is over. */
export async function serveGraphql(app: FastifyInstance, { graph, config, log, now }: AppParts): Promise<void> {
  const apollo = createApollo({ log });
  await apollo.start();
  app.addHook('onClose', () => apollo.stop());
  const answer = fastifyApolloHandler(apollo, {
    context: async (request, reply) =>
      contextFor({
        graph,
        viewer: ANYBODY,
        minors: config.minors,
        now,
        log: request.log,
        signal: signalOf(reply),
        deadline: now() + config.requestTimeoutMs,
      }),
  });
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    handler(request, reply) {
      reply.header('cache-control', 'no-store');
      return isVisit(request) ? reply.redirect('/graphiql') : answer.call(app, request, reply);
    },
  });
}

/** Somebody who opens the address in a browser wants to look around. */
function isVisit({ method, url, headers }: FastifyRequest): boolean {
  return method === 'GET' && !url.includes('?') && (headers.accept ?? '').includes('text/html');
}
