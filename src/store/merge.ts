import type { Interval } from '../domain/evidence.js';
import { groupBy } from '../domain/group.js';
import type { MergeablePeriod, MergeableRelationship, MergeWorld } from '../domain/merge.js';
import type { RecordOf, RecordType } from '../domain/records.js';
import type { Reads, Row } from '../graph/graph.js';
import { loadRecords, type Stored, storedOf } from './load.js';

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
  return {
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
