import type { Sight } from '../domain/gate.js';
import type { Reads, Row } from '../graph/graph.js';
import { ARTICLE_CARD, articleOf, articlesOfRows, type StoredArticle } from './article-card.js';
import { ARTICLE_GATE, CITATION_GATE, CLAIM_GATE, CONCERNS_SEEN, gateParams, PERSON_GATE } from './gate.js';
import { countsInOrderOf, distinct, inOrderOf, type Page, pageParams, type SortCursor } from './page.js';

export type { StoredArticle } from './article-card.js';
export { mentionsOf, type SeenMention, textsOf } from './article-words.js';

const BY_ID = `/* articles */ UNWIND $keys AS key
MATCH (:Article {id: key})-[:MERGED_INTO*0..]->(a:Article) WHERE ${ARTICLE_GATE}
RETURN key, {${ARTICLE_CARD}} AS found`;

/** Articles by id; survivors. Null where the sight doesn't see it (readers: no accepted citation of an accepted claim that they may see). */
export async function articles(graph: Reads, ids: readonly string[], sight: Sight): Promise<(StoredArticle | null)[]> {
  return found(graph, BY_ID, ids, sight);
}

const BY_URL = `/* articlesByUrl */ UNWIND $keys AS key
MATCH (:Article {url: key})-[:MERGED_INTO*0..]->(a:Article) WHERE ${ARTICLE_GATE}
RETURN key, {${ARTICLE_CARD}} AS found`;

/** Articles by url, as `articles`. */
export async function articlesByUrl(
  graph: Reads,
  urls: readonly string[],
  sight: Sight,
): Promise<(StoredArticle | null)[]> {
  return found(graph, BY_URL, urls, sight);
}

async function found(graph: Reads, statement: string, asked: readonly string[], sight: Sight) {
  const keys = distinct(asked);
  if (keys.length === 0) return asked.map(() => null);
  const rows = await graph.read(statement, { keys, ...gateParams(sight) });
  return inOrderOf(asked, rows, (row) => articleOf(row.found as Row, sight));
}

const COPIES = `/* copiesOf */ UNWIND $keys AS key
MATCH (b:Article {id: key})
CALL (b) {
  MATCH (a:Article)-[:BASED_ON]->(b) WHERE ${ARTICLE_GATE}
  WITH a, a.sort AS place ORDER BY place LIMIT $most
  RETURN collect({place: place, ${ARTICLE_CARD}}) AS rows
}
RETURN key, rows`;

const MOST_COPIES = 100;

/** The articles that are based on each article and that the sight sees, by `sort`, at most 100 each. */
export async function copiesOf(graph: Reads, ids: readonly string[], sight: Sight): Promise<StoredArticle[][]> {
  const keys = distinct(ids);
  if (keys.length === 0) return ids.map(() => []);
  const rows = await graph.read(COPIES, { keys, most: MOST_COPIES, ...gateParams(sight) });
  return inOrderOf(ids, rows, (row) => articlesOfRows(row.rows as Row[], sight)).map((list) => list ?? []);
}

/**
 * The articles `a` of a person `p`: cited for a claim about them, or naming them. Readers: the citation and its claim are accepted;
 * the names have been looked at, and the article is one that they see.
 */
export const OF_PERSON = `CALL (p) {
  MATCH (p)<-[:CONCERNS]-(c:Claim)-[:HAS]->(i:Citation)-[:\`IN\`]->(a:Article)
  WHERE a.mergedInto IS NULL AND ${CONCERNS_SEEN} AND ${CITATION_GATE} AND ${CLAIM_GATE} RETURN a
  UNION
  MATCH (p)<-[:MENTIONS]-(a:Article) WHERE ($level > 0 OR a.mentionsReviewed) AND ${ARTICLE_GATE} RETURN a
}`;

const PAGE_OF_PEOPLE = `/* articlesOfPeople */ UNWIND $keys AS key
MATCH (p:Person {id: key}) WHERE ${PERSON_GATE}
${OF_PERSON}
WITH key, collect(DISTINCT a {.id, .sort}) AS found
CALL (found) {
  UNWIND found AS item WITH item.id AS id, item.sort AS place WHERE place > $after
  WITH id, place ORDER BY place LIMIT $first
  MATCH (a:Article {id: id})
  RETURN collect({place: place, ${ARTICLE_CARD}}) AS rows
}
RETURN key, rows`;

/** A page for each person of the articles that are cited for a claim about them, or mention them, by `sort`. */
export async function articlesOfPeople(
  graph: Reads,
  personIds: readonly string[],
  page: Page<SortCursor>,
  sight: Sight,
): Promise<StoredArticle[][]> {
  const keys = distinct(personIds);
  if (keys.length === 0 || page.first < 1) return personIds.map(() => []);
  const rows = await graph.read(PAGE_OF_PEOPLE, { keys, ...pageParams(page), ...gateParams(sight) });
  return inOrderOf(personIds, rows, (row) => articlesOfRows(row.rows as Row[], sight)).map((list) => list ?? []);
}

const COUNT_OF_PEOPLE = `/* countArticlesOfPeople */ UNWIND $keys AS key
MATCH (p:Person {id: key}) WHERE ${PERSON_GATE}
${OF_PERSON}
RETURN key, count(DISTINCT a.id) AS found`;

export async function countArticlesOfPeople(
  graph: Reads,
  personIds: readonly string[],
  sight: Sight,
): Promise<number[]> {
  const keys = distinct(personIds);
  if (keys.length === 0) return personIds.map(() => 0);
  return countsInOrderOf(personIds, await graph.read(COUNT_OF_PEOPLE, { keys, ...gateParams(sight) }));
}
