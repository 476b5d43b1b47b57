import type { Change } from '../domain/change.js';
import { type MergePlan, planMerge } from '../domain/merge.js';
import { AppError } from '../errors.js';
import type { Reads } from '../graph/graph.js';
import { loadRecords } from '../store/load.js';
import { mergeWorld } from '../store/merge.js';
import { carryOut, type Editor } from './editor.js';

/** Records that a merge may touch without being asked twice. */
export const MERGE_LIMIT = 2000;

/** What merging `from` into `keep` would do now. NOT_FOUND where one of them isn't there. */
export async function mergePreview(graph: Reads, keep: string, from: string): Promise<MergePlan> {
  const world = await mergeWorld(graph, keep, from);
  if (world === null) throw new AppError('NOT_FOUND', 'One of the two people is not there', { field: 'from' });
  return planMerge(world);
}

export interface MergeOrder {
  keep: string;
  from: string;
  /** More than MERGE_LIMIT records are moved only when this says so. */
  large: boolean;
  expected?: Record<string, number>;
}

/**
 * Merges one person into another as one change; the other's ids lead to the survivor for ever.
 * @throws AppError NOT_FOUND; REFUSED with the rule of the first refusal and all of them, or with MERGE_SIZE.
 */
export async function mergePeople(editor: Editor, { keep, from, large, expected }: MergeOrder): Promise<Change | null> {
  const plan = await mergePreview(editor.graph, keep, from);
  const [first] = plan.refusals;
  if (first)
    throw new AppError('REFUSED', first.message, { rule: first.rule, record: first.record, refusals: plan.refusals });
  if (plan.edits.length > MERGE_LIMIT && !large) {
    const details = { rule: 'MERGE_SIZE', records: plan.edits.length, limit: MERGE_LIMIT };
    throw new AppError('REFUSED', `The merge touches ${plan.edits.length} records: say \`large: true\``, details);
  }
  return carryOut(editor, 'merge', plan.edits, expected);
}

/** Marks two people as different for good: they are no longer suggested, and can't be merged. */
export async function markDifferent(editor: Editor, a: string, b: string): Promise<Change | null> {
  if (a === b) throw new AppError('REFUSED', 'That is one person', { rule: 'SELF', record: a });
  const people = await loadRecords(editor.graph, [a, b]);
  const first = people.get(a)?.record;
  if (first === undefined || !people.has(b) || !('notSameAs' in first)) {
    throw new AppError('NOT_FOUND', 'One of the two people is not there', { field: 'b' });
  }
  if (first.notSameAs.includes(b)) return null;
  return carryOut(editor, 'markDifferent', [{ type: 'Person', id: a, set: { notSameAs: [...first.notSameAs, b] } }]);
}
