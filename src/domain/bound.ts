import { type AcceptedClaim, on } from './accepted.js';
import { UNBOUNDED } from './day.js';
import type { CitedBy, EndState, Interval, Life } from './evidence.js';
import { contains } from './interval.js';
import { boundsOfDateValue } from './partial-date.js';
import type { DateValue } from './records.js';
import { strengthOf } from './standing.js';

/** What one claim, or the event of STARTED_BY or ENDED_BY, says about one day: the day lies in [min, max]. */
export interface Bound extends Interval {
  /** The claim with those of its citations that say this; null for an event. */
  by: AcceptedClaim | null;
  /** For an event: the claim that makes its date. */
  lentBy?: string | null;
  /** What it says of its field: a date, that it came, that it did not come yet; UNSTATED where it only follows from EXISTS and the like. */
  says: EndState;
  /** The date as stated, normalised; null where none is stated. */
  date: { edtf: string; text: string | null } | null;
}

/** The claim that stands behind a bound: its own, or that of the event which lends its date. */
export const claimOf = ({ by, lentBy }: Bound): string | null => by?.claim.id ?? lentBy ?? null;

/** The bounds that claims put on the three days of a period: start, parting, end. */
export interface PeriodBounds {
  start: Bound[];
  apart: Bound[];
  end: Bound[];
}

type Says = Pick<Bound, 'says' | 'date'>;
type Fields = { state?: string; date?: DateValue; announced?: true; reason?: string };

const upTo = (max: number): Interval => ({ min: -UNBOUNDED, max });
const from = (min: number): Interval => ({ min, max: UNBOUNDED });
const says = (state: EndState): Says => ({ says: state, date: null });

/**
 * The bounds of accepted claims on one date field of any subject. `cut` says whether the day was told in the past tense, so that
 * it is not after the article's; a date wholly after it is a plan and bounds nothing.
 */
export function dateBounds(claims: readonly AcceptedClaim[], cut: (value: Fields) => boolean): Bound[] {
  return claims.flatMap((claim) => {
    const value = claim.claim.value as Fields;
    if (!value.date) return [];
    const { min, max, edtf } = boundsOfDateValue(value.date);
    const stated: Says = { says: 'DATED', date: { edtf, text: value.date.text ?? null } };
    if (!cut(value)) return [{ min, max, by: claim, ...stated }];
    return spread(claim, stated, (article) => (min > article.max ? null : { min, max: Math.min(max, article.max) }));
  });
}

/** The bounds of accepted assertions on a period's days (design.md, section 3, "Claims bound"), whatever their strength. */
export function periodBounds(claims: readonly AcceptedClaim[], lives: readonly [Life, Life]): PeriodBounds {
  const implied = on(claims, ['EXISTS', 'APART', 'END']);
  return {
    start: [
      ...dateBounds(on(claims, ['START']), () => true),
      ...implied.flatMap((claim) => spread(claim, says('UNSTATED'), (article) => upTo(article.max))),
    ],
    apart: [...dateBounds(on(claims, ['APART']), () => true), ...stateBounds(on(claims, ['APART']))],
    end: [
      ...dateBounds(on(claims, ['END']), isPast),
      ...stateBounds(on(claims, ['END', 'EXISTS'])),
      ...byDeath(withReason(claims, 'DEATH'), lives),
    ],
  };
}

/** What denials say did not happen in: their dates as stated, and the days that their states mean. */
export function denialBounds(claims: readonly AcceptedClaim[]): Bound[] {
  return [...dateBounds(claims, () => false), ...stateBounds(claims)];
}

const isPast = ({ announced }: Fields): boolean => announced !== true;

/** ENDED, PARTED: not after the article; ONGOING, PRESENT: not before it. PAST says nothing of the end. */
export function stateBounds(claims: readonly AcceptedClaim[]): Bound[] {
  return claims.flatMap((claim) => {
    const { state } = claim.claim.value as Fields;
    if (state === 'ENDED' || state === 'PARTED') return spread(claim, says('ENDED'), ({ max }) => upTo(max));
    if (state === 'ONGOING') return spread(claim, says('ONGOING'), ({ min }) => from(min));
    return state === 'PRESENT' ? spread(claim, says('UNSTATED'), ({ min }) => from(min)) : [];
  });
}

/** Accepted claims of END_REASON with this reason. */
export function withReason(claims: readonly AcceptedClaim[], reason: string): AcceptedClaim[] {
  return on(claims, ['END_REASON']).filter(({ claim }) => (claim.value as Fields).reason === reason);
}

/** An end told without its date: not after the article. */
export function endedBounds(claims: readonly AcceptedClaim[]): Bound[] {
  return claims.flatMap((claim) => spread(claim, says('ENDED'), ({ max }) => upTo(max)));
}

/**
 * "Till death": on the earlier death of the two, and not after the article where that can be. Where only one death is known the
 * other may have been before it, so that one is no date, but the latest day of the end.
 */
function byDeath(claims: readonly AcceptedClaim[], [a, b]: readonly [Life, Life]): Bound[] {
  const min = Math.min(a.death.min, b.death.min);
  const max = Math.min(a.death.max, b.death.max);
  if (max === UNBOUNDED) return endedBounds(claims);
  return claims.flatMap((claim) =>
    spread(claim, says(min > -UNBOUNDED ? 'DATED' : 'ENDED'), (article) => ({
      min,
      max: article.max < min ? max : Math.min(max, article.max),
    })),
  );
}

/**
 * Where the article's day makes the bound, each citation counts as a claim with its own interval; those with the same interval
 * are one.
 */
function spread(claim: AcceptedClaim, stated: Says, boundIn: (article: Interval) => Interval | null): Bound[] {
  const groups = new Map<string, { bound: Interval; cited: CitedBy[] }>();
  for (const cited of claim.citations) {
    const bound = boundIn(cited.article.day);
    if (bound === null || (bound.min === -UNBOUNDED && bound.max === UNBOUNDED)) continue;
    const key = `${bound.min}|${bound.max}`;
    const group = groups.get(key);
    if (group) group.cited.push(cited);
    else groups.set(key, { bound, cited: [cited] });
  }
  return [...groups.values()].map(({ bound, cited }) => ({
    min: bound.min,
    max: bound.max,
    by: { claim: claim.claim, citations: cited },
    ...stated,
  }));
}

/**
 * Those bounds of claims that reach the bar: by their own citations, or with the citations of those inside their interval.
 */
export function reaching(bounds: readonly Bound[], bar: number): Bound[] {
  const citedOf = ({ by }: Bound) => by?.citations ?? [];
  return bounds.filter(
    (bound) =>
      strengthOf(citedOf(bound)) >= bar ||
      (bounds.length > 1 && strengthOf(bounds.filter((inner) => contains(bound, inner)).flatMap(citedOf)) >= bar),
  );
}
