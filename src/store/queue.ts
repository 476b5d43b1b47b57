import type { Sight } from '../domain/gate.js';
import type { Evidence, Field } from '../domain/words.js';
import type { Params, Reads, Row } from '../graph/graph.js';
import { CLAIM_CARD, claimOf, type StoredClaim, seesClaim } from './claim-card.js';
import { CLAIM_GATE, gateParams } from './gate.js';
import { distinct, type Page, pageParams, type SortCursor } from './page.js';

/** The oldest first, or by the best evidence, then by independent sources, then the oldest. */
export type QueueOrder = 'OLDEST' | 'STRONGEST';

/** Which claims the review queue lists; null takes all. */
export interface QueueFilter {
  person: string | null;
  /** Cited in this article by a quote that waits, as for the next two. */
  article: string | null;
  /** In whatever case. */
  outlet: string | null;
  evidence: readonly Evidence[] | null;
  fields: readonly Field[] | null;
  /** PROPOSED claims only, or accepted ones with quotes that wait. */
  verdict: 'PROPOSED' | 'ACCEPTED' | null;
  extractor: string | null;
  /** Bounds of `waitingSince`, both inclusive. */
  sinceMin: number | null;
  sinceMax: number | null;
}

export const WHOLE_QUEUE: QueueFilter = {
  ...{ person: null, article: null, outlet: null, evidence: null, fields: null },
  ...{ verdict: null, extractor: null, sinceMin: null, sinceMax: null },
};

/** A claim that waits, with its place in the list that found it. */
export interface QueuedClaim extends StoredClaim {
  cursor: SortCursor;
}

const PLACE: Record<QueueOrder, string> = { OLDEST: 'c.oldest', STRONGEST: 'c.strongest' };

/** Only what waits has a place, so an index of places holds nothing else; the embedded engine goes by `waiting`. */
const FROM = {
  all: 'MATCH (c:Claim {waiting: true})',
  person: 'MATCH (:Person {id: $person})<-[:CONCERNS]-(c:Claim {waiting: true})',
  article: 'MATCH (:Article {id: $article})<-[:`IN`]-(:Citation)<-[:HAS]-(c:Claim {waiting: true}) WITH DISTINCT c',
};

/** A quote `i` of a claim `c` that waits: of a PROPOSED one all but the rejected. As `waitingOf` has it. */
const QUOTE_WAITS = "(i.verdict = 'PROPOSED' OR (c.verdict = 'PROPOSED' AND i.verdict = 'ACCEPTED'))";

/** A statement that asks for quotes looks at those of each claim; the others don't pay for that. */
const CITED = {
  any: '',
  by: `AND COUNT { MATCH (c)-[:HAS]->(i:Citation)-[:\`IN\`]->(a:Article) WHERE ${QUOTE_WAITS}
    AND ($anyArticle OR a.id = $article) AND ($anyOutlet OR toLower(a.outlet) = $outlet) AND ($anyEvidence OR i.evidence IN $evidence) } > 0`,
};

type From = keyof typeof FROM;
type Cited = keyof typeof CITED;

const taken = (from: From, place: string, cited: Cited) => `${FROM[from]} WHERE ${place} > $after
  AND ($anyField OR c.field IN $fields) AND ($anyVerdict OR c.verdict = $verdict) AND ($anyExtractor OR c.extractor = $extractor)
  AND c.waitingSince >= $sinceMin AND c.waitingSince <= $sinceMax ${CITED[cited]}`;

const page = (from: From, order: QueueOrder, cited: Cited) => `/* queuePage */ ${taken(from, PLACE[order], cited)}
WITH c ORDER BY ${PLACE[order]} LIMIT $first
RETURN {${CLAIM_CARD}} AS found, ${PLACE[order]} AS place`;

const count = (from: From, cited: Cited) =>
  `/* countQueue */ ${taken(from, PLACE.OLDEST, cited)} AND ${CLAIM_GATE} RETURN count(c) AS found`;

/** Most rows that one statement reads. */
const MOST_ROWS = 5000;

/**
 * A page of what waits for a decision, and that this sight, of a reviewer or above, sees. The gate looks at the rows of a page, not
 * at all that waits before it is sorted: with 60,000 waiting, that takes the embedded engine more than twice as long. So a page is one
 * statement, and another only where it meets claims about people whom the sight doesn't see.
 */
export async function queuePage(
  graph: Reads,
  args: Page<SortCursor> & { orderBy: QueueOrder },
  filter: QueueFilter,
  sight: Sight,
): Promise<QueuedClaim[]> {
  if (args.first < 1 || sight.level === 0) return [];
  const statement = page(fromOf(filter), args.orderBy, citedOf(filter));
  const params = { ...paramsOf(filter, sight), ...pageParams(args) };
  const found: QueuedClaim[] = [];
  for (let { first, after } = params; ; first = Math.min(2 * first, MOST_ROWS)) {
    const rows = (await graph.read(statement, { ...params, first, after })).map(queuedOf);
    found.push(...rows.filter((claim) => seesClaim(sight, claim)));
    const last = rows[first - 1];
    if (found.length >= args.first || last === undefined) return found.slice(0, args.first);
    after = last.cursor.sort;
  }
}

function queuedOf({ found, place }: Row): QueuedClaim {
  return { ...claimOf(found as Row), cursor: { sort: String(place) } };
}

/** How many claims `queuePage` would list. */
export async function countQueue(graph: Reads, filter: QueueFilter, sight: Sight): Promise<number> {
  if (sight.level === 0) return 0;
  const [row] = await graph.read(count(fromOf(filter), citedOf(filter)), { ...paramsOf(filter, sight), after: '' });
  return Number(row?.found ?? 0);
}

function fromOf({ person, article }: QueueFilter): From {
  if (person !== null) return 'person';
  return article === null ? 'all' : 'article';
}

const citedOf = ({ article, outlet, evidence }: QueueFilter): Cited =>
  article === null && outlet === null && evidence === null ? 'any' : 'by';

/** Above every seq. */
const LAST_SEQ = 1_000_000_000;

function paramsOf(filter: QueueFilter, sight: Sight): Params {
  const { person, article, outlet, evidence, fields, verdict, extractor, sinceMin, sinceMax } = filter;
  return {
    ...gateParams(sight),
    ...{ person: person ?? '', article: article ?? '', anyArticle: article === null },
    ...{ outlet: outlet?.toLowerCase() ?? '', anyOutlet: outlet === null },
    ...{ evidence: [...(evidence ?? ['-'])], anyEvidence: evidence === null },
    ...{ fields: [...(fields ?? ['-'])], anyField: fields === null },
    ...{ verdict: verdict ?? '', anyVerdict: verdict === null },
    ...{ extractor: extractor ?? '', anyExtractor: extractor === null },
    ...{ sinceMin: sinceMin ?? 0, sinceMax: sinceMax ?? LAST_SEQ },
  };
}

const TIMES = '/* timesOfChanges */ UNWIND $seqs AS seq MATCH (h:Change {seq: seq}) RETURN seq, h.at AS at';

/** When each of these changes was made, as ISO text, by their numbers as texts; null for no such change. */
export async function timesOfChanges(graph: Reads, seqs: readonly string[]): Promise<(string | null)[]> {
  const rows = await graph.read(TIMES, { seqs: distinct(seqs).map(Number) });
  const times = new Map(rows.map(({ seq, at }: Row) => [String(seq), String(at)]));
  return seqs.map((seq) => times.get(seq) ?? null);
}
