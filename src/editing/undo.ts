import type { Change, EditInput } from '../domain/change.js';
import type { RecordType } from '../domain/records.js';
import { planUndo, type UndoConflict, type UndoPlan, withoutDependents } from '../domain/undo.js';
import { AppError } from '../errors.js';
import type { Reads } from '../graph/graph.js';
import { changeById, changesOfBatch } from '../store/change.js';
import { dependentsOf } from '../store/check.js';
import { checkUnchanged } from '../store/conflict.js';
import { type LogSight, recordsWithheld, undoings } from '../store/history.js';
import { loadRecords } from '../store/load.js';
import { shownLast } from '../store/shown-last.js';
import { carryOut, type Editor } from './editor.js';

export interface Undone {
  /** The change that the undo is; null where there was nothing left to take back. */
  change: Change | null;
  /** What was left alone. */
  conflicts: UndoConflict[];
}

/**
 * What undoing a change would do now: which edits are free, and what stands in the way. What touches somebody of whom the viewer
 * learns nothing is no part of it, and stands in the way where it refers to what would go. NOT_FOUND for an unknown change.
 */
export async function undoPreview(graph: Reads, changeId: string, force: boolean, sight: LogSight): Promise<UndoPlan> {
  const change = await changeById(graph, changeId);
  if (change === null) throw new AppError('NOT_FOUND', `There is no change ${changeId}`, { field: 'change' });
  const withheld = await recordsWithheld(
    graph,
    change.edits.map(({ recordId }) => recordId),
    sight,
  );
  const edits = change.edits.filter(({ recordId }) => !withheld.has(recordId));
  return planFor(graph, { edits }, force, sight);
}

/**
 * The first person whom a plan would show to others than those to whom they show, or showed when they were taken out; null for none.
 * Whoever was REMOVED when they were taken out is among them, however they come back.
 */
export async function shownOtherwise(graph: Reads, { edits }: UndoPlan): Promise<string | null> {
  const shown = edits.filter(({ type, set }) => type === 'Person' && set !== null && 'visibility' in set);
  const last = await shownLast(
    graph,
    shown.map(({ id }) => id),
  );
  const asLast = ({ id, set }: EditInput) => last.get(id) === set?.visibility && set?.visibility !== 'REMOVED';
  return shown.find((edit) => !asLast(edit))?.id ?? null;
}

/** An undo that is about to be carried out. */
export interface TakingBack {
  /** The id of the change that it takes back. */
  change: string;
  force: boolean;
  plan: UndoPlan;
}

/** Looks at an undo before it is carried out, and throws where it may not be. */
export type Allow = (graph: Reads, order: TakingBack) => Promise<void>;

export interface UndoLimits {
  /** The newest revision that its preview told; null where nobody has looked. */
  seen?: number | null;
  allow?: Allow;
  /** What of the log is seen; everything unless told. */
  sight?: LogSight;
}

const ALL: LogSight = { level: 2 };

/**
 * Takes a change back by an ordinary change (design.md, section 5): what is free goes back, the rest is listed and left alone, or,
 * with `force`, overwritten and its dependents removed. All rules run again.
 * @throws AppError NOT_FOUND for an unknown change; CONFLICT, with the conflicts, where nothing is free, or where something of it was
 * changed after `seen`; CONFLICT, rule UNDONE, with `actor`, `at` and `change`, where somebody else has taken it back.
 */
export async function undo(
  editor: Editor,
  changeId: string,
  force: boolean,
  { seen = null, allow, sight = ALL }: UndoLimits = {},
): Promise<Undone> {
  let conflicts: UndoConflict[] = [];
  const order = { ...editor, undoes: changeId, note: editor.note ?? `undo of ${changeId}` };
  const change = await carryOut(order, 'undo', async (graph) => {
    const plan = await undoPreview(graph, changeId, force, sight);
    await allow?.(graph, { change: changeId, force, plan });
    if (seen !== null) await checkUnchanged(graph, undoneIn(plan), seen);
    if (plan.edits.length === 0 && plan.conflicts.length > 0) throw nothingFree(plan.conflicts);
    conflicts = plan.conflicts;
    return plan.edits;
  });
  if (change === null) await checkNotUndone(editor, changeId, conflicts, sight);
  return { change, conflicts };
}

/** Of what nothing is left since somebody else has taken it back, they are told; who did it themselves has what they want. */
async function checkNotUndone(
  { graph, actor }: Editor,
  changeId: string,
  conflicts: readonly UndoConflict[],
  sight: LogSight,
): Promise<void> {
  const [undoing] = await undoings(graph, [changeId], sight);
  if (!undoing || undoing.actor === actor) return;
  const details = { rule: 'UNDONE', field: 'change', change: undoing.id, actor: undoing.actor, at: undoing.at };
  throw new AppError('CONFLICT', `${undoing.actor} has taken it back.`, {
    ...details,
    conflicts: conflicts.slice(0, 100),
  });
}

/** The records that an undo edits, or leaves alone. */
export const undoneIn = ({ edits, conflicts }: UndoPlan): string[] => [
  ...new Set([...edits.map(({ id }) => id), ...conflicts.map(({ recordId }) => recordId)]),
];

function nothingFree(conflicts: readonly UndoConflict[]): AppError {
  const message = 'Nothing of it can be taken back: everything was changed since, or is depended upon';
  return new AppError('CONFLICT', message, { conflicts: conflicts.slice(0, 100) });
}

async function planFor(
  graph: Reads,
  change: Pick<Change, 'edits'>,
  force: boolean,
  sight: LogSight,
): Promise<UndoPlan> {
  const now = await loadRecords(
    graph,
    change.edits.map(({ recordId }) => recordId),
  );
  const plan = planUndo(change, now, force);
  const removed = plan.edits.filter(({ set }) => set === null);
  if (removed.length === 0) return plan;
  if (force) return withCascade(graph, plan, sight);
  return withoutDependents(
    plan,
    await dependentsOf(
      graph,
      removed.map(({ id }) => id),
    ),
  );
}

/** A forced undo takes along whatever refers to what it removes, however far, but for what is withheld from the viewer. */
async function withCascade(graph: Reads, plan: UndoPlan, sight: LogSight): Promise<UndoPlan> {
  const edits = new Map(plan.edits.map((edit) => [edit.id, edit]));
  let next = plan.edits.filter(({ set }) => set === null).map(({ id }) => id);
  while (next.length > 0) {
    const found = [...(await dependentsOf(graph, next)).values()].flat().filter((id) => !edits.has(id));
    const withheld = await recordsWithheld(graph, found, sight);
    const records = await loadRecords(
      graph,
      found.filter((id) => !withheld.has(id)),
    );
    for (const [id, { type }] of records)
      edits.set(id, { type: type satisfies RecordType, id, set: null } satisfies EditInput);
    next = [...records.keys()];
  }
  const cascade = { ...plan, edits: [...edits.values()] };
  const removed = cascade.edits.filter(({ set }) => set === null).map(({ id }) => id);
  return withoutDependents(cascade, await dependentsOf(graph, removed));
}

/**
 * Takes a whole batch back, newest change first; each undo is a change of its own, with what it left alone. Ordered again under the
 * same id, it goes on where it was interrupted.
 */
export async function undoBatch(
  editor: Editor,
  batch: string,
  { allow, sight = ALL }: Pick<UndoLimits, 'allow' | 'sight'> = {},
): Promise<Undone[]> {
  const changes = await changesOfBatch(editor.graph, batch);
  if (changes.length === 0) throw new AppError('NOT_FOUND', `There is no batch ${batch}`, { field: 'batch' });
  // Who may not take back one of them takes back none.
  for (const change of allow ? changes : []) {
    const plan = await undoPreview(editor.graph, change, true, sight);
    await allow?.(editor.graph, { change, force: false, plan });
  }
  const undone: Undone[] = [];
  for (const [place, id] of changes.entries()) {
    const order = { ...editor, changeId: `${editor.changeId}x${place}`, note: editor.note ?? `undo of batch ${batch}` };
    undone.push(await undo(order, id, false, { sight, ...(allow && { allow }) }).catch(leftAlone));
  }
  return undone;
}

/** A change of a batch of which nothing is free stands in nobody's way. */
function leftAlone(error: unknown): Undone {
  const conflicts = error instanceof AppError ? (error.details.conflicts as UndoConflict[] | undefined) : undefined;
  if (conflicts === undefined) throw error;
  return { change: null, conflicts };
}
