import type { Row, Value } from '../graph/graph.js';

/** A page as the store takes it: how many rows at most, and the place after which to begin. Whoever needs to know of a next page asks for one more. */
export interface Page<Cursor> {
  first: number;
  after: Cursor | null;
}

/** The place of a row in a list that is ordered by one unique text. */
export interface SortCursor {
  sort: string;
}

/** Before every place of a list that ascends. */
export const FIRST_PLACE = '';
/** Before every place of a list that descends. */
export const LAST_PLACE = '\u{10FFFF}';

/** Parameters of a page by one text. */
export function pageParams({ first, after }: Page<SortCursor>): { first: number; after: string } {
  return { first, after: after?.sort ?? FIRST_PLACE };
}

/** What `make` makes of each key's row, in the order of the keys (which may repeat); null where no row answers a key. */
export function inOrderOf<V>(keys: readonly string[], rows: readonly Row[], make: (row: Row) => V): (V | null)[] {
  const answers = new Map<Value, V>();
  for (const row of rows) answers.set(row.key ?? null, make(row));
  return keys.map((key) => answers.get(key) ?? null);
}

/** The same for counts, 0 where no row answers a key: each row holds its key and `found`. */
export function countsInOrderOf(keys: readonly string[], rows: readonly Row[]): number[] {
  return inOrderOf(keys, rows, ({ found }) => Number(found)).map((count) => count ?? 0);
}

/** Each key once: a repeated key would be read twice. Empty keys are left out, since the engines differ on them. */
export function distinct(keys: readonly string[]): string[] {
  return [...new Set(keys)].filter((key) => key !== '');
}

/** In the order of their places, which no engine promises to keep inside a collected list. */
export function byPlace(rows: readonly Row[], descending = false): Row[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => sign * compareTexts(String(a.place), String(b.place)));
}

/** By code points, as both engines compare texts. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
