import { createHash } from 'node:crypto';
import anyAscii from 'any-ascii';

const MARKS = /\p{M}+/gu;
const APOSTROPHES = /['’‘ʼ`´]/gu;
const NOT_WORD = /[^\p{L}\p{N}]+/gu;
const FOREIGN_LATIN = /(?![a-z])\p{Script=Latin}/gu;
const HAN = /(\p{Script=Han})/gu;

/**
 * A name as search and sorting see it: compatibility forms and accents resolved, lower case, apostrophes dropped, every other
 * sign a space, Latin letters without a decomposition (ø, ł, ß) spelled in ASCII, Han characters apart. Other scripts stay.
 * Folding a folded name changes nothing; a name of signs only folds to the empty text.
 */
export function fold(name: string): string {
  return name
    .normalize('NFKD')
    .replace(MARKS, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(APOSTROPHES, '')
    .replace(FOREIGN_LATIN, (letter) => anyAscii(letter).toLowerCase())
    .replace(HAN, ' $1 ')
    .replace(NOT_WORD, ' ')
    .trim();
}

/** The one key by which people are paged: folded name, a tab (which sorts before everything in a folded name), the id. */
export function sortKey(name: string, id: string): string {
  return `${fold(name)}\t${id}`;
}

/**
 * The slug that a name suggests: transliterated, `[a-z0-9-]+`, at most 80 signs; `person-` and a hash where nothing is left.
 * It is not unique by itself.
 */
export function slugOf(name: string): string {
  const slug = fold(anyAscii(fold(name)))
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80)
    .replace(/-+$/, '');
  return slug === '' ? `person-${hashOf(name).slice(0, 10)}` : slug;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
