import type { Sight } from '../domain/gate.js';
import type { Params, Row, Value } from '../graph/graph.js';
import { gateParams, LINK_GATE } from './gate.js';
import { type Basis, filterParams, type LinkFilter, linkFilter } from './link-filter.js';

export interface LinksFilter extends LinkFilter {
  /** Ids of people whom no link leads to. */
  avoid: readonly string[];
}

/** Most links that one statement answers. */
export const MOST_LINKS = 25_000;

/** Minors are never met by name here (`paramsOf`), so no link is a named one. */
export const MATCHES = (basis: Basis) => `${LINK_GATE} AND ${linkFilter(basis, 'false')} AND NOT q.id IN $avoid`;

/** For `q`: a map finds an id at once, where the embedded engine looks through a list; 3,000 ids make ten times the difference. */
export const AMONG = '$among[q.id] IS NOT NULL';

/** The ids of `$among`. */
export const setOf = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, true]));

/** One statement for each basis. */
export const perBasis = (statement: (basis: Basis) => string) => ({
  stretch: statement('stretch'),
  period: statement('period'),
});

/** Who is a minor to this sight is in no chain and no network, not by name either. */
export function paramsOf(filter: LinksFilter, sight: Sight): Params {
  const minors = sight.minors === 'show' ? 'show' : 'hide';
  return {
    ...filterParams(filter, sight),
    ...gateParams({ ...sight, minors }, filter.minStanding),
    avoid: [...filter.avoid],
  };
}

/** How many links the columns of these rows hold. */
export const countOf = (rows: readonly Row[]) => rows.reduce((sum, { other }) => sum + (other as Value[]).length, 0);
