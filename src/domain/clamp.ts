import { UNBOUNDED } from './day.js';
import type { Interval, Life } from './evidence.js';
import { BOUND_BY_BIRTH, BOUND_BY_DEATH, coming16 } from './life.js';
import type { Kind } from './words.js';

/** A day that clamps may narrow. */
export interface Day extends Interval {
  contested: boolean;
}

/** The days of one period; `end` and the next period's `start` are the same object where the one became the other. */
export interface Span {
  start: Day;
  /** Null where nothing bounds a parting. */
  apart: Day | null;
  end: Day;
  startKnown: boolean;
}

/**
 * Clamps the days of a period by the lives of both and by each other (design.md, section 3, "Clamp"). A clamp that would leave
 * nothing is skipped, and the days are contested; one by the 16th birthday is skipped silently.
 */
export function clampAlone(span: Span, kind: Kind, lives: readonly Life[]): void {
  if (BOUND_BY_BIRTH.includes(kind)) raise(span.start, Math.max(...lives.map(({ birth }) => birth.min)));
  if (BOUND_BY_DEATH.includes(kind)) lower(span.end, Math.min(...lives.map(({ death }) => death.max)));
  clampByEachOther(span);
  if (kind !== 'ROMANTIC' || span.startKnown) return;
  const earliest = Math.max(...lives.map(({ birth }) => coming16(birth).min));
  if (earliest > span.start.max) return;
  raise(span.start, earliest);
  clampByEachOther(span);
}

/** The start is not after the parting or the end, and the parting not after the end. */
export function clampByEachOther({ start, apart, end }: Span): void {
  if (apart) {
    notAfter(start, apart);
    notAfter(apart, end);
  }
  notAfter(start, end);
}

/** `earlier` is not after `later`: narrows both, or, where that leaves no days, neither, and contests both. */
export function notAfter(earlier: Day, later: Day): void {
  if (earlier.min > later.max) {
    earlier.contested = true;
    later.contested = true;
    return;
  }
  earlier.max = Math.min(earlier.max, later.max);
  later.min = Math.max(later.min, earlier.min);
}

function raise(day: Day, min: number): void {
  if (min === -UNBOUNDED) return;
  if (min > day.max) day.contested = true;
  else day.min = Math.max(day.min, min);
}

function lower(day: Day, max: number): void {
  if (max === UNBOUNDED) return;
  if (max < day.min) day.contested = true;
  else day.max = Math.min(day.max, max);
}
