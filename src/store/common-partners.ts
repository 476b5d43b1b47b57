import type { Sight } from '../domain/gate.js';
import type { Reads } from '../graph/graph.js';
import { gateParams, LINK_GATE } from './gate.js';
import { type Page, pageParams, type SortCursor } from './page.js';

/** Somebody with whom both were, and the relationships: with the first, with the second. `sort` is the place in the list. */
export interface CommonPartner {
  person: string;
  relationships: [string, string];
  sort: string;
}

/** Both lists are read once and grouped: joining them would look from each partner of the one for the other. */
const COMMON = `UNWIND $keys AS key
MATCH (p:Person {id: key})-[l:LINKED]-(q) WHERE ${LINK_GATE} AND l.kind = 'ROMANTIC' AND q.sort > $after
WITH q, min(CASE WHEN key = $a THEN l.relationshipId END) AS ofA, min(CASE WHEN key = $b THEN l.relationshipId END) AS ofB
WHERE ofA IS NOT NULL AND ofB IS NOT NULL`;

const PAGE = `/* commonPartners */ ${COMMON}
WITH q, ofA, ofB ORDER BY q.sort LIMIT $first
RETURN q.id AS person, q.sort AS sort, ofA, ofB`;

/** The people whom two different people, known by id, were both with, by name. One statement. */
export async function commonPartners(
  graph: Reads,
  [a, b]: readonly [string, string],
  page: Page<SortCursor>,
  minStanding: number,
  sight: Sight,
): Promise<CommonPartner[]> {
  if (page.first < 1) return [];
  const rows = await graph.read(PAGE, { ...paramsOf(a, b, minStanding, sight), ...pageParams(page) });
  return rows.map(({ person, sort, ofA, ofB }) => ({
    person: String(person),
    relationships: [String(ofA), String(ofB)],
    sort: String(sort),
  }));
}

const COUNT = `/* countCommonPartners */ ${COMMON}
RETURN count(q) AS found`;

/** How many people `commonPartners` would list. */
export async function countCommonPartners(
  graph: Reads,
  [a, b]: readonly [string, string],
  minStanding: number,
  sight: Sight,
): Promise<number> {
  const [row] = await graph.read(COUNT, { ...paramsOf(a, b, minStanding, sight), after: '' });
  return Number(row?.found);
}

function paramsOf(a: string, b: string, minStanding: number, sight: Sight) {
  return { keys: [a, b], a, b, ...gateParams(sight, minStanding) };
}
