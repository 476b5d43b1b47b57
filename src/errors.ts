/** The closed list of codes that an expected failure answers with; documented in README, "Errors". */
export const ERROR_CODES = [
  'NOT_FOUND',
  'INVALID_INPUT',
  'CONFLICT',
  'REFUSED',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'TOO_COMPLEX',
  'RATE_LIMITED',
  'UNAVAILABLE',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** What a failure says beside its message: the field and rule that refused, and whatever the client needs to go on. */
export interface ErrorDetails {
  /** The argument, input field or setting at fault, as the client wrote it: `start`, `filter.at`, `GRAPH_URL`. */
  field?: string;
  /** The name of the rule that refused: `DATE_ORDER`, `FUTURE`, `EDTF`. */
  rule?: string;
  [key: string]: unknown;
}

/**
 * An expected failure, thrown anywhere and turned into an answer in one place.
 * Its message is for the caller; anything else that is thrown is a bug or an outage and is masked.
 */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A refused input: names the field and the rule. */
export function invalid(field: string, rule: string, message: string): AppError {
  return new AppError('INVALID_INPUT', message, { field, rule });
}
