import { canonical } from '../domain/canonical.js';
import type { Change, Edit } from '../domain/change.js';
import { type Lookup, peopleOf } from '../domain/lookup.js';
import type { RecordType } from '../domain/words.js';
import { AppError } from '../errors.js';
import type { Reads, Row, Transaction } from '../graph/graph.js';
import { runRows } from './save.js';

const BY_ID =
  '/* changeById */ MATCH (c:Change {id: $id}) RETURN c {.*} AS change, [(c)-[:MADE]->(e:Edit) | e {.*}] AS edits';

/** A change with its edits in order, or null. */
export async function changeById(graph: Reads, id: string): Promise<Change | null> {
  const [row] = await graph.read(BY_ID, { id });
  return row === undefined ? null : changeOf(row.change as Row, row.edits as Row[]);
}

/** What a client orders: under which change it is known, and its digest, null where nobody compares. */
export type Order = Pick<Change, 'id' | 'input'>;

/**
 * The change that an order has made already, or null. One that keeps no digest answers whatever is ordered.
 * @throws AppError CONFLICT, rule KEY, with `change` and `at`, where its key stands for another order.
 */
export async function changeOfOrder(graph: Reads, order: Order): Promise<Change | null> {
  const change = await changeById(graph, order.id);
  if (change !== null) checkSameOrder(change, order);
  return change;
}

const BEGUN = '/* changeBegunWith */ MATCH (c:Change) WHERE c.id STARTS WITH $prefix RETURN c {.*} AS change LIMIT 1';

/** Whether an order that is carried out by changes of its own, `{id}x{place}`, is another than the one that its key stands for. */
export async function checkOrderOfMany(graph: Reads, order: Order): Promise<void> {
  if (order.input === null) return;
  const [row] = await graph.read(BEGUN, { prefix: `${order.id}x` });
  if (row) checkSameOrder(changeOf(row.change as Row, []), order);
}

function checkSameOrder({ id, at, input }: Change, order: Order): void {
  if (input === null || order.input === null || input === order.input) return;
  const details = { field: 'key', rule: 'KEY', change: id, at };
  throw new AppError('CONFLICT', `This key stands for another order, which was carried out at ${at}.`, details);
}

const OF_BATCH = '/* changesOfBatch */ MATCH (c:Change {batch: $batch}) RETURN c.id AS id ORDER BY c.seq DESC';

/** The ids of a batch's changes, newest first. */
export async function changesOfBatch(graph: Reads, batch: string): Promise<string[]> {
  return (await graph.read(OF_BATCH, { batch })).map(({ id }) => String(id));
}

/** A change of its node and those of its edits. */
export function changeOf(node: Row, edits: readonly Row[]): Change {
  const text = (key: string) => (node[key] ?? null) as string | null;
  return {
    id: String(node.id),
    seq: Number(node.seq),
    at: String(node.at),
    actor: String(node.actor),
    action: String(node.action),
    note: text('note'),
    batch: text('batch'),
    undoes: text('undoes'),
    input: text('input'),
    edits: [...edits].sort((a, b) => Number(a.place) - Number(b.place)).map(editOf),
  };
}

/** An edit of its node. */
export function editOf({ recordId, type, before, after, purged }: Row): Edit {
  return {
    recordId: String(recordId),
    type: type as RecordType,
    before: JSON.parse(String(before ?? 'null')) as Edit['before'],
    after: JSON.parse(String(after ?? 'null')) as Edit['after'],
    ...(purged === true && { purged }),
  };
}

const CREATE = '/* createChange */ CREATE (c:Change) SET c = $props';
const EDITS =
  '/* createEdits */ UNWIND $rows AS row MATCH (c:Change {id: row.change}) CREATE (c)-[:MADE]->(e:Edit) SET e = row.props';
// A statement of its own: behind a WITH the embedded engine finds each person by reading all of them.
const TOUCHES =
  '/* drawTouches */ UNWIND $rows AS row MATCH (e:Edit {id: row.edit}) MATCH (p:Person {id: row.person}) CREATE (e)-[:TOUCHES]->(p)';

/**
 * Writes a change into the log: its node, an edit for each record, and which people each edit touches, as they were before
 * (`was`) and are after (`is`).
 */
export async function saveChange(transaction: Transaction, change: Change, was: Lookup, is: Lookup): Promise<void> {
  const { edits, ...props } = change;
  await transaction.run(CREATE, { props });
  const rows = edits.map(({ type, recordId, before, after }, place) => ({
    change: change.id,
    props: {
      id: `${change.id}/${place}`,
      place,
      type,
      recordId,
      before: before && canonical(before),
      after: after && canonical(after),
    },
  }));
  await runRows(transaction, EDITS, rows);
  const touches = edits.flatMap(({ recordId }, place) =>
    touchedPeople(recordId, was, is).map((person) => ({ edit: `${change.id}/${place}`, person })),
  );
  await runRows(transaction, TOUCHES, touches);
}

function touchedPeople(recordId: string, was: Lookup, is: Lookup): string[] {
  const people = new Set([...peopleOf(was, recordId), ...peopleOf(is, recordId)]);
  return [...people].filter((person) => is.get('Person', person) !== null);
}
