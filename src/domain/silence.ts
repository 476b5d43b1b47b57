import type { Bound } from './bound.js';
import { preferredBy, type Resolved } from './contradiction.js';

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
    const winning = days.map((bounds) => bounds.filter(({ by }) => by?.claim.id === prefers.claim));
    for (const [day, bounds] of days.entries()) {
      const excluded = bounds.filter((bound) =>
        winning.some((w, of) => w.some((win) => excludes(day, bound, of, win))),
      );
      if (excluded.some(({ by }) => by?.claim.id === prefers.over)) for (const bound of excluded) silenced.add(bound);
    }
  }
  return all.map((bounds) => bounds.filter((bound) => !silenced.has(bound)));
}

function excludes(dayOfA: number, a: Bound, dayOfB: number, b: Bound): boolean {
  const aIsAfterB = a.min > b.max;
  const bIsAfterA = b.min > a.max;
  return (dayOfA <= dayOfB && aIsAfterB) || (dayOfB <= dayOfA && bIsAfterA);
}
