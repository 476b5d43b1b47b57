import { AppError, aboutRecord, invalid } from '../errors.js';
import { canonical } from './canonical.js';
import type { AnyRecord } from './change.js';
import { checkClaim, checkDateOrder } from './claim.js';
import type { Lookup } from './lookup.js';
import { peopleOf, referencesOf } from './lookup.js';
import { nobody } from './nobody.js';
import { dayOfArticle, parsePartialDate } from './partial-date.js';
import {
  type Article,
  type Citation,
  type Claim,
  type Event,
  type Period,
  type Person,
  type RecordOf,
  type Relationship,
  type Resolution,
  typeOfId,
} from './records.js';
import { type RecordType, TYPES_OF_KIND } from './words.js';

/**
 * The rules that every record keeps, whoever writes it: a commit checks those it edits, `verify` all of them. `lookup` knows the
 * records as they will be. Rules about input values throw INVALID_INPUT, rules about the graph REFUSED, both with their name.
 */
export function checkRecord<T extends RecordType>(type: T, record: RecordOf[T], lookup: Lookup): void {
  if ('visibility' in record && record.visibility === 'PURGED') checkNobody(record);
  checkReferences(type, record, lookup);
  // A pointer of a merge is kept as it was, to be undone; nothing is read from it but where it leads.
  if ('mergedInto' in record && record.mergedInto !== null) {
    if (record.mergedInto === record.id) throw refused('SELF', `${record.id} can't be merged into itself`);
    return;
  }
  checkSurvivors(type, record, lookup);
  RULES[type](record as never, lookup);
}

/** What is alive hangs on what is alive: a merge moves everything along. A claim's value keeps the words of its source. */
function checkSurvivors(type: RecordType, record: AnyRecord, lookup: Lookup): void {
  for (const { field, id } of referencesOf(type, record)) {
    const target = lookup.get(typeOfId(id) as RecordType, id) as { mergedInto?: string | null };
    const merged = target.mergedInto !== undefined && target.mergedInto !== null;
    if (merged && !field.endsWith('value.person'))
      throw refused('MERGED', `${id} was merged into ${target.mergedInto}`, { field });
  }
}

/** Who is purged has nothing left that tells who they were. */
function checkNobody(person: Person): void {
  if (canonical(person) !== canonical({ id: person.id, ...nobody(person.id) }))
    throw refused('PURGED', `${person.id} is nobody, and has no content`, { record: person.id });
}

/** A refusal by a rule about the graph, with its name. */
export function refused(rule: string, message: string, details: Record<string, unknown> = {}): AppError {
  return new AppError('REFUSED', message, { rule, ...details });
}

function checkReferences(type: RecordType, record: AnyRecord, lookup: Lookup): void {
  for (const { field, id } of referencesOf(type, record)) {
    const target = typeOfId(id);
    const referred = target === null ? null : lookup.get(target, id);
    if (referred === null) throw invalid(field, 'UNKNOWN_RECORD', `${field}: there is no ${id}`);
    if ('visibility' in referred && referred.visibility === 'PURGED')
      throw refused('PURGED', `${id} is nobody any more`, { field });
  }
}

const RULES: { [T in RecordType]: (record: RecordOf[T], lookup: Lookup) => void } = {
  Person: (person) => {
    const self = person.notSameAs.includes(person.id) || person.mergedInto === person.id;
    if (self) throw refused('SELF', `${person.id} can't be set apart from or merged into itself`);
  },
  Relationship: checkRelationship,
  Period: checkPeriod,
  Event: checkEvent,
  Article: checkArticle,
  Claim: checkClaimRecord,
  Citation: checkCitation,
  Resolution: checkResolution,
};

function checkRelationship({ kind, a, b }: Relationship): void {
  if (a === b) throw refused('SELF', 'A relationship is between two people', { field: 'Relationship.b' });
  if (kind !== 'PARENT_CHILD' && a > b) throw invalid('Relationship.a', 'PARTY_ORDER', 'The smaller id comes first');
}

function checkPeriod({ id, relationship, type, startedBy, endedBy, mergedInto }: Period, lookup: Lookup): void {
  const { kind, a, b } = lookup.get('Relationship', relationship) as Relationship;
  if (!TYPES_OF_KIND[kind].includes(type)) {
    throw invalid('Period.type', 'TYPE_OF_KIND', `A ${kind} relationship has no period of type ${type}`);
  }
  if (mergedInto === id) throw refused('SELF', `${id} can't be merged into itself`);
  for (const [field, event] of Object.entries({ startedBy, endedBy })) {
    if (event === null) continue;
    const people = peopleOf(lookup, event);
    if (people.includes(a) && people.includes(b)) continue;
    const message = `Both parties have to take part in ${event}, which starts or ends their period`;
    throw refused('EVENT_OF_PAIR', message, { field: `Period.${field}` });
  }
}

function checkEvent({ kind, participants }: Event): void {
  const children = participants.filter(({ role }) => role === 'CHILD').length;
  if (kind === 'BIRTH' && children !== 1) {
    throw invalid('Event.participants', 'BIRTH_CHILD', 'A BIRTH has exactly one participant in the role CHILD');
  }
  const parts = participants.map(({ person, role }) => `${person} ${role}`);
  const again = parts.findIndex((part, at) => parts.indexOf(part) !== at);
  if (again !== -1)
    throw invalid(`Event.participants[${again}]`, 'REPEATED', 'A participant stands there twice in one role');
}

function checkArticle({ id, title, text, published, basedOn, mentions }: Article): void {
  if (published !== null) parsePartialDate(published, 'Article.published');
  if (basedOn.includes(id)) throw refused('CYCLE', 'An article is not based on itself', { field: 'Article.basedOn' });
  for (const { part, from, to, surface } of mentions) {
    const source = part === 'TITLE' ? title : text;
    if (source?.slice(from, to) !== surface) {
      throw invalid('Article.mentions', 'SPAN', `${part} ${from} to ${to} does not read "${surface}"`);
    }
  }
}

function checkClaimRecord(claim: Claim): void {
  const subject = typeOfId(claim.subject);
  checkClaim(claim, subject as RecordType, []);
}

function checkCitation(citation: Citation, lookup: Lookup): void {
  const claim = lookup.get('Claim', citation.claim) as Claim;
  const article = lookup.get('Article', citation.article) as Article;
  checkClaim(claim, typeOfId(claim.subject) as RecordType, [dayOfArticle(article)]);
  checkQuote(citation, article);
  checkSide(citation, claim, lookup);
  if (citation.evidence === 'DATASET' && article.kind !== 'DATASET') {
    throw invalid('Citation.evidence', 'EVIDENCE', 'Only an article of kind DATASET is evidence of class DATASET');
  }
}

/**
 * Where the article's text is kept, a quote is a place in it; one that a new text no longer has may wait without a place, or stay
 * rejected.
 */
export function checkQuote({ quote, from, to, verdict }: Citation, { text }: Article): void {
  if (text === null || (verdict !== 'ACCEPTED' && from === null && to === null)) return;
  if (from === null || to === null || text.slice(from, to) !== quote) {
    throw invalid('Citation.quote', 'QUOTE', "The quote does not stand in the article's text from `from` to `to`");
  }
}

/** PRINCIPAL and REPRESENTATIVE speak for one of the people whom the claim is about; nobody else speaks for anyone. */
function checkSide({ evidence, side }: Citation, claim: Claim, lookup: Lookup): void {
  const speaks = evidence === 'PRINCIPAL' || evidence === 'REPRESENTATIVE';
  if (!speaks && side === null) return;
  if (!speaks) throw invalid('Citation.side', 'SIDE', `Evidence of class ${evidence} speaks for nobody`);
  if (side === null || !peopleOf(lookup, claim.subject).includes(side)) {
    throw invalid('Citation.side', 'SIDE', `${evidence} speaks for one of the people whom the claim is about`);
  }
}

function checkResolution({ claims, kind, prefer }: Resolution): void {
  if (claims[0] === claims[1]) throw invalid('Resolution.claims', 'TWO_CLAIMS', 'A resolution answers two claims');
  if ((kind === 'PREFER') !== (prefer !== null && claims.includes(prefer))) {
    throw invalid('Resolution.prefer', 'PREFER', 'PREFER names one of the two claims, and nothing else does');
  }
}

/** A claim is accepted only on an accepted citation. `citations` are all that it has. */
export function isSupported(claim: Claim, citations: readonly Citation[]): boolean {
  return claim.verdict !== 'ACCEPTED' || citations.some(({ verdict }) => verdict === 'ACCEPTED');
}

/**
 * One source that states both a start and an end has them in order (DATE_ORDER). Between different sources it is a contradiction,
 * and no error; nor is it one of claims about a relationship, which may be about several of its periods. `cited` are claims with
 * the citations that a change brings.
 */
export function checkOrderWithinSources(cited: readonly { claim: Claim; article: string }[]): void {
  const said = new Map<string, Partial<Record<'START' | 'END', Claim>>>();
  for (const { claim, article } of cited) {
    if (typeOfId(claim.subject) === 'Relationship') continue;
    if (claim.polarity !== 'ASSERTS' || !('date' in claim.value) || (claim.field !== 'START' && claim.field !== 'END'))
      continue;
    const key = `${claim.subject} ${article}`;
    const both = { ...said.get(key), [claim.field]: claim };
    said.set(key, both);
    const { START: start, END: end } = both;
    if (!start || !end || !('date' in start.value) || !('date' in end.value)) continue;
    const [from, to] = [start.value.date, end.value.date];
    aboutRecord(end.id, () => checkDateOrder(from, to, 'Claim.value.date'));
  }
}
