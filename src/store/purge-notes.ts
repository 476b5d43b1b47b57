import { type PurgedNames, textWithout } from '../domain/purge-names.js';
import type { Row, Transaction } from '../graph/graph.js';
import { forgetTakedownsAbout } from './aside-takedown-kept.js';
import { naming, type Sought } from './purge-names.js';
import { runRows } from './save.js';

/** Empties what people have written beside the records: why they changed something, and who asked to be taken down. */

const OF_PURGED =
  '/* changesOfPurged */ UNWIND $ids AS id MATCH (e:Edit {recordId: id})<-[:MADE]-(c:Change) WHERE c.id <> $but AND c.note IS NOT NULL RETURN DISTINCT c.id AS id';
const CHANGES =
  '/* notesOfChanges */ UNWIND $ids AS id MATCH (c:Change {id: id}) RETURN c {.id, .note, .batch} AS props';
const REWRITE = '/* rewriteChanges */ UNWIND $rows AS row MATCH (c:Change {id: row.id}) SET c += row.props';

/**
 * A change that did something to what is gone says no longer why: it may speak of them without a name. All other notes lose the names.
 * `gone` are the records whose edits are emptied, `but` is the change that the purge is.
 */
export async function purgeNotes(
  transaction: Transaction,
  gone: ReadonlySet<string>,
  sought: Sought,
  but: string,
): Promise<void> {
  const own = await transaction.read(OF_PURGED, { ids: [...gone], but });
  await runRows(
    transaction,
    REWRITE,
    own.map(({ id }) => ({ id: id ?? null, props: { note: null } })),
  );
  const ids = await naming(transaction, 'Change', sought);
  const others = (await transaction.read(CHANGES, { ids })).map(({ props }) => props as Row);
  await runRows(
    transaction,
    REWRITE,
    others.map((props) => changeWithout(props, sought.names)),
  );
}

function changeWithout({ id, note, batch }: Row, names: PurgedNames): Row {
  return { id: id ?? null, props: { note: without(note, names), batch: without(batch, names) } };
}

const without = (text: unknown, names: PurgedNames) => (typeof text === 'string' ? textWithout(text, names) : null);

const TAKEDOWNS =
  '/* notesOfTakedowns */ UNWIND $ids AS id MATCH (t:Takedown {id: id}) RETURN t {.id, .note, .reason} AS props';
const REWRITE_TAKEDOWNS =
  '/* rewriteTakedowns */ UNWIND $rows AS row MATCH (t:Takedown {id: row.id}) SET t += row.props';

/** Forgets who asked to take these people down, and why it was granted or not. */
export async function purgeTakedowns(
  transaction: Transaction,
  people: readonly string[],
  sought: Sought,
): Promise<void> {
  await forgetTakedownsAbout(transaction, people);
  const rows = await transaction.read(TAKEDOWNS, { ids: await naming(transaction, 'Takedown', sought) });
  const rewritten = rows.map(({ props }) => {
    const { id, note, reason } = props as Row;
    return { id: id ?? null, props: { note: without(note, sought.names), reason: without(reason, sought.names) } };
  });
  await runRows(transaction, REWRITE_TAKEDOWNS, rewritten);
}
