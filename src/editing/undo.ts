import { CHANGE_ID, type Change } from '../domain/change.js';
import { AppError } from '../errors.js';
import type { Reads } from '../graph/graph.js';
import { changesOfBatch, checkOrderOfMany } from '../store/change.js';
import { checkUnchanged } from '../store/conflict.js';
import { type LogSight, undoings } from '../store/history.js';
import { type InTheWay, laterChanges } from '../store/later.js';
import { carryOut, type Editor } from './editor.js';
import { type ToldPlan, undoneIn, undoPreview, unknownChange } from './undo-plan.js';

export interface Undone {
  /** The change that the undo is; null where there was nothing left to take back. */
  change: Change | null;
  /** What was left alone. */
  conflicts: InTheWay[];
}

/** An undo that is about to be carried out. */
export interface TakingBack {
  /** The id of the change that it takes back. */
  change: string;
  force: boolean;
  plan: ToldPlan;
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
export async function undo(editor: Editor, changeId: string, force: boolean, limits: UndoLimits = {}): Promise<Undone> {
  const undone = await takeBack(editor, changeId, force, limits);
  if (undone.change !== null) return undone;
  const { sight = ALL } = limits;
  if (undone.conflicts.length > 0) throw await nothingFree(editor.graph, undone.conflicts, sight);
  await checkNotUndone(editor, [changeId], 'change', sight);
  return undone;
}

async function takeBack(
  editor: Editor,
  changeId: string,
  force: boolean,
  { seen = null, allow, sight = ALL }: UndoLimits,
): Promise<Undone> {
  if (!CHANGE_ID.test(changeId)) throw unknownChange(changeId);
  let conflicts: InTheWay[] = [];
  const order = { ...editor, undoes: changeId, note: editor.note ?? `undo of ${changeId}` };
  const change = await carryOut(order, 'undo', async (graph) => {
    const plan = await undoPreview(graph, changeId, force, sight);
    await allow?.(graph, { change: changeId, force, plan });
    if (seen !== null) await checkUnchanged(graph, undoneIn(plan), seen);
    conflicts = plan.conflicts;
    return [...plan.edits, ...plan.follows];
  });
  return { change, conflicts };
}

/** Of what nothing is left since somebody else has taken it back, they are told; who did it themselves has what they want. */
async function checkNotUndone(
  { graph, actor }: Editor,
  changes: readonly string[],
  field: 'change' | 'batch',
  sight: LogSight,
): Promise<void> {
  const found = (await undoings(graph, changes, sight)).filter((undoing) => undoing !== null);
  const undoing = found.sort((a, b) => a.seq - b.seq).at(-1);
  if (!undoing || undoing.actor === actor) return;
  const details = { rule: 'UNDONE', field, change: undoing.id, actor: undoing.actor, at: undoing.at };
  throw new AppError('CONFLICT', `${undoing.actor} has taken it back.`, details);
}

/** Of conflicts, and of what hangs on a record, a refusal lists so many. */
const MOST_LISTED = 100;

async function nothingFree(graph: Reads, all: readonly InTheWay[], sight: LogSight): Promise<AppError> {
  const ways = all.slice(0, MOST_LISTED);
  const later = await laterChanges(graph, ways, sight);
  const conflicts = ways.map(({ since: _, dependents, ...way }, place) => {
    const by = later[place];
    const who = by ? { id: by.id, seq: by.seq, actor: by.actor, at: by.at } : null;
    return { ...way, by: who, dependents: dependents.slice(0, MOST_LISTED) };
  });
  const message = 'Nothing of it can be taken back: everything was changed since, or is depended upon';
  return new AppError('CONFLICT', message, { conflicts });
}

/**
 * Takes a whole batch back, newest change first; each undo is a change of its own, with what it left alone. Ordered again under the
 * same id, it goes on where it was interrupted.
 * @throws AppError NOT_FOUND for an unknown batch; CONFLICT, rule UNDONE, where nothing is left since somebody else has taken it back, or,
 * rule KEY, where that id stands for another order.
 */
export async function undoBatch(
  editor: Editor,
  batch: string,
  { allow, sight = ALL }: Pick<UndoLimits, 'allow' | 'sight'> = {},
): Promise<Undone[]> {
  await checkOrderOfMany(editor.graph, { id: editor.changeId, input: editor.input ?? null });
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
    undone.push(await takeBack(order, id, false, { sight, ...(allow && { allow }) }));
  }
  const isNothing = undone.every(({ change, conflicts }) => change === null && conflicts.length === 0);
  if (isNothing) await checkNotUndone(editor, changes, 'batch', sight);
  return undone;
}
