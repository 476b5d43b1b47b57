import { AppError, invalid } from '../errors.js';
import { TRIES_ON_CONFLICT } from './retry.js';
import { notUnique } from './unique.js';

/** The engine's GQLSTATUS (ISO/IEC 39075) for a transaction rolled back by another one; its `code` is always the same. */
const ROLLED_BACK = '40000';
const CONSTRAINT = 'G2000';

/** How often work may run that failed with this error. */
export function triesFor(error: unknown): number {
  return statusOf(error) === ROLLED_BACK ? TRIES_ON_CONFLICT : 1;
}

/** An engine's error as the AppError that it stands for, or the error itself where it stands for none. */
export function explain(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const status = statusOf(error);
  if (status === CONSTRAINT && error.message.includes('UNIQUE')) {
    const found = /property '(\w+)' .* already exists on :(\w+)/s.exec(error.message);
    return notUnique(found?.[2], found?.[1], error);
  }
  if (status === ROLLED_BACK) {
    return new AppError('UNAVAILABLE', 'The graph is busy with other writes.', { rule: 'BUSY' }, { cause: error });
  }
  if (/timed? ?out|timeout/i.test(error.message)) {
    return new AppError('UNAVAILABLE', 'The graph took too long.', { rule: 'DEADLINE' }, { cause: error });
  }
  return error;
}

/** Why the file at `path` could not be opened, in one line. */
export function cannotOpen(path: string, error: unknown): AppError {
  const message = error instanceof Error ? error.message : String(error);
  if (message.includes('cannot be locked')) {
    return new AppError(
      'UNAVAILABLE',
      `Another process holds the graph at ${path}; only one can open it at a time.`,
      { field: 'GRAPH_URL', rule: 'HELD' },
      { cause: error },
    );
  }
  const reason = message.replace(/^Database error: /, '').replace(/^GRAFEO-\w+: /, '');
  return invalid('GRAPH_URL', 'GRAPH_FILE', `Can't open the graph at ${path}: ${reason}`);
}

function statusOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('gqlStatus' in error)) return undefined;
  return typeof error.gqlStatus === 'string' ? error.gqlStatus : undefined;
}
