import { valueKey } from '../domain/claim.js';
import { idFromKey } from '../domain/ids.js';
import { matchSaid } from '../domain/match-said.js';
import type { Citation } from '../domain/records.js';
import type { Held, World } from '../domain/world.js';
import { type Decisions, named } from './named.js';
import { idOfKey } from './references.js';
import type { RowCite, RowClaim, RowOf } from './row-schema.js';
import { citationIdsOf } from './statement.js';

/**
 * What the claims of a relationship row are about; null where its articles say all of it already of periods of this type. It is the period that the row names; where the row was loaded before, whatever its
 * claims are about now; else the one period that it matches, a new one, or, where several match, the relationship. `fresh` makes one
 * of its own.
 */
export function planPeriod(
  world: World,
  relationship: string,
  row: RowOf<'relationship'>,
  { accept, fresh }: Pick<Decisions, 'accept'> & { fresh: boolean },
): string | null {
  if (row.period !== undefined) {
    const id = idFromKey('Period', row.period);
    return world.survivor('Period', id)?.id ?? addPeriod(world, id, relationship, row);
  }
  const known = loadedOf(world, row);
  if (known) return (world.get('Claim', known.claim) ?? { subject: relationship }).subject;
  if (!fresh && isSaid(world, relationship, row)) return null;
  const said = row.claims.map((claim) => ({ ...claim, articles: claim.cite.map(({ article }) => articleId(article)) }));
  const match = fresh ? null : matchSaid(world, relationship, row.type, said, accept);
  if (match === 'RELATIONSHIP') return relationship;
  return (
    match ?? addPeriod(world, idFromKey('Period', `${relationship}|${citationIdsOf(row).join('|')}`), relationship, row)
  );
}

/** A citation that this row has brought already, or null. */
export function loadedOf(world: World, row: RowOf<'relationship'>): Citation | null {
  return citationIdsOf(row).flatMap((id) => world.get('Citation', id) ?? [])[0] ?? null;
}

function addPeriod(
  world: World,
  id: string,
  relationship: string,
  { type, startedBy, endedBy }: RowOf<'relationship'>,
) {
  const event = (key: string | undefined, field: string) =>
    key === undefined ? null : named(world, 'Event', key, field).id;
  world.add('Period', {
    id,
    relationship,
    type,
    startedBy: event(startedBy, 'startedBy'),
    endedBy: event(endedBy, 'endedBy'),
    mergedInto: null,
  });
  return id;
}

function isSaid(world: World, relationship: string, { type, claims }: RowOf<'relationship'>): boolean {
  const periods = world.periodsOf(relationship).filter((period) => type === 'UNSPECIFIED' || period.type === type);
  const held = periods.flatMap(({ id }) => world.claimsAbout(id));
  const says =
    (claim: RowClaim, { article, evidence }: RowCite) =>
    ({ claim: known, citations }: Held) =>
      known.field === claim.field &&
      known.polarity === claim.polarity &&
      valueKey(known.value) === valueKey(claim.value) &&
      citations.some((citation) => citation.article === articleId(article) && citation.evidence === evidence);
  return claims.every((claim) => claim.cite.every((cite) => held.some(says(claim, cite))));
}

const articleId = (key: string) => idOfKey({ type: 'Article', key });
