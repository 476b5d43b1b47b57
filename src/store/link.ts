import type { Interval, Standing } from '../domain/evidence.js';
import type { Sight } from '../domain/gate.js';
import type { Certainty } from '../domain/interval.js';
import type { Kind, PeriodType } from '../domain/records.js';
import type { Reads } from '../graph/graph.js';
import type { StoredPeriod } from './period.js';
import type { StoredPerson } from './person.js';
import type { StoredRelationship } from './relationship.js';

export type LinkOrder = 'START_DESC' | 'START_ASC';

/** Where a relationship stands in a list: the start of its match (∓2,000,000,000 where unknown) and its id. */
export interface LinkCursor {
  start: number;
  id: string;
}

/** Which links count: with `types` the bounds of the period decide `at` and the order, without them those of its stretch. */
export interface LinkFilter {
  kinds: readonly Kind[];
  types: readonly PeriodType[] | null;
  /** Some time in these days. */
  at: Interval | null;
  certainty: 'CERTAIN' | 'POSSIBLE';
  minStanding: Standing;
}

export interface LinkArgs extends LinkFilter {
  orderBy: LinkOrder;
  /** Rows wanted; whoever needs to know of a next page asks for one more. */
  first: number;
  after: LinkCursor | null;
}

/** A relationship seen from one of its parties. */
export interface LinkEdge {
  other: StoredPerson;
  relationship: StoredRelationship;
  /** The periods that match, in time order; none of a link that is shown by name only. */
  periods: StoredPeriod[];
  /** YES if any of the matches is; null without `at`. */
  certainty: Certainty | null;
  /** The other is a minor whom this sight meets by id and name alone. */
  nameOnly: boolean;
  cursor: LinkCursor;
}

/** A page of links for each person, one statement whatever their number. */
export async function linksPage(
  _graph: Reads,
  _personIds: readonly string[],
  _args: LinkArgs,
  _sight: Sight,
): Promise<LinkEdge[][]> {
  throw new Error('unwritten');
}

/** How many relationships `linksPage` would list for each person. */
export async function countLinks(
  _graph: Reads,
  _personIds: readonly string[],
  _filter: LinkFilter,
  _sight: Sight,
): Promise<number[]> {
  throw new Error('unwritten');
}
