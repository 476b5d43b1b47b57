/** A quote with what stands around it. */
export interface QuoteContext {
  before: string;
  quote: string;
  after: string;
}

/**
 * The quote at `from` to `to` of a text with up to `wide.before` and `wide.after` code units around it, all in UTF-16; a character of two
 * units that a cut would split is left out. Pure.
 */
export function quoteContext(
  text: string,
  { from, to }: { from: number; to: number },
  wide: { before: number; after: number },
): QuoteContext {
  const begin = Math.max(0, from - wide.before);
  const end = Math.min(text.length, to + wide.after);
  const start = splits(text, begin) ? begin + 1 : begin;
  const stop = splits(text, end) ? end - 1 : end;
  const told = (a: number, b: number) => text.slice(a, Math.max(a, b));
  return { before: told(Math.min(start, from), from), quote: told(from, to), after: told(to, stop) };
}

/** Whether a place lies between the two halves of one character. */
function splits(text: string, at: number): boolean {
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(at - 1, at + 1));
}
