import type { Answered } from './answered.js';
import { lifeOf } from './derived.js';
import type {
  CitedClaim,
  EventDay,
  EventEvidence,
  FoundContradiction,
  Life,
  RelationshipEvidence,
  SubjectEvidence,
} from './evidence.js';
import { bearsOn } from './life.js';
import { answeredOverlaps, type Marriage, marriagesOf } from './marriage-overlap.js';
import { projectEvent, projectPerson, projectRelationship } from './projection.js';
import type { Claim, Event, Person } from './records.js';

/** The lives of those whom claims name as participants, by the id that they name. */
export type Named = ReadonlyMap<string, Life>;

/** What the projection of a claim's subject takes: of a period that of its relationship. */
export type Around =
  | { of: 'Person'; evidence: SubjectEvidence }
  | { of: 'Event'; evidence: EventEvidence; named: Named }
  | { of: 'Relationship'; evidence: RelationshipEvidence };

/** How many events, relationships and marriages of one person, or relationships of one event, are looked at: the first by id. */
export const MOST_BESIDE = 100;

/** The records in which a decision about some subjects can show, each with what its projection takes; the subjects among them. */
export interface Vicinity {
  people: ReadonlyMap<string, Person>;
  events: readonly { record: Event; evidence: EventEvidence }[];
  couples: readonly RelationshipEvidence[];
  /** The established marriages of the parties of the couples that are married, by person, as they are. */
  marriages: ReadonlyMap<string, readonly Marriage[]>;
  /** The people and events beside whom there is more of something than is looked at. */
  crowded: ReadonlySet<string>;
  /** A claim of the couples, or one that bounds such a marriage. */
  cited: (claim: string) => CitedClaim | undefined;
  answered: (claims: readonly CitedClaim[]) => Answered;
}

/** What a decision makes of a claim with its citations. */
export type Deciding = (cited: CitedClaim) => CitedClaim;

/** Whether what is accepted on the field can show in other records than its subject. */
export function bearsOnOthers({ field }: Pick<Claim, 'field'>): boolean {
  return field !== 'NAME' && field !== 'OCCUPATION' && field !== 'PLACE';
}

/** What is found beside a subject. */
export interface Beside {
  found: FoundContradiction[];
  /** Whether more depends on it than was looked at. */
  truncated: boolean;
}

/** What is found beside a subject as things are, and what it takes to find it once something is decided. */
export interface Neighbours {
  now: Beside;
  vicinity: Vicinity;
}

/**
 * The contradictions of all records that depend on a subject, the subject left out, once its own evidence is `around`: as a commit
 * derives them, events after people, then relationships, then marriages against each other. Pure.
 */
export function foundBeside(around: Around, vicinity: Vicinity, deciding: Deciding): Beside {
  const life = around.of === 'Person' ? movedLife(around.evidence, vicinity) : null;
  const found =
    life === null ? [] : eventsIn(life, vicinity, deciding).flatMap((each) => projectEvent(each).contradictions);
  const couples = couplesFrom(around, vicinity, { life, lent: lentBy(around) }, deciding).map((evidence) => {
    const { periods, contradictions } = projectRelationship(evidence);
    if (evidence !== around.evidence) found.push(...contradictions);
    return { evidence, marriages: marriagesOf(evidence.relationship.id, periods) };
  });
  const subjects = [around.evidence, ...couples.flatMap(({ evidence }) => evidence.lives)];
  return {
    found: [...found, ...overlapsAmong(couples, vicinity, deciding)],
    truncated: subjects.some((each) => 'id' in each && vicinity.crowded.has(each.id)),
  };
}

function movedLife(evidence: SubjectEvidence, { people }: Vicinity): Life | null {
  const person = people.get(evidence.id);
  return person === undefined ? null : lifeOf(person, projectPerson(evidence));
}

function lentBy({ of, evidence }: Around): Moved['lent'] {
  if (of !== 'Event') return null;
  const { standing, lent } = projectEvent(evidence);
  const participants = evidence.present.map(({ role, life }) => ({ person: life.id, role }));
  const day = lent && { event: evidence.id, ...lent };
  return { event: evidence.id, dayFor: (couple) => (bearsOn({ participants }, standing, couple) ? day : null) };
}

/** The events of somebody, once their life is as given. */
function eventsIn(life: Life, { events }: Vicinity, deciding: Deciding): EventEvidence[] {
  return events
    .filter(({ record }) => record.participants.some(({ person }) => person === life.id))
    .map(({ evidence }) => ({
      ...evidence,
      others: evidence.others.map(deciding),
      present: evidence.present.map((each) => (each.life.id === life.id ? { ...each, life } : each)),
    }));
}

/** What moved before relationships are projected: a life, or the day that an event lends, which no life bears on. */
interface Moved {
  life: Life | null;
  lent: { event: string; dayFor: (couple: readonly Life[]) => EventDay | null } | null;
}

function couplesFrom(
  { of, evidence: own }: Around,
  { couples }: Vicinity,
  { life, lent }: Moved,
  deciding: Deciding,
): RelationshipEvidence[] {
  if (of === 'Relationship') return [own];
  const isMoved = (event: string | null) => event !== null && event === lent?.event;
  const lifeIn = (was: Life) => (was.id === life?.id ? life : was);
  return couples
    .filter(
      ({ lives, periods }) =>
        lives.some(({ id }) => id === life?.id) ||
        periods.some(({ period }) => isMoved(period.startedBy) || isMoved(period.endedBy)),
    )
    .map((evidence) => ({
      ...evidence,
      others: evidence.others.map(deciding),
      lives: [lifeIn(evidence.lives[0]), lifeIn(evidence.lives[1])],
      periods: evidence.periods.map((each) => ({
        ...each,
        startedBy: isMoved(each.period.startedBy) ? (lent?.dayFor(evidence.lives) ?? null) : each.startedBy,
        endedBy: isMoved(each.period.endedBy) ? (lent?.dayFor(evidence.lives) ?? null) : each.endedBy,
      })),
    }));
}

/** The overlaps of these couples' marriages with each other, and with all others of their parties. */
function overlapsAmong(
  couples: readonly { evidence: RelationshipEvidence; marriages: readonly Marriage[] }[],
  { marriages, cited, answered }: Vicinity,
  deciding: Deciding,
): FoundContradiction[] {
  const projected = new Set(couples.map(({ evidence }) => evidence.relationship.id));
  const partiesOf = ({ relationship: { a, b } }: RelationshipEvidence) => [a, b];
  const married = couples.filter((each) => each.marriages.length > 0);
  const pairs = married.flatMap(({ evidence, marriages: own }) =>
    partiesOf(evidence).flatMap((party) => {
      const stored = (marriages.get(party) ?? []).filter(({ relationship }) => !projected.has(relationship));
      const fresh = married.filter((other) => partiesOf(other.evidence).includes(party));
      const others = [...stored, ...fresh.flatMap((other) => other.marriages)];
      return own.flatMap((a) => others.map((b) => [a, b] as const));
    }),
  );
  return answeredOverlaps(pairs, { cited, answered, deciding });
}
