import type { Applied } from '../domain/change.js';
import { ageDerived, articleDerived } from '../domain/derived.js';
import type { ProjectedPerson } from '../domain/evidence.js';
import { groupBy } from '../domain/group.js';
import { type Lookup, peopleOf } from '../domain/lookup.js';
import type { Row, Transaction } from '../graph/graph.js';
import { deriveContradictions } from './derive-contradictions.js';
import { deriveEvents } from './derive-event.js';
import { derivePeople } from './derive-person.js';
import { deriveRelationships } from './derive-relationship.js';
import { saveDerived } from './derived.js';
import { loadRecords, type Stored } from './load.js';
import { touchedBy } from './touched.js';

/**
 * Computes again whatever depends on a change, inside its transaction: articles first, then people and events, then the
 * relationships that depend on their dates, then what contradicts what, then who is an adult. Decisions are written before; nothing here is one.
 */
export async function derive(
  transaction: Transaction,
  applied: readonly Applied[],
  lookup: Lookup,
  stored: ReadonlyMap<string, Stored>,
): Promise<void> {
  const touched = await touchedBy(transaction, applied, lookup, stored);
  await deriveArticles(transaction, touched.articles);
  const people = await derivePeople(transaction, touched);
  const events = await deriveEvents(transaction, touched, applied);
  const relationships = await deriveRelationships(transaction, touched.relationships, stored, applied);
  await deriveContradictions(transaction, [...people, ...events], relationships, applied);
  const involved = [...events, ...relationships].flatMap((each) => each.people);
  await deriveAges(transaction, new Set([...touched.people, ...involved, ...mentioned(applied, lookup)]));
}

const ROOTS = `/* rootsOfArticles */ UNWIND $ids AS id MATCH (a:Article {id: id})-[:BASED_ON*0..]->(r:Article)
  WHERE COUNT { MATCH (r)-[:BASED_ON]->(:Article) } = 0 RETURN DISTINCT id, r.id AS root, r.outlet AS outlet`;

async function deriveArticles(transaction: Transaction, ids: ReadonlySet<string>): Promise<void> {
  if (ids.size === 0) return;
  const roots = groupBy(await transaction.read(ROOTS, { ids: [...ids] }), ({ id }) => id);
  const articles = [...(await loadRecords(transaction, ids)).values()] as Stored<'Article'>[];
  const nodes = articles.map(({ record, props }) => {
    const own = (roots.get(record.id) ?? []).map(({ root, outlet }) => ({
      id: String(root),
      outlet: (outlet ?? null) as string | null,
    }));
    return { type: 'Article' as const, id: record.id, stored: props, derived: articleDerived(record, sortById(own)) };
  });
  await saveDerived(transaction, nodes);
}

const sortById = <T extends { id: string }>(items: T[]): T[] => items.sort((a, b) => (a.id < b.id ? -1 : 1));

const KNOWN_AGE = `/* whatTellsTheAge */ UNWIND $ids AS id MATCH (p:Person {id: id})
  RETURN p {.*} AS props,
    COUNT { MATCH (p)-[:PARTY_TO]->(:Relationship)-[:HAS_PERIOD]->(d:Period {type: 'MARRIED'}) WHERE d.standing >= 1 } > 0 AS married`;
const FIRST_CITED = `/* firstCitedDay */ UNWIND $ids AS id MATCH (p:Person {id: id})<-[:CONCERNS]-(:Claim {verdict: 'ACCEPTED'})-[:HAS]->(:Citation {verdict: 'ACCEPTED'})-[:\`IN\`]->(a:Article)
  RETURN id, min(a.dayMax) AS day`;

/** Derives the day from which each of these people is an adult. */
async function deriveAges(transaction: Transaction, ids: ReadonlySet<string>): Promise<void> {
  if (ids.size === 0) return;
  const rows = await transaction.read(KNOWN_AGE, { ids: [...ids] });
  const unknown = rows
    .filter(({ props, married }) => !married && (props as Row).adult !== true)
    .map(({ props }) => (props as Row).id ?? null);
  const cited = unknown.length === 0 ? [] : await transaction.read(FIRST_CITED, { ids: unknown });
  const days = new Map(cited.map(({ id, day }) => [id, Number(day)]));
  const nodes = rows.map(({ props, married }) => {
    const { id, adult, shown } = props as Row;
    const known = { married: married === true, firstMentioned: days.get(id ?? null) ?? null };
    const derived = ageDerived({ adult: adult === true }, JSON.parse(String(shown)) as ProjectedPerson, known);
    return { type: 'Person' as const, id: String(id), stored: props as Row, derived };
  });
  await saveDerived(transaction, nodes);
}

/** Everybody on whom an edited claim, citation or article may shed light, and who took part in an event until now. */
function mentioned(applied: readonly Applied[], lookup: Lookup): string[] {
  return applied.flatMap(({ edit, before }) => [
    ...peopleOf(lookup, edit.recordId),
    ...(before !== null && 'participants' in before ? before.participants.map(({ person }) => person) : []),
  ]);
}
