import type { Claim, Relationship } from './records.js';
import { refused } from './rules.js';
import type { Kind, Verdict } from './words.js';
import type { World } from './world.js';

/** Two people in their roles: of parent and child, `a` is the parent. */
export interface Roles {
  kind: Kind;
  a: string;
  b: string;
}

const OTHER_WAY = 'The roles are the other way round';

/**
 * Turns a relationship that is known the other way round to these roles, and answers whether it did: what was said of it was said of
 * the roles that it had. Only what is accepted stands in the way. What waits is rejected by who decides, and marked by who proposes.
 * @throws AppError REFUSED, rule PARENT_AND_CHILD.
 */
export function turnRoles(world: World, found: Relationship, { kind, a, b }: Roles, verdict: Verdict): boolean {
  if (kind !== 'PARENT_CHILD' || found.a === a) return false;
  if (saidOf(world, found).some((claim) => claim.verdict === 'ACCEPTED'))
    throw refused('PARENT_AND_CHILD', 'The other one is known as the parent', { record: found.id });
  const rejected = { verdict: 'REJECTED', verdictNote: `WRONG_VALUE: ${OTHER_WAY}` } as const;
  turn(world, found, { a, b }, verdict === 'ACCEPTED' ? rejected : { verdictNote: OTHER_WAY });
  return true;
}

/**
 * Turns the roles of a relationship. What waits was proposed with the other ones: it is marked, so that nobody accepts what they have
 * seen turned; what was marked, and is right again, is so no more.
 */
export function turn(
  world: World,
  found: Relationship,
  roles: Pick<Relationship, 'a' | 'b'>,
  waiting: Partial<Claim> = { verdictNote: OTHER_WAY },
): void {
  for (const claim of saidOf(world, found).filter((each) => each.verdict === 'PROPOSED'))
    world.edit('Claim', claim, claim.verdictNote === OTHER_WAY ? { verdictNote: null } : waiting);
  world.edit('Relationship', found, roles);
}

/** All claims about a relationship and its periods. */
function saidOf(world: World, { id }: Relationship): Claim[] {
  const subjects = [id, ...world.periodsOf(id).map((period) => period.id)];
  return subjects.flatMap((subject) => world.claimsAbout(subject)).map(({ claim }) => claim);
}
