import { acceptedOf } from './accepted.js';
import { heardOf } from './concern.js';
import { UNBOUNDED } from './day.js';
import type { CitedClaim, ClaimNote, Interval } from './evidence.js';
import { groupBy } from './group.js';
import { contains } from './interval.js';
import { boundsOfDateValue } from './partial-date.js';
import { independentSources } from './standing.js';

interface Noted {
  id: string;
  interval: Interval;
}

/**
 * What each claim, of any subjects, says beside the projection, in the order given: its independent sources, and the most precise
 * accepted assertion of the same field and subject whose days lie strictly within its own; a claim of any verdict can agree. Told
 * without a date ("ended", "parted") means up to its latest article.
 */
export function notesOf(all: readonly CitedClaim[]): ClaimNote[] {
  const claims = all.map(heardOf);
  const groups = groupBy(claims, ({ claim }) => `${claim.subject}|${claim.field}|${claim.polarity}`);
  const agreeing = new Map([...groups.values()].flatMap(agreementsIn));
  return claims.map(({ claim, citations }) => ({
    id: claim.id,
    polarity: claim.polarity,
    independentSources: independentSources(citations.filter(({ citation }) => citation.verdict === 'ACCEPTED')),
    agreesWith: agreeing.get(claim.id) ?? null,
  }));
}

/** Pairs of a claim's id and that of the more precise one. */
function agreementsIn(claims: readonly CitedClaim[]): [string, string][] {
  if (claims.length < 2 || claims[0]?.claim.polarity === 'DENIES') return [];
  const precise = acceptedOf(claims).flatMap(notedOf).sort(byPrecision);
  return claims.flatMap(notedOf).flatMap(({ id, interval }): [string, string][] => {
    const found = precise.find(
      (other) => widthOf(other) < widthOf({ id, interval }) && contains(interval, other.interval),
    );
    return found ? [[id, found.id]] : [];
  });
}

function notedOf({ claim, citations }: CitedClaim): Noted[] {
  const { value } = claim;
  if ('date' in value) return [{ id: claim.id, interval: boundsOfDateValue(value.date) }];
  if (!('state' in value) || (value.state !== 'ENDED' && value.state !== 'PARTED')) return [];
  const days = citations
    .filter(({ citation }) => citation.verdict !== 'REJECTED')
    .map(({ article }) => article.day.max);
  return days.length === 0 ? [] : [{ id: claim.id, interval: { min: -UNBOUNDED, max: Math.max(...days) } }];
}

const widthOf = ({ interval }: Noted): number => interval.max - interval.min;

const byPrecision = (a: Noted, b: Noted): number => widthOf(a) - widthOf(b) || (a.id < b.id ? -1 : 1);
