import { afterAll, describe, test } from 'vitest';
import type { Sight } from '../src/domain/gate.js';
import type { Graph } from '../src/graph/graph.js';
import { openGraph } from '../src/graph/open.js';
import { type ChainAnswer, chain, type Through } from '../src/questions/chain.js';
import { network } from '../src/questions/network.js';
import { anEdge, type Edge } from '../test/support/links.js';
import { plantEdges } from '../test/support/planted.js';

/**
 * Chains of at most 6 hops between 500 random pairs and 100 pairs of the 40 best-connected people of the largest component, and networks
 * around them: milliseconds at p50, p99 and at most, what was answered, and statements a hop (the look-up of the two people left out, the read of the links counted).
 * `BENCH_GRAPH` is the GRAPH_URL of a loaded graph; without it, made-up people in `memory:`, `BENCH_PEOPLE` sets how many (10,000 and
 * 100,000), with three links each, half of them to few.
 */
const READER: Sight = { level: 0, minors: 'hide', today: 20_700 };
const ANY: Through = {
  ...{
    kinds: ['ROMANTIC'],
    types: null,
    at: null,
    certainty: 'POSSIBLE',
    minStanding: 2,
    inTimeOrder: false,
    avoid: [],
  },
};
const LOADED = process.env.BENCH_GRAPH;
const SIZES = (process.env.BENCH_PEOPLE ?? '10000,100000').split(',').map(Number);

const SOURCES = LOADED
  ? [{ name: LOADED, open: () => openGraph({ url: LOADED }) }]
  : SIZES.map((size) => ({ name: `${size} made-up people`, open: () => madeUp(size) }));

describe.each(SOURCES)('chains in $name', ({ open }) => {
  const opened: Graph[] = [];
  afterAll(() => Promise.all(opened.map((graph) => graph.close())));

  test('p50 and p99', async () => {
    const graph = await open();
    opened.push(graph);
    const { component, hubs } = await largestComponent(graph);
    console.log(`${component.length} people in the largest component`);
    const random = seeded(1);
    const among = (people: readonly string[]) => people[Math.floor(random() * people.length)] ?? '';
    const pairsOf = (people: readonly string[], count: number) =>
      Array.from({ length: count }, () => [among(people), among(people)] as const).filter(([a, b]) => a !== b);

    for (const [what, pairs] of [
      ['random pairs', pairsOf(component, 500)],
      ['hub pairs', pairsOf(hubs, 100)],
    ] as const) {
      await measureChains(graph, what, pairs, ANY);
      await measureChains(graph, `${what}, in time order`, pairs.slice(0, 100), { ...ANY, inTimeOrder: true });
    }
    for (const depth of [1, 2, 3]) await measureNetworks(graph, hubs.slice(0, 20), depth);
  });
});

async function measureChains(
  graph: Graph,
  what: string,
  pairs: readonly (readonly [string, string])[],
  through: Through,
) {
  const times: number[] = [];
  const answers: Record<string, number> = {};
  let perHop = 0;
  for (const [from, to] of pairs) {
    const before = graph.statements;
    const begun = performance.now();
    const answer = await chain(graph, { from, to, through, maxHops: 6, alternatives: 1 }, READER);
    times.push(performance.now() - begun);
    const hops = answer.type === 'ChainsFound' ? (answer.chains[0]?.links.length ?? 1) : 6;
    perHop = Math.max(perHop, (graph.statements - before - 1) / hops);
    const said = nameOf(answer);
    answers[said] = (answers[said] ?? 0) + 1;
  }
  console.log(what, summary(times), JSON.stringify(answers), `at most ${perHop.toFixed(2)} statements a hop`);
}

function nameOf(answer: ChainAnswer): string {
  if (answer.type === 'ChainsFound') return `${answer.chains[0]?.links.length ?? 0} hops`;
  return answer.type === 'LimitReached' ? `limit ${answer.limit}` : answer.type;
}

async function measureNetworks(graph: Graph, around: readonly string[], depth: number) {
  const times: number[] = [];
  let most = 0;
  for (const person of around) {
    const begun = performance.now();
    const { people } = await network(graph, { around: [person], depth, filter: ANY, maxPeople: 3000 }, READER);
    times.push(performance.now() - begun);
    most = Math.max(most, people.length);
  }
  console.log(`networks around hubs, depth ${depth}`, summary(times), `at most ${most} people`);
}

function summary(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1);
  return `p50 ${at(0.5)} p99 ${at(0.99)} max ${at(1)} ms of ${times.length}`;
}

/** Who is connected with most, and the 40 of them with the most links. */
async function largestComponent(graph: Graph): Promise<{ component: string[]; hubs: string[] }> {
  const rows = await graph.read(
    "MATCH (a:Person)-[l:LINKED]->(b:Person) WHERE l.kind = 'ROMANTIC' RETURN a.id AS a, b.id AS b",
  );
  const others = new Map<string, string[]>();
  for (const { a, b } of rows as { a: string; b: string }[]) {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const)
      others.set(one, [...(others.get(one) ?? []), other]);
  }
  const left = new Set(others.keys());
  let component: string[] = [];
  for (const person of left) {
    const reached = [person];
    left.delete(person);
    for (const one of reached) for (const other of others.get(one) ?? []) if (left.delete(other)) reached.push(other);
    if (reached.length > component.length) component = reached;
  }
  const degreeOf = (person: string) => others.get(person)?.length ?? 0;
  component.sort();
  return { component, hubs: component.toSorted((a, b) => degreeOf(b) - degreeOf(a)).slice(0, 40) };
}

async function madeUp(size: number): Promise<Graph> {
  const graph = await openGraph({ url: 'memory:' });
  await graph.createSchema();
  const random = seeded(size);
  const people = Array.from({ length: size }, (_, i) => `per_P${i}`);
  const any = () => people[Math.floor(random() * size)] ?? '';
  // Squared twice, so that a few people have very many links.
  const known = () => people[Math.floor(random() ** 4 * size)] ?? '';
  const edges = Array.from({ length: size * 3 }, (_, i): Edge => {
    const start = Math.floor(random() * 18_000);
    const own = {
      startMin: start,
      startMax: start + (i % 3) * 180,
      endMin: start + 400,
      endMax: start + 2000,
      known: true,
    };
    return anEdge(any(), i % 2 ? known() : any(), { periodId: `prd_${i}`, standing: i % 4 ? 3 : 2, own });
  }).filter(({ a, b }) => a !== b);
  await plantEdges(graph, people, edges);
  return graph;
}

/** Numbers below 1, the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
