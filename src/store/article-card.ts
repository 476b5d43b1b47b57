import type { Sight } from '../domain/gate.js';
import type { Article, Mention } from '../domain/records.js';
import { type NamedAt, withhold } from '../domain/withhold.js';
import type { Row } from '../graph/graph.js';
import { PERSON_GATE } from './gate.js';
import { byPlace } from './page.js';
import { decode, FIELDS_OF } from './records.js';

/**
 * An article as a sight sees it: without its text and mentions, which are read apart. In `title` whoever is hidden reads
 * "[name withheld]"; it is null for readers where nobody has reviewed whom the article names.
 */
export interface StoredArticle extends Omit<Article, 'text' | 'mentions' | 'title'> {
  title: string | null;
  hasText: boolean;
  revision: number;
  dayMin: number;
  dayMax: number;
  /** The BASED_ON ancestors without parents. */
  roots: { id: string; outlet: string | null }[];
  /** Its place in every list of articles: by day, then id. */
  sort: string;
}

/** The mentions of `a` whose people are hidden from the sight. */
export const HIDDEN = `[(a)-[m:MENTIONS]->(x:Person) WHERE NOT (${PERSON_GATE.replaceAll('p.', 'x.')}) | m {.part, .surface, .from, .to}]`;

const CARD_FIELDS = [
  ...FIELDS_OF.Article.filter((field) => field !== 'text' && field !== 'mentions'),
  ...['revision', 'dayMin', 'dayMax', 'roots', 'sort'],
];

/** What every statement that answers articles returns of `a`: neither its text nor its mentions, either of which may be long. */
export const ARTICLE_CARD = `article: a {${CARD_FIELDS.map((field) => `.${field}`).join(', ')}, hasText: a.text IS NOT NULL}, hidden: ${HIDDEN}`;

/** The article of a row of `ARTICLE_CARD`. */
export function articleOf({ article, hidden }: Row, sight: Sight): StoredArticle {
  const properties = article as Row;
  const { text: _, mentions: __, title, ...record } = decode('Article', { ...properties, mentions: '[]' });
  const hasText = properties.hasText === true;
  return {
    ...record,
    hasText,
    title:
      isTold(sight, record) || isTable({ ...record, hasText })
        ? withhold(title, namesIn('TITLE', hidden as Row[]), 0)
        : null,
    revision: Number(properties.revision),
    dayMin: Number(properties.dayMin),
    dayMax: Number(properties.dayMax),
    roots: JSON.parse(String(properties.roots)) as StoredArticle['roots'],
    sort: String(properties.sort),
  };
}

/** Whether the words of an article may be shown: readers wait until somebody has looked at whom it names. */
export function isTold(sight: Sight, { mentionsReviewed }: { mentionsReviewed: boolean }): boolean {
  return sight.level > 0 || mentionsReviewed;
}

/** Whether an article is rows that nobody keeps: its title names nobody, and a quote of it those whom its row is about. */
export function isTable({ kind, hasText }: Pick<StoredArticle, 'kind' | 'hasText'>): boolean {
  return kind === 'DATASET' && !hasText;
}

/** The hidden names of a row of `ARTICLE_CARD` in its title or its text. */
export function namesIn(part: Mention['part'], hidden: readonly Row[]): NamedAt[] {
  return hidden
    .filter((mention) => mention.part === part)
    .map(({ surface, from, to }) => ({ surface: String(surface), from: Number(from), to: Number(to) }));
}

/** The articles of collected rows, in order of their places. */
export function articlesOfRows(rows: readonly Row[], sight: Sight, descending = false): StoredArticle[] {
  return byPlace(rows, descending).map((row) => articleOf(row, sight));
}
