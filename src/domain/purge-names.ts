import type { Person } from './records.js';
import { redact, type SoughtName, soughtNames, spansOf } from './redact.js';

/** Everything by which somebody who is purged was ever known here. */
export interface Known {
  /** Names, other names, and those by sources that somebody accepted. */
  names: readonly string[];
  /** What sources call them and nobody ever accepted. */
  unsure: readonly string[];
  slugs: readonly string[];
  externalIds: readonly string[];
  /** Of all these what is theirs now. What was, and is somebody else's now, came with a merge or by mistake, and is not theirs. */
  now: readonly string[];
}

/** What tells who a person is. */
export type Called = Partial<Pick<Person, 'name' | 'aliases' | 'slug' | 'externalIds'>>;

/** What is looked for. */
export interface PurgedNames {
  /** In every text there is. A name of one word, or that somebody else has too, would hit too many others. */
  everywhere: SoughtName[];
  /** In what tells of those who were close to them: their full names, whoever else has them. */
  close: SoughtName[];
  /** In texts that are known to be about them: all of it. */
  near: SoughtName[];
}

/** By which names a text is about them, and which it loses then. */
export type TextNames = Pick<PurgedNames, 'everywhere' | 'near'>;

/** By what these records of them say they are known. */
export function knownBy(people: readonly Called[]): Pick<Known, 'names' | 'slugs' | 'externalIds'> {
  return {
    names: people.flatMap(({ name, aliases = [] }) => [
      ...(name === undefined ? [] : [name]),
      ...aliases.map((alias) => alias.name),
    ]),
    slugs: people.flatMap(({ slug }) => slug ?? []),
    externalIds: people.flatMap(({ externalIds }) => externalIds ?? []),
  };
}

/** All of it as words of a text; the number of an index also without it. */
export function wordings({ names, slugs, externalIds }: Pick<Known, 'names' | 'slugs' | 'externalIds'>): string[] {
  const numbers = externalIds.map((id) => id.slice(id.indexOf(':') + 1)).filter(isIndexed);
  return [...names, ...slugs, ...externalIds, ...numbers];
}

/**
 * `others` are people here who stay; `spellings` are further names that whoever purges knows: they are looked for everywhere, whatever
 * they are and whoever has them.
 */
export function purgedNames(known: Known, spellings: readonly string[], others: readonly Called[] = []): PurgedNames {
  const given = keysOf(spellings);
  const now = keysOf(known.now);
  const shared = keysOf(wordings(knownBy(others)));
  const isShared = (name: SoughtName) => shared.has(keyOf(name)) && !given.has(keyOf(name));
  const isFull = (name: SoughtName) => given.has(keyOf(name)) || isTelling(name);
  const theirs = (texts: readonly string[]) =>
    soughtNames([...texts, ...spellings]).filter((name) => !isShared(name) || now.has(keyOf(name)));
  const sure = theirs(wordings(known));
  return {
    near: theirs([...wordings(known), ...known.unsure]),
    close: sure.filter(isFull),
    everywhere: sure.filter((name) => isFull(name) && !isShared(name)),
  };
}

/** A text without them: one that names them is about them, so it loses all of their names. */
export function textWithout(text: string, { everywhere, near }: TextNames): string {
  return spansOf(text, everywhere).length > 0 ? redact(text, near) : text;
}

const keyOf = ({ words }: SoughtName) => words.join(' ');
const keysOf = (texts: readonly string[]) => new Set(soughtNames(texts).map(keyOf));

/** Two words, or a number of an index, are nobody else's by chance. */
function isTelling(name: SoughtName): boolean {
  return name.words.length > 1 || isIndexed(keyOf(name));
}

/** Whether a word is the number of an index rather than a year or another number of a text: `Q1234`, `nm0000123`, `1234567`. */
function isIndexed(word: string): boolean {
  return /\d/.test(word) && word.length >= (/\D/.test(word) ? 5 : 7);
}

/**
 * Words in lower case, with and without accents, in one sign or two, of which a text that holds one of the names holds at least one: by
 * them an engine picks the texts to look at. Short words of a longer name are left out, for nearly every text has them.
 */
export function wordsIn(names: readonly SoughtName[], spelled: readonly string[]): string[] {
  const raw = (['NFC', 'NFD'] as const).flatMap((form) =>
    spelled.map(
      (name) =>
        name
          .normalize(form)
          .toLowerCase()
          .match(/[\p{L}\p{N}\p{M}]+/gu) ?? [],
    ),
  );
  const words = [...names.map((name) => name.words), ...raw].flatMap(longWords);
  return [...new Set([...words, ...words.flatMap(inAddresses)])];
}

/** How an address writes a word that has other letters than those of ASCII, however it is capitalised. */
function inAddresses(word: string): string[] {
  const [first = ''] = word;
  const cases = [word, first.toUpperCase() + word.slice(first.length), word.toUpperCase()];
  const written = cases.map((each) => encodeURIComponent(each).toLowerCase());
  return written.filter((each) => each.includes('%'));
}

function longWords(words: readonly string[]): readonly string[] {
  const atLeast = (length: number) => words.filter((word) => word.length >= length);
  return [atLeast(4), atLeast(3), words].find((some) => some.length > 0) ?? [];
}
