import { type Bound, claimOf } from './bound.js';
import { addYears, UNBOUNDED } from './day.js';
import type { Interval, Life, Limit, Makers } from './evidence.js';
import { makersOf, type Projected } from './field.js';
import type { Event } from './records.js';
import { REPORTED } from './standing.js';
import type { Kind, RoleInEvent } from './words.js';

/**
 * What can't have happened in a life, or hardly: a day that somebody lived through lies neither before their birth nor after their
 * death, and a romance doesn't begin before their 16th birthday. Only what is certain counts, by what is projected of the life and
 * by each of the intervals that make the day.
 */

export const EARLIEST_ROMANCE = 16;

/** The same on the 16th birthday of whoever was born so. */
export function coming16<T extends Interval>(birth: T): T {
  return { ...birth, min: addYears(birth.min, EARLIEST_ROMANCE), max: addYears(birth.max, EARLIEST_ROMANCE) };
}

type Lived = Pick<Projected, 'narrowest'>;

export function beforeBirth({ narrowest }: Lived, { birth }: { birth: Interval }): Bound[] {
  return narrowest.filter(({ max }) => max < birth.min);
}

export function afterDeath({ narrowest }: Lived, { death }: { death: Interval }): Bound[] {
  return narrowest.filter(({ min }) => min > death.max);
}

/** Stated starts after the birth, and before the 16th birthday. */
export function underAge({ narrowest }: Lived, { birth }: { birth: Interval }): Bound[] {
  if (birth.min === -UNBOUNDED) return [];
  const grown = coming16(birth).min;
  return narrowest.filter(({ says, max }) => says === 'DATED' && max >= birth.min && max < grown);
}

/** Whose births bound the days of a relationship of this kind, and whose deaths. */
export const BOUND_BY_BIRTH: readonly Kind[] = ['ROMANTIC', 'PARENT_CHILD', 'SIBLING'];
export const BOUND_BY_DEATH: readonly Kind[] = ['ROMANTIC'];

/** The roles of those whom an event depends on: it shows to nobody who doesn't see them, so their lives bear on its day. */
export const ESSENTIAL: readonly RoleInEvent[] = ['PARTY', 'CHILD'];

/** The people on whom an event depends, each once. */
export function essentialTo(event: Pick<Event, 'participants'> | null): string[] {
  const essential = (event?.participants ?? []).filter(({ role }) => ESSENTIAL.includes(role));
  return [...new Set(essential.map(({ person }) => person))];
}

/**
 * Whether an event bears on what two people are to each other, by lending its day or as a reunion: it is REPORTED, shows wherever
 * the two do, and depends on nobody else, who may be hidden from those who see the two.
 */
export function bearsOn(
  event: Pick<Event, 'participants'>,
  standing: number,
  couple: readonly Pick<Life, 'id' | 'floor'>[],
): boolean {
  const isEstablished = standing >= Math.max(REPORTED, ...couple.map(({ floor }) => floor));
  return isEstablished && essentialTo(event).every((person) => couple.some(({ id }) => id === person));
}

/** Roles of those who were there alive; an unborn child, or the dead, can be what an event is about. */
export const BORN_BY_THEN: readonly RoleInEvent[] = ['PARTY', 'CHILD', 'PARENT', 'GUEST', 'INTERVIEWER'];
/** A father may die before his child is born. */
export const ALIVE_THEN: readonly RoleInEvent[] = ['PARTY', 'GUEST', 'INTERVIEWER'];

/** A life without the limits that what happened in it goes beyond: these clamp nothing. */
export function lifeWithin(life: Life, days: readonly Lived[]): Life {
  const isBorn = days.every((day) => beforeBirth(day, life).length === 0);
  const isAlive = days.every((day) => afterDeath(day, life).length === 0);
  return { ...life, birth: isBorn ? life.birth : ANY_DAY, death: isAlive ? life.death : ANY_DAY };
}

/** A day of which nobody says anything. */
export const ANY_DAY: Limit = { min: -UNBOUNDED, max: UNBOUNDED, from: null, to: null, isTold: false };

/** A life of which nobody says anything. */
export const unknownLife = (id: string): Life => ({ id, floor: 0, birth: ANY_DAY, death: ANY_DAY });

/** As much of a life as whoever sees the person is told. */
export function toldOf({ birth, death, ...life }: Life): Life {
  return { ...life, birth: birth.isTold ? birth : ANY_DAY, death: death.isTold ? death : ANY_DAY };
}

/** The first of the claims that make each bound of a projected day. */
export function limitsOf({ min, max, bounds }: Projected): Makers {
  return { from: makerOf(bounds, min, 'min'), to: makerOf(bounds, max, 'max') };
}

/** The first claim of those that make this bound; null where none does. */
export function makerOf(bounds: readonly Bound[], day: number, side: 'min' | 'max'): string | null {
  if (Math.abs(day) >= UNBOUNDED) return null;
  return (
    makersOf(bounds, day, side)
      .flatMap((bound) => claimOf(bound) ?? [])
      .sort()[0] ?? null
  );
}
