import { fold } from '../domain/names.js';
import { invalid } from '../errors.js';

/**
 * Whether a name answers what somebody typed, and why. Pure, and blind to everybody else's names: which hit comes first never
 * depends on how many people have a word in their name, hidden ones among them.
 */

/** Why a name matches, best first. */
export const WHY = ['EXACT', 'WORDS', 'PREFIX', 'NEAR'] as const;
export type Why = (typeof WHY)[number];

/** The longest text there is to find: an article's title. */
const LONGEST_TEXT = 500;
/** A word with this many letters, or meant to have them, may have one wrong. */
const NEAR_LETTERS = 5;
/** A last word with at least this many letters may be unfinished; of one letter alone see search-initials.ts. */
const PREFIX_LETTERS = 2;

/** What somebody typed, as names are compared. */
export interface Wanted {
  /** In the form of `foldedOf`. */
  folded: string;
  /** The same without spaces: "jk rowling", "mc donald" and "#kimkardashian" are written like the name otherwise. */
  squeezed: string;
  words: string[];
}

/** A name as it is written, and as it is compared. */
export interface Name {
  written: string;
  folded: string;
}

export interface Match {
  why: Why;
  /** The name that matches, as it is written. */
  name: string;
}

/**
 * What a text asks for; without a letter or digit in it, it asks for nothing. Any text is plain text.
 * @throws AppError INVALID_INPUT, field `text`, rule TEXT_LENGTH, above 500 characters: nothing that can be found is longer.
 */
export function wanted(text: string): Wanted {
  if (text.length > LONGEST_TEXT) {
    throw invalid('text', 'TEXT_LENGTH', `A search takes at most ${LONGEST_TEXT} characters, not ${text.length}.`);
  }
  const folded = foldedOf(text);
  return { folded, squeezed: squeeze(folded), words: folded === '' ? [] : folded.split(' ') };
}

/** A name folded, Hangul syllables taken apart into their letters, so that a syllable that is being typed is a prefix. */
export function foldedOf(name: string): string {
  return fold(name).normalize('NFD');
}

export function nameOf(written: string): Name {
  return { written, folded: foldedOf(written) };
}

export function squeeze(folded: string): string {
  return folded.replaceAll(' ', '');
}

/** Whether the word stands for any word that begins with it: one letter, but no Han character, which is a word. */
export function isInitial(word: string): boolean {
  return word.length === 1 && !/[\p{Script=Han}\p{N}]/u.test(word);
}

/** Whether a word may be one edit away from what is meant, or the name's word one edit away from this one. */
export function mayBeNear(word: string): boolean {
  return letters(word) >= NEAR_LETTERS - 1;
}

export function mayBeUnfinished(word: string): boolean {
  return word.length >= PREFIX_LETTERS;
}

/**
 * How one of these names answers, the best first; null if none does. Words spread over several names of one person ("kim west")
 * answer too, as the first name, and never as EXACT.
 */
export function match(asked: Wanted, names: readonly Name[]): Match | null {
  if (asked.words.length === 0) return null;
  let best: Match | null = null;
  for (const { written, folded } of names) {
    const why = isExact(asked, folded) ? 'EXACT' : coverage(asked.words, folded.split(' '));
    if (why !== null && (best === null || WHY.indexOf(why) < WHY.indexOf(best.why))) best = { why, name: written };
  }
  if (best !== null || names.length < 2) return best;
  const why = coverage(
    asked.words,
    names.flatMap(({ folded }) => folded.split(' ')),
  );
  return why === null ? null : { why, name: names[0]?.written ?? '' };
}

function isExact({ folded, squeezed }: Wanted, name: string): boolean {
  return name === folded || squeeze(name) === squeezed;
}

/**
 * How these words are found among a name's words, in any order, each in one of its own: all whole is WORDS; the last unfinished, or
 * initials, PREFIX; one edit in any, NEAR. Null if a word is not found.
 */
function coverage(words: readonly string[], named: readonly string[]): Why | null {
  const free = [...named];
  const take = (fits: (word: string) => boolean) => {
    const at = free.findIndex(fits);
    if (at >= 0) free.splice(at, 1);
    return at >= 0;
  };
  const last = words.length - 1;
  const open = words.map((word, at) => ({ word, unfinished: at === last && mayBeUnfinished(word) }));
  const rest = open.filter(({ word }) => !take((whole) => whole === word));
  let why: Why = 'WORDS';
  for (const { word, unfinished } of [...rest].sort((a, b) => b.word.length - a.word.length)) {
    const begins = (unfinished || isInitial(word)) && take((whole) => whole.startsWith(word));
    if (begins) why = why === 'NEAR' ? why : 'PREFIX';
    else if (take((whole) => isNear(word, whole))) why = 'NEAR';
    else return null;
  }
  return why;
}

/** Whether one letter more, less or other, or two neighbours swapped, makes one word the other; the longer has five letters or more. */
export function isNear(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1 || letters(long) < NEAR_LETTERS) return false;
  let same = 0;
  while (same < short.length && short[same] === long[same]) same += 1;
  if (short.length < long.length) return short.slice(same) === long.slice(same + 1);
  if (short.slice(same + 1) === long.slice(same + 1)) return true;
  const swapped = short[same] === long[same + 1] && short[same + 1] === long[same];
  return swapped && short.slice(same + 2) === long.slice(same + 2);
}

/** Code units of a word as people write it, Hangul by the syllable. */
function letters(word: string): number {
  return word.normalize('NFC').length;
}
