import type { Concern } from '../domain/concern.js';
import type {
  CitedBy,
  CitedClaim,
  EventDay,
  Interval,
  Life,
  PeriodEvidence,
  SourceArticle,
} from '../domain/evidence.js';
import { groupBy } from '../domain/group.js';
import { UNBOUNDED } from '../domain/interval.js';
import { bearsOn, unknownLife } from '../domain/life.js';
import { type Claim, type Period, type Relationship, typeOfId } from '../domain/records.js';
import { type Waiting, waitingOf } from '../domain/waiting.js';
import type { RecordType } from '../domain/words.js';
import type { Reads, Row } from '../graph/graph.js';
import { ESSENTIAL_ROLES } from './gate.js';
import { byType, type Stored, storedOf } from './load.js';

/** A claim with its citations, what waits of it, its node's properties, and its `CONCERNS` edges as they are now. */
export interface StoredEvidence extends CitedClaim {
  waiting: Waiting | null;
  props: Row;
  concerns: Concern[];
}

const claimsAbout = (label: string, more = '') =>
  `/* claimsAbout${label} */ UNWIND $ids AS id MATCH (n:${label} {id: id})<-[:ABOUT]-(c:Claim)
  RETURN c {.*} AS props, [(c)-[o:CONCERNS]->(p:Person) | {person: p.id, needed: o.needed}] AS concerns${more}`;

const ESSENTIAL_OF = `[(n)<-[t:TOOK_PART]-(x:Person) WHERE t.role IN [${ESSENTIAL_ROLES}] | x.id]`;

const CLAIMS_ABOUT = new Map<RecordType, string>([
  ...(['Person', 'Relationship', 'Period'] as const).map((type) => [type, claimsAbout(type)] as const),
  ['Event', claimsAbout('Event', `, ${ESSENTIAL_OF} AS essential`)],
]);

const CITATIONS = `/* citationsOfClaims */ UNWIND $ids AS id MATCH (c:Claim {id: id})-[:HAS]->(t:Citation)-[:\`IN\`]->(a:Article)
  RETURN t {.*} AS props, a {.id, .kind, .outlet, .dayMin, .dayMax, .roots} AS article, [(t)-[:SPEAKS_FOR]->(p:Person) | p.visibility] AS sides`;

/** All claims about these subjects, with all their citations, by subject. Subjects without a claim are left out. */
export async function evidenceOf(graph: Reads, subjects: Iterable<string>): Promise<Map<string, StoredEvidence[]>> {
  const rows: Row[] = [];
  for (const [type, ids] of byType(subjects)) {
    const statement = CLAIMS_ABOUT.get(type);
    if (statement !== undefined) rows.push(...(await graph.read(statement, { ids })));
  }
  const claims = rows.map(({ props, concerns, essential }) => ({
    ...storedOf<'Claim'>('Claim', props as Row),
    ...{ concerns: concerns as unknown as Concern[], essential: essential as string[] | undefined },
  }));
  const citations = await citationsOf(
    graph,
    claims.map(({ record }) => record.id),
  );
  return groupBy(
    claims.map(({ record, revision, props, concerns, essential }) => {
      const quotes = citations.get(record.id) ?? [];
      const revisions = new Map([
        [record.id, revision],
        ...quotes.map(({ citation, revision: own }) => [citation.id, own] as const),
      ]);
      const cited = citedOf(record, quotes, essential);
      return { ...cited, waiting: waitingOf(cited, (id) => revisions.get(id) ?? 0), props, concerns };
    }),
    ({ claim }) => claim.subject,
  );
}

/** A claim with its citations; `essential` is told of those about events. */
export function citedOf<C extends CitedBy>(claim: Claim, citations: readonly C[], essential: readonly string[] = []) {
  return typeOfId(claim.subject) === 'Event' ? { claim, citations, essential } : { claim, citations };
}

interface StoredQuote extends CitedBy {
  revision: number;
}

/** All citations of these claims with what evidence needs of their articles and sides, by claim. */
export async function citationsOf(graph: Reads, claims: readonly string[]): Promise<Map<string, StoredQuote[]>> {
  if (claims.length === 0) return new Map();
  const rows = await graph.read(CITATIONS, { ids: [...claims] });
  const cited = rows.map(({ props, article, sides }) => {
    const { record: citation, revision } = storedOf('Citation', props as Row);
    return {
      ...{ citation, revision, article: sourceOf(article as Row) },
      sideIsPublic: (sides as string[])[0] === 'PUBLIC',
    };
  });
  return groupBy(cited, ({ citation }) => citation.claim);
}

/** An article as evidence needs it, of its node's properties. */
export function sourceOf({ id, kind, outlet, dayMin, dayMax, roots }: Row): SourceArticle {
  return {
    id: String(id),
    kind: kind as SourceArticle['kind'],
    outlet: (outlet ?? null) as string | null,
    day: { min: Number(dayMin), max: Number(dayMax) },
    roots: JSON.parse(String(roots)) as SourceArticle['roots'],
  };
}

/** What `lifeOf` reads of a person's node. */
export const lifeCard = (node: string) => `${node} {.id, .life}`;

const RELATIONSHIPS = `/* relationshipsWithLives */ UNWIND $ids AS id MATCH (r:Relationship {id: id})
  WITH r, r.a AS one, r.b AS other MATCH (a:Person {id: one}) MATCH (b:Person {id: other})
  RETURN r {.*} AS props, ${lifeCard('a')} AS a, ${lifeCard('b')} AS b`;

const PERIODS = `/* periodsWithEvents */ UNWIND $ids AS id MATCH (r:Relationship {id: id})-[:HAS_PERIOD]->(d:Period)
  RETURN id, d {.*} AS props, [(d)-[:STARTED_BY]->(e:Event) | e {.standing, .lent, .id, .participants}] AS startedBy,
    [(d)-[:ENDED_BY]->(f:Event) | f {.standing, .lent, .id, .participants}] AS endedBy`;

const RECONCILIATIONS = `/* reconciliationsOf */ UNWIND $ids AS id MATCH (r:Relationship {id: id})
  WITH id, r.a AS one, r.b AS other
  MATCH (a:Person {id: one})-[:TOOK_PART]->(e:Event {kind: 'RECONCILIATION'})<-[:TOOK_PART]-(b:Person {id: other})
  WHERE e.mergedInto IS NULL RETURN DISTINCT id, e {.standing, .lent, .id, .participants} AS event`;

export interface StoredRelationship {
  stored: Stored<'Relationship'>;
  lives: readonly [Life, Life];
  periods: (Omit<PeriodEvidence, 'claims'> & { props: Row })[];
  reconciliations: Interval[];
}

/** Relationships with what their projection needs besides claims; pointers of merged ones included. */
export async function relationshipsWithLives(graph: Reads, ids: readonly string[]): Promise<StoredRelationship[]> {
  if (ids.length === 0) return [];
  const params = { ids: [...ids] };
  const rows = await graph.read(RELATIONSHIPS, params);
  const periods = groupBy(await graph.read(PERIODS, params), ({ id }) => id);
  const reconciliations = groupBy(await graph.read(RECONCILIATIONS, params), ({ id }) => id);
  return rows.map(({ props, a, b }) => {
    const stored = storedOf<'Relationship'>('Relationship', props as Row);
    const { id } = stored.record satisfies Relationship;
    const lives = [lifeOf(a as Row), lifeOf(b as Row)] as const;
    const reunions = (reconciliations.get(id) ?? []).map(({ event }) => event as Row);
    return {
      stored,
      lives,
      periods: (periods.get(id) ?? []).map((row) => periodOf(row, lives)),
      reconciliations: reunions.filter((event) => bears(event, lives)).map(({ lent }) => dayIn(lent)),
    };
  });
}

const LIVES = `/* livesOf */ UNWIND $ids AS id MATCH (p:Person {id: id}) RETURN ${lifeCard('p')} AS life`;

/** The lives of these people. */
export async function livesOf(graph: Reads, people: readonly string[]): Promise<Map<string, Life>> {
  if (people.length === 0) return new Map();
  const rows = await graph.read(LIVES, { ids: [...new Set(people)] });
  return new Map(rows.map(({ life }) => lifeOf(life as Row)).map((each) => [each.id, each]));
}

export function lifeOf({ id, life }: Row): Life {
  return life == null ? unknownLife(String(id)) : (JSON.parse(String(life)) as Life);
}

const dayIn = (lent: Row[string] | undefined): Interval =>
  lent == null ? { min: -UNBOUNDED, max: UNBOUNDED } : (JSON.parse(String(lent)) as EventDay).day;

function periodOf({ props, startedBy, endedBy }: Row, lives: readonly Life[]): StoredRelationship['periods'][number] {
  return {
    period: storedOf('Period', props as Row).record satisfies Period,
    props: props as Row,
    startedBy: dateOfEvent(startedBy as Row[], lives),
    endedBy: dateOfEvent(endedBy as Row[], lives),
  };
}

function bears({ participants, standing }: Row, lives: readonly Life[]): boolean {
  return bearsOn({ participants: JSON.parse(String(participants)) }, Number(standing), lives);
}

function dateOfEvent([event]: readonly Row[], lives: readonly Life[]): PeriodEvidence['startedBy'] {
  if (event === undefined || event.lent == null || !bears(event, lives)) return null;
  return { event: String(event.id), ...(JSON.parse(String(event.lent)) as Omit<EventDay, 'event'>) };
}
