import { ApolloServerErrorCode, unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { AppError } from '../errors.js';

/** What is called when a bug or an outage is masked. */
export interface ErrorLog {
  error(fields: object, message: string): void;
}

export interface Answering {
  log: ErrorLog;
  /** A new word by which an answer and its line in the log find each other. */
  newReference: () => string;
}

/** Refusals that GraphQL and Apollo word themselves: they speak about the document, never about the graph. */
const OF_THE_DOCUMENT: readonly unknown[] = [
  ApolloServerErrorCode.GRAPHQL_PARSE_FAILED,
  ApolloServerErrorCode.GRAPHQL_VALIDATION_FAILED,
  ApolloServerErrorCode.BAD_USER_INPUT,
  ApolloServerErrorCode.BAD_REQUEST,
  ApolloServerErrorCode.OPERATION_RESOLUTION_FAILURE,
  ApolloServerErrorCode.PERSISTED_QUERY_NOT_FOUND,
  ApolloServerErrorCode.PERSISTED_QUERY_NOT_SUPPORTED,
];

/**
 * Turns anything thrown into a safe answer: an expected failure with its code and details, a refusal of GraphQL as it is, and
 * everything else logged and answered INTERNAL with nothing but a reference.
 */
export function answerOf(
  formatted: GraphQLFormattedError,
  error: unknown,
  { log, newReference }: Answering,
): GraphQLFormattedError {
  const thrown = causeOf(error);
  const { message, locations, path, extensions } = formatted;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  if (thrown instanceof AppError) {
    return { message: thrown.message, ...place, extensions: { ...thrown.details, code: thrown.code } };
  }
  const code = extensions?.code;
  if (thrown === error && OF_THE_DOCUMENT.includes(code)) return { message, ...place, extensions: { code } };
  if (isOfArguments(thrown)) {
    return { message, ...place, extensions: { code: ApolloServerErrorCode.BAD_USER_INPUT } };
  }
  const reference = newReference();
  log.error({ err: thrown, reference, path }, 'a request failed inside');
  return {
    message: `Something went wrong on our side (reference ${reference}).`,
    ...place,
    extensions: { code: 'INTERNAL', reference },
  };
}

/** What a resolver threw, from under the wrappings of GraphQL. */
function causeOf(error: unknown): unknown {
  const inner = unwrapResolverError(error);
  return inner instanceof GraphQLError && inner.originalError instanceof AppError ? inner.originalError : inner;
}

/** GraphQL's own refusal of a field's arguments points to their place in the document; nothing else thrown below a field does. */
function isOfArguments(thrown: unknown): boolean {
  return thrown instanceof GraphQLError && thrown.nodes !== undefined && thrown.extensions.code === undefined;
}

/** A refusal of a whole request, before its execution: answered with HTTP status 400. */
export function refusal(error: AppError): GraphQLError {
  return new GraphQLError(error.message, { originalError: error, extensions: { http: { status: 400 } } });
}
