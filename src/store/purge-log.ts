import { canonical } from '../domain/canonical.js';
import type { Edit } from '../domain/change.js';
import type { PurgePlan } from '../domain/purge.js';
import { fieldsWithout, isTheirs } from '../domain/purge-fields.js';
import { typeOfId } from '../domain/records.js';
import type { RecordType } from '../domain/words.js';
import type { Row, Transaction } from '../graph/graph.js';
import { editOf } from './change.js';
import { loadRecords } from './load.js';
import { naming, type Sought } from './purge-names.js';
import { runRows } from './save.js';

/**
 * Empties the log of somebody: every edit of what went with them, now or at any time before, and of what stays every edit that says it
 * hung on that. All other edits stay, without their names. Their changes keep no digest of what was ordered, by which a guess could be proved. This is the one exception to history (design.md, section 5).
 */

type LoggedEdit = Edit & { id: string };

const PORTION = 200;

const TOUCHING =
  '/* editsTouchingPeople */ UNWIND $ids AS id MATCH (p:Person {id: id})<-[:TOUCHES]-(e:Edit) RETURN DISTINCT e.id AS id';
const OF_RECORDS = '/* editsOfRecords */ UNWIND $ids AS id MATCH (e:Edit {recordId: id}) RETURN e.id AS id';
const EDITS = '/* editsById */ UNWIND $ids AS id MATCH (e:Edit {id: id}) RETURN e {.*} AS props';
const EMPTY =
  '/* emptyEditsOf */ UNWIND $rows AS row MATCH (e:Edit {recordId: row.id}) SET e.purged = true REMOVE e.before REMOVE e.after';
const EMPTY_ONE =
  '/* emptyEdits */ UNWIND $rows AS row MATCH (e:Edit {id: row.id}) SET e.purged = true REMOVE e.before REMOVE e.after';
const REWRITE = '/* rewriteEdits */ UNWIND $rows AS row MATCH (e:Edit {id: row.id}) SET e += row.props';
// What a purge is ordered by is told by its id alone.
const forget = (edits: string) =>
  `UNWIND $rows AS row MATCH (e:Edit {${edits}: row.id})<-[:MADE]-(c:Change) WHERE c.input IS NOT NULL AND c.action <> 'purgePerson' REMOVE c.input`;
const FORGET_OF = `/* forgetInputsOf */ ${forget('recordId')}`;
const FORGET = `/* forgetInputs */ ${forget('id')}`;
const LET_GO =
  '/* letGoOfPeople */ UNWIND $rows AS row MATCH (p:Person {id: row.id})<-[t:TOUCHES]-(e:Edit) WHERE e.purged IS NULL DELETE t';

/** Answers the ids of all records whose edits it has emptied. */
export async function purgeLog(
  transaction: Transaction,
  people: readonly string[],
  plan: PurgePlan,
  sought: Sought,
  kept: readonly string[],
): Promise<Set<string>> {
  const touching = (await transaction.read(TOUCHING, { ids: [...people] })).map(({ id }) => String(id));
  const gone = await goneBefore(transaction, touching, plan, people);
  const ids = [...gone].map((id) => ({ id }));
  await runRows(transaction, EMPTY, ids);
  await runRows(transaction, FORGET_OF, ids);
  const others = [
    ...touching,
    ...(await transaction.read(OF_RECORDS, { ids: [...kept] })).map(({ id }) => String(id)),
    ...(await naming(transaction, 'Edit', sought)),
  ];
  for await (const edits of portions(transaction, [...new Set(others)])) {
    const told = edits.filter(({ purged }) => !purged).map((edit) => ({ edit, now: editWithout(edit, plan) }));
    const hung = told.filter(({ now }) => namesAny(now, gone));
    await runRows(
      transaction,
      EMPTY_ONE,
      hung.map(({ edit }) => ({ id: edit.id })),
    );
    const rewritten = told.filter(
      (each) => !hung.includes(each) && canonical(each.edit) !== canonical({ ...each.edit, ...each.now }),
    );
    await runRows(
      transaction,
      REWRITE,
      rewritten.map(({ edit, now }) => ({
        id: edit.id,
        props: { before: now.before && canonical(now.before), after: now.after && canonical(now.after) },
      })),
    );
    await runRows(
      transaction,
      FORGET,
      [...hung, ...rewritten].map(({ edit }) => ({ id: edit.id })),
    );
  }
  await runRows(
    transaction,
    LET_GO,
    people.map((id) => ({ id })),
  );
  return gone;
}

async function* portions(transaction: Transaction, ids: readonly string[]): AsyncGenerator<LoggedEdit[]> {
  for (let at = 0; at < ids.length; at += PORTION) {
    const rows = await transaction.read(EDITS, { ids: ids.slice(at, at + PORTION) });
    yield rows.map(({ props }) => ({ ...editOf(props as Row), id: String((props as Row).id) }));
  }
}

type Told = Pick<Edit, 'before' | 'after'>;

function editWithout({ type, recordId, before, after }: Edit, plan: PurgePlan): Told {
  const without = plan.withoutFor(recordId);
  const told = (fields: Edit['before']) => fields && { ...fieldsWithout<RecordType>(type, fields as never, without) };
  return { before: told(before), after: told(after) };
}

/** What goes now, and all that ever hung on it, or was theirs, and has been removed before. */
async function goneBefore(
  transaction: Transaction,
  touching: readonly string[],
  plan: PurgePlan,
  people: readonly string[],
): Promise<Set<string>> {
  const gone = new Set(plan.gone);
  const isGone = (person: string) => people.includes(person);
  const says = new Map<string, { ids: Set<string>; isTheirs: boolean }>();
  for await (const edits of portions(transaction, touching)) {
    for (const edit of edits.filter(({ recordId }) => !gone.has(recordId))) {
      const said = says.get(edit.recordId) ?? { ids: new Set(), isTheirs: false };
      for (const id of idsIn(editWithout(edit, plan))) said.ids.add(id);
      said.isTheirs ||= [edit.before, edit.after].some((fields) => isTheirs(participantsIn(fields), isGone));
      says.set(edit.recordId, said);
    }
  }
  const alive = await loadRecords(transaction, says.keys());
  const dead = [...says].filter(([id]) => !alive.has(id));
  let left = dead;
  for (;;) {
    const found = left.filter(([, said]) => said.isTheirs || [...said.ids].some((id) => gone.has(id)));
    if (found.length === 0) return gone;
    for (const [id] of found) gone.add(id);
    left = left.filter(([id]) => !gone.has(id));
  }
}

function participantsIn(fields: Edit['before']) {
  return fields !== null && Array.isArray(fields.participants) ? fields.participants : [];
}

function namesAny(told: Told, gone: ReadonlySet<string>): boolean {
  return idsIn(told).some((id) => gone.has(id));
}

/** The ids that stand as values, however deep. */
function idsIn(value: unknown): string[] {
  if (typeof value === 'string') return typeOfId(value) === null ? [] : [value];
  return value === null || typeof value !== 'object' ? [] : Object.values(value).flatMap(idsIn);
}
