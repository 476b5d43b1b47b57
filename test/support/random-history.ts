import { expect } from 'vitest';
import type { Change } from '../../src/domain/change.js';
import type { Verdict } from '../../src/domain/records.js';
import type { Editor } from '../../src/editing/editor.js';
import { mergePeople } from '../../src/editing/merge.js';
import { undo } from '../../src/editing/undo.js';
import { AppError } from '../../src/errors.js';
import type { Graph } from '../../src/graph/graph.js';
import { loadRecords } from '../../src/store/load.js';
import { verify } from '../../src/store/verify.js';
import { Telling } from './telling.js';

/** Numbers below 1, the same for a seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const YEARS = ['2001', '2004-05', '2007-08-09', '2010~', '[2012..2014]'];

/**
 * Does `steps` random things to a graph that has a few people in it (create, edit, decide, withdraw, re-aim, merge, undo), each
 * followed by a clean `verify`; then takes every change back, newest first, and expects the graph that it began with.
 */
export async function livesThrough(graph: Graph, seed: number, steps: number): Promise<void> {
  const random = seeded(seed);
  const story = new Telling(graph);
  const people = ['Ann', 'Bo', 'Cy', 'Di', 'Eve'].map((name) => story.person(name));
  story.article('A register', { kind: 'RECORD' });
  await story.tell();
  const first = await decisionsOf(graph);

  const done: Change[] = [];
  for (let step = 0; step < steps; step += 1) {
    const change = await refusedOr(() => randomStep(graph, story, people, random, `s${seed}x${step}`, done));
    if (change !== null) done.push(change);
    expect((await verify(graph)).differences, `seed ${seed}, step ${step}`).toEqual([]);
  }
  for (const [i, change] of done.reverse().entries()) {
    const { conflicts } = await undo(editor(graph, `back${seed}x${i}`), change.id, false);
    expect(conflicts, `seed ${seed}, undo of ${change.action} ${change.seq}`).toEqual([]);
  }
  expect(await decisionsOf(graph), `seed ${seed}`).toEqual(first);
  expect((await verify(graph)).differences).toEqual([]);
}

const editor = (graph: Graph, id: string): Editor => ({
  graph,
  actor: 'bo',
  at: '2026-03-01T00:00:00Z',
  changeId: `chg_${id}`,
  note: null,
});

/** A random thing may be against a rule: then nothing happens. */
async function refusedOr(work: () => Promise<Change | null>): Promise<Change | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError && ['REFUSED', 'CONFLICT', 'INVALID_INPUT'].includes(error.code)) return null;
    throw error;
  }
}

type Steps = Record<string, () => Promise<Change | null>>;

async function randomStep(
  graph: Graph,
  story: Telling,
  people: readonly string[],
  random: () => number,
  id: string,
  done: readonly Change[],
): Promise<Change | null> {
  const pick = <T>(some: readonly T[]): T => some[Math.floor(random() * some.length)] as T;
  const one = async (label: 'Claim' | 'Citation' | 'Period'): Promise<string | null> => {
    const rows = await graph.read(`MATCH (n:${label}) RETURN n.id AS id ORDER BY id`);
    return rows.length === 0 ? null : String(pick(rows).id);
  };
  const decide = async (label: 'Claim' | 'Citation') => {
    const found = await one(label);
    if (found !== null) story.edit(label, found, { verdict: pick<Verdict>(['PROPOSED', 'ACCEPTED', 'REJECTED']) });
    return story.tell({ id: `chg_${id}` });
  };
  const all: Steps = {
    marry: () => {
      story.marriage(pick(people), pick(people), { start: pick(YEARS), ...(random() < 0.5 && { end: '2016' }) });
      return story.tell({ id: `chg_${id}` });
    },
    date: () => {
      story.period(story.relationship('ROMANTIC', pick(people), pick(people)), 'DATING', { start: pick(YEARS) });
      return story.tell({ id: `chg_${id}` });
    },
    bear: () => {
      story.born(pick(people), pick(YEARS));
      return story.tell({ id: `chg_${id}` });
    },
    rename: () => {
      story.edit('Person', pick(people), { name: `Name ${id}`, aliases: [{ name: id, kind: 'NICKNAME' }] });
      return story.tell({ id: `chg_${id}` });
    },
    hide: () => {
      story.edit('Person', pick(people), { visibility: pick(['PUBLIC', 'LIMITED', 'PRIVATE'] as const) });
      return story.tell({ id: `chg_${id}` });
    },
    decideClaim: () => decide('Claim'),
    decideCitation: () => decide('Citation'),
    retype: async () => {
      const found = await one('Period');
      if (found !== null)
        story.edit('Period', found, { type: pick(['DATING', 'ENGAGED', 'MARRIED', 'PARTNERSHIP'] as const) });
      return story.tell({ id: `chg_${id}` });
    },
    merge: () => mergePeople(editor(graph, id), { keep: pick(people), from: pick(people), large: false }),
    undo: async () => {
      if (done.length === 0) return null;
      return (await undo(editor(graph, id), pick(done).id, false)).change;
    },
  };
  return pick(Object.values(all))();
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
