import { groupBy } from '../domain/group.js';
import { typeOfId } from '../domain/records.js';
import { AppError } from '../errors.js';
import type { Reads } from '../graph/graph.js';
import { citationsToDecide } from './decided.js';
import { loadRecords } from './load.js';

const SINCE = `/* editsSince */ UNWIND $ids AS id MATCH (e:Edit {recordId: id})<-[:MADE]-(c:Change) WHERE c.seq > $revision
  RETURN id, c.actor AS actor, c.at AS at, c.seq AS seq, e.after AS after ORDER BY seq LIMIT 100`;

/**
 * Whether the caller has seen each record as it is now, as the field of its id says; 0 is one that isn't there yet. Who has seen a claim has seen its citations:
 * its revision is the newest of theirs and its own.
 * @throws AppError CONFLICT, rule STALE, with the record, actor, time, new revision and changed fields, of a claim also `citations`; NOT_FOUND for
 * a record that is gone.
 */
export async function checkRevisions(
  graph: Reads,
  expected: Readonly<Record<string, number>>,
  fieldOf = (_id: string) => 'expectedRevision',
): Promise<void> {
  const all = Object.keys(expected);
  const stored = await loadRecords(graph, all);
  const quotes = groupBy(await citationsToDecide(graph, all.filter(isClaim)), ({ record }) => record.claim);
  for (const [id, seen] of Object.entries(expected)) {
    const own = stored.get(id);
    if (own === undefined && seen === 0) continue;
    if (own === undefined) throw new AppError('NOT_FOUND', `There is no ${id}`, { field: fieldOf(id), record: id });
    const parts = quotes.get(id) ?? [];
    const revision = Math.max(own.revision, ...parts.map((part) => part.revision));
    const ids = [id, ...parts.map(({ record }) => record.id)];
    if (revision !== seen) throw await conflictOf(graph, ids, revision, seen, fieldOf(id));
  }
}

/**
 * Whether nothing of all this was changed after the caller looked, which was at change `seen` or later.
 * @throws AppError CONFLICT, as above, for the first that was.
 */
export async function checkUnchanged(graph: Reads, ids: readonly string[], seen: number): Promise<void> {
  const stored = [...(await loadRecords(graph, ids)).values()];
  const newer = stored.find(({ revision }) => revision > seen);
  if (newer) throw await conflictOf(graph, [newer.record.id], newer.revision, seen);
}

/** The number of the newest change to any of these records. */
export async function newestRevision(graph: Reads, ids: readonly string[]): Promise<number> {
  const stored = [...(await loadRecords(graph, ids)).values()];
  return Math.max(0, ...stored.map(({ revision }) => revision));
}

const isClaim = (id: string) => typeOfId(id) === 'Claim';

/** What has changed of a record and its parts since somebody saw it; the record may be gone. */
export async function conflictOf(
  graph: Reads,
  [record = '', ...parts]: string[],
  revision: number,
  seen: number,
  field = 'expectedRevision',
): Promise<AppError> {
  const edits = await graph.read(SINCE, { ids: [record, ...parts], revision: seen });
  const last = edits.at(-1);
  const changed = edits.flatMap(({ id, after }) => (id === record ? fieldsOf(after) : ['citations']));
  const named = { field, rule: 'STALE', record, revision };
  const details = { ...named, actor: last?.actor, at: last?.at, changed: [...new Set(changed)].sort() };
  const message =
    seen > revision
      ? `${record} is at revision ${revision}, and never was at ${seen}`
      : `${record} was changed by ${last?.actor ?? 'somebody'} in the meantime`;
  return new AppError('CONFLICT', message, details);
}

const fieldsOf = (after: unknown) => Object.keys(JSON.parse(String(after ?? 'null')) ?? {});
