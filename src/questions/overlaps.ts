import { type Sight, seesPerson } from '../domain/gate.js';
import { type Certainty, overlapped, type StartAndEnd } from '../domain/interval.js';
import { AppError } from '../errors.js';
import type { Reads } from '../graph/graph.js';
import { compareTexts } from '../store/page.js';
import { people } from '../store/person.js';
import { MOST_ROMANCES, type Romance, type RomancesRead, romancesOf, type Together } from '../store/romances.js';

/** `person` and `and` are ids or slugs. */
export interface OverlapsQuestion {
  person: string;
  /** Asks for the others whom both were with at once. */
  and: string | null;
  certainty: 'CERTAIN' | 'POSSIBLE';
  /** So many at most, the best first. */
  first: number;
}

/** A time of being together, with the relationship that it is of. */
export interface Side {
  relationship: string;
  together: Together;
}

interface Pair {
  /** The third of two people; of one person, whom they were with first. */
  with: string;
  /** The second of two people; of one person, whom they were with later. */
  other: string;
  sides: [Side, Side];
}

/** Two times of being together that overlap, or may, or of which one overlaps a marriage in law of the other. */
export interface Overlap extends Pair {
  /** Whether the two times overlapped. */
  certainty: Certainty;
  /** Whether there was a marriage in law on the one side while the two of the other were together or married in law. */
  legallyMarried: Certainty;
}

/**
 * With whom somebody was while with somebody else; with `and`, with whom both were at once. Listed is what reaches the asked certainty
 * by togetherness or in law; only togetherness is an affair. Order: certainty, then that of the law, then the latest to begin, then
 * relationship ids. None where somebody asked for is unknown to this sight. Two or three statements. Throws TOO_COMPLEX for more than
 * 1,000 romances.
 */
export async function overlaps(graph: Reads, question: OverlapsQuestion, sight: Sight): Promise<Overlap[]> {
  const { person, and, certainty, first } = question;
  const asked = await people(graph, and === null ? [person] : [person, and]);
  const seen = asked.flatMap((found) => (found && seesPerson(sight, found) ? found.id : []));
  const [one, other] = seen;
  if (one === undefined || seen.length < asked.length || one === other) return [];
  const [ofOne, ofOther] = (await romancesOf(graph, seen, sight)).map(refuseTruncated);
  const pairs = other === undefined ? pairsOf(ofOne ?? []) : sharedPairs(ofOne ?? [], ofOther ?? [], other);
  return ranked(pairs, certainty).slice(0, first);
}

function refuseTruncated({ romances, truncated }: RomancesRead): Romance[] {
  if (!truncated) return romances;
  throw new AppError('TOO_COMPLEX', `Overlaps are worked out for up to ${MOST_ROMANCES} relationships of a person.`, {
    rule: 'ROMANCES',
    limit: MOST_ROMANCES,
  });
}

/** Every two times of one person with different others, as they began. */
export function* pairsOf(romances: readonly Romance[]): Generator<Pair> {
  const sides = romances.flatMap((romance) => sidesOf(romance).map((side) => ({ ...side, person: romance.other })));
  sides.sort(byStart);
  for (const [i, one] of sides.entries())
    for (let j = i + 1; j < sides.length; j += 1) {
      const other = sides[j];
      if (other && one.person !== other.person) yield { with: one.person, other: other.person, sides: [one, other] };
    }
}

/** Every two times of the first person and the second with the same third, who is neither of them. */
export function* sharedPairs(first: readonly Romance[], second: readonly Romance[], secondId: string): Generator<Pair> {
  const ofSecond = new Map(second.map((romance) => [romance.other, romance]));
  for (const mine of first) {
    const theirs = ofSecond.get(mine.other);
    if (theirs === undefined) continue;
    for (const one of sidesOf(mine))
      for (const other of sidesOf(theirs)) yield { with: mine.other, other: secondId, sides: [one, other] };
  }
}

function sidesOf({ relationship, together }: Romance): Side[] {
  return together.map((time) => ({ relationship, together: time }));
}

/** By the latest start, the earliest, the relationship's id. */
function byStart(a: Side, b: Side): number {
  const [one, other] = [a.together, b.together];
  const difference = one.startMax - other.startMax || one.startMin - other.startMin;
  return difference || compareTexts(a.relationship, b.relationship);
}

const RANK: Record<Certainty, number> = { YES: 2, POSSIBLE: 1, NO: 0 };

/** Those that reach the asked certainty, by togetherness or in law: the most certain first, then the latest to begin. */
export function ranked(pairs: Iterable<Pair>, asked: OverlapsQuestion['certainty']): Overlap[] {
  const least = asked === 'CERTAIN' ? RANK.YES : RANK.POSSIBLE;
  const found: Overlap[] = [];
  for (const pair of pairs) {
    const [one, other] = pair.sides;
    const certainty = overlapped(one.together, other.together);
    const legallyMarried = marriedMeanwhile(one.together, other.together);
    if (Math.max(RANK[certainty], RANK[legallyMarried]) >= least) found.push({ ...pair, certainty, legallyMarried });
  }
  return found.sort(
    (a, b) =>
      RANK[b.certainty] - RANK[a.certainty] ||
      RANK[b.legallyMarried] - RANK[a.legallyMarried] ||
      byStart(b.sides[1], a.sides[1]) ||
      byStart(b.sides[0], a.sides[0]),
  );
}

/** Certain where one marriage alone makes it so. */
export function marriedMeanwhile(one: Together, other: Together): Certainty {
  const answers = [
    ...one.marriages.map((marriage) => overlapped(marriage, withLaw(other))),
    ...other.marriages.map((marriage) => overlapped(withLaw(one), marriage)),
  ];
  return (['YES', 'POSSIBLE'] as const).find((answer) => answers.includes(answer)) ?? 'NO';
}

/** From coming together to whatever ended last, being together or a marriage of that time. */
function withLaw({ startMin, startMax, endMin, endMax, marriages }: Together): StartAndEnd {
  return {
    ...{ startMin, startMax },
    endMin: Math.max(endMin, ...marriages.map((marriage) => marriage.endMin)),
    endMax: Math.max(endMax, ...marriages.map((marriage) => marriage.endMax)),
  };
}
