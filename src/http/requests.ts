import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { pathOf } from './failures.js';

const REQUEST_ID = /^[A-Za-z0-9_.-]{8,64}$/;

/** The caller's own request id where it sends a harmless one, so that logs of several servers can be joined. */
export function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

/** Logs one line a request, without query string, headers and body, and tells the caller the id it is logged under. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const line = {
      method: request.method,
      path: pathOf(request),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    if (isSmall(request)) request.log.debug(line, 'request');
    else request.log.info(line, 'request');
  });
  app.addHook('onRequestAbort', async (request) => {
    request.log.info({ method: request.method, path: pathOf(request) }, 'request left by the client');
  });
}

/** Probes come every few seconds, and a page brings a dozen files: either would drown the log. */
function isSmall({ routeOptions }: FastifyRequest): boolean {
  return ['/health/', '/metrics', '/assets/'].some((start) => routeOptions.url?.startsWith(start));
}

/** Aborts when the client goes away before it was answered. */
export function signalOf(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  return gone.signal;
}

/** Answers what asks for some work to be done when the request is answered or its client gone: once, however often it is asked for. */
export function onceAnswered(reply: FastifyReply, work: () => void): () => void {
  let isAsked = false;
  return () => {
    if (isAsked) return;
    isAsked = true;
    if (reply.raw.closed) work();
    else reply.raw.once('close', work);
  };
}
