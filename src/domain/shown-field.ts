import { type AcceptedClaim, on } from './accepted.js';
import { type Bound, denialBounds, reaching } from './bound.js';
import type { Day } from './clamp.js';
import type { CitedClaim, DateField, Interval, Standing } from './evidence.js';
import { type Projected, supportersOf, whyOf } from './field.js';
import { groupBy } from './group.js';
import { contains } from './interval.js';
import { type ClaimPair, rule, standingOf } from './standing.js';
import type { Field } from './words.js';

/** What a date field is shown from. */
export interface FieldSource {
  field: Field;
  /** All claims about the subject, and those of them that are accepted. */
  claims: readonly CitedClaim[];
  accepted: readonly AcceptedClaim[];
  bar: Standing;
  preferred: ReadonlySet<string>;
}

export interface Shown {
  shown: DateField;
  /** Claims in which sides disagree about this field. */
  disagreements: ClaimPair[];
}

/**
 * A date field as it is shown. Its standing is the table's over the claims that support what is projected, against denials of
 * that; a date that only an event gives stands at the bar. Where nothing bounds the field, its standing is that of its claims, so a
 * rumoured end is RUMOURED and a rejected one REJECTED. It is contested if its claims don't meet, if a clamp left nothing, if a
 * denial of what is projected reaches the bar, or if sides disagree about it.
 */
export function showField({ projected, contested }: Day & { projected: Projected }, source: FieldSource): Shown {
  const { field, claims, accepted, bar, preferred } = source;
  const why = whyOf(projected);
  const supporters = supportersOf(projected);
  if (supporters.length === 0) {
    const { standing } = standingOf(claims, field);
    return { shown: { date: null, standing, contested, why }, disagreements: [] };
  }
  const assertions = claimsOf(supporters);
  const denied = on(accepted, [field], 'DENIES').length === 0 ? [] : denialsOf(projected, source);
  const { standing } = rule(assertions, claimsOf(denied), preferred);
  const { disagreements } = rule(assertions, claimsOf(denied));
  const answered = assertions.some(({ claim }) => preferred.has(claim.id));
  const denial = !answered && (disagreements.length > 0 || reachesBar(denied, source));
  return {
    shown: {
      date: projected.date,
      standing: assertions.length === 0 ? bar : standing,
      contested: contested || denial,
      why,
    },
    disagreements,
  };
}

/** Denials of what is projected: those whose interval contains it. */
function denialsOf(projected: Interval, { accepted, field }: FieldSource): Bound[] {
  return denialBounds(on(accepted, [field], 'DENIES')).filter((denial) => contains(denial, projected));
}

function reachesBar(denied: readonly Bound[], { accepted, field, bar }: FieldSource): boolean {
  if (denied.length === 0) return false;
  const reached = reaching(denialBounds(on(accepted, [field], 'DENIES')), bar);
  return reached.some((bound) => denied.some(({ min, max }) => min === bound.min && max === bound.max));
}

/** The claims of bounds, each once, with those of its citations that make them. */
function claimsOf(bounds: readonly Bound[]): AcceptedClaim[] {
  const byClaim = groupBy(
    bounds.flatMap(({ by }) => by ?? []),
    ({ claim }) => claim,
  );
  return [...byClaim].map(([claim, parts]) => ({ claim, citations: parts.flatMap(({ citations }) => citations) }));
}
