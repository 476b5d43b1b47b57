import type { CitedBy, CitedClaim } from './evidence.js';
import type { Field, Polarity } from './words.js';

/** An accepted claim with its accepted citations, at least one: what takes part in a projection. */
export interface AcceptedClaim extends CitedClaim {
  citations: readonly CitedBy[];
}

/**
 * The claims that take part, by id: ACCEPTED ones, with their ACCEPTED citations only. One without such a citation counts as
 * PROPOSED, so it is left out (T14).
 */
export function acceptedOf(claims: readonly CitedClaim[]): AcceptedClaim[] {
  return claims
    .filter(({ claim }) => claim.verdict === 'ACCEPTED')
    .map(({ claim, citations }) => ({ claim, citations: byCitation(citations) }))
    .filter(({ citations }) => citations.length > 0)
    .sort((a, b) => (a.claim.id < b.claim.id ? -1 : 1));
}

function byCitation(citations: readonly CitedBy[]): CitedBy[] {
  return citations
    .filter(({ citation }) => citation.verdict === 'ACCEPTED')
    .sort((a, b) => (a.citation.id < b.citation.id ? -1 : 1));
}

/** Those on one of these fields, with one polarity. */
export function on(
  claims: readonly AcceptedClaim[],
  fields: readonly Field[],
  polarity: Polarity = 'ASSERTS',
): AcceptedClaim[] {
  return claims.filter(({ claim }) => claim.polarity === polarity && fields.includes(claim.field));
}
