import MiniSearch, { type Query } from 'minisearch';
import type { Entry, SearchType } from './search-entry.js';
import { Initials } from './search-initials.js';
import { isInitial, mayBeNear, mayBeUnfinished, squeeze, type Wanted } from './search-match.js';

/** Words that are looked up; the others are only checked. More than a name has, and few enough for any text. */
const MOST_LOOKED_UP = 8;
/** Entries that are indexed before others get their turn. */
const AT_A_TIME = 500;

/**
 * Names by their words, in this process. It finds every entry that can match and some that don't: `match` decides. Its own scores,
 * which depend on everybody's names, are not used.
 */
export class NameIndex {
  private readonly entries = new Map<string, Entry>();
  private readonly bySqueezed = new Map<string, Set<string>>();
  private readonly initials = new Initials();
  private readonly words = new MiniSearch<{ id: string; text: string }>({
    fields: ['text'],
    tokenize: (text) => text.split(' '),
    processTerm: (word) => word,
  });
  /** Goes up with every entry that is put or removed. */
  version = 0;

  get size(): number {
    return this.entries.size;
  }

  get(id: string): Entry | undefined {
    return this.entries.get(id);
  }

  /** Adds entries or puts them in the place of those with their ids; whoever is in it stays findable meanwhile. */
  async putAll(entries: readonly Entry[]): Promise<void> {
    const known = entries.filter(({ id }) => this.entries.has(id));
    const fresh = new Map(entries.filter(({ id }) => !this.entries.has(id)).map((entry) => [entry.id, entry]));
    for (const [done, entry] of known.entries()) {
      this.forget(entry.id);
      this.note(entry);
      this.words.replace(textOf(entry));
      if (done % AT_A_TIME === AT_A_TIME - 1) await new Promise(setImmediate);
    }
    for (const entry of fresh.values()) this.note(entry);
    await this.words.addAllAsync([...fresh.values()].map(textOf), { chunkSize: AT_A_TIME });
    this.version += 1;
  }

  remove(id: string): void {
    if (!this.entries.has(id)) return;
    this.forget(id);
    this.entries.delete(id);
    this.words.discard(id);
    this.version += 1;
  }

  /** Every entry of these types that may match, in no order. */
  candidates(asked: Wanted, types: readonly SearchType[]): Entry[] {
    const ids = new Set(this.bySqueezed.get(asked.squeezed));
    for (const { id } of this.words.search(queryOf(asked))) ids.add(id as string);
    return [...ids].flatMap((id) => {
      const entry = this.entries.get(id);
      return entry !== undefined && types.includes(entry.type) ? [entry] : [];
    });
  }

  /** The people who have a word that begins with this letter, the heavier on a day first, then by `sort`. */
  beginningWith(letter: string, today: number): Entry[] {
    return this.initials.of(letter, today);
  }

  private note(entry: Entry): void {
    this.entries.set(entry.id, entry);
    this.version += 1;
    if (entry.type === 'PERSON') this.initials.put(entry);
    for (const { folded } of entry.names) {
      const key = squeeze(folded);
      const ids = this.bySqueezed.get(key) ?? new Set();
      this.bySqueezed.set(key, ids.add(entry.id));
    }
  }

  private forget(id: string): void {
    const entry = this.entries.get(id);
    if (entry?.type === 'PERSON') this.initials.remove(entry);
    for (const { folded } of entry?.names ?? []) {
      const key = squeeze(folded);
      const ids = this.bySqueezed.get(key);
      ids?.delete(id);
      if (ids?.size === 0) this.bySqueezed.delete(key);
    }
  }
}

function textOf({ id, names }: Entry): { id: string; text: string } {
  return { id, text: [...new Set(names.flatMap(({ folded }) => folded.split(' ')))].join(' ') };
}

/**
 * The longest words, each whole, near or, the last, unfinished. Initials find too many and are only checked, except where there is
 * nothing else: then they must be words of the name.
 */
function queryOf({ words }: Wanted): Query {
  const distinct = [...new Set(words)];
  const long = distinct.filter((word) => !isInitial(word));
  const chosen = (long.length > 0 ? long : distinct).sort((a, b) => b.length - a.length).slice(0, MOST_LOOKED_UP);
  const last = words.at(-1);
  return {
    combineWith: 'AND',
    queries: chosen.map((word) => ({
      combineWith: 'OR',
      prefix: (term) => term === last && term === word && mayBeUnfinished(term),
      fuzzy: (term) => (term === word && mayBeNear(term) ? 1 : false),
      queries: [word, ...swaps(word)],
    })),
  };
}

/** The words that differ by two neighbours swapped, which the index would count as two edits. */
function swaps(word: string): string[] {
  if (!mayBeNear(word)) return [];
  return [...word].slice(1).map((_, at) => {
    const [before, one, other, after] = [word.slice(0, at), word[at], word[at + 1], word.slice(at + 2)];
    return `${before}${other}${one}${after}`;
  });
}
