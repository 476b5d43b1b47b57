import { fold } from './names.js';

/** Finds names in texts as a reader would, whatever their accents, capitals, hyphens and spaces, and blackens them. */

/** What stands for each UTF-16 code unit that is taken out, so that every other place in the text stays where it is. */
export const BLACK = '█';

/** A place in a text, in UTF-16 code units, `to` exclusive. */
export interface Span {
  from: number;
  to: number;
}

/** A name as it is looked for. */
export interface SoughtName {
  /** Its folded words. */
  words: readonly string[];
  pattern: RegExp;
}

/** From so many letters on, the words of a name are also found written as one, as in addresses and handles. */
const LONG_ENOUGH = 8;
/** Scripts that put no spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const APOSTROPHE = /['’‘ʼ`´]/u;
const LETTER = /[\p{L}\p{N}]/u;
const MARK = /\p{M}/u;

/** Names to look for, equal ones once; one without a letter is left out. */
export function soughtNames(names: Iterable<string>): SoughtName[] {
  const byText = new Map([...names].map((name) => [wordsOf(name).join(' '), wordsOf(name)]));
  byText.delete('');
  return [...byText.values()].map((words) => {
    const joined = words.join('');
    const before = UNSPACED.test(joined[0] ?? '') ? '' : '(?<=^| )';
    return { words, pattern: new RegExp(before + words.join(joined.length >= LONG_ENOUGH ? ' *' : ' +'), 'gu') };
  });
}

const wordsOf = (name: string): string[] => lettersOf(name).folded.split(' ').filter(Boolean);

/** Every place where one of the names stands as words of their own, in the order of the text. */
export function spansOf(text: string, names: readonly SoughtName[]): Span[] {
  if (names.length === 0) return [];
  const { folded, from, to } = lettersOf(text);
  const found = names.flatMap(({ pattern, words }) => {
    const isOpen = UNSPACED.test(words.at(-1)?.at(-1) ?? '');
    return [...folded.matchAll(pattern)].flatMap(({ index, 0: { length } }): Span[] => {
      const end = index + length;
      const span = { from: from[index] ?? 0, to: to[end - 1] ?? text.length };
      const next = folded[end] ?? ' ';
      // An apostrophe is dropped within a name, and ends one: "Ann's".
      return isOpen || next === ' ' || APOSTROPHE.test(text[span.to] ?? '') ? [span] : [];
    });
  });
  return found.sort((a, b) => a.from - b.from || b.to - a.to);
}

/** A text's letters as `fold` has them, and for each of them the place in the text that it comes from. */
function lettersOf(text: string): { folded: string; from: number[]; to: number[] } {
  let folded = '';
  const from: number[] = [];
  const to: number[] = [];
  let at = 0;
  for (const sign of text) {
    const end = at + sign.length;
    const letters = lettersOfSign(sign);
    for (let i = 0; i < letters.length; i += 1) {
      from.push(at);
      to.push(end);
    }
    // What is dropped after a letter belongs to it.
    if (letters === '' && MARK.test(sign) && to.length > 0) to[to.length - 1] = end;
    folded += letters;
    at = end;
  }
  return { folded, from, to };
}

const known = new Map<string, string>();

function lettersOfSign(sign: string): string {
  const before = known.get(sign);
  if (before !== undefined) return before;
  const letters = foldSign(sign);
  known.set(sign, letters);
  return letters;
}

function foldSign(sign: string): string {
  if (MARK.test(sign) || APOSTROPHE.test(sign)) return '';
  if (!LETTER.test(sign)) return ' ';
  // Within a text no sign tells whether it is the last of its word, as the Greek sigma does.
  const folded = fold(sign).replace(/ς/gu, 'σ');
  return /\p{Script=Han}/u.test(sign) ? ` ${folded} ` : folded;
}

/** The text with these places blackened, but for what overlaps a place to keep: as long as before, in UTF-16 code units. */
export function blacken(text: string, spans: readonly Span[], keep: readonly Span[] = []): string {
  const signs = text.split('');
  for (const { from, to } of spans) {
    if (!keep.some((kept) => kept.from < to && from < kept.to)) signs.fill(BLACK, from, to);
  }
  return signs.join('');
}

/** The text without these names. */
export function redact(text: string, names: readonly SoughtName[]): string {
  return blacken(text, spansOf(text, names));
}
