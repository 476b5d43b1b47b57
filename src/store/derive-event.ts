import type { Applied } from '../domain/change.js';
import { concernsOf, namedIn } from '../domain/concern.js';
import { eventDerived } from '../domain/derived.js';
import type { CitedClaim, EventEvidence, Life, ProjectedEvent } from '../domain/evidence.js';
import { projectEvent } from '../domain/projection.js';
import type { Event } from '../domain/records.js';
import type { Transaction } from '../graph/graph.js';
import { answeredFor } from './answered.js';
import { type SubjectClaims, saveClaims } from './derive-claims.js';
import { differs, saveDerived } from './derived.js';
import { evidenceOf, livesOf } from './evidence.js';
import { loadRecords, type Stored } from './load.js';
import { relationshipsOfEvents, type Touched } from './touched.js';

/** Derives events and adds the relationships that take a date from them. */
export async function deriveEvents(
  transaction: Transaction,
  touched: Touched,
  applied: readonly Applied[],
): Promise<SubjectClaims[]> {
  if (touched.events.size === 0) return [];
  const events = [...(await loadRecords(transaction, touched.events)).values()] as Stored<'Event'>[];
  const evidence = await evidenceOf(transaction, touched.events);
  const answered = await answeredFor(transaction, [...evidence.values()].flat());
  const lives = await livesOf(
    transaction,
    events.flatMap(({ record }) => record.participants.map(({ person }) => person)),
  );
  const projected = events.map(({ record, props }) => {
    const claims = evidence.get(record.id) ?? [];
    const present = presentAt(record, lives);
    const shown: ProjectedEvent = projectEvent({ id: record.id, claims, present, ...answered(claims) });
    return { record, props, claims, shown, derived: eventDerived(record, shown) };
  });
  const before = applied.flatMap((each) => (each.edit.type === 'Event' && each.before !== null ? [each.before] : []));
  const own = new Set(applied.map(({ edit }) => edit.recordId));
  const moved = projected
    .filter(({ record, props, derived }) => own.has(record.id) || differs(props, derived))
    .map(({ record }) => record);
  const edited = [...moved, ...(before as typeof moved)];
  for (const id of await relationshipsOfEvents(transaction, edited)) touched.relationships.add(id);
  await saveDerived(
    transaction,
    projected.map(({ record, props, derived }) => ({ type: 'Event', id: record.id, stored: props, derived })),
  );
  const named = await namedBy(transaction, projected);
  const subjects = projected.map(({ record, claims, shown }) => ({
    claims,
    subjects: [record.id],
    people: [...new Set(record.participants.map(({ person }) => person))],
    concernsOf: (cited: CitedClaim) => concernsOf(record, cited, named.get(namedIn(cited.claim) ?? '') ?? []),
    standingOf: () => shown.standing,
    found: shown.contradictions,
  }));
  await saveClaims(transaction, subjects);
  return subjects;
}

const MERGED = `/* survivorsOf */ UNWIND $ids AS id MATCH w = (:Person {id: id})-[:MERGED_INTO*0..]->(p:Person) WHERE p.mergedInto IS NULL
  RETURN id, [n IN nodes(w) | n.id] AS way`;

/** Those whom claims name as participants, by the id that they name: that id, and those of the survivors of merges in their order. */
async function namedBy(
  transaction: Transaction,
  events: readonly { claims: readonly CitedClaim[] }[],
): Promise<Map<string, string[]>> {
  const ids = events.flatMap(({ claims }) => claims.flatMap(({ claim }) => namedIn(claim) ?? []));
  if (ids.length === 0) return new Map();
  const rows = await transaction.read(MERGED, { ids: [...new Set(ids)] });
  return new Map(rows.map(({ id, way }) => [String(id), way as string[]]));
}

/** The lives of those who took part, with their roles. */
export function presentAt({ participants }: Event, lives: ReadonlyMap<string, Life>): EventEvidence['present'] {
  return participants.flatMap(({ person, role }) => {
    const life = lives.get(person);
    return life === undefined ? [] : [{ role, life }];
  });
}
