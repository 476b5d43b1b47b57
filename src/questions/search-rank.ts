import { type Entry, type NameIndex, SEARCH_TYPES, type SearchType } from './search-index.js';
import { match, type Wanted, WHY, type Why } from './search-match.js';

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

/**
 * Everything in the index that may answer, in order. What is veiled stands at every place that some viewer may find it at, since only
 * its title as that viewer sees it tells which; `match` on that keeps it in one of them.
 */
export function rank(index: NameIndex, asked: Wanted, types: readonly SearchType[], today: number): Candidate[] {
  const found = index.candidates(asked, types).flatMap((entry) => {
    const matched = match(asked, entry.names);
    if (matched === null) return [];
    const weight = weightOf(entry, today);
    const whys = entry.veiled ? WHY : [matched.why];
    return whys.map((why) => ({ entry, place: { why, type: entry.type, weight, sort: entry.sort } }));
  });
  return found.sort((a, b) => compare(a.place, b.place));
}

function weightOf({ weight }: Entry, today: number): number {
  return 'day' in weight ? weight.day : countUpTo(weight.linkedFrom, today);
}

/** How many of ascending days are not after a day. */
function countUpTo(days: readonly number[], day: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? 0) <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}

const REMEMBERED = 8;

/** Remembers the last few rankings of an index, so that the pages of one search rank once. */
export class Rankings {
  private readonly known = new Map<string, Candidate[]>();
  private of: NameIndex | null = null;
  private version = -1;

  /** As `rank`. The answer is shared: not to be changed. */
  ranked(index: NameIndex, asked: Wanted, types: readonly SearchType[], today: number): readonly Candidate[] {
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
