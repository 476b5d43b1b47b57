import { UNBOUNDED } from '../domain/day.js';
import type { Sight } from '../domain/gate.js';
import { KINDS, type Kind, VERDICTS, type Verdict } from '../domain/words.js';
import type { Reads, Row } from '../graph/graph.js';
import { countEvents } from './event-list.js';
import { ARTICLE_GATE, CLAIM_GATE, CONTRADICTION_GATE, gateParams, LINK_GATE } from './gate.js';
import { compareTexts } from './page.js';
import { countPeople } from './person-list.js';
import { countQueue, WHOLE_QUEUE } from './queue.js';

/** Relationships by their best period; readers from RUMOURED up, which is what they may ask for. */
export interface ByStanding {
  PROPOSED: number | null;
  RUMOURED: number;
  REPORTED: number;
  CONFIRMED: number;
}

/** What sources there are. */
export interface Sources {
  articles: number;
  /** Those of the outlets that most are of, the most first, then by name; `MOST_OUTLETS` at most. */
  outlets: { outlet: string; articles: number }[];
  /** Days since 1970-01-01 of the one that certainly appeared last, and of the one that was read last; null where there is none. */
  latest: { published: number | null; retrieved: number | null };
}

const MOST_OUTLETS = 20;

/** How much of the graph a sight sees. What readers may not see of the desk's work is null for them. */
export interface Stats {
  people: number;
  /** Listed at REPORTED or above. */
  relationships: number;
  claims: number;
  sources: Sources;
  events: number;
  byStanding: ByStanding;
  /** Kinds of which there are any. */
  byKind: { kind: Kind; byStanding: ByStanding }[];
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
  const [people, byKind, byVerdict, waiting, sources, events, contradictions, lastChange] = await Promise.all([
    countPeople(graph, { ids: null }, sight),
    countByKind(graph, sight),
    countByVerdict(graph, sight),
    desk ? countQueue(graph, WHOLE_QUEUE, sight) : null,
    countSources(graph, sight),
    countEvents(graph, 2, sight),
    desk ? countContradictions(graph, sight) : null,
    desk ? lastChangeOf(graph) : null,
  ]);
  const byStanding = together(
    byKind.map((each) => each.byStanding),
    desk,
  );
  return {
    people,
    relationships: byStanding.REPORTED + byStanding.CONFIRMED,
    claims: VERDICTS.reduce((sum, verdict) => sum + (byVerdict[verdict] ?? 0), 0),
    sources,
    events,
    byStanding,
    byKind,
    byVerdict,
    waiting,
    contradictions,
    lastChange,
  };
}

const BY_KIND = `/* countByKind */ MATCH (p:Person)-[l:LINKED]->(q) WHERE ${LINK_GATE}
WITH l.relationshipId AS id, l.kind AS kind, max(l.standing) AS standing
RETURN kind, standing, count(*) AS found`;

async function countByKind(graph: Reads, sight: Sight): Promise<Stats['byKind']> {
  const desk = sight.level > 0;
  const strict: Sight = { ...sight, minors: sight.minors === 'show' ? 'show' : 'hide' };
  const rows = await graph.read(BY_KIND, gateParams(strict, desk ? 0 : 1));
  return KINDS.flatMap((kind) => {
    const own = rows.filter((row) => row.kind === kind);
    const of = (standing: number) => countWhere(own, 'standing', standing);
    const byStanding = { PROPOSED: desk ? of(0) : null, RUMOURED: of(1), REPORTED: of(2), CONFIRMED: of(3) };
    return own.length === 0 ? [] : [{ kind, byStanding }];
  });
}

function together(counts: readonly ByStanding[], desk: boolean): ByStanding {
  const sum = (of: (count: ByStanding) => number | null) => counts.reduce((all, count) => all + (of(count) ?? 0), 0);
  return {
    PROPOSED: desk ? sum(({ PROPOSED }) => PROPOSED) : null,
    RUMOURED: sum(({ RUMOURED }) => RUMOURED),
    REPORTED: sum(({ REPORTED }) => REPORTED),
    CONFIRMED: sum(({ CONFIRMED }) => CONFIRMED),
  };
}

const BY_OUTLET = `/* countByOutlet */ MATCH (a:Article) WHERE ${ARTICLE_GATE}
RETURN a.outlet AS outlet, count(a) AS found, max(a.retrieved) AS retrieved,
  max(CASE WHEN a.published IS NULL THEN null ELSE a.dayMin END) AS published`;

async function countSources(graph: Reads, sight: Sight): Promise<Sources> {
  const rows = await graph.read(BY_OUTLET, gateParams(sight));
  const outlets = rows
    .flatMap(({ outlet, found }) => (outlet === null ? [] : [{ outlet: String(outlet), articles: Number(found) }]))
    .sort((one, other) => other.articles - one.articles || compareTexts(one.outlet, other.outlet));
  return {
    articles: rows.reduce((sum, { found }) => sum + Number(found), 0),
    outlets: outlets.slice(0, MOST_OUTLETS),
    latest: { published: latestOf(rows, 'published'), retrieved: latestOf(rows, 'retrieved') },
  };
}

function latestOf(rows: readonly Row[], key: string): number | null {
  const days = rows.flatMap((row) => (typeof row[key] === 'number' && row[key] > -UNBOUNDED ? [row[key]] : []));
  return days.length === 0 ? null : Math.max(...days);
}

const BY_VERDICT = `/* countByVerdict */ MATCH (c:Claim) WHERE ${CLAIM_GATE}
RETURN c.verdict AS verdict, count(*) AS found`;

async function countByVerdict(graph: Reads, sight: Sight): Promise<Stats['byVerdict']> {
  const rows = await graph.read(BY_VERDICT, gateParams(sight));
  const of = (verdict: Verdict) => countWhere(rows, 'verdict', verdict);
  if (sight.level === 0) return { PROPOSED: null, ACCEPTED: of('ACCEPTED'), REJECTED: null };
  return { PROPOSED: of('PROPOSED'), ACCEPTED: of('ACCEPTED'), REJECTED: of('REJECTED') };
}

const CONTRADICTIONS = `/* countContradictions */ MATCH (k:Contradiction) WHERE k.resolution IS NULL AND ${CONTRADICTION_GATE}
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
