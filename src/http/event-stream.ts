import type { ExecutionResult } from 'graphql';
import { AppError } from '../errors.js';
import type { LiveAnswer, Told } from '../graphql/live.js';

/** A comment comes at least this often, so that nobody on the way takes the connection for a dead one. */
const PING_MS = 12_000;
/** How long a client waits before it opens the stream again. */
const RETRY_MS = 2_000;

const PING = ':\n\n';
const COMPLETE = 'event: complete\ndata:\n\n';

/**
 * The text of an event stream, as GraphQL over SSE has it in its mode of a connection for each operation, with the number of each change as
 * its id. It begins with the id of the change before the first, so that a client that is cut off at once knows where to go on. What can't
 * go on is told and completed; an outage only ends the stream, for the client to come again.
 */
export async function* eventStream(
  answers: AsyncIterableIterator<LiveAnswer, void, void>,
  told: (error: unknown) => Told[],
): AsyncGenerator<string, void, void> {
  yield `retry: ${RETRY_MS}\n\n`;
  try {
    for await (const answer of withPings(answers)) {
      if (answer === null) yield PING;
      else yield answer.result === null ? `id: ${answer.seq}\n\n` : next(answer.result, answer.seq);
    }
  } catch (error) {
    if (error instanceof AppError && error.code === 'UNAVAILABLE') return;
    yield next({ errors: told(error) }) + COMPLETE;
  }
}

function next(result: ExecutionResult, seq?: number): string {
  const id = seq === undefined ? '' : `id: ${seq}\n`;
  return `${id}event: next\ndata: ${JSON.stringify(result)}\n\n`;
}

/** What comes, and null whenever nothing has come for a while. */
async function* withPings<T>(source: AsyncIterator<T, void, void>): AsyncGenerator<T | null, void, void> {
  let coming = source.next();
  try {
    for (;;) {
      const came = await within(coming, PING_MS);
      if (came?.done) return;
      yield came === null ? null : came.value;
      if (came !== null) coming = source.next();
    }
  } finally {
    // Whoever leaves while something is coming has no use for it.
    coming.catch(() => {});
    await source.return?.();
  }
}

/** What is promised, or null once so much time has passed. */
async function within<T>(promised: Promise<T>, ms: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, ms, null);
  });
  try {
    return await Promise.race([promised, late]);
  } finally {
    clearTimeout(timer);
  }
}
