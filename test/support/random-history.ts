import { expect } from 'vitest';
import type { Change } from '../../src/domain/change.js';
import { undo } from '../../src/editing/undo.js';
import { AppError } from '../../src/errors.js';
import type { Graph, Row } from '../../src/graph/graph.js';
import { commit } from '../../src/store/commit.js';
import { loadRecords } from '../../src/store/load.js';
import { people as peopleByRef } from '../../src/store/person.js';
import { purge } from '../../src/store/purge.js';
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

/** What there is when a random history has been lived, and what it began with. */
interface Lived {
  first: object;
  people: readonly string[];
  done: readonly Change[];
  /** Does some more, each followed by a clean `verify`; answers what was done. */
  goOn: (name: string, steps: number) => Promise<Change[]>;
}

async function live(graph: Graph, seed: number, steps: number): Promise<Lived> {
  const random = seeded(seed);
  const story = new Telling(graph);
  const people = ['Ann', 'Bo', 'Cy', 'Di', 'Eve'].map((name) => story.person(name));
  const mention = { surface: 'Ann', part: 'TEXT', from: 0, to: 3, person: String(people[0]) } as const;
  story.article('An interview', { text: TEXT, mentions: [mention] });
  story.article('A register', { kind: 'RECORD' });
  await story.tell();
  const first = await decisionsOf(graph);

  const done: Change[] = [];
  const goOn = async (name: string, more: number) => {
    for (let step = 0; step < more; step += 1) {
      const id = `${name}${seed}x${step}`;
      const change = await refusedOr(() => randomStep({ graph, story, people, random, id, done }));
      if (change !== null) done.push(change);
      expect((await verify(graph)).differences, `seed ${seed}, step ${step} of ${name}`).toEqual([]);
    }
    return done;
  };
  await goOn('s', steps);
  return { first, people, done, goOn };
}

/**
 * Does `steps` random things to a graph that has a few people in it (everything that an import and an editor can do), each
 * followed by a clean `verify`; then takes every change back, newest first, and expects the graph that it began with.
 */
export async function livesThrough(graph: Graph, seed: number, steps: number): Promise<void> {
  const { first, done } = await live(graph, seed, steps);
  for (const [i, change] of [...done].reverse().entries()) {
    const { conflicts } = await undo(editorOf({ graph, id: `back${seed}x${i}` }), change.id, false);
    expect(conflicts, `seed ${seed}, undo of ${change.action} ${change.seq}`).toEqual([]);
  }
  expect(await decisionsOf(graph), `seed ${seed}`).toEqual(first);
  expect((await verify(graph)).differences).toEqual([]);
}

/**
 * Purges whoever a random history leaves of one of its people, and expects nothing of them but their id, a clean `verify`, and the same after
 * more has happened and everything was taken back as far as that goes.
 */
export async function forgets(graph: Graph, seed: number, steps: number): Promise<void> {
  const { people, goOn } = await live(graph, seed, steps);
  const [first = ''] = people;
  const [person] = await peopleByRef(graph, [first]);
  const id = person?.id ?? '';
  const order = { at: '2026-04-01T00:00:00Z', actor: 'bo', note: null, batch: null };
  const edits = [{ type: 'Person' as const, id, set: { visibility: 'REMOVED' as const } }];
  await commit(graph, { ...order, id: `chg_gone${seed}`, action: 'setVisibility', edits });

  await purge(graph, { ...order, id: `chg_purge${seed}`, action: 'purgePerson', person: id, spellings: [] });

  const isForgotten = async (when: string) => {
    expect((await verify(graph)).differences, `seed ${seed}, ${when}`).toEqual([]);
    expect(await whereIs(graph, [first, id]), `seed ${seed}, ${when}`).toEqual([]);
  };
  await isForgotten('purged');
  const done = await goOn('after', steps / 2);
  await isForgotten('later');
  for (const [i, change] of [...done].reverse().entries()) {
    await refusedOr(async () => {
      const { change: back } = await undo(editorOf({ graph, id: `away${seed}x${i}` }), change.id, true);
      return back;
    });
    await isForgotten(`undo of ${change.action} ${change.seq}`);
  }
}

/** The properties that hold one of these ids, but for the person's own and the ids in the log. */
async function whereIs(graph: Graph, ids: readonly string[]): Promise<string[]> {
  const rows = await graph.read('MATCH (n) RETURN labels(n) AS labels, n {.*} AS props');
  return rows.flatMap(({ labels, props }) =>
    Object.entries(props as Row)
      .filter(([key, value]) => ids.some((id) => JSON.stringify(value ?? null).includes(id)) && key !== 'recordId')
      .map(([key]) => `${String(labels)}.${key}`)
      .filter((place) => !['Person.id', 'Person.sort', 'Person.born'].includes(place)),
  );
}

/** A random thing may be against a rule: then nothing happens. */
export async function refusedOr(work: () => Promise<Change | null>): Promise<Change | null> {
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
