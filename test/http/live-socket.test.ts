import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { Telling } from '../support/telling.js';
import { ask, serving } from './serving.js';
import { aToken } from './signing-in.js';

const MAX = 20_000;

/** A server with one change, and a token for it. */
async function aServer(settings = {}) {
  const served = await serving({ liveIntervalMs: 10, maxBodyBytes: MAX, ...settings });
  const story = new Telling(served.graph);
  story.person('Ann');
  await story.tell();
  return { ...served, ...(await aToken(served.graph)) };
}

/** A bare socket, that ends with the test. */
async function aSocket(url: string, protocols: string[] = ['graphql-transport-ws']): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, protocols);
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  return socket;
}

async function closeOf(socket: WebSocket): Promise<[code: number, reason: string]> {
  const [code, reason] = await once(socket, 'close');
  return [code, String(reason)];
}

async function heard(socket: WebSocket): Promise<Record<string, unknown>> {
  const [data] = await once(socket, 'message');
  return JSON.parse(String(data));
}

const INIT = { type: 'connection_init' };
const subscribe = (id: string, query = 'subscription { changes { seq } }') => ({
  id,
  type: 'subscribe',
  payload: { query },
});
const say = (socket: WebSocket, message: unknown) =>
  socket.send(typeof message === 'string' ? message : JSON.stringify(message));

async function anInitialised(url: string, token: string): Promise<WebSocket> {
  const socket = await aSocket(url);
  say(socket, { ...INIT, payload: { Authorization: `Bearer ${token}` } });
  expect(await heard(socket)).toEqual({ type: 'connection_ack' });
  return socket;
}

describe('a socket, whatever the engine, closes', () => {
  test.each<[string, unknown[], number]>([
    ['for what is no JSON', ['{'], 4400],
    ['for what is no message', ['[]'], 4400],
    ['for a message of a type that nobody knows', [{ type: 'hello' }], 4400],
    ['for a message that only a server may send', [{ id: 'a', type: 'next', payload: {} }], 4400],
    ['for a subscription without a query', [INIT, { id: 'a', type: 'subscribe', payload: {} }], 4400],
    ['for a subscription before the beginning', [subscribe('a')], 4401],
    ['for a second beginning', [INIT, INIT], 4429],
    ['for a token that is no text', [{ ...INIT, payload: { authorization: 1 } }], 4403],
    ['for a message that is too large', ['x'.repeat(MAX + 1)], 1009],
  ])('%s', async (_why, messages, code) => {
    const { url, token, lines } = await aServer();
    const socket = await aSocket(url);
    const closed = closeOf(socket);

    for (const message of messages)
      say(socket, message === INIT ? { ...INIT, payload: { authorization: `Bearer ${token}` } } : message);

    expect((await closed)[0]).toBe(code);
    expect(lines.filter(({ level }) => Number(level) >= 50)).toEqual([]);
    expect((await ask(url, '{ __typename }')).status).toBe(200);
  });

  test('for two subscriptions of one name', async () => {
    const { url, token } = await aServer();
    const socket = await anInitialised(url, token);

    for (const id of ['a', 'a']) say(socket, subscribe(id));

    expect((await closeOf(socket))[0]).toBe(4409);
  });

  test.each([[['graphql-ws']], [['soap', 'mqtt']]])('where it speaks %j', async (protocols) => {
    const { url } = await aServer();
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, protocols);
    onTestFinished(() => socket.terminate());
    // A client that knows the rules of WebSocket gives up by itself where none of its protocols is taken.
    const [error] = await once(socket, 'error');

    expect(String(error)).toContain('subprotocol');
  });

  test('where it speaks no protocol', async () => {
    const { url } = await aServer();

    expect(await closeOf(await aSocket(url, []))).toEqual([4406, 'Subprotocol not acceptable']);
  });

  test('for a frame that breaks the rules of WebSocket', async () => {
    const { url } = await aServer();
    const [reserved, text] = [await aSocket(url), await aSocket(url)];
    const closed = Promise.all([closeOf(reserved), closeOf(text)]);

    // Bits that nobody has agreed on; and a text that is no UTF-8.
    bare(reserved).write(Buffer.from([0xf1, 0x80, 0, 0, 0, 0]));
    bare(text).write(Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28]));

    expect((await closed).map(([code]) => code)).toEqual([1002, 1007]);
    expect((await ask(url, '{ __typename }')).status).toBe(200);
  });

  test('of somebody who says nothing, after five seconds', async () => {
    const { url } = await aServer();

    expect((await closeOf(await aSocket(url)))[0]).toBe(4408);
  });
});

describe('a socket, whatever the engine,', () => {
  test('answers a ping, without what it carried', async () => {
    const { url } = await aServer();
    const socket = await aSocket(url);

    say(socket, { type: 'ping', payload: { n: 1 } });

    expect(await heard(socket)).toEqual({ type: 'pong' });
  });

  test('ends one subscription and keeps the others', async () => {
    const { url, token, graph } = await aServer();
    const socket = await anInitialised(url, token);
    say(socket, subscribe('a'));
    say(socket, subscribe('b'));
    await until(() => subscribers(url, 'websocket', 2));

    say(socket, { id: 'a', type: 'complete' });
    await until(() => subscribers(url, 'websocket', 1));
    const next = heard(socket);
    const story = new Telling(graph);
    story.edit('Person', 'per_bo', { name: 'Bo', slug: 'bo', visibility: 'PUBLIC' });
    await story.tell({ id: 'chg_bo' });

    expect(await next).toEqual({ id: 'b', type: 'next', payload: { data: { changes: { seq: 2 } } } });
    socket.terminate();
    await until(() => subscribers(url, 'websocket', 0));
  });

  test('has ten subscriptions and no more', async () => {
    const { url, token } = await aServer();
    const socket = await anInitialised(url, token);

    for (let n = 0; n < 11; n += 1) say(socket, subscribe(`s${n}`));

    expect(await heard(socket)).toMatchObject({
      id: 's10',
      type: 'error',
      payload: [{ extensions: { code: 'RATE_LIMITED', rule: 'SUBSCRIPTIONS', limit: 10 } }],
    });
    expect(await subscribers(url, 'websocket', 10)).toBe(true);
  });

  test('counts each subscription as a request', async () => {
    const { url, token } = await aServer({ rateLimit: 2 });
    const socket = await anInitialised(url, token);

    for (const [n, id] of ['a', 'b', 'c'].entries()) {
      await until(() => subscribers(url, 'websocket', n));
      say(socket, subscribe(id));
    }

    expect(await heard(socket)).toMatchObject({
      id: 'c',
      payload: [{ extensions: { code: 'RATE_LIMITED', rule: 'REQUESTS' } }],
    });
  });
});

describe('the address of sockets, whatever the engine,', () => {
  test('answers over HTTP what is no good beginning of a socket', async () => {
    const { url } = await aServer();
    const begin = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n';
    const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';

    expect(await spoken(url, `GET /graphql HTTP/1.1\r\nHost: h\r\n${begin}\r\n`)).toMatch(/^HTTP\/1.1 400 /);
    expect(await spoken(url, `GET /nowhere HTTP/1.1\r\nHost: h\r\n${begin}${key}\r\n`)).toMatch(
      /^HTTP\/1.1 404 .*NOT_FOUND/s,
    );
  });

  test('takes a request that would rather speak another protocol as it is, with its body', async () => {
    const { url } = await aServer();
    const body = JSON.stringify({ query: '{ viewer { role } }' });
    const wishes =
      'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA\r\n';
    const head = `POST /graphql HTTP/1.1\r\nHost: h\r\n${wishes}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;

    expect(await spoken(url, head + body, 'READER')).toMatch(/^HTTP\/1.1 200 OK.*"READER"/s);
    expect(await spoken(url, [head, body], 'READER')).toMatch(/^HTTP\/1.1 200 OK.*"READER"/s);
  });
});

/** The connection below a socket of a client. */
function bare(socket: WebSocket): { write(bytes: Buffer): void } {
  return (socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket;
}

/** What a server answers to these bytes, until it closes, or has said a word. */
async function spoken(url: string, parts: string | string[], word?: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  for (const part of [parts].flat()) {
    socket.write(part);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  let text = '';
  for await (const chunk of socket) {
    text += chunk;
    if (word !== undefined && text.includes(word)) break;
  }
  return text;
}

/** Whether so many subscriptions are open, as the metrics say. */
async function subscribers(url: string, transport: string, count: number): Promise<boolean> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return metrics.includes(`hearsay_subscriptions{transport="${transport}"} ${count}\n`);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}
