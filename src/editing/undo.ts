import type { Change, EditInput } from '../domain/change.js';
import type { RecordType } from '../domain/records.js';
import { planUndo, type UndoConflict, type UndoPlan, withoutDependents } from '../domain/undo.js';
import { AppError } from '../errors.js';
import type { Reads } from '../graph/graph.js';
import { changeById, changesOfBatch } from '../store/change.js';
import { dependentsOf } from '../store/check.js';
import { loadRecords } from '../store/load.js';
import { carryOut, type Editor } from './editor.js';

export interface Undone {
  /** The change that the undo is; null where there was nothing left to take back. */
  change: Change | null;
  /** What was left alone. */
  conflicts: UndoConflict[];
}

/** What undoing a change would do now: which edits are free, and what stands in the way. NOT_FOUND for an unknown change. */
export async function undoPreview(graph: Reads, changeId: string, force: boolean): Promise<UndoPlan> {
  const change = await changeById(graph, changeId);
  if (change === null) throw new AppError('NOT_FOUND', `There is no change ${changeId}`, { field: 'change' });
  return planFor(graph, change, force);
}

/**
 * Takes a change back by an ordinary change (design.md, section 5): what is free goes back, the rest is listed and left alone, or,
 * with `force`, overwritten and its dependents removed. All rules run again.
 * @throws AppError NOT_FOUND for an unknown change; CONFLICT, with the conflicts, where nothing is free.
 */
export async function undo(editor: Editor, changeId: string, force: boolean): Promise<Undone> {
  const plan = await undoPreview(editor.graph, changeId, force);
  return carryOutPlan(editor, plan, `undo of ${changeId}`);
}

async function carryOutPlan(editor: Editor, plan: UndoPlan, why: string): Promise<Undone> {
  if (plan.edits.length === 0 && plan.conflicts.length > 0) {
    throw new AppError(
      'CONFLICT',
      'Nothing of it can be taken back: everything was changed since, or is depended upon',
      {
        conflicts: plan.conflicts.slice(0, 100),
      },
    );
  }
  const change = await carryOut({ ...editor, note: editor.note ?? why }, 'undo', plan.edits);
  return { change, conflicts: plan.conflicts };
}

async function planFor(graph: Reads, change: Change, force: boolean): Promise<UndoPlan> {
  const now = await loadRecords(
    graph,
    change.edits.map(({ recordId }) => recordId),
  );
  const plan = planUndo(change, now, force);
  const removed = plan.edits.filter(({ set }) => set === null);
  if (removed.length === 0) return plan;
  if (force) return withCascade(graph, plan);
  return withoutDependents(
    plan,
    await dependentsOf(
      graph,
      removed.map(({ id }) => id),
    ),
  );
}

/** A forced undo takes along whatever refers to what it removes, however far. */
async function withCascade(graph: Reads, plan: UndoPlan): Promise<UndoPlan> {
  const edits = new Map(plan.edits.map((edit) => [edit.id, edit]));
  let next = plan.edits.filter(({ set }) => set === null).map(({ id }) => id);
  while (next.length > 0) {
    const found = [...(await dependentsOf(graph, next)).values()].flat().filter((id) => !edits.has(id));
    const records = await loadRecords(graph, found);
    for (const [id, { type }] of records)
      edits.set(id, { type: type satisfies RecordType, id, set: null } satisfies EditInput);
    next = [...records.keys()];
  }
  return { ...plan, edits: [...edits.values()] };
}

/**
 * Takes a whole batch back, newest change first; each undo is a change of its own. Answers what each left alone. `allow` looks at
 * each plan before it is carried out, and throws where it may not be.
 */
export async function undoBatch(
  editor: Editor,
  batch: string,
  allow: (plan: UndoPlan) => void = () => undefined,
): Promise<Undone[]> {
  const changes = await changesOfBatch(editor.graph, batch);
  if (changes.length === 0) throw new AppError('NOT_FOUND', `There is no batch ${batch}`, { field: 'batch' });
  const undone: Undone[] = [];
  for (const [place, id] of changes.entries()) {
    const plan = await undoPreview(editor.graph, id, false);
    allow(plan);
    if (plan.edits.length === 0) undone.push({ change: null, conflicts: plan.conflicts });
    else
      undone.push(
        await carryOutPlan({ ...editor, changeId: `${editor.changeId}x${place}` }, plan, `undo of batch ${batch}`),
      );
  }
  return undone;
}
