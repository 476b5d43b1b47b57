import type { AnyRecord } from '../domain/change.js';
import { namesInArticle, namesThem } from '../domain/purge.js';
import { isRow } from '../domain/purge-texts.js';
import type { PurgeWorld } from '../domain/purge-world.js';
import { type Citation, type Person, type RecordOf, typeOfId } from '../domain/records.js';
import { refused } from '../domain/rules.js';
import type { RecordType } from '../domain/words.js';
import type { Reads, Row } from '../graph/graph.js';
import { dependentsOf } from './check.js';
import { hangingOn, type WayName } from './hanging.js';
import { loadRecords } from './load.js';
import { distinct } from './page.js';
import { personOf } from './person.js';
import { naming, type Sought, type TEXTS } from './purge-names.js';

/** Records that one purge may take along or change. */
export const MOST_PURGED = 20_000;

const PORTION = 500;

/** Those of a type that do name them. */
async function recordsNaming(
  graph: Reads,
  label: Exclude<keyof typeof TEXTS, 'Change' | 'Edit' | 'Takedown'>,
  family: readonly Person[],
  sought: Sought,
): Promise<AnyRecord[]> {
  const ids = await naming(graph, label, sought);
  const found: AnyRecord[] = [];
  for (let at = 0; at < ids.length; at += PORTION) {
    const records = [...(await loadRecords(graph, ids.slice(at, at + PORTION))).values()].map(({ record }) => record);
    found.push(...records.filter((record) => namesThem(record, family, sought.names)));
  }
  return found;
}

const SPOKEN_FOR =
  '/* citationsSpeakingFor */ UNWIND $ids AS id MATCH (p:Person {id: id})<-[:SPEAKS_FOR]-(t:Citation) RETURN t.id AS id';
const SET_APART =
  '/* peopleSetApartFrom */ UNWIND $ids AS id MATCH (p:Person {id: id})<-[:NOT_SAME_AS]-(o:Person) RETURN DISTINCT o.id AS id';

const SAME_ROW = `/* citationsOfRows */ UNWIND $articles AS id MATCH (a:Article {id: id})<-[:\`IN\`]-(t:Citation) WHERE t.quote IN $quotes
  RETURN t.id AS id`;

function rowsParam(rows: readonly Citation[]) {
  return { articles: distinct(rows.map(({ article }) => article)), quotes: distinct(rows.map(({ quote }) => quote)) };
}

/**
 * Everything that a purge on the day `today` may take along or change.
 * @throws AppError REFUSED, rule PURGE_SIZE, where that are too many records.
 */
export async function purgeWorld(
  graph: Reads,
  family: readonly Person[],
  sought: Sought,
  today: number,
  most = MOST_PURGED,
): Promise<PurgeWorld> {
  const records = new Map<string, AnyRecord>(family.map((person) => [person.id, person]));
  const add = (found: readonly AnyRecord[]) => {
    for (const record of found) records.set(record.id, record);
    if (records.size > most) throw refused('PURGE_SIZE', `More than ${most} records depend on them`, { limit: most });
  };
  const load = async (ids: readonly string[]) =>
    add(
      [
        ...(
          await loadRecords(
            graph,
            ids.filter((id) => !records.has(id)),
          )
        ).values(),
      ].map(({ record }) => record),
    );
  const follow = async (name: WayName, owners: readonly AnyRecord[]) =>
    add((await hangingOn(graph, name, owners, most + 1)).map(({ record }) => record));
  const of = <T extends RecordType>(type: T) =>
    [...records.values()].filter(({ id }) => typeOfId(id) === type) as RecordOf[T][];
  const column = async (statement: string) =>
    (await graph.read(statement, { ids: family.map(({ id }) => id) })).map(({ id }) => String(id));

  for (const label of ['Person', 'Article', 'Claim', 'Citation', 'Resolution'] as const)
    add(await recordsNaming(graph, label, family, sought));
  await load([...(await column(SPOKEN_FOR)), ...(await column(SET_APART))]);
  for (const way of ['relationshipsOf', 'eventsOf', 'articlesNaming', 'claimsAboutPerson'] as const)
    await follow(way, family);
  const couples = of('Relationship').flatMap(({ a, b }) => [a, b]);
  const guests = of('Event').flatMap(({ participants }) => participants.map(({ person }) => person));
  const others = distinct([...couples, ...guests]).filter((id) => !family.some((one) => one.id === id));
  await load(others);
  await follow('periodsOf', of('Relationship'));
  await follow('claimsAboutRelationship', of('Relationship'));
  await follow('claimsAboutPeriod', of('Period'));
  await follow('claimsAboutEvent', of('Event'));
  await follow('citationsOf', of('Claim'));
  await follow('resolutionsOn', of('Claim'));
  await load(of('Citation').map(({ article }) => article));
  const rows = of('Citation').filter((citation) => isRow(citation, records));
  await load((await graph.read(SAME_ROW, rowsParam(rows))).map(({ id }) => String(id)));
  // A data set is cited for thousands, and names nobody.
  const articles = of('Article').filter((article) => namesInArticle(article, family, sought.names));
  await follow('citationsIn', articles);
  const referred = [...of('Event'), ...articles].map(({ id }) => id);
  const dependents = await dependentsOf(graph, referred);
  return { family, names: sought.names, records, dependents, adults: await adultsAmong(graph, others, today) };
}

const ADULTS =
  '/* adultsUnmarked */ UNWIND $ids AS id MATCH (p:Person {id: id}) WHERE p.adult = false AND p.adultFrom <= $today RETURN p {.*} AS person';

async function adultsAmong(graph: Reads, ids: readonly string[], today: number): Promise<Set<string>> {
  const people = (await graph.read(ADULTS, { ids: [...ids], today })).map(({ person }) => personOf(person as Row));
  return new Set(people.filter(({ shown }) => shown.birth.date === null).map(({ id }) => id));
}
