import { createHash } from 'node:crypto';
import type { Change, EditInput } from '../domain/change.js';
import { idFromKey } from '../domain/ids.js';
import type { RecordType } from '../domain/records.js';
import type { Writes } from '../graph/graph.js';
import { commit } from '../store/commit.js';

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
}

/** The id of the change that a client's idempotency key stands for: the same actor, order and key are the same change. */
export function changeIdFor(actor: string, order: string, key: string): string {
  return `chg_${createHash('sha256')
    .update(JSON.stringify([actor, order, key]))
    .digest('hex')
    .slice(0, 24)}`;
}

/** The id of the `place`-th record that this change makes. */
export function madeId(editor: Editor, type: RecordType, place: number | string): string {
  return idFromKey(type, `${editor.changeId}/${place}`);
}

/** Commits the edits of one intention as one change; null where they change nothing. */
export function carryOut(
  { graph, actor, at, changeId, note }: Editor,
  action: string,
  edits: EditInput[],
  expected: Record<string, number> = {},
  batch: string | null = null,
): Promise<Change | null> {
  return commit(graph, { id: changeId, at, actor, action, note, batch, edits, expected });
}
