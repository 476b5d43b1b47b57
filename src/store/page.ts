/** A page as the store takes it: how many rows at most, and the place after which to begin. Callers who ask for one more learn whether there is a next page. */
export interface Page<Cursor> {
  first: number;
  after: Cursor | null;
}

/** The place of a row in a list that is ordered by one unique text. */
export interface SortCursor {
  sort: string;
}

/** The answers of `rows` in the order of `keys`: null where no row answers a key. Keys may repeat. */
export function inOrderOf<V>(keys: readonly string[], answers: ReadonlyMap<string, V>): (V | null)[] {
  return keys.map((key) => answers.get(key) ?? null);
}

/** Each key once, in the order in which they first come. */
export function distinct(keys: readonly string[]): string[] {
  return [...new Set(keys)];
}
