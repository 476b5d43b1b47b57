import { createHash } from 'node:crypto';
import { canonical } from './canonical.js';
import type { CitedClaim, ContradictionType, FoundContradiction } from './evidence.js';
import { contradictionId } from './ids.js';
import { type Resolution, typeOfId } from './records.js';
import type { Field } from './words.js';

/** What a resolution that still holds says about a pair of claims. */
export interface Holding {
  id: string;
  /**
   * The claim that it prefers and the one that gives way, and whether the one denies what the other asserts; null for the kinds that
   * leave both standing.
   */
  prefers: { claim: string; over: string; overSides: boolean } | null;
}

/** Resolutions that hold, by the key of their two claims (`pairKey`). */
export type Resolved = ReadonlyMap<string, Holding>;

const UNRESOLVED: Resolved = new Map();

export const pairKey = (a: string, b: string): string => (a < b ? `${a}|${b}` : `${b}|${a}`);

/**
 * The fingerprint of what two claims rest on, in either order: their values and verdicts, and their accepted citations. A citation
 * that is only proposed is left out, so that no machine voids what a person decided.
 */
export function basisOf(a: CitedClaim, b: CitedClaim): string {
  const [first, second] = a.claim.id < b.claim.id ? [a, b] : [b, a];
  return createHash('sha256')
    .update(canonical([basis(first), basis(second)]))
    .digest('hex')
    .slice(0, 32);
}

function basis({ claim, citations }: CitedClaim) {
  const { id, subject, field, value, polarity, verdict } = claim;
  const accepted = citations
    .filter(({ citation }) => citation.verdict === 'ACCEPTED')
    .map(({ citation }) => [citation.id, citation.article, citation.evidence, citation.side, citation.quote])
    .sort((x, y) => (String(x[0]) < String(y[0]) ? -1 : 1));
  return { id, subject, field, value, polarity, verdict, accepted };
}

/** Those resolutions whose claims are both there and still rest on what they rested on. */
export function resolvedBy(resolutions: readonly Resolution[], claims: readonly CitedClaim[]): Resolved {
  if (resolutions.length === 0) return UNRESOLVED;
  const byId = new Map(claims.map((cited) => [cited.claim.id, cited]));
  const holding = resolutions
    .filter(({ claims: [a, b], basis: rested }) => {
      const [first, second] = [byId.get(a), byId.get(b)];
      return first !== undefined && second !== undefined && basisOf(first, second) === rested;
    })
    .sort((x, y) => (x.id < y.id ? -1 : 1));
  return new Map(holding.map((resolution) => [pairKey(...resolution.claims), holdingOf(resolution, byId)]));
}

function holdingOf({ id, kind, prefer, claims: [a, b] }: Resolution, cited: ReadonlyMap<string, CitedClaim>): Holding {
  const [claim, over] = prefer === b ? [cited.get(b), cited.get(a)] : [cited.get(a), cited.get(b)];
  const isPreferred = kind === 'PREFER' && (prefer === a || prefer === b);
  if (!isPreferred || claim === undefined || over === undefined || !mayGiveWay(over, claim))
    return { id, prefers: null };
  const overSides = claim.claim.polarity !== over.claim.polarity;
  return { id, prefers: { claim: claim.claim.id, over: over.claim.id, overSides } };
}

/**
 * Whether the one claim can be silenced by the other. What is said of a person gives way to nothing but what is said of the same
 * person: a shared record may be hidden from somebody who sees the person. An event gives way to the lives of those whom it depends
 * on: anybody else may be hidden from somebody who sees the event.
 */
export function mayGiveWay({ claim, essential }: CitedClaim, { claim: to }: CitedClaim): boolean {
  if (claim.subject === to.subject) return true;
  if (typeOfId(claim.subject) === 'Person') return false;
  return essential === undefined || typeOfId(to.subject) !== 'Person' || essential.includes(to.subject);
}

/**
 * The claims that resolutions prefer. One that gives way elsewhere is not among them: it can't silence what it lost to, and where
 * resolutions run in a circle nobody wins.
 */
export function preferredBy(resolved: Resolved): ReadonlySet<string> {
  const preferences = [...resolved.values()].flatMap(({ prefers }) => prefers ?? []);
  const losers = new Set(preferences.map(({ over }) => over));
  return new Set(preferences.map(({ claim }) => claim).filter((claim) => !losers.has(claim)));
}

/** Of these, the ones that settle between sides: what a claim about a date wins says nothing of who denies. */
export function preferredOverSides(resolved: Resolved): ReadonlySet<string> {
  const preferred = preferredBy(resolved);
  const settled = [...resolved.values()].flatMap(({ prefers }) => (prefers?.overSides ? prefers.claim : []));
  return new Set(settled.filter((claim) => preferred.has(claim)));
}

/** Collects contradictions, each pair of claims once, however many rules find it. */
export class Contradictions {
  readonly #found = new Map<string, FoundContradiction>();

  constructor(private readonly resolved: Resolved) {}

  /** Adds a pair of claims; a side for which no claim stands (null) makes none. */
  add(type: ContradictionType, subject: string, field: Field, a: string | null, b: string | null): void {
    if (a === b || a === null || b === null) return;
    const key = pairKey(a, b);
    if (this.#found.has(key)) return;
    const claims: [string, string] = a < b ? [a, b] : [b, a];
    const resolution = this.resolved.get(key)?.id ?? null;
    this.#found.set(key, { id: contradictionId(claims), type, subject, field, claims, resolution });
  }

  /** By their claims. */
  list(): FoundContradiction[] {
    return [...this.#found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, found]) => found);
  }
}
