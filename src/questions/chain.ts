import { type Sight, seesPerson } from '../domain/gate.js';
import { AppError, invalid } from '../errors.js';
import type { Reads } from '../graph/graph.js';
import { linksOf } from '../store/links-of.js';
import { people } from '../store/person.js';
import { stepsOf } from '../store/steps-of.js';
import { backward, type ChainAnswer, chainFrom, limitReached, MOST_HOPS } from './chain-answer.js';
import { searchInTime } from './chain-in-time.js';
import { chainsOf, clockOf, type Through } from './chain-order.js';
import { type ChainReads, type Outcome, searchBothWays } from './chain-search.js';
import { type Layer, layersOf } from './layers.js';

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
 * chain. One or two statements for the people, then one a hop and one for the links; two more around hubs.
 * Throws INVALID_INPUT, and UNAVAILABLE where the graph changed meanwhile.
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
  const { signal, maxPeople } = limits;
  const read = readsUntil(signal, chainReads(graph, through, sight));
  return findChains(read, { ...question, from, to, through }, maxPeople);
}

/** The reads of a search in this graph. */
export function chainReads(graph: Reads, through: Through, sight: Sight): ChainReads {
  const timed = through.inTimeOrder;
  return {
    steps: (people, among) => stepsOf(graph, people, through, sight, { timed, ...(among && { among }) }),
    links: (people, among) => linksOf(graph, people, through, sight, { among }),
  };
}

function readsUntil(signal: AbortSignal | undefined, { steps, links }: ChainReads): ChainReads {
  return {
    steps: (people, among) => unlessAborted(() => steps(people, among), signal),
    links: (people, among) => unlessAborted(() => links(people, among), signal),
  };
}

/** The same for people who are known by id. Pure but for `read`. */
export async function findChains(
  read: ChainReads,
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
  const layers = await readLayers(read, outcome.levels);
  if (layers === null)
    return limitReached({ ...outcome, end: 'TIME', hops: outcome.levels.length - 2 }, question.maxHops);
  const found = take(chainsOf(layers, start, through), alternatives + 1);
  if (found.length === 0)
    throw new AppError('UNAVAILABLE', 'The graph changed under the search; ask again.', { rule: 'CHANGED' });
  return {
    type: 'ChainsFound',
    chains: found.slice(0, alternatives).map((one) => (turned ? backward(chainFrom(one)) : chainFrom(one))),
    examined: outcome.examined,
    truncated: found.length > alternatives,
  };
}

/** The links between those who are on shortest chains; null once the time is over. */
async function readLayers(read: ChainReads, levels: readonly ReadonlySet<string>[]): Promise<Layer[] | null> {
  const people = [...new Set(levels.slice(0, -1).flatMap((level) => [...level]))];
  const others = [...new Set(levels.slice(1).flatMap((level) => [...level]))];
  const found = await read.links(people, others);
  return found && layersOf(levels, new Map(people.map((person, i) => [person, found.links[i] ?? []])));
}

function search(
  read: ChainReads,
  from: string,
  to: string,
  { through, maxHops }: ChainQuestion,
  maxPeople: number,
): Promise<Outcome> {
  if (!through.inTimeOrder) return searchBothWays(read, from, to, { maxHops, maxPeople });
  const clock = clockOf({ certainty: through.certainty === 'CERTAIN' ? 'YES' : 'POSSIBLE' }, through);
  return searchInTime(read, from, to, clock, { maxHops, maxPeople });
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
