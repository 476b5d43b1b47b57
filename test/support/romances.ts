import fc from 'fast-check';
import type { StartAndEnd } from '../../src/domain/interval.js';
import type { Romance, Together } from '../../src/store/romances.js';

/** A start and an end that are known to the day: one world of an uncertain time. */
export interface Lived {
  start: number;
  end: number;
}

/** A time of being together without marriages, whose start somebody tells; days without vagueness unless given. */
export function aTime(startMin: number, endMin: number, given: Partial<Together> = {}): Together {
  const days = { startMin, startMax: startMin, endMin, endMax: endMin };
  return { ...days, periods: [], known: true, state: 'DATED', marriages: [], ...given };
}

export function aRomance(other: string, ...together: Together[]): Romance {
  return { relationship: `rel_${other}`, other: `per_${other}`, together };
}

/** Bounds that the projection can leave: clamped by each other, crossing or not. */
export const bounds = (most = 6): fc.Arbitrary<StartAndEnd> =>
  fc.tuple(fc.nat(most), fc.nat(2), fc.nat(3), fc.nat(2)).map(([startMin, vague, long, late]) => {
    const startMax = startMin + vague;
    const endMin = startMin + long;
    return { startMin, startMax, endMin, endMax: Math.max(endMin + late, startMax) };
  });

/** Every start and end that the bounds allow. */
export function worldsOf({ startMin, startMax, endMin, endMax }: StartAndEnd): Lived[] {
  const starts = Array.from({ length: startMax - startMin + 1 }, (_, i) => startMin + i);
  const ends = Array.from({ length: endMax - endMin + 1 }, (_, i) => endMin + i);
  return starts.flatMap((start) => ends.filter((end) => start <= end).map((end) => ({ start, end })));
}

/** Every choice of one world each. */
export function product<V>(lists: readonly (readonly V[])[]): V[][] {
  return lists.reduce<V[][]>((all, list) => all.flatMap((some) => list.map((one) => [...some, one])), [[]]);
}
