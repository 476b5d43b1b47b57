import { type AcceptedClaim, acceptedOf, on } from './accepted.js';
import { dateBounds, reaching } from './bound.js';
import { notAfter } from './clamp.js';
import { Contradictions, preferredBy, type Resolved, resolvedBy } from './contradiction.js';
import type {
  CitedClaim,
  DateField,
  ProjectedEvent,
  ProjectedPerson,
  Standing,
  SubjectEvidence,
  TextField,
} from './evidence.js';
import { clashesOf, type Projected, project } from './field.js';
import { groupBy } from './group.js';
import type { Field } from './records.js';
import { showField } from './shown-field.js';
import { withoutSilenced } from './silence.js';
import { IMPLY_EXISTENCE, independentSources, REPORTED, standingOf, strengthOf } from './standing.js';

interface Subject extends SubjectEvidence {
  accepted: readonly AcceptedClaim[];
  /** What a claim has to reach to bound, or to be shown. */
  bar: Standing;
  resolved: Resolved;
  preferred: ReadonlySet<string>;
  found: Contradictions;
}

/**
 * Projects what is said of a person. Nobody is a rumour, so the bar is REPORTED: a birth, death, name or occupation that only
 * rumour gives is shown in its claims. Names and occupations come by standing, then by sources, then by text.
 */
export function projectPerson(evidence: SubjectEvidence): ProjectedPerson {
  const subject = subjectOf(evidence, REPORTED);
  const [birth, death] = showDates(subject, ['BIRTH', 'DEATH']) as [DateField, DateField];
  return {
    birth,
    death,
    names: textsOf(subject, 'NAME'),
    occupations: textsOf(subject, 'OCCUPATION'),
    contradictions: subject.found.list(),
  };
}

/** Projects an event: accepted assertions of its DATE count as existence; the best established place is shown. */
export function projectEvent(evidence: SubjectEvidence): ProjectedEvent {
  const unopposed = strengthOf(on(acceptedOf(evidence.claims), IMPLY_EXISTENCE).flatMap(({ citations }) => citations));
  const subject = subjectOf(evidence, Math.min(REPORTED, unopposed) as Standing);
  const { standing, contested } = standingOf(evidence.claims, 'EXISTS', subject.preferred);
  addDisagreements(subject, 'EXISTS', standingOf(evidence.claims).disagreements);
  const [date] = showDates(subject, ['DATE']) as [DateField];
  const [place = null] = textsOf(subject, 'PLACE');
  return { standing, contested, date, place, contradictions: subject.found.list() };
}

function subjectOf(evidence: SubjectEvidence, bar: Standing): Subject {
  const resolved = resolvedBy(evidence.resolutions, evidence.claims);
  return {
    ...evidence,
    accepted: acceptedOf(evidence.claims),
    bar,
    resolved,
    preferred: preferredBy(resolved),
    found: new Contradictions(resolved),
  };
}

/** Date fields whose days follow each other in this order. */
function showDates(subject: Subject, fields: readonly Field[]): DateField[] {
  const said = fields.map((field) =>
    reaching(
      dateBounds(on(subject.accepted, [field]), () => false),
      subject.bar,
    ),
  );
  const heard = withoutSilenced(said, subject.resolved);
  for (const days of [said, heard]) addDateContradictions(subject, fields, days.map(project));
  const days = heard.map(project).map((projected) => ({
    min: projected.min,
    max: projected.max,
    contested: projected.contested,
    projected,
  }));
  for (const [i, later] of days.entries()) {
    const earlier = days[i - 1];
    if (earlier) notAfter(earlier, later);
  }
  return days.map((day, i) => showDate(subject, fields[i] as Field, day));
}

function showDate(subject: Subject, field: Field, day: Parameters<typeof showField>[0]): DateField {
  const { shown, disagreements } = showField(day, { ...subject, field });
  addDisagreements(subject, field, disagreements);
  return shown;
}

function addDisagreements({ id, found }: Subject, field: Field, pairs: readonly (readonly [string, string])[]): void {
  for (const [a, b] of pairs) found.add('SIDES_DISAGREE', id, field, a, b);
}

function addDateContradictions({ id, found }: Subject, fields: readonly Field[], days: readonly Projected[]): void {
  for (const [i, day] of days.entries()) {
    const field = fields[i] as Field;
    const earlier = days[i - 1];
    const reversed = earlier && earlier.min > day.max ? earlier.narrowest : [];
    const outOfOrder = reversed.flatMap((a) => day.narrowest.flatMap((b) => (a.min > b.max ? [[a, b] as const] : [])));
    for (const [a, b] of [...clashesOf(day), ...outOfOrder]) {
      if (a.by && b.by) found.add('DATES_EXCLUDE', id, field, a.by.claim.id, b.by.claim.id);
    }
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
