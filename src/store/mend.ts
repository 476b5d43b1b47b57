import { AppError } from '../errors.js';
import type { Graph, Row, Transaction } from '../graph/graph.js';
import { lockGraph } from './commit.js';
import { type DerivedNode, differs, saveContradictions, saveDerived } from './derived.js';
import { drawing, erasing, runRows } from './save.js';
import { brokenRules, canRebuild, compareContradictions } from './verify.js';
import { type Rebuilt, rebuild } from './verify-derived.js';
import { type EdgeKind, type Mismatch, mismatches } from './verify-edges.js';
import { readWorld, type World } from './verify-world.js';

/** Nodes, contradictions or pairs of ends that one transaction puts right. */
const PORTION = 500;

/** How many of each were put right: by label, and by type of edge. */
export type Mended = Record<string, number>;

/** Runs a part of the mending, as long as nobody has changed the graph since it was read. */
type Mending = (
  what: string,
  some: readonly unknown[],
  work: (transaction: Transaction) => Promise<void>,
) => Promise<void>;

/**
 * Makes everything derived what follows from the decisions, as `verify` rebuilds it: missing indexes, properties, contradictions
 * and edges, in portions that hold the write lock one after the other. No decision, no change and no revision is touched. What is
 * right already is not written, so that a run that was killed is taken up by the next. Servers remember what they have read:
 * stop them before. Reads the whole graph into memory.
 * @throws AppError REFUSED, rule UNKNOWN_RECORD, where a reference leads nowhere; CONFLICT where the graph is changed meanwhile.
 */
export async function mend(graph: Graph): Promise<Mended> {
  await graph.createSchema();
  const seq = await graph.write(lockGraph);
  const world = await readWorld(graph);
  const broken = brokenRules(world);
  if (!canRebuild(broken)) throw nothingToRebuildFrom(broken[0]?.record);
  const rebuilt = rebuild(world);
  const mended: Mended = {};
  const mending: Mending = async (what, some, work) => {
    await graph.write(async (transaction) => {
      if ((await lockGraph(transaction)) !== seq) throw changedMeanwhile();
      await work(transaction);
    });
    if (some.length > 0) mended[what] = (mended[what] ?? 0) + some.length;
  };
  await mendNodes(world, rebuilt, mending);
  await mendContradictions(world, rebuilt, mending);
  await mendEdges(mismatches(graph, world, rebuilt), mending);
  return mended;
}

async function mendNodes(world: World, { nodes }: Rebuilt, mending: Mending): Promise<void> {
  const wrong: DerivedNode[] = [];
  for (const { type, record, props } of world.nodes.values()) {
    const derived = nodes.get(record.id);
    if (derived !== undefined && differs(props, derived)) wrong.push({ type, id: record.id, stored: props, derived });
  }
  const misplaced = wrong.filter(({ stored, derived }) => (stored.pairKey ?? null) !== (derived.pairKey ?? null));
  for (const some of portions(misplaced)) {
    // What no two may share is given up first, for its owner may be the next in line.
    const freed = some.map((node) => ({ ...node, derived: { pairKey: null } }));
    await mending('Relationship', [], (transaction) => saveDerived(transaction, freed));
  }
  const types = new Set(wrong.map(({ type }) => type));
  for (const type of types) {
    for (const some of portions(wrong.filter((node) => node.type === type)))
      await mending(type, some, (transaction) => saveDerived(transaction, some));
  }
}

async function mendContradictions(world: World, { contradictions }: Rebuilt, mending: Mending): Promise<void> {
  const wrong = compareContradictions(world, contradictions).map(({ record }) => record);
  for (const some of portions(wrong)) {
    const stored = some.map((id) => world.contradictions.get(id)).filter((row) => row !== undefined);
    const wanted = some.flatMap((id) => contradictions.get(id) ?? []);
    await mending('Contradiction', some, async (transaction) => {
      await saveContradictions(transaction, stored, []);
      await saveContradictions(transaction, [], wanted);
    });
  }
}

/** Redraws all edges of a kind between two nodes where any of them is wrong. */
async function mendEdges(all: AsyncIterable<Mismatch>, mending: Mending): Promise<void> {
  let waiting: Mismatch[] = [];
  const redraw = async () => {
    const [first] = waiting;
    const some = waiting;
    waiting = [];
    if (first === undefined) return;
    const { kind } = first;
    await mending(kind[0], some, (transaction) => redrawn(transaction, kind, some));
  };
  for await (const mismatch of all) {
    if (waiting.length === PORTION || (waiting[0] && waiting[0].kind !== mismatch.kind)) await redraw();
    waiting.push(mismatch);
  }
  await redraw();
}

async function redrawn(transaction: Transaction, [type, a, b]: EdgeKind, some: readonly Mismatch[]): Promise<void> {
  const erased = some.filter(({ there }) => there.length > 0).map(({ from, to }): Row => ({ from, to }));
  const drawn = some.flatMap(({ from, to, wanted }) => wanted.map((props): Row => ({ from, to, props })));
  await runRows(transaction, erasing(type, a, b), erased);
  await runRows(transaction, drawing(type, a, b), drawn);
}

function* portions<Of>(all: readonly Of[]): Generator<Of[]> {
  for (let at = 0; at < all.length; at += PORTION) yield all.slice(at, at + PORTION);
}

function nothingToRebuildFrom(record = 'a record'): AppError {
  return new AppError('REFUSED', `${record} names a record that is not there: npm run verify says which, and what.`, {
    rule: 'UNKNOWN_RECORD',
  });
}

function changedMeanwhile(): AppError {
  return new AppError('CONFLICT', 'The graph was changed while it was mended: stop its servers, and run it again.', {
    field: 'GRAPH_URL',
    rule: 'CHANGED_MEANWHILE',
  });
}
