import { randomUUID } from 'node:crypto';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import { AppError, invalid } from '../errors.js';
import type { Reads } from '../graph/graph.js';
import { createSearch, type Search } from '../questions/search.js';
import { closeMoments } from './as-of.js';
import { unconditionalRoot, withoutVariableConditions } from './conditional-root.js';
import type { Context } from './context.js';
import { answerOf, type ErrorLog, refusal } from './errors.js';
import { MOST_TOKENS, refuseTooComplex } from './limits.js';
import { createSchema } from './schema.js';

export { createMemory } from '../questions/memory.js';

export interface ApolloParts {
  log: ErrorLog & { warn(message: string): void };
  /** Names what went wrong inside, in the answer and in the log. */
  newReference?: () => string;
  schema?: GraphQLSchema;
}

/** The GraphQL server, to be started by whoever serves it; a request gets its context from `contextFor`. */
export function createApollo({
  log,
  newReference = randomUUID,
  schema = createSchema(),
}: ApolloParts): ApolloServer<Context> {
  // Errors are answered without their request, and logged with it.
  const logs = new WeakMap<object, ErrorLog>();
  return new ApolloServer<Context>({
    schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: MOST_TOKENS },
    persistedQueries: false,
    validationRules: [unconditionalRoot],
    formatError: (formatted, error) =>
      answerOf(formatted, error, { log: logs.get(Object(error)) ?? log, newReference }),
    // Cache control wraps every field, which costs a third of a list query.
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      limits,
      closing,
      logging(logs),
    ],
  });
}

const limits: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    validationDidStart: async (request) => {
      Object.assign(request, { document: withoutVariableConditions(request.document) });
    },
    didResolveOperation: async ({ schema, document, operation, request, contextValue }) => {
      if (!operation) return;
      try {
        if (operation.operation === 'subscription') throw notHere();
        refuseTooComplex(schema, document, operation, request.variables ?? {}, contextValue.viewer.role);
      } catch (error) {
        throw error instanceof AppError ? refusal(error) : error;
      }
    },
  }),
};

function notHere(): AppError {
  return invalid(
    'query',
    'SUBSCRIPTION',
    'Subscriptions come over WebSocket at /graphql, or as a stream at /graphql/stream.',
  );
}

/** Whatever a request has opened for a moment of the past ends with it. */
const closing: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    willSendResponse: ({ contextValue }) => closeMoments(contextValue),
  }),
};

/** Remembers by which log the request of an error is known. */
const logging = (logs: WeakMap<object, ErrorLog>): ApolloServerPlugin<Context> => ({
  requestDidStart: async () => ({
    didEncounterErrors: async ({ errors, contextValue }) => {
      for (const error of errors) logs.set(error, contextValue.log);
    },
  }),
});

interface SearchParts {
  graph: Reads;
  log: { info(details: object, message: string): void; warn(details: object, message: string): void };
}

/**
 * The one search of a server. It begins to read the names at once, for nobody to wait; `stop` gives up what still reads and is over
 * with it.
 */
export function startSearch({ graph, log }: SearchParts): { search: Search; stop: () => Promise<void> } {
  const stopping = new AbortController();
  const reads: Reads = {
    read: (statement, params, operation) => graph.read(statement, params, { signal: stopping.signal, ...operation }),
  };
  const search = createSearch({ graph: reads, log });
  const loading = search.ready().catch((error: unknown) => {
    if (stopping.signal.aborted) return;
    log.warn({ err: error }, 'the names could not be read; whoever searches first tries again');
  });
  const stop = async () => {
    stopping.abort();
    await loading;
  };
  return { search, stop };
}
