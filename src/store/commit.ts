import { type Change, type ChangeInput, type EditInput, type ParsedChange, parseChange } from '../domain/change.js';
import { lookupOf } from '../domain/lookup.js';
import type { Reads, Transaction, Writes } from '../graph/graph.js';
import { changeOfOrder, saveChange } from './change.js';
import { checkApplied, checkCited, checkCycles, checkDependents, checkPointers, checkSpeakers } from './check.js';
import { checkRevisions } from './conflict.js';
import { derive } from './derive.js';
import { withParticipants } from './joined.js';
import { checkQuoted } from './quoted.js';
import { saveRecords } from './save.js';
import { applySupported } from './support.js';
import { surroundings } from './surroundings.js';

/**
 * What a change does, worked out from the graph as it is once nobody else writes: whatever was decided before is seen, and nothing
 * can be decided in between. Runs again when the engine asks for it, so it does nothing but read.
 */
export type Plan = (graph: Reads) => Promise<EditInput[]>;

/**
 * The only writer of decisions: one change, one transaction, in the one order of all changes (design.md, section 5).
 * Locks the graph, answers a change that is there already instead of writing it twice, checks revisions, plans, checks rules, writes
 * records, whatever derives from them, and the change itself. Edits that change nothing are dropped; a change without edits is null
 * and leaves nothing behind. What `plan` answers comes after the edits that are given.
 * @throws AppError INVALID_INPUT, REFUSED or NOT_FOUND with field and rule; CONFLICT for a stale revision, or, rule KEY, where the change
 * that is there already was another order. Nothing is written then.
 */
export async function commit(graph: Writes, input: ChangeInput, plan?: Plan): Promise<Change | null> {
  const change = parseChange(input);
  return graph.write((transaction) => commitIn(transaction, change, plan));
}

/** A graph whose writes are parts of this transaction: a change that stands or falls with what else is written. */
export function within(transaction: Transaction): Writes {
  return { read: (statement, params) => transaction.read(statement, params), write: (work) => work(transaction) };
}

const LOCK = "/* lockGraph */ MATCH (g:Graph {id: 'graph'}) SET g.lock = true RETURN g.seq AS seq";
const ADVANCE = "/* advanceSeq */ MATCH (g:Graph {id: 'graph'}) SET g.seq = $seq, g.lock = false";

/** Waits for every other writer who takes the lock, as each change does, and answers the number of the last change. */
export async function lockGraph(transaction: Transaction): Promise<number> {
  const [graph] = await transaction.run(LOCK);
  return Number(graph?.seq);
}

async function commitIn(transaction: Transaction, change: ParsedChange, plan?: Plan): Promise<Change | null> {
  const last = await lockGraph(transaction);
  const earlier = await changeOfOrder(transaction, change);
  if (earlier !== null) return earlier;
  const seq = last + 1;

  await checkRevisions(transaction, change.expected);
  const decided = plan ? [...change.edits, ...(await plan(transaction))] : change.edits;
  const edits = await withParticipants(transaction, decided);
  const around = await surroundings(transaction, edits);
  const current = new Map([...around.stored].map(([id, { record }]) => [id, record]));
  const applied = await applySupported(transaction, edits, current);
  if (applied.length === 0) return null;

  const after = new Map([...current, ...applied.map((each) => [each.edit.recordId, each.after] as const)]);
  const lookup = lookupOf(after);
  // Before what the change reopens is checked by itself: an article whose day moves is at fault, and not its quotes.
  await checkCited(transaction, applied);
  checkApplied(applied, lookup);
  await checkDependents(transaction, applied);
  await checkPointers(transaction, applied, lookup);
  await checkQuoted(transaction, applied);
  await saveRecords(transaction, applied, seq);
  await checkCycles(transaction, applied);
  await checkSpeakers(transaction, applied);
  await derive(transaction, applied, lookup, around.stored);

  const written: Change = { ...log(change), seq, edits: applied.map(({ edit }) => edit) };
  await saveChange(transaction, written, lookupOf(new Map([...after, ...current])), lookup);
  await transaction.run(ADVANCE, { seq });
  return written;
}

function log({ expected: _, edits: __, ...change }: ParsedChange): Omit<Change, 'seq' | 'edits'> {
  return change;
}
