import type { Person } from './records.js';
import { redact, type SoughtName, soughtNames, spansOf } from './redact.js';

/** Everything by which somebody who is purged was ever known here. */
export interface Known {
  /** Names, other names, and what sources call them. */
  names: readonly string[];
  slugs: readonly string[];
  externalIds: readonly string[];
}

/** What is looked for. */
export interface PurgedNames {
  /** In every text there is: a name of one word would hit too many others. */
  everywhere: SoughtName[];
  /** In texts that are known to be about them: all of it. */
  near: SoughtName[];
}

/** By what these records of them say they are known. */
export function knownBy(people: readonly Partial<Pick<Person, 'name' | 'aliases' | 'slug' | 'externalIds'>>[]): Known {
  return {
    names: people.flatMap(({ name, aliases = [] }) => [name ?? '', ...aliases.map((alias) => alias.name)]),
    slugs: people.flatMap(({ slug }) => slug ?? []),
    externalIds: people.flatMap(({ externalIds }) => externalIds ?? []),
  };
}

/** `spellings` are further ones that whoever purges knows: they are looked for everywhere, whatever they are. */
export function purgedNames({ names, slugs, externalIds }: Known, spellings: readonly string[]): PurgedNames {
  const numbers = externalIds.map((id) => id.slice(id.indexOf(':') + 1));
  const all = soughtNames([...names, ...slugs, ...externalIds, ...numbers, ...spellings]);
  const given = new Set(soughtNames(spellings).map(keyOf));
  return { near: all, everywhere: all.filter((name) => given.has(keyOf(name)) || isTelling(name)) };
}

/** A text without them: one that names them is about them, so it loses all of their names. */
export function textWithout(text: string, { everywhere, near }: PurgedNames): string {
  return spansOf(text, everywhere).length > 0 ? redact(text, near) : text;
}

const keyOf = ({ words }: SoughtName) => words.join(' ');

/** Two words, or a number of an index, are nobody else's by chance. */
function isTelling({ words }: SoughtName): boolean {
  return words.length > 1 || (/\d/.test(keyOf({ words } as SoughtName)) && keyOf({ words } as SoughtName).length >= 5);
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
  return [...new Set([...names.map(({ words }) => words), ...raw].flatMap(longWords))];
}

function longWords(words: readonly string[]): readonly string[] {
  const atLeast = (length: number) => words.filter((word) => word.length >= length);
  return [atLeast(4), atLeast(3), words].find((some) => some.length > 0) ?? [];
}
