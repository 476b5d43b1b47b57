import type { Applied } from '../domain/change.js';
import { ageDerived, articleDerived, eventDerived, personDerived } from '../domain/derived.js';
import type { ProjectedEvent, ProjectedPerson, Standing } from '../domain/evidence.js';
import { groupBy } from '../domain/group.js';
import { type Lookup, peopleOf } from '../domain/lookup.js';
import { projectEvent, projectPerson } from '../domain/projection.js';
import type { Claim } from '../domain/records.js';
import type { Row, Transaction } from '../graph/graph.js';
import { resolutionsAmong, resolutionsOf, saveClaims } from './derive-claims.js';
import { deriveRelationships } from './derive-relationship.js';
import { type DerivedNode, differs, saveDerived } from './derived.js';
import { evidenceOf } from './evidence.js';
import { loadRecords, type Stored } from './load.js';
import { relationshipsOfEvents, relationshipsOfPeople, type Touched, touchedBy } from './touched.js';

/**
 * Computes again whatever depends on a change, inside its transaction: articles first, then people and events, then the
 * relationships that depend on their dates, then who is an adult. Decisions are written before; nothing here is one.
 */
export async function derive(
  transaction: Transaction,
  applied: readonly Applied[],
  lookup: Lookup,
  stored: ReadonlyMap<string, Stored>,
): Promise<void> {
  const touched = await touchedBy(transaction, applied, lookup, stored);
  await deriveArticles(transaction, touched.articles);
  await derivePeople(transaction, touched);
  await deriveEvents(transaction, touched, applied);
  const parties = await deriveRelationships(transaction, touched.relationships, stored, applied);
  await deriveAges(transaction, new Set([...touched.people, ...parties, ...mentioned(applied, lookup)]));
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

/** Derives people and adds the relationships of those whose birth or death moved. */
async function derivePeople(transaction: Transaction, touched: Touched): Promise<void> {
  if (touched.people.size === 0) return;
  const people = [...(await loadRecords(transaction, touched.people)).values()] as Stored<'Person'>[];
  const evidence = await evidenceOf(transaction, touched.people);
  const resolutions = await resolutionsOf(transaction, [...evidence.values()].flat());
  const projected = people.map(({ record, props }) => {
    const claims = evidence.get(record.id) ?? [];
    const shown = projectPerson({ id: record.id, claims, resolutions: resolutionsAmong(resolutions, claims) });
    return { record, props, claims, shown, derived: personDerived(record, shown) };
  });
  const lifeMoved = projected.filter(({ props, derived }) => differs(props, pick(derived, LIFE)));
  const known = lifeMoved.filter(({ props }) => props.birthMin !== undefined && props.birthMin !== null);
  for (const id of await relationshipsOfPeople(
    transaction,
    known.map(({ record }) => record.id),
  ))
    touched.relationships.add(id);
  await saveDerived(
    transaction,
    projected.map(({ record, props, derived }) => ({ type: 'Person', id: record.id, stored: props, derived })),
  );
  await saveClaims(
    transaction,
    projected.map(({ record, claims, shown }) => ({
      claims,
      people: [record.id],
      standingOf: (claim) => standingOfPersonClaim(claim, shown),
      found: shown.contradictions,
    })),
  );
}

const LIFE = ['birthMin', 'birthMax', 'deathMin', 'deathMax'];
const pick = (row: DerivedNode['derived'], keys: readonly string[]) =>
  Object.fromEntries(keys.map((key) => [key, row[key] ?? null]));

/** What a claim about a person says of them shows at the standing of its field. */
export function standingOfPersonClaim(claim: Claim, { birth, death, names, occupations }: ProjectedPerson): Standing {
  if (claim.field === 'BIRTH') return birth.standing;
  if (claim.field === 'DEATH') return death.standing;
  const texts = claim.field === 'NAME' ? names : occupations;
  return texts.find(({ text }) => 'text' in claim.value && claim.value.text === text)?.standing ?? 0;
}

/** Derives events and adds the relationships that take a date from them. */
async function deriveEvents(transaction: Transaction, touched: Touched, applied: readonly Applied[]): Promise<void> {
  const events = [...(await loadRecords(transaction, touched.events)).values()] as Stored<'Event'>[];
  const evidence = await evidenceOf(transaction, touched.events);
  const resolutions = await resolutionsOf(transaction, [...evidence.values()].flat());
  const projected = events.map(({ record, props }) => {
    const claims = evidence.get(record.id) ?? [];
    const shown: ProjectedEvent = projectEvent({
      id: record.id,
      claims,
      resolutions: resolutionsAmong(resolutions, claims),
    });
    return { record, props, claims, shown, derived: eventDerived(record, shown) };
  });
  const before = applied.flatMap((each) => (each.edit.type === 'Event' && each.before !== null ? [each.before] : []));
  const moved = projected.filter(({ props, derived }) => differs(props, derived)).map(({ record }) => record);
  const edited = [...moved, ...(before as typeof moved)];
  for (const id of await relationshipsOfEvents(transaction, edited)) touched.relationships.add(id);
  await saveDerived(
    transaction,
    projected.map(({ record, props, derived }) => ({ type: 'Event', id: record.id, stored: props, derived })),
  );
  await saveClaims(
    transaction,
    projected.map(({ record, claims, shown }) => ({
      claims,
      people: [...new Set(record.participants.map(({ person }) => person))],
      standingOf: () => shown.standing,
      found: shown.contradictions,
    })),
  );
}

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

/** Everybody on whom an edited claim, citation or article may shed light. */
function mentioned(applied: readonly Applied[], lookup: Lookup): string[] {
  return applied.flatMap(({ edit }) => peopleOf(lookup, edit.recordId));
}
