import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Config } from '../config.js';
import type { Graph } from '../graph/graph.js';
import { createSchema } from '../graphql/schema.js';
import type { Logger } from '../log.js';
import { createAudience } from './audience.js';
import { createContexts } from './contexts.js';
import type { DeskLink } from './desk-link.js';
import { answerBroken, answerFailures } from './failures.js';
import { serveGraphql } from './graphql.js';
import { secure } from './headers.js';
import { serveHealth } from './health.js';
import { jwtReader } from './jwt.js';
import { serveLive } from './live.js';
import { serveMetrics } from './metrics.js';
import { servePages } from './pages.js';
import { limitRates } from './rate-limit.js';
import { logRequests, requestId } from './requests.js';
import { serveSignIn } from './sign-in.js';
import { createWhoAsks } from './viewer.js';

/** How long a client may take to send its whole request, milliseconds. */
const RECEIVE_MS = 30_000;

export interface AppParts {
  graph: Graph;
  config: Omit<Config, 'port' | 'host' | 'graph' | 'logLevel'>;
  log: Logger;
  /** Milliseconds since 1970-01-01T00:00Z. */
  now: () => number;
  /** A way in for an admin that was given out, if any. */
  deskLink?: DeskLink | null;
}

/**
 * The whole server without its process: it listens nowhere yet and reads no environment. Closing it waits for the requests
 * that run; the graph stays open, for it belongs to the caller.
 */
export async function createApp({ graph, config, log, now, deskLink = null }: AppParts): Promise<FastifyInstance> {
  const logger: FastifyBaseLogger = log;
  const app = Fastify({
    loggerInstance: logger,
    genReqId: requestId,
    logController: new LogController({ requestIdLogLabel: 'request', disableRequestLogging: true }),
    bodyLimit: config.maxBodyBytes,
    requestTimeout: RECEIVE_MS,
    clientErrorHandler: answerBroken,
    trustProxy: config.trustProxy,
  });
  // Only JSON comes in; a text body has no meaning here and could be sent by any web page without a preflight.
  app.removeContentTypeParser('text/plain');
  answerFailures(app);
  logRequests(app);
  await secure(app);
  const audience = createAudience(config.liveLimit);
  serveMetrics(app, graph, audience);
  serveHealth(app, graph);
  const readJwt = config.provider && (await jwtReader(config.provider, now));
  const whoAsks = createWhoAsks({ graph, log, now, readJwt });
  const limits = await limitRates(app, config);
  const schema = createSchema();
  const contextOf = createContexts(app, { graph, config, log, now });
  await serveGraphql(app, { graph, config, log, now, schema, contextOf, whoAsks, limits });
  serveLive(app, { graph, config, log, now, schema, contextOf, whoAsks, limits, audience });
  serveSignIn(app, { graph, config, now, whoAsks, limits, deskLink });
  await servePages(app);
  return app;
}
