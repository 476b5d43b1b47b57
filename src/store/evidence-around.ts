import type { EventEvidence } from '../domain/evidence.js';
import type { Around } from '../domain/hint.js';
import { typeOfId } from '../domain/records.js';
import type { Reads } from '../graph/graph.js';
import { answeredFor } from './answered.js';
import { presentAt } from './derive-event.js';
import { relationshipEvidence } from './derive-relationship.js';
import { evidenceOf, livesOf, relationshipsWithLives } from './evidence.js';
import { loadRecords, type Stored } from './load.js';
import { distinct } from './page.js';

const RELATIONSHIP_OF =
  '/* relationshipOfPeriods */ UNWIND $ids AS id MATCH (d:Period {id: id}) RETURN id, d.relationship AS relationship';

/**
 * What the projection of each subject takes: of a person or event its claims, of a relationship or period the whole relationship. Null
 * for a subject that isn't there. A constant number of statements, whatever the number of subjects.
 */
export async function evidenceAround(graph: Reads, subjects: readonly string[]): Promise<(Around | null)[]> {
  const keys = distinct(subjects);
  const relationshipOf = await relationshipsOf(graph, keys);
  const relationships = await relationshipsWithLives(graph, [...new Set(relationshipOf.values())]);
  const parts = relationships.flatMap(({ stored, periods }) => [
    stored.record.id,
    ...periods.map(({ period }) => period.id),
  ]);
  const evidence = await evidenceOf(graph, new Set([...keys.filter(isAlone), ...parts]));
  const answered = await answeredFor(graph, [...evidence.values()].flat());
  const present = await presentAtEvents(graph, keys.filter(isEvent));
  const couples = new Map(
    relationships.map((each) => [each.stored.record.id, relationshipEvidence(each, evidence, answered).evidence]),
  );
  return subjects.map((id): Around | null => {
    const couple = couples.get(relationshipOf.get(id) ?? '');
    if (couple !== undefined) return { of: 'Relationship', evidence: couple };
    const claims = evidence.get(id) ?? [];
    const own = { id, claims, ...answered(claims) };
    if (isEvent(id)) return { of: 'Event', evidence: { ...own, present: present.get(id) ?? [] } };
    return typeOfId(id) === 'Person' ? { of: 'Person', evidence: own } : null;
  });
}

const isEvent = (id: string) => typeOfId(id) === 'Event';

/** Who was at each of these events, with their lives. */
async function presentAtEvents(graph: Reads, ids: readonly string[]): Promise<Map<string, EventEvidence['present']>> {
  if (ids.length === 0) return new Map();
  const events = [...(await loadRecords(graph, ids)).values()] as Stored<'Event'>[];
  const lives = await livesOf(
    graph,
    events.flatMap(({ record }) => record.participants.map(({ person }) => person)),
  );
  return new Map(events.map(({ record }) => [record.id, presentAt(record, lives)]));
}

const isAlone = (id: string) => typeOfId(id) === 'Person' || isEvent(id);

/** The relationship of each relationship and period among these ids. */
async function relationshipsOf(graph: Reads, ids: readonly string[]): Promise<Map<string, string>> {
  const periods = ids.filter((id) => typeOfId(id) === 'Period');
  const rows = periods.length === 0 ? [] : await graph.read(RELATIONSHIP_OF, { ids: periods });
  return new Map([
    ...ids.filter((id) => typeOfId(id) === 'Relationship').map((id) => [id, id] as const),
    ...rows.map(({ id, relationship }) => [String(id), String(relationship)] as const),
  ]);
}
