import type { Sight } from '../domain/gate.js';
import type { Reads } from '../graph/graph.js';
import { type Basis, BOUNDS, basisOf, matchesNothing } from './link-filter.js';
import { type LinksFilter, MATCHES, paramsOf, perBasis } from './link-match.js';
import { compareTexts, distinct, inOrderOf } from './page.js';

/** Somebody linked, with how strong the strongest of these links is: by standing, then by the latest start, unknown ones last. */
export interface Neighbour {
  other: string;
  strength: number;
}

/** Starts are within ∓2,000,000,000, and a standing outweighs them all. */
const strength = (basis: Basis) =>
  `10000000000 * l.standing + CASE WHEN ${BOUNDS[basis].known} THEN ${BOUNDS[basis].startMax} ELSE -2000000000 END`;

const NEIGHBOURS = perBasis(
  (basis) => `/* neighboursOf */ UNWIND $keys AS key
MATCH (p:Person {id: key})
CALL (p) {
  MATCH (p)-[l:LINKED]-(q) WHERE ${MATCHES(basis)}
  WITH q, max(${strength(basis)}) AS best
  WITH q, best ORDER BY best DESC, q.id LIMIT $most
  RETURN collect(q.id) AS other, collect(best) AS strength
}
RETURN key, other, strength`,
);

/** The `most` people to whom each person is linked strongest, each once, the strongest first, then by id. One statement. */
export async function neighboursOf(
  graph: Reads,
  people: readonly string[],
  filter: LinksFilter,
  sight: Sight,
  most: number,
): Promise<Neighbour[][]> {
  const keys = distinct(people);
  if (keys.length === 0 || most < 1 || matchesNothing(filter)) return people.map(() => []);
  const rows = await graph.read(NEIGHBOURS[basisOf(filter)], { ...paramsOf(filter, sight), keys, most });
  const lists = inOrderOf(people, rows, ({ other, strength }) =>
    (other as string[]).map((id, i) => ({ other: id, strength: Number((strength as number[])[i]) })).sort(byStrength),
  );
  return lists.map((list) => list ?? []);
}

/** The strongest first, then by id. */
export function byStrength(a: Neighbour, b: Neighbour): number {
  return b.strength - a.strength || compareTexts(a.other, b.other);
}
