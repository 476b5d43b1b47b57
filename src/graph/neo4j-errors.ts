import neo4j, { Neo4jError } from 'neo4j-driver';
import { AppError } from '../errors.js';
import { TRIES_ON_CONFLICT, TRIES_ON_LOSS } from './retry.js';
import { notUnique } from './unique.js';

const LOST = new Set<string>([neo4j.error.SERVICE_UNAVAILABLE, neo4j.error.SESSION_EXPIRED]);
const NOT_UNIQUE = 'Neo.ClientError.Schema.ConstraintValidationFailed';
const STOPPED = /^Neo\.ClientError\.Transaction\.(TransactionTimedOut|Terminated|LockClientStopped)/;
/** Answers that a server which worked at start gives when somebody has changed or stopped it since. */
const REFUSED = /^Neo\.ClientError\.(Security|Database)\./;

/** How often work may run that failed with this error. */
export function triesFor(error: unknown): number {
  if (!(error instanceof Neo4jError)) return 1;
  if (LOST.has(error.code)) return TRIES_ON_LOSS;
  return neo4j.isRetryableError(error) ? TRIES_ON_CONFLICT : 1;
}

/** A driver's error as the AppError that it stands for, or the error itself where it stands for none. */
export function explain(error: unknown): unknown {
  if (!(error instanceof Neo4jError)) return error;
  if (error.code === NOT_UNIQUE) {
    const found = /label `(\w+)` and property `(\w+)`/.exec(error.message);
    return notUnique(found?.[1], found?.[2], error);
  }
  if (STOPPED.test(error.code)) return unavailable('The graph took too long.', 'DEADLINE', error);
  if (LOST.has(error.code) || isPoolExhausted(error)) {
    return unavailable('The graph does not answer.', 'LOST', error);
  }
  if (REFUSED.test(error.code)) return unavailable('The graph refuses this server.', 'REFUSED_BY_GRAPH', error);
  if (neo4j.isRetryableError(error)) return unavailable('The graph is busy with other writes.', 'BUSY', error);
  return error;
}

/** The driver gives its own time-outs no code of their own. */
function isPoolExhausted(error: Neo4jError): boolean {
  return /acquisition timed out|Pool is closed/.test(error.message);
}

function unavailable(message: string, rule: string, cause: Error): AppError {
  return new AppError('UNAVAILABLE', message, { rule }, { cause });
}
