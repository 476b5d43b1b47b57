import { type AcceptedClaim, acceptedOf, on } from './accepted.js';
import type { CitedBy, CitedClaim, Standing } from './evidence.js';
import { groupBy } from './group.js';
import type { Field, Polarity } from './words.js';

/**
 * How well something is established (design.md, section 4): a table over evidence classes, and the sides, which are the people
 * concerned speaking for themselves. The same table serves every field.
 */

export const REJECTED = -1;
export const PROPOSED = 0;
export const RUMOURED = 1;
export const REPORTED = 2;
export const CONFIRMED = 3;

export type ClaimPair = readonly [string, string];

export interface Ruling {
  standing: Standing;
  /** A side denies, or two words of one side that can't be ordered differ. */
  contested: boolean;
  /** Pairs of claims in which sides, or the words of one side, exclude each other. */
  disagreements: ClaimPair[];
}

interface Statement {
  claim: string;
  polarity: Polarity;
  cited: CitedBy;
}

interface Side {
  /** Null where its latest words differ and can't be ordered. */
  position: Polarity | null;
  isPublic: boolean;
  latest: Statement[];
}

/** Whoever says when something began, happened, parted or ended says that it was. */
export const IMPLY_EXISTENCE: readonly Field[] = ['EXISTS', 'START', 'APART', 'END', 'DATE'];
const NOTHING: ReadonlySet<string> = new Set();

/**
 * The standing of a field of one subject from all claims about that subject. For EXISTS, assertions of START, APART, END and DATE
 * count as assertions of it, and a denial of EXISTS PRESENT is no position. `preferred` holds the claims that a resolution
 * prefers: such an assertion silences every denial, such a denial keeps every side's word from lifting anything.
 */
export function standingOf(
  claims: readonly CitedClaim[],
  field: Field = 'EXISTS',
  preferred: ReadonlySet<string> = NOTHING,
): Ruling {
  const fields = field === 'EXISTS' ? IMPLY_EXISTENCE : [field];
  const accepted = acceptedOf(claims);
  const ruling = rule(on(accepted, fields), on(accepted, [field], 'DENIES').filter(isPosition), preferred);
  return ruling.standing === PROPOSED ? { ...ruling, standing: unaccepted(claims, fields) } : ruling;
}

/** The standing where no assertion is accepted: REJECTED if all are rejected, else PROPOSED. */
function unaccepted(claims: readonly CitedClaim[], fields: readonly Field[]): Standing {
  const asserted = claims.filter(({ claim }) => claim.polarity === 'ASSERTS' && fields.includes(claim.field));
  return asserted.length > 0 && asserted.every(({ claim }) => claim.verdict === 'REJECTED') ? REJECTED : PROPOSED;
}

/** Accepted assertions and denials of one thing, by the table; PROPOSED where nobody asserts it. */
export function rule(
  assertions: readonly AcceptedClaim[],
  denials: readonly AcceptedClaim[],
  preferred: ReadonlySet<string> = NOTHING,
): Ruling {
  const isPreferred = ({ claim }: AcceptedClaim) => preferred.has(claim.id);
  const denialPreferred = denials.some(isPreferred);
  const heard = assertions.some(isPreferred) && !denialPreferred ? [] : denials;
  const sides = sidesOf([...assertions.flatMap(statementsOf), ...heard.flatMap(statementsOf)]);
  const denied = denialPreferred || sides.some(({ position }) => position === 'DENIES');
  const confirmed = !denied && sides.some(({ position, isPublic }) => isPublic && position === 'ASSERTS');
  const cited = assertions.flatMap(({ citations }) => citations);
  return {
    standing: confirmed ? CONFIRMED : strengthWithoutSides(cited),
    contested: denied || sides.some(({ position }) => position === null),
    disagreements: disagreementsOf(sides),
  };
}

/** The table over assertions alone, as if nobody denied: what a claim has to reach the bar with. */
export function strengthOf(cited: readonly CitedBy[]): Standing {
  const confirmed = cited.some((one) => one.sideIsPublic && speaksForSide(one));
  return confirmed ? CONFIRMED : strengthWithoutSides(cited);
}

function strengthWithoutSides(cited: readonly CitedBy[]): Standing {
  const has = (...classes: string[]) => cited.some(({ citation }) => classes.includes(citation.evidence));
  if (has('RECORD')) return CONFIRMED;
  if (has('WITNESS', 'DATASET') || publishersOf(cited) >= 2) return REPORTED;
  return cited.length > 0 ? RUMOURED : PROPOSED;
}

/** How many different publishers the outlets' own words go back to; a root without a named outlet can't be told from another. */
function publishersOf(cited: readonly CitedBy[]): number {
  const own = cited.filter(({ citation }) => citation.evidence === 'OUTLET');
  const names = own.flatMap(({ article }) => article.roots.map(({ outlet }) => outlet?.trim().toLowerCase()));
  return new Set(names.filter(Boolean)).size;
}

/** How many sources these go back to: five copies of one agency text and an interview are two (T30). */
export function independentSources(cited: readonly CitedBy[]): number {
  return new Set(cited.flatMap(({ article }) => article.roots.map(({ id }) => id))).size;
}

/** A denial that is a position: "we are not dating" (EXISTS PRESENT) after a break-up undoes nothing. */
function isPosition({ claim }: AcceptedClaim): boolean {
  return !('state' in claim.value && claim.value.state === 'PRESENT');
}

function statementsOf({ claim, citations }: AcceptedClaim): Statement[] {
  return citations.filter(speaksForSide).map((cited) => ({ claim: claim.id, polarity: claim.polarity, cited }));
}

function speaksForSide({ citation }: CitedBy): boolean {
  return citation.side !== null && (citation.evidence === 'PRINCIPAL' || citation.evidence === 'REPRESENTATIVE');
}

function sidesOf(statements: readonly Statement[]): Side[] {
  return [...groupBy(statements, ({ cited }) => cited.citation.side).values()].map(sideOf);
}

/**
 * A side's position is its latest statement by article day. The latest are those that are certainly before none of its others;
 * if they differ, its own word beats its representative's, and if that differs too, there is no position.
 */
function sideOf(statements: readonly Statement[]): Side {
  const latestMin = Math.max(...statements.map(({ cited }) => cited.article.day.min));
  const notBefore = statements.filter(({ cited }) => cited.article.day.max >= latestMin);
  const own = notBefore.filter(({ cited }) => cited.citation.evidence === 'PRINCIPAL');
  const latest = own.length > 0 && !agree(notBefore) ? own : notBefore;
  return {
    position: agree(latest) ? (latest[0]?.polarity ?? null) : null,
    isPublic: statements.some(({ cited }) => cited.sideIsPublic),
    latest,
  };
}

function agree(statements: readonly Statement[]): boolean {
  return statements.every(({ polarity }) => polarity === statements[0]?.polarity);
}

function disagreementsOf(sides: readonly Side[]): ClaimPair[] {
  const claimsOf = (side: Side, polarity: Polarity) =>
    side.latest.filter((statement) => statement.polarity === polarity).map(({ claim }) => claim);
  const pairs = sides.flatMap((a) =>
    sides
      .filter((b) => (a === b ? a.position === null : a.position === 'ASSERTS' && b.position === 'DENIES'))
      .flatMap((b) => claimsOf(a, 'ASSERTS').flatMap((x) => claimsOf(b, 'DENIES').map((y): ClaimPair => [x, y]))),
  );
  return [...new Map(pairs.map((pair) => [pair.join('|'), pair])).values()];
}
