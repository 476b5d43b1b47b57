import { type Concern, type Concerns, concernsAll, concernsOf, namedIn } from '../domain/concern.js';
import {
  ageDerived,
  articleDerived,
  claimDerived,
  type Derived,
  eventDerived,
  type Link,
  lifeOf,
  personDerived,
} from '../domain/derived.js';
import type { CitedClaim, EventDay, FoundContradiction, Life, ProjectedPerson, Standing } from '../domain/evidence.js';
import { ANY_DAY, bearsOn, unknownLife } from '../domain/life.js';
import { answeredOverlaps, type Marriage } from '../domain/marriage-overlap.js';
import { notesOf, projectEvent, projectPerson } from '../domain/projection.js';
import type { Claim, Event } from '../domain/records.js';
import { waitingOf } from '../domain/waiting.js';
import { presentAt } from './derive-event.js';
import { standingOfPersonClaim } from './derive-person.js';
import { projectStored } from './derive-relationship.js';
import type { Stored } from './load.js';
import type { World } from './verify-world.js';

/** Everything derived, as it follows from a world's decisions. */
export interface Rebuilt {
  nodes: Map<string, Derived>;
  links: Link[];
  /** The people whom each claim concerns. */
  concerns: Map<string, readonly Concern[]>;
  contradictions: Map<string, FoundContradiction>;
}

/** Rebuilds in memory what commits have derived, in their order: articles, people, events, relationships, ages. */
export function rebuild(world: World): Rebuilt {
  const rebuilt: Rebuilt = { nodes: new Map(), links: [], concerns: new Map(), contradictions: new Map() };
  for (const { record } of world.all('Article')) {
    rebuilt.nodes.set(record.id, articleDerived(record, world.source(record.id).roots));
  }
  const people = new Map(
    world.all('Person').map(({ record }) => [record.id, rebuildPerson(world, record.id, rebuilt)]),
  );
  const lives = new Map(
    world.all('Person').map(({ record }) => [record.id, lifeOf(record, people.get(record.id) as ProjectedPerson)]),
  );
  const days = new Map(
    world.all('Event').map(({ record }) => [record.id, rebuildEvent(world, record, lives, rebuilt)]),
  );
  const marriages = rebuildRelationships(world, lives, days, rebuilt);
  rebuildOverlaps(world, marriages, rebuilt);
  rebuildAges(world, people, rebuilt);
  return rebuilt;
}

function rebuildPerson(world: World, id: string, rebuilt: Rebuilt): ProjectedPerson {
  const person = world.nodes.get(id) as Stored<'Person'>;
  const claims = world.evidenceOf(id);
  const shown = projectPerson({ id, claims, ...world.answered(claims) });
  rebuilt.nodes.set(id, personDerived(person.record, shown));
  const standing = (claim: Claim) => standingOfPersonClaim(claim, shown);
  addClaims(world, rebuilt, claims, () => concernsAll([id]), standing, shown.contradictions);
  return shown;
}

/** From somebody to the survivor of the merges, with all between. */
function wayFrom(world: World, id: string | null): string[] {
  const next = id === null ? undefined : world.lookup.get('Person', id)?.mergedInto;
  return id === null ? [] : [id, ...wayFrom(world, next ?? null)];
}

/** What relationships need of an event. */
interface DayOfEvent extends Pick<Event, 'participants'> {
  standing: Standing;
  lent: EventDay | null;
}

function rebuildEvent(world: World, record: Event, lives: ReadonlyMap<string, Life>, rebuilt: Rebuilt): DayOfEvent {
  const claims = world.evidenceOf(record.id);
  const shown = projectEvent({ id: record.id, claims, present: presentAt(record, lives), ...world.answered(claims) });
  rebuilt.nodes.set(record.id, eventDerived(record, shown));
  const concerns = (cited: CitedClaim) => concernsOf(record, cited, wayFrom(world, namedIn(cited.claim)));
  addClaims(world, rebuilt, claims, concerns, () => shown.standing, shown.contradictions);
  const { participants } = record;
  return { participants, standing: shown.standing, lent: shown.lent && { event: record.id, ...shown.lent } };
}

function rebuildRelationships(
  world: World,
  livesOf: ReadonlyMap<string, Life>,
  days: ReadonlyMap<string, DayOfEvent>,
  rebuilt: Rebuilt,
): Map<string, Marriage[]> {
  const marriages = new Map<string, Marriage[]>();
  const reunions = world
    .all('Event')
    .filter(({ record }) => record.kind === 'RECONCILIATION' && record.mergedInto === null);
  for (const stored of world.all('Relationship')) {
    const { a, b, id } = stored.record;
    const both = reunions.filter(({ record }) =>
      [a, b].every((party) => record.participants.some(({ person }) => person === party)),
    );
    const lives = [livesOf.get(a) ?? unknownLife(a), livesOf.get(b) ?? unknownLife(b)] as const;
    const bearing = (event: string | null): DayOfEvent[] => {
      const day = event === null ? undefined : days.get(event);
      return day !== undefined && bearsOn(day, day.standing, lives) ? [day] : [];
    };
    const periods = world.periodsOf(id).map(({ record, props }) => ({
      period: record,
      props,
      startedBy: bearing(record.startedBy)[0]?.lent ?? null,
      endedBy: bearing(record.endedBy)[0]?.lent ?? null,
    }));
    const evidence = new Map(
      [id, ...periods.map(({ period }) => period.id)].map((subject) => [subject, world.evidenceOf(subject)]),
    );
    const reconciliations = both.flatMap(({ record }) => bearing(record.id).map(({ lent }) => lent?.day ?? ANY_DAY));
    const derived = projectStored({ stored, lives, periods, reconciliations }, evidence, world.answered);
    for (const person of [a, b]) marriages.set(person, [...(marriages.get(person) ?? []), ...derived.marriages]);
    for (const node of derived.nodes) rebuilt.nodes.set(node.id, node.derived);
    rebuilt.links.push(...derived.links);
    addClaims(world, rebuilt, derived.claims, derived.concernsOf, derived.standingOf, derived.found);
  }
  return marriages;
}

/** Every marriage of a person against every other. */
function rebuildOverlaps(world: World, marriages: ReadonlyMap<string, Marriage[]>, rebuilt: Rebuilt): void {
  const pairs = [...marriages.values()].flatMap((all) =>
    all.flatMap((a, i) => all.slice(i + 1).map((b) => [a, b] as const)),
  );
  for (const found of answeredOverlaps(pairs, world)) rebuilt.contradictions.set(found.id, found);
}

function rebuildAges(world: World, people: ReadonlyMap<string, ProjectedPerson>, rebuilt: Rebuilt): void {
  const married = new Set<string>();
  for (const { record } of world.all('Period')) {
    const relationship = world.lookup.get('Relationship', record.relationship);
    const standing = Number(rebuilt.nodes.get(record.id)?.standing);
    if (record.type === 'MARRIED' && standing >= 1 && relationship) married.add(relationship.a).add(relationship.b);
  }
  const first = firstMentions(world, rebuilt);
  for (const { record } of world.all('Person')) {
    const shown = people.get(record.id);
    if (shown === undefined) continue;
    const known = { married: married.has(record.id), firstMentioned: first.get(record.id) ?? null };
    rebuilt.nodes.set(record.id, { ...rebuilt.nodes.get(record.id), ...ageDerived(record, shown, known) });
  }
}

/** The latest day of the earliest accepted source about each person. */
function firstMentions(world: World, rebuilt: Rebuilt): Map<string, number> {
  const first = new Map<string, number>();
  for (const { record } of world.all('Citation')) {
    if (record.verdict !== 'ACCEPTED' || world.lookup.get('Claim', record.claim)?.verdict !== 'ACCEPTED') continue;
    const { max } = world.source(record.article).day;
    for (const { person } of rebuilt.concerns.get(record.claim) ?? [])
      first.set(person, Math.min(max, first.get(person) ?? max));
  }
  return first;
}

function addClaims(
  world: World,
  rebuilt: Rebuilt,
  claims: readonly CitedClaim[],
  concernsOf: (cited: CitedClaim) => Concerns,
  standingOf: (claim: Claim) => Standing,
  found: readonly FoundContradiction[],
): void {
  const notes = new Map(notesOf(claims).map((note) => [note.id, note]));
  const revisionOf = (id: string) => world.nodes.get(id)?.revision ?? 0;
  for (const cited of claims) {
    const { claim } = cited;
    const note = notes.get(claim.id);
    const waiting = waitingOf(cited, revisionOf);
    const concerns = concernsOf(cited);
    if (note !== undefined)
      rebuilt.nodes.set(claim.id, claimDerived(claim, standingOf(claim), note, waiting, concerns));
    rebuilt.concerns.set(claim.id, concerns.people);
  }
  for (const contradiction of found) rebuilt.contradictions.set(contradiction.id, contradiction);
}
