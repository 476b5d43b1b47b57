import type { Bound, PeriodBounds } from './bound.js';
import { clampAlone, type Day } from './clamp.js';
import { clashesOf, type Projected, project } from './field.js';
import type { Contradictions, Resolved } from './contradiction.js';
import type { Life } from './evidence.js';
import { endWithoutNext, type PeriodDraft } from './period-draft.js';
import type { Field, Kind } from './records.js';
import { withoutSilenced } from './silence.js';
import { canBecome, clampInOrder, inStageOrder, type Staged } from './stages.js';
import { REPORTED } from './standing.js';

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
  /** The id of the period that this one became; its start is then this one's end, the same object. */
  becomes: string | null;
}

/** Which bounds of a draft to lay out: those that are heard, or all that are said. */
export type Hear = (draft: PeriodDraft) => PeriodBounds;

/**
 * Lays the periods of a relationship out: projects their days, clamps them alone, and those of a romance that stand at REPORTED
 * or above by each other in stage order. Answers these in their order, then the rest by id.
 */
export function layOut(
  drafts: readonly PeriodDraft[],
  kind: Kind,
  lives: readonly Life[],
  resolved: Resolved,
  hear: Hear,
): Laid[] {
  const staged = drafts.filter(({ exists }) => kind === 'ROMANTIC' && exists.standing >= REPORTED);
  const alone = drafts.filter((draft) => !staged.includes(draft));
  const layAlone = (draft: PeriodDraft) => clamped(lay(draft, hear(draft), null, null, resolved, hear), kind, lives);
  const order = inStageOrder(staged.map(layAlone));
  const laid = order.some(({ draft }) => draft.progressed.length > 0)
    ? layRuns(order.map(({ draft }) => draft), kind, lives, resolved, hear)
    : order;
  clampInOrder(laid);
  return [...laid, ...alone.map(layAlone)];
}

function clamped(laid: Laid, kind: Kind, lives: readonly Life[]): Laid {
  clampAlone(laid, kind, lives);
  return laid;
}

/** Lays periods out again, in the order found, with one day for the end of each and the start of what it became. */
function layRuns(
  order: readonly PeriodDraft[],
  kind: Kind,
  lives: readonly Life[],
  resolved: Resolved,
  hear: Hear,
): Laid[] {
  const runs: Laid[] = [];
  for (const [i, draft] of order.entries()) {
    const next = order[i + 1];
    const becomes = next && draft.progressed.length > 0 && canBecome(draft.period, next.period) ? next : null;
    const previous = runs.at(-1);
    const start = previous?.becomes === draft.period.id ? previous.end : null;
    runs.push(lay(draft, hear(draft), start, becomes, resolved, hear));
  }
  return runs.map((laid) => clamped(laid, kind, lives));
}

function lay(
  draft: PeriodDraft,
  bounds: PeriodBounds,
  startAt: ProjectedDay | null,
  becomes: PeriodDraft | null,
  resolved: Resolved,
  hear: Hear,
): Laid {
  const start = startAt ?? dayFrom(bounds.start);
  const end = becomes
    ? dayFrom(withoutSilenced([[...bounds.end, ...hear(becomes).start]], hear === said ? NONE : resolved).flat(), true)
    : dayFrom(endWithoutNext(draft, bounds.end));
  return {
    id: draft.period.id,
    type: draft.period.type,
    draft,
    start,
    apart: bounds.apart.length > 0 ? dayFrom(bounds.apart) : null,
    end,
    startKnown: start.projected.bounds.some(({ says }) => says === 'DATED'),
    says: end.projected.says,
    becomes: becomes?.period.id ?? null,
  };
}

const NONE: Resolved = new Map();

/** Everything that reaches the bar, whatever a resolution silences. */
export const said: Hear = (draft) => draft.said;
export const heard: Hear = (draft) => draft.heard;

/** `dated`: that one became the next is a date for the end, whatever is known of the day. */
function dayFrom(bounds: readonly Bound[], dated = false): ProjectedDay {
  const projected = project(bounds);
  const { min, max, contested } = projected;
  return { min, max, contested, projected: dated ? { ...projected, says: 'DATED' } : projected };
}
