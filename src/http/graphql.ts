import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Context } from '../graphql/context.js';
import { startHiding } from '../graphql/hiding.js';
import { createApollo } from '../graphql/server.js';
import { type Admitted, admit } from './admit.js';
import type { AppParts } from './app.js';
import type { Asked } from './contexts.js';
import type { Limits } from './rate-limit.js';
import { onceAnswered } from './requests.js';
import type { WhoAsks } from './viewer.js';

export interface GraphqlParts extends Pick<AppParts, 'graph' | 'config' | 'log' | 'now'> {
  schema: GraphQLSchema;
  contextOf: (asked: Asked) => Context;
  whoAsks: WhoAsks;
  limits: Limits;
}

/** `/graphql`: POST, and GET for queries. What a request reads gives up when its client leaves or its time is over. */
export async function serveGraphql(app: FastifyInstance, parts: GraphqlParts): Promise<void> {
  const { graph, config, log, now, schema, contextOf } = parts;
  const apollo = createApollo({ log, schema });
  await apollo.start();
  app.addHook('onClose', () => apollo.stop());
  const hiding = startHiding({ graph, log, now, most: config.takedownHidings });
  app.addHook('onClose', hiding.stop);
  const admitted = new WeakMap<FastifyRequest, Admitted>();
  const answer = fastifyApolloHandler(apollo, {
    context: async (request, reply) => {
      const known = admitted.get(request);
      if (known === undefined) throw new Error('A request came to GraphQL that nobody admitted');
      const { asker, ...limits } = known;
      const takedowns = {
        count: () => parts.limits.takedown(request, asker.key),
        hide: onceAnswered(reply, hiding.hide),
      };
      return contextOf({ viewer: asker.viewer, log: request.log, takedowns, ...limits });
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

/** Somebody who opens the address in a browser wants to look around. */
function isVisit({ method, url, headers }: FastifyRequest): boolean {
  return method === 'GET' && !url.includes('?') && (headers.accept ?? '').includes('text/html');
}
