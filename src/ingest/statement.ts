import { valueKey } from '../domain/claim.js';
import { idFromKey, relationshipId } from '../domain/ids.js';
import { idOfKey } from './references.js';
import type { Row, RowCite, RowClaim, RowOf } from './row-schema.js';

/**
 * Ids of citations come from what was stated, not from where it was put: by whom of whom, which field, which value, in which
 * article, with which evidence. So a statement is found again after its claim was matched, merged, re-aimed or rejected, and
 * loading it twice changes nothing.
 */
export function citationId(subject: string, claim: RowClaim, cite: RowCite): string {
  const { field, polarity, value } = claim;
  const { article, evidence, side = '' } = cite;
  return idFromKey('Citation', [subject, field, polarity, valueKey(value), article, evidence, side].join('|'));
}

/** What a row is about, in words of its source. */
export function statedSubject(row: Exclude<Row, RowOf<'article'>>): string {
  if (row.row === 'person') return `Person|${row.key}`;
  if (row.row === 'event') return `Event|${row.key}`;
  return [statedRelationship(row) + wayRound(row), row.type, row.period ?? datesOf(row)].join('|');
}

/** Tells the parent from the child: the relationship has one id, whichever is which. */
function wayRound({ kind, a, b }: RowOf<'relationship'>): string {
  const [parent, child] = [a, b].map((key) => idOfKey({ type: 'Person', key })) as [string, string];
  return kind === 'PARENT_CHILD' && parent > child ? ' turned' : '';
}

/** What tells one period from another of its pair: "ended by divorce" of one marriage is not the same statement of the next. */
function datesOf({ claims }: RowOf<'relationship'>): string {
  const dated = claims.filter(({ value }) => 'date' in value);
  return dated.map(({ field, polarity, value }) => `${field} ${polarity} ${valueKey(value)}`).join(', ');
}

/** The id of a row's relationship, as long as neither party was merged into somebody else. */
function statedRelationship({ kind, a, b }: Pick<RowOf<'relationship'>, 'kind' | 'a' | 'b'>): string {
  return relationshipId(kind, idOfKey({ type: 'Person', key: a }), idOfKey({ type: 'Person', key: b }));
}

/** The ids of all citations that a row would make. */
export function citationIdsOf(row: Row): string[] {
  if (row.row === 'article') return [];
  const subject = statedSubject(row);
  return row.claims.flatMap((claim) => claim.cite.map((cite) => citationId(subject, claim, cite)));
}
