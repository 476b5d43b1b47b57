import type { EndState, Interval } from './interval.js';
import type { Article, Citation, Claim, Period, Relationship, Resolution } from './records.js';
import type { EndReason, Field, Polarity, RoleInEvent } from './words.js';

/**
 * What the projection takes and answers. Everything here is plain data: the store reads the evidence of a subject, the pure
 * functions of this folder compute from it, and the commit writes what they answer.
 */

/** −1 REJECTED, 0 PROPOSED, 1 RUMOURED, 2 REPORTED, 3 CONFIRMED. */
export type Standing = -1 | 0 | 1 | 2 | 3;

/** An article as evidence needs it: its day, and the sources that it goes back to. */
export interface SourceArticle extends Pick<Article, 'id' | 'kind' | 'outlet'> {
  /** Bounds of the article's day (`dayOfArticle`). */
  day: Interval;
  /** The BASED_ON ancestors that have none themselves; the article itself where it is based on nothing. */
  roots: readonly { id: string; outlet: string | null }[];
}

export interface CitedBy {
  citation: Citation;
  article: SourceArticle;
  /** Whether the person of `citation.side` is PUBLIC: the word of anybody else confirms nothing. */
  sideIsPublic: boolean;
}

/** A claim with all its citations, whatever their verdicts. */
export interface CitedClaim {
  claim: Claim;
  citations: readonly CitedBy[];
  /** Of a claim about an event: the people without whom it shows to nobody. Nobody else's life silences anything of it. */
  essential?: readonly string[];
}

/** The days between which somebody was born and died, unbounded where nobody says. */
export interface Life {
  id: string;
  /** The standing from which readers are told of the person at all. */
  floor: number;
  birth: Limit;
  death: Limit;
}

/** A projected day of a life with a claim that makes each of its bounds; null where it is unbounded. */
export interface Limit extends Interval {
  from: string | null;
  to: string | null;
  /** Whether whoever sees the person is told of it: a LIMITED person's that is not CONFIRMED bounds nothing that others read. */
  isTold: boolean;
}

/** Claims about other subjects that the resolutions are about too. They only silence, and are never projected here. */
export type Others = readonly CitedClaim[];

/** Everything that the projection of a relationship depends on. */
export interface RelationshipEvidence {
  relationship: Relationship;
  /** Lives of `relationship.a` and `.b`, in this order. */
  lives: readonly [Life, Life];
  /** Claims about the relationship itself, that could not be tied to one of its periods. */
  claims: readonly CitedClaim[];
  periods: readonly PeriodEvidence[];
  /** Days of the RECONCILIATION events of the two that are established (REPORTED or above). */
  reconciliations: readonly Interval[];
  /** The resolutions on any of these claims, and those on the claims that they name. */
  resolutions: readonly Resolution[];
  others: Others;
}

export interface PeriodEvidence {
  period: Period;
  claims: readonly CitedClaim[];
  /** What STARTED_BY and ENDED_BY lend; null where there is no such event, or it isn't established. */
  startedBy: EventDay | null;
  endedBy: EventDay | null;
}

/** The DATE of an event by the claims about it alone, whoever took part, and the first of the claims that make it. */
export interface EventDay {
  event: string;
  day: Interval;
  edtf: string | null;
  claim: string | null;
}

/** Claims about one person (BIRTH, DEATH, NAME, OCCUPATION) or one event (EXISTS, DATE, PLACE, PARTICIPANT). */
export interface SubjectEvidence {
  id: string;
  claims: readonly CitedClaim[];
  resolutions: readonly Resolution[];
  others: Others;
}

/** What is said of an event, and the lives of those who were there. */
export interface EventEvidence extends SubjectEvidence {
  present: readonly { role: RoleInEvent; life: Life }[];
}

/** A date as it is shown: the EDTF of the claim that equals the bounds, else of their range. */
export interface ShownDate {
  edtf: string;
  /** The source's own wording, where the shown claim has one. */
  text: string | null;
  min: number;
  max: number;
}

/** One field as projected. `date` is null where nothing that bounds says one. */
export interface DateField {
  date: ShownDate | null;
  standing: Standing;
  contested: boolean;
  /** The claims that touch a bound, sorted. */
  why: string[];
}

export interface TextField {
  text: string;
  standing: Standing;
  why: string[];
}

export interface EndField extends DateField {
  state: EndState;
  reason: EndReason | null;
}

/** The bounds of a period or stretch; `together…` of design.md are the bounds of a `Stretch`. */
export interface Bounds {
  startMin: number;
  startMax: number;
  apartMin: number;
  apartMax: number;
  endMin: number;
  endMax: number;
}

export interface ProjectedPeriod {
  id: string;
  standing: Standing;
  /** EXISTS is contested: sides disagree. */
  contested: boolean;
  bounds: Bounds;
  /** Whether an APART bounds this period: only then do `apartMin` and `apartMax` mean anything. */
  parted: boolean;
  startKnown: boolean;
  start: DateField;
  apart: DateField;
  end: EndField;
  endRumoured: boolean;
  apartRumoured: boolean;
  /** The last day on which an accepted source says or implies that it held, or null. */
  lastConfirmed: number | null;
  /** Accepted claims that deny this period, sorted. */
  denials: string[];
  /** The next period, if a source says that this one became it (PROGRESSED): the two are one run. */
  becomes: string | null;
  /** For an established marriage, the claims that make its latest start and its earliest end (`marriageIn`); null for others. */
  marriage: { startBy: string | null; endBy: string | null } | null;
  /** Index into the relationship's stretches; null for a REJECTED period. */
  stretch: number | null;
}

/** A time of being together: a run cut at the parting of its last period, else at its end. */
export interface Stretch {
  /** Ids of its periods, in order. */
  periods: string[];
  /** The lowest standing of its periods: whoever may not see that sees no such stretch. */
  standing: Standing;
  fromMin: number;
  fromMax: number;
  toMin: number;
  toMax: number;
  fromKnown: boolean;
  /** What is said of its end: a parting counts as DATED or ENDED. */
  state: EndState;
}

export interface ProjectedRelationship {
  id: string;
  standing: Standing;
  contested: boolean;
  periods: ProjectedPeriod[];
  stretches: Stretch[];
  /** Accepted claims about the relationship or its periods that deny it, sorted. */
  denials: string[];
  contradictions: FoundContradiction[];
}

export interface ProjectedPerson {
  birth: DateField;
  death: DateField;
  names: TextField[];
  occupations: TextField[];
  /** The claims that make the bounds of both. */
  limits: { birth: Makers; death: Makers };
  contradictions: FoundContradiction[];
}

/** The claims that make the bounds of a day. */
export type Makers = Pick<Limit, 'from' | 'to'>;

export interface ProjectedEvent {
  standing: Standing;
  contested: boolean;
  date: DateField;
  /** The day that a period takes from the event: the lives of those who took part bear on the event, and not on the period. */
  lent: Omit<EventDay, 'event'> | null;
  place: TextField | null;
  contradictions: FoundContradiction[];
}

export const CONTRADICTION_TYPES = [
  'DATES_EXCLUDE',
  'SIDES_DISAGREE',
  'MARRIAGE_OVERLAP',
  'BEFORE_BIRTH',
  'AFTER_DEATH',
  'UNDER_AGE',
  'IDENTITY_DOUBT',
] as const;
export type ContradictionType = (typeof CONTRADICTION_TYPES)[number];

/** Two accepted claims that can't both be true, or hardly; `claims` is sorted. */
export interface FoundContradiction {
  /** `con_` and a hash of both claims. */
  id: string;
  type: ContradictionType;
  subject: string;
  field: Field;
  claims: [string, string];
  /** The resolution that answers it and still holds, or null while it is open. */
  resolution: string | null;
}

/** What a claim says beside the projection it takes part in. */
export interface ClaimNote {
  id: string;
  polarity: Polarity;
  /** Roots of its accepted citations. */
  independentSources: number;
  /** The more precise accepted claim of the same field that it agrees with, or null. */
  agreesWith: string | null;
}

export type { EndState, Interval };
