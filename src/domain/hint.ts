import { acceptedOf } from './accepted.js';
import { accepting, decided } from './accepting.js';
import { valueKey } from './claim.js';
import type { CitedClaim, ClaimNote, DateField, FoundContradiction, ShownDate, Standing } from './evidence.js';
import { notesOf } from './note.js';
import { projectEvent, projectPerson, projectRelationship } from './projection.js';
import type { Claim } from './records.js';
import { independentSources } from './standing.js';
import { type Around, foundBeside, type Neighbours } from './vicinity.js';

/** How a claim stands to what is accepted: of the same subject and field, and for CONFLICTS of whatever depends on it. */
export const HINT_KINDS = ['NEW', 'SAME', 'AGREES', 'MORE_PRECISE', 'CONFLICTS'] as const;
export type HintKind = (typeof HINT_KINDS)[number];

/** What is shown of the field that a claim is on; of EXISTS and the like, of the subject. */
export interface FieldState {
  /** Null where the field is none of dates, or nothing that bounds says one. */
  date: ShownDate | null;
  standing: Standing;
  contested: boolean;
}

export interface Hint {
  kind: HintKind;
  /** The accepted claim that makes it so, or null for NEW. */
  against: string | null;
  before: FieldState;
  after: FieldState;
  /** How many contradictions accepting it opens. */
  opens: number;
  /** Whether more depends on it than was looked at for what it opens. */
  truncated: boolean;
  /** Independent sources that the value has once it is accepted, those of equal accepted claims among them. */
  sources: number;
}

/** A projection as far as a hint looks at it. */
interface Seen {
  state: FieldState;
  found: FoundContradiction[];
  notes: ReadonlyMap<string, ClaimNote>;
}

/**
 * What accepting a claim with its quotes that wait would do, found by projecting its subject, and whatever depends on that, with
 * and without; null where `around` doesn't hold it. Without neighbours the claim bears on nothing but its subject. Pure.
 */
export function hintOf(id: string, around: Around, neighbours: Neighbours | null): Hint | null {
  const claims = claimsIn(around);
  const own = claims.find(({ claim }) => claim.id === id);
  if (own === undefined) return null;
  const deciding = accepting(id);
  const accepted = decided(around, deciding);
  const [before, after] = [seen(around, own.claim), seen(accepted, own.claim)];
  let truncated = false;
  if (neighbours !== null) {
    const beside = foundBeside(accepted, neighbours.vicinity, deciding);
    before.found.push(...neighbours.now.found);
    after.found.push(...beside.found);
    truncated = beside.truncated;
  }
  const said = saidBy(claims);
  const opened = openedBetween(before, after, said);
  const same = sameAs(own, claims);
  const { kind, against } = kindOf(own.claim, { before, after, opened, same, said, claims });
  const equal = claimsIn(accepted).filter(
    ({ claim }) => claim.id === id || same.some(({ id: other }) => other === claim.id),
  );
  const sources = independentSources(acceptedOf(equal).flatMap(({ citations }) => citations));
  return { kind, against, before: before.state, after: after.state, opens: opened.length, truncated, sources };
}

/**
 * The contradictions that are open after and were not before. Of claims that say the same, one stands for the others: where it is
 * another one after, the contradiction that takes the place of theirs is no new one.
 */
function openedBetween(before: Seen, after: Seen, said: ReadonlyMap<string, string>): FoundContradiction[] {
  const [were, are] = [openIn(before), openIn(after)];
  const gone = [...were].filter(([id]) => !are.has(id)).map(([, each]) => pairKey(each, said));
  return [...are]
    .filter(([id]) => !were.has(id))
    .map(([, each]) => each)
    .filter((each) => {
      const place = gone.indexOf(pairKey(each, said));
      if (place !== -1) gone.splice(place, 1);
      return place === -1;
    });
}

const openIn = ({ found }: Seen) =>
  new Map(found.filter(({ resolution }) => resolution === null).map((each) => [each.id, each]));

interface Compared {
  before: Seen;
  after: Seen;
  opened: readonly FoundContradiction[];
  same: readonly Claim[];
  said: ReadonlyMap<string, string>;
  claims: readonly CitedClaim[];
}

function kindOf(
  { id }: Claim,
  { before, after, opened, same, said, claims }: Compared,
): Pick<Hint, 'kind' | 'against'> {
  const own = said.get(id);
  const clash = opened.find((each) => each.claims.some((claim) => said.get(claim) === own)) ?? opened[0];
  if (clash) return { kind: 'CONFLICTS', against: clash.claims.find((claim) => said.get(claim) !== own) ?? null };
  if (!before.state.contested && after.state.contested) return { kind: 'CONFLICTS', against: null };
  if (same[0]) return { kind: 'SAME', against: same[0].id };
  const precise = after.notes.get(id)?.agreesWith ?? null;
  if (precise !== null) return { kind: 'AGREES', against: precise };
  const vaguer = acceptedOf(claims).find(({ claim }) => after.notes.get(claim.id)?.agreesWith === id);
  return vaguer ? { kind: 'MORE_PRECISE', against: vaguer.claim.id } : { kind: 'NEW', against: null };
}

/** Accepted claims that say the same; the claim itself where it is accepted already, and only quotes wait. */
function sameAs({ claim: own }: CitedClaim, claims: readonly CitedClaim[]): Claim[] {
  const key = keyOf(own);
  return claims.map(({ claim }) => claim).filter((claim) => claim.verdict === 'ACCEPTED' && keyOf(claim) === key);
}

const keyOf = ({ subject, field, polarity, value }: Claim): string =>
  [subject, field, polarity, valueKey(value)].join('|');

const saidBy = (claims: readonly CitedClaim[]) => new Map(claims.map(({ claim }) => [claim.id, keyOf(claim)]));

/** Equal for contradictions between claims that say the same. */
function pairKey({ claims }: FoundContradiction, said: ReadonlyMap<string, string>): string {
  return claims
    .map((id) => said.get(id) ?? id)
    .sort()
    .join('‖');
}

/** All claims that the projection looks at. */
export const claimsAround = (around: Around): Claim[] => claimsIn(around).map(({ claim }) => claim);

function claimsIn({ of, evidence }: Around): readonly CitedClaim[] {
  return of === 'Relationship'
    ? [...evidence.claims, ...evidence.periods.flatMap(({ claims }) => claims)]
    : evidence.claims;
}

function seen(around: Around, claim: Claim): Seen {
  const notes = new Map(notesOf(claimsIn(around)).map((note) => [note.id, note]));
  if (around.of === 'Person') {
    const { contradictions, ...shown } = projectPerson(around.evidence);
    const texts = claim.field === 'NAME' ? shown.names : shown.occupations;
    const dated = { BIRTH: shown.birth, DEATH: shown.death }[String(claim.field)];
    return { state: dated ? dateState(dated) : textState(claim, texts), found: contradictions, notes };
  }
  if (around.of === 'Event') {
    const shown = projectEvent(around.evidence);
    if (claim.field === 'DATE') return { state: dateState(shown.date), found: shown.contradictions, notes };
    const state = claim.field === 'PLACE' ? textState(claim, shown.place ? [shown.place] : []) : standingState(shown);
    return { state, found: shown.contradictions, notes };
  }
  const shown = projectRelationship(around.evidence);
  const period = shown.periods.find(({ id }) => id === claim.subject);
  const dated = period && { START: period.start, APART: period.apart, END: period.end }[String(claim.field)];
  return { state: dated ? dateState(dated) : standingState(period ?? shown), found: shown.contradictions, notes };
}

const dateState = ({ date, standing, contested }: DateField): FieldState => ({ date, standing, contested });

const standingState = ({ standing, contested }: Omit<FieldState, 'date'>): FieldState => ({
  date: null,
  standing,
  contested,
});

/** A text stands by itself; one that isn't shown is not established. */
function textState({ value }: Claim, texts: readonly { text: string; standing: Standing }[]): FieldState {
  const text = 'text' in value ? value.text : null;
  const standing = texts.find((each) => each.text === text)?.standing ?? 0;
  return { date: null, standing, contested: false };
}
