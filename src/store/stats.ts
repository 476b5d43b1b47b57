import type { Sight } from '../domain/gate.js';
import { VERDICTS, type Verdict } from '../domain/records.js';
import type { Reads, Row } from '../graph/graph.js';
import { countArticles } from './article-list.js';
import { countEvents } from './event-list.js';
import { CLAIM_GATE, gateParams, HIDES_CLAIM, LINK_GATE } from './gate.js';
import { countPeople } from './person-list.js';
import { countQueue, WHOLE_QUEUE } from './queue.js';

/** How much of the graph a sight sees. What readers may not see of the desk's work is null for them. */
export interface Stats {
  people: number;
  /** Listed at REPORTED or above. */
  relationships: number;
  claims: number;
  articles: number;
  events: number;
  /** Relationships by their best period; readers from RUMOURED up, which is what they may ask for. */
  byStanding: { PROPOSED: number | null; RUMOURED: number; REPORTED: number; CONFIRMED: number };
  byVerdict: Record<Verdict, number | null>;
  /** Claims in the review queue. */
  waiting: number | null;
  /** Contradictions that no resolution answers. */
  contradictions: number | null;
  lastChange: { seq: number; at: string } | null;
}

/** Counts after the gate, eight statements at most. */
export async function stats(graph: Reads, sight: Sight): Promise<Stats> {
  const desk = sight.level > 0;
  const [people, byStanding, byVerdict, waiting, articles, events, contradictions, lastChange] = await Promise.all([
    countPeople(graph, { ids: null }, sight),
    countByStanding(graph, sight),
    countByVerdict(graph, sight),
    desk ? countQueue(graph, WHOLE_QUEUE, sight) : null,
    countArticles(graph, sight),
    countEvents(graph, 2, sight),
    desk ? countContradictions(graph, sight) : null,
    desk ? lastChangeOf(graph) : null,
  ]);
  return {
    people,
    relationships: byStanding.REPORTED + byStanding.CONFIRMED,
    claims: VERDICTS.reduce((sum, verdict) => sum + (byVerdict[verdict] ?? 0), 0),
    articles,
    events,
    byStanding,
    byVerdict,
    waiting,
    contradictions,
    lastChange,
  };
}

const BY_STANDING = `/* countByStanding */ MATCH (p:Person)-[l:LINKED]->(q:Person) WHERE ${LINK_GATE}
WITH l.relationshipId AS id, max(l.standing) AS standing
RETURN standing, count(*) AS found`;

async function countByStanding(graph: Reads, sight: Sight): Promise<Stats['byStanding']> {
  const desk = sight.level > 0;
  const strict: Sight = { ...sight, minors: sight.minors === 'show' ? 'show' : 'hide' };
  const rows = await graph.read(BY_STANDING, gateParams(strict, desk ? 0 : 1));
  const of = (standing: number) => countWhere(rows, 'standing', standing);
  return { PROPOSED: desk ? of(0) : null, RUMOURED: of(1), REPORTED: of(2), CONFIRMED: of(3) };
}

const BY_VERDICT = `/* countByVerdict */ MATCH (c:Claim) WHERE ${CLAIM_GATE}
RETURN c.verdict AS verdict, count(*) AS found`;

async function countByVerdict(graph: Reads, sight: Sight): Promise<Stats['byVerdict']> {
  const rows = await graph.read(BY_VERDICT, gateParams(sight));
  const of = (verdict: Verdict) => countWhere(rows, 'verdict', verdict);
  if (sight.level === 0) return { PROPOSED: null, ACCEPTED: of('ACCEPTED'), REJECTED: null };
  return { PROPOSED: of('PROPOSED'), ACCEPTED: of('ACCEPTED'), REJECTED: of('REJECTED') };
}

const CONTRADICTIONS = `/* countContradictions */ MATCH (k:Contradiction) WHERE k.resolution IS NULL AND COUNT {
  MATCH (k)-[:BETWEEN]->(c:Claim)-[:CONCERNS]->(x:Person) WHERE ${HIDES_CLAIM} } = 0
RETURN count(k) AS found`;

async function countContradictions(graph: Reads, sight: Sight): Promise<number> {
  const [row] = await graph.read(CONTRADICTIONS, gateParams(sight));
  return Number(row?.found ?? 0);
}

const LAST_CHANGE = `/* lastChange */ MATCH (g:Graph {id: 'graph'}) MATCH (h:Change {seq: g.seq}) RETURN h.seq AS seq, h.at AS at`;

async function lastChangeOf(graph: Reads): Promise<Stats['lastChange']> {
  const [row] = await graph.read(LAST_CHANGE);
  return row === undefined ? null : { seq: Number(row.seq), at: String(row.at) };
}

function countWhere(rows: readonly Row[], key: string, value: string | number): number {
  return Number(rows.find((row) => row[key] === value)?.found ?? 0);
}
