import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Config } from '../config.js';
import type { Graph } from '../graph/graph.js';
import type { Logger } from '../log.js';
import { answerFailures } from './failures.js';
import { serveGraphql } from './graphql.js';
import { secure } from './headers.js';
import { serveHealth } from './health.js';
import { serveMetrics } from './metrics.js';
import { servePages } from './pages.js';
import { logRequests, requestId } from './requests.js';

/** How long a client may take to send its whole request, milliseconds. */
const RECEIVE_MS = 30_000;

export interface AppParts {
  graph: Graph;
  config: Pick<Config, 'minors' | 'requestTimeoutMs' | 'maxBodyBytes'>;
  log: Logger;
  /** Milliseconds since 1970-01-01T00:00Z. */
  now: () => number;
}

/**
 * The whole server without its process: it listens nowhere yet and reads no environment. Closing it waits for the requests
 * that run; the graph stays open, for it belongs to the caller.
 */
export async function createApp({ graph, config, log, now }: AppParts): Promise<FastifyInstance> {
  const logger: FastifyBaseLogger = log;
  const app = Fastify({
    loggerInstance: logger,
    genReqId: requestId,
    logController: new LogController({ requestIdLogLabel: 'request', disableRequestLogging: true }),
    bodyLimit: config.maxBodyBytes,
    requestTimeout: RECEIVE_MS,
  });
  // Only JSON comes in; a text body has no meaning here and could be sent by any web page without a preflight.
  app.removeContentTypeParser('text/plain');
  answerFailures(app);
  logRequests(app);
  await secure(app);
  serveMetrics(app, graph);
  serveHealth(app, graph);
  await serveGraphql(app, { graph, config, log, now });
  await servePages(app);
  return app;
}
