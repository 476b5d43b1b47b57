import type { Interval, Standing } from '../domain/evidence.js';
import type { Sight } from '../domain/gate.js';
import type { Kind, PeriodType } from '../domain/words.js';
import type { Params } from '../graph/graph.js';
import { gateParams, STRETCH_GATE } from './gate.js';
import type { Page } from './page.js';

export type LinkOrder = 'START_DESC' | 'START_ASC';

/** Where a relationship stands in a list: the start of its match (∓2,000,000,000 where unknown, so that it comes last) and its id. */
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

/** `first` are the rows wanted; whoever needs to know of a next page asks for one more. */
export interface LinkArgs extends LinkFilter, Page<LinkCursor> {
  orderBy: LinkOrder;
}

/** Beyond every start, known or not. */
const BEYOND = 3_000_000_000;

/** Of the stretch where that shows, else of the period. */
const shown = (stretch: string, period: string) => `CASE WHEN ${STRETCH_GATE} THEN l.${stretch} ELSE l.${period} END`;

/**
 * What the predicates of section 3 look at, for `(p)-[l:LINKED]-(q)`: the bounds of the stretch, or of the period itself. A period
 * whose stretch doesn't show is in none, and counts for itself.
 */
export const BOUNDS = {
  stretch: {
    startMin: shown('togetherFromMin', 'startMin'),
    startMax: shown('togetherFromMax', 'startMax'),
    endMin: shown('togetherToMin', 'endMin'),
    endMax: shown('togetherToMax', 'endMax'),
    known: shown('togetherFromKnown', 'startKnown'),
  },
  period: {
    startMin: 'l.startMin',
    startMax: 'l.startMax',
    endMin: 'l.endMin',
    endMax: 'l.endMax',
    known: 'l.startKnown',
  },
};

export type Basis = keyof typeof BOUNDS;

export const basisOf = ({ types }: LinkFilter): Basis => (types === null ? 'stretch' : 'period');

/** YES of `held`, for `l`. */
const certain = (basis: Basis) => `${BOUNDS[basis].startMax} <= $to AND ${BOUNDS[basis].endMin} >= $from`;

/**
 * What the asker filters `l` by, after the gate: kind, type, and `held` at some time in [$from, $to]. `named` says whether the link
 * is shown by name only: such a link tells no dates and no type, so it matches neither `at` nor `types`.
 */
export const linkFilter = (basis: Basis, named: string) => `l.kind IN $kinds
  AND (${basis === 'stretch' ? 'true' : `l.type IN $types AND NOT ${named}`})
  AND ($always OR (NOT ${named} AND ${BOUNDS[basis].startMin} <= $to AND ${BOUNDS[basis].endMax} >= $from AND (NOT $certainly OR (${certain(basis)}))))`;

/** Whether a matching edge makes its relationship certain: 1 or 0, for `max`. */
export const certainAs = (basis: Basis) => `CASE WHEN ${certain(basis)} THEN 1 ELSE 0 END`;

/** The start of the best match: the latest or the earliest known one. */
export function startAs(basis: Basis, order: LinkOrder, named: string): string {
  const { startMin, startMax, known } = BOUNDS[basis];
  return order === 'START_DESC'
    ? `max(CASE WHEN ${known} AND NOT ${named} THEN ${startMax} ELSE -2000000000 END)`
    : `min(CASE WHEN ${known} AND NOT ${named} THEN ${startMin} ELSE 2000000000 END)`;
}

/** Cuts `start` and `rid` down to a page. */
export function pageBy(order: LinkOrder): { after: string; orderBy: string } {
  const beyond = order === 'START_DESC' ? '<' : '>';
  return {
    after: `start ${beyond} $start OR (start = $start AND rid > $rid)`,
    orderBy: `start${order === 'START_DESC' ? ' DESC' : ''}, rid`,
  };
}

/** One statement for each basis and order. */
export function perBasisAndOrder(statement: (basis: Basis, order: LinkOrder) => string) {
  const both = (basis: Basis) => ({
    START_DESC: statement(basis, 'START_DESC'),
    START_ASC: statement(basis, 'START_ASC'),
  });
  return { stretch: both('stretch'), period: both('period') };
}

/** Whether nothing can match: the engines differ on empty lists. */
export const matchesNothing = ({ kinds, types }: LinkFilter) => kinds.length === 0 || types?.length === 0;

export function filterParams(filter: LinkFilter, sight: Sight): Params {
  const { kinds, types, at, certainty, minStanding } = filter;
  return {
    ...gateParams(sight, minStanding),
    kinds: [...kinds],
    types: types === null ? [] : [...types],
    always: at === null,
    from: at?.min ?? 0,
    to: at?.max ?? 0,
    certainly: certainty === 'CERTAIN',
  };
}

export function pageParams({ orderBy, first, after }: LinkArgs): Params {
  const before = orderBy === 'START_DESC' ? BEYOND : -BEYOND;
  return { first, start: after?.start ?? before, rid: after?.id ?? '' };
}
