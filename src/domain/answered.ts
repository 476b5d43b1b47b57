import type { CitedClaim } from './evidence.js';
import type { Resolution } from './records.js';

/** What people have answered about some claims. */
export interface Answered {
  /** The resolutions on them, those on the claims that these name, and so on. */
  resolutions: Resolution[];
  /** The claims of other subjects that they are about. */
  others: CitedClaim[];
}

const NOTHING: Answered = { resolutions: [], others: [] };

/** Where to look: resolutions by the claims that they name, and claims by id. */
export interface Desk {
  resolutionsOn(claim: string): readonly Resolution[];
  cited(claim: string): CitedClaim | undefined;
}

/**
 * Everything that a resolution of these claims depends on: a claim that wins here may give way elsewhere, so that resolutions are
 * followed from claim to claim.
 */
export function answeredOf(claims: readonly CitedClaim[], { resolutionsOn, cited }: Desk): Answered {
  const seen = new Set(claims.map(({ claim }) => claim.id));
  const others: string[] = [];
  const found = new Map<string, Resolution>();
  for (let next = [...seen]; next.length > 0; ) {
    const fresh = next.flatMap(resolutionsOn).filter(({ id }) => !found.has(id));
    for (const resolution of fresh) found.set(resolution.id, resolution);
    next = [...new Set(fresh.flatMap((resolution) => resolution.claims))].filter((id) => !seen.has(id));
    for (const id of next) seen.add(id);
    others.push(...next);
  }
  if (found.size === 0) return NOTHING;
  return { resolutions: [...found.values()], others: others.flatMap((id) => cited(id) ?? []) };
}
