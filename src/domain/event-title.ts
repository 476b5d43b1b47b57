import type { EventKind } from './words.js';

const WORDS: Record<EventKind, string> = {
  MET: 'Meeting',
  ENGAGEMENT: 'Engagement',
  WEDDING: 'Wedding',
  BIRTH: 'Birth',
  SPLIT: 'Split',
  DIVORCE_FILED: 'Divorce filed',
  DIVORCE_FINAL: 'Divorce final',
  RECONCILIATION: 'Reconciliation',
  APPEARANCE: 'Appearance',
  INTERVIEW: 'Interview',
  DEATH: 'Death',
  OTHER: 'Event',
};

/** What an event is called, since it has no name of its own: its kind, and the names of its participants in order. */
export function eventTitle(kind: EventKind, participants: readonly string[]): string {
  return participants.length === 0 ? WORDS[kind] : `${WORDS[kind]}: ${participants.join(', ')}`;
}
