import { addYears, UNBOUNDED } from './day.js';
import type { Standing } from './evidence.js';
import type { Kind, Visibility } from './words.js';

/** Who may do what, weakest first. */
export const ROLES = ['READER', 'CONTRIBUTOR', 'REVIEWER', 'EDITOR', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];

export const MINORS = ['hide', 'name-only', 'show'] as const;
export type Minors = (typeof MINORS)[number];

/** Who asks; `name` is null for somebody who has not signed in. */
export interface Viewer {
  name: string | null;
  role: Role;
  /** Reads what the role may read, and may write nothing. */
  readOnly?: boolean;
}

/** The highest level of a `Sight`. */
export const MOST_LEVEL = 2;

/** What a viewer may see today: passed to every read, so that what is hidden is neither found nor counted. */
export interface Sight {
  /** Highest `gate` of a person that this viewer sees. */
  level: 0 | 1 | typeof MOST_LEVEL;
  minors: Minors;
  /** UTC day, in days since 1970-01-01. */
  today: number;
}

/** The three numbers of a person that the gate looks at. */
export interface GateCard {
  gate: number;
  floor: number;
  /** First day on which the person is an adult. */
  adultFrom: number;
}

/** A person whom no viewer meets under that id: merged into another, or purged. */
export const MERGED_GATE = 3;

export function atLeast(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/** What a role sees on a day. REVIEWER and above see PRIVATE people and minors, ADMIN also the removed; `minors` is the setting for everybody else. */
export function sightOf(role: Role, minors: Minors, today: number): Sight {
  if (role === 'ADMIN') return { level: 2, minors: 'show', today };
  if (atLeast(role, 'REVIEWER')) return { level: 1, minors: 'show', today };
  return { level: 0, minors, today };
}

/** Whether somebody shows to no reader. */
export const isHidden = (visibility: Visibility): boolean => gateOf(visibility, null) > 0;

/** PUBLIC and LIMITED 0, PRIVATE 1, REMOVED 2, merged away or purged 3. */
export function gateOf(visibility: Visibility, mergedInto: string | null): number {
  if (mergedInto !== null) return MERGED_GATE;
  return { PUBLIC: 0, LIMITED: 0, PRIVATE: 1, REMOVED: 2, PURGED: MERGED_GATE }[visibility];
}

/** The standing below which nothing about this person shows to readers and contributors: LIMITED people only at CONFIRMED. */
export function floorOf(visibility: Visibility): number {
  return visibility === 'LIMITED' ? 3 : 0;
}

export const NO_FLOOR: Standing = -1;

/**
 * The standing below which nothing shows that depends on these people: their highest floor. Whoever decides (level 1 and above) has to
 * see what waits and what was rejected, so no floor binds them.
 */
export function floorFor(sight: Sight, people: readonly Pick<GateCard, 'floor'>[]): Standing {
  if (sight.level > 0) return NO_FLOOR;
  return people.reduce<number>((highest, { floor }) => Math.max(highest, floor), NO_FLOOR) as Standing;
}

/** Whether a person may be shown as such: by look-up, in search, in chains, with dates and claims. */
export function seesPerson(sight: Sight, person: GateCard): boolean {
  return person.gate <= sight.level && !hiddenAsMinor(sight, person);
}

/** Whether somebody is a minor whom this viewer meets by name at most. */
export function hiddenAsMinor(sight: Sight, person: GateCard): boolean {
  return sight.minors !== 'show' && person.adultFrom > sight.today;
}

/** Whether a record that depends on these people may be shown with its dates and claims. */
export function seesRecord(sight: Sight, standing: Standing, people: readonly GateCard[]): boolean {
  return standing >= floorFor(sight, people) && people.every((person) => seesPerson(sight, person));
}

/**
 * Whether a relationship may be shown at all: both parties seen, or, under `name-only`, one of them a minor who is named as the
 * child or sibling of an adult at CONFIRMED. The same rule as `LINK_GATE` in store/gate.ts.
 */
export function seesRelationship(sight: Sight, kind: Kind, standing: Standing, a: GateCard, b: GateCard): boolean {
  if (seesRecord(sight, standing, [a, b])) return true;
  const inReach = a.gate <= sight.level && b.gate <= sight.level && standing >= floorFor(sight, [a, b]);
  const family = kind === 'PARENT_CHILD' || kind === 'SIBLING';
  const oneAdult = a.adultFrom <= sight.today || b.adultFrom <= sight.today;
  return sight.minors === 'name-only' && inReach && family && standing === 3 && oneAdult;
}

/** Adult on every day there is. */
export const ALWAYS_ADULT = -UNBOUNDED;
/** Adult on no day: nobody who is alive by any accepted source could be. */
export const NEVER_ADULT = UNBOUNDED;

/** What is known about when somebody came of age. */
export interface AgeEvidence {
  /** The shown birth, or null where nobody says. */
  birth: { edtf: string; max: number } | null;
  /** Party to an accepted MARRIED period, or marked adult by a person or an import. */
  knownAdult: boolean;
  /** The latest day of the earliest accepted source that mentions them, or null. */
  firstMentioned: number | null;
}

/**
 * The first day on which somebody is an adult: latest birth + 18 years, + 2 if the birth is approximate or uncertain; without a
 * birth, always for a known adult, else 18 years after the earliest accepted source that mentions them (design.md, section 6).
 */
export function adultFrom(evidence: AgeEvidence): number {
  const { birth } = evidence;
  if (birth !== null && birth.max < UNBOUNDED) return addYears(birth.max, /[~?%]/.test(birth.edtf) ? 20 : 18);
  if (evidence.knownAdult) return ALWAYS_ADULT;
  return evidence.firstMentioned === null ? NEVER_ADULT : addYears(evidence.firstMentioned, 18);
}
