import type { Reads } from '../graph/graph.js';
import { distinct } from './page.js';

const PURGED =
  '/* purgedAmong */ UNWIND $ids AS id MATCH (e:Edit {recordId: id}) WHERE e.purged = true RETURN DISTINCT id';

/** Which of these ids of records that are not there stood for something that went with somebody who was purged. */
export async function purgedAmong(graph: Reads, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  return (await graph.read(PURGED, { ids: distinct(ids) })).map(({ id }) => String(id));
}
