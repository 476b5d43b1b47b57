import type { CitedClaim } from './evidence.js';
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
}

/** The claims of a person or a relationship need all whom they concern. */
export function concernsAll(people: readonly string[]): Concerns {
  return { people: people.map((person) => ({ person, needed: true })), anybody: false };
}

/**
 * A claim about an event is seen where the event is: it concerns all who took part, and needs those on whom the event depends, or,
 * where it depends on nobody, somebody. One about a participant needs that person too, and one that nobody says but others who took
 * part needs these. `named` is the participant, preceded by the pointers of merges that lead there, if any.
 */
export function concernsOf(
  event: Pick<Event, 'participants'>,
  { citations }: CitedClaim,
  named: readonly string[],
): Concerns {
  const essential = essentialTo(event);
  const survivor = named.at(-1);
  const speakers = speakersOf(citations, essential);
  const needed = new Set([...essential, ...speakers, ...(survivor === undefined ? [] : [survivor])]);
  const present = event.participants.map(({ person }) => person);
  const everybody = [...new Set([...present, ...named, ...speakers])];
  return {
    people: everybody.map((person) => ({ person, needed: needed.has(person) })),
    anybody: essential.length === 0 && !present.some((person) => needed.has(person)),
  };
}

/** Those others for whom every quote speaks; none where one is anybody else's word. */
function speakersOf(citations: CitedClaim['citations'], essential: readonly string[]): string[] {
  const quotes = citations.filter(({ citation }) => citation.verdict !== 'REJECTED');
  const sides = quotes.flatMap(({ citation: { side } }) => (side === null || essential.includes(side) ? [] : [side]));
  return sides.length === quotes.length ? sides : [];
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
