import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError, type ErrorCode } from '../errors.js';

/** What every failure outside of GraphQL looks like: the shape that GraphQL clients already read. */
interface Failure {
  errors: [{ message: string; extensions: { code: ErrorCode | 'INTERNAL'; [detail: string]: unknown } }];
}

const failure = (code: ErrorCode | 'INTERNAL', message: string, details: object = {}): Failure => ({
  errors: [{ message, extensions: { ...details, code } }],
});

export const STATUS: Record<ErrorCode, number> = {
  NOT_FOUND: 404,
  INVALID_INPUT: 400,
  CONFLICT: 409,
  REFUSED: 422,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  TOO_COMPLEX: 400,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
};

/** Makes one answer of whatever is thrown on the way to a handler or in it, and of every path that nobody serves. */
export function answerFailures(app: FastifyInstance): void {
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send(failure('NOT_FOUND', `Nothing is served at ${request.method} ${pathOf(request)}.`)),
  );
}

/** How a request that never became one is refused: by Node's code, the status, rule and message. */
const BROKEN: Record<string, [status: number, rule: string, message: string]> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'TIMEOUT', 'The request took too long to arrive.'],
  HPE_HEADER_OVERFLOW: [431, 'SIZE', 'The headers are too large.'],
};
const NO_HTTP = [400, 'HTTP', 'This is no HTTP request.'] as const;

/** Answers what no handler ever sees, in the shape of every other failure, and ends its connection. */
export function answerBroken({ code }: { code?: string }, socket: Duplex): void {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, rule, message] = BROKEN[code ?? ''] ?? NO_HTTP;
  const body = JSON.stringify(failure('INVALID_INPUT', message, { rule }));
  const headers = ['content-type: application/json; charset=utf-8', `content-length: ${Buffer.byteLength(body)}`];
  socket.end(
    [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...headers, 'connection: close', '', body].join('\r\n'),
    () => socket.destroy(),
  );
}

/** The path that was asked for, without the query, which can hold GraphQL variables. */
export function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? request.url;
}

function answerError(error: FastifyError | AppError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof AppError) {
    if (error.code === 'UNAUTHENTICATED') reply.header('www-authenticate', 'Bearer realm="hearsay"');
    if (error.details.retryAfter !== undefined) reply.header('retry-after', error.details.retryAfter);
    return reply.code(STATUS[error.code]).send(failure(error.code, error.message, error.details));
  }
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) return reply.code(status).send(refusal(error, request));
  request.log.error({ err: error }, 'unexpected error');
  return reply.code(500).send(failure('INTERNAL', 'Something went wrong here.', { reference: request.id }));
}

/** Fastify's refusals of a request, in words that say what to send instead. */
function refusal(error: FastifyError, request: FastifyRequest): Failure {
  const refuse = (rule: string, message: string) => failure('INVALID_INPUT', message, { field: 'body', rule });
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return refuse('SIZE', `The body is larger than ${request.routeOptions.bodyLimit} bytes.`);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return refuse('MEDIA_TYPE', 'Send the body as content-type application/json.');
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return refuse('JSON', 'The body is empty: a JSON object with a "query" is expected.');
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return refuse('JSON', 'The body is not JSON.');
    default:
      return error instanceof SyntaxError
        ? refuse('JSON', 'The body is not JSON.')
        : failure('INVALID_INPUT', error.message);
  }
}
