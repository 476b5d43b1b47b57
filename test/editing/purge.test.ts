import { test } from 'vitest';
import { openGraph } from '../../src/graph/open.js';
import { forgets } from '../support/random-history.js';

test.each([1, 2, 3, 4])(
  'a purge of somebody with a random history leaves a clean graph and no id, whatever is done and undone then (seed %i)',
  async (seed) => {
    const graph = await openGraph({ url: 'memory:' });
    await graph.createSchema();

    await forgets(graph, seed, 12);

    await graph.close();
  },
  120_000,
);
