import { type AcceptedClaim, acceptedOf, on } from './accepted.js';
import {
  type Bound,
  endedBounds,
  type PeriodBounds,
  periodBounds,
  reaching,
  stateBounds,
  withReason,
} from './bound.js';
import { preferredOverSides } from './contradiction.js';
import { UNBOUNDED } from './day.js';
import type { EndState, Life, PeriodEvidence, Standing } from './evidence.js';
import type { Period } from './records.js';
import { type Answers, heardOfPeriod } from './silence.js';
import { IMPLY_EXISTENCE, REPORTED, type Ruling, standingOf, strengthOf } from './standing.js';

/** A period with what its claims say, before its days are projected. */
export interface PeriodDraft {
  period: Period;
  evidence: PeriodEvidence;
  accepted: readonly AcceptedClaim[];
  /** Standing and contest of EXISTS, and who disagrees before any resolution. */
  exists: Ruling;
  /** What a claim has to reach to bound: the smaller of REPORTED and the period's standing as if nobody denied it. */
  bar: Standing;
  /** What bounds, before resolutions silence any of it. */
  said: PeriodBounds;
  /** What bounds. */
  heard: PeriodBounds;
  /** Claims that reach the bar and say that this period became the next. */
  progressed: readonly AcceptedClaim[];
  /** Whether an accepted end, or a parting, doesn't reach the bar where no other does. */
  endRumoured: boolean;
  apartRumoured: boolean;
}

export function draftOf(evidence: PeriodEvidence, lives: readonly [Life, Life], answers: Answers): PeriodDraft {
  const accepted = acceptedOf(evidence.claims);
  const exists = standingOf(evidence.claims);
  const preferred = preferredOverSides(answers.resolved);
  const settled = preferred.size === 0 ? exists : standingOf(evidence.claims, 'EXISTS', preferred);
  const unopposed = strengthOf(on(accepted, IMPLY_EXISTENCE).flatMap(({ citations }) => citations));
  const bar = Math.min(REPORTED, unopposed) as Standing;
  const told = periodBounds(accepted, lives);
  const said = bounding(told, bar, accepted, evidence);
  const { start, apart, end } = heardOfPeriod(said, answers);
  const progressed = reachingReason(withReason(accepted, 'PROGRESSED'), bar);
  const ends = [...told.end, ...endedBounds(withReason(accepted, 'PROGRESSED'))];
  return {
    period: evidence.period,
    evidence,
    accepted,
    exists: { ...settled, disagreements: exists.disagreements },
    bar,
    said,
    heard: { start, apart: apart.some(saysIt) ? apart : [], end },
    progressed,
    endRumoured: ends.some(saysIt) && !said.end.some(saysIt) && progressed.length === 0,
    apartRumoured: told.apart.some(saysIt) && !said.apart.some(saysIt),
  };
}

/** Says that the day came or comes, dated or not: ONGOING does not, nor does what merely follows from EXISTS. */
const saysIt = ({ says }: Bound): boolean => says === 'DATED' || says === 'ENDED';

function bounding(
  told: PeriodBounds,
  bar: Standing,
  accepted: readonly AcceptedClaim[],
  { startedBy, endedBy }: PeriodEvidence,
): PeriodBounds {
  return {
    start: [...reaching(told.start, bar), ...eventBound(startedBy)],
    apart: withPresence(reaching(told.apart, bar), accepted, bar),
    end: [...reaching(told.end, bar), ...eventBound(endedBy)],
  };
}

/**
 * Together on the article's day (EXISTS PRESENT) means not parted before it, unless the article is later than a parting can be:
 * then it speaks of the law.
 */
function withPresence(partings: readonly Bound[], accepted: readonly AcceptedClaim[], bar: Standing): Bound[] {
  if (partings.length === 0) return [];
  const lastPossible = Math.min(...partings.map(({ max }) => max));
  const presence = reaching(stateBounds(on(accepted, ['EXISTS'])), bar);
  return [...partings, ...presence.filter(({ min }) => min <= lastPossible)];
}

/**
 * The bound that a period takes from the DATE of its STARTED_BY or ENDED_BY event: one more interval among its claims', and past
 * any bar, for an editor has tied the event to the period.
 */
function eventBound(event: PeriodEvidence['startedBy']): Bound[] {
  if (event === null || (event.day.min === -UNBOUNDED && event.day.max === UNBOUNDED)) return [];
  const says: EndState = 'DATED';
  const date = event.edtf === null ? null : { edtf: event.edtf, text: null };
  return [{ min: event.day.min, max: event.day.max, by: null, lentBy: event.claim, says, date }];
}

/** All of these claims if together they reach the bar, else none: they say the same. */
function reachingReason(claims: readonly AcceptedClaim[], bar: Standing): readonly AcceptedClaim[] {
  return strengthOf(claims.flatMap(({ citations }) => citations)) >= bar ? claims : [];
}
