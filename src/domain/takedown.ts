import { createHash } from 'node:crypto';
import { invalid } from '../errors.js';
import type { GateCard } from './gate.js';
import type { Visibility } from './words.js';

/** Requests to take somebody down: what they may say, and whom they hide before anybody has decided. */

/** The longest texts, in UTF-16 code units. */
const LONGEST = { person: 200, reason: 2_000, contact: 300 } as const;

/** What somebody asks for. */
export interface TakedownWish {
  /** The id or slug, as it was typed. */
  person: string;
  reason: string;
  contact: string | null;
}

/**
 * A wish without the spaces around its texts. What is refused depends on the texts alone, never on the graph.
 * @throws AppError INVALID_INPUT, rule TEXT_LENGTH, for one that is empty or too long; a contact may be left out.
 */
export function wishOf(person: string, reason: string, contact: string | null): TakedownWish {
  return {
    person: textOf('person', person),
    reason: textOf('reason', reason),
    contact: contact === null || contact.trim() === '' ? null : textOf('contact', contact),
  };
}

function textOf(field: keyof typeof LONGEST, text: string): string {
  const trimmed = text.trim();
  if (trimmed !== '' && trimmed.length <= LONGEST[field]) return trimmed;
  throw invalid(field, 'TEXT_LENGTH', `${field} takes 1 to ${LONGEST[field]} characters, not ${trimmed.length}.`);
}

type Shown = Pick<GateCard, 'adultFrom'> & { visibility: Visibility };

/**
 * Whether somebody stays while a request about them waits: PUBLIC, which a person has decided and no machine can, and of age. All
 * others are hidden at once (design.md, section 6).
 */
export function isEstablished({ visibility, adultFrom }: Shown, today: number): boolean {
  return visibility === 'PUBLIC' && adultFrom <= today;
}

/** Whether there is anything left to hide from readers. */
export function isInTheOpen({ visibility }: Pick<Shown, 'visibility'>): boolean {
  return visibility === 'PUBLIC' || visibility === 'LIMITED';
}

/** The id of a request: the same order about the same person is the same request. */
export function takedownId(actor: string | null, key: string, person: string): string {
  return `tkd_${digest(JSON.stringify([actor, key, person])).slice(0, 24)}`;
}

/** What is left of a person's id on a request that is decided: enough to find it by somebody who has the id, and no name. */
export function digestOf(person: string): string {
  return digest(`takedown ${person}`);
}

/** The place of a request among all: urgent ones first, then the oldest. */
export function takedownSort(urgent: boolean, at: string, id: string): string {
  return `${urgent ? 0 : 1}|${at}|${id}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
