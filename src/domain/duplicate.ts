import type { Interval } from './evidence.js';
import { meets } from './interval.js';
import type { Person } from './records.js';

/** What a suggestion looks at of a person. */
export interface Likeness {
  person: Pick<Person, 'id' | 'externalIds' | 'notSameAs'>;
  birth: Interval | null;
  death: Interval | null;
  /** Ids of the people to whom they are linked. */
  linked: ReadonlySet<string>;
}

export type DuplicateReason = 'NAME' | 'NAME_NEARLY' | 'BIRTH' | 'DEATH' | 'SHARED_LINKS' | 'EXTERNAL_ID';

/** Somebody who may be the same person: from 0 to 1, with what speaks for it. */
export interface Suggestion {
  id: string;
  score: number;
  reasons: DuplicateReason[];
}

const WEIGHT: Record<DuplicateReason, number> = {
  EXTERNAL_ID: 0.9,
  BIRTH: 0.35,
  DEATH: 0.2,
  NAME: 0.5,
  NAME_NEARLY: 0.3,
  SHARED_LINKS: 0.25,
};
/** An exact day of birth says much; a year that two people share says little. */
const NARROW_DAYS = 31;

/**
 * How much two people are alike, or null where they can't be one: marked as different, linked with each other, or born or dead on
 * days that exclude each other. The score is 1 less the product of what each reason leaves to doubt, so that independent reasons
 * add up and never reach certainty; nothing is ever merged by it. Symmetric in all but `name`, which tells how the names match.
 */
export function suggest(one: Likeness, other: Likeness, name: 'NAME' | 'NAME_NEARLY' | null): Suggestion | null {
  const { person: a } = one;
  const { person: b } = other;
  const apart =
    a.notSameAs.includes(b.id) || b.notSameAs.includes(a.id) || one.linked.has(b.id) || other.linked.has(a.id);
  if (a.id === b.id || apart || excluded(one.birth, other.birth) || excluded(one.death, other.death)) return null;
  const found: (DuplicateReason | false | null)[] = [
    a.externalIds.some((id) => b.externalIds.includes(id)) && 'EXTERNAL_ID',
    name,
    narrow(one.birth, other.birth) && 'BIRTH',
    narrow(one.death, other.death) && 'DEATH',
    [...one.linked].some((id) => other.linked.has(id)) && 'SHARED_LINKS',
  ];
  const reasons = found.filter((reason) => reason !== false && reason !== null);
  const doubt = reasons.reduce((left, reason) => left * (1 - WEIGHT[reason]), 1);
  return reasons.length === 0 ? null : { id: b.id, score: Math.round((1 - doubt) * 100) / 100, reasons };
}

function excluded(a: Interval | null, b: Interval | null): boolean {
  return a !== null && b !== null && !meets(a, b);
}

function narrow(a: Interval | null, b: Interval | null): boolean {
  if (a === null || b === null || !meets(a, b)) return false;
  return Math.min(a.max, b.max) - Math.max(a.min, b.min) < NARROW_DAYS;
}
