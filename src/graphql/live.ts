import { randomUUID } from 'node:crypto';
import { ApolloServerErrorCode } from '@apollo/server/errors';
import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  OperationTypeNode,
  parse,
  validate,
} from 'graphql';
import type { Role } from '../domain/gate.js';
import { AppError, invalid } from '../errors.js';
import type { FeedEvent } from './change-feed.js';
import { unconditionalRoot } from './conditional-root.js';
import type { Context } from './context.js';
import { answerOf, type ErrorLog } from './errors.js';
import { MOST_TOKENS, refuseTooComplex } from './limits.js';
import type { Pulse } from './pulse.js';

/** What a subscription needs of the connection that it comes over. */
export interface Live {
  pulse: Pulse;
  /** The number of the last change that the client has had, where its connection says so; it counts before what the document says. */
  seen: string | null;
  /**
   * A context for the next answer, which nothing has read with. Who asks was looked up at most `maxAgeMs` ago.
   * @throws AppError UNAUTHENTICATED once they are nobody any more; UNAVAILABLE.
   */
  renew(maxAgeMs: number): Promise<Context>;
  /** The client has gone, or the server stops. */
  signal: AbortSignal;
}

export interface LiveRequest {
  query: string;
  variables?: Record<string, unknown> | null | undefined;
  operationName?: string | null | undefined;
}

/** An error in the words that a client reads, wherever it is written out. */
export class Told extends GraphQLError {
  constructor(readonly formatted: GraphQLFormattedError) {
    super(formatted.message);
  }

  override toJSON(): GraphQLFormattedError {
    return this.formatted;
  }
}

/** One answer, and the number of the change that it tells; the first tells none, but after which one the feed begins. */
export interface LiveAnswer {
  seq: number;
  result: ExecutionResult | null;
}

export interface Subscriptions {
  /**
   * Begins a subscription. The answers come at the pace of whoever pulls them, and end with `context.live.signal`.
   * Throws, and so do the answers, what `told` can tell.
   */
  begin(request: LiveRequest, context: Context): Promise<AsyncIterator<LiveAnswer, void, void>>;
  /** What a client is told of anything that is thrown. */
  told(error: unknown, log: ErrorLog): [Told, ...Told[]];
}

interface SubscriptionsParts {
  schema: GraphQLSchema;
  /** Names what went wrong inside, in the answer and in the log. */
  newReference?: () => string;
}

/** Refusals that GraphQL words itself, several at once. */
class Refused extends Error {
  constructor(readonly errors: readonly GraphQLError[]) {
    super('refused');
  }
}

/** What Apollo is for questions: the same limits, and the same words for what goes wrong. */
export function createSubscriptions({ schema, newReference = randomUUID }: SubscriptionsParts): Subscriptions {
  const format = (error: GraphQLError, log: ErrorLog) =>
    new Told(answerOf(error.toJSON(), error, { log, newReference }));

  async function* answers(asked: ExecutionArgs, events: AsyncIterable<FeedEvent>) {
    for await (const event of events) {
      if (event.told === null) {
        yield { seq: event.seq, result: null };
        continue;
      }
      const { context } = event.told;
      const { data, errors } = await execute({ ...asked, rootValue: event, contextValue: context });
      const told = errors?.map((error) => format(error, context.log));
      if (context.live?.signal.aborted) return;
      // The client asks again, after the one before: half an answer would be the only one that it gets.
      if (told?.some(({ formatted }) => formatted.extensions?.code === 'UNAVAILABLE')) throw interrupted();
      yield { seq: event.seq, result: { ...(told && { errors: told }), data: data ?? null } };
    }
  }

  return {
    async begin(request, context) {
      const asked = read(schema, request, context.viewer.role);
      const source = await createSourceEventStream({ ...asked, contextValue: context });
      if (!(Symbol.asyncIterator in source)) throw new Refused(source.errors ?? []);
      return answers(asked, source as AsyncIterable<FeedEvent>);
    },
    told(error, log) {
      const errors = error instanceof Refused ? error.errors : [];
      const [first, ...rest] = errors.map((each) => format(each, log));
      if (first) return [first, ...rest];
      return [new Told(answerOf({ message: '' }, error, { log, newReference }))];
    },
  };
}

function interrupted(): AppError {
  return new AppError('UNAVAILABLE', 'This could not be read: subscribe again after the last change that you have.');
}

/** Parses and checks a request. Throws Refused, INVALID_INPUT, TOO_COMPLEX. */
function read(schema: GraphQLSchema, { query, variables, operationName }: LiveRequest, role: Role): ExecutionArgs {
  const document = parsed(query);
  // First: the library's own rule for the root throws where a condition hangs on a variable.
  const conditional = validate(schema, document, [unconditionalRoot]);
  const errors = conditional.length > 0 ? conditional : validate(schema, document);
  if (errors.length > 0)
    throw new Refused(errors.map((error) => coded(error, ApolloServerErrorCode.GRAPHQL_VALIDATION_FAILED)));
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Refused([noOperation(operationName)]);
  if (operation.operation !== OperationTypeNode.SUBSCRIPTION)
    throw invalid(
      'query',
      'SUBSCRIPTION',
      'Only subscriptions come over a stream or a socket: POST others to /graphql.',
    );
  const variableValues = variables ?? {};
  refuseTooComplex(schema, document, operation, variableValues, role);
  return { schema, document, variableValues, operationName: operation.name?.value ?? null };
}

function parsed(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens: MOST_TOKENS });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new Refused([coded(error, ApolloServerErrorCode.GRAPHQL_PARSE_FAILED)]);
  }
}

function noOperation(operationName: string | null | undefined): GraphQLError {
  const message = operationName
    ? `Unknown operation named "${operationName.slice(0, 60)}".`
    : 'Must provide operation name if query contains multiple operations.';
  return new GraphQLError(message, { extensions: { code: ApolloServerErrorCode.OPERATION_RESOLUTION_FAILURE } });
}

function coded({ message, nodes, source, positions }: GraphQLError, code: ApolloServerErrorCode): GraphQLError {
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    extensions: { code },
  });
}
