import type { EditInput } from './change.js';
import { placeOfQuote } from './places.js';
import type { Article, Citation, Mention } from './records.js';

/**
 * What a new text of an article does to its quotes: one that stands where it stood stays as it is, one that stands elsewhere, once,
 * moves along, and one that stands nowhere is PROPOSED again, without a place: somebody has to look. What was rejected stays so. Pure.
 */
export function reopened(text: string | null, citations: readonly Citation[]): EditInput[] {
  return citations.flatMap((citation): EditInput[] => {
    const { id, quote, from, to, verdict } = citation;
    if (text !== null && from !== null && to !== null && text.slice(from, to) === quote) return [];
    const place = text === null ? { from: null, to: null } : placeOfQuote(text, quote);
    if (typeof place !== 'string') return [{ type: 'Citation', id, set: { ...place } }];
    const set = { from: null, to: null, verdict: verdict === 'REJECTED' ? verdict : 'PROPOSED' };
    return [{ type: 'Citation', id, set }];
  });
}

/** The mentions that still stand in a new text, where they stand now; those of the title stay. Pure. */
export function mentionsKept({ mentions }: Pick<Article, 'mentions'>, text: string | null): Mention[] {
  return mentions.flatMap((mention): Mention[] => {
    const { part, surface, from, to } = mention;
    if (part === 'TITLE' || text?.slice(from, to) === surface) return [mention];
    const place = text === null ? '' : placeOfQuote(text, surface);
    return typeof place === 'string' ? [] : [{ ...mention, ...place }];
  });
}
