import { type Bound, endedBounds } from './bound.js';
import { clampAlone, type Day } from './clamp.js';
import type { Life } from './evidence.js';
import { type Projected, project } from './field.js';
import { afterDeath, BOUND_BY_BIRTH, BOUND_BY_DEATH, beforeBirth, lifeWithin } from './life.js';
import type { PeriodDraft } from './period-draft.js';
import { type Answers, withoutSilenced } from './silence.js';
import { canBecome, clampInOrder, inStageOrder, type Staged } from './stages.js';
import { REPORTED } from './standing.js';
import type { Kind } from './words.js';

/** A day with what projects it; clamps narrow `min` and `max`, `projected` stays as the claims have it. */
export interface ProjectedDay extends Day {
  projected: Projected;
}

/** A period laid out on the line of time. */
export interface Laid extends Staged {
  draft: PeriodDraft;
  start: ProjectedDay;
  apart: ProjectedDay | null;
  end: ProjectedDay;
  /** The id of the period that this one became; this one's `end` and that one's `start` are the same object. */
  becomes: string | null;
}

export interface Couple {
  kind: Kind;
  lives: readonly [Life, Life];
  answers: Answers;
}

/**
 * Lays the periods of a relationship out by what is heard of them: projects their days, clamps them alone, and those of a romance
 * that stand at REPORTED or above by each other, in stage order. Answers these in their order, then the rest as they come.
 */
export function layOut(drafts: readonly PeriodDraft[], couple: Couple): Laid[] {
  const isStaged = ({ exists }: PeriodDraft) => couple.kind === 'ROMANTIC' && exists.standing >= REPORTED;
  const alone = (draft: PeriodDraft) => clamped(lay(draft, null, null, couple), couple);
  const order = inStageOrder(drafts.filter(isStaged).map(alone));
  const becoming = order.some(({ draft }) => draft.progressed.length > 0);
  const laid = becoming ? layRuns(order, couple) : order;
  clampInOrder(laid);
  return [...laid, ...drafts.filter((draft) => !isStaged(draft)).map(alone)];
}

/** Lays periods out again in the order found, with one day for the end of each and the start of the next, if it became that. */
function layRuns(order: readonly Laid[], couple: Couple): Laid[] {
  const runs: Laid[] = [];
  for (const [i, { draft }] of order.entries()) {
    const next = order[i + 1]?.draft;
    const becomes = next && draft.progressed.length > 0 && canBecome(draft.period, next.period) ? next : null;
    const previous = runs.at(-1);
    const startAt = previous?.becomes === draft.period.id ? previous.end : null;
    runs.push(lay(draft, startAt, becomes, couple));
  }
  return runs.map((laid) => clamped(laid, couple));
}

/** A life that a day goes beyond contests that day, and clamps nothing of the period on that side. */
function clamped(laid: Laid, { kind, lives }: Couple): Laid {
  const days = [laid.start, laid.apart ?? [], laid.end].flat();
  for (const day of days) day.contested ||= lives.some((life) => isBeyond(day, kind, life));
  const projected = days.map((day) => day.projected);
  clampAlone(
    laid,
    kind,
    lives.map((life) => lifeWithin(life, projected)),
  );
  return laid;
}

function isBeyond({ projected }: ProjectedDay, kind: Kind, life: Life): boolean {
  return (
    (BOUND_BY_BIRTH.includes(kind) && beforeBirth(projected, life).length > 0) ||
    (BOUND_BY_DEATH.includes(kind) && afterDeath(projected, life).length > 0)
  );
}

function lay(draft: PeriodDraft, startAt: ProjectedDay | null, becomes: PeriodDraft | null, { answers }: Couple): Laid {
  const start = startAt ?? dayOf(draft.heard.start);
  const end = becomes ? dayBetween(draft, becomes, answers) : dayOf(endAlone(draft));
  return {
    id: draft.period.id,
    type: draft.period.type,
    draft,
    start,
    apart: draft.heard.apart.length > 0 ? dayOf(draft.heard.apart) : null,
    end,
    startKnown: start.projected.bounds.some(({ says }) => says === 'DATED'),
    says: end.projected.says,
    becomes: becomes?.period.id ?? null,
  };
}

/** The day on which one became the other, by the claims of both: a dated end, whatever is known of the day. */
function dayBetween(draft: PeriodDraft, next: PeriodDraft, { resolved }: Answers): ProjectedDay {
  const bounds = withoutSilenced([[...draft.heard.end, ...next.heard.start]], resolved).flat();
  const day = dayOf(bounds);
  return { ...day, projected: { ...day.projected, says: 'DATED' } };
}

/** Said to have become another, where there is none that it can be: it ended, and no more is known. */
function endAlone({ heard, progressed }: PeriodDraft): Bound[] {
  return [...heard.end, ...endedBounds(progressed)];
}

function dayOf(bounds: readonly Bound[]): ProjectedDay {
  const projected = project(bounds);
  return { min: projected.min, max: projected.max, contested: projected.contested, projected };
}
