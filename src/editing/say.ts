import type { EditInput } from '../domain/change.js';
import { checkClaim, checkSaidOrder } from '../domain/claim.js';
import { inPartyOrder, relationshipId } from '../domain/ids.js';
import { matchSaid } from '../domain/match-said.js';
import { dayOfArticle } from '../domain/partial-date.js';
import { placeOfQuote } from '../domain/places.js';
import {
  type Article,
  type Citation,
  type Claim,
  type ClaimValue,
  type Period,
  type RecordType,
  type Relationship,
  typeOfId,
} from '../domain/records.js';
import { turnRoles } from '../domain/roles.js';
import { type Held, World } from '../domain/world.js';
import { AppError, invalid, pathTo, under } from '../errors.js';
import type { Reads } from '../graph/graph.js';
import { loadClaimsInto, loadInto, loadPairsInto, type Records } from '../store/around.js';
import { type Editor, madeId } from './editor.js';
import { isSame, rejectedIn, rejection, says } from './rejected.js';

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

/** Two people, by their ids, and what is said of them: the period is found by the rule that any claim is matched by. */
export interface Pair extends Pick<Relationship, 'kind' | 'a' | 'b'>, Pick<Period, 'type' | 'startedBy' | 'endedBy'> {
  /** Makes a period of its own, whatever is there: two who came back to each other. */
  separate: boolean;
  at?: string;
}

/** Something that somebody says: of a record, or of a pair. */
export interface Statement {
  about: { subject: string } | Pair;
  sayings: readonly Saying[];
  at?: string;
}

/** What the claims and citations of an order are to be. */
export type Standing = 'PROPOSED' | 'ACCEPTED';

/** The records around what is to be said: planning reads and writes there, and its edits become the change. */
export async function worldAround(graph: Reads, statements: readonly Statement[]): Promise<World> {
  const records: Records = new Map();
  const subjects = statements.flatMap(({ about }) => ('subject' in about ? about.subject : []));
  await loadInto(records, graph, [...subjects, ...statements.flatMap(namedIn)]);
  const pairs = statements.flatMap(({ about }) => ('subject' in about ? [] : about));
  await loadPairsInto(records, graph, pairs);
  await loadClaimsInto(records, graph, subjects);
  const world = new World();
  world.learn({ records: [...records.values()], slugs: [], gone: [] });
  return world;
}

function namedIn({ about, sayings }: Statement): string[] {
  const cited = sayings.flatMap(({ cite }) => cite.map(({ article }) => article));
  const people = sayings.flatMap(({ value }) => ('person' in value ? value.person : []));
  if ('subject' in about) return [...cited, ...people];
  const { a, b, startedBy, endedBy } = about;
  return [...cited, ...people, a, b, ...[startedBy, endedBy].filter((id) => id !== null)];
}

/**
 * The edits that say all of this, given the graph as it is.
 * @throws AppError CONFLICT, rule REJECTED, where it would be ACCEPTED and was rejected from the same source: with the record, who
 * rejected it, when and why, so that whoever has seen that can decide it.
 */
export async function planned(
  editor: Editor,
  graph: Reads,
  statements: readonly Statement[],
  verdict: Standing,
): Promise<EditInput[]> {
  const world = await worldAround(graph, statements);
  const [overruled] = sayAll(editor, world, statements, verdict);
  if (overruled !== undefined) throw await rejection(graph, overruled);
  return world.keep();
}

/**
 * Plans everything that is said, one statement after the other, so that each is matched to what those before it made. Answers the
 * rejected claims and citations that would be overruled by it.
 */
export function sayAll(
  editor: Editor,
  world: World,
  statements: readonly Statement[],
  verdict: Standing,
): readonly string[] {
  const overruled: string[] = [];
  for (const [place, statement] of statements.entries()) {
    const { sayings } = statement;
    const name = String(place);
    if (sayings.length === 0)
      throw invalid(
        pathTo(statement.at, 'claims'),
        'CITED',
        'Whatever is recorded needs a claim, with a quote that says so',
      );
    checkSaidOrder(sayings, (end) => pathTo(sayings[end]?.at, 'value.date'));
    const subject = spokenOf(editor, world, statement, { verdict, name });
    for (const [at, saying] of sayings.entries()) {
      const equal = world.claimsAbout(subject).filter(({ claim }) => says(claim, saying));
      if (verdict === 'ACCEPTED') overruled.push(...rejectedIn(equal, saying));
      under(saying.at, () => say(editor, world, subject, saying, equal, { verdict, name: `${name}.${at}` }));
    }
  }
  return overruled;
}

/** The id of what a statement speaks of; a period, and what it belongs to, is made where it is missing. */
export function spokenOf(editor: Editor, world: World, { about, sayings, at }: Statement, made: Made): string {
  return 'subject' in about
    ? under(at, () => subjectOf(world, about.subject))
    : pairSubject(editor, world, about, { sayings, ...made });
}

type Subject = 'Person' | 'Relationship' | 'Period' | 'Event';

function subjectOf(world: World, id: string): string {
  const found = world.survivor(typeOfId(id) as Subject, id);
  if (found === null) throw new AppError('NOT_FOUND', `There is nothing to say of under ${id}`, { field: 'subject' });
  return found.id;
}

interface Made {
  verdict: Standing;
  /** Tells its records apart from the others of the order. */
  name: string;
}

/** The period or relationship that is spoken of, made where it is missing. */
function pairSubject(editor: Editor, world: World, pair: Pair, said: Made & { sayings: readonly Saying[] }): string {
  const { kind, a, b, type, separate } = pair;
  if (a === b) throw invalid(pathTo(pair.at, 'b'), 'SELF_PAIR', 'A person is paired with themselves');
  const id = relationshipId(kind, a, b);
  const found = world.relationshipBetween(kind, a, b);
  if (found === null) world.add('Relationship', { id, kind, ...inPartyOrder(kind, a, b), mergedInto: null });
  const relationship = found?.id ?? id;
  const turned = found !== null && turnRoles(world, found, pair, said.verdict);
  const spoken = said.sayings.map((each) => ({ ...each, articles: each.cite.map(({ article }) => article) }));
  const match = separate || turned ? null : matchSaid(world, relationship, type, spoken, false);
  if (match === 'RELATIONSHIP') return relationship;
  return match ?? addPeriod(editor, world, relationship, pair, said);
}

function addPeriod(
  editor: Editor,
  world: World,
  relationship: string,
  { type, startedBy, endedBy, at }: Pair,
  { name }: Made,
): string {
  const id = madeId(editor, 'Period', name);
  if (at) editor.paths?.set(id, at);
  world.add('Period', { id, relationship, type, startedBy, endedBy, mergedInto: null });
  return id;
}

/**
 * Adds one claim, or its citations to the claim that says the same already. A citation that is there is not added again; what was
 * rejected stays as memory, and is not proposed again from the same article.
 */
function say(
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
