import type { Sight } from '../domain/gate.js';
import type { Citation } from '../domain/records.js';
import type { Reads } from '../graph/graph.js';
import type { StoredArticle } from './article.js';
import type { Page } from './page.js';
import type { StoredPerson } from './person.js';

/** A citation's place in a list: by its article's `sort`, then its own id. */
export interface CitationCursor {
  sort: string;
  id: string;
}

/**
 * A citation as a sight sees it, with its article. In `quote` whoever is hidden reads "[name withheld]"; it is null for readers where
 * nobody has reviewed whom the kept text names.
 */
export interface StoredCitation extends Omit<Citation, 'quote' | 'article'> {
  quote: string | null;
  revision: number;
  article: StoredArticle;
  /** The person of `side`, where the sight sees them; `side` is null where not. */
  sidePerson: StoredPerson | null;
  cursor: CitationCursor;
}

/** Citations by id, null where the sight sees them or their claim not (readers: accepted ones only). */
export async function citations(
  _graph: Reads,
  _ids: readonly string[],
  _sight: Sight,
): Promise<(StoredCitation | null)[]> {
  throw new Error('unwritten');
}

/** A page of the citations of each claim that the sight sees. */
export async function citationsOf(
  _graph: Reads,
  _claimIds: readonly string[],
  _page: Page<CitationCursor>,
  _sight: Sight,
): Promise<StoredCitation[][]> {
  throw new Error('unwritten');
}

export async function countCitationsOf(_graph: Reads, _claimIds: readonly string[], _sight: Sight): Promise<number[]> {
  throw new Error('unwritten');
}
