import type { Applied } from '../domain/change.js';
import type { Article, Citation } from '../domain/records.js';
import { checkQuote } from '../domain/rules.js';
import type { Reads, Row } from '../graph/graph.js';
import { storedOf } from './load.js';

const IN_ARTICLES =
  '/* citationsIn */ UNWIND $ids AS id MATCH (a:Article {id: id})<-[:`IN`]-(t:Citation) RETURN t {.*} AS props';

/** All citations of these articles, whatever their verdicts. */
export async function citationsIn(graph: Reads, articles: readonly string[]): Promise<Citation[]> {
  const rows = await graph.read(IN_ARTICLES, { ids: [...articles] });
  return rows.map(({ props }) => storedOf<'Citation'>('Citation', props as Row).record);
}

/**
 * Every quote of an article whose text changes stands where it is said to, once the change is made: those that the change doesn't
 * know of, because somebody has added them since it was planned, are among them. Throws INVALID_INPUT, rule QUOTE.
 */
export async function checkQuoted(graph: Reads, applied: readonly Applied[]): Promise<void> {
  const changed = applied.flatMap(({ edit, before, after }) =>
    edit.type === 'Article' && before !== null && after !== null && 'text' in (edit.after ?? {})
      ? [after as Article]
      : [],
  );
  if (changed.length === 0) return;
  const articles = new Map(changed.map((article) => [article.id, article]));
  const edited = new Set(applied.map(({ edit }) => edit.recordId));
  // Those that the change edits itself are checked with its records.
  for (const citation of await citationsIn(graph, [...articles.keys()]))
    if (!edited.has(citation.id)) checkQuote(citation, articles.get(citation.article) as Article);
}
