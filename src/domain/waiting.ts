import type { CitedBy, CitedClaim } from './evidence.js';
import { independentSources } from './standing.js';
import type { Evidence } from './words.js';

/** What of a claim waits for somebody to decide it. */
export interface Waiting {
  /** The seq of the change that made, or last edited, what has waited longest. */
  since: number;
  /** The best class of the quotes that wait, null where none does. */
  evidence: Evidence | null;
  /** How many independent sources those quotes come from. */
  sources: number;
}

/** Classes of evidence, the strongest first: by what they lift a claim to, a side's own word before that of whoever speaks for it. */
const STRONGEST_FIRST: readonly Evidence[] = [
  'RECORD',
  'PRINCIPAL',
  'REPRESENTATIVE',
  'WITNESS',
  'DATASET',
  'OUTLET',
  'UNNAMED_SOURCE',
];

/**
 * What waits: a PROPOSED claim with all its quotes that nobody has rejected, or the PROPOSED quotes of an ACCEPTED one. A REJECTED
 * claim is memory: its quotes wait no more. Null where nothing waits. `revisionOf` tells the seq of the last change to a record. Pure.
 */
export function waitingOf({ claim, citations }: CitedClaim, revisionOf: (id: string) => number): Waiting | null {
  if (claim.verdict === 'REJECTED') return null;
  const isProposed = claim.verdict === 'PROPOSED';
  const open = citations.filter(({ citation }) => citation.verdict === 'PROPOSED');
  if (!isProposed && open.length === 0) return null;
  const quotes = isProposed ? citations.filter(({ citation }) => citation.verdict !== 'REJECTED') : open;
  const parts = [...(isProposed ? [claim.id] : []), ...open.map(({ citation }) => citation.id)];
  return {
    since: Math.min(...parts.map(revisionOf)),
    evidence: bestOf(quotes),
    sources: independentSources(quotes),
  };
}

function bestOf(quotes: readonly CitedBy[]): Evidence | null {
  return STRONGEST_FIRST.find((evidence) => quotes.some(({ citation }) => citation.evidence === evidence)) ?? null;
}

/** A claim's place among those that wait, the oldest first, then by id. */
export function oldestKey(id: string, { since }: Waiting): string {
  return `${digits(since, 10)}|${id}`;
}

/** Its place with the strongest first: by the class of evidence, then by independent sources, then the oldest. */
export function strongestKey(id: string, waiting: Waiting): string {
  const { evidence, sources } = waiting;
  const rank = evidence === null ? STRONGEST_FIRST.length : STRONGEST_FIRST.indexOf(evidence);
  return `${rank}|${digits(9999 - Math.min(sources, 9999), 4)}|${oldestKey(id, waiting)}`;
}

const digits = (value: number, count: number): string => String(value).padStart(count, '0');
