import { canonical } from './canonical.js';
import type { Concerns } from './concern.js';
import { UNBOUNDED } from './day.js';
import type {
  ClaimNote,
  DateField,
  Interval,
  Life,
  Limit,
  Makers,
  ProjectedEvent,
  ProjectedPeriod,
  ProjectedPerson,
  ProjectedRelationship,
  SourceArticle,
  Stretch,
} from './evidence.js';
import { adultFrom, floorOf, gateOf } from './gate.js';
import { pairKeyOf } from './ids.js';
import { ANY_DAY } from './life.js';
import { fold, sortKey } from './names.js';
import { boundsOfDateValue, dayOfArticle } from './partial-date.js';
import type { Article, Claim, Event, Period, Person, Relationship } from './records.js';
import { oldestKey, strongestKey, type Waiting } from './waiting.js';
import { FIELDS } from './words.js';

/**
 * What is computed from decisions and kept beside them, as flat properties: to be filtered and sorted by in a query, or shown
 * without another read. A commit computes it for what it touches, `verify` for the whole graph, both with these functions.
 */
export type Derived = Record<string, string | number | boolean | null>;

/** One `LINKED` edge, from first party to second (parent to child). */
export interface Link {
  from: string;
  to: string;
  props: { periodId: string } & Record<string, string | number | boolean>;
}

/** The numbers of an article: bounds of its day, the sources it goes back to, and its place in lists (by day, then id). */
export function articleDerived(article: Article, roots: SourceArticle['roots']): Derived {
  const day = dayOfArticle(article);
  return { dayMin: day.min, dayMax: day.max, roots: canonical(roots), sort: `${dayKey(day)}|${article.id}` };
}

/** What projection says of a person, with the gate; `age` completes it once relationships and mentions are known. */
export function personDerived(person: Person, projected: ProjectedPerson): Derived {
  const { contradictions: _, limits: __, ...shown } = projected;
  const { birth, death } = shown;
  const sort = sortKey(person.name, person.id);
  const floor = floorOf(person.visibility);
  return {
    folded: fold(person.name),
    sort,
    gate: gateOf(person.visibility, person.mergedInto),
    floor,
    ...toldTo(shown, floor, sort),
    life: birth.date === null && death.date === null && floor === 0 ? null : canonical(lifeOf(person, projected)),
    shown: canonical(shown),
  };
}

/** When somebody was born and died, with what of it is told to whoever sees them. */
export function lifeOf({ id, visibility }: Person, { birth, death, limits }: ProjectedPerson): Life {
  const floor = floorOf(visibility);
  const limit = ({ date, standing }: DateField, makers: Makers): Limit =>
    date === null ? ANY_DAY : { min: date.min, max: date.max, ...makers, isTold: standing >= floor };
  return { id, floor, birth: limit(birth, limits.birth), death: limit(death, limits.death) };
}

/**
 * What lists of people filter and sort by: only what is shown of the person, since a filter tells what it looks at. `born` is the
 * place by birth, `occupied` the folded occupations between bars.
 */
function toldTo(
  { birth, death, occupations }: Omit<ProjectedPerson, 'contradictions' | 'limits'>,
  floor: number,
  sort: string,
) {
  const isTold = ({ date, standing }: DateField) => date !== null && standing >= floor;
  const born = isTold(birth) && birth.date !== null ? birth.date : { min: -UNBOUNDED, max: UNBOUNDED };
  const done = occupations.filter(({ standing }) => standing >= Math.max(2, floor)).map(({ text }) => fold(text));
  return {
    bornMin: born.min,
    bornMax: born.max,
    born: `${dayKey(born)}|${sort}`,
    occupied: done.length === 0 ? '' : `|${done.sort().join('|')}|`,
    contested: [birth, death].some((field) => isTold(field) && field.contested),
  };
}

/** The first day on which a person is an adult (`adultFrom`), from what is shown and what is known besides. */
export function ageDerived(
  person: Pick<Person, 'adult'>,
  { birth }: Pick<ProjectedPerson, 'birth'>,
  known: { married: boolean; firstMentioned: number | null },
): Derived {
  return {
    adultFrom: adultFrom({
      birth: birth.date,
      knownAdult: person.adult || known.married,
      firstMentioned: known.firstMentioned,
    }),
  };
}

export function eventDerived(event: Event, projected: ProjectedEvent): Derived {
  const { contradictions: _, lent, ...shown } = projected;
  const day = { min: shown.date.date?.min ?? -UNBOUNDED, max: shown.date.date?.max ?? UNBOUNDED };
  return {
    standing: shown.standing,
    dateMin: day.min,
    dateMax: day.max,
    sort: `${dayKey(day)}|${event.id}`,
    lent: lent === null ? null : canonical(lent),
    shown: canonical(shown),
  };
}

export function relationshipDerived(relationship: Relationship, projected: ProjectedRelationship): Derived {
  const { standing, contested, stretches, denials } = projected;
  return {
    pairKey: pairKeyOf(relationship.kind, relationship.a, relationship.b),
    standing,
    shown: canonical({ standing, contested, stretches, denials }),
  };
}

/** A relationship or period that was merged away keeps its node as a pointer, and nothing else. */
export const POINTER_DERIVED: Derived = { pairKey: null, standing: -1, shown: null };

export function periodDerived(projected: ProjectedPeriod): Derived {
  return {
    standing: projected.standing,
    startKnown: projected.startKnown,
    ...projected.bounds,
    shown: canonical(projected),
  };
}

/** The `LINKED` edges of a relationship: one a period that isn't REJECTED. */
export function linksOf(
  relationship: Relationship,
  periods: readonly Period[],
  projected: ProjectedRelationship,
): Link[] {
  const types = new Map(periods.map(({ id, type }) => [id, type]));
  return projected.periods
    .filter(({ standing }) => standing >= 0)
    .map((period) => ({
      from: relationship.a,
      to: relationship.b,
      props: {
        periodId: period.id,
        relationshipId: relationship.id,
        kind: relationship.kind,
        type: types.get(period.id) ?? 'UNSPECIFIED',
        standing: period.standing,
        contested: isContested(period),
        ...ownBounds(period),
        ...stretchBounds(period, projected.stretches),
      },
    }));
}

/** Whether accounts of a period differ: that it was, or when it began, the two parted or it ended. */
function isContested({ contested, start, parted, apart, end }: ProjectedPeriod): boolean {
  return contested || start.contested || (parted && apart.contested) || end.contested;
}

function ownBounds({ bounds, startKnown, end }: ProjectedPeriod) {
  const { startMin, startMax, endMin, endMax } = bounds;
  return { startMin, startMax, endMin, endMax, startKnown, endState: end.state };
}

/** The bounds and the standing of the stretch that a period belongs to; its own where it is part of none. */
function stretchBounds(period: ProjectedPeriod, stretches: readonly Stretch[]) {
  const stretch = period.stretch === null ? undefined : stretches[period.stretch];
  const { startMin, startMax, endMin, endMax } = period.bounds;
  const days = { fromMin: startMin, fromMax: startMax, toMin: endMin, toMax: endMax };
  const own = { ...days, fromKnown: period.startKnown, standing: period.standing };
  const together = stretch ?? own;
  return {
    togetherFromMin: together.fromMin,
    togetherFromMax: together.fromMax,
    togetherToMin: together.toMin,
    togetherToMax: together.toMax,
    togetherFromKnown: together.fromKnown,
    togetherStanding: together.standing,
  };
}

/**
 * What is kept beside a claim; `standing` is its subject's, `anybody` and `guestsOnly` are those of its `Concerns`. Sorted by
 * field, then by what it says, then by id. `oldest` and `strongest` are its places in the review queue, null where nothing of it waits.
 */
export function claimDerived(
  claim: Claim,
  standing: number,
  note: ClaimNote,
  waiting: Waiting | null,
  { anybody, guestsOnly }: Omit<Concerns, 'people'>,
): Derived {
  return {
    standing,
    anybody: anybody ? true : null,
    guestsOnly,
    sources: note.independentSources,
    agreesWith: note.agreesWith,
    sort: `${String(FIELDS.indexOf(claim.field)).padStart(2, '0')}|${valueKey(claim)}|${claim.id}`,
    // A property that isn't there is in no index: false would be.
    waiting: waiting === null ? null : true,
    waitingSince: waiting?.since ?? null,
    waitingEvidence: waiting?.evidence ?? null,
    waitingSources: waiting?.sources ?? null,
    oldest: waiting && oldestKey(claim.id, waiting),
    strongest: waiting && strongestKey(claim.id, waiting),
  };
}

function valueKey({ value }: Claim): string {
  return 'date' in value ? dayKey(boundsOfDateValue(value.date)) : canonical(value).slice(0, 60);
}

/** Ten digits that sort as days do; a day that is open on one side stands at its other, one that nothing bounds comes last. */
function dayKey({ min, max }: Interval): string {
  const day = min > -UNBOUNDED ? min : max;
  return String(day + UNBOUNDED).padStart(10, '0');
}
