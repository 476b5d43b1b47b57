import { once } from 'node:events';
import { createClient as createStreamClient } from 'graphql-sse';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { Telling } from '../support/telling.js';
import { CHANGES, endOf, nextOf, openStream, refusal, seqsOf, socketClient, subscribe } from './listening.js';
import { serving } from './serving.js';
import { aToken, bearer } from './signing-in.js';

const SINCE = { since: '0' };

/** A server with one change, and a token for it. */
async function aServer(settings = {}) {
  const served = await serving({ liveIntervalMs: 10, ...settings });
  const story = new Telling(served.graph);
  story.person('Ann');
  await story.tell();
  return { ...served, ...(await aToken(served.graph)) };
}

describe('connections with live changes, whatever the engine,', () => {
  test('are so many for a token, whatever they speak, and a place is free again once one is left', async () => {
    const { url, graph, token } = await aServer({ liveLimit: 2 });
    const bo = await aToken(graph, { name: 'Bo' });
    const first = await openStream(url, bearer(token), { variables: SINCE });
    const second = socketClient(url, token);
    await nextOf(subscribe(second, CHANGES, SINCE));

    const third = await openStream(url, bearer(token));
    const fourth = await endOf(subscribe(socketClient(url, token)));
    const ofBo = await openStream(url, bearer(bo.token), { variables: SINCE });

    const refused = refusal({ code: 'RATE_LIMITED', rule: 'CONNECTIONS', limit: 2 });
    expect([third.status, (await third.body()).errors]).toEqual([429, refused]);
    expect(fourth).toEqual({ code: 1013, reason: expect.stringMatching(/^RATE_LIMITED CONNECTIONS No more than 2 /) });
    expect(await seqsOf(ofBo.frames, 1)).toEqual([1]);
    first.leave();
    await until(async () => (await openStream(url, bearer(token))).status === 200);
  });

  test('are so many for an address, until it is said who they are', async () => {
    const { url, token } = await aServer({ liveLimit: 1 });
    const client = socketClient(url, token);
    await nextOf(subscribe(client, CHANGES, SINCE));
    const nobody = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    onTestFinished(() => nobody.terminate());
    await once(nobody, 'open');

    const another = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const [error] = await once(another, 'error');

    expect(String(error)).toContain('429');
  });
});

describe('a server that stops, whatever the engine,', () => {
  test('ends streams without completing them, and closes sockets with 1001', async () => {
    const { url, token, stop } = await aServer();
    const { frames } = await openStream(url, bearer(token));
    await nextOf(frames);
    const answers = subscribe(socketClient(url, token), CHANGES, SINCE);
    await nextOf(answers);

    const stopping = stop();

    expect(await frames.next()).toEqual({ done: true, value: undefined });
    expect(await endOf(answers)).toEqual({ code: 1001, reason: 'The server stops' });
    await stopping;
    await expect(openStream(url, bearer(token))).rejects.toThrow('ECONNREFUSED');
  });

  test('waits for nobody who does not say goodbye', async () => {
    const { url, stop } = await aServer();
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    socket.pause();

    await stop();

    socket.terminate();
  });
});

describe('the client of graphql-sse', () => {
  test('understands a stream', async () => {
    const { url, token } = await aServer();
    const client = createStreamClient({ url: `${url}/graphql/stream`, headers: bearer(token), retryAttempts: 0 });
    onTestFinished(() => client.dispose());

    const told = client.iterate({ query: CHANGES, variables: SINCE });
    const refused = client.iterate({ query: 'subscription { news { id } }' });

    expect((await told.next()).value).toMatchObject({ data: { changes: { seq: 1 } } });
    expect((await refused.next()).value).toMatchObject({ errors: refusal({ code: 'GRAPHQL_VALIDATION_FAILED' }) });
    expect((await refused.next()).done).toBe(true);
    await told.return?.();
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}
