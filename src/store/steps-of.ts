import type { Sight } from '../domain/gate.js';
import { UNBOUNDED } from '../domain/interval.js';
import type { Reads, Row, Value } from '../graph/graph.js';
import { BOUNDS, basisOf, matchesNothing } from './link-filter.js';
import { AMONG, countOf, type LinksFilter, MATCHES, MOST_LINKS, paramsOf, perBasis, setOf } from './link-match.js';
import { distinct, inOrderOf } from './page.js';

/** What a search looks at before it knows which links matter: reading little is ten times faster. */
export interface Step {
  other: string;
  /** The days of the start; open on both sides where the search asks for no order. */
  startMin: number;
  startMax: number;
}

/** The steps of each person asked for. `truncated`: there were more than one statement reads, and these are any of them. */
export interface StepsRead {
  steps: Step[][];
  truncated: boolean;
}

const stepping = (matches: string) => `UNWIND $keys AS key
MATCH (p:Person {id: key})-[l:LINKED]-(q) WHERE ($anybody OR ${AMONG}) AND ${matches}`;

const STEPS = perBasis(
  (basis) => `/* stepsOf */ ${stepping(MATCHES(basis))}
WITH key, q LIMIT $most
RETURN key, collect(q.id) AS other`,
);

const TIMED_STEPS = perBasis(
  (basis) => `/* stepsOf in time */ ${stepping(MATCHES(basis))}
WITH key, p, q, l LIMIT $most
RETURN key, collect(q.id) AS other, collect(${BOUNDS[basis].startMin}) AS startMin, collect(${BOUNDS[basis].startMax}) AS startMax`,
);

interface StepsWanted {
  /** Only steps to these. */
  among?: readonly string[];
  /** Whether the starts are asked for. */
  timed: boolean;
  most?: number;
}

/**
 * Where one link leads from each person, of all that `linksOf` would answer; in the order of the keys, the steps of each in any order.
 * One statement that answers `most` steps in all.
 */
export async function stepsOf(
  graph: Reads,
  people: readonly string[],
  filter: LinksFilter,
  sight: Sight,
  { among, timed, most = MOST_LINKS }: StepsWanted,
): Promise<StepsRead> {
  const keys = distinct(people);
  if (keys.length === 0 || among?.length === 0 || matchesNothing(filter)) {
    return { steps: people.map(() => []), truncated: false };
  }
  const params = { ...paramsOf(filter, sight), keys, anybody: among === undefined, among: setOf(among ?? []) };
  const statements = timed ? TIMED_STEPS : STEPS;
  const rows = await graph.read(statements[basisOf(filter)], { ...params, most: most + 1 });
  const lists = inOrderOf(people, rows, stepsOfRow);
  return { steps: lists.map((list) => list ?? []), truncated: countOf(rows) > most };
}

function stepsOfRow({ other, startMin, startMax }: Row): Step[] {
  const day = (days: Value | undefined, i: number, open: number) => (days ? Number((days as number[])[i]) : open);
  return (other as string[]).map((id, i) => ({
    other: id,
    startMin: day(startMin, i, -UNBOUNDED),
    startMax: day(startMax, i, UNBOUNDED),
  }));
}
