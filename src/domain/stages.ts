import { clampByEachOther, notAfter, type Span } from './clamp.js';
import type { EndState } from './evidence.js';
import { meets } from './interval.js';
import type { PeriodType } from './words.js';

/** A period of a romance among its others. */
export interface Staged extends Span {
  id: string;
  type: PeriodType;
  /** What is said of its end. */
  says: EndState;
}

const STAGE: Partial<Record<PeriodType, number>> = { ENGAGED: 1, MARRIED: 2, PARTNERSHIP: 2 };

const stageOf = ({ type }: { type: PeriodType }): number => STAGE[type] ?? 0;

/**
 * The order of a romance's periods: by startMax, startMin, id; then neighbours whose starts overlap change places while the later
 * one has the lower stage.
 */
export function inStageOrder<T extends Staged>(periods: readonly T[]): T[] {
  const order = [...periods].sort(
    (a, b) => a.start.max - b.start.max || a.start.min - b.start.min || (a.id < b.id ? -1 : 1),
  );
  // Every exchange removes one pair in the wrong order of stages, so this ends.
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = 1; i < order.length; i += 1) {
      const [first, second] = [order[i - 1], order[i]];
      if (!first || !second || stageOf(second) >= stageOf(first) || !meets(first.start, second.start)) continue;
      order[i - 1] = second;
      order[i] = first;
      changed = true;
    }
  }
  return order;
}

/** Whether `next` can be what `period` became: a later stage, or a marriage after a partnership. */
export function canBecome(period: { type: PeriodType }, next: { type: PeriodType }): boolean {
  return stageOf(next) > stageOf(period) || (period.type === 'PARTNERSHIP' && next.type === 'MARRIED');
}

/**
 * Clamps periods in stage order by their neighbours: no start is before the previous start, and a period whose end nobody states
 * ends when the next starts at the latest. Forward carries the lower bounds on, the way back the upper ones.
 */
export function clampInOrder(order: readonly Staged[]): void {
  const pairs = order.slice(1).map((next, i) => [order[i] as Staged, next] as const);
  for (const [previous, next] of pairs) clampNeighbours(previous, next);
  for (const [previous, next] of pairs.reverse()) clampNeighbours(previous, next);
}

function clampNeighbours(previous: Staged, next: Staged): void {
  notAfter(previous.start, next.start);
  if (previous.says !== 'DATED' && previous.says !== 'ENDED') notAfter(previous.end, next.start);
  clampByEachOther(previous);
  clampByEachOther(next);
}
