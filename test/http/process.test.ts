import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openGraph } from '../../src/graph/open.js';
import { freePort } from '../support/neo4j/start.js';
import { Story } from '../support/story.js';
import { ask } from './serving.js';
import { aFolder, anEmptyGraph, build, start } from './spawned.js';

const LONG = 60_000;

beforeAll(build, LONG);

/** A port on which somebody else listens. */
async function aTakenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as { port: number }).port;
}

describe('the server as a process', { timeout: LONG }, () => {
  it('comes with the demo graph, answers the first question of README as it says, and finds the graph again', async () => {
    const folder = await aFolder();
    const settings = { PORT: '0', GRAPH_URL: `file:${join(folder, 'new/graph')}` };
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
    const [, question = '', answer = ''] = /```graphql\n([\s\S]*?)```\s+```json\n([\s\S]*?)```/.exec(readme) ?? [];
    const startAndAsk = async () => {
      const server = start('main.js', settings);
      const asked = await (await ask(await server.listening, question)).json();
      server.child.kill('SIGTERM');
      return { asked, log: (await server.ended).out };
    };

    const first = await startAndAsk();
    const second = await startAndAsk();

    expect(first.asked).toEqual(JSON.parse(answer));
    expect(second.asked).toEqual(first.asked);
    expect(first.log).toContain('seeds loaded');
    expect(second.log).not.toContain('seeds loaded');
  });

  it('starts empty where it was prepared so', async () => {
    const folder = await aFolder();
    const settings = { PORT: '0', GRAPH_URL: `file:${join(folder, 'graph')}` };
    const prepared = await start('cli/seed.js', settings, ['--empty']).ended;
    const server = start('main.js', settings);

    const answer = await ask(await server.listening, '{ stats { people } }');

    expect(prepared.code).toBe(0);
    expect(await answer.json()).toEqual({ data: { stats: { people: 0 } } });
  });

  it('serves GraphiQL with all its files, without a word of another host', async () => {
    const server = start('main.js', { PORT: '0', GRAPH_URL: await anEmptyGraph(), MINORS: '' });
    const url = await server.listening;

    const page = await fetch(`${url}/graphiql`);
    const html = await page.text();

    expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self'; .*worker-src 'self'/);
    const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file ?? '');
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) {
      expect(file).toMatch(/^\//);
      const answer = await fetch(url + file);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe(
        file.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    }
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('answers the requests that run before it stops on %s', async (signal) => {
    const server = start('main.js', { PORT: '0', GRAPH_URL: await anEmptyGraph() });
    const url = await server.listening;
    const slow = slowly(url);
    await slow.begun;

    server.child.kill(signal);
    await wait(200);
    const late = await fetch(`${url}/health/live`).then(
      ({ status }) => status,
      () => 'refused',
    );
    slow.finish();
    const answer = await slow.answer;
    const ended = await server.ended;

    expect(['refused', 503]).toContain(late);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain('"role":"READER"');
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toContain('"msg":"stopped"');
  });

  it('stops at once at a second signal', async () => {
    const server = start('main.js', { PORT: '0', GRAPH_URL: await anEmptyGraph() });
    const slow = slowly(await server.listening);
    await slow.begun;

    server.child.kill('SIGTERM');
    await wait(200);
    server.child.kill('SIGTERM');

    expect(await server.ended).toMatchObject({ code: 1 });
    await slow.answer;
  });

  // One of each place where a setting may prove wrong; each setting by itself is in config.test.ts and contract/places.test.ts.
  it.each([
    ['PORT', { PORT: 'http' }],
    ['HOST', { HOST: 'no such host' }],
    ['HOST', { HOST: '203.0.113.1' }],
    ['GRAPH_URL', { GRAPH_URL: 'postgres://localhost/people' }],
    ['GRAPH_URL', { GRAPH_URL: 'file:/dev/null/graph' }],
    ['GRAPH_USER', { GRAPH_URL: 'bolt://127.0.0.1:1', GRAPH_PASSWORD: 'hush' }],
    ['GRAPH_URL', { GRAPH_URL: 'bolt://someone:hush@127.0.0.1:1' }],
  ])('refuses a wrong %s by name, in one line, with exit code 1: %o', async (name, settings) => {
    const { code, err } = await start('main.js', { PORT: '0', GRAPH_URL: 'memory:', ...settings }).ended;

    expect(code).toBe(1);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(err).toMatch(/^hearsay: /);
    expect(err).toContain(name);
    expect(err).not.toContain('hush');
  });

  it('says that its port is in use', async () => {
    const port = await aTakenPort();

    const { code, err } = await start('main.js', { PORT: String(port), GRAPH_URL: 'memory:' }).ended;

    expect([code, err]).toEqual([
      1,
      `hearsay: Port ${port} of 127.0.0.1 is in use: stop what listens there, or set PORT.\n`,
    ]);
  });

  it('says that no Neo4j answers', async () => {
    const port = await freePort();

    const { code, err } = await start('main.js', { PORT: '0', GRAPH_URL: `bolt://127.0.0.1:${port}` }).ended;

    expect(code).toBe(1);
    expect(err).toMatch(/^hearsay: GRAPH_URL: No Neo4j answers at bolt:.*\n$/);
  });

  it('has a command that finds nothing to verify in a sound graph, and names each record that is not', async () => {
    const folder = await aFolder();
    const GRAPH_URL = `file:${join(folder, 'graph')}`;
    const graph = await openGraph({ url: GRAPH_URL });
    await graph.createSchema();
    const story = new Story();
    const ann = story.aPerson('Ann');
    await story.commitTo(graph);
    await graph.close();
    const sound = await start('cli/verify.js', { GRAPH_URL }).ended;
    const again = await openGraph({ url: GRAPH_URL });
    await again.write((transaction) => transaction.run("MATCH (p:Person) SET p.sort = 'zoe'"));
    await again.close();

    const unsound = await start('cli/verify.js', { GRAPH_URL }).ended;

    expect(sound).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^0 differences in /) });
    expect(unsound).toMatchObject({
      code: 1,
      err: '',
      out: expect.stringContaining(`${ann} sort: is "zoe", should be "ann`),
    });
  });

  it('serves no graph that an older version derived, and has a command that mends it', async () => {
    const folder = await aFolder();
    const settings = { PORT: '0', GRAPH_URL: `file:${join(folder, 'graph')}` };
    const graph = await openGraph({ url: settings.GRAPH_URL });
    await graph.createSchema();
    const story = new Story();
    story.aMarriage(story.aPerson('Ann'), story.aPerson('Bo'), { start: '2001' });
    await story.commitTo(graph);
    await graph.write(async (transaction) => {
      await transaction.run('MATCH (g:Graph) SET g.version = 1');
      await transaction.run('MATCH (:Person)-[l:LINKED]->(:Person) SET l.togetherStanding = null');
      await transaction.run("MATCH (d:Period) SET d.linked = 'as it was', d.standing = null");
    });
    await graph.close();

    const refused = await start('main.js', settings).ended;
    const mended = await start('cli/verify.js', settings, ['--mend']).ended;
    const again = await start('cli/verify.js', settings, ['--mend']).ended;
    const server = start('main.js', settings);
    const answer = await ask(await server.listening, '{ person(id: "ann") { partners { nodes { name } } } }');

    expect(refused).toMatchObject({
      code: 1,
      err: expect.stringMatching(/An older Hearsay .* npm run verify -- --mend\n$/),
    });
    expect(mended).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringMatching(/^Mended: 1 Period, 1 LINKED\.\n0 differences/),
    });
    expect(again).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Mended: nothing, all was right\.\n0 differences/),
    });
    expect(await answer.json()).toEqual({ data: { person: { partners: { nodes: [{ name: 'Bo' }] } } } });
  });

  it('has commands that name an option they do not know', async () => {
    const { code, err } = await start('cli/seed.js', { GRAPH_URL: 'memory:' }, ['--emtpy']).ended;

    expect([code, err]).toEqual([1, "hearsay: Unknown option '--emtpy'\n"]);
  });

  it('says that another process holds the graph, to a second server and to every command', async () => {
    const settings = { PORT: '0', GRAPH_URL: await anEmptyGraph() };
    const first = start('main.js', settings);
    await first.listening;

    const others = [
      await start('main.js', settings).ended,
      await start('cli/seed.js', settings).ended,
      await start('cli/verify.js', settings).ended,
      await start('cli/token.js', settings, ['create', '--name', 'Ann', '--role', 'ADMIN']).ended,
    ];

    for (const { code, err } of others) {
      expect(code).toBe(1);
      expect(err).toMatch(/^hearsay: GRAPH_URL: Another process holds the graph at .*\n$/);
    }
  });
});

/** A request that runs as long as the test wants: its body is sent in two parts. */
function slowly(url: string) {
  const { hostname, port } = new URL(url);
  const body = JSON.stringify({ query: '{ viewer { role } }' });
  const socket = createConnection(Number(port), hostname);
  let heard = '';
  socket.on('data', (chunk) => {
    heard += String(chunk);
  });
  socket.on('error', () => {});
  const begun = once(socket, 'connect').then(async () => {
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: hearsay\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
    );
    // The server has to have read the head of the request before it is told to stop.
    await wait(200);
  });
  return {
    begun,
    finish: () => void socket.write(body.slice(5)),
    answer: once(socket, 'close').then(() => heard),
  };
}
