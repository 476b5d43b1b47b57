import type { Mention } from './records.js';
import { BLACK, blacken, type Span } from './redact.js';

/** What stands where somebody hidden is named. */
export const WITHHELD = '[name withheld]';

/** The place of a name: UTF-16 code units, `to` exclusive. */
export type NamedAt = Pick<Mention, 'surface' | 'from' | 'to'>;

/**
 * The text with every hidden name replaced by `WITHHELD`. `origin` is where the text begins in the text that the places count from: 0
 * for a title, `from` for a quote, null where nobody knows. Where a place can't be used, because there is no origin or because
 * something else stands there, every occurrence of the surface as a whole word is withheld instead. Names that overlap make one gap.
 */
export function withhold(text: string, hidden: readonly NamedAt[], origin: number | null): string {
  const spans = hidden.flatMap((name) => spansOf(text, name, origin)).sort((a, b) => a.from - b.from || b.to - a.to);
  let shown = '';
  let done = 0;
  for (const { from, to } of spans) {
    if (from >= done) shown += text.slice(done, from) + WITHHELD;
    done = Math.max(done, to);
  }
  return shown + text.slice(done);
}

/** A whole text with every hidden name blackened, sign for sign: every place in it stays where it is. */
export function blackenNames(text: string, hidden: readonly NamedAt[]): string {
  if (hidden.length === 0) return text;
  return blacken(
    text,
    hidden.flatMap((name) => spansOf(text, name, 0)),
  );
}

/** Whether a text is written as if a name were withheld in it. */
export const looksWithheld = (text: string): boolean => text.includes(WITHHELD) || text.includes(BLACK);

function spansOf(text: string, name: NamedAt, origin: number | null): Span[] {
  if (origin === null) return occurrences(text, name.surface);
  const from = Math.max(0, name.from - origin);
  const to = Math.min(text.length, name.to - origin);
  if (from >= to) return [];
  const cut = name.surface.slice(from - (name.from - origin), to - (name.from - origin));
  return text.slice(from, to) === cut ? [wholeCharacters(text, { from, to })] : occurrences(text, name.surface);
}

/** Half of a surrogate pair is no character: the gap takes the other half too. */
function wholeCharacters(text: string, { from, to }: Span): Span {
  const splits = (at: number) => /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(at - 1, at + 1));
  return { from: splits(from) ? from - 1 : from, to: splits(to) ? to + 1 : to };
}

/** Scripts that put no spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function occurrences(text: string, surface: string): Span[] {
  const escaped = surface.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const edge = (sign: string | undefined) => sign !== undefined && /[\p{L}\p{N}]/u.test(sign) && !UNSPACED.test(sign);
  const signs = [...surface];
  const before = edge(signs[0]) ? '(?<![\\p{L}\\p{N}])' : '';
  const after = edge(signs.at(-1)) ? '(?![\\p{L}\\p{N}])' : '';
  const found = text.matchAll(new RegExp(before + escaped + after, 'giu'));
  return [...found].map((match) => ({ from: match.index, to: match.index + match[0].length }));
}
