import { expect, test } from 'vitest';
import type { Graph, Operation } from '../../src/graph/graph.js';
import { contextFor, searchSignal } from '../../src/graphql/context.js';
import { createMemory } from '../../src/questions/memory.js';
import { createSearch } from '../../src/questions/search.js';

const search = createSearch({ graph: { read: async () => [] } });
const takedowns = { count: async () => undefined, hide: () => undefined };
const writing = { write: {} as Graph, newKey: () => 'key', memory: createMemory(), takedowns };

test('Reads give up with their request: at its deadline, and when its client goes', async () => {
  const operations: (Operation | undefined)[] = [];
  const read = async (_statement: string, _params?: object, operation?: Operation) => {
    operations.push(operation);
    return [];
  };
  const { signal } = new AbortController();
  let clock = 1_000;
  const parts = {
    graph: { read },
    viewer: { name: null, role: 'READER' },
    minors: 'hide',
    search,
    ...writing,
    log: { error: () => undefined },
  } as const;
  const { graph, loaders } = contextFor({ ...parts, now: () => clock, signal, deadline: 6_000 });

  await graph.read('RETURN 1');
  clock = 5_500;
  await loaders.people.load('per_1');
  clock = 7_000;
  await graph.read('RETURN 1');

  expect(operations).toEqual([
    { signal, deadlineMs: 5_000 },
    { signal, deadlineMs: 500 },
    { signal, deadlineMs: 1 },
  ]);
});

test('Readers see what is set for minors, reviewers and above everybody', () => {
  const sightOf = (role: 'READER' | 'REVIEWER') =>
    contextFor({
      graph: { read: async () => [] },
      viewer: { name: null, role },
      minors: 'hide',
      search,
      ...writing,
      now: () => Date.UTC(1970, 0, 3, 23, 59),
      log: { error: () => undefined },
    }).sight;

  expect(sightOf('READER')).toEqual({ level: 0, minors: 'hide', today: 2 });
  expect(sightOf('REVIEWER')).toEqual({ level: 1, minors: 'show', today: 2 });
});

test('A search gives up in time to answer, and when its client goes', async () => {
  const gone = new AbortController();
  const now = () => 1_000;

  const patient = searchSignal({ now, signal: gone.signal, deadline: 60_000 });
  const late = searchSignal({ now, deadline: 900 });
  const endless = searchSignal({ now });
  gone.abort();
  await new Promise((resolve) => late.addEventListener('abort', resolve));

  expect([patient.aborted, late.aborted, endless.aborted]).toEqual([true, true, false]);
});

test('A search may begin however much time is left, to the millisecond', () => {
  const left = [1, 3, 499, 4_999, 9_999, 20_000.5];

  expect(left.map((ms) => searchSignal({ now: () => 1_000, deadline: 1_000 + ms }).aborted)).toEqual(
    left.map(() => false),
  );
});
