import { acceptedOf } from './accepted.js';
import type { CitedClaim, EventEvidence } from './evidence.js';
import type { Around, Deciding } from './vicinity.js';

/** Accepts a claim, and with it the quotes that wait. */
export const accepting =
  (id: string): Deciding =>
  (cited) =>
    cited.claim.id === id ? accept(cited) : cited;

/** The same evidence with its claims as a decision makes them. */
export function decided(around: Around, deciding: Deciding): Around {
  const claims = around.evidence.claims.map(deciding);
  if (around.of === 'Person') return { ...around, evidence: { ...around.evidence, claims } };
  if (around.of === 'Event') {
    const present = presentAfter(around, claims);
    return { ...around, evidence: { ...around.evidence, claims, present } };
  }
  const periods = around.evidence.periods.map((period) => ({ ...period, claims: period.claims.map(deciding) }));
  return { ...around, evidence: { ...around.evidence, claims, periods } };
}

/** Whoever a claim names that is accepted from now on takes part from then on. */
function presentAfter(
  { evidence, named }: Around & { of: 'Event' },
  claims: readonly CitedClaim[],
): EventEvidence['present'] {
  const was = new Set(acceptedOf(evidence.claims).map(({ claim }) => claim.id));
  const joining = claims.flatMap(({ claim: { id, verdict, polarity, value } }) => {
    const life = 'person' in value ? named.get(value.person) : undefined;
    if (life === undefined || !('person' in value)) return [];
    return verdict === 'ACCEPTED' && polarity === 'ASSERTS' && !was.has(id) ? [{ role: value.role, life }] : [];
  });
  return [...evidence.present, ...joining];
}

function accept(cited: CitedClaim): CitedClaim {
  const { claim, citations } = cited;
  return {
    ...cited,
    claim: { ...claim, verdict: 'ACCEPTED' },
    citations: citations.map(({ citation, ...rest }) => {
      const verdict = citation.verdict === 'PROPOSED' ? 'ACCEPTED' : citation.verdict;
      return { ...rest, citation: { ...citation, verdict } };
    }),
  };
}
