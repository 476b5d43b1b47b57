import { describe, test } from 'vitest';
import { readsEachOnce, renameOften } from '../http/reconnecting.js';
import { serving } from '../http/serving.js';
import { aToken } from '../http/signing-in.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';

const SETTINGS = { liveIntervalMs: 10, rateLimit: 0 };

describe.each(enginesHere({ all: true }))('live changes on $name', (engine) => {
  test.each(['sse', 'websocket'] as const)(
    'reach somebody who reconnects 50 times during 5,000 changes, each once and in order: %s',
    async (transport) => {
      const graph = await engine.fresh();
      const story = new Telling(graph);
      const ann = story.person('Ann');
      await story.tell();
      const { token } = await aToken(graph);
      const servers = [await serving(SETTINGS, graph)];
      if (engine.name.startsWith('Neo4j')) servers.push(await serving(SETTINGS, await engine.again()));
      const urls = servers.map(({ url }) => url);

      const writing = renameOften(story, ann, 5_000);
      await readsEachOnce(transport, { urls, token, since: 1, changes: 5_000, reconnects: 50 });
      await writing;
    },
  );
});
