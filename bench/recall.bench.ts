import { afterAll, describe, expect, test } from 'vitest';
import type { Graph } from '../src/graph/graph.js';
import { openGraph } from '../src/graph/open.js';
import { createSearch } from '../src/questions/search.js';
import { recallAt10 } from '../test/questions/damage.js';

/**
 * Search over the people of a loaded graph, whose GRAPH_URL is `BENCH_GRAPH`; skipped without it. Recall at 10 on 200 names that are
 * damaged as test/questions/damage.ts says, the same 200 on every engine.
 */
const LOADED = process.env.BENCH_GRAPH;
const PAGE = 5000;
const NAMES =
  '/* pageNames */ MATCH (p:Person) WHERE p.id > $after RETURN p.id AS id, p.name AS name ORDER BY p.id LIMIT $limit';

describe.skipIf(!LOADED)(`search in ${LOADED}`, () => {
  const opened: Graph[] = [];
  afterAll(() => Promise.all(opened.map((graph) => graph.close())));

  test('finds 95 of 100 people by names that were damaged', async () => {
    const graph = await openGraph({ url: LOADED ?? '' });
    opened.push(graph);
    const people = await namesIn(graph);
    const search = createSearch({ graph });
    const begun = performance.now();
    await search.ready();
    console.log(`index of ${people.size} people: ${Math.round(performance.now() - begun)} ms`);

    const { all, of, missed } = await recallAt10(search, people, 200);
    console.log(graph.engine, people.size, all, of, missed);

    expect(all).toBeGreaterThanOrEqual(0.95);
  });
});

async function namesIn(graph: Graph): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (let after = ''; ; ) {
    const rows = await graph.read(NAMES, { after, limit: PAGE });
    for (const { id, name } of rows) names.set(String(id), String(name));
    if (rows.length < PAGE) return names;
    after = String(rows.at(-1)?.id);
  }
}
