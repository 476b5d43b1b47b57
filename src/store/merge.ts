import type { Interval } from '../domain/evidence.js';
import { groupBy } from '../domain/group.js';
import {
  type MergeablePeriod,
  type MergeableRelationship,
  type MergeWorld,
  untoldInTheWay,
} from '../domain/merge-world.js';
import { type RecordOf, typeOfId } from '../domain/records.js';
import type { RecordType } from '../domain/words.js';
import type { Reads, Row } from '../graph/graph.js';
import { allDependentsOf } from './check.js';
import { EDIT_GATE, type LogSight } from './history.js';
import { byType, loadRecords, type Stored, storedOf } from './load.js';

const RELATIONSHIPS = `/* relationshipsToMerge */ UNWIND $ids AS id MATCH (p:Person {id: id})-[:PARTY_TO]->(r:Relationship)
  RETURN DISTINCT id AS person, r {.*} AS props, [(r)-[:HAS_PERIOD]->(d:Period) | d {.*}] AS periods`;
const EVENTS = '/* eventsToMerge */ MATCH (p:Person {id: $id})-[:TOOK_PART]->(e:Event) RETURN DISTINCT e.id AS id';
const ARTICLES = '/* articlesToMerge */ MATCH (p:Person {id: $id})<-[:MENTIONS]-(a:Article) RETURN DISTINCT a.id AS id';
const CITATIONS = '/* citationsToMerge */ MATCH (p:Person {id: $id})<-[:SPEAKS_FOR]-(t:Citation) RETURN t.id AS id';
const SET_APART = '/* peopleSetApart */ MATCH (p:Person {id: $id})<-[:NOT_SAME_AS]-(o:Person) RETURN o.id AS id';
const claimsAbout = (label: string) =>
  `/* claimsToMerge${label} */ UNWIND $ids AS id MATCH (n:${label} {id: id})<-[:ABOUT]-(c:Claim) RETURN c.id AS id`;
const CLAIMS = {
  Person: claimsAbout('Person'),
  Relationship: claimsAbout('Relationship'),
  Period: claimsAbout('Period'),
};

/** Everything that a merge of one person into another depends on, or null where one of them isn't there. */
export async function mergeWorld(graph: Reads, keep: string, from: string): Promise<MergeWorld | null> {
  const people = await loadRecords(graph, [keep, from]);
  const [a, b] = [people.get(keep)?.record, people.get(from)?.record] as RecordOf['Person'][];
  if (a === undefined || b === undefined) return null;
  const rows = groupBy(await graph.read(RELATIONSHIPS, { ids: [...new Set([keep, from])] }), ({ person }) => person);
  const [ofKeep, ofFrom] = [keep, from].map((id) => (rows.get(id) ?? []).map(relationshipOf).filter(alive)) as [
    MergeableRelationship[],
    MergeableRelationship[],
  ];
  const known = {
    keep: a,
    from: b,
    ofKeep,
    ofFrom,
    claims: await claimsOf(graph, from, [...ofKeep, ...ofFrom]),
    events: await recordsOf<'Event'>(graph, EVENTS, from),
    articles: await recordsOf<'Article'>(graph, ARTICLES, from),
    citations: await recordsOf<'Citation'>(graph, CITATIONS, from),
    setApart: await recordsOf<'Person'>(graph, SET_APART, from),
  };
  const hanging = new Map<string, string[]>();
  for (const id of untoldInTheWay(known)) hanging.set(id, await allDependentsOf(graph, [id]));
  return { ...known, hanging };
}

const mergedInto = (label: string) =>
  `/* mergedIntoSince${label} */ UNWIND $ids AS id MATCH (n:${label} {id: id})<-[:MERGED_INTO]-(m:${label})
  WHERE m.revision > $since RETURN id, collect(m.id) AS merged`;
const MERGED_INTO = { Relationship: mergedInto('Relationship'), Period: mergedInto('Period') };

/** What was merged into each of these relationships and periods after the change with the number `since`; none is left out. */
export async function mergedIntoSince(
  graph: Reads,
  ids: readonly string[],
  since: number,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const [type, some] of byType(ids)) {
    if (type !== 'Relationship' && type !== 'Period') continue;
    for (const { id, merged } of await graph.read(MERGED_INTO[type], { ids: some, since }))
      found.set(String(id), merged as string[]);
  }
  return found;
}

const RECORDED_IN = `/* recordedInSince */ UNWIND $ids AS id MATCH (:Relationship {id: id})-[:HAS_PERIOD]->(d:Period) WITH id, d.id AS period
  MATCH (e:Edit {recordId: period})<-[:MADE]-(c:Change) WHERE c.seq > $since AND e.before IS NULL
  RETURN id, collect(DISTINCT period) AS recorded`;

/** The periods of each of these relationships that were recorded in it after the change with the number `since`; none is left out. */
export async function recordedInSince(
  graph: Reads,
  ids: readonly string[],
  since: number,
): Promise<Map<string, string[]>> {
  const relationships = ids.filter((id) => typeOfId(id) === 'Relationship');
  if (relationships.length === 0) return new Map();
  const rows = await graph.read(RECORDED_IN, { ids: relationships, since });
  return new Map(rows.map(({ id, recorded }) => [String(id), recorded as string[]]));
}

const newest = (name: string, match: string, where: string) => `/* newestEdit${name} */ ${match}
  MATCH (e)<-[:MADE]-(c:Change) WHERE c.seq > $after AND ${where} AND ${EDIT_GATE}
  RETURN e.recordId AS record, c.seq AS seq ORDER BY seq DESC LIMIT 1`;
const OF_PEOPLE = newest(
  'OfPeople',
  'UNWIND $rows AS row MATCH (p:Person {id: row.person})<-[:TOUCHES]-(e:Edit)',
  `(row.everything OR (e.type <> 'Article' AND (
    (e.type <> 'Event' AND COUNT { (e)-[:TOUCHES]->(:Person) } = 1)
    OR COUNT { (e)-[:TOUCHES]->(x:Person) WHERE x.id IN row.others } > 0)))`,
);
const OF_RECORDS = newest('OfRecords', 'UNWIND $ids AS id MATCH (e:Edit {recordId: id})', 'true');
const CITED = `/* articlesCitedOfPeriods */ UNWIND $ids AS id
  MATCH (d:Period {id: id})<-[:ABOUT]-(:Claim)-[:HAS]->(:Citation)-[:\`IN\`]->(a:Article) RETURN DISTINCT a.id AS id`;

/** An edit of the log: which record, by the change of which number. */
export interface NewestEdit {
  record: string;
  seq: number;
}

/**
 * The newest edit after change `after` of anything that decides what a merge does, whether or not the record is still there; null where
 * there is none that this viewer is told of. That is whatever touches `from`; of the other side what is about `keep` alone, or about them
 * and somebody whom `from` has something with; where both have something with one, what bounds its periods: the lives of that one, and
 * the articles that are cited; and marks that move.
 */
export async function newestEdit(
  graph: Reads,
  world: MergeWorld,
  after: number,
  sight: LogSight,
): Promise<NewestEdit | null> {
  const { keep, from, setApart } = world;
  const [known, linked] = [world.ofKeep, world.ofFrom].map(
    (relationships) => new Set(relationships.flatMap(({ record }) => [record.a, record.b])),
  ) as [Set<string>, Set<string>];
  const shared = [...linked].filter((id) => known.has(id) && id !== keep.id && id !== from.id);
  const rows = [
    { person: from.id, everything: true, others: [] },
    { person: keep.id, everything: false, others: [...linked].filter((id) => id !== keep.id) },
    ...shared.map((person) => ({ person, everything: false, others: [] })),
  ];
  const periods = [...world.ofKeep, ...world.ofFrom]
    .filter(({ record }) => shared.includes(record.a) || shared.includes(record.b))
    .flatMap((each) => each.periods.map(({ id }) => id));
  const cited = periods.length > 0 ? await graph.read(CITED, { ids: periods }) : [];
  const ids = [...setApart, ...cited].map(({ id }) => String(id));
  const params = { after, level: sight.level };
  const found = [
    ...(await graph.read(OF_PEOPLE, { rows, ...params })),
    ...(ids.length > 0 ? await graph.read(OF_RECORDS, { ids, ...params }) : []),
  ].map(({ record, seq }): NewestEdit => ({ record: String(record), seq: Number(seq) }));
  return found.sort((a, b) => b.seq - a.seq)[0] ?? null;
}

const alive = ({ record }: MergeableRelationship) => record.mergedInto === null;

function relationshipOf({ props, periods }: Row): MergeableRelationship {
  const all = (periods as Row[]).map((period) => storedOf<'Period'>('Period', period));
  return {
    record: storedOf<'Relationship'>('Relationship', props as Row).record,
    periods: all
      .filter(({ record }) => record.mergedInto === null)
      .map(mergeable)
      .sort((x, y) => (x.id < y.id ? -1 : 1)),
  };
}

function mergeable({ record, props }: Stored<'Period'>): MergeablePeriod {
  const bounds = (min: string, max: string): Interval => ({ min: Number(props[min]), max: Number(props[max]) });
  const start = props.startKnown === true ? bounds('startMin', 'startMax') : null;
  return { record, id: record.id, type: record.type, days: bounds('startMin', 'endMax'), start };
}

async function claimsOf(
  graph: Reads,
  person: string,
  relationships: readonly MergeableRelationship[],
): Promise<RecordOf['Claim'][]> {
  const ids = {
    Person: [person],
    Relationship: relationships.map(({ record }) => record.id),
    Period: relationships.flatMap(({ periods }) => periods.map(({ id }) => id)),
  };
  const found: string[] = [];
  for (const type of ['Person', 'Relationship', 'Period'] as const) {
    if (ids[type].length > 0)
      found.push(...(await graph.read(CLAIMS[type], { ids: ids[type] })).map(({ id }) => String(id)));
  }
  return records<'Claim'>(await loadRecords(graph, found));
}

async function recordsOf<T extends RecordType>(graph: Reads, statement: string, id: string): Promise<RecordOf[T][]> {
  const rows = await graph.read(statement, { id });
  return records(
    await loadRecords(
      graph,
      rows.map((row) => String(row.id)),
    ),
  );
}

const records = <T extends RecordType>(stored: ReadonlyMap<string, Stored>): RecordOf[T][] =>
  [...stored.values()].map(({ record }) => record as RecordOf[T]);
