import type { Kind, Relationship, Verdict } from './records.js';
import { refused } from './rules.js';
import type { World } from './world.js';

/** Two people in their roles: of parent and child, `a` is the parent. */
export interface Roles {
  kind: Kind;
  a: string;
  b: string;
}

const OTHER_WAY = 'WRONG_VALUE: The roles are the other way round';

/**
 * Turns a relationship that is known the other way round to these roles, and answers whether it did: what was said of it was said of
 * the roles that it had. Only what is accepted stands in an editor's way; who proposes waits for what others have proposed. What
 * waits is rejected.
 * @throws AppError REFUSED, rule PARENT_AND_CHILD.
 */
export function turnRoles(world: World, found: Relationship, { kind, a, b }: Roles, verdict: Verdict): boolean {
  if (kind !== 'PARENT_CHILD' || found.a === a) return false;
  const subjects = [found.id, ...world.periodsOf(found.id).map(({ id }) => id)];
  const said = subjects.flatMap((id) => world.claimsAbout(id)).map(({ claim }) => claim);
  const isTold = said.some((claim) => claim.verdict === 'ACCEPTED');
  const waiting = said.filter((claim) => claim.verdict === 'PROPOSED');
  if (isTold || (verdict !== 'ACCEPTED' && waiting.length > 0)) {
    const message = isTold
      ? 'The other one is known as the parent'
      : 'The other one is proposed as the parent: that waits';
    throw refused('PARENT_AND_CHILD', message, { record: found.id });
  }
  for (const claim of waiting) world.edit('Claim', claim, { verdict: 'REJECTED', verdictNote: OTHER_WAY });
  world.edit('Relationship', found, { a, b });
  return true;
}
