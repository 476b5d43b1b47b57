import { canonical } from './canonical.js';
import type { AnyRecord, Edit, EditInput } from './change.js';
import { listWithout, type Then } from './items.js';
import type { Event } from './records.js';
import type { RecordType } from './words.js';

/** Something that an undo can't take back without overwriting what came later. */
export interface UndoConflict {
  recordId: string;
  type: RecordType;
  /** The field that a later change set otherwise; null where the record itself is concerned. */
  field: string | null;
  /** CHANGED: edited since. DEPENDENTS: others refer to it. EXISTS: it is there again. GONE: it was removed since. PURGED: nobody knows what was done. */
  rule: 'CHANGED' | 'DEPENDENTS' | 'EXISTS' | 'GONE' | 'PURGED';
  /** The records that refer to it and stay, where that is what stands in the way. */
  dependents: readonly string[];
}

/** What an undo would do: the edits that are free, and what stands in the way of the rest. */
export interface UndoPlan {
  edits: EditInput[];
  conflicts: UndoConflict[];
}

type Fields = Record<string, unknown>;

/** A record as it is now. */
export interface RecordNow {
  record: AnyRecord;
}

/**
 * Plans to put back what one change did, field by field and lists item by item (design.md, section 5). What a later change set
 * otherwise is a conflict and left alone; with `force` it is overwritten, but for what a purge has emptied. Whether a record that goes
 * has dependents is not known here: `withoutDependents` looks at that. Pure.
 */
export function planUndo(
  { edits }: { edits: readonly Edit[] },
  now: ReadonlyMap<string, RecordNow>,
  force: boolean,
): UndoPlan {
  const isMerge = edits.some(isMerging);
  const plans = [...edits].reverse().map((edit) => {
    const there = now.get(edit.recordId) ?? null;
    return isMerge && !force && isBlurred(edit, there)
      ? conflict(edit, 'CHANGED', 'participants')
      : planEdit(edit, there, force);
  });
  return { edits: plans.flatMap((plan) => plan.edits), conflicts: plans.flatMap((plan) => plan.conflicts) };
}

/** Whether an edit merges somebody, or parts them again. */
export const isMerging = ({ type, before, after }: Edit) =>
  type === 'Person' && before !== null && after !== null && 'mergedInto' in after;

/**
 * Whether the people of an event no longer tell who of them a merge put there: whoever stayed was merged on, or the place of one more
 * was taken over by somebody who was there.
 */
function isBlurred({ type, before, after, purged }: Edit, now: RecordNow | null): boolean {
  if (type !== 'Event' || purged || now === null || !before || !after || !('participants' in after)) return false;
  const [was, became, is] = [before, after, now.record].map((each) =>
    ((each as Partial<Event>).participants ?? []).map(({ person, role }) => `${person} ${role}`),
  ) as [string[], string[], string[]];
  if (canonical([...is].sort()) === canonical([...was].sort())) return false;
  const added = became.filter((each) => !was.includes(each));
  const isForeign = is.some((each) => !was.includes(each) && !became.includes(each));
  return is.length < became.length || (added.length > 0 ? added.some((each) => !is.includes(each)) : isForeign);
}

function planEdit(edit: Edit, now: RecordNow | null, force: boolean): UndoPlan {
  const { type, recordId: id, before, after } = edit;
  if (edit.purged) return conflict(edit, 'PURGED');
  if (before === null) return planRemoval(edit, now, force);
  if (after === null) {
    if (now !== null && !force) return conflict(edit, 'EXISTS');
    return { edits: [{ type, id, set: before }], conflicts: [] };
  }
  if (now === null) return conflict(edit, 'GONE');
  const set: Fields = {};
  const conflicts: UndoConflict[] = [];
  const isCarried = (field: string) => OWNERS.includes(field) || CARRIED.includes(field);
  const isMergedSince = Object.keys(after).some(isCarried) && !('mergedInto' in after) && isPointer(now.record);
  for (const field of Object.keys(after)) {
    if (isMergedSince && !force && isCarried(field)) continue;
    const is = (now.record as unknown as Fields)[field];
    const { value, isHeld } = fieldBack(type, field, { was: before[field], became: after[field], is }, force);
    if (canonical(value) !== canonical(is)) set[field] = value;
    if (isHeld) conflicts.push(conflictOf(edit, field, 'CHANGED'));
  }
  if (isMergedSince && !force) conflicts.push(conflictOf(edit, 'mergedInto', 'CHANGED'));
  return { edits: Object.keys(set).length > 0 ? [{ type, id, set }] : [], conflicts };
}

/** The fields by which a relationship or period belongs to somebody, and which a merge changes. */
const OWNERS = ['a', 'b', 'relationship'];
/** What a merge gives to whoever stays besides: a later one has given it on, to where no undo of the first comes. */
const CARRIED = ['aliases', 'externalIds', 'notSameAs', 'adult', 'description'];
const owners = (fields: object): string[] => OWNERS.filter((field) => field in fields);
const isPointer = (record: AnyRecord) => 'mergedInto' in record && record.mergedInto !== null;

/** What a field goes back to, and whether it, or something in it, was set otherwise since and is left alone. */
function fieldBack(
  type: RecordType,
  field: string,
  { was, became, is }: Then<unknown>,
  force: boolean,
): { value: unknown; isHeld: boolean } {
  if (canonical(is) === canonical(became)) return { value: was, isHeld: false };
  if (Array.isArray(was) && Array.isArray(became) && Array.isArray(is))
    return listWithout(type, field, { was, became, is }, force);
  const isBack = canonical(is) === canonical(was);
  return force || isBack ? { value: was, isHeld: false } : { value: is, isHeld: true };
}

/** A creation is taken back by removing the record, unless it is no longer as it was made: an edit that was itself undone is none. */
function planRemoval(edit: Edit, now: RecordNow | null, force: boolean): UndoPlan {
  if (now === null) return { edits: [], conflicts: [] };
  if (canonical(now.record) !== canonical(edit.after) && !force) return conflict(edit, 'CHANGED');
  return { edits: [{ type: edit.type, id: edit.recordId, set: null }], conflicts: [] };
}

function conflictOf({ type, recordId }: Edit, field: string | null, rule: UndoConflict['rule']): UndoConflict {
  return { recordId, type, field, rule, dependents: [] };
}

const conflict = (edit: Edit, rule: UndoConflict['rule'], field: string | null = null): UndoPlan => ({
  edits: [],
  conflicts: [conflictOf(edit, field, rule)],
});

/** The relationships and periods that a plan gives back to whom they belonged to. */
export function givenBack({ edits }: UndoPlan): string[] {
  return edits.filter(({ set }) => set !== null && owners(set).length > 0).map(({ id }) => id);
}

/**
 * Leaves with whoever has it now what somebody else's has come into since: given back, it would take along what was said of theirs.
 * `brought` answers what came into a record since the change.
 */
export function withoutBrought(
  { edits, conflicts }: UndoPlan,
  brought: ReadonlyMap<string, readonly string[]>,
): UndoPlan {
  const held = edits.filter(({ id, set }) => set !== null && owners(set).length > 0 && brought.has(id));
  const ways = held.map(({ id: recordId, type }): UndoConflict => {
    return { recordId, type, field: null, rule: 'DEPENDENTS', dependents: brought.get(recordId) ?? [] };
  });
  const left = edits.map((edit) => (held.includes(edit) ? { ...edit, set: withoutOwners(edit.set) } : edit));
  return {
    edits: left.filter(({ set }) => set === null || Object.keys(set).length > 0),
    conflicts: [...conflicts, ...ways],
  };
}

const withoutOwners = (set: EditInput['set']) =>
  Object.fromEntries(Object.entries(set ?? {}).filter(([field]) => !OWNERS.includes(field)));

/**
 * Drops from a plan the removals of records that others will still refer to, until none is left: each is a conflict. `dependents`
 * answers who refers to a record now. A dependent that the plan itself removes, or edits so that it lets go, stands in nobody's way.
 */
export function withoutDependents(plan: UndoPlan, dependents: ReadonlyMap<string, readonly string[]>): UndoPlan {
  const conflicts: UndoConflict[] = [...plan.conflicts];
  let edits = plan.edits;
  for (;;) {
    const handled = new Set(edits.map(({ id }) => id));
    const holding = new Map(
      edits
        .filter(({ set }) => set === null)
        .map(({ id }) => [id, (dependents.get(id) ?? []).filter((other) => !handled.has(other))] as const)
        .filter(([, others]) => others.length > 0),
    );
    if (holding.size === 0) return { edits, conflicts };
    for (const { id, type } of edits) {
      const others = holding.get(id);
      if (others) conflicts.push({ recordId: id, type, field: null, rule: 'DEPENDENTS', dependents: others });
    }
    edits = edits.filter(({ id }) => !holding.has(id));
  }
}
