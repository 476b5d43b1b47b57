import { type Bound, claimOf } from './bound.js';
import type { Contradictions } from './contradiction.js';
import type { EventEvidence } from './evidence.js';
import type { Projected } from './field.js';
import type { Couple, Laid } from './layout.js';
import {
  ALIVE_THEN,
  afterDeath,
  BORN_BY_THEN,
  BOUND_BY_BIRTH,
  BOUND_BY_DEATH,
  beforeBirth,
  ESSENTIAL,
  toldOf,
  underAge,
} from './life.js';

/**
 * Adds what the lives of the parties exclude in a laid-out relationship: days before a birth or after a death, which contest the
 * field, and stated romances before the 16th birthday, which don't. Each claim is told of its own period; what an event lends is
 * told of the event.
 */
export function addLifeContradictions(
  laid: readonly Laid[],
  { kind, lives }: Pick<Couple, 'kind' | 'lives'>,
  found: Contradictions,
): void {
  for (const { id, start, apart, end } of laid) {
    for (const [field, day] of [
      ['START', start],
      ['APART', apart],
      ['END', end],
    ] as const) {
      const add = (
        type: 'BEFORE_BIRTH' | 'AFTER_DEATH' | 'UNDER_AGE',
        bounds: readonly Bound[],
        limit: string | null,
      ) => {
        for (const { by } of bounds) if (by?.claim.subject === id) found.add(type, id, field, by.claim.id, limit);
      };
      if (day === null) continue;
      for (const time of lives) {
        if (BOUND_BY_BIRTH.includes(kind)) add('BEFORE_BIRTH', beforeBirth(day.projected, time), time.birth.from);
        if (BOUND_BY_DEATH.includes(kind)) add('AFTER_DEATH', afterDeath(day.projected, time), time.death.to);
        if (kind === 'ROMANTIC' && field === 'START') add('UNDER_AGE', underAge(day.projected, time), time.birth.from);
      }
    }
  }
}

/** Adds what the lives of those who were there exclude about the day of an event. */
export function addPresenceContradictions(
  id: string,
  day: Projected,
  present: EventEvidence['present'],
  found: Contradictions,
): void {
  const add = (type: 'BEFORE_BIRTH' | 'AFTER_DEATH', bounds: readonly Bound[], limit: string | null) => {
    for (const bound of bounds) found.add(type, id, 'DATE', claimOf(bound), limit);
  };
  for (const { role, life } of present) {
    if (BORN_BY_THEN.includes(role)) add('BEFORE_BIRTH', beforeBirth(day, life), life.birth.from);
    if (ALIVE_THEN.includes(role)) add('AFTER_DEATH', afterDeath(day, life), life.death.to);
  }
}

/** Whether the day of an event goes beyond what is told of the life of somebody whom it depends on. */
export function isBeyondLives(day: Projected, present: EventEvidence['present']): boolean {
  return present
    .filter(({ role }) => ESSENTIAL.includes(role))
    .map(({ role, life }) => ({ role, life: toldOf(life) }))
    .some(
      ({ role, life }) =>
        (BORN_BY_THEN.includes(role) && beforeBirth(day, life).length > 0) ||
        (ALIVE_THEN.includes(role) && afterDeath(day, life).length > 0),
    );
}
