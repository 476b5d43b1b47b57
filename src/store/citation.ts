import { type Sight, seesPerson } from '../domain/gate.js';
import { type Citation, typeOfId } from '../domain/records.js';
import { withhold } from '../domain/withhold.js';
import type { Reads, Row } from '../graph/graph.js';
import { ARTICLE_CARD, articleOf, isTable, isTold, namesIn, type StoredArticle } from './article-card.js';
import { CITATION_GATE, CLAIM_GATE, gateParams } from './gate.js';
import { compareTexts, countsInOrderOf, distinct, inOrderOf, type Page } from './page.js';
import { personOf, type StoredPerson } from './person.js';
import { decode } from './records.js';

/** A citation's place in a list: by its article's `sort`, then its own id. */
export interface CitationCursor {
  sort: string;
  id: string;
}

/**
 * A citation as a sight sees it, with its article. In `quote` whoever is hidden reads "[name withheld]"; it is null for readers where
 * nobody has reviewed whom the article names.
 */
export interface StoredCitation extends Omit<Citation, 'quote' | 'article'> {
  quote: string | null;
  revision: number;
  article: StoredArticle;
  /** The person of `side`, where the sight sees them; `side` is null where not. */
  sidePerson: StoredPerson | null;
  cursor: CitationCursor;
}

/** What every statement that answers citations returns of `i` and its article `a`. */
const CARD = `{citation: i {.*}, subject: c.subject, side: [(i)-[:SPEAKS_FOR]->(s:Person) | s {.*}], ${ARTICLE_CARD}}`;

function citationOf(row: Row, sight: Sight): StoredCitation {
  const properties = row.citation as Row;
  const { quote, ...record } = decode('Citation', properties);
  const article = articleOf(row, sight);
  const sidePerson = sideOf(row.side as Row[], sight);
  const hidden = namesIn('TEXT', row.hidden as Row[]);
  return {
    ...record,
    quote:
      isTold(sight, article) || (isTable(article) && tellsOfBoth(row)) ? withhold(quote, hidden, record.from) : null,
    side: sidePerson?.id ?? null,
    sidePerson,
    revision: Number(properties.revision),
    article,
    cursor: { sort: article.sort, id: record.id },
  };
}

/** The row of a couple names both: who sees what they are to each other may read it, a claim about one of them tells it of the other. */
function tellsOfBoth({ subject }: Row): boolean {
  return typeOfId(String(subject)) !== 'Person';
}

function sideOf([side]: readonly Row[], sight: Sight): StoredPerson | null {
  if (side === undefined) return null;
  const person = personOf(side);
  return seesPerson(sight, person) ? person : null;
}

const BY_ID = `/* citations */ UNWIND $keys AS key
MATCH (c:Claim)-[:HAS]->(i:Citation {id: key})-[:\`IN\`]->(a:Article) WHERE ${CITATION_GATE} AND ${CLAIM_GATE}
RETURN key, ${CARD} AS found`;

/** Citations by id, null where the sight sees them or their claim not (readers: accepted ones only). */
export async function citations(
  graph: Reads,
  ids: readonly string[],
  sight: Sight,
): Promise<(StoredCitation | null)[]> {
  const keys = distinct(ids);
  if (keys.length === 0) return ids.map(() => null);
  const rows = await graph.read(BY_ID, { keys, ...gateParams(sight) });
  return inOrderOf(ids, rows, ({ found }) => citationOf(found as Row, sight));
}

const OF_CLAIM = `MATCH (c)-[:HAS]->(i:Citation)-[:\`IN\`]->(a:Article) WHERE ${CITATION_GATE}`;

const PAGE_OF = `/* citationsOf */ UNWIND $keys AS key MATCH (c:Claim {id: key}) WHERE ${CLAIM_GATE}
CALL (c) {
  ${OF_CLAIM} AND (a.sort > $after OR (a.sort = $after AND i.id > $id))
  WITH i, a ORDER BY a.sort, i.id LIMIT $first
  RETURN collect(${CARD}) AS rows
}
RETURN key, rows`;

/** A page of the citations of each claim that the sight sees, by their articles' days. */
export async function citationsOf(
  graph: Reads,
  claimIds: readonly string[],
  { first, after }: Page<CitationCursor>,
  sight: Sight,
): Promise<StoredCitation[][]> {
  const keys = distinct(claimIds);
  if (keys.length === 0 || first < 1) return claimIds.map(() => []);
  const place = { first, after: after?.sort ?? '', id: after?.id ?? '' };
  const rows = await graph.read(PAGE_OF, { keys, ...place, ...gateParams(sight) });
  const make = (row: Row) => (row.rows as Row[]).map((found) => citationOf(found, sight)).sort(byCursor);
  return inOrderOf(claimIds, rows, make).map((list) => list ?? []);
}

function byCursor({ cursor: one }: StoredCitation, { cursor: other }: StoredCitation): number {
  return compareTexts(one.sort, other.sort) || compareTexts(one.id, other.id);
}

const COUNT_OF = `/* countCitationsOf */ UNWIND $keys AS key MATCH (c:Claim {id: key}) WHERE ${CLAIM_GATE}
CALL (c) { ${OF_CLAIM} RETURN count(i) AS found }
RETURN key, found`;

export async function countCitationsOf(graph: Reads, claimIds: readonly string[], sight: Sight): Promise<number[]> {
  const keys = distinct(claimIds);
  if (keys.length === 0) return claimIds.map(() => 0);
  return countsInOrderOf(claimIds, await graph.read(COUNT_OF, { keys, ...gateParams(sight) }));
}
