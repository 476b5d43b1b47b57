import type { Change } from '../domain/change.js';
import { type MergePlan, planMerge, type Refusal } from '../domain/merge.js';
import type { MergeWorld } from '../domain/merge-world.js';
import type { Person } from '../domain/records.js';
import { AppError } from '../errors.js';
import type { Reads } from '../graph/graph.js';
import { conflictOf } from '../store/conflict.js';
import { type LogSight, recordsWithheld } from '../store/history.js';
import { loadRecords } from '../store/load.js';
import { mergeWorld, newestEdit } from '../store/merge.js';
import { carryOut, type Editor } from './editor.js';

/** Records that a merge may touch without being asked twice. */
export const MERGE_LIMIT = 2000;

/** Reasons that a refusal tells. */
const MOST_REASONS = 100;

const ALL: LogSight = { level: 2 };

/** A refusal as a viewer is told of it: without the record, where they learn nothing of whomever it is about. */
export interface ToldRefusal extends Omit<Refusal, 'record'> {
  record: string | null;
}

export interface MergePreview extends Omit<MergePlan, 'refusals'> {
  refusals: ToldRefusal[];
  /** The number of the newest change to anything that decides the plan, of those that the viewer is told of. */
  revision: number;
}

/** What merging `from` into `keep` would do now. NOT_FOUND where one of them isn't there. */
export async function mergePreview(graph: Reads, keep: string, from: string, sight = ALL): Promise<MergePreview> {
  const world = await worldOf(graph, keep, from);
  const last = await newestEdit(graph, world, 0, sight);
  const plan = planMerge(world);
  return { ...plan, refusals: await told(graph, plan.refusals, sight), revision: last?.seq ?? 0 };
}

async function told(graph: Reads, refusals: readonly Refusal[], sight: LogSight): Promise<ToldRefusal[]> {
  const withheld = await recordsWithheld(
    graph,
    refusals.map(({ record }) => record),
    sight,
  );
  return refusals.map((refusal) => ({ ...refusal, record: withheld.has(refusal.record) ? null : refusal.record }));
}

export interface MergeOrder {
  keep: string;
  from: string;
  /** More than MERGE_LIMIT records are moved only when this says so. */
  large: boolean;
  /** The revision that its preview told; null where nobody has looked. */
  seen?: number | null;
  /** What of the log is seen; everything unless told. */
  sight?: LogSight;
}

/**
 * Merges one person into another as one change; the other's ids lead to the survivor for ever.
 * @throws AppError NOT_FOUND; CONFLICT where anything that decides it was changed after `seen`; REFUSED with the rule of the first
 * refusal and up to 100 of them, or with MERGE_SIZE.
 */
export function mergePeople(editor: Editor, order: MergeOrder): Promise<Change | null> {
  const { keep, from, large, seen = null, sight = ALL } = order;
  return carryOut(editor, 'merge', async (graph) => {
    const world = await worldOf(graph, keep, from);
    const newer = seen === null ? null : await newestEdit(graph, world, seen, sight);
    if (seen !== null && newer !== null) throw await conflictOf(graph, [newer.record], newer.seq, seen);
    const { edits, refusals } = planMerge(world);
    if (refusals.length > 0) throw refusedFor(await told(graph, refusals.slice(0, MOST_REASONS), sight));
    if (edits.length > MERGE_LIMIT && !large) {
      const details = { field: 'large', rule: 'MERGE_SIZE', records: edits.length, limit: MERGE_LIMIT };
      throw new AppError('REFUSED', `The merge touches ${edits.length} records: say \`large: true\``, details);
    }
    return edits;
  });
}

function refusedFor(refusals: readonly ToldRefusal[]): AppError {
  const { rule, message, record } = refusals[0] as ToldRefusal;
  return new AppError('REFUSED', message, { field: 'from', rule, record, refusals });
}

async function worldOf(graph: Reads, keep: string, from: string): Promise<MergeWorld> {
  const world = await mergeWorld(graph, keep, from);
  if (world === null) throw new AppError('NOT_FOUND', 'One of the two people is not there', { field: 'from' });
  return world;
}

/** Marks two people as different for good: they are no longer suggested, and can't be merged. */
export async function markDifferent(editor: Editor, a: string, b: string): Promise<Change | null> {
  if (a === b) throw new AppError('REFUSED', 'That is one person', { field: 'b', rule: 'SELF', record: a });
  editor.paths?.set(a, (field) => (field.startsWith('notSameAs') ? 'b' : 'a'));
  return carryOut(editor, 'markDifferent', async (graph) => {
    const people = await loadRecords(graph, [a, b]);
    const [one, other] = [a, b].map((id) => people.get(id)?.record as Person | undefined);
    if (one === undefined || other === undefined)
      throw new AppError('NOT_FOUND', 'One of the two people is not there', { field: 'b' });
    if (one.notSameAs.includes(b) || other.notSameAs.includes(a)) return [];
    return [{ type: 'Person', id: a, set: { notSameAs: [...one.notSameAs, b] } }];
  });
}
