import { type MatchablePeriod, matchPeriod } from './match.js';

interface Pointed<P> {
  /** Becomes a pointer to `survivor`. */
  pointer: P;
  survivor: P;
}

/** Where the periods of two relationships go that become one. */
export interface Placement<P> {
  /** Those of the one that goes that are periods of the other from now on. */
  moves: P[];
  /** Those that are the same: what is said of the pointer is said of who survives. */
  unifies: Pointed<P>[];
  /** Those that several of the other side fit: what is said of them is said of the relationship. */
  dissolves: Pointed<P>[];
}

/**
 * Places the periods that come along among those that stay (design.md, section 5): dated beats undated, and what fits several dissolves.
 * Each is matched to the other side's alone, and each of these is taken once, by a dated one first: periods that were apart on one side
 * stay apart. The order of the lists doesn't matter. Pure.
 */
export function placePeriods<P extends MatchablePeriod>(stay: readonly P[], come: readonly P[]): Placement<P> {
  const vague = stay.flatMap((pointer) => {
    const [first, second] = pointer.start === null ? datedAmong(pointer, come) : [];
    return first && second ? [{ pointer, first }] : [];
  });
  const there = new Map(stay.filter((each) => !vague.some(({ pointer }) => pointer === each)).map((p) => [p.id, p]));
  const placement: Placement<P> = { moves: [], unifies: [], dissolves: [] };
  const survivorOf = new Map<string, P>();
  const point = (pointer: P, survivor: P): Pointed<P> => {
    survivorOf.set(pointer.id, survivor);
    return { pointer, survivor };
  };
  const fittingSeveral: [P, string][] = [];
  const taken = new Set<string>();
  for (const period of [...come].sort(byStart)) {
    const found = matchPeriod(period, period.type, [...there.values()]);
    const other = found.match === 'ONE' && !taken.has(found.period) ? there.get(found.period) : undefined;
    if (other !== undefined) {
      taken.add(other.id);
      const datedWins = other.start === null && period.start !== null;
      if (datedWins) placement.moves.push(period);
      placement.unifies.push(datedWins ? point(other, period) : point(period, other));
    } else if (found.match === 'RELATIONSHIP' && found.periods[0] !== undefined) {
      fittingSeveral.push([period, found.periods[0]]);
    } else {
      placement.moves.push(period);
    }
  }
  for (const [period, id] of fittingSeveral)
    placement.dissolves.push(point(period, survivorOf.get(id) ?? (there.get(id) as P)));
  for (const { pointer, first } of vague) placement.dissolves.push(point(pointer, survivorOf.get(first.id) ?? first));
  return placement;
}

/** The dated ones that an undated period may be, the earliest first. */
function datedAmong<P extends MatchablePeriod>(undated: P, periods: readonly P[]): P[] {
  return periods
    .filter((each) => each.start !== null && matchPeriod(undated, undated.type, [each]).match === 'ONE')
    .sort(byStart);
}

/** By the latest start, those without one last, then by id. */
function byStart(a: MatchablePeriod, b: MatchablePeriod): number {
  const [x, y] = [a.start?.max ?? Number.MAX_SAFE_INTEGER, b.start?.max ?? Number.MAX_SAFE_INTEGER];
  return x - y || (a.id < b.id ? -1 : 1);
}
