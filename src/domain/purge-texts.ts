import type { AnyRecord } from './change.js';
import { groupBy } from './group.js';
import type { Without } from './purge-fields.js';
import { all, type PurgeWorld } from './purge-world.js';
import type { Article, Citation } from './records.js';
import { blacken, type SoughtName, soughtNames, spansOf } from './redact.js';

/** How records read that lose more than the names that everything loses: those whose texts tell of somebody beside others. Pure. */
export function textsWithout(
  world: PurgeWorld,
  gone: ReadonlySet<string>,
  near: ReadonlySet<string>,
  everyName: Without,
): Map<string, Without> {
  return new Map([...specialOf(world, near, everyName), ...rowsOf(world, gone, everyName)]);
}

/** Articles that tell of them with their quotes, and those who were close to them. */
function specialOf(world: PurgeWorld, near: ReadonlySet<string>, everyName: Without): Map<string, Without> {
  const { isGone } = everyName;
  const special = new Map<string, Without>();
  const quotes = groupBy(all(world, 'Citation'), ({ article }) => article);
  for (const article of all(world, 'Article')) {
    if (!near.has(article.id)) continue;
    // Older texts, whose places nobody knows, lose whatever it calls them wherever that stands.
    const surfaces = surfacesIn(article, world.names.near, isGone);
    const texts = articleTexts(article, world.names.near, isGone);
    special.set(article.id, { ...everyName, surfaces, texts });
    for (const citation of quotes.get(article.id) ?? [])
      special.set(citation.id, { ...everyName, surfaces, texts: quoteOf(citation, article, texts) });
  }
  const couples = all(world, 'Relationship').filter(({ a, b }) => isGone(a) || isGone(b));
  for (const person of couples.flatMap(({ a, b }) => [a, b]))
    special.set(person, { isGone, names: { everywhere: world.names.close, near: world.names.near } });
  return special;
}

/**
 * Rows of a data set that tell of them, where they are cited for others: a row is about all whom it names, so all of it goes. A row
 * tells of them if it names them, or if something of theirs rests on it.
 */
function rowsOf(world: PurgeWorld, gone: ReadonlySet<string>, everyName: Without): Map<string, Without> {
  const rows = all(world, 'Citation').filter((citation) => isRow(citation, world.records));
  const theirs = new Set(rows.filter(({ id }) => gone.has(id)).map(rowKey));
  const telling = rows.filter((row) => theirs.has(rowKey(row)) || spansOf(row.quote, world.names.near).length > 0);
  return new Map(
    telling.map(({ id, quote }) => {
      const black = blacken(quote, [{ from: 0, to: quote.length }]);
      return [id, { ...everyName, texts: new Map([quote, black].map((text) => [text, black])) }];
    }),
  );
}

/** Whether a citation is of a row as a whole: no place in a text that is kept. */
export function isRow({ article, from }: Citation, records: ReadonlyMap<string, AnyRecord>): boolean {
  const source = records.get(article) as Article | undefined;
  return from === null && source?.kind === 'DATASET';
}

export const rowKey = ({ article, quote }: Pick<Citation, 'article' | 'quote'>): string => `${article} ${quote}`;

/** What an article calls them beside their names. */
function surfacesIn(
  { mentions }: Article,
  names: readonly SoughtName[],
  isGone: (person: string) => boolean,
): SoughtName[] {
  const surfaces = mentions.filter(({ person }) => isGone(person)).map(({ surface }) => surface);
  const known = new Set(names.map(({ words }) => words.join(' ')));
  return soughtNames(surfaces).filter(({ words }) => words.join('').length > 2 && !known.has(words.join(' ')));
}

/** Title and text as they read now, without them where they are named, and as others are named. */
function articleTexts(
  { title, text, mentions }: Article,
  names: readonly SoughtName[],
  isGone: (person: string) => boolean,
): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [part, whole] of [
    ['TITLE', title],
    ['TEXT', text],
  ] as const) {
    if (whole === null) continue;
    const here = mentions.filter((mention) => mention.part === part);
    const others = here.filter(({ person }) => !isGone(person));
    const told = blacken(
      blacken(whole, spansOf(whole, names), others),
      here.filter(({ person }) => isGone(person)),
    );
    texts.set(whole, told).set(told, told);
  }
  return texts;
}

/** A quote reads as its article does. */
function quoteOf(
  { quote, from, to }: Citation,
  { text }: Article,
  texts: ReadonlyMap<string, string>,
): Map<string, string> {
  const told = text === null || from === null || to === null ? undefined : texts.get(text)?.slice(from, to);
  return new Map(
    told === undefined
      ? []
      : [
          [quote, told],
          [told, told],
        ],
  );
}
