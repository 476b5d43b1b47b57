import type { EditInput } from './change.js';
import { groupBy } from './group.js';
import { type Named, placeOfQuote, placesOfMentions, withKept } from './places.js';
import type { Article, Citation, Mention } from './records.js';

/**
 * What a new text of an article does to its quotes: one that stands where it stood stays as it is, one that stands elsewhere, once,
 * moves along, and one that stands nowhere is PROPOSED again, without a place: somebody has to look. What was rejected stays so. Pure.
 */
export function reopened(text: string | null, citations: readonly Citation[]): EditInput[] {
  return citations.flatMap((citation): EditInput[] => {
    const { id, quote, verdict } = citation;
    if (standsAt(citation, text)) return [];
    const place = text === null ? { from: null, to: null } : placeOfQuote(text, quote);
    if (typeof place !== 'string') return [{ type: 'Citation', id, set: { ...place } }];
    const set = { from: null, to: null, verdict: verdict === 'REJECTED' ? verdict : 'PROPOSED' };
    return [{ type: 'Citation', id, set }];
  });
}

/** Whether a quote stands in a text where it is said to. */
export function standsAt({ quote, from, to }: Pick<Citation, 'quote' | 'from' | 'to'>, text: string | null): boolean {
  return text !== null && from !== null && to !== null && text.slice(from, to) === quote;
}

type Words = Pick<Article, 'title' | 'text'>;

/**
 * The mentions of an article in its new words. In a title or text that changed, what stands where it stood stays, and each name is found
 * again wherever else it stands as a word: a name that is withheld is withheld there, too. One that two people had stays only where it
 * stood. Pure.
 */
export function mentionsKept(mentions: readonly Mention[], was: Words, now: Words): Mention[] {
  const changed = mentions.filter(({ part }) => wordsOf(was, part) !== wordsOf(now, part));
  const standing = mentions.filter((mention) => !changed.includes(mention) || stands(mention, now));
  const byName = groupBy(changed, ({ part, surface }) => `${part}|${surface}`);
  const names = [...byName.values()].flatMap((same) => {
    const [first, ...others] = same;
    const isOnePerson = first !== undefined && others.every(({ person }) => person === first.person);
    return isOnePerson ? findable(first, now) : [];
  });
  const found = placesOfMentions({ ...now, mentions: names }, (person) => person);
  return withKept(Array.isArray(found) ? found : [], standing);
}

/** Whether a mention stands in these words where it is said to. */
export const stands = ({ part, from, to, surface }: Mention, words: Words): boolean =>
  wordsOf(words, part).slice(from, to) === surface;

const wordsOf = ({ title, text }: Words, part: Mention['part']): string => (part === 'TITLE' ? title : (text ?? ''));

/** A name to be found wherever it stands as a word; else at its only place, as where no spaces part words. */
function findable({ part, surface, person }: Mention, now: Words): Named[] {
  const name = { part, surface, person };
  if (Array.isArray(placesOfMentions({ ...now, mentions: [name] }, (one) => one))) return [name];
  const place = placeOfQuote(wordsOf(now, part), surface);
  return typeof place === 'string' ? [] : [{ ...name, from: place.from }];
}
