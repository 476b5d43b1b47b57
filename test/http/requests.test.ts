import { once } from 'node:events';
import Fastify from 'fastify';
import { expect, it, onTestFinished } from 'vitest';
import { signalOf } from '../../src/http/requests.js';

/** A server with one path that answers when the test says so, and tells the signal of each request. */
async function waiting() {
  const app = Fastify();
  const signals: AbortSignal[] = [];
  let arrived: () => void = () => {};
  let answer: () => void = () => {};
  const request = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  app.get('/', async (_request, reply) => {
    signals.push(signalOf(reply));
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    arrived();
    await answered;
    return 'done';
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => app.close());
  return { url, request, signals, answer: () => answer() };
}

it('tells a request that its client has gone', async () => {
  const { url, request, signals, answer } = await waiting();
  const client = new AbortController();
  const asked = fetch(url, { signal: client.signal }).catch(() => 'gone');
  await request;
  const [signal] = signals;

  client.abort();
  if (signal && !signal.aborted) await once(signal, 'abort');

  expect(await asked).toBe('gone');
  expect(signal?.aborted).toBe(true);
  answer();
});

it('leaves a request alone that is answered, and that one too whose connection is closed afterwards', async () => {
  const { url, request, signals, answer } = await waiting();
  const asked = fetch(url, { headers: { connection: 'close' } });
  await request;

  answer();

  expect(await (await asked).text()).toBe('done');
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
});
