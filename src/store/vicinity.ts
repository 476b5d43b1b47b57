import type { RelationshipEvidence } from '../domain/evidence.js';
import type { Sight } from '../domain/gate.js';
import { groupBy } from '../domain/group.js';
import type { Marriage } from '../domain/marriage-overlap.js';
import type { Event, Person } from '../domain/records.js';
import { type Around, MOST_BESIDE, type Vicinity } from '../domain/vicinity.js';
import type { Params, Reads } from '../graph/graph.js';
import { answeredFor, citedClaims } from './answered.js';
import { marriagesById } from './derive-contradictions.js';
import { relationshipEvidence } from './derive-relationship.js';
import { evidenceOf, relationshipsWithLives } from './evidence.js';
import { presentAtEvents } from './evidence-around.js';
import { ESSENTIAL_ROLES } from './gate.js';
import { loadRecords, type Stored } from './load.js';
import { distinct } from './page.js';

/**
 * The records in which decisions about some subjects can show, for all of them at once: the events and relationships of the people, the
 * relationships that take a day from the events, and the marriages beside those. Of each as many as are looked at, and nothing that
 * depends on somebody whom the sight doesn't see. A constant number of statements, whatever the number of subjects.
 */
export async function vicinityOf(graph: Reads, subjects: readonly Around[], sight: Sight): Promise<Vicinity> {
  const own = ownOf(subjects);
  const near = await nearOf(graph, own, sight);
  const { stored, events } = near;
  const about = [
    ...events.map(({ id }) => id),
    ...stored.flatMap(({ stored: { record }, periods }) => [record.id, ...periods.map(({ period }) => period.id)]),
  ];
  const evidence = await evidenceOf(graph, about);
  const known = [...[...evidence.values()].flat(), ...own.couples.flatMap(claimsOf)];
  const married = [
    ...own.couples,
    ...stored.map(({ stored: { record }, periods }) => ({ relationship: record, periods })),
  ]
    .filter(({ periods }) => periods.some(({ period }) => period.type === 'MARRIED'))
    .flatMap(({ relationship: { a, b } }) => [a, b]);
  const marriages = await marriagesOf(graph, married, sight);
  const makers = [...marriages.of.values()].flat().flatMap(({ startBy, endBy }) => [startBy ?? [], endBy ?? []].flat());
  const cited = new Map(
    [...(await citedClaims(graph, distinct(makers))), ...known].map((each) => [each.claim.id, each]),
  );
  const answered = await answeredFor(graph, [...cited.values()]);
  const present = await presentAtEvents(
    graph,
    events.map(({ id }) => id),
    sight,
  );
  return {
    people: near.people,
    events: events.map((record) => {
      const claims = evidence.get(record.id) ?? [];
      const { id } = record;
      return { record, evidence: { id, claims, present: present.get(id) ?? [], ...answered(claims) } };
    }),
    couples: [...own.couples, ...stored.map((each) => relationshipEvidence(each, evidence, answered).evidence)],
    marriages: marriages.of,
    crowded: new Set([...near.crowded, ...marriages.crowded]),
    cited: (claim) => cited.get(claim),
    answered,
  };
}

const claimsOf = ({ claims, periods }: RelationshipEvidence) => [
  ...claims,
  ...periods.flatMap((period) => period.claims),
];

/** Subjects by what they are, each once: several periods have one relationship. */
function ownOf(subjects: readonly Around[]) {
  const couples = subjects.flatMap((each) => (each.of === 'Relationship' ? [each.evidence] : []));
  const alone = subjects.flatMap((each) => (each.of === 'Relationship' ? [] : [{ of: each.of, id: each.evidence.id }]));
  const idsOf = (type: 'Person' | 'Event') => alone.filter(({ of }) => of === type).map(({ id }) => id);
  return {
    people: distinct(idsOf('Person')),
    events: distinct(idsOf('Event')),
    couples: [...new Map(couples.map((each) => [each.relationship.id, each])).values()],
  };
}

const unseen = (edge: string) => `COUNT { MATCH (n)<-[t:${edge}]-(x:Person) WHERE x.gate > $level`;
const COUPLE_SEEN = `n.mergedInto IS NULL AND ${unseen('PARTY_TO')} } = 0`;
const EVENT_SEEN = `n.mergedInto IS NULL AND ${unseen('TOOK_PART')} AND t.role IN [${ESSENTIAL_ROLES}] } = 0`;

const FIRST = 'WITH n.id AS found ORDER BY found LIMIT $most RETURN found';
const EVENTS = `/* eventsBeside */ UNWIND $ids AS id MATCH (p:Person {id: id})
  CALL (p) { MATCH (p)-[:TOOK_PART]->(n:Event) WHERE ${EVENT_SEEN} WITH DISTINCT n ${FIRST} } RETURN id, found`;
const COUPLES = `/* couplesBeside */ UNWIND $ids AS id MATCH (p:Person {id: id})
  CALL (p) { MATCH (p)-[:PARTY_TO]->(n:Relationship) WHERE ${COUPLE_SEEN} ${FIRST} } RETURN id, found`;
const lentBy = (edge: string) =>
  `MATCH (e)<-[:${edge}]-(d:Period) WITH DISTINCT d.relationship AS lent MATCH (n:Relationship {id: lent}) WHERE ${COUPLE_SEEN} ${FIRST}`;
const LENT = `/* couplesLentTo */ UNWIND $ids AS id MATCH (e:Event {id: id})
  CALL (e) { ${lentBy('STARTED_BY')} UNION ${lentBy('ENDED_BY')} } RETURN id, found`;
const MARRIAGES = `/* marriagesOfPeople */ UNWIND $ids AS id MATCH (p:Person {id: id})
  CALL (p) { MATCH (p)-[l:LINKED]-(q) WHERE l.type = 'MARRIED' AND l.standing >= 2 AND q.gate <= $level
    WITH DISTINCT l.periodId AS found ORDER BY found LIMIT $most RETURN found } RETURN id, found`;

/** What stands beside each of these records, at most `MOST_BESIDE`, and beside which there is more. */
interface Beside {
  of: ReadonlyMap<string, readonly string[]>;
  crowded: readonly string[];
}

async function besideOf(graph: Reads, statement: string, ids: readonly string[], { level }: Sight): Promise<Beside> {
  if (ids.length === 0) return { of: new Map(), crowded: [] };
  const params: Params = { ids: distinct(ids), level, most: MOST_BESIDE + 1 };
  const rows = groupBy(await graph.read(statement, params), ({ id }) => String(id));
  const found = [...rows].map(([id, all]) => [id, all.map((row) => String(row.found)).sort()] as const);
  return {
    of: new Map(found.map(([id, all]) => [id, all.slice(0, MOST_BESIDE)])),
    crowded: found.filter(([, all]) => all.length > MOST_BESIDE).map(([id]) => id),
  };
}

const allOf = ({ of }: Beside): string[] => [...of.values()].flat();

/** The records of the people, the events in which they took part, and the relationships that depend on either, without those known. */
async function nearOf(graph: Reads, { people, events, couples }: ReturnType<typeof ownOf>, sight: Sight) {
  const [attended, related, lent] = [
    await besideOf(graph, EVENTS, people, sight),
    await besideOf(graph, COUPLES, people, sight),
    await besideOf(graph, LENT, events, sight),
  ];
  const records = [...(await loadRecords(graph, distinct([...people, ...allOf(attended)]))).values()];
  const ofType = (type: 'Person' | 'Event') => records.filter((each) => each.type === type);
  const own = new Set(couples.map(({ relationship }) => relationship.id));
  const others = distinct([...allOf(related), ...allOf(lent)]).filter((id) => !own.has(id));
  return {
    people: new Map<string, Person>((ofType('Person') as Stored<'Person'>[]).map(({ record }) => [record.id, record])),
    events: (ofType('Event') as Stored<'Event'>[]).map(({ record }): Event => record),
    stored: await relationshipsWithLives(graph, others),
    crowded: [attended, related, lent].flatMap((each) => each.crowded),
  };
}

/** The established marriages of each of these people, as they are stored. Two statements. */
async function marriagesOf(graph: Reads, people: readonly string[], sight: Sight) {
  const beside = await besideOf(graph, MARRIAGES, people, sight);
  const ids = distinct(allOf(beside));
  const found = ids.length === 0 ? [] : await marriagesById(graph, ids);
  const byPeriod = new Map(found.map((each) => [each.period, each]));
  const of = [...beside.of].map(
    ([id, periods]) => [id, periods.flatMap((period): Marriage[] => [byPeriod.get(period) ?? []].flat())] as const,
  );
  return { of: new Map(of), crowded: beside.crowded };
}
