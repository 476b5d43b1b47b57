import type { Applied } from '../domain/change.js';
import type { Lookup } from '../domain/lookup.js';
import type { Article, Event, Person, RecordOf } from '../domain/records.js';
import { typeOfId } from '../domain/records.js';
import type { Reads } from '../graph/graph.js';
import type { Stored } from './load.js';

/** What has to be derived again. Relationships stand for their periods too. */
export interface Touched {
  articles: Set<string>;
  people: Set<string>;
  events: Set<string>;
  relationships: Set<string>;
}

/** The fields of an article on which the evidence that cites it depends. */
const EVIDENCE_FIELDS: readonly (keyof Article)[] = ['published', 'retrieved', 'kind', 'outlet', 'basedOn'];

/** An edit of a record that was there before, and touches one of these fields. */
function changes<T extends 'Article' | 'Person' | 'Event'>(
  { edit, before }: Applied,
  type: T,
  fields: readonly (keyof RecordOf[T])[],
): boolean {
  return (
    edit.type === type && before !== null && fields.some((field) => edit.after === null || String(field) in edit.after)
  );
}

const CITING =
  '/* subjectsCiting */ UNWIND $ids AS id MATCH (a:Article {id: id})<-[:`IN`]-(:Citation)<-[:HAS]-(c:Claim) RETURN DISTINCT c.subject AS subject';
const SPOKEN_FOR =
  '/* subjectsSpokenFor */ UNWIND $ids AS id MATCH (p:Person {id: id})<-[:SPEAKS_FOR]-(:Citation)<-[:HAS]-(c:Claim) RETURN DISTINCT c.subject AS subject';
const NAMED_IN =
  "/* subjectsNaming */ UNWIND $ids AS id MATCH (p:Person {id: id})<-[:CONCERNS]-(c:Claim {field: 'PARTICIPANT'}) RETURN DISTINCT c.subject AS subject";
const BASED_ON_IT =
  '/* articlesBasedOn */ UNWIND $ids AS id MATCH (a:Article {id: id})<-[:BASED_ON*0..]-(d:Article) RETURN DISTINCT d.id AS id';
const RELATIONSHIP_OF =
  '/* relationshipsOfPeriods */ UNWIND $ids AS id MATCH (d:Period {id: id}) RETURN DISTINCT d.relationship AS id';

/**
 * The subjects that a change touches: those that it edits, those whose claims, citations or resolutions it edits, and those whose
 * evidence cites an article that changed or speaks for somebody whose visibility did, or that name somebody as a participant who was
 * merged. `lookup` knows the records as they are
 * after the change, `stored` as they were.
 */
export async function touchedBy(
  graph: Reads,
  applied: readonly Applied[],
  lookup: Lookup,
  stored: ReadonlyMap<string, Stored>,
): Promise<Touched> {
  const subjects = new Set(applied.flatMap((each) => subjectsOf(each, lookup, stored)));
  for (const subject of await answeredWith(graph, applied)) subjects.add(subject);
  const idsOf = (some: (each: Applied) => boolean) => applied.filter(some).map(({ edit }) => edit.recordId);
  const reweighed = idsOf((each) => changes(each, 'Article', EVIDENCE_FIELDS) && each.after !== null);
  const articles = await column(graph, BASED_ON_IT, reweighed, 'id');
  for (const subject of await column(graph, CITING, articles, 'subject')) subjects.add(subject);
  const shown = idsOf((each) => changes(each, 'Person', ['visibility', 'mergedInto'] satisfies (keyof Person)[]));
  for (const subject of await column(graph, SPOKEN_FOR, shown, 'subject')) subjects.add(subject);
  const merged = idsOf((each) => changes(each, 'Person', ['mergedInto']));
  for (const subject of await column(graph, NAMED_IN, merged, 'subject')) subjects.add(subject);

  const ofType = (type: string) => [...subjects].filter((id) => typeOfId(id) === type);
  const relationships = new Set([...ofType('Relationship')]);
  for (const id of await column(graph, RELATIONSHIP_OF, ofType('Period'), 'id')) relationships.add(id);
  const created = idsOf(({ edit, before }) => edit.type === 'Article' && before === null);
  return {
    articles: new Set([...created, ...articles]),
    people: new Set(ofType('Person')),
    events: new Set(ofType('Event')),
    relationships,
  };
}

const ANSWERED_WITH = `/* claimsAnsweredWith */ UNWIND $ids AS id MATCH (c:Claim {id: id})<-[:ON]-(:Resolution)-[:ON]->(d:Claim)
  RETURN DISTINCT d.id AS claim, d.subject AS subject`;

/**
 * The subjects of all claims that resolutions tie to those that change: a resolution is void once a claim that it names changes, or
 * once what it prefers has given way elsewhere.
 */
async function answeredWith(graph: Reads, applied: readonly Applied[]): Promise<Set<string>> {
  const subjects = new Set<string>();
  const created = new Set(applied.filter(({ before }) => before === null).map(({ edit }) => edit.recordId));
  let next = [...new Set(applied.flatMap(claimsIn))].filter((id) => !created.has(id));
  const seen = new Set(next);
  while (next.length > 0) {
    const rows = await graph.read(ANSWERED_WITH, { ids: next });
    for (const { subject } of rows) subjects.add(String(subject));
    next = rows.map(({ claim }) => String(claim)).filter((id) => !seen.has(id));
    for (const id of next) seen.add(id);
  }
  return subjects;
}

function claimsIn({ edit, before, after }: Applied): string[] {
  if (edit.type === 'Claim') return [edit.recordId];
  return [before, after].flatMap((record) => {
    if (record === null) return [];
    if ('quote' in record) return [record.claim];
    return 'basis' in record ? record.claims : [];
  });
}

function subjectsOf({ edit, before, after }: Applied, lookup: Lookup, stored: ReadonlyMap<string, Stored>): string[] {
  switch (edit.type) {
    case 'Article':
      return [];
    case 'Period':
      return [before, after].flatMap((record) => (record && 'relationship' in record ? [record.relationship] : []));
    case 'Claim':
      return [before, after].flatMap((record) => (record && 'subject' in record ? [record.subject] : []));
    case 'Citation':
      return [before, after]
        .flatMap((record) => (record && 'quote' in record ? [record.claim] : []))
        .flatMap(subjectOfClaim);
    case 'Resolution':
      return [before, after]
        .flatMap((record) => (record && 'basis' in record ? record.claims : []))
        .flatMap(subjectOfClaim);
    default:
      return [edit.recordId];
  }

  function subjectOfClaim(id: string): string[] {
    const old = stored.get(id)?.record;
    const subjects = [lookup.get('Claim', id)?.subject, old && 'subject' in old ? old.subject : undefined];
    return subjects.filter((subject) => subject !== undefined);
  }
}

const OF_PEOPLE =
  '/* relationshipsOfPeople */ UNWIND $ids AS id MATCH (p:Person {id: id})-[:PARTY_TO]->(r:Relationship) RETURN DISTINCT r.id AS id';
const EVENTS_OF =
  '/* eventsOfPeople */ UNWIND $ids AS id MATCH (p:Person {id: id})-[:TOOK_PART]->(e:Event) RETURN DISTINCT e.id AS id';
const STARTED_BY =
  '/* relationshipsStartedBy */ UNWIND $ids AS id MATCH (e:Event {id: id})<-[:STARTED_BY]-(d:Period) RETURN DISTINCT d.relationship AS id';
const ENDED_BY =
  '/* relationshipsEndedBy */ UNWIND $ids AS id MATCH (e:Event {id: id})<-[:ENDED_BY]-(d:Period) RETURN DISTINCT d.relationship AS id';

/** The relationships of these people: all depend on when they were born and died. */
export function relationshipsOfPeople(graph: Reads, people: readonly string[]): Promise<string[]> {
  return column(graph, OF_PEOPLE, people, 'id');
}

/** The events in which these people took part: their days lie in their lives. */
export function eventsOfPeople(graph: Reads, people: readonly string[]): Promise<string[]> {
  return column(graph, EVENTS_OF, people, 'id');
}

/** The relationships whose dates come from these events, or whose partings a RECONCILIATION among them undoes. */
export async function relationshipsOfEvents(graph: Reads, events: readonly Event[]): Promise<string[]> {
  const ids = events.map(({ id }) => id);
  const reunited = events.filter(({ kind }) => kind === 'RECONCILIATION').flatMap(({ participants }) => participants);
  return [
    ...(await column(graph, STARTED_BY, ids, 'id')),
    ...(await column(graph, ENDED_BY, ids, 'id')),
    ...(await column(
      graph,
      OF_PEOPLE,
      reunited.map(({ person }) => person),
      'id',
    )),
  ];
}

async function column(graph: Reads, statement: string, ids: readonly string[], name: string): Promise<string[]> {
  if (ids.length === 0) return [];
  return (await graph.read(statement, { ids: [...new Set(ids)] })).map((row) => String(row[name]));
}
