import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { type ExecutionArgs, type ExecutionResult, type GraphQLSchema, parse } from 'graphql';
import { CloseCode, type ServerOptions, type SubscribePayload } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Config } from '../config.js';
import { AppError } from '../errors.js';
import { Told } from '../graphql/live.js';
import type { Leave } from './audience.js';
import { type Answers, type Listen, type ListenerParts, listener } from './listener.js';
import type { Limits } from './rate-limit.js';
import { unauthenticated } from './unauthenticated.js';

/** How long a client may take to say who it is, milliseconds. */
const INIT_MS = 5_000;
/** Subscriptions over one socket at a time. */
const MOST_SUBSCRIPTIONS = 10;
/** Close code of WebSocket itself. */
const TRY_AGAIN_LATER = 1013;
/** What a close can say, bytes. */
const MOST_REASON = 123;

export interface SocketParts extends ListenerParts {
  schema: GraphQLSchema;
  config: Pick<Config, 'requestTimeoutMs' | 'maxBodyBytes'>;
  limits: Limits;
}

/** What is known of one socket. */
export interface OnSocket {
  request: FastifyRequest;
  socket: WebSocket;
  /** Aborts when it closes. */
  gone: AbortSignal;
  /** Its place among the connections: of its address, and then of whoever has opened it. */
  seat: { leave: Leave };
  /** Null until the client has said who it is. */
  listens: { listen: Listen; key: string | null } | null;
  /** Who has opened it is nobody any more. */
  isOver: boolean;
}

type Params = Record<string, unknown>;

/** graphql-transport-ws over what `listener` answers. */
export function protocol(parts: SocketParts): ServerOptions<Params, OnSocket> {
  const { schema, subscriptions } = parts;
  return {
    connectionInitWaitTimeout: INIT_MS,
    onConnect: async ({ extra, connectionParams = {} }) => {
      try {
        await letIn(parts, extra, connectionParams);
        return true;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        close(extra.socket, error);
        return false;
      }
    },
    onSubscribe: async ({ extra, subscriptions: open }, _id, payload) => {
      try {
        return argsOf(schema, await subscribe(parts, extra, Object.keys(open).length, payload));
      } catch (error) {
        return subscriptions.told(error, extra.request.log);
      }
    },
    subscribe: ({ contextValue }) => resultsOf(contextValue as Answers),
    onError: ({ extra }, _id, _payload, errors) => {
      const told = errors.flatMap((error) =>
        error instanceof Told ? error : subscriptions.told(error.originalError, extra.request.log),
      );
      extra.isOver ||= told.some(({ formatted }) => formatted.extensions?.code === 'UNAUTHENTICATED');
      return told.map(({ formatted }) => formatted);
    },
    onComplete: ({ extra }) => {
      if (extra.isOver) extra.socket.close(CloseCode.Forbidden, 'Forbidden');
    },
  };
}

/**
 * Finds out who has opened a socket: by `authorization` in the payload of `connection_init`, as the header would say it, else by the
 * headers of the request. Throws as `asker` does; RATE_LIMITED, rule CONNECTIONS.
 */
async function letIn(parts: SocketParts, extra: OnSocket, params: Params): Promise<void> {
  const { request, gone: signal, seat } = extra;
  const headers = { ...request.headers, ...authorizationIn(params) };
  const asker = await parts.whoAsks.asker(headers, { signal, deadlineMs: parts.config.requestTimeoutMs });
  if (asker.key !== null) {
    const leave = parts.audience.connect(asker.key);
    seat.leave();
    seat.leave = leave;
    // It closed while it was asked for who it is.
    if (signal.aborted) leave();
  }
  const listen = listener(parts, { transport: 'websocket', headers, asker, log: request.log, signal });
  extra.listens = { listen, key: asker.key };
}

function authorizationIn(params: Params): Pick<IncomingHttpHeaders, 'authorization'> {
  const [, authorization] = Object.entries(params).find(([name]) => name.toLowerCase() === 'authorization') ?? [];
  if (authorization === undefined) return {};
  if (typeof authorization !== 'string') throw unauthenticated('SCHEME');
  return { authorization };
}

async function subscribe(
  { limits }: SocketParts,
  { listens, request }: OnSocket,
  open: number,
  { query, variables, operationName }: SubscribePayload,
): Promise<Answers> {
  if (listens === null) throw new Error('A subscription over a socket that nobody has opened');
  if (open > MOST_SUBSCRIPTIONS) throw tooMany();
  await limits.question(request, listens.key);
  return listens.listen({ query, variables, operationName }, null);
}

function tooMany(): AppError {
  return new AppError('RATE_LIMITED', `No more than ${MOST_SUBSCRIPTIONS} subscriptions over one socket at a time.`, {
    rule: 'SUBSCRIPTIONS',
    limit: MOST_SUBSCRIPTIONS,
  });
}

const SUBSCRIPTION = parse('subscription { changes { id } }');

/** A subscription that was begun already, as arguments for one that is still to begin. */
function argsOf(schema: GraphQLSchema, answers: Answers): ExecutionArgs {
  return { schema, document: SUBSCRIPTION, contextValue: answers };
}

/** The answers without their beginning, which the protocol has no place for. */
function resultsOf(answers: Answers): AsyncIterableIterator<ExecutionResult, void, void> {
  return {
    async next() {
      for (;;) {
        const { done, value } = await answers.next();
        if (done) return { done, value: undefined };
        if (value.result !== null) return { done: false, value: value.result };
      }
    },
    return: () => answers.return().then(() => ({ done: true, value: undefined })),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Says what is wrong where there is no message to say it with: a close has room for the code, the rule and a short sentence. */
function close(socket: WebSocket, { code, message, details: { rule } }: AppError): void {
  const reason = [code, rule, message].filter(Boolean).join(' ');
  const isLater = code === 'UNAVAILABLE' || code === 'RATE_LIMITED';
  socket.close(isLater ? TRY_AGAIN_LATER : CloseCode.Forbidden, reason.slice(0, MOST_REASON));
}
