import type { Reads } from '../graph/graph.js';
import type { Difference } from './verify-world.js';

/** What a purge empties, and where something is left of it. The ids and numbers of changes and edits stay. */
const LEFT = {
  'content of a purged edit': `/* purgedWithContent */ MATCH (e:Edit {purged: true}) WHERE e.before IS NOT NULL OR e.after IS NOT NULL
    RETURN e.recordId AS record, e.id AS left`,
  'digest of a purged order': `/* purgedWithInput */ MATCH (e:Edit {purged: true})<-[:MADE]-(c:Change)
    WHERE c.input IS NOT NULL AND c.action <> 'purgePerson' RETURN e.recordId AS record, c.id AS left`,
  'edit of somebody purged': `/* editsOfPurged */ MATCH (p:Person {visibility: 'PURGED'}) WITH p.id AS id
    MATCH (e:Edit {recordId: id}) WHERE e.purged IS NULL RETURN id AS record, e.id AS left`,
  'edit that touches somebody purged': `/* editsTouchingPurged */ MATCH (p:Person {visibility: 'PURGED'})<-[:TOUCHES]-(e:Edit)
    WHERE e.purged IS NULL RETURN p.id AS record, e.id AS left`,
  'request about somebody purged': `/* takedownsOfPurged */ MATCH (p:Person {visibility: 'PURGED'})<-[:ASKS_ABOUT]-(t:Takedown)
    RETURN p.id AS record, t.id AS left`,
};

/** Whatever is left of people who were purged, but for their names in texts, which nobody knows any more. */
export async function comparePurged(graph: Reads): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const [what, statement] of Object.entries(LEFT))
    for (const { record, left } of await graph.read(statement))
      found.push({ record: String(record), what, stored: String(left), expected: null });
  return found;
}
