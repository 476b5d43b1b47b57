import type { Interval } from '../domain/evidence.js';
import type { Sight } from '../domain/gate.js';
import type { ArticleKind } from '../domain/words.js';
import type { Params, Reads, Row } from '../graph/graph.js';
import { OF_PERSON } from './article.js';
import { ARTICLE_CARD, articlesOfRows, type StoredArticle } from './article-card.js';
import { ARTICLE_GATE, gateParams, PERSON_GATE } from './gate.js';
import { distinct, FIRST_PLACE, LAST_PLACE, type Page, type SortCursor } from './page.js';

/** By day, then id; an article without a date stands at the day on which it was read. */
export type ArticleOrder = 'PUBLISHED_ASC' | 'PUBLISHED_DESC';

/** Which articles the root list takes; null takes all. */
export interface ArticleFilter {
  /** Case is ignored. */
  outlet: string | null;
  kinds: readonly ArticleKind[] | null;
  /** Whether a person has looked at whom they name. */
  mentionsReviewed: boolean | null;
  /** Ids of people whom the sight sees: those cited for a claim about any of them, or naming them. */
  people: readonly string[] | null;
  /** Published, or possibly published, in these days. What shows no date never was. */
  published: Interval | null;
  certainty: 'CERTAIN' | 'POSSIBLE';
}

const ALL_ARTICLES: ArticleFilter = {
  outlet: null,
  kinds: null,
  mentionsReviewed: null,
  people: null,
  published: null,
  certainty: 'POSSIBLE',
};

/** A page of articles; the earliest first unless told. */
export interface ArticleArgs extends Page<SortCursor> {
  orderBy?: ArticleOrder;
}

/** Every article, or those of some people, each once: found again by id, or the embedded engine can't read what hangs on them. */
const FROM = {
  all: `MATCH (a:Article) WHERE ${ARTICLE_GATE}`,
  some: `UNWIND $people AS id MATCH (p:Person {id: id}) WHERE ${PERSON_GATE} ${OF_PERSON}
WITH DISTINCT a.id AS found MATCH (a:Article {id: found}) WHERE a.mergedInto IS NULL`,
};

type From = keyof typeof FROM;

const FILTER = `($everywhere OR toLower(a.outlet) = $outlet)
  AND ($anything OR a.kind IN $kinds)
  AND ($anyhow OR a.mentionsReviewed = $reviewed)
  AND ($whenever OR (a.published IS NOT NULL AND a.dayMin <= $to AND a.dayMax >= $from
    AND (NOT $certainly OR (a.dayMin >= $from AND a.dayMax <= $to))))`;

const page = (from: From) => ({
  PUBLISHED_ASC: ordered(from, '>', ''),
  PUBLISHED_DESC: ordered(from, '<', ' DESC'),
});

const ordered = (from: From, beyond: string, direction: string) =>
  `/* articlesPage */ ${FROM[from]} AND a.sort ${beyond} $after AND ${FILTER}
WITH a, a.sort AS place ORDER BY place${direction} LIMIT $first
RETURN {place: place, ${ARTICLE_CARD}} AS found`;

const PAGE = { all: page('all'), some: page('some') };

/** The articles that the sight sees and the filter takes. */
export async function articlesPage(
  graph: Reads,
  args: ArticleArgs,
  sight: Sight,
  filter: ArticleFilter = ALL_ARTICLES,
): Promise<StoredArticle[]> {
  const { first, after, orderBy = 'PUBLISHED_ASC' } = args;
  if (first < 1 || takesNothing(filter)) return [];
  const descending = orderBy === 'PUBLISHED_DESC';
  const start = descending ? LAST_PLACE : FIRST_PLACE;
  const params = { ...filterParams(filter), ...gateParams(sight), first, after: after?.sort ?? start };
  const rows = await graph.read(PAGE[fromOf(filter)][orderBy], params);
  return articlesOfRows(
    rows.map(({ found }) => found as Row),
    sight,
    descending,
  );
}

const count = (from: From) => `/* countArticles */ ${FROM[from]} AND ${FILTER} RETURN count(a) AS found`;

const COUNT = { all: count('all'), some: count('some') };

/** How many articles `articlesPage` would list. */
export async function countArticles(graph: Reads, sight: Sight, filter: ArticleFilter = ALL_ARTICLES): Promise<number> {
  if (takesNothing(filter)) return 0;
  const [row] = await graph.read(COUNT[fromOf(filter)], { ...filterParams(filter), ...gateParams(sight) });
  return Number(row?.found ?? 0);
}

const fromOf = ({ people }: ArticleFilter): From => (people === null ? 'all' : 'some');

/** The engines differ on empty lists. */
const takesNothing = ({ kinds, people }: ArticleFilter) => kinds?.length === 0 || people?.length === 0;

function filterParams({ outlet, kinds, mentionsReviewed, people, published, certainty }: ArticleFilter): Params {
  return {
    people: distinct(people ?? []),
    everywhere: outlet === null,
    outlet: (outlet ?? '').toLowerCase(),
    anything: kinds === null,
    kinds: distinct(kinds ?? []),
    anyhow: mentionsReviewed === null,
    reviewed: mentionsReviewed ?? false,
    whenever: published === null,
    from: published?.min ?? 0,
    to: published?.max ?? 0,
    certainly: certainty === 'CERTAIN',
  };
}
