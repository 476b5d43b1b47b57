import { expect } from 'vitest';
import type { Change } from '../../src/domain/change.js';
import { undo } from '../../src/editing/undo.js';
import { AppError } from '../../src/errors.js';
import type { Graph } from '../../src/graph/graph.js';
import { loadRecords } from '../../src/store/load.js';
import { verify } from '../../src/store/verify.js';
import { editorOf, randomStep, TEXT } from './random-steps.js';
import { Telling } from './telling.js';

/** Numbers below 1, the same for a seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Does `steps` random things to a graph that has a few people in it (everything that an import and an editor can do), each
 * followed by a clean `verify`; then takes every change back, newest first, and expects the graph that it began with.
 */
export async function livesThrough(graph: Graph, seed: number, steps: number): Promise<void> {
  const random = seeded(seed);
  const story = new Telling(graph);
  const people = ['Ann', 'Bo', 'Cy', 'Di', 'Eve'].map((name) => story.person(name));
  const mention = { surface: 'Ann', part: 'TEXT', from: 0, to: 3, person: String(people[0]) } as const;
  story.article('An interview', { text: TEXT, mentions: [mention] });
  story.article('A register', { kind: 'RECORD' });
  await story.tell();
  const first = await decisionsOf(graph);

  const done: Change[] = [];
  for (let step = 0; step < steps; step += 1) {
    const change = await refusedOr(() => randomStep({ graph, story, people, random, id: `s${seed}x${step}`, done }));
    if (change !== null) done.push(change);
    expect((await verify(graph)).differences, `seed ${seed}, step ${step}`).toEqual([]);
  }
  for (const [i, change] of done.reverse().entries()) {
    const { conflicts } = await undo(editorOf({ graph, id: `back${seed}x${i}` }), change.id, false);
    expect(conflicts, `seed ${seed}, undo of ${change.action} ${change.seq}`).toEqual([]);
  }
  expect(await decisionsOf(graph), `seed ${seed}`).toEqual(first);
  expect((await verify(graph)).differences).toEqual([]);
}

/** A random thing may be against a rule: then nothing happens. */
async function refusedOr(work: () => Promise<Change | null>): Promise<Change | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError && ['REFUSED', 'CONFLICT', 'INVALID_INPUT'].includes(error.code)) return null;
    throw error;
  }
}

/** Every decision in the graph, by id, without revisions. */
async function decisionsOf(graph: Graph): Promise<object> {
  const ids = await graph.read('MATCH (n) WHERE n.revision IS NOT NULL RETURN n.id AS id ORDER BY id');
  const records = await loadRecords(
    graph,
    ids.map(({ id }) => String(id)),
  );
  return Object.fromEntries([...records].map(([id, { record }]) => [id, record]).sort());
}
