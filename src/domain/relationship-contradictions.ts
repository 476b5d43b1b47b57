import { type Bound, claimOf } from './bound.js';
import type { Contradictions } from './contradiction.js';
import { clashesOf } from './field.js';
import type { Laid, ProjectedDay } from './layout.js';
import type { Field } from './words.js';

type Pair = readonly [Bound, Bound];

/**
 * Adds what excludes each other in a laid-out relationship: dates of one field that don't meet, and a start that lies after the
 * parting or end, or a parting after the end, before any clamp (DATE_ORDER between sources). Where one period became the next, a
 * pair that is all about the next one's start is reported there, any other as the end of the first.
 */
export function addDateContradictions(laid: readonly Laid[], found: Contradictions): void {
  for (const period of laid) {
    const isOfNext = (pair: Pair) =>
      period.becomes !== null && pair.every(({ by }) => by?.claim.subject === period.becomes);
    const isOwn = (pair: Pair) => pair.every(({ by }) => by?.claim.subject === period.id);
    const isJoined = laid.some(({ becomes }) => becomes === period.id);
    const { start, apart, end } = period;
    add(found, period, 'START', isJoined ? clashesOf(start.projected).filter(isOwn) : clashesOf(start.projected));
    if (apart) {
      add(found, period, 'APART', clashesOf(apart.projected));
      add(found, period, 'APART', outOfOrder(start, apart));
      add(found, period, 'END', outOfOrder(apart, end));
    }
    add(
      found,
      period,
      'END',
      clashesOf(end.projected).filter((pair) => !isOfNext(pair)),
    );
    add(found, period, 'END', outOfOrder(start, end));
  }
}

/** Pairs of claims that put the earlier day after the later one, where the projected days can't be in order. */
function outOfOrder({ projected: earlier }: ProjectedDay, { projected: later }: ProjectedDay): Pair[] {
  if (earlier.min <= later.max) return [];
  return earlier.narrowest.flatMap((a) => later.narrowest.flatMap((b): Pair[] => (a.min > b.max ? [[a, b]] : [])));
}

function add(found: Contradictions, { id }: Laid, field: Field, pairs: readonly Pair[]): void {
  for (const [a, b] of pairs) {
    found.add('DATES_EXCLUDE', id, field, claimOf(a), claimOf(b));
  }
}
