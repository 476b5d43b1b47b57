import { namedIn } from '../domain/concern.js';
import type { CitedClaim, EventEvidence } from '../domain/evidence.js';
import type { Sight } from '../domain/gate.js';
import { groupBy } from '../domain/group.js';
import { typeOfId } from '../domain/records.js';
import type { Around, Named } from '../domain/vicinity.js';
import type { RoleInEvent } from '../domain/words.js';
import type { Reads, Row } from '../graph/graph.js';
import { answeredFor } from './answered.js';
import { relationshipEvidence } from './derive-relationship.js';
import { evidenceOf, lifeCard, lifeOf, relationshipsWithLives } from './evidence.js';
import { distinct } from './page.js';

const RELATIONSHIP_OF =
  '/* relationshipOfPeriods */ UNWIND $ids AS id MATCH (d:Period {id: id}) RETURN id, d.relationship AS relationship';

/**
 * What the projection of each subject takes: of a person or event its claims, of a relationship or period the whole relationship. Null
 * for a subject that isn't there. A constant number of statements, whatever the number of subjects. Whom the sight doesn't see is
 * absent from events.
 */
export async function evidenceAround(
  graph: Reads,
  subjects: readonly string[],
  sight: Sight,
): Promise<(Around | null)[]> {
  const keys = distinct(subjects);
  const relationshipOf = await relationshipsOf(graph, keys);
  const relationships = await relationshipsWithLives(graph, [...new Set(relationshipOf.values())]);
  const parts = relationships.flatMap(({ stored, periods }) => [
    stored.record.id,
    ...periods.map(({ period }) => period.id),
  ]);
  const evidence = await evidenceOf(graph, new Set([...keys.filter(isAlone), ...parts]));
  const answered = await answeredFor(graph, [...evidence.values()].flat());
  const present = await presentAtEvents(graph, keys.filter(isEvent), sight);
  const named = await livesNamed(
    graph,
    keys.filter(isEvent).flatMap((id) => evidence.get(id) ?? []),
    sight,
  );
  const couples = new Map(
    relationships.map((each) => [each.stored.record.id, relationshipEvidence(each, evidence, answered).evidence]),
  );
  return subjects.map((id): Around | null => {
    const couple = couples.get(relationshipOf.get(id) ?? '');
    if (couple !== undefined) return { of: 'Relationship', evidence: couple };
    const claims = evidence.get(id) ?? [];
    const own = { id, claims, ...answered(claims) };
    if (isEvent(id)) return { of: 'Event', evidence: { ...own, present: present.get(id) ?? [] }, named };
    return typeOfId(id) === 'Person' ? { of: 'Person', evidence: own } : null;
  });
}

const isEvent = (id: string) => typeOfId(id) === 'Event';

const PRESENT = `/* presentAtEvents */ UNWIND $ids AS id MATCH (e:Event {id: id})<-[t:TOOK_PART]-(p:Person)
  WHERE p.gate <= $level RETURN id, t.role AS role, ${lifeCard('p')} AS life`;

/** Who was at each of these events, as far as the sight sees them, with their lives. */
export async function presentAtEvents(
  graph: Reads,
  ids: readonly string[],
  { level }: Sight,
): Promise<Map<string, EventEvidence['present']>> {
  if (ids.length === 0) return new Map();
  const rows = await graph.read(PRESENT, { ids: [...ids], level });
  const present = rows.map(({ id, role, life }) => ({ id, role: role as RoleInEvent, life: lifeOf(life as Row) }));
  const grouped = groupBy(present, ({ id }) => String(id));
  return new Map([...grouped].map(([id, all]) => [id, all.map(({ role, life }) => ({ role, life }))]));
}

const NAMED = `/* livesNamed */ UNWIND $ids AS id MATCH (:Person {id: id})-[:MERGED_INTO*0..]->(p:Person)
  WHERE p.mergedInto IS NULL AND p.gate <= $level RETURN id, ${lifeCard('p')} AS life`;

async function livesNamed(graph: Reads, claims: readonly CitedClaim[], { level }: Sight): Promise<Named> {
  const ids = distinct(claims.flatMap(({ claim }) => namedIn(claim) ?? []));
  const rows = ids.length === 0 ? [] : await graph.read(NAMED, { ids, level });
  return new Map(rows.map(({ id, life }) => [String(id), lifeOf(life as Row)]));
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
