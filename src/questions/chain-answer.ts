import type { Standing } from '../domain/evidence.js';
import type { Certainty } from '../domain/interval.js';
import type { Kind, PeriodType } from '../domain/words.js';
import type { FoundChain } from './chain-order.js';
import type { Outcome } from './chain-search.js';

/** Most links of a chain that is searched for. */
export const MOST_HOPS = 8;

export type ChainAnswer =
  | { type: 'ChainsFound'; chains: Chain[]; examined: number; truncated: boolean }
  | { type: 'NoChain'; examined: number }
  | { type: 'PersonUnknown'; ref: string }
  | LimitReached;

/** `hops`: no chain has so many links or fewer. `examined` is the number of people met. */
export interface LimitReached {
  type: 'LimitReached';
  limit: 'HOPS' | 'PEOPLE' | 'TIME';
  examined: number;
  hops: number;
  advice: string;
}

/** Ids of the people from one end to the other, and the link between each two neighbours. `weakest` is null where from is to. */
export interface Chain {
  people: string[];
  links: ChainLink[];
  weakest: ChainLink | null;
}

export interface ChainLink {
  from: string;
  to: string;
  relationshipId: string;
  /** The period that carries the link. */
  periodId: string;
  kind: Kind;
  type: PeriodType;
  standing: Standing;
  certainty: Certainty;
}

/** A chain as answered. */
export function chainFrom(found: FoundChain): Chain {
  const links = found.links.map(({ link, certainty }, hop): ChainLink => {
    const { other, relationshipId, periodId, kind, type, standing } = link;
    return { from: found.people[hop] ?? '', to: other, relationshipId, periodId, kind, type, standing, certainty };
  });
  const [weakest = null] = [...links].sort(
    (a, b) => a.standing - b.standing || Number(a.certainty === 'YES') - Number(b.certainty === 'YES'),
  );
  return { people: found.people, links, weakest };
}

/** The same chain from its other end. */
export function backward({ people: on, links, weakest }: Chain): Chain {
  const turn = (link: ChainLink) => ({ ...link, from: link.to, to: link.from });
  return { people: on.toReversed(), links: links.map(turn).toReversed(), weakest: weakest && turn(weakest) };
}

const NARROWER = 'a date (`at`), fewer kinds or types, or a higher `minStanding`';

/** What to say of a search that came to a limit. */
export function limitReached(
  { end, examined, hops }: Extract<Outcome, { hops: number }>,
  maxHops: number,
): LimitReached {
  const further = maxHops < MOST_HOPS ? `Ask for more hops, at most ${MOST_HOPS}.` : 'No longer chain is searched for.';
  const advice = {
    HOPS: `No chain has ${maxHops} links or fewer. ${further}`,
    PEOPLE: `Too many people are within reach. Narrow the search: ${NARROWER}.`,
    TIME: `The time was over. Narrow the search: ${NARROWER}, or fewer hops.`,
  };
  return { type: 'LimitReached', limit: end, examined, hops, advice: advice[end] };
}
