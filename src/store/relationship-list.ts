import type { Sight } from '../domain/gate.js';
import type { Reads } from '../graph/graph.js';
import type { LinkArgs, LinkEdge, LinkFilter } from './link.js';

/** A relationship of the root list. */
export type RelationshipEdge = Pick<LinkEdge, 'relationship' | 'periods' | 'certainty' | 'cursor'>;

/** For the root list: `people` takes the relationships that any of these is a party to; null takes all. */
export interface OfPeople {
  people: readonly string[] | null;
}

/** A page over relationships; minors who are shown by name only are not in it. */
export async function relationshipsPage(
  _graph: Reads,
  _args: LinkArgs & OfPeople,
  _sight: Sight,
): Promise<RelationshipEdge[]> {
  throw new Error('unwritten');
}

export async function countRelationships(
  _graph: Reads,
  _filter: LinkFilter & OfPeople,
  _sight: Sight,
): Promise<number> {
  throw new Error('unwritten');
}
