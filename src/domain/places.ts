import type { Mention } from './records.js';

/** Finds places in texts. All offsets are UTF-16 code units, as a browser counts. */

export interface Place {
  from: number;
  to: number;
}

/**
 * Where a quote stands in a text: at `from` if given, else at its only place. Answers why not, where it stands nowhere, somewhere
 * else, or more than once without `from`.
 */
export function placeOfQuote(text: string, quote: string, from?: number): Place | string {
  const at = from ?? text.indexOf(quote);
  if (at === -1 || !text.startsWith(quote, at)) return 'the quote does not stand in the text of its article';
  if (from === undefined && text.indexOf(quote, at + 1) !== -1)
    return 'the quote stands more than once in the text: say where with `from`';
  return { from: at, to: at + quote.length };
}

/** Somebody whom a text names, by whatever the caller knows them by. */
export interface Named extends Pick<Mention, 'surface' | 'part' | 'person'> {
  from?: number | undefined;
}

/** A name that stands nowhere: the how manieth of those that were given, and why. */
export interface Misplaced {
  place: number;
  message: string;
}

/**
 * Where an article names people: each surface at its `from`, else at every place where it stands as a word and where no longer
 * surface does ("West" is not found inside "North West" if both are given). Answers the first surface that stands nowhere.
 */
export function placesOfMentions(
  article: { title: string; text?: string | null | undefined; mentions: readonly Named[] },
  idOf: (key: string) => string,
): Mention[] | Misplaced {
  const longestFirst = [...article.mentions.entries()].sort(([, a], [, b]) => b.surface.length - a.surface.length);
  const found: Mention[] = [];
  for (const [place, mention] of longestFirst) {
    const { part, surface } = mention;
    const places = placesOf(mention, part === 'TITLE' ? article.title : (article.text ?? ''));
    if (places.length === 0)
      return { place, message: `${JSON.stringify(surface)} does not stand in the ${part.toLowerCase()}` };
    const free = places.filter((at) => !found.some((other) => other.part === part && overlap(other, at)));
    found.push(...free.map((at) => ({ surface, part, ...at, person: idOf(mention.person) })));
  }
  return found.sort(byPlace);
}

/** Mentions by their place, with these kept: where two would overlap, the one that is kept stays. */
export function withKept(found: readonly Mention[], kept: readonly Mention[]): Mention[] {
  const free = found.filter((mention) => !kept.some((other) => other.part === mention.part && overlap(other, mention)));
  return [...free, ...kept].sort(byPlace);
}

function byPlace(a: Mention, b: Mention): number {
  if (a.part !== b.part) return a.part === 'TITLE' ? -1 : 1;
  return a.from - b.from;
}

function placesOf({ surface, from }: Named, text: string): Place[] {
  // No text stands everywhere, and the search for it would never end.
  if (surface === '') return [];
  if (from !== undefined) return text.startsWith(surface, from) ? [{ from, to: from + surface.length }] : [];
  const places: Place[] = [];
  for (let at = text.indexOf(surface); at !== -1; at = text.indexOf(surface, at + surface.length)) {
    if (isWord(text, at, at + surface.length)) places.push({ from: at, to: at + surface.length });
  }
  return places;
}

const WORD = /[\p{L}\p{N}]/u;

function isWord(text: string, from: number, to: number): boolean {
  return !WORD.test(text.slice(Math.max(0, from - 1), from)) && !WORD.test(text.slice(to, to + 1));
}

const overlap = (a: Place, b: Place) => a.from < b.to && b.from < a.to;
