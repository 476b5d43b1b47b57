import { describe, expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { type Engine, enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { CHANGES, nextOf, openStream, seqsOf, socketClient, subscribe } from './listening.js';
import { readsEachOnce, renameOften } from './reconnecting.js';
import { serving } from './serving.js';
import { aToken, bearer } from './signing-in.js';

const FAST = { liveIntervalMs: 10, rateLimit: 0 };
const LONG = 120_000;

describe.each(enginesHere())('live changes on $name', (engine) => {
  async function aStory() {
    const graph = await engine.fresh();
    const story = new Telling(graph);
    const ann = story.person('Ann');
    await story.tell({ action: 'begin' });
    const { token } = await aToken(graph);
    const rename = (times = 1) => renameOften(story, ann, times);
    return { graph, ann, rename, token, headers: bearer(token) };
  }

  test('come as a stream, each once it is made, under its number, after the one that was the last', async () => {
    const { graph, headers, ann, rename } = await aStory();
    const { url } = await serving(FAST, graph);

    const { frames, status, headers: answered } = await openStream(url, headers);
    const first = await nextOf(frames);
    await rename(2);

    expect([status, answered['content-type'], answered['cache-control']]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
      'no-store',
    ]);
    expect(first).toEqual({ id: '1' });
    expect(await nextOf(frames)).toEqual({
      id: '2',
      event: 'next',
      data: { data: { changes: { seq: 2, action: 'rename', edits: [{ recordId: ann }] } } },
    });
    expect(await seqsOf(frames, 1)).toEqual([3]);
  });

  test('come over a socket, several subscriptions beside each other', async () => {
    const { graph, token, ann, rename } = await aStory();
    const { url } = await serving(FAST, graph);
    await rename();
    const client = socketClient(url, token);

    const all = subscribe(client, CHANGES, { since: '0' });
    const some = subscribe(client, 'subscription { c: changes(since: "1") { seq } }');
    await rename();

    const edits = [{ recordId: ann }];
    expect(await nextOf(all)).toEqual({ data: { changes: { seq: 1, action: 'begin', edits } } });
    expect(await nextOf(all)).toEqual({ data: { changes: { seq: 2, action: 'rename', edits } } });
    expect(await nextOf(all)).toEqual({ data: { changes: { seq: 3, action: 'rename', edits } } });
    expect(await nextOf(some)).toEqual({ data: { c: { seq: 2 } } });
    expect(await nextOf(some)).toEqual({ data: { c: { seq: 3 } } });
  });

  test('go on after the last event that a stream has had, whatever its document says', async () => {
    const { graph, headers, rename } = await aStory();
    const { url } = await serving(FAST, graph);
    await rename(120);

    const begun = await openStream(url, headers, { variables: { since: '5' } });
    const again = await openStream(url, { ...headers, 'last-event-id': '119' }, { variables: { since: '5' } });

    expect(await nextOf(begun.frames)).toEqual({ id: '5' });
    expect(await seqsOf(begun.frames, 116)).toEqual(Array.from({ length: 116 }, (_, n) => n + 6));
    expect(await nextOf(again.frames)).toEqual({ id: '119' });
    expect(await seqsOf(again.frames, 2)).toEqual([120, 121]);
  });

  test.each(['sse', 'websocket'] as const)(
    'reach somebody who reconnects again and again while changes are made, each once and in order: %s',
    async (transport) => {
      const [changes, reconnects] = engine.name === 'memory:' ? [500, 50] : [100, 10];
      const { graph, token, rename } = await aStory();
      const urls = await twoServers(engine, graph);

      const writing = rename(changes);
      await readsEachOnce(transport, { urls, token, since: 1, changes, reconnects });
      await writing;
    },
    LONG,
  );
});

/** Two servers where the engine has them; one has its own graph else. */
async function twoServers(engine: Engine, graph: Graph): Promise<string[]> {
  const servers = [await serving(FAST, graph)];
  if (engine.name.startsWith('Neo4j')) servers.push(await serving(FAST, await engine.again()));
  return servers.map(({ url }) => url);
}
