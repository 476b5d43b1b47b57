import { valueKey } from '../domain/claim.js';
import { idFromKey } from '../domain/ids.js';
import { placeOfQuote } from '../domain/places.js';
import { type Article, type Citation, type ClaimValue, typeOfId } from '../domain/records.js';
import type { Verdict } from '../domain/words.js';
import type { Held, World } from '../domain/world.js';
import { invalid } from '../errors.js';
import { type Decisions, named } from './named.js';
import type { Row, RowCite, RowClaim, RowOf } from './row-schema.js';
import { citationId, statedSubject } from './statement.js';

type Claiming = Exclude<Row, RowOf<'article'>>;

/**
 * Adds what a row claims about a subject. A claim that says the same of the same field is the same claim: another article adds a
 * citation to it, the same article adds nothing. A rejected claim stays as memory: the article it was rejected from proposes nothing
 * again, another one makes a claim of its own.
 */
export function addClaims(world: World, subject: string, row: Claiming, decisions: Decisions): void {
  const stated = statedSubject(row);
  for (const claim of row.claims) {
    for (const cite of claim.cite) {
      const id = citationId(stated, claim, cite);
      if (world.get('Citation', id) === null) addCitation(world, subject, { id, claim, cite }, decisions);
    }
  }
}

interface Statement {
  id: string;
  claim: RowClaim;
  cite: RowCite;
}

function addCitation(world: World, subject: string, { id, claim, cite }: Statement, decisions: Decisions): void {
  const article = named(world, 'Article', cite.article, 'cite.article');
  const side = cite.side === undefined ? null : named(world, 'Person', cite.side, 'cite.side').id;
  const value = claimValue(world, claim);
  const says = ({ claim: known }: Held) =>
    known.field === claim.field && known.polarity === claim.polarity && valueKey(known.value) === valueKey(value);
  const equal = world.claimsAbout(subject).filter(says);
  const cited = [...equal, ...ofPeriods(world, subject).filter(says)].filter((held) =>
    citedIn(held, article, cite, side),
  );
  // What a row says of a relationship is cited even so: only its citation tells, when it is loaded again, where it belongs.
  if (cited.some(({ claim: { subject: of, verdict } }) => verdict === 'REJECTED' || typeOfId(of) !== 'Relationship'))
    return;
  const verdict = claim.verdict ?? (decisions.accept ? 'ACCEPTED' : 'PROPOSED');
  const standing = equal.find((held) => held.claim.verdict !== 'REJECTED')?.claim;
  if (standing?.verdict === 'PROPOSED' && verdict === 'ACCEPTED') world.accept(standing);
  const of = standing?.id ?? addClaim(world, subject, { id, claim, cite }, value, verdict);
  world.add('Citation', citation(id, of, article, cite, side, verdict));
}

/** What is said of the periods of a relationship: a claim about the relationship adds nothing to what its article says of one. */
function ofPeriods(world: World, subject: string): Held[] {
  return world.periodsOf(subject).flatMap((period) => world.claimsAbout(period.id));
}

const citedIn = ({ citations }: Held, article: Article, { evidence }: RowCite, side: string | null) =>
  citations.some((known) => known.article === article.id && known.evidence === evidence && known.side === side);

/** Adds a claim whose id comes from the statement that first made it. */
function addClaim(
  world: World,
  subject: string,
  { id, claim }: Statement,
  value: ClaimValue,
  verdict: Verdict,
): string {
  const { field, polarity, verdictNote = null } = claim;
  const record = { id: idFromKey('Claim', id), subject, field, value, polarity, verdict, verdictNote };
  world.add('Claim', { ...record, extractor: 'import' });
  return record.id;
}

function claimValue(world: World, { value }: RowClaim): ClaimValue {
  return 'person' in value
    ? { ...value, person: named(world, 'Person', value.person, 'value.person').id }
    : (value as ClaimValue);
}

function citation(
  id: string,
  claim: string,
  article: Article,
  { quote, from, evidence }: RowCite,
  side: string | null,
  verdict: Verdict,
): Citation {
  const place = article.text === null ? { from: null, to: null } : placeOfQuote(article.text, quote, from);
  if (typeof place === 'string') throw invalid('cite.quote', 'QUOTE', place);
  return { id, claim, article: article.id, quote, ...place, evidence, side, verdict };
}
