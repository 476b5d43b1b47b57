import type { Change, Edit, EditInput } from '../domain/change.js';
import { gateOf } from '../domain/gate.js';
import type { Person } from '../domain/records.js';
import {
  givenBack,
  isMerging,
  planUndo,
  type UndoConflict,
  type UndoPlan,
  withoutBrought,
  withoutDependents,
} from '../domain/undo.js';
import type { RecordType } from '../domain/words.js';
import { AppError } from '../errors.js';
import type { Reads } from '../graph/graph.js';
import { changeById } from '../store/change.js';
import { dependentsOf } from '../store/check.js';
import { type LogSight, recordsWithheld } from '../store/history.js';
import type { InTheWay } from '../store/later.js';
import { loadRecords } from '../store/load.js';
import { mergedIntoSince, recordedInSince } from '../store/merge.js';
import { people } from '../store/person.js';
import { shownLast } from '../store/shown-last.js';
import { type WordedPlan, withWords } from './undo-words.js';

/** A plan as a viewer is told of it. */
export interface ToldPlan {
  edits: EditInput[];
  /** What is edited besides, for it can't stay as it is. */
  follows: EditInput[];
  conflicts: InTheWay[];
}

/** The refusal of what is the id of no change. */
export function unknownChange(id: string): AppError {
  return new AppError('NOT_FOUND', `There is no change ${id}`, { field: 'change' });
}

/**
 * What undoing a change would do now: which edits are free, and what stands in the way. What touches somebody of whom the viewer
 * learns nothing is no part of it, nor is anything else where they were merged or parted, and stands in the way, unnamed, where it
 * refers to what would go. NOT_FOUND for an unknown change.
 */
export async function undoPreview(graph: Reads, changeId: string, force: boolean, sight: LogSight): Promise<ToldPlan> {
  const change = await changeById(graph, changeId);
  if (change === null) throw unknownChange(changeId);
  const ids = change.edits.map(({ recordId }) => recordId);
  const withheld = await recordsWithheld(graph, ids, sight);
  const isWithheld = ({ recordId }: Edit) => withheld.has(recordId);
  // Half of a merge would tell of the one what is known of the other, whom it no longer is.
  const own = change.edits.some((edit) => isWithheld(edit) && isMerging(edit))
    ? []
    : change.edits.filter((edit) => !isWithheld(edit));
  const { edits, conflicts, follows } = await planFor(graph, { edits: own, seq: change.seq }, force, sight);
  return { edits, follows, conflicts: await told(graph, conflicts, change.seq, sight) };
}

async function told(
  graph: Reads,
  conflicts: readonly UndoConflict[],
  since: number,
  sight: LogSight,
): Promise<InTheWay[]> {
  const all = conflicts.flatMap(({ dependents }) => dependents);
  const withheld = all.length > 0 ? await recordsWithheld(graph, all, sight) : new Set();
  return conflicts.map(({ dependents, ...conflict }) => ({
    ...conflict,
    dependents: dependents.filter((id) => !withheld.has(id)),
    since,
  }));
}

/**
 * The first person whom a plan would show to others than those to whom they show, or showed when they were taken out; null for none.
 * Whoever was REMOVED when they were taken out is among them, however they come back.
 */
export async function shownOtherwise(graph: Reads, plan: UndoPlan): Promise<string | null> {
  return (await unlikeLast(graph, plan)) ?? (await unlikeSurvivor(graph, plan));
}

async function unlikeLast(graph: Reads, { edits }: UndoPlan): Promise<string | null> {
  const shown = edits.filter(({ type, set }) => type === 'Person' && set !== null && 'visibility' in set);
  const last = await shownLast(
    graph,
    shown.map(({ id }) => id),
  );
  const asLast = ({ id, set }: EditInput) => last.get(id) === set?.visibility && set?.visibility !== 'REMOVED';
  return shown.find((edit) => !asLast(edit))?.id ?? null;
}

/** The first who was merged into somebody and would show again to those to whom whoever stayed doesn't. */
async function unlikeSurvivor(graph: Reads, { edits }: UndoPlan): Promise<string | null> {
  const parted = edits
    .filter(({ type, set }) => type === 'Person' && set !== null && 'mergedInto' in set && set.mergedInto === null)
    .map(({ id }) => id);
  if (parted.length === 0) return null;
  const [survivors, own] = [await people(graph, parted), await loadRecords(graph, parted)];
  const gate = (person: Person | null | undefined) => (person ? gateOf(person.visibility, null) : 0);
  const shows = (id: string, place: number) => gate(own.get(id)?.record as Person) < gate(survivors[place]);
  return parted.find(shows) ?? null;
}

/** The records that an undo edits, or leaves alone. */
export const undoneIn = ({ edits, conflicts }: UndoPlan): string[] => [
  ...new Set([...edits.map(({ id }) => id), ...conflicts.map(({ recordId }) => recordId)]),
];

async function planFor(
  graph: Reads,
  change: Pick<Change, 'edits' | 'seq'>,
  force: boolean,
  sight: LogSight,
): Promise<WordedPlan> {
  const now = await loadRecords(
    graph,
    change.edits.map(({ recordId }) => recordId),
  );
  const whole = planUndo(change, now, force);
  const free = force ? whole : withoutBrought(whole, await broughtSince(graph, whole, change));
  const plan = await withWords(graph, free, now);
  const removed = plan.edits.filter(({ set }) => set === null);
  if (removed.length === 0) return plan;
  const { follows } = plan;
  if (force) {
    const cascade = await withCascade(graph, plan, sight);
    return { ...cascade, follows: follows.filter(({ id }) => !cascade.edits.some((edit) => edit.id === id)) };
  }
  const dependents = await dependentsOf(
    graph,
    removed.map(({ id }) => id),
  );
  return { ...withoutDependents(plan, dependents), follows };
}

/**
 * What came since into the relationships and periods that a plan gives back: what was merged into them, and, where two people are
 * parted, what was recorded for both while they were one.
 */
async function broughtSince(
  graph: Reads,
  plan: UndoPlan,
  { edits, seq }: Pick<Change, 'edits' | 'seq'>,
): Promise<Map<string, string[]>> {
  const back = givenBack(plan);
  const brought = await mergedIntoSince(graph, back, seq);
  if (!edits.some(merges)) return brought;
  for (const [id, recorded] of await recordedInSince(graph, back, seq))
    brought.set(id, [...(brought.get(id) ?? []), ...recorded]);
  return brought;
}

const merges = (edit: Edit) => isMerging(edit) && (edit.after as Partial<Person>).mergedInto !== null;

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
