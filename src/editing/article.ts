import type { Change } from '../domain/change.js';
import { type Named, placesOfMentions } from '../domain/places.js';
import type { Article, Mention } from '../domain/records.js';
import { mentionsKept, reopened } from '../domain/reopen.js';
import { refused } from '../domain/rules.js';
import { looksWithheld } from '../domain/withhold.js';
import { AppError, invalid } from '../errors.js';
import type { Reads } from '../graph/graph.js';
import { loadRecords } from '../store/load.js';
import { citationsIn } from '../store/quoted.js';
import { carryOut, type Editor, madeId } from './editor.js';

/** What is said of an article, but for whom it names. */
export type ArticleFields = Omit<Article, 'id' | 'version' | 'mentions' | 'mergedInto'>;

/** Adds a source. @throws AppError CONFLICT, rule UNIQUE, for an address that is there; INVALID_INPUT. */
export function addArticle(editor: Editor, fields: ArticleFields, named: readonly Named[]): Promise<Change | null> {
  const mentions = found({ title: fields.title, text: fields.text, mentions: named });
  return carryOut(editor, 'addArticle', [
    { type: 'Article', id: madeId(editor, 'Article', 0), set: { ...fields, mentions } },
  ]);
}

function found(article: { title: string; text: string | null; mentions: readonly Named[] }): Mention[] {
  const mentions = placesOfMentions(article, (person) => person);
  if (typeof mentions === 'string') throw invalid('mentions', 'MENTION', mentions);
  return mentions;
}

/**
 * Changes an article. A new text is a new version, and reopens what it supported: a quote that no longer stands is PROPOSED, and so
 * is a claim that rested on nothing else. Mentions are found anew where `named` lists them; else those that still stand are kept.
 * Unless the order says so, nobody has looked at whom a new text or title names. `shown` is the article as the editor sees it,
 * where something may be withheld from them.
 * @throws AppError REFUSED, rule WITHHELD, for a title or text with a gap where a name is withheld from the editor: it would be lost.
 */
export async function updateArticle(
  editor: Editor,
  id: string,
  fields: Partial<ArticleFields>,
  named: readonly Named[] | null,
  { revision, shown }: { revision: number; shown?: ShownWords },
): Promise<Change | null> {
  return carryOut(
    editor,
    'updateArticle',
    async (graph) => {
      const article = await articleNow(graph, id);
      if (shown) checkGaps(article, shown, fields);
      const { text = article.text } = fields;
      const quotes = text === article.text ? [] : reopened(text, await citationsIn(graph, [id]));
      return [{ type: 'Article', id, set: { ...fields, ...reworded(article, fields, named) } }, ...quotes];
    },
    { [id]: revision },
  );
}

/** An article's words as somebody sees them. */
export type ShownWords = { [Part in 'title' | 'text']: string | null };

function checkGaps(article: Article, shown: ShownWords, fields: Partial<ArticleFields>): void {
  for (const part of ['title', 'text'] as const) {
    if (shown[part] !== article[part] && looksWithheld(fields[part] ?? ''))
      throw refused('WITHHELD', 'It would lose a name that is withheld from you', { field: `set.${part}` });
  }
}

/** What goes with a new title or text. */
function reworded(article: Article, fields: Partial<ArticleFields>, named: readonly Named[] | null): Partial<Article> {
  const { title = article.title, text = article.text } = fields;
  const isReworded = title !== article.title || text !== article.text;
  const set: Partial<Article> = {};
  if (named !== null) set.mentions = found({ title, text, mentions: named });
  else if (isReworded) set.mentions = mentionsKept(title === article.title ? article : withoutTitle(article), text);
  if (isReworded) set.mentionsReviewed = fields.mentionsReviewed ?? false;
  if (text !== article.text) set.version = article.version + 1;
  return set;
}

const withoutTitle = ({ mentions }: Article) => ({ mentions: mentions.filter(({ part }) => part === 'TEXT') });

/** Says whom a place in an article really names, or, with null, that it names nobody in the graph. NOT_FOUND for no such mention. */
export async function rebindMention(
  editor: Editor,
  id: string,
  { part, from, person }: Pick<Mention, 'part' | 'from'> & { person: string | null },
  revision: number,
): Promise<Change | null> {
  return carryOut(
    editor,
    'rebindMention',
    async (graph) => {
      const { mentions } = await articleNow(graph, id);
      const at = mentions.findIndex((mention) => mention.part === part && mention.from === from);
      if (at === -1) throw new AppError('NOT_FOUND', 'Nobody is named there', { field: 'from' });
      const rebound = mentions.flatMap((mention, place): Mention[] => {
        if (place !== at) return [mention];
        return person === null ? [] : [{ ...mention, person }];
      });
      return [{ type: 'Article', id, set: { mentions: rebound } }];
    },
    { [id]: revision },
  );
}

async function articleNow(graph: Reads, id: string): Promise<Article> {
  const stored = (await loadRecords(graph, [id])).get(id);
  if (stored === undefined) throw new AppError('NOT_FOUND', `There is no article ${id}`, { field: 'id' });
  return stored.record as Article;
}
