import { type Sight, seesPerson } from '../domain/gate.js';
import { invalid } from '../errors.js';
import type { Reads } from '../graph/graph.js';
import { boundsOf, linksOf } from '../store/links-of.js';
import { people } from '../store/person.js';
import { backward, type ChainAnswer, chainFrom, limitReached, MOST_HOPS } from './chain-answer.js';
import { searchInTime } from './chain-in-time.js';
import { chainsOf, clockOf, type Through } from './chain-order.js';
import { type Outcome, type ReadLinks, searchBothWays } from './chain-search.js';

export type { Chain, ChainAnswer, ChainLink, LimitReached } from './chain-answer.js';
export type { Through } from './chain-order.js';

export const MOST_ALTERNATIVES = 20;
/** How many people a search meets before it gives up, unless told otherwise. */
export const MOST_EXAMINED = 50_000;

/** `from`, `to` and `avoid` are ids or slugs. */
export interface ChainQuestion {
  from: string;
  to: string;
  through: Through;
  /** Most links of a chain, 1 to 8. */
  maxHops: number;
  /** Most chains wanted, 1 to 20; all of them as short as the first. */
  alternatives: number;
}

export interface ChainLimits {
  maxPeople?: number;
  /** The search gives up when it aborts: of a deadline, one that leaves time to answer. */
  signal?: AbortSignal;
}

/**
 * The shortest chains of links between two people (design.md, section 8): the strongest first, then by the ids on the way.
 * Without a time order, the chains from B to A are those from A to B read backward. Whom the sight doesn't see is unknown, and on no
 * chain. One or two statements for the people, then at most two a hop. Throws INVALID_INPUT.
 */
export async function chain(
  graph: Reads,
  question: ChainQuestion,
  sight: Sight,
  limits: ChainLimits = {},
): Promise<ChainAnswer> {
  refuseBeyondLimits(question);
  const refs = [question.from, question.to, ...question.through.avoid];
  const found = (await people(graph, refs)).map((person) => (person && seesPerson(sight, person) ? person.id : null));
  const unknown = refs[found.indexOf(null)];
  if (unknown !== undefined) return { type: 'PersonUnknown', ref: unknown };
  const [from = '', to = '', ...avoid] = found as string[];
  if (avoid.includes(from) || avoid.includes(to)) {
    throw invalid('through.avoid', 'AVOIDS_END', 'A chain can’t avoid the people it is between.');
  }
  const through = { ...question.through, avoid };
  const read: ReadLinks = (keys, among) =>
    unlessAborted(() => linksOf(graph, keys, through, sight, among && { among }), limits.signal);
  return findChains(read, { ...question, from, to, through }, limits.maxPeople);
}

/** The same for people who are known by id. Pure but for `read`. */
export async function findChains(
  read: ReadLinks,
  question: ChainQuestion,
  maxPeople: number = MOST_EXAMINED,
): Promise<ChainAnswer> {
  const { from, to, through, alternatives } = question;
  if (from === to) {
    return {
      type: 'ChainsFound',
      chains: [{ people: [from], links: [], weakest: null }],
      examined: 1,
      truncated: false,
    };
  }
  const turned = !through.inTimeOrder && to < from;
  const [start, end] = turned ? [to, from] : [from, to];
  const outcome = await search(read, start, end, question, maxPeople);
  if (outcome.end === 'DRY') return { type: 'NoChain', examined: outcome.examined };
  if (outcome.end !== 'FOUND') return limitReached(outcome, question.maxHops);
  const found = take(chainsOf(outcome.layers, start, through), alternatives + 1);
  return {
    type: 'ChainsFound',
    chains: found.slice(0, alternatives).map((one) => (turned ? backward(chainFrom(one)) : chainFrom(one))),
    examined: outcome.examined,
    truncated: found.length > alternatives,
  };
}

function search(
  read: ReadLinks,
  from: string,
  to: string,
  { through, maxHops }: ChainQuestion,
  maxPeople: number,
): Promise<Outcome> {
  if (!through.inTimeOrder) return searchBothWays(read, from, to, { maxHops, maxPeople });
  const clock = clockOf({ certainty: through.certainty === 'CERTAIN' ? 'YES' : 'POSSIBLE' }, through);
  return searchInTime(read, from, to, { clock, startOf: (link) => boundsOf(link, through), maxHops, maxPeople });
}

function refuseBeyondLimits({ maxHops, alternatives, through }: ChainQuestion): void {
  refuseBeyond('maxHops', maxHops, MOST_HOPS);
  refuseBeyond('alternatives', alternatives, MOST_ALTERNATIVES);
  if (through.avoid.length > 100) throw invalid('through.avoid', 'LIMIT', 'At most 100 people can be avoided.');
}

function refuseBeyond(field: string, value: number, most: number): void {
  if (!Number.isInteger(value) || value < 1 || value > most) {
    throw invalid(field, 'LIMIT', `\`${field}\` is a whole number from 1 to ${most}.`);
  }
}

/** What `work` answers, or null as soon as the signal aborts: then its own failure, if it fails of the same signal, is of no interest. */
async function unlessAborted<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T | null> {
  if (signal === undefined) return work();
  if (signal.aborted) return null;
  return new Promise((resolve, reject) => {
    const giveUp = () => resolve(null);
    signal.addEventListener('abort', giveUp, { once: true });
    work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', giveUp));
  });
}

function take<T>(items: Iterable<T>, most: number): T[] {
  const taken: T[] = [];
  for (const item of items) if (taken.push(item) === most) break;
  return taken;
}
