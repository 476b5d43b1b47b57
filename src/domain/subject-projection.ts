import { type AcceptedClaim, acceptedOf, on } from './accepted.js';
import { type Bound, claimOf, dateBounds, reaching } from './bound.js';
import { notAfter } from './clamp.js';
import { heardOf } from './concern.js';
import { Contradictions, preferredOverSides, resolvedBy } from './contradiction.js';
import type {
  CitedClaim,
  DateField,
  EventEvidence,
  ProjectedEvent,
  ProjectedPerson,
  Standing,
  SubjectEvidence,
  TextField,
} from './evidence.js';
import { clashesOf, type Projected, project, whyOf } from './field.js';
import { groupBy } from './group.js';
import { ESSENTIAL, limitsOf } from './life.js';
import { addPresenceContradictions, isBeyondLives } from './life-contradictions.js';
import { showField } from './shown-field.js';
import { type Answers, answersOf, heardOfEvent, heardOfLife, withoutSilenced } from './silence.js';
import { IMPLY_EXISTENCE, independentSources, REPORTED, standingOf, strengthOf } from './standing.js';
import type { Field } from './words.js';

interface Subject extends SubjectEvidence {
  accepted: readonly AcceptedClaim[];
  /** What a claim has to reach to bound, or to be shown. */
  bar: Standing;
  answers: Answers;
  preferred: ReadonlySet<string>;
  found: Contradictions;
}

/**
 * Projects what is said of a person. Nobody is a rumour, so the bar is REPORTED: a birth, death, name or occupation that only
 * rumour gives is shown in its claims. Names and occupations come by standing, then by sources, then by text.
 */
export function projectPerson(evidence: SubjectEvidence): ProjectedPerson {
  const subject = subjectOf(evidence, REPORTED);
  const [born, died] = [saidOf(subject, 'BIRTH'), saidOf(subject, 'DEATH')];
  const [heardBorn, heardDied] = heardOfLife(born, died, subject.answers);
  const [birth, death] = [dayOf(project(heardBorn)), dayOf(project(heardDied))];
  addLifeDates(subject, project(born), project(died));
  addLifeDates(subject, birth.projected, death.projected);
  notAfter(birth, death);
  return {
    birth: showDate(subject, 'BIRTH', birth),
    death: showDate(subject, 'DEATH', death),
    names: textsOf(subject, 'NAME'),
    occupations: textsOf(subject, 'OCCUPATION'),
    limits: { birth: limitsOf(birth.projected), death: limitsOf(death.projected) },
    contradictions: subject.found.list(),
  };
}

/** Projects an event: accepted assertions of its DATE count as existence; the best established place is shown. */
export function projectEvent(evidence: EventEvidence): ProjectedEvent {
  const claims = evidence.claims.map(heardOf);
  const unopposed = strengthOf(on(acceptedOf(claims), IMPLY_EXISTENCE).flatMap(({ citations }) => citations));
  const essential = evidence.present.filter(({ role }) => ESSENTIAL.includes(role)).map(({ life }) => life.id);
  const subject = subjectOf(evidence, Math.min(REPORTED, unopposed) as Standing, essential);
  const { standing, contested } = standingOf(claims, 'EXISTS', subject.preferred);
  addDisagreements(subject, 'EXISTS', standingOf(claims).disagreements);
  const said = saidOf(subject, 'DATE');
  const day = dayOf(project(heardOfEvent(said, subject.answers)));
  for (const projected of [project(said), day.projected]) {
    addClashes(subject, 'DATE', projected);
    addPresenceContradictions(subject.id, projected, evidence.present, subject.found);
  }
  day.contested ||= isBeyondLives(day.projected, evidence.present);
  const date = showDate(subject, 'DATE', day);
  const [place = null] = textsOf(subject, 'PLACE');
  return { standing, contested, date, place, lent: lentOf(said, evidence), contradictions: subject.found.list() };
}

/** What the claims about an event say of its day, as far as the answers between them silence none. */
function lentOf(said: readonly Bound[], { claims, resolutions }: EventEvidence): ProjectedEvent['lent'] {
  const [heard = []] = withoutSilenced([said], resolvedBy(resolutions, claims));
  const day = project(heard);
  if (day.date === null) return null;
  return { day: { min: day.min, max: day.max }, edtf: day.date.edtf, claim: whyOf(day)[0] ?? null };
}

function subjectOf(evidence: SubjectEvidence, bar: Standing, lives: readonly string[] = []): Subject {
  const answers = answersOf(evidence.resolutions, evidence.claims, evidence.others, lives);
  const claims = evidence.claims.map(heardOf);
  return {
    ...evidence,
    claims,
    accepted: acceptedOf(claims),
    bar,
    answers,
    preferred: preferredOverSides(answers.resolved),
    found: new Contradictions(answers.resolved),
  };
}

type ProjectedDay = Parameters<typeof showField>[0];

/** What bounds a date field, before resolutions silence any of it. */
function saidOf({ accepted, bar }: Subject, field: Field): Bound[] {
  return reaching(
    dateBounds(on(accepted, [field]), () => false),
    bar,
  );
}

function dayOf(projected: Projected): ProjectedDay {
  return { min: projected.min, max: projected.max, contested: projected.contested, projected };
}

function showDate(subject: Subject, field: Field, day: ProjectedDay): DateField {
  const { shown, disagreements } = showField(day, { ...subject, field });
  addDisagreements(subject, field, disagreements);
  return shown;
}

function addDisagreements({ id, found }: Subject, field: Field, pairs: readonly (readonly [string, string])[]): void {
  for (const [a, b] of pairs) found.add('SIDES_DISAGREE', id, field, a, b);
}

function addLifeDates(subject: Subject, birth: Projected, death: Projected): void {
  addClashes(subject, 'BIRTH', birth);
  addClashes(subject, 'DEATH', death);
  if (birth.min <= death.max) return;
  for (const born of birth.narrowest) {
    for (const died of death.narrowest) {
      if (born.min > died.max) subject.found.add('DATES_EXCLUDE', subject.id, 'DEATH', claimOf(born), claimOf(died));
    }
  }
}

/** Days between two births, or deaths, of one person beyond which the record is likelier of two people than in error. */
export const ANOTHER_PERSON = 366;

function addClashes({ id, found }: Subject, field: Field, day: Projected): void {
  for (const [a, b] of clashesOf(day)) {
    const gap = Math.max(a.min, b.min) - Math.min(a.max, b.max);
    const isDoubt = field !== 'DATE' && gap > ANOTHER_PERSON;
    found.add(isDoubt ? 'IDENTITY_DOUBT' : 'DATES_EXCLUDE', id, field, claimOf(a), claimOf(b));
  }
}

/** The texts of a field that reach the bar. */
function textsOf({ claims, accepted, bar, preferred }: Subject, field: Field): TextField[] {
  const asserted = groupBy(on(accepted, [field]), textOf);
  const all = groupBy(claims, textOf);
  const texts = [...asserted].map(([text, same]) => ({
    text,
    standing: standingOf(all.get(text) ?? [], field, preferred).standing,
    unopposed: strengthOf(same.flatMap(({ citations }) => citations)),
    sources: independentSources(same.flatMap(({ citations }) => citations)),
    why: same.map(({ claim }) => claim.id),
  }));
  return texts
    .filter(({ unopposed }) => unopposed >= bar)
    .sort((a, b) => b.standing - a.standing || b.sources - a.sources || (a.text < b.text ? -1 : 1))
    .map(({ text, standing, why }) => ({ text, standing, why }));
}

function textOf({ claim }: Pick<CitedClaim, 'claim'>): string {
  return 'text' in claim.value ? claim.value.text : '';
}
