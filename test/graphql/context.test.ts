import { expect, test } from 'vitest';
import type { Operation } from '../../src/graph/graph.js';
import { contextFor } from '../../src/graphql/context.js';

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
      now: () => Date.UTC(1970, 0, 3, 23, 59),
      log: { error: () => undefined },
    }).sight;

  expect(sightOf('READER')).toEqual({ level: 0, minors: 'hide', today: 2 });
  expect(sightOf('REVIEWER')).toEqual({ level: 1, minors: 'show', today: 2 });
});
