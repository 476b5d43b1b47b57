import { expect } from 'vitest';
import type { Standing } from '../../src/domain/evidence.js';
import type { Certainty } from '../../src/domain/interval.js';
import { type Chain, type ChainLink, findChains, type Through } from '../../src/questions/chain.js';
import type { ChainReads } from '../../src/questions/chain-search.js';
import type { Link, Span } from '../../src/store/links-of.js';
import { type Edge, matches, readerOf, seenFrom } from './links.js';

/** A chain with the best weakest link that any choice of parallel links gives it. */
export interface ForcedChain {
  people: string[];
  standing: Standing;
  certainty: Certainty;
}

/**
 * All shortest chains, found by trying every walk without repetition, every choice of parallel links, and every choice of days that
 * the bounds allow; the strongest first, then by the ids on the way (from the smaller end, unless in time order).
 */
export function chainsByForce(edges: readonly Edge[], from: string, to: string, through: Through): ForcedChain[] {
  const kept = edges.filter((edge) => matches(edge, through));
  const all = walksTo(kept, [from], to, through).flatMap((people) => bestOf(people, kept, through));
  const shortest = Math.min(...all.map(({ people }) => people.length));
  const keyOf = ({ people }: ForcedChain) =>
    (!through.inTimeOrder && to < from ? people.toReversed() : people).join(' ');
  return all
    .filter(({ people }) => people.length === shortest)
    .sort(
      (a, b) =>
        b.standing - a.standing ||
        Number(b.certainty === 'YES') - Number(a.certainty === 'YES') ||
        (keyOf(a) < keyOf(b) ? -1 : 1),
    );
}

function walksTo(edges: readonly Edge[], walk: string[], to: string, through: Through): string[][] {
  const last = walk.at(-1) ?? '';
  if (last === to) return [walk];
  const others = new Set(edges.flatMap((edge) => seenFrom(last, edge)).map(({ other }) => other));
  return [...others]
    .filter((other) => !walk.includes(other) && !through.avoid.includes(other))
    .flatMap((other) => walksTo(edges, [...walk, other], to, through));
}

function bestOf(people: string[], edges: readonly Edge[], through: Through): ForcedChain[] {
  const hops = people.slice(1).map((other, i) => {
    const self = people[i] ?? '';
    return edges.flatMap((edge) => seenFrom(self, edge)).filter((link) => link.other === other);
  });
  const strengths = choices(hops).flatMap((links) => strengthOf(links, through));
  const [best] = strengths.sort((a, b) => b.standing - a.standing || Number(b.sure) - Number(a.sure));
  return best ? [{ people, standing: best.standing, certainty: best.sure ? 'YES' : 'POSSIBLE' }] : [];
}

function strengthOf(links: readonly Link[], { types, at, certainty, inTimeOrder }: Through) {
  const spans = links.map((link) => (types === null ? link.together : link.own));
  const sureThen = at === null || spans.every(({ startMax, endMin }) => startMax <= at.max && endMin >= at.min);
  const [sure, possible] = inTimeOrder ? [everyWorld(spans), someWorld(spans)] : [true, true];
  if (!possible || (certainty === 'CERTAIN' && !sure)) return [];
  return [{ standing: Math.min(...links.map(({ standing }) => standing)) as Standing, sure: sure && sureThen }];
}

function choices<T>(lists: readonly T[][]): T[][] {
  return lists.reduce<T[][]>((all, list) => all.flatMap((one) => list.map((item) => [...one, item])), [[]]);
}

const daysOf = ({ startMin, startMax }: Span) =>
  Array.from({ length: startMax - startMin + 1 }, (_, i) => startMin + i);

function someWorld([first, ...rest]: readonly Span[], after = Number.NEGATIVE_INFINITY): boolean {
  return first === undefined || daysOf(first).some((day) => day >= after && someWorld(rest, day));
}

function everyWorld([first, ...rest]: readonly Span[], after = Number.NEGATIVE_INFINITY): boolean {
  return first === undefined || daysOf(first).every((day) => day >= after && everyWorld(rest, day));
}

/**
 * Asks for chains and compares with brute force. Limits may be reached only where they are; what is found is exactly what there is,
 * in its order, and each chain as strong as its best choice of links, and never more certain than its weakest part.
 */
export async function refuteByForce(
  edges: readonly Edge[],
  from: string,
  to: string,
  through: Through,
  { maxHops, most, read = readerOf(edges, through, most) }: { maxHops: number; most?: number; read?: ChainReads },
): Promise<void> {
  const forced = chainsByForce(edges, from, to, through);
  const shortest = forced[0] ? forced[0].people.length - 1 : Number.POSITIVE_INFINITY;

  const answer = await findChains(read, { from, to, through, maxHops, alternatives: 20 });

  if (answer.type === 'NoChain') expect(shortest).toBe(Number.POSITIVE_INFINITY);
  else if (answer.type === 'LimitReached') {
    expect(answer.hops).toBeLessThan(shortest);
    if (most === undefined) expect(answer).toMatchObject({ limit: 'HOPS', hops: maxHops });
  } else if (answer.type === 'ChainsFound') {
    expect(answer.chains.map(strengthOfChain)).toEqual(forced.slice(0, 20));
    expect(answer.truncated).toBe(forced.length > 20);
    for (const { links } of answer.chains) expectLinks(links, edges, through);
  } else expect(answer).toBe('no answer of a search by ids');
}

function strengthOfChain({ people, weakest, links }: Chain): ForcedChain {
  const certainty = links.every((link) => link.certainty === 'YES') ? 'YES' : 'POSSIBLE';
  return { people, standing: weakest?.standing ?? 3, certainty };
}

/** Each link is carried by a period of the two that matches, and is as certain as it says. */
function expectLinks(links: readonly ChainLink[], edges: readonly Edge[], through: Through): void {
  const carriers = links.map(({ periodId }) => edges.find((edge) => edge.periodId === periodId));
  for (const [i, link] of links.entries()) {
    const carrier = carriers[i];
    expect(carrier && matches(carrier, through)).toBe(true);
    expect([carrier?.a, carrier?.b].sort()).toEqual([link.from, link.to].sort());
    const spans = carriers.slice(Math.max(0, i - 1), i + 1).flatMap((edge) => edge ?? []);
    const [own] = strengthOf(
      spans.slice(-1).flatMap((edge) => seenFrom(link.from, edge)),
      { ...through, inTimeOrder: false },
    );
    const [ordered] = strengthOf(
      spans.flatMap((edge) => seenFrom(edge.a, edge)),
      { ...through, at: null },
    );
    expect(link.certainty).toBe(own?.sure && ordered?.sure ? 'YES' : 'POSSIBLE');
  }
}
