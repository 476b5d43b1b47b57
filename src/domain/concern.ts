import type { CitedClaim } from './evidence.js';
import { MOST_LEVEL } from './gate.js';
import { essentialTo } from './life.js';
import type { Claim, Event } from './records.js';

/** Somebody whom a claim concerns. */
export interface Concern {
  person: string;
  /** Whoever may not see this person may not see the claim either. */
  needed: boolean;
}

/** Whom the claims of a subject concern, and so who may see them. */
export interface Concerns {
  people: readonly Concern[];
  /** The claim needs nobody in particular, but one at least of those whom it concerns. */
  anybody: boolean;
  /**
   * The highest level of a viewer who would read of it only what guests say, and so needs one who says it; null where anybody else's
   * word is told to everybody.
   */
  guestsOnly: number | null;
}

/** The claims of a person or a relationship need all whom they concern. */
export function concernsAll(people: readonly string[]): Concerns {
  return { people: people.map((person) => ({ person, needed: true })), anybody: false, guestsOnly: null };
}

/**
 * A claim about an event is seen where the event is: it concerns all who took part, and needs those on whom the event depends, or,
 * where it depends on nobody, somebody. One about a participant needs that person too, and one that nobody says but guests, others
 * who took part, needs one of these. `named` is the participant, preceded by the pointers of merges that lead there, if any.
 */
export function concernsOf(event: Pick<Event, 'participants'>, cited: CitedClaim, named: readonly string[]): Concerns {
  const essential = essentialTo(event);
  const survivor = named.at(-1);
  const needed = new Set([...essential, ...(survivor === undefined ? [] : [survivor])]);
  const present = event.participants.map(({ person }) => person);
  // A guest who is no longer said to have been there may still be quoted.
  const everybody = [...new Set([...present, ...named, ...sidesOf(cited)])];
  return {
    people: everybody.map((person) => ({ person, needed: needed.has(person) })),
    anybody: essential.length === 0 && !present.some((person) => needed.has(person)),
    guestsOnly: guestsOnly(cited, essential),
  };
}

function sidesOf({ citations }: CitedClaim): string[] {
  return citations.flatMap(({ citation: { side } }) => side ?? []);
}

/** Readers are told accepted quotes of accepted claims, reviewers all quotes. */
function guestsOnly({ claim, citations }: CitedClaim, essential: readonly string[]): Concerns['guestsOnly'] {
  const isAccepted = claim.verdict === 'ACCEPTED';
  const others = citations.filter(({ citation: { side } }) => side === null || essential.includes(side));
  if (others.length === 0) return citations.length > 0 || isAccepted ? MOST_LEVEL : null;
  return isAccepted && others.every(({ citation }) => citation.verdict !== 'ACCEPTED') ? 0 : null;
}

/**
 * A claim with the quotes that count for it. Of an event those don't who speak for somebody on whom it does not depend and who isn't
 * PUBLIC: whoever doesn't see them would be told what they said.
 */
export function heardOf<C extends CitedClaim>(cited: C): C {
  const { essential, citations } = cited;
  if (essential === undefined || citations.every(({ citation }) => citation.side === null)) return cited;
  const heard = citations.filter(
    ({ citation: { side }, sideIsPublic }) => side === null || sideIsPublic || essential.includes(side),
  );
  return { ...cited, citations: heard };
}

/** The person whom a claim names as a participant; null for every other claim. */
export function namedIn({ value }: Pick<Claim, 'value'>): string | null {
  return 'person' in value ? value.person : null;
}
