import type { Answered } from './answered.js';
import type { Bound } from './bound.js';
import { Contradictions, type Resolved, resolvedBy } from './contradiction.js';
import type { CitedClaim, FoundContradiction, ProjectedPeriod } from './evidence.js';
import { overlapped } from './interval.js';
import type { Laid } from './layout.js';
import { makerOf } from './life.js';
import { REPORTED } from './standing.js';

/** A marriage among the others of a person. */
export interface Marriage extends Pick<ProjectedPeriod, 'bounds'> {
  period: string;
  relationship: string;
  /** The claims that make the latest start and the earliest end; null where none of its own does. */
  startBy: string | null;
  endBy: string | null;
}

/** For a MARRIED period that stands at REPORTED or above, the claims that make its latest start and its earliest end. */
export function marriageIn({ type, draft, start, apart, end }: Laid): ProjectedPeriod['marriage'] {
  if (type !== 'MARRIED' || draft.exists.standing < REPORTED) return null;
  const bounds = (days: readonly (Laid['apart'] | null)[]): Bound[][] =>
    days.map((day) => (day?.projected.bounds ?? []).filter((bound) => bound.by !== null));
  const first = (days: Bound[][], day: number, side: 'min' | 'max') =>
    days.map((some) => makerOf(some, day, side)).find((claim) => claim !== null) ?? null;
  return {
    startBy: first(bounds([start, apart, end]), start.max, 'max'),
    endBy: first(bounds([end, apart, start]), end.min, 'min'),
  };
}

/** The established marriages among the periods of a relationship. */
export function marriagesOf(relationship: string, periods: readonly ProjectedPeriod[]): Marriage[] {
  return periods.flatMap(({ id, bounds, marriage }) =>
    marriage === null ? [] : [{ period: id, relationship, bounds, ...marriage }],
  );
}

/** Both marriages bind the same person, and share more than a boundary for certain, whatever their sources left open. */
export function overlaps(a: Marriage, b: Marriage): boolean {
  return a.relationship !== b.relationship && overlapped(a.bounds, b.bounds) === 'YES';
}

/**
 * The contradictions between pairs of marriages that overlap in law: between the claim that has the earlier one end so late and the
 * one that has the later begin so early, told of the later.
 */
export function overlapContradictions(
  pairs: readonly (readonly [Marriage, Marriage])[],
  resolved: Resolved,
): FoundContradiction[] {
  const found = new Contradictions(resolved);
  const ordered = pairs.map(([a, b]) => (isEarlier(a, b) ? [a, b] : [b, a]) as [Marriage, Marriage]);
  ordered.sort(([a, b], [c, d]) => (`${b.period}|${a.period}` < `${d.period}|${c.period}` ? -1 : 1));
  for (const [earlier, later] of ordered)
    found.add('MARRIAGE_OVERLAP', later.period, 'START', earlier.endBy, later.startBy);
  return found.list();
}

/** The contradictions between those of these marriages that overlap, with what is answered of the claims that make them. */
export function answeredOverlaps(
  marriages: readonly (readonly [Marriage, Marriage])[],
  desk: {
    cited: (claim: string) => CitedClaim | undefined;
    answered: (claims: readonly CitedClaim[]) => Answered;
    /** What a decision would make of a claim. */
    deciding?: (cited: CitedClaim) => CitedClaim;
  },
): FoundContradiction[] {
  const pairs = marriages.filter(([a, b]) => overlaps(a, b));
  const claims = overlapContradictions(pairs, new Map()).flatMap((found) => found.claims);
  const cited = [...new Set(claims)].flatMap((id) => desk.cited(id) ?? []);
  const { resolutions, others } = desk.answered(cited);
  const known = [...cited, ...others];
  return overlapContradictions(pairs, resolvedBy(resolutions, desk.deciding ? known.map(desk.deciding) : known));
}

function isEarlier(a: Marriage, b: Marriage): boolean {
  const order = a.bounds.startMax - b.bounds.startMax || a.bounds.startMin - b.bounds.startMin;
  return order === 0 ? a.period < b.period : order < 0;
}
