import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { answerBroken } from '../../src/http/failures.js';
import { ask, post, serving } from './serving.js';

const problem = async (answer: Response) => {
  const { errors } = (await answer.json()) as { errors: { message: string; extensions: Record<string, unknown> }[] };
  return { message: errors[0]?.message, ...errors[0]?.extensions };
};

/** The status and extensions that a socket is told before it is closed. */
async function brokenOf(socket: Socket): Promise<[number, unknown]> {
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  expect(head).toContain(`content-length: ${body.length}\r\n`);
  return [Number(head.split(' ')[1]), JSON.parse(body).errors[0].extensions];
}

describe('/graphql', () => {
  it('answers a query by POST', async () => {
    const { url } = await serving();

    const answer = await ask(url, '{ viewer { role } }');

    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ data: { viewer: { role: 'READER' } } });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('answers a query by GET for clients that no page can forge', async () => {
    const { url } = await serving();
    const address = `${url}/graphql?query=${encodeURIComponent('{ viewer { role } }')}`;

    const forged = await fetch(address);
    const meant = await fetch(address, { headers: { 'apollo-require-preflight': 'yes' } });

    expect(forged.status).toBe(400);
    expect(await meant.json()).toEqual({ data: { viewer: { role: 'READER' } } });
  });

  it('refuses a mutation by GET', async () => {
    const { url } = await serving();
    const mutation = encodeURIComponent('mutation { __typename }');

    const answer = await fetch(`${url}/graphql?query=${mutation}`, { headers: { 'apollo-require-preflight': 'yes' } });

    expect([400, 405]).toContain(answer.status);
    expect(await answer.text()).not.toContain('"data"');
  });

  it.each(['{ "query": ', 'query', '{query: "{ viewer { role } }"}', '\u0000'])(
    'says that the body is not JSON: %j',
    async (body) => {
      const { url, lines } = await serving();

      const answer = await post(url, body);

      expect(answer.status).toBe(400);
      expect(await problem(answer)).toEqual({
        message: 'The body is not JSON.',
        code: 'INVALID_INPUT',
        field: 'body',
        rule: 'JSON',
      });
      expect(lines.filter(({ level }) => Number(level) >= 50)).toEqual([]);
    },
  );

  it.each(['', '[]', '{}', '"query"', 'null', '{"query": 1}', '{"query": "{ nonsense }"}', '{"query": "{"}'])(
    'refuses a body that holds no valid question with a reason: %j',
    async (body) => {
      const { url } = await serving();

      const answer = await post(url, body);

      expect(answer.status).toBe(400);
      expect((await problem(answer)).message).toMatch(/\w/);
    },
  );

  it('refuses a prototype in the body', async () => {
    const { url } = await serving();

    const answer = await post(url, '{"query": "{ viewer { role } }", "__proto__": {"admin": true}}');

    expect(answer.status).toBe(400);
  });

  it('refuses a body above the limit, and says the limit', async () => {
    const { url } = await serving({ maxBodyBytes: 2_000 });

    const answer = await ask(url, `{ viewer { role } } # ${'x'.repeat(2_000)}`);

    expect(answer.status).toBe(413);
    expect(await problem(answer)).toMatchObject({
      code: 'INVALID_INPUT',
      rule: 'SIZE',
      message: expect.stringContaining('2000'),
    });
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml'])(
    'takes no %s, which a page of another origin could send',
    async (type) => {
      const { url } = await serving();

      const answer = await post(url, '{"query": "{ viewer { role } }"}', { 'content-type': type });

      expect(answer.status).toBe(415);
      expect(await problem(answer)).toMatchObject({ code: 'INVALID_INPUT', rule: 'MEDIA_TYPE' });
    },
  );

  it('sends somebody who opens it in a browser to GraphiQL', async () => {
    const { url } = await serving();

    const answer = await fetch(`${url}/graphql`, { headers: { accept: 'text/html,*/*' }, redirect: 'manual' });

    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/graphiql']);
  });

  it('opens to no other origin', async () => {
    const { url } = await serving();

    const answer = await post(url, '{"query": "{ viewer { role } }"}', { origin: 'https://elsewhere.example' });
    const preflight = await fetch(`${url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin: 'https://elsewhere.example' },
    });

    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(preflight.status).toBe(404);
  });

  it('answers UNAVAILABLE without detail once the graph is lost', async () => {
    const { url, graph } = await serving();
    await graph.close();

    const answer = await ask(url, '{ person(id: "kim-kardashian") { name } }');

    expect(await problem(answer)).toMatchObject({ code: 'UNAVAILABLE' });
  });
});

describe('what is served beside', () => {
  it('lives, and is ready while the graph answers', async () => {
    const { url, graph } = await serving();
    const health = async (name: string) => {
      const answer = await fetch(`${url}/health/${name}`);
      return [answer.status, await answer.json()];
    };

    const before = [await health('live'), await health('ready')];
    await graph.close();
    const after = [await health('live'), await health('ready')];

    expect(before).toEqual([
      [200, { status: 'live' }],
      [200, { status: 'ready' }],
    ]);
    expect(after).toEqual([
      [200, { status: 'live' }],
      [503, { status: 'unavailable' }],
    ]);
  });

  it('counts requests by route and statements for Prometheus', async () => {
    const { url, graph } = await serving();
    await ask(url, '{ viewer { role } }');
    await fetch(`${url}/made-up-${Date.now()}`);
    await fetch(`${url}/health/ready`);

    const answer = await fetch(`${url}/metrics`);
    const text = await answer.text();

    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(text).toContain('hearsay_request_duration_seconds_count{method="POST",route="/graphql",status="200"} 1');
    expect(text).toContain('hearsay_request_duration_seconds_count{method="GET",route="none",status="404"} 1');
    expect(text).toContain(`hearsay_graph_statements_total{engine="embedded"} ${graph.statements}`);
    expect(text).toContain('process_resident_memory_bytes');
    expect(text).not.toContain('made-up');
  });

  it('says in JSON that nothing is served at a path, and doesn’t repeat its query', async () => {
    const { url } = await serving();

    const answer = await fetch(`${url}/nothing/here?token=secret`);

    expect(answer.status).toBe(404);
    expect(await problem(answer)).toEqual({ code: 'NOT_FOUND', message: 'Nothing is served at GET /nothing/here.' });
  });

  it.each([
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/src/main.ts',
    '/explorer/vite.config.js',
    '//etc/passwd',
    '/%00',
  ])('serves no file outside of its pages: %s', async (path) => {
    const { url } = await serving();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let heard = '';
    socket.on('data', (chunk) => {
      heard += String(chunk);
    });

    // By hand, since fetch tidies the path.
    socket.end(`GET ${path} HTTP/1.1\r\nhost: hearsay\r\nconnection: close\r\n\r\n`);
    await once(socket, 'close');

    expect(heard).toMatch(/^HTTP\/1\.1 (404|400) /);
  });

  it.each([
    ['nonsense', 'nonsense\r\n\r\n', 400, 'HTTP'],
    ['headers without end', `GET / HTTP/1.1\r\nhost: hearsay\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'SIZE'],
  ])('refuses %s in the shape of every failure', async (_, sent, status, rule) => {
    const { url } = await serving();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');

    socket.write(sent);

    expect(await brokenOf(socket)).toEqual([status, { code: 'INVALID_INPUT', rule }]);
  });

  it('refuses a request that comes too slowly likewise', async () => {
    const listening = createServer((socket) => answerBroken({ code: 'ERR_HTTP_REQUEST_TIMEOUT' }, socket)).listen(0);
    onTestFinished(() => void listening.close());
    const socket = connect((listening.address() as AddressInfo).port);

    expect(await brokenOf(socket)).toEqual([408, { code: 'INVALID_INPUT', rule: 'TIMEOUT' }]);
  });

  it('shows a page that runs scripts of its own origin only', async () => {
    const { url } = await serving();

    const answer = await fetch(url);
    const page = await answer.text();

    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(page.match(/class="query"/g)).toHaveLength(3);
    expect(page).not.toMatch(/<script(?![^>]*src="\/)|\son\w+=|style="|https?:\/\//);
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self';");
    for (const file of ['/page.js', '/page.css', '/icon.svg']) expect((await fetch(url + file)).status).toBe(200);
  });

  it('sends the same security headers with every answer', async () => {
    const { url } = await serving();

    const answers = await Promise.all(
      ['/', '/health/live', '/metrics', '/nothing', '/graphql'].map((path) => fetch(url + path)),
    );

    for (const { headers } of answers) {
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });
});

describe('the log', () => {
  it('has one line a request under the id that the client is told', async () => {
    const { url, lines } = await serving();

    const answer = await ask(url, '{ viewer { role } }');

    const id = answer.headers.get('x-request-id');
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    const own = lines.filter(({ request }) => request === id);
    expect(own).toHaveLength(1);
    expect(own[0]).toMatchObject({ method: 'POST', path: '/graphql', status: 200, ms: expect.any(Number) });
  });

  it('keeps a request id that the caller gives, unless it could harm the log', async () => {
    const { url } = await serving();
    const idOf = async (id: string) =>
      (await fetch(`${url}/health/live`, { headers: { 'x-request-id': id } })).headers.get('x-request-id');

    expect(await idOf('trace-0123456789')).toBe('trace-0123456789');
    expect(await idOf('{"level":"fatal"}')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await idOf('x'.repeat(65))).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('never holds variables, bodies, cookies, tokens or query strings', async () => {
    const { url, lines } = await serving();
    const secret = 'the-secret-of-this-test';
    const headers = { cookie: `session=${secret}`, authorization: `Bearer ${secret}` };

    await post(
      url,
      JSON.stringify({ query: 'query($id: ID!) { person(id: $id) { name } }', variables: { id: secret } }),
      headers,
    );
    await post(url, `{"${secret}`, headers);
    await post(url, JSON.stringify({ query: `{ ${secret} }` }), headers);
    await fetch(`${url}/graphql?query=%7Bx%7D&variables=${secret}`, { headers });
    await fetch(`${url}/nothing?token=${secret}`, { headers });

    expect(lines.length).toBeGreaterThanOrEqual(5);
    expect(JSON.stringify(lines)).not.toContain(secret);
  });
});
