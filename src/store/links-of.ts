import type { Standing } from '../domain/evidence.js';
import type { Sight } from '../domain/gate.js';
import type { StartAndEnd } from '../domain/interval.js';
import type { Kind, PeriodType } from '../domain/words.js';
import type { Reads, Row, Value } from '../graph/graph.js';
import { type Basis, BOUNDS, basisOf, type LinkFilter, matchesNothing } from './link-filter.js';
import { AMONG, countOf, type LinksFilter, MATCHES, MOST_LINKS, paramsOf, perBasis, setOf } from './link-match.js';
import { distinct } from './page.js';

/** Days of a start and an end; `known` says whether anybody tells the start. */
export interface Span extends StartAndEnd {
  known: boolean;
}

/** One period of a relationship, seen from one of the two. */
export interface Link {
  other: string;
  /** Whether `other` is the second party: of PARENT_CHILD the child. */
  outward: boolean;
  relationshipId: string;
  periodId: string;
  kind: Kind;
  type: PeriodType;
  standing: Standing;
  /** The period's own bounds. */
  own: Span;
  /** Those of the stretch that it belongs to; its own where it belongs to none. */
  together: Span;
}

/** The links of each person asked for. `truncated`: there were more than one statement reads, and these are any of them. */
export interface LinksRead {
  links: Link[][];
  truncated: boolean;
}

/** Which bounds a filter asks about: those of the period where it names types, else those of the stretch. */
export function boundsOf(link: Link, filter: Pick<LinkFilter, 'types'>): Span {
  return filter.types === null ? link.together : link.own;
}

const TEXTS = ['relationshipId', 'periodId', 'kind', 'type'] as const;
const NUMBERS = ['standing', 'startMin', 'startMax', 'endMin', 'endMax', 'startKnown'] as const;
const TOGETHER = {
  togetherFromMin: BOUNDS.stretch.startMin,
  togetherFromMax: BOUNDS.stretch.startMax,
  togetherToMin: BOUNDS.stretch.endMin,
  togetherToMax: BOUNDS.stretch.endMax,
  togetherFromKnown: BOUNDS.stretch.known,
};

/** A list a property instead of a map a link: the engines hand over flat lists many times faster. */
const COLUMNS = `collect(q.id) AS other, collect(startNode(l).id = key) AS outward,
  ${[...TEXTS, ...NUMBERS].map((name) => `collect(l.${name}) AS ${name}`).join(', ')},
  ${Object.entries(TOGETHER)
    .map(([name, value]) => `collect(${value}) AS ${name}`)
    .join(', ')}`;

/** Best established first, then the latest start, unknown ones last; periods have one link each, so the order is total. */
const orderStrongest = (basis: Basis) =>
  `l.standing DESC, CASE WHEN ${BOUNDS[basis].known} THEN ${BOUNDS[basis].startMax} ELSE -2000000000 END DESC, l.periodId`;

const ALL = perBasis(
  (basis) => `/* linksOf */ UNWIND $keys AS key
MATCH (p:Person {id: key})-[l:LINKED]-(q) WHERE ($anybody OR ${AMONG}) AND ${MATCHES(basis)}
WITH key, p, q, l LIMIT $most
RETURN key, ${COLUMNS}`,
);

/**
 * All links of each person that this sight sees, in the order of the keys, each list by period id; with `among`, only links to
 * these. One statement that answers `most` links in all: beyond it says so. Minors whom the sight would meet by name are absent.
 */
export async function linksOf(
  graph: Reads,
  people: readonly string[],
  filter: LinksFilter,
  sight: Sight,
  { among = null, most = MOST_LINKS }: { among?: readonly string[] | null; most?: number } = {},
): Promise<LinksRead> {
  const keys = distinct(people);
  if (keys.length === 0 || among?.length === 0 || matchesNothing(filter)) return nothing(people);
  const params = { ...paramsOf(filter, sight), keys, anybody: among === null, among: setOf(among ?? []) };
  const rows = await graph.read(ALL[basisOf(filter)], { ...params, most: most + 1 });
  const links = listsOf(people, rows, (a, b) => (a.periodId < b.periodId ? -1 : 1));
  return { links, truncated: countOf(rows) > most };
}

const BETWEEN = perBasis(
  (basis) => `/* linksBetween */ UNWIND $keys AS key
MATCH (p:Person {id: key})-[l:LINKED]->(q) WHERE ${AMONG} AND ${MATCHES(basis)}
WITH key, p, q, l ORDER BY ${orderStrongest(basis)} LIMIT $most
RETURN key, ${COLUMNS}`,
);

/** The links between these people, each once, at its first party; of more than `most` the strongest. One statement. */
export async function linksBetween(
  graph: Reads,
  people: readonly string[],
  filter: LinksFilter,
  sight: Sight,
  most: number = MOST_LINKS,
): Promise<Link[][]> {
  const keys = distinct(people);
  if (keys.length === 0 || most < 1 || matchesNothing(filter)) return people.map(() => []);
  const rows = await graph.read(BETWEEN[basisOf(filter)], {
    ...paramsOf(filter, sight),
    keys,
    among: setOf(keys),
    most,
  });
  return listsOf(people, rows, strongestFirst(filter));
}

/** The order in which links are kept where not all can be: standing, then the latest start (unknown ones last), then id. */
export function strongestFirst(filter: Pick<LinkFilter, 'types'>): (a: Link, b: Link) => number {
  const recency = (link: Link) => (boundsOf(link, filter).known ? boundsOf(link, filter).startMax : -2_000_000_000);
  return (a, b) =>
    b.standing - a.standing ||
    recency(b) - recency(a) ||
    Number(a.periodId > b.periodId) - Number(a.periodId < b.periodId);
}

function nothing(people: readonly string[]): LinksRead {
  return { links: people.map(() => []), truncated: false };
}

/** Both engines collect the columns of a row in one order, but each in its own. */
function listsOf(people: readonly string[], rows: readonly Row[], compare: (a: Link, b: Link) => number): Link[][] {
  const lists = new Map(rows.map((row) => [row.key as string, linksOfRow(row).sort(compare)]));
  return people.map((person) => lists.get(person) ?? []);
}

function linksOfRow(row: Row): Link[] {
  // `collect` leaves out what is missing, and every link after it would get another one's numbers.
  const lengths = new Set(Object.values(row).map((column) => (Array.isArray(column) ? column.length : null)));
  if (lengths.size > 2) throw new Error(`A LINKED of ${row.key} lacks a property; run \`npm run verify\``);
  const text = (name: string) => row[name] as string[];
  const number = (name: string) => row[name] as number[];
  const span = (startMin: string, startMax: string, endMin: string, endMax: string, known: string) => {
    const columns = [number(startMin), number(startMax), number(endMin), number(endMax)] as const;
    return (i: number): Span => ({
      ...{ startMin: Number(columns[0][i]), startMax: Number(columns[1][i]) },
      ...{ endMin: Number(columns[2][i]), endMax: Number(columns[3][i]) },
      known: Boolean((row[known] as Value[])[i]),
    });
  };
  const own = span('startMin', 'startMax', 'endMin', 'endMax', 'startKnown');
  const together = span('togetherFromMin', 'togetherFromMax', 'togetherToMin', 'togetherToMax', 'togetherFromKnown');
  return text('other').map((other, i) => ({
    other,
    outward: Boolean((row.outward as Value[])[i]),
    relationshipId: String(text('relationshipId')[i]),
    periodId: String(text('periodId')[i]),
    kind: text('kind')[i] as Kind,
    type: text('type')[i] as PeriodType,
    standing: number('standing')[i] as Standing,
    own: own(i),
    together: together(i),
  }));
}
