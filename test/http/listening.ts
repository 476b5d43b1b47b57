import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { type Client, createClient, type FormattedExecutionResult } from 'graphql-ws';
import { expect, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

type Headers = Record<string, string>;

/** One block of an event stream; a comment is none. */
export interface Frame {
  id?: string;
  event?: string;
  data?: unknown;
}

/** What a refusal says, over a stream or a socket. */
export const refusal = (extensions: object) => [
  expect.objectContaining({ extensions: expect.objectContaining(extensions) }),
];

export interface Stream {
  status: number;
  headers: IncomingHttpHeaders;
  /** What comes, block by block; without the first, which says when to come again. */
  frames: AsyncGenerator<Frame, void, void>;
  /** The whole answer that is no stream. */
  body(): Promise<{ errors: { message: string; extensions: Record<string, unknown> }[] }>;
  leave(): void;
}

export const CHANGES = 'subscription Live($since: String) { changes(since: $since) { seq action edits { recordId } } }';

/** Opens an event stream by GET, as an EventSource does, with nothing of its class; it is left with the test. */
export async function openStream(
  url: string,
  headers: Headers,
  { query = CHANGES, variables = {} }: { query?: string; variables?: object } = {},
): Promise<Stream> {
  const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  // Not `fetch`, which opens another connection for one that it is told to leave.
  const asking = request(`${url}/graphql/stream?${search}`, { headers, agent: false });
  const leave = () => void asking.destroy();
  onTestFinished(leave);
  asking.end();
  const [answer] = (await once(asking, 'response')) as [IncomingMessage];
  asking.on('error', () => {});
  answer.setEncoding('utf8');
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    frames: framesIn(answer),
    body: async () => JSON.parse((await answer.toArray()).join('')),
    leave,
  };
}

async function* framesIn(answer: AsyncIterable<string>): AsyncGenerator<Frame, void, void> {
  let text = '';
  for await (const chunk of answer) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const frame = frameOf(block);
      if (Object.keys(frame).length > 0) yield frame;
    }
  }
}

function frameOf(block: string): Frame {
  const frame: Frame = {};
  for (const line of block.split('\n')) {
    const [, field, value = ''] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (field === 'id' || field === 'event') frame[field] = value;
    if (field === 'data') frame.data = value === '' ? null : JSON.parse(value);
  }
  return frame;
}

/** The next block; fails where the stream has ended. */
export async function nextOf<T>(source: AsyncIterator<T, void>): Promise<T> {
  const { done, value } = await source.next();
  if (done) throw new Error('It has ended');
  return value;
}

/** The numbers of the next changes that a stream tells. */
export async function seqsOf(frames: AsyncIterator<Frame, void>, count: number): Promise<number[]> {
  const seqs: number[] = [];
  while (seqs.length < count) {
    const { event, data } = await nextOf(frames);
    if (event === undefined) continue;
    seqs.push((data as { data: { changes: { seq: number } } }).data.changes.seq);
  }
  return seqs;
}

/** A client of graphql-ws for a server, that ends with the test; it shows the token, if any, in `connection_init`. */
export function socketClient(url: string, token?: string, more: { headers?: Headers } = {}): Client {
  class Socket extends WebSocket {
    constructor(address: string, protocols: string | string[]) {
      super(address, protocols, more);
    }
  }
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: Socket,
    retryAttempts: 0,
    ...(token !== undefined && { connectionParams: { authorization: `Bearer ${token}` } }),
  });
  onTestFinished(() => client.dispose());
  return client;
}

/** The errors of a subscription over a socket, or the end of its socket. */
export async function endOf(answers: AsyncIterator<unknown>): Promise<unknown> {
  try {
    for (;;) if ((await answers.next()).done) return 'complete';
  } catch (error) {
    return isClose(error) ? { code: error.code, reason: error.reason } : error;
  }
}

function isClose(error: unknown): error is { code: number; reason: string } {
  return typeof error === 'object' && error !== null && 'reason' in error;
}

/** What somebody is told, however it comes; where there is no more, and it is said why, the errors come last. */
export interface Heard {
  data?: Record<string, Record<string, unknown>> | null;
  errors?: unknown;
}

type Question = { query?: string; variables?: Record<string, unknown> };
type Listen = (url: string, headers: Headers, question?: Question) => AsyncGenerator<Heard, void, void>;

/** The two ways to listen, in the same words. */
export const LISTENING: Record<'sse' | 'websocket', Listen> = {
  async *sse(url, headers, question) {
    const { status, frames, body } = await openStream(url, headers, question);
    if (status !== 200) {
      yield { errors: (await body()).errors };
      return;
    }
    for await (const { event, data } of frames) if (event === 'next') yield data as Heard;
  },
  async *websocket(url, headers, { query, variables } = {}) {
    const answers = subscribe(socketClient(url, undefined, { headers }), query, variables);
    try {
      for (let told = await answers.next(); !told.done; told = await answers.next()) yield told.value as Heard;
    } catch (errors) {
      yield { errors };
    }
  },
};
export const WAYS = Object.keys(LISTENING) as (keyof typeof LISTENING)[];

type Answered = FormattedExecutionResult<Record<string, Record<string, unknown>>, unknown>;

/** What a subscription over a socket answers; its errors are thrown by `next`, as the list that came. */
export function subscribe(
  client: Client,
  query = CHANGES,
  variables: Record<string, unknown> = {},
): AsyncIterator<Answered, void> {
  const answers = client.iterate<Record<string, Record<string, unknown>>>({ query, variables });
  // The client forgets an error that comes before anybody waits for the first answer.
  const first: Promise<IteratorResult<Answered, void>>[] = [answers.next()];
  first[0]?.catch(() => {});
  return {
    next: () => first.pop() ?? answers.next(),
    async return() {
      await answers.return?.();
      return { done: true, value: undefined };
    },
  };
}
