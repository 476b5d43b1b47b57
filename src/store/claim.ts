import type { Sight } from '../domain/gate.js';
import { groupBy } from '../domain/group.js';
import { FIELDS_OF_SUBJECT, typeOfId } from '../domain/records.js';
import type { Field } from '../domain/words.js';
import type { Params, Reads, Row } from '../graph/graph.js';
import { CLAIM_CARD, claimOf, claimsOfRows, type StoredClaim } from './claim-card.js';
import { CITATION_GATE, CLAIM_GATE, gateParams } from './gate.js';
import { countsInOrderOf, distinct, inOrderOf, type Page, pageParams, type SortCursor } from './page.js';

export { type StoredClaim, seesClaim } from './claim-card.js';

const BY_ID = `/* claims */ UNWIND $keys AS key MATCH (c:Claim {id: key}) RETURN key, {${CLAIM_CARD}} AS found`;

/** Claims by id. Not gated: `seesClaim` is place two. */
export async function claims(graph: Reads, ids: readonly string[]): Promise<(StoredClaim | null)[]> {
  const keys = distinct(ids);
  if (keys.length === 0) return ids.map(() => null);
  return inOrderOf(ids, await graph.read(BY_ID, { keys }), ({ found }) => claimOf(found as Row));
}

export interface ClaimArgs extends Page<SortCursor> {
  /** Claims about one field only; null takes all. */
  field: Field | null;
}

type Subject = keyof typeof FIELDS_OF_SUBJECT;

const SUBJECTS = Object.keys(FIELDS_OF_SUBJECT) as Subject[];

/** Finds `c` from its subject `s`. */
const ABOUT = `MATCH (s)<-[:ABOUT]-(c:Claim) WHERE ($anyField OR c.field = $field) AND ${CLAIM_GATE}`;

const CUT = 'WITH c, c.sort AS place WHERE place > $after WITH c, place ORDER BY place LIMIT $first';

const perSubject = (statement: (label: Subject) => string) =>
  Object.fromEntries(SUBJECTS.map((label) => [label, statement(label)])) as Record<Subject, string>;

const PAGE_OF = perSubject(
  (label) => `/* claimsOf ${label} */ UNWIND $keys AS key MATCH (s:${label} {id: key})
CALL (s) { ${ABOUT} ${CUT} RETURN collect({place: place, ${CLAIM_CARD}}) AS rows }
RETURN key, rows`,
);

/** A page of the claims about each subject (person, relationship, period, event), by `sort`. One statement for each type of subject. */
export async function claimsOf(
  graph: Reads,
  subjectIds: readonly string[],
  args: ClaimArgs,
  sight: Sight,
): Promise<StoredClaim[][]> {
  if (args.first < 1) return subjectIds.map(() => []);
  const params = { ...pageParams(args), ...fieldParams(args.field), ...gateParams(sight) };
  const rows = await readPerSubject(graph, PAGE_OF, subjectIds, params);
  return inOrderOf(subjectIds, rows, (row) => claimsOfRows(row.rows as Row[])).map((list) => list ?? []);
}

const COUNT_OF = perSubject(
  (label) => `/* countClaimsOf ${label} */ UNWIND $keys AS key MATCH (s:${label} {id: key})
CALL (s) { ${ABOUT} RETURN count(c) AS found }
RETURN key, found`,
);

export async function countClaimsOf(
  graph: Reads,
  subjectIds: readonly string[],
  field: Field | null,
  sight: Sight,
): Promise<number[]> {
  const params = { ...fieldParams(field), ...gateParams(sight) };
  return countsInOrderOf(subjectIds, await readPerSubject(graph, COUNT_OF, subjectIds, params));
}

const fieldParams = (field: Field | null) => ({ anyField: field === null, field: field ?? '' });

async function readPerSubject(
  graph: Reads,
  statements: Record<Subject, string>,
  ids: readonly string[],
  params: Params,
): Promise<Row[]> {
  const groups = [...groupBy(distinct(ids), typeOfId)].flatMap(([type, keys]) =>
    type !== null && type in FIELDS_OF_SUBJECT ? [{ statement: statements[type as Subject], keys }] : [],
  );
  const rows = await Promise.all(groups.map(({ statement, keys }) => graph.read(statement, { keys, ...params })));
  return rows.flat();
}

/** Finds `c` from an article `a` that is cited for it. */
const CITED = `MATCH (a)<-[:\`IN\`]-(i:Citation)<-[:HAS]-(c:Claim) WHERE ${CITATION_GATE} AND ${CLAIM_GATE}`;

const PAGE_OF_ARTICLES = `/* claimsOfArticles */ UNWIND $keys AS key MATCH (a:Article {id: key})
CALL (a) { ${CITED} AND c.sort > $after WITH DISTINCT c ${CUT} RETURN collect({place: place, ${CLAIM_CARD}}) AS rows }
RETURN key, rows`;

/** A page of the claims that each article is cited for (readers: by an accepted citation), by `sort`. */
export async function claimsOfArticles(
  graph: Reads,
  articleIds: readonly string[],
  page: Page<SortCursor>,
  sight: Sight,
): Promise<StoredClaim[][]> {
  const keys = distinct(articleIds);
  if (keys.length === 0 || page.first < 1) return articleIds.map(() => []);
  const rows = await graph.read(PAGE_OF_ARTICLES, { keys, ...pageParams(page), ...gateParams(sight) });
  return inOrderOf(articleIds, rows, (row) => claimsOfRows(row.rows as Row[])).map((list) => list ?? []);
}

const COUNT_OF_ARTICLES = `/* countClaimsOfArticles */ UNWIND $keys AS key MATCH (a:Article {id: key})
CALL (a) { ${CITED} RETURN count(DISTINCT c) AS found }
RETURN key, found`;

export async function countClaimsOfArticles(
  graph: Reads,
  articleIds: readonly string[],
  sight: Sight,
): Promise<number[]> {
  const keys = distinct(articleIds);
  if (keys.length === 0) return articleIds.map(() => 0);
  return countsInOrderOf(articleIds, await graph.read(COUNT_OF_ARTICLES, { keys, ...gateParams(sight) }));
}
