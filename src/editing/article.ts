import { checkDays } from '../domain/article-days.js';
import type { Change } from '../domain/change.js';
import { type Sight, seesPerson } from '../domain/gate.js';
import { dayIn } from '../domain/moment.js';
import { type Named, placesOfMentions, withKept } from '../domain/places.js';
import type { Article, Mention } from '../domain/records.js';
import { mentionsKept, reopened } from '../domain/reopen.js';
import { refused } from '../domain/rules.js';
import { looksWithheld } from '../domain/withhold.js';
import { AppError, invalid, pathTo, under } from '../errors.js';
import type { Reads } from '../graph/graph.js';
import { loadRecords } from '../store/load.js';
import { people } from '../store/person.js';
import { citationsIn } from '../store/quoted.js';
import { carryOut, type Editor, madeId } from './editor.js';

/** What is said of an article, but for whom it names. */
export type ArticleFields = Omit<Article, 'id' | 'version' | 'mentions' | 'mergedInto'>;

/** Adds a source. @throws AppError CONFLICT, rule UNIQUE, for an address that is there; INVALID_INPUT. */
export function addArticle(editor: Editor, fields: ArticleFields, named: readonly Named[]): Promise<Change | null> {
  const mentions = under('input', () => {
    checkDays(fields, fields, dayIn(editor.at));
    return found({ title: fields.title, text: fields.text, mentions: named });
  });
  const id = madeId(editor, 'Article', 0);
  editor.paths?.set(id, asSaid('input', mentions, named));
  return carryOut(editor, 'addArticle', [{ type: 'Article', id, set: { ...fields, mentions } }]);
}

/** Where an order says the fields of an article: it may name at once who stands at several places. */
const asSaid = (path: string, mentions: readonly Mention[], named: readonly Named[]) => (field: string) => {
  const [, at, rest = ''] = /^mentions\[(\d+)\](.*)/.exec(field) ?? [];
  if (at === undefined) return pathTo(path, field);
  const place = named.findIndex(({ person }) => person === mentions[Number(at)]?.person);
  return pathTo(path, place === -1 ? 'mentions' : `mentions[${place}]${rest}`);
};

function found(article: { title: string; text: string | null; mentions: readonly Named[] }): Mention[] {
  const mentions = placesOfMentions(article, (person) => person);
  if (!Array.isArray(mentions)) throw invalid(`mentions[${mentions.place}].surface`, 'MENTION', mentions.message);
  return mentions;
}

/** What an editor of an article has seen. */
export interface SeenArticle {
  revision: number;
  /** Whom they see: mentions of others stay as they are. Everybody unless told. */
  sight?: Sight;
}

/**
 * Changes an article. A new text is a new version, and reopens what it supported: a quote that no longer stands is PROPOSED, and so
 * is a claim that rested on nothing else. Mentions are found anew where `named` lists them; else those that still stand are kept.
 * Unless the order says so, nobody has looked at whom a new text or title names.
 * @throws AppError REFUSED, rule WITHHELD, for a title or text with a gap where a name is withheld from the editor: it would be lost.
 */
export async function updateArticle(
  editor: Editor,
  id: string,
  fields: Partial<ArticleFields>,
  named: readonly Named[] | null,
  { revision, sight }: SeenArticle,
): Promise<Change | null> {
  return carryOut(
    editor,
    'updateArticle',
    async (graph) => {
      const article = await articleNow(graph, id);
      const hidden = await hiddenIn(graph, article, sight);
      checkGaps(hidden, fields);
      under('set', () => checkDays({ ...article, ...fields }, fields, dayIn(editor.at)));
      const { text = article.text } = fields;
      const quotes = text === article.text ? [] : reopened(text, await citationsIn(graph, [id]));
      const set = { ...fields, ...under('set', () => reworded(article, fields, named, hidden)) };
      editor.paths?.set(id, asSaid('set', set.mentions ?? [], named ?? []));
      return [{ type: 'Article', id, set }, ...quotes];
    },
    { [id]: revision },
  );
}

/** Says whom an article names, where `named` lists them, and whether a person has looked at that. */
export async function reviewMentions(
  editor: Editor,
  id: string,
  { named, reviewed }: { named: readonly Named[] | null; reviewed: boolean },
  { revision, sight }: SeenArticle,
): Promise<Change | null> {
  return carryOut(
    editor,
    'reviewMentions',
    async (graph) => {
      const article = await articleNow(graph, id);
      const hidden = await hiddenIn(graph, article, sight);
      const set = { mentionsReviewed: reviewed, ...reworded(article, {}, named, hidden) };
      editor.paths?.set(id, asSaid('', set.mentions ?? [], named ?? []));
      return [{ type: 'Article', id, set }];
    },
    { [id]: revision },
  );
}

/** The mentions of an article whose people a sight does not see. */
async function hiddenIn(graph: Reads, { mentions }: Article, sight: Sight | undefined): Promise<Mention[]> {
  if (sight === undefined || mentions.length === 0) return [];
  const found = await people(
    graph,
    mentions.map(({ person }) => person),
  );
  return mentions.filter((_, at) => {
    const person = found[at];
    return !person || !seesPerson(sight, person);
  });
}

function checkGaps(hidden: readonly Mention[], fields: Partial<ArticleFields>): void {
  for (const [part, field] of [
    ['TITLE', 'title'],
    ['TEXT', 'text'],
  ] as const) {
    if (hidden.some((mention) => mention.part === part) && looksWithheld(fields[field] ?? ''))
      throw refused('WITHHELD', 'It would lose a name that is withheld from you', { field: `set.${field}` });
  }
}

/** What goes with a new title or text. */
function reworded(
  article: Article,
  fields: Partial<ArticleFields>,
  named: readonly Named[] | null,
  hidden: readonly Mention[],
): Partial<Article> {
  const { text = article.text } = fields;
  // A title is never null: what says so is refused with the record.
  const title = fields.title ?? article.title;
  const isReworded = title !== article.title || text !== article.text;
  const set: Partial<Article> = {};
  const kept = (mentions: readonly Mention[]) => mentionsKept(mentions, article, { title, text });
  if (named !== null) set.mentions = withKept(found({ title, text, mentions: named }), kept(hidden));
  else if (isReworded) set.mentions = kept(article.mentions);
  if (isReworded) set.mentionsReviewed = fields.mentionsReviewed ?? false;
  if (text !== article.text) set.version = article.version + 1;
  return set;
}

/** Says whom a place in an article really names, or, with null, that it names nobody in the graph. NOT_FOUND for no such mention. */
export async function rebindMention(
  editor: Editor,
  id: string,
  { part, from, person }: Pick<Mention, 'part' | 'from'> & { person: string | null },
  { revision, sight }: SeenArticle,
): Promise<Change | null> {
  editor.paths?.set(id, () => 'person');
  return carryOut(
    editor,
    'rebindMention',
    async (graph) => {
      const article = await articleNow(graph, id);
      const { mentions } = article;
      const at = mentions.findIndex((mention) => mention.part === part && mention.from === from);
      const hidden = await hiddenIn(graph, article, sight);
      if (at === -1 || hidden.some((mention) => mention === mentions[at]))
        throw new AppError('NOT_FOUND', 'Nobody is named there', { field: 'from' });
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
