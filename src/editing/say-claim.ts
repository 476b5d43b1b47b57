import { checkClaim } from '../domain/claim.js';
import { dayOfArticle } from '../domain/partial-date.js';
import { placeOfQuote } from '../domain/places.js';
import { type Article, type Citation, type Claim, type ClaimValue, typeOfId } from '../domain/records.js';
import type { RecordType } from '../domain/words.js';
import type { Held, World } from '../domain/world.js';
import { AppError, invalid, pathTo, under } from '../errors.js';
import { type Editor, madeId } from './editor.js';
import { isSame } from './rejected.js';

/** A quote in an article that says what is claimed. */
export interface Cite extends Pick<Citation, 'article' | 'quote' | 'evidence' | 'side'> {
  /** Where the quote begins in the article's text; null where it stands there once, or no text is kept. */
  from: number | null;
}

/** What is said of one field, and who says so. */
export interface Saying extends Pick<Claim, 'field' | 'polarity'> {
  value: ClaimValue;
  cite: readonly Cite[];
  /** The path at which the order says it, for refusals; so that of what follows. */
  at?: string;
}

/** What the claims and citations of an order are to be. */
export type Standing = 'PROPOSED' | 'ACCEPTED';

/** How the records of an order are made. */
export interface Made {
  verdict: Standing;
  /** Tells its records apart from the others of the order. */
  name: string;
}

/**
 * Adds one claim, or its citations to the claim that says the same already. A citation that is there is not added again; what was
 * rejected stays as memory, and is not proposed again from the same article.
 */
export function say(
  editor: Editor,
  world: World,
  subject: string,
  saying: Saying,
  equal: readonly Held[],
  { verdict, name }: Made,
): void {
  const { field, polarity, value } = saying;
  if (saying.cite.length === 0) throw invalid('cite', 'CITED', 'A claim needs a quote that says so');
  const articles = saying.cite.map(({ article }, at) => under(`cite[${at}]`, () => articleOf(world, article)));
  checkClaim(saying, typeOfId(subject) as RecordType, articles.map(dayOfArticle));
  const fresh = saying.cite.filter((cite) => !isKnown(equal, cite, verdict));
  if (fresh.length === 0) return;
  const held = equal.find(({ claim }) => claim.verdict !== 'REJECTED');
  const standing = held?.claim;
  if (standing?.verdict === 'PROPOSED' && verdict === 'ACCEPTED') world.accept(standing);
  const claim = standing?.id ?? madeId(editor, 'Claim', name);
  if (saying.at) editor.paths?.set(claim, saying.at);
  if (standing === undefined)
    world.add('Claim', { id: claim, subject, field, value, polarity, verdict, verdictNote: null, extractor: 'person' });
  for (const [at, cite] of fresh.entries()) {
    const waiting = held?.citations.find((known) => known.verdict === 'PROPOSED' && isSame(known, cite));
    if (waiting) world.accept(waiting);
    if (waiting) continue;
    const id = madeId(editor, 'Citation', `${name}.${at}`);
    const path = `cite[${saying.cite.indexOf(cite)}]`;
    if (saying.at) editor.paths?.set(id, pathTo(saying.at, path));
    world.add(
      'Citation',
      under(path, () => citationOf(world, id, claim, cite, verdict)),
    );
  }
}

function isKnown(equal: readonly Held[], cite: Cite, verdict: Standing): boolean {
  return equal.some(({ claim, citations }) => {
    if (claim.verdict === 'REJECTED')
      return verdict === 'PROPOSED' && citations.some(({ article }) => article === cite.article);
    const same = citations.filter((known) => isSame(known, cite));
    return same.some((known) => verdict === 'PROPOSED' || known.verdict === 'ACCEPTED');
  });
}

/** The article that is cited. Throws NOT_FOUND. */
export function articleOf(world: World, id: string): Article {
  const article = world.survivor('Article', id) as Article | null;
  if (article === null) throw new AppError('NOT_FOUND', `There is no article ${id}`, { field: 'article' });
  return article;
}

/** A citation as it is kept: its quote found in the article's text. Throws INVALID_INPUT, rule QUOTE. */
export function citationOf(world: World, id: string, claim: string, cite: Cite, verdict: Standing): Citation {
  const { quote, evidence, side } = cite;
  const article = articleOf(world, cite.article);
  const place =
    article.text === null ? { from: null, to: null } : placeOfQuote(article.text, quote, cite.from ?? undefined);
  if (typeof place === 'string') throw invalid('quote', 'QUOTE', place);
  return { id, claim, article: article.id, quote, ...place, evidence, side, verdict };
}
