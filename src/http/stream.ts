import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { invalid } from '../errors.js';
import type { LiveRequest, Told } from '../graphql/live.js';
import { type AdmitParts, type Admitted, admit } from './admit.js';
import { eventStream } from './event-stream.js';
import { STATUS } from './failures.js';
import { type ListenerParts, listener } from './listener.js';
import { addressOf } from './rate-limit.js';

/** A client that takes nothing for so long is gone, milliseconds. */
const STUCK_MS = 60_000;

const asked = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/** `/graphql/stream`: subscriptions as server-sent events, by GET for a browser's own EventSource, or by POST. */
export function serveStream(app: FastifyInstance, parts: AdmitParts & ListenerParts): void {
  const admitted = new WeakMap<FastifyRequest, Admitted>();
  const open = new Set<AbortController>();
  app.addHook('preClose', async () => {
    for (const connection of open) connection.abort();
  });
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql/stream',
    exposeHeadRoute: false,
    async preHandler(request, reply) {
      reply.header('cache-control', 'no-store');
      admitted.set(request, await admit(request, reply, parts));
    },
    async handler(request, reply) {
      const known = admitted.get(request);
      if (known === undefined) throw new Error('A stream that nobody admitted');
      const question = questionIn(request);
      const leave = parts.audience.connect(known.asker.key ?? addressOf(request));
      const ending = new AbortController();
      open.add(ending);
      reply.raw.once('close', () => {
        ending.abort();
        open.delete(ending);
        leave();
      });
      return answer(request, reply, question, parts, { ...known, signal: ending.signal });
    },
  });
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  question: LiveRequest,
  parts: ListenerParts,
  { asker, signal }: Pick<Admitted, 'asker' | 'signal'>,
): Promise<FastifyReply> {
  const { headers, log } = request;
  const told = (error: unknown): [Told, ...Told[]] => parts.subscriptions.told(error, log);
  const listen = listener(parts, { transport: 'sse', headers, asker, log, signal });
  try {
    const answers = await listen(question, lastEventId(request));
    return send(reply, eventStream(answers, told));
  } catch (error) {
    // An EventSource sees nothing of any other answer than a stream.
    if (headers.accept?.includes('text/event-stream')) return send(reply, eventStream(failing(error), told));
    const errors = told(error);
    return reply.code(statusOf(errors[0])).send({ errors });
  }
}

function send(reply: FastifyReply, frames: AsyncGenerator<string, void, void>): FastifyReply {
  reply.raw.setTimeout(STUCK_MS);
  return reply
    .type('text/event-stream; charset=utf-8')
    .header('x-accel-buffering', 'no')
    .send(Readable.from(frames, { objectMode: false }));
}

async function* failing(error: unknown): AsyncGenerator<never, void, void> {
  yield await Promise.reject(error);
}

function lastEventId({ headers }: FastifyRequest): string | null {
  const given = headers['last-event-id'];
  return typeof given === 'string' && given !== '' ? given : null;
}

function statusOf({ formatted }: Told): number {
  const code = formatted.extensions?.code;
  if (code === 'INTERNAL') return 500;
  return Object.entries(STATUS).find(([name]) => name === code)?.[1] ?? 400;
}

/** The question in the query string of a GET, whose variables are JSON, or in the body of a POST. Throws INVALID_INPUT, rule QUESTION. */
function questionIn(request: FastifyRequest): LiveRequest {
  const { success, data, error } = asked.safeParse(request.method === 'GET' ? inQueryString(request) : request.body);
  if (success) return data;
  const field = String(error.issues[0]?.path[0] ?? 'query');
  throw invalid(
    field,
    'QUESTION',
    `A "query" is expected as text, "variables" as an object, "operationName" as text: ${field} is not.`,
  );
}

function inQueryString(request: FastifyRequest): unknown {
  const given = request.query as Record<string, unknown>;
  if (typeof given.variables !== 'string') return given;
  try {
    return { ...given, variables: JSON.parse(given.variables) };
  } catch {
    throw invalid('variables', 'JSON', 'The variables are not JSON.');
  }
}
