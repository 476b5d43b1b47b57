import type { Sight } from '../domain/gate.js';
import type { Reads } from '../graph/graph.js';
import { gateParams, LINK_GATE } from './gate.js';
import { withoutMinors } from './romances.js';

/** Who or what comes first in a ranking, by what is certain of it. */
export interface Ranked {
  /** Of a person for MOST_PARTNERS, of a relationship for the others. */
  id: string;
  value: number;
}

export const RANKINGS = ['MOST_PARTNERS', 'LONGEST', 'MOST_REUNIONS'] as const;
export type RankingBy = (typeof RANKINGS)[number];

/** Every time of being together (`Stretch`) of two people `p` and `q`; it shows where the least of its periods does. */
const STRETCHES = `MATCH (p:Person)-[l:LINKED]->(q) WHERE l.kind = 'ROMANTIC' AND l.standing >= $minStanding AND p.gate <= $level AND q.gate <= $level
  AND ($minors = 'show' OR (p.adultFrom <= $today AND q.adultFrom <= $today))
WITH l.relationshipId AS rid, CASE WHEN p.floor > q.floor THEN p.floor ELSE q.floor END AS floor, l.togetherStanding AS standing,
  l.togetherFromMin AS fromMin, l.togetherFromMax AS fromMax, l.togetherToMin AS toMin, l.togetherToMax AS toMax
WITH DISTINCT rid, floor, fromMin, fromMax, toMin, toMax, standing WHERE $level > 0 OR standing >= floor`;

const FIRST = 'ORDER BY value DESC, place LIMIT $first RETURN id, value';

/** A time of being together begins anew where whatever may have begun before it was certainly over a whole day before. */
const RESTARTS = `size([i IN range(0, size(froms) - 1) WHERE
  none(j IN range(0, size(froms) - 1) WHERE (froms[j] < froms[i] OR (froms[j] = froms[i] AND j < i)) AND tos[j] + 1 >= froms[i])])`;

const STATEMENT: Record<RankingBy, string> = {
  MOST_PARTNERS: `/* mostPartners */ MATCH (p:Person)-[l:LINKED]-(q) WHERE l.kind = 'ROMANTIC' AND ${LINK_GATE}
WITH p.id AS id, p.sort AS place, count(DISTINCT l.relationshipId) AS value ${FIRST}`,
  LONGEST: `/* longest */ ${STRETCHES}
WITH rid, CASE WHEN toMin < $today THEN toMin ELSE $today END - fromMax AS days WHERE days > 0
WITH rid AS id, rid AS place, max(days) AS value ${FIRST}`,
  MOST_REUNIONS: `/* mostReunions */ ${STRETCHES}
WITH rid, collect(fromMin) AS froms, collect(toMax) AS tos WHERE size(froms) > 1
WITH rid AS id, rid AS place, ${RESTARTS} - 1 AS value WHERE value > 0
WITH id, place, value ${FIRST}`,
};

/**
 * The first of a ranking of romances that are REPORTED or better, after the gate and without minors: by the number that is certain,
 * then by name (people) or id (relationships). Reads every such link once. One statement.
 */
export async function rankingOf(graph: Reads, by: RankingBy, first: number, sight: Sight): Promise<Ranked[]> {
  if (first < 1) return [];
  const rows = await graph.read(STATEMENT[by], { first, ...gateParams(withoutMinors(sight), 2) });
  return rows.map(({ id, value }) => ({ id: String(id), value: Number(value) }));
}
