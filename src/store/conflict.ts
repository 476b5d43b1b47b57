import { AppError } from '../errors.js';
import type { Reads, Row } from '../graph/graph.js';
import type { Stored } from './load.js';

const SINCE = `/* editsSince */ MATCH (e:Edit {recordId: $id})<-[:MADE]-(c:Change) WHERE c.seq > $revision
  RETURN c.actor AS actor, c.at AS at, c.seq AS seq, e.after AS after ORDER BY seq LIMIT 100`;

/**
 * Whether the caller has seen each record as it is now; 0 is one that isn't there yet.
 * @throws AppError CONFLICT with the record, actor, time, new revision and changed fields; NOT_FOUND for a record that is gone.
 */
export async function checkRevisions(
  graph: Reads,
  expected: Readonly<Record<string, number>>,
  stored: ReadonlyMap<string, Stored>,
): Promise<void> {
  for (const [id, revision] of Object.entries(expected)) {
    const now = stored.get(id);
    if (now === undefined && revision === 0) continue;
    if (now === undefined)
      throw new AppError('NOT_FOUND', `There is no ${id}`, { field: 'expectedRevision', record: id });
    if (now.revision === revision) continue;
    const edits = await graph.read(SINCE, { id, revision });
    throw conflict(id, now.revision, edits);
  }
}

function conflict(record: string, revision: number, edits: readonly Row[]): AppError {
  const last = edits.at(-1);
  const changed = new Set(edits.flatMap(({ after }) => Object.keys(JSON.parse(String(after ?? 'null')) ?? {})));
  const details = { record, revision, actor: last?.actor, at: last?.at, changed: [...changed].sort() };
  return new AppError('CONFLICT', `${record} was changed by ${last?.actor ?? 'somebody'} in the meantime`, details);
}
