import type { Name } from './search-match.js';

export const SEARCH_TYPES = ['PERSON', 'EVENT', 'ARTICLE'] as const;
export type SearchType = (typeof SEARCH_TYPES)[number];

/** Somebody or something that can be found, whoever may see it. */
export interface Entry {
  id: string;
  type: SearchType;
  names: Name[];
  /** Whether who asks decides how it reads: hidden people are withheld from titles and left out of events, and not everybody is told each name. */
  veiled: boolean;
  /** The last part of its place among equals; unique. */
  sort: string;
  /** How much it weighs among equals on a day, the more the earlier: people by whom they are linked to, the rest by its own day. */
  weight: { linkedFrom: number[] } | { day: number };
  /** See `NamedPerson`; empty for the rest. */
  card: string;
}

/** How much it weighs on a day. */
export function weightOf({ weight }: Entry, today: number): number {
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
