import { acceptedOf, on } from './accepted.js';
import { type Bound, claimOf, dateBounds, type PeriodBounds } from './bound.js';
import { preferredBy, type Resolved, resolvedBy } from './contradiction.js';
import type { CitedClaim, Others } from './evidence.js';
import { coming16 } from './life.js';
import type { Resolution } from './records.js';

/** What people have answered about the claims of a subject. */
export interface Answers {
  resolved: Resolved;
  /** What the claims about people say that were preferred to some of this subject. */
  elsewhere: Record<'birth' | 'death', Bound[]>;
}

/**
 * The answers that hold, of the claims of a subject and of `others`, which the same resolutions are about. `lives` are the people on
 * whom the subject depends: nobody else's birth or death silences anything of it.
 */
export function answersOf(
  resolutions: readonly Resolution[],
  claims: readonly CitedClaim[],
  others: Others,
  lives: readonly string[],
): Answers {
  const resolved = resolvedBy(resolutions, [...claims, ...others]);
  const accepted = resolved.size === 0 ? [] : acceptedOf(others.filter(({ claim }) => lives.includes(claim.subject)));
  const dated = (field: 'BIRTH' | 'DEATH') => dateBounds(on(accepted, [field]), () => false);
  return { resolved, elsewhere: { birth: dated('BIRTH'), death: dated('DEATH') } };
}

/** What bounds the days of a period once resolutions have silenced what gave way, be it to a birth or a death. */
export function heardOfPeriod(said: PeriodBounds, { resolved, elsewhere }: Answers): PeriodBounds {
  const { birth, death } = elsewhere;
  const days = withoutSilenced([birth, said.start, said.apart, said.end, death], resolved);
  const [, start = [], apart = [], end = []] = days;
  const [, dated = []] = withoutSilenced([birth.map(coming16), start.filter(isDated)], resolved);
  return { start: start.filter((bound) => !isDated(bound) || dated.includes(bound)), apart, end };
}

/** What bounds a birth and a death, likewise: nothing but what is said of the person silences either. */
export function heardOfLife(
  birth: readonly Bound[],
  death: readonly Bound[],
  { resolved }: Answers,
): [Bound[], Bound[]] {
  const [born = [], died = []] = withoutSilenced([birth, death], resolved);
  return [born, died];
}

/** What bounds the day of an event, likewise. */
export function heardOfEvent(date: readonly Bound[], { resolved, elsewhere }: Answers): Bound[] {
  const [, heard = []] = withoutSilenced([elsewhere.birth, date, elsewhere.death], resolved);
  return heard;
}

const isDated = ({ says }: Bound) => says === 'DATED';

/**
 * Takes out what a resolution silences: a preferred claim silences everything that bounds the field of the contradiction and can't
 * be true with it; the claims stay accepted. `days` are bounds on days in their order (start, parting, end), so two of them can't
 * both be true when they don't meet, or when the one of an earlier day lies wholly after the one of a later day.
 */
export function withoutSilenced(days: readonly (readonly Bound[])[], resolved: Resolved): Bound[][] {
  const all = days.map((bounds) => [...bounds]);
  if (resolved.size === 0) return all;
  const preferred = preferredBy(resolved);
  const silenced = new Set<Bound>();
  for (const { prefers } of resolved.values()) {
    if (prefers === null || !preferred.has(prefers.claim)) continue;
    const winning = days.map((bounds) => bounds.filter((bound) => claimOf(bound) === prefers.claim));
    for (const [day, bounds] of days.entries()) {
      const excluded = bounds.filter((bound) =>
        winning.some((w, of) => w.some((win) => excludes(day, bound, of, win))),
      );
      if (excluded.some((bound) => claimOf(bound) === prefers.over)) for (const bound of excluded) silenced.add(bound);
    }
  }
  return all.map((bounds) => bounds.filter((bound) => !silenced.has(bound)));
}

function excludes(dayOfA: number, a: Bound, dayOfB: number, b: Bound): boolean {
  const aIsAfterB = a.min > b.max;
  const bIsAfterA = b.min > a.max;
  return (dayOfA <= dayOfB && aIsAfterB) || (dayOfB <= dayOfA && bIsAfterA);
}
