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
  /** The argument, input field or setting at fault, as the client wrote it: `start`, `statements[3].claims[0].value.date`, `GRAPH_URL`. */
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
  /** The id of the record whose fields `field` speaks of, where it speaks of a record's; no part of an answer. */
  about: string | null = null;

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

/** A field under the path of what it is of, where that has one. */
export const pathTo = (path: string | undefined, field: string): string => (path ? `${path}.${field}` : field);

/** The same refusal with its field as `place` has it. */
export function placed(error: unknown, place: (field: string) => string): unknown {
  if (!(error instanceof AppError) || error.details.field === undefined) return error;
  const details = { ...error.details, field: place(error.details.field) };
  const moved = new AppError(error.code, error.message, details, { cause: error });
  moved.about = error.about;
  return moved;
}

/** Runs a part of an input; what it refuses names its field under the path of that part, as the client wrote it: `claims[0]`. */
export function under<T>(path: string | undefined, work: () => T): T {
  if (!path) return work();
  const place = (error: unknown) => placed(error, (field) => `${path}.${field}`);
  try {
    const done = work();
    if (!(done instanceof Promise)) return done;
    return done.catch((error: unknown) => {
      throw place(error);
    }) as T;
  } catch (error) {
    throw place(error);
  }
}

/** Runs what checks a field by another; what it refuses names `field` alone. */
export function forField<T>(field: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw placed(error, () => field);
  }
}

/** Runs what is about one record; what it refuses tells which. */
export function aboutRecord<T>(id: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof AppError) error.about ??= id;
    throw error;
  }
}
