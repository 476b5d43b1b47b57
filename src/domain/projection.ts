import { acceptedOf, on } from './accepted.js';
import { withReason } from './bound.js';
import { Contradictions, preferredBy, preferredOverSides } from './contradiction.js';
import { UNBOUNDED } from './day.js';
import type {
  Bounds,
  CitedClaim,
  EndField,
  ProjectedPeriod,
  ProjectedRelationship,
  RelationshipEvidence,
  Standing,
} from './evidence.js';
import { type Couple, type Laid, layOut } from './layout.js';
import { toldOf } from './life.js';
import { addLifeContradictions } from './life-contradictions.js';
import { marriageIn } from './marriage-overlap.js';
import { draftOf, type PeriodDraft } from './period-draft.js';
import { addDateContradictions } from './relationship-contradictions.js';
import { type FieldSource, type Shown, showField } from './shown-field.js';
import { answersOf } from './silence.js';
import { independentSources, PROPOSED, type Ruling, rule, standingOf, strengthOf } from './standing.js';
import { together } from './together.js';
import { END_REASONS, type EndReason, type Field } from './words.js';

export { notesOf } from './note.js';
export { projectEvent, projectPerson } from './subject-projection.js';

/**
 * Projects a relationship from its evidence: bounds and standing of its periods, stretches of being together, denials and
 * contradictions (design.md, sections 3 and 4). The answer is the same in whichever order evidence comes.
 */
export function projectRelationship(evidence: RelationshipEvidence): ProjectedRelationship {
  const { relationship, lives, reconciliations } = evidence;
  const everything = [...evidence.claims, ...evidence.periods.flatMap(({ claims }) => claims)];
  const answers = answersOf(evidence.resolutions, everything, evidence.others, [relationship.a, relationship.b]);
  const { resolved } = answers;
  const [a, b] = lives;
  const told = [toldOf(a), toldOf(b)] as const;
  const couple: Couple = { kind: relationship.kind, lives: told, answers };
  const drafts = evidence.periods
    .map((period) => draftOf(period, told, answers))
    .sort((a, b) => (a.period.id < b.period.id ? -1 : 1));
  const preferred = preferredOverSides(resolved);
  const own = standingOf(evidence.claims, 'EXISTS', preferred);

  const found = new Contradictions(resolved);
  const laid = layOut(drafts, couple);
  addDisagreements(found, relationship.id, 'EXISTS', standingOf(evidence.claims));
  for (const { period, exists } of drafts) addDisagreements(found, period.id, 'EXISTS', exists);
  const unanswered = { ...couple, answers: { ...answers, resolved: new Map() } };
  for (const each of preferredBy(resolved).size > 0 ? [layOut(drafts.map(asSaid), unanswered), laid] : [laid]) {
    addDateContradictions(each, found);
    addLifeContradictions(each, { ...couple, lives }, found);
  }

  const periods = asTold(laid, couple)
    .map((each) => periodOf(each, preferred, found))
    .sort((a, b) => a.bounds.startMax - b.bounds.startMax || a.bounds.startMin - b.bounds.startMin);
  const stretches = together(periods, reconciliations);
  const stretchOf = new Map(stretches.flatMap((stretch, i) => stretch.periods.map((id) => [id, i])));
  return {
    id: relationship.id,
    ...strongest(own, evidence.claims.length > 0, drafts),
    periods: periods.map((period) => ({ ...period, stretch: stretchOf.get(period.id) ?? null })),
    stretches,
    denials: denialsIn(everything),
    contradictions: found.list(),
  };
}

/**
 * Periods as whoever sees the two may read them. Of two of whom only what is CONFIRMED is told, a lesser period is there for those who
 * decide: it bounds nothing of those that are told.
 */
function asTold(laid: readonly Laid[], couple: Couple): Laid[] {
  const floor = Math.max(...couple.lives.map((life) => life.floor));
  const told = laid.filter(({ draft }) => draft.exists.standing >= floor).map(({ draft }) => draft);
  if (told.length === 0 || told.length === laid.length) return [...laid];
  const alone = new Map(layOut(told, couple).map((each) => [each.id, each]));
  return laid.map((each) => alone.get(each.id) ?? each);
}

/** A draft without what resolutions silence: what contradictions are looked for in. */
function asSaid(draft: PeriodDraft): PeriodDraft {
  return { ...draft, heard: draft.said };
}

function addDisagreements(
  found: Contradictions,
  subject: string,
  field: Field,
  { disagreements }: Pick<Ruling, 'disagreements'>,
): void {
  for (const [a, b] of disagreements) found.add('SIDES_DISAGREE', subject, field, a, b);
}

/**
 * A relationship stands as its best established period, or as the claims about itself where these are stronger. It is contested
 * where the claims about itself are, or where all that it stands on is.
 */
function strongest(own: Ruling, hasOwn: boolean, drafts: readonly PeriodDraft[]) {
  const all = [...(hasOwn ? [own] : []), ...drafts.map(({ exists }) => exists)];
  const standing = Math.max(-1, ...all.map((each) => each.standing)) as Standing;
  const best = all.filter((each) => each.standing === standing);
  return {
    standing: all.length === 0 ? PROPOSED : standing,
    contested: (hasOwn && own.contested) || (best.length > 0 && best.every(({ contested }) => contested)),
  };
}

/** Accepted claims that deny the subject, sorted. */
function denialsIn(claims: readonly CitedClaim[]): string[] {
  return on(acceptedOf(claims), ['EXISTS'], 'DENIES').map(({ claim }) => claim.id);
}

function periodOf(
  laid: Laid,
  preferred: ReadonlySet<string>,
  found: Contradictions,
): Omit<ProjectedPeriod, 'stretch'> & { stretch: null } {
  const { draft, start, apart, end } = laid;
  const { accepted, bar, evidence } = draft;
  const source = (field: Field): FieldSource => ({ field, claims: evidence.claims, accepted, bar, preferred });
  const show = (field: Field, { shown, disagreements }: Shown) => {
    addDisagreements(found, laid.id, field, { disagreements });
    return shown;
  };
  const nothing = { min: -UNBOUNDED, max: UNBOUNDED, contested: false, projected: NOTHING_SAID };
  return {
    id: laid.id,
    standing: draft.exists.standing,
    contested: draft.exists.contested,
    bounds: boundsOf(laid),
    parted: apart !== null,
    startKnown: laid.startKnown,
    start: show('START', showField(start, source('START'))),
    apart: show('APART', showField(apart ?? nothing, source('APART'))),
    end: endOf(laid, show('END', showField(end, source('END')))),
    endRumoured: draft.endRumoured,
    apartRumoured: draft.apartRumoured,
    lastConfirmed: lastConfirmedOf(laid),
    denials: denialsIn(evidence.claims),
    becomes: laid.becomes,
    marriage: marriageIn(laid),
    stretch: null,
  };
}

const NOTHING_SAID: Laid['end']['projected'] = {
  min: -UNBOUNDED,
  max: UNBOUNDED,
  bounds: [],
  narrowest: [],
  contested: false,
  says: 'UNSTATED',
  date: null,
};

function boundsOf({ start, apart, end }: Laid): Bounds {
  return {
    startMin: start.min,
    startMax: start.max,
    apartMin: apart?.min ?? -UNBOUNDED,
    apartMax: apart?.max ?? UNBOUNDED,
    endMin: end.min,
    endMax: end.max,
  };
}

function endOf(laid: Laid, shown: Omit<EndField, 'state' | 'reason'>): EndField {
  return { ...shown, state: laid.says, reason: laid.becomes ? 'PROGRESSED' : reasonOf(laid.draft) };
}

/** The best established reason that reaches the bar; of equals the one with more sources, then by the order of the list. */
function reasonOf({ accepted, bar }: PeriodDraft): EndReason | null {
  const reasons = END_REASONS.filter((reason) => withReason(accepted, reason).length > 0);
  const said = reasons.map((reason) => {
    const claims = withReason(accepted, reason);
    const denials = on(accepted, ['END_REASON'], 'DENIES').filter(
      ({ claim }) => 'reason' in claim.value && claim.value.reason === reason,
    );
    const sources = independentSources(claims.flatMap(({ citations }) => citations));
    const unopposed = strengthOf(claims.flatMap(({ citations }) => citations));
    return { reason, standing: rule(claims, denials).standing, unopposed, sources };
  });
  const heard = said.filter(({ unopposed }) => unopposed >= bar);
  heard.sort((a, b) => b.standing - a.standing || b.sources - a.sources);
  return heard[0]?.reason ?? null;
}

/** The latest day for which what bounds says or implies that it held; nothing is confirmed beyond the article that says it. */
function lastConfirmedOf({ start, apart, end }: Laid): number | null {
  const bounds = [start, apart, end].flatMap((day) => day?.projected.bounds ?? []);
  const days = bounds.map(({ min, by }) =>
    by === null ? min : Math.min(min, Math.max(...by.citations.map(({ article }) => article.day.max))),
  );
  const last = Math.max(...days);
  return Math.abs(last) < UNBOUNDED ? last : null;
}
