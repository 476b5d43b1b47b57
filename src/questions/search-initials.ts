import { type Entry, weightOf } from './search-entry.js';
import { isInitial } from './search-match.js';

/** Entries that have a word with one letter first. */
interface List {
  entries: Entry[];
  /** The day by whose weights they are in order; null while nobody has asked, so that loading costs no order. */
  day: number | null;
}

/**
 * Entries by the letters that words of their names begin with, in the order that the search pages them in: who comes or goes is put
 * in or taken out, so that asking by one letter, which fits one in ten of everybody, compares no names and sorts once a day.
 */
export class Initials {
  private readonly lists = new Map<string, List>();

  put(entry: Entry): void {
    for (const letter of initialsOf(entry)) {
      const list = this.lists.get(letter) ?? { entries: [], day: null };
      this.lists.set(letter, list);
      if (list.day === null) list.entries.push(entry);
      else list.entries.splice(placeIn(list.entries, entry, list.day), 0, entry);
    }
  }

  /** Takes out an entry that is in, as it was put. */
  remove(entry: Entry): void {
    for (const letter of initialsOf(entry)) {
      const list = this.lists.get(letter);
      if (list === undefined) continue;
      const day = list.day ?? 0;
      order(list, day);
      list.entries.splice(placeIn(list.entries, entry, day), 1);
    }
  }

  /** Those with a word that begins with this letter, the heavier on a day first, then by `sort`; the answer stays as it is. */
  of(letter: string, today: number): Entry[] {
    const list = this.lists.get(letter);
    if (list === undefined) return [];
    order(list, today);
    return [...list.entries];
  }
}

function initialsOf({ names }: Entry): Set<string> {
  const words = names.flatMap(({ folded }) => folded.split(' '));
  return new Set(words.map((word) => word.charAt(0)).filter(isInitial));
}

/** Puts a list in the order of a day: by `sort`, in which it mostly is already, then apart by weight, of which there are few. */
function order(list: List, day: number): void {
  if (list.day === day) return;
  const byWeight = new Map<number, Entry[]>();
  for (const entry of list.entries.sort(
    (one, other) => Number(one.sort > other.sort) - Number(one.sort < other.sort),
  )) {
    const weight = weightOf(entry, day);
    const alike = byWeight.get(weight);
    if (alike === undefined) byWeight.set(weight, [entry]);
    else alike.push(entry);
  }
  list.entries = [...byWeight].sort(([one], [other]) => other - one).flatMap(([, alike]) => alike);
  list.day = day;
}

/** Where an entry is in an ordered list, or belongs. */
function placeIn(entries: readonly Entry[], entry: Entry, day: number): number {
  const weight = weightOf(entry, day);
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = entries[middle] as Entry;
    const lighter = weight - weightOf(other, day);
    if (lighter < 0 || (lighter === 0 && other.sort < entry.sort)) low = middle + 1;
    else high = middle;
  }
  return low;
}
