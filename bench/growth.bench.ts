import { afterAll, describe, test } from 'vitest';
import type { Graph } from '../src/graph/graph.js';
import { openGraph } from '../src/graph/open.js';
import { ask } from '../test/graphql/asking.js';
import { World } from '../test/support/world.js';

/**
 * How the cost of each question grows with the graph while its answer stays as large: everybody is with the next two people of one
 * great ring, so every neighbourhood looks the same in a graph of any size. `BENCH_PEOPLE` sets the sizes (10,000 and 100,000).
 * Milliseconds at p50 and statements, through GraphQL.
 */
const SIZES = (process.env.BENCH_PEOPLE ?? '10000,100000').split(',').map(Number);
const TIMES = 25;

const QUESTIONS: Record<string, (at: number) => string> = {
  'person by slug': (at) => `{ person(id: "p${at}") { name birth { date { edtf } } } }`,
  'partners with periods': (at) =>
    `{ person(id: "p${at}") { partners { edges { node { name } periods { type standing } } } } }`,
  'partners at a date': (at) =>
    `{ person(id: "p${at}") { partners(at: "1990") { totalCount edges { certainty node { name } } } } }`,
  couple: (at) => `{ between(a: "p${at}", b: "p${at + 1}") { kind periods { type claims { totalCount } } } }`,
  'chain of 5 hops': (at) =>
    `{ chain(from: "p${at}", to: "p${at + 10}") { __typename ... on ChainsFound { chains { people { name } } } } }`,
  'network, depth 2': (at) =>
    `{ network(around: ["p${at}"], depth: 2) { people { degree person { name } } links { a b } } }`,
  overlaps: (at) => `{ overlaps(person: "p${at}", certainty: POSSIBLE) { certainty other { name } } }`,
  'common partners': (at) => `{ commonPartners(a: "p${at}", b: "p${at + 2}") { totalCount nodes { name } } }`,
  search: (at) => `{ search(text: "p${at}") { edges { why } } }`,
  'people, a page': (at) => `{ people(first: 20, after: null) { nodes { name } } a: person(id: "p${at}") { id } }`,
  'relationships, a page': () => '{ relationships(first: 20) { nodes { id } } }',
  rankings: () => '{ rankings(by: MOST_PARTNERS) { person { name } value { min max } } }',
  stats: () => '{ stats { people relationships } }',
};

describe.each(SIZES)('a ring of %i people', (size) => {
  const opened: Graph[] = [];
  afterAll(() => Promise.all(opened.map((graph) => graph.close())));

  test('answers', async () => {
    const graph = await ring(size);
    opened.push(graph);
    for (const [what, query] of Object.entries(QUESTIONS)) {
      const times: number[] = [];
      let statements = 0;
      for (let i = 0; i < TIMES; i += 1) {
        const begun = performance.now();
        const answer = await ask(graph, query((i * 397) % (size - 20)));
        times.push(performance.now() - begun);
        if (answer.errors.length > 0) throw new Error(JSON.stringify(answer.errors));
        statements = Math.max(statements, answer.statements.length);
      }
      const p50 = times.toSorted((a, b) => a - b)[Math.floor(TIMES / 2)] ?? 0;
      console.log(`| ${what} | ${size} | ${p50.toFixed(1)} | ${statements} |`);
    }
  });
});

async function ring(size: number): Promise<Graph> {
  const graph = await openGraph({ url: 'memory:' });
  await graph.createSchema();
  const world = new World();
  const people = Array.from({ length: size }, (_, i) => world.person(`P${i}`));
  people.forEach((one, i) => {
    for (const step of [1, 2]) {
      const other = people[(i + step) % size] ?? one;
      const [a, b] = [one, other].sort() as [string, string];
      const start = 7000 + step * 500 + (i % 7);
      const dates = {
        startMin: start,
        startMax: start + 30,
        endMin: start + 900,
        endMax: start + 930,
        startKnown: true,
      };
      world.period(world.relationship('ROMANTIC', a, b), { type: 'DATING', ...dates });
    }
  });
  await world.plant(graph);
  return graph;
}
