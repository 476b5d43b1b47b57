import { type Entry, SEARCH_TYPES, type SearchType, weightOf } from './search-entry.js';
import type { NameIndex } from './search-index.js';
import { isInitial, match, type Wanted, WHY, type Why } from './search-match.js';

/**
 * The order of what is found: why it matches, people before events before articles, the heavier first, then by name, then by id.
 * No part of it depends on who asks, so that a cursor of one viewer means the same place to another, and none depends on anybody
 * whom readers don't see: a person weighs as much as readers see links of theirs, minors left out.
 */
export interface Place {
  why: Why;
  type: SearchType;
  weight: number;
  sort: string;
}

/** An entry at a place where it may stand. */
export interface Candidate {
  entry: Entry;
  place: Place;
}

export function compare(a: Place, b: Place): number {
  return (
    WHY.indexOf(a.why) - WHY.indexOf(b.why) ||
    SEARCH_TYPES.indexOf(a.type) - SEARCH_TYPES.indexOf(b.type) ||
    b.weight - a.weight ||
    Number(a.sort > b.sort) - Number(a.sort < b.sort)
  );
}

/** Where what has the letters that were typed as words of their own may stand. */
const WHOLE: readonly Why[] = ['EXACT', 'WORDS'];

/**
 * Everything in the index that may answer, in order. What is veiled stands at every place that some viewer may find it at, since only
 * its title as that viewer sees it tells which; `match` on that keeps it in one of them. One letter alone also begins the names of
 * people, who come after; several alone must be words.
 */
export function rank(index: NameIndex, asked: Wanted, types: readonly SearchType[], today: number): Ranking {
  const whole = asked.words.every(isInitial);
  const found = index.candidates(asked, types).flatMap((entry) => {
    const matched = match(asked, entry.names);
    if (matched === null) return [];
    const whys = entry.veiled ? (whole ? WHOLE : WHY) : [matched.why];
    return whys.map((why) => candidateOf(entry, why, today));
  });
  found.sort((a, b) => compare(a.place, b.place));
  const [letter = ''] = asked.words;
  const begun = whole && asked.words.length === 1 && types.includes('PERSON') ? index.beginningWith(letter, today) : [];
  return new Ranking(found, begun, today);
}

function candidateOf(entry: Entry, why: Why, today: number): Candidate {
  return { entry, place: { why, type: entry.type, weight: weightOf(entry, today), sort: entry.sort } };
}

/** Candidates in order: some that were matched, then people of whom only the first letter of a word is asked, who may be very many. */
export class Ranking {
  constructor(
    private readonly matched: readonly Candidate[],
    private readonly begun: readonly Entry[],
    private readonly today: number,
  ) {}

  get length(): number {
    return this.matched.length + this.begun.length;
  }

  /** Those from one index on and before another. */
  slice(from: number, to: number): Candidate[] {
    const before = this.matched.length;
    const begun = this.begun.slice(Math.max(0, from - before), Math.max(0, to - before));
    return [...this.matched.slice(from, to), ...begun.map((entry) => candidateOf(entry, 'PREFIX', this.today))];
  }

  /** The index before which a portion of so many entries ends; one that may stand at several places counts once. */
  endOf(start: number, entries: number): number {
    const ids = new Set<string>();
    let end = start;
    for (; end < this.matched.length; end += 1) {
      ids.add(this.matched[end]?.entry.id ?? '');
      if (ids.size > entries) return end;
    }
    return Math.min(this.length, end + entries - ids.size);
  }

  /** The index of the first after a place. */
  after(place: Place): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const [candidate] = this.slice(middle, middle + 1);
      if (candidate !== undefined && compare(candidate.place, place) > 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

const REMEMBERED = 8;

/** Remembers the last few rankings of an index, so that the pages of one search rank once. */
export class Rankings {
  private readonly known = new Map<string, Ranking>();
  private of: NameIndex | null = null;
  private version = -1;

  /** As `rank`. */
  ranked(index: NameIndex, asked: Wanted, types: readonly SearchType[], today: number): Ranking {
    if (this.of !== index || this.version !== index.version) this.known.clear();
    this.of = index;
    this.version = index.version;
    const key = JSON.stringify([asked.folded, types, today]);
    const found = this.known.get(key) ?? rank(index, asked, types, today);
    this.known.delete(key);
    this.known.set(key, found);
    const [oldest] = this.known.keys();
    if (this.known.size > REMEMBERED && oldest !== undefined) this.known.delete(oldest);
    return found;
  }
}
