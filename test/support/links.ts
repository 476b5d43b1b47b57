import fc from 'fast-check';
import type { Interval, Standing } from '../../src/domain/evidence.js';
import type { Through } from '../../src/questions/chain.js';
import type { ChainReads } from '../../src/questions/chain-search.js';
import type { Link, Span } from '../../src/store/links-of.js';

/** A period between two people, as `LINKED` has it, seen from neither. */
export interface Edge extends Omit<Link, 'other' | 'outward'> {
  a: string;
  b: string;
}

export const THROUGH_ALL: Through = {
  kinds: ['ROMANTIC'],
  types: null,
  at: null,
  certainty: 'POSSIBLE',
  minStanding: 0,
  inTimeOrder: false,
  avoid: [],
};

export function aSpan(startMin: number, startMax = startMin, endMin = 10_000, endMax = endMin): Span {
  return { startMin, startMax, endMin: Math.max(endMin, startMin), endMax: Math.max(endMax, startMax), known: true };
}

/** A CONFIRMED marriage from day 0; of `a`, `b` and the period's id everything else follows. */
export function anEdge(a: string, b: string, given: Partial<Edge> = {}): Edge {
  const own = given.own ?? given.together ?? aSpan(0);
  return {
    ...{ a, b, kind: 'ROMANTIC', type: 'MARRIED', standing: 3, own, together: own },
    periodId: `prd_${a}${b}`,
    relationshipId: `rel_${[a, b].sort().join('')}`,
    ...given,
  };
}

/** The batched reads over a plain array: the rules of links-of.ts, said once more. */
export function readerOf(edges: readonly Edge[], through: Through, most = Number.POSITIVE_INFINITY): ChainReads {
  const kept = edges.filter((edge) => matches(edge, through));
  const linksOf = (people: readonly string[], among?: readonly string[]) =>
    people.map((person) => kept.flatMap((edge) => seenFrom(person, edge)).filter(isAsked(among, through)));
  return {
    async steps(people, among) {
      const steps = linksOf(people, among).map((list) =>
        list.map((link) => ({ other: link.other, ...(through.types === null ? link.together : link.own) })),
      );
      const truncated = steps.flat().length > most;
      return {
        steps: truncated ? steps.map((list) => list.slice(0, Math.floor(most / steps.length))) : steps,
        truncated,
      };
    },
    links: async (people, among) => ({ links: linksOf(people, among), truncated: false }),
  };
}

function isAsked(among: readonly string[] | undefined, { avoid }: Through) {
  return ({ other }: Link) => !avoid.includes(other) && (among === undefined || among.includes(other));
}

export function seenFrom(person: string, { a, b, ...edge }: Edge): Link[] {
  if (person !== a && person !== b) return [];
  return [{ ...edge, other: person === a ? b : a, outward: person === a }];
}

export function matches(edge: Edge, { kinds, types, at, certainty, minStanding }: Through): boolean {
  const { startMin, startMax, endMin, endMax } = types === null ? edge.together : edge.own;
  const possibly = at === null || (startMin <= at.max && endMax >= at.min);
  const surely = at === null || (startMax <= at.max && endMin >= at.min);
  return (
    kinds.includes(edge.kind) &&
    (types === null || types.includes(edge.type)) &&
    edge.standing >= minStanding &&
    (certainty === 'CERTAIN' ? surely : possibly)
  );
}

const span: fc.Arbitrary<Span> = fc
  .tuple(fc.nat(3), fc.nat(2), fc.nat(8), fc.nat(2))
  .map(([start, vague, end, late]) => aSpan(start, start + vague, end, end + late));

const interval: fc.Arbitrary<Interval> = fc
  .tuple(fc.nat(8), fc.nat(3))
  .map(([min, days]) => ({ min, max: min + days }));

/** Two different people: any, or two who stand near each other, which makes long chains from the first to the last. */
function pairOf(people: readonly string[]): fc.Arbitrary<readonly [string, string]> {
  const near = people.flatMap((one, i) => people.slice(i + 1, i + 3).map((other) => [one, other] as const));
  const pair = fc.oneof({ arbitrary: fc.constantFrom(...near), weight: 9 }, fc.constantFrom(...pairs(people)));
  return fc.tuple(pair, fc.boolean()).map(([[a, b], turned]) => (turned ? [b, a] : [a, b]));
}

const pairs = (people: readonly string[]) =>
  people.flatMap((one, i) => people.slice(i + 1).map((other) => [one, other] as const));

/** A few people with many links between them, parallel ones among them. */
export const edgesAmong = (people: readonly string[], most = 16): fc.Arbitrary<Edge[]> => {
  // Links further on tend to start later, or hardly any chain would be in time order.
  const placeOf = (a: string, b: string) => Math.min(people.indexOf(a), people.indexOf(b));
  return fc
    .array(
      fc.record({
        pair: pairOf(people),
        kind: fc.constantFrom('ROMANTIC' as const, 'ROMANTIC' as const, 'ROMANTIC' as const, 'FRIEND' as const),
        married: fc.boolean(),
        standing: fc.constantFrom<Standing>(0, 1, 2, 3, 3),
        own: span,
        together: span,
      }),
      { minLength: Math.ceil(most / 2), maxLength: most, size: 'max' },
    )
    .map((links) =>
      links.map(({ pair: [a, b], kind, married, standing, own, together }, i) =>
        anEdge(a, b, {
          ...{ kind, standing, own: later(own, placeOf(a, b)), together: later(together, placeOf(a, b)) },
          ...{ periodId: `prd_${String(i).padStart(2, '0')}` },
          type: kind === 'ROMANTIC' && married ? 'MARRIED' : 'UNSPECIFIED',
          relationshipId: `rel_${[a, b].sort().join('')}${kind}`,
        }),
      ),
    );
};

const later = ({ known, ...days }: Span, by: number): Span => ({
  ...{ startMin: days.startMin + by, startMax: days.startMax + by, endMin: days.endMin + by, endMax: days.endMax + by },
  known,
});

/** What a chain may be asked to go through, among people who are not its ends. */
export const throughAmong = (others: readonly string[]): fc.Arbitrary<Through> =>
  fc.record({
    kinds: fc.constantFrom<Through['kinds']>(['ROMANTIC'], ['ROMANTIC', 'FRIEND'], ['ROMANTIC', 'FRIEND'], ['FRIEND']),
    types: fc.constantFrom<Through['types']>(null, null, ['MARRIED', 'UNSPECIFIED'], ['MARRIED']),
    at: fc.oneof(fc.constant(null), fc.constant(null), interval),
    certainty: fc.constantFrom<Through['certainty']>('POSSIBLE', 'POSSIBLE', 'CERTAIN'),
    minStanding: fc.constantFrom<Standing>(0, 0, 1, 2),
    inTimeOrder: fc.boolean(),
    avoid: fc.oneof(
      fc.constant([]),
      fc.constant([]),
      fc.subarray([...others]).map((some) => some.slice(0, 1)),
    ),
  });
