import type { Standing } from '../domain/evidence.js';
import type { Sight } from '../domain/gate.js';
import { seesPerson } from '../domain/gate.js';
import type { StartAndEnd } from '../domain/interval.js';
import type { Kind, PeriodType } from '../domain/words.js';
import { invalid } from '../errors.js';
import type { Reads } from '../graph/graph.js';
import { countLinks, type LinkFilter } from '../store/link.js';
import { type LinksFilter, MOST_LINKS } from '../store/link-match.js';
import { type Link, linksBetween, strongestFirst } from '../store/links-of.js';
import { byStrength, type Neighbour, neighboursOf } from '../store/neighbours-of.js';
import { people } from '../store/person.js';

export const MOST_DEPTH = 3;
export const MOST_NETWORK_PEOPLE = 3000;
const MOST_AROUND = 100;
/** So many people are followed from each who is further out than those it is around: one hub doesn't take all places. */
const MOST_FOLLOWED = 100;
/** How many people one hop reads, and how many of those linked to each person at least. */
const MOST_READ = 30_000;
const LEAST_READ = 10;

export interface NetworkQuestion {
  /** Ids or slugs; whom the sight doesn't see is left out. */
  around: readonly string[];
  /** Links away from them, 1 to 3. */
  depth: number;
  filter: LinkFilter;
  /** 1 to 3,000, those it is around among them. */
  maxPeople: number;
}

export interface Network {
  /** Those it is around in the order asked for, then hop by hop whoever is linked strongest. `degree`: relationships that match, with whomever. */
  people: { id: string; degree: number }[];
  links: NetworkLink[];
  /** Whether people or links were left out. */
  truncated: boolean;
  /** People found within reach; where it is truncated, there may be more around those who were left out. */
  totalPeople: number;
}

/** One period; `a` is the first party, of PARENT_CHILD the parent. */
export interface NetworkLink {
  a: string;
  b: string;
  relationshipId: string;
  periodId: string;
  kind: Kind;
  type: PeriodType;
  standing: Standing;
  /** The period's own. */
  bounds: StartAndEnd;
  /** Those of the time of being together that the period belongs to. */
  together: StartAndEnd;
}

/** What is followed so far. */
interface Reach {
  people: string[];
  truncated: boolean;
  total: number;
}

/**
 * The people within `depth` links of some people, and every link between them; the same graph gives the same answer in the same order.
 * Where not all can be shown, those of the best established and then the latest links are (`strongestFirst`). Statements: one or two for
 * the people, one a hop, two for links and degrees. Throws INVALID_INPUT.
 */
export async function network(graph: Reads, question: NetworkQuestion, sight: Sight): Promise<Network> {
  refuseBeyondLimits(question);
  const { around, depth, maxPeople } = question;
  const filter = { ...question.filter, avoid: [] };
  const seen = (await people(graph, around)).flatMap((person) =>
    person && seesPerson(sight, person) ? person.id : [],
  );
  const reach = await follow(graph, [...new Set(seen)], depth, maxPeople, filter, sight);
  const [lists, degrees] = await Promise.all([
    linksBetween(graph, reach.people, filter, sight, MOST_LINKS + 1),
    // By name alone nobody is in a network, so such links don't count here either.
    countLinks(graph, reach.people, filter, { ...sight, minors: sight.minors === 'show' ? 'show' : 'hide' }),
  ]);
  const links = lists.flatMap((list, i) => list.map((link) => ({ a: reach.people[i] ?? '', link })));
  links.sort((one, other) => strongestFirst(filter)(one.link, other.link));
  return {
    people: reach.people.map((id, i) => ({ id, degree: degrees[i] ?? 0 })),
    links: links.slice(0, MOST_LINKS).map(({ a, link }) => shown(a, link)),
    truncated: reach.truncated || links.length > MOST_LINKS,
    totalPeople: reach.total,
  };
}

async function follow(
  graph: Reads,
  around: readonly string[],
  depth: number,
  maxPeople: number,
  filter: LinksFilter,
  sight: Sight,
): Promise<Reach> {
  const met = new Set(around);
  let frontier = around.slice(0, maxPeople);
  const reach: Reach = { people: [...frontier], truncated: met.size > maxPeople, total: met.size };
  for (let hop = 0; hop < depth && frontier.length > 0; hop += 1) {
    const most = Math.max(LEAST_READ, Math.floor(MOST_READ / frontier.length));
    const lists = await neighboursOf(graph, frontier, filter, sight, most + 1);
    const found = new Set(lists.flat().flatMap(({ other }) => (met.has(other) ? [] : other)));
    const next = newcomers(lists, hop === 0 ? maxPeople : MOST_FOLLOWED, met).slice(0, maxPeople - reach.people.length);
    for (const person of found) met.add(person);
    reach.people.push(...next);
    reach.truncated ||= next.length < found.size || lists.some(({ length }) => length > most);
    frontier = next;
  }
  return { ...reach, total: met.size };
}

/** Whom these links reach for the first time, by the strongest of them; of each list no more than `followed`. */
function newcomers(lists: readonly (readonly Neighbour[])[], followed: number, met: ReadonlySet<string>): string[] {
  const reached = lists.flatMap((list) => list.filter(({ other }) => !met.has(other)).slice(0, followed));
  return [...new Set(reached.sort(byStrength).map(({ other }) => other))];
}

function shown(
  a: string,
  { other: b, relationshipId, periodId, kind, type, standing, own, together }: Link,
): NetworkLink {
  return { a, b, relationshipId, periodId, kind, type, standing, bounds: daysOf(own), together: daysOf(together) };
}

function daysOf({ startMin, startMax, endMin, endMax }: StartAndEnd): StartAndEnd {
  return { startMin, startMax, endMin, endMax };
}

function refuseBeyondLimits({ around, depth, maxPeople }: NetworkQuestion): void {
  const limits = [
    ['around', around.length, MOST_AROUND],
    ['depth', depth, MOST_DEPTH],
    ['maxPeople', maxPeople, MOST_NETWORK_PEOPLE],
  ] as const;
  for (const [field, value, most] of limits) {
    if (!Number.isInteger(value) || value < 1 || value > most) {
      throw invalid(field, 'LIMIT', `\`${field}\` is from 1 to ${most}.`);
    }
  }
}
