import type { Change, ChangeInput } from '../domain/change.js';
import { dayIn } from '../domain/moment.js';
import { planPurge } from '../domain/purge.js';
import type { Person } from '../domain/records.js';
import { redact } from '../domain/redact.js';
import { refused } from '../domain/rules.js';
import type { Graph, Transaction } from '../graph/graph.js';
import { changeById, changeOfOrder } from './change.js';
import { commit, lockGraph, within } from './commit.js';
import { purgeLog } from './purge-log.js';
import { familyOf, knownNamesOf, soughtOf } from './purge-names.js';
import { purgeNotes, purgeTakedowns } from './purge-notes.js';
import { purgeWorld } from './purge-world.js';

/** A purge takes longer than any other write: it looks through every text of the graph. Milliseconds. */
const PATIENCE_MS = 600_000;

export interface PurgeOrder extends Omit<ChangeInput, 'edits'> {
  person: string;
  /** Further spellings of their names. */
  spellings: readonly string[];
}

/**
 * Forgets somebody, and whoever was merged into them, as one change in one transaction: what depends on them goes by an ordinary change,
 * so that whatever derives from it is right; then the log, and what people wrote beside it, loses what it tells of them. Their ids
 * stay, as nobody's. Answers the change as the log has it.
 * @throws AppError REFUSED, rule NOT_REMOVED for somebody who is still shown to somebody, MERGED for who was merged into somebody else, or
 * PURGE_SIZE; CONFLICT for a stale revision. Nothing is written then.
 */
export function purge(graph: Graph, order: PurgeOrder): Promise<Change | null> {
  return graph.write((transaction) => purgeIn(transaction, order), { deadlineMs: PATIENCE_MS });
}

async function purgeIn(
  transaction: Transaction,
  { person, spellings, note, ...order }: PurgeOrder,
): Promise<Change | null> {
  await lockGraph(transaction);
  const earlier = await changeOfOrder(transaction, { id: order.id, input: order.input ?? null });
  if (earlier !== null) return earlier;
  const family = await familyOf(transaction, person);
  checkPurgeable(family.find(({ id }) => id === person));
  const sought = await soughtOf(transaction, await knownNamesOf(transaction, family), spellings, family);
  const plan = planPurge(await purgeWorld(transaction, family, sought, dayIn(order.at)));
  const told = note == null ? null : redact(note, sought.names.near);
  const change = await commit(within(transaction), { ...order, note: told, edits: plan.edits });
  if (change === null) return null;

  const people = family.map(({ id }) => id);
  const kept = [...plan.near, ...plan.edits.map(({ id }) => id)].filter((id) => !plan.gone.has(id));
  const gone = await purgeLog(transaction, people, plan, sought, kept);
  await purgeNotes(transaction, gone, sought, change.id);
  await purgeTakedowns(transaction, people, sought);
  return changeById(transaction, change.id);
}

/** Whoever was merged away meanwhile is part of somebody else, who would keep what they had. */
function checkPurgeable(person: Person | undefined): void {
  if (person?.visibility !== 'REMOVED')
    throw refused('NOT_REMOVED', 'A purge can not be taken back: set their visibility to REMOVED first', {
      field: 'id',
    });
  if (person.mergedInto !== null)
    throw refused('MERGED', `They were merged into ${person.mergedInto}`, { field: 'id', record: person.mergedInto });
}
