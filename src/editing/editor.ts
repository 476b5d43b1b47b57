import { createHash } from 'node:crypto';
import type { Action } from '../domain/action.js';
import { canonical } from '../domain/canonical.js';
import type { Change, EditInput } from '../domain/change.js';
import { idFromKey } from '../domain/ids.js';
import { typeOfId } from '../domain/records.js';
import type { RecordType } from '../domain/words.js';
import { AppError, invalid, pathTo, placed } from '../errors.js';
import type { Writes } from '../graph/graph.js';
import { commit, type Plan } from '../store/commit.js';

/** Who changes what, when and why: everything that an intention needs besides what it is about. */
export interface Editor {
  graph: Writes;
  /** The name under which the change stands in the log. */
  actor: string;
  /** ISO 8601, UTC. */
  at: string;
  /** The id of the change to be; the ids of the records that it makes come from it, so a repeat makes the same. */
  changeId: string;
  note: string | null;
  /** The id of the change that it takes back. */
  undoes?: string;
  /** The digest of what is ordered under a key. The change keeps it, so that the key answers for this order alone. */
  input?: string | null;
  /** Where in the order each record is said, by its id: a refusal names its fields there. */
  paths?: Map<string, Said>;
}

/**
 * The path of a record, `input` or `statements[3].claims[0]`, or what tells that of each of its fields, where the order calls them
 * otherwise.
 */
type Said = string | ((field: string) => string);

/** The id of the change that a client's idempotency key stands for: the same actor, order and key are the same change. */
export function changeIdFor(actor: string, order: string, key: string): string {
  return `chg_${createHash('sha256')
    .update(JSON.stringify([actor, order, key]))
    .digest('hex')
    .slice(0, 24)}`;
}

/**
 * The digest of an order under a key: the same input has the same, and nobody who doesn't know the key learns anything from it. What
 * a client may say otherwise when it asks again is no part of it: why, and the revisions that it has read since. Nor are the spellings
 * of a name that a purge forgets.
 */
export function inputFor(key: string, order: Readonly<Record<string, unknown>>): string {
  const { key: _, note: __, spellings: ___, ...said } = order;
  return createHash('sha256')
    .update(JSON.stringify([key, canonical(withoutRevisions(said))]))
    .digest('hex');
}

function withoutRevisions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRevisions);
  if (value === null || typeof value !== 'object') return value;
  const fields = Object.entries(value).filter(([name]) => name !== 'expectedRevision');
  return Object.fromEntries(fields.map(([name, field]) => [name, withoutRevisions(field)]));
}

/** Whether a list of what is to be done holds something, and not too much. Throws INVALID_INPUT, rules EMPTY and TOO_MANY. */
export function checkCount(field: string, orders: readonly unknown[], most: number): void {
  if (orders.length === 0) throw invalid(field, 'EMPTY', `There is nothing in ${field}.`);
  if (orders.length > most) throw invalid(field, 'TOO_MANY', `There are at most ${most} ${field} at once.`);
}

/** The id of the `place`-th record that this change makes. */
export function madeId(editor: Editor, type: RecordType, place: number | string): string {
  return idFromKey(type, `${editor.changeId}/${place}`);
}

/**
 * Commits one intention as one change; null where it changes nothing. What depends on the graph is worked out by `plan`, from the
 * records as they are when it is carried out.
 */
export async function carryOut(
  { graph, actor, at, changeId, note, undoes, input, paths }: Editor,
  action: Action,
  plan: EditInput[] | Plan,
  expected: Record<string, number> = {},
): Promise<Change | null> {
  const told = { undoes: undoes ?? null, input: input ?? null };
  const order = { id: changeId, at, actor, action, note, batch: null, ...told, expected };
  try {
    return await (Array.isArray(plan)
      ? commit(graph, { ...order, edits: plan })
      : commit(graph, { ...order, edits: [] }, plan));
  } catch (error) {
    throw asWritten(error, paths);
  }
}

/** A refusal of a record's field, `Citation.side`, names the path at which the order says it. */
function asWritten(error: unknown, paths: Editor['paths'] = new Map()): unknown {
  if (!(error instanceof AppError)) return error;
  // An engine that finds a value taken tells the type alone.
  const isTaken = (id: string) => error.details.rule === 'UNIQUE' && typeOfId(id) === error.details.type;
  const path = paths.get(error.about ?? [...paths.keys()].find(isTaken) ?? '');
  if (path === undefined) return error;
  const said = typeof path === 'string' ? (field: string) => pathTo(path, field) : path;
  return placed(error, (field) => said(field.replace(/^[A-Z]\w*\./, '')));
}
