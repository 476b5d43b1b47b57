import { afterAll, beforeAll, describe, test } from 'vitest';
import type { Sight } from '../src/domain/gate.js';
import type { Graph } from '../src/graph/graph.js';
import { openGraph } from '../src/graph/open.js';
import { createSearch, type Search } from '../src/questions/search.js';
import type { Place } from '../src/questions/search-rank.js';
import { madeUpNames, plantNames } from '../test/questions/damage.js';

/**
 * Search over made-up people in a `memory:` graph, one in ten of them named Maria; `BENCH_PEOPLE` sets how many (10,000 and 100,000).
 * Milliseconds, gate and statements included: p50 and the slowest of 21, each on an index that has to rank again.
 */
const READER: Sight = { level: 0, minors: 'hide', today: 20_500 };
const SIZES = (process.env.BENCH_PEOPLE ?? '10000,100000').split(',').map(Number);
const TEXTS = ['maria', 'ma', 'mar', 'm', 'maria k', 'j lin', 'robert kastonder', 'siobhan kastondre', 'xyzzy'];

describe.each(SIZES)('search over %i people', (size) => {
  let graph: Graph;
  let search: Search;

  beforeAll(async () => {
    graph = await openGraph({ url: 'memory:' });
    await graph.createSchema();
    const pool = madeUpNames(30_000);
    const lastOf = (at: number) => pool[at % pool.length]?.split(' ').at(-1);
    await plantNames(
      graph,
      Array.from({ length: size }, (_, at) => (at % 10 === 0 ? `Maria ${lastOf(at)}` : (pool[at % pool.length] ?? ''))),
    );
    search = createSearch({ graph });
    const begun = performance.now();
    await search.ready();
    report(`index of ${size}`, [performance.now() - begun], Math.round(process.memoryUsage().heapUsed / 1e6));
  });

  afterAll(() => graph.close());

  test.each(TEXTS)('"%s", its first ten', async (text) => {
    const times: number[] = [];
    let found = 0;
    for (let run = 0; run < 21; run += 1) {
      // Another day is another ranking, as another viewer's would be.
      const sight = { ...READER, today: READER.today + run };
      const begun = performance.now();
      found = (await search.search({ text, types: null, first: 10, after: null }, sight)).hits.length;
      times.push(performance.now() - begun);
    }
    report(text, times, found);
  });

  test('every page of a hundred Marias', async () => {
    const times: number[] = [];
    let found = 0;
    for (let after: Place | null = null; ; ) {
      const begun = performance.now();
      const { hits } = await search.search({ text: 'maria', types: null, first: 100, after }, READER);
      times.push(performance.now() - begun);
      found += hits.length;
      after = hits.at(-1)?.cursor ?? null;
      if (after === null) break;
    }
    report('pages of Marias', times, found);
  });

  test('how many Marias', async () => {
    const begun = performance.now();
    const found = await search.count({ text: 'maria', types: null }, READER);
    report('count of Marias', [performance.now() - begun], found);
  });
});

function report(what: string, times: number[], found: number): void {
  const sorted = [...times].sort((one, other) => one - other);
  const p50 = sorted[sorted.length >> 1] ?? 0;
  console.log(`${what}: ${p50.toFixed(1)} / ${(sorted.at(-1) ?? 0).toFixed(1)} ms (${times.length} runs), ${found}`);
}
