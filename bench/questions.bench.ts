import { afterAll, describe, test } from 'vitest';
import type { Graph } from '../src/graph/graph.js';
import { openGraph } from '../src/graph/open.js';
import { RANKINGS, rankingOf } from '../src/store/rankings.js';
import { ask } from '../test/graphql/asking.js';

/**
 * Overlaps, timelines, couple facts and rankings of the best-connected people of a loaded graph, whose GRAPH_URL is `BENCH_GRAPH`;
 * skipped without it. Milliseconds at p50, p99 and at most, and statements, through GraphQL.
 */
const LOADED = process.env.BENCH_GRAPH;
const TODAY = 20_700;

describe.skipIf(!LOADED)(`questions in ${LOADED}`, () => {
  const opened: Graph[] = [];
  afterAll(() => Promise.all(opened.map((graph) => graph.close())));

  test('p50 and p99', async () => {
    const graph = await openGraph({ url: LOADED ?? '' });
    opened.push(graph);
    const sight = { level: 0, minors: 'hide', today: TODAY } as const;
    for (const by of RANKINGS)
      await measured(`${by}, worked out anew`, 15, async () => rankingOf(graph, by, 100, sight));
    const hubs = (await rankingOf(graph, 'MOST_PARTNERS', 100, sight)).map(({ id }) => id);
    const queries: Record<string, (person: string) => string> = {
      'ranking, remembered': () => '{ rankings(by: MOST_PARTNERS) { person { name } value { min } } }',
      'overlaps, possible': (id) =>
        `{ overlaps(person: "${id}", certainty: POSSIBLE) { certainty with { name } other { name } relationships { id } } }`,
      timeline: (id) =>
        `{ person(id: "${id}") { timeline(first: 50) { totalCount edges { silence { years } node { id } } } } }`,
      'couple facts of 20 partners': (id) =>
        `{ person(id: "${id}") { partners { nodes { name } edges { relationship { coupleFacts { daysTogether { min } children { name } sides { place { min } daysSinceAnother { min } } } } } } } }`,
    };
    for (const [what, query] of Object.entries(queries))
      await measured(what, hubs.length, async (i) => {
        const { errors, statements } = await ask(graph, query(hubs[i] ?? ''));
        if (errors.length > 0) throw new Error(JSON.stringify(errors));
        return statements;
      });
  });
});

async function measured(what: string, times: number, run: (i: number) => Promise<readonly unknown[]>): Promise<void> {
  const took: number[] = [];
  let answers = 0;
  for (let i = 0; i < times; i += 1) {
    const begun = performance.now();
    answers = (await run(i)).length;
    took.push(performance.now() - begun);
  }
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))]?.toFixed(1);
  console.log(
    `${what}: p50 ${at(0.5)}, p99 ${at(0.99)}, at most ${took.at(-1)?.toFixed(1)}; ${answers} rows or statements`,
  );
}
