import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openGraph } from '../../src/graph/open.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { LISTENING, nextOf, WAYS } from './listening.js';
import { ask, serving } from './serving.js';
import { aToken, bearer } from './signing-in.js';

const QUESTION = '{ person(id: "nobody") { name } }';

/** The way to a Neo4j that the test can block, cut and open again. */
async function aWayTo(target: string) {
  const { hostname, port } = new URL(target);
  const pairs = new Set<[Socket, Socket]>();
  let open = true;
  const server = createServer((near) => {
    if (!open) return void near.destroy();
    const far = connect(Number(port), hostname);
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    for (const [one, other] of [pair, [far, near] as const]) {
      one.on('error', () => other.destroy());
      one.on('close', () => {
        pairs.delete(pair);
        other.destroy();
      });
      one.pipe(other);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    open = false;
    for (const [near] of pairs) near.destroy();
  };
  onTestFinished(() => {
    cut();
    server.close();
  });
  return {
    url: `bolt://127.0.0.1:${(server.address() as { port: number }).port}`,
    cut,
    reopen: () => {
      open = true;
    },
    /** Nothing comes through any more, and nobody is told. */
    block: () => {
      for (const [near, far] of pairs) {
        near.unpipe(far);
        far.unpipe(near);
      }
    },
  };
}

for (const engine of enginesHere({ all: true }).filter(({ name }) => name.startsWith('Neo4j'))) {
  describe(`a server on ${engine.name}`, { timeout: 60_000 }, () => {
    async function served() {
      await engine.fresh();
      const way = await aWayTo(engine.url());
      const graph = await openGraph({ url: way.url });
      const server = await serving({ requestTimeoutMs: 1_500, liveIntervalMs: 10 }, graph);
      const status = async () => (await fetch(`${server.url}/health/ready`)).status;
      const answer = async () => (await (await ask(server.url, QUESTION)).json()) as { errors?: object[] };
      const isWell = async () => (await answer()).errors === undefined;
      const well = () => vi.waitUntil(isWell, { timeout: 30_000 });
      // A Neo4j that has just started takes longer for its first plan than a request may take here.
      await well();
      return { ...way, ...server, url: server.url, status, answer, well };
    }

    it('answers UNAVAILABLE while the graph is lost, and well again once it is back', async () => {
      const { cut, reopen, status, answer } = await served();
      const before = [await status(), await answer()];

      cut();
      const lost = [await status(), await answer()];
      reopen();
      const back = [await status(), await answer()];

      expect(before).toEqual([200, { data: { person: null } }]);
      expect(lost).toEqual([503, expect.objectContaining({ data: { person: null } })]);
      expect(lost[1]).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
      expect(back).toEqual([200, { data: { person: null } }]);
    });

    it('goes on telling live changes once it is back', async () => {
      const { url, graph, cut, reopen, status } = await served();
      const story = new Telling(graph);
      const renamed = async (name: string) => {
        story.edit('Person', 'per_ann', { name, slug: 'ann', visibility: 'PUBLIC' });
        await story.tell();
      };
      await renamed('Ann');
      const { token } = await aToken(graph);
      const heard = WAYS.map((way) => LISTENING[way](url, bearer(token), { variables: { since: '0' } }));
      const next = () => Promise.all(heard.map(async (each) => (await nextOf(each)).data?.changes?.seq));
      const before = await next();

      cut();
      const lost = await status();
      reopen();
      await vi.waitUntil(async () => (await status()) === 200);
      await renamed('Anna');

      expect([before, lost, await next()]).toEqual([[1, 1], 503, [2, 2]]);
    });

    it('gives up a request after its time where the graph hangs, and asks over other connections next', async () => {
      const { block, answer, well } = await served();

      block();
      const hung = await answer();

      expect(hung).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
      // Each connection that hangs is given up once; the server may have had several.
      await well();
      expect(await answer()).toEqual({ data: { person: null } });
    });
  });
}
