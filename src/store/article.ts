import type { Sight } from '../domain/gate.js';
import type { Article, Mention } from '../domain/records.js';
import type { Reads } from '../graph/graph.js';
import type { Page, SortCursor } from './page.js';
import type { StoredPerson } from './person.js';

/**
 * An article as a sight sees it: without its text and mentions, which are read apart. In `title` whoever is hidden reads
 * "[name withheld]"; it is null for readers where nobody has reviewed whom the kept text names.
 */
export interface StoredArticle extends Omit<Article, 'text' | 'mentions' | 'title'> {
  title: string | null;
  hasText: boolean;
  revision: number;
  dayMin: number;
  dayMax: number;
  /** The BASED_ON ancestors without parents. */
  roots: { id: string; outlet: string | null }[];
  sort: string;
}

/** A mention of somebody whom the sight sees. */
export interface SeenMention extends Omit<Mention, 'person'> {
  person: StoredPerson;
}

/** Articles by id; survivors. Null where the sight sees none of what it says (readers: no accepted citation of an accepted claim that they may see). */
export async function articles(
  _graph: Reads,
  _ids: readonly string[],
  _sight: Sight,
): Promise<(StoredArticle | null)[]> {
  throw new Error('unwritten');
}

/** Articles by url, as `articles`. */
export async function articlesByUrl(
  _graph: Reads,
  _urls: readonly string[],
  _sight: Sight,
): Promise<(StoredArticle | null)[]> {
  throw new Error('unwritten');
}

/** The texts of articles by id, null where none is kept; for REVIEWER and above only, null for everybody else. */
export async function textsOf(_graph: Reads, _ids: readonly string[], _sight: Sight): Promise<(string | null)[]> {
  throw new Error('unwritten');
}

/** The mentions of each article that the sight sees, TITLE first, by place; none for readers while nobody has reviewed them. At most 1,000 each. */
export async function mentionsOf(_graph: Reads, _ids: readonly string[], _sight: Sight): Promise<SeenMention[][]> {
  throw new Error('unwritten');
}

/** The articles that are based on each article and that the sight sees, by `sort`, at most 100 each. */
export async function copiesOf(_graph: Reads, _ids: readonly string[], _sight: Sight): Promise<StoredArticle[][]> {
  throw new Error('unwritten');
}

/** The articles that the sight sees, by `sort`. */
export async function articlesPage(_graph: Reads, _page: Page<SortCursor>, _sight: Sight): Promise<StoredArticle[]> {
  throw new Error('unwritten');
}

export async function countArticles(_graph: Reads, _sight: Sight): Promise<number> {
  throw new Error('unwritten');
}

/** A page for each person of the articles that are cited for a claim about them, or mention them. */
export async function articlesOfPeople(
  _graph: Reads,
  _personIds: readonly string[],
  _page: Page<SortCursor>,
  _sight: Sight,
): Promise<StoredArticle[][]> {
  throw new Error('unwritten');
}

export async function countArticlesOfPeople(
  _graph: Reads,
  _personIds: readonly string[],
  _sight: Sight,
): Promise<number[]> {
  throw new Error('unwritten');
}
