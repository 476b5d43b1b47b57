import { createHash } from 'node:crypto';
import { ID_PREFIX, type Kind, type RecordType } from './words.js';

/** An id that always comes out of the same source key, so that loading a source twice changes nothing. */
export function idFromKey(type: RecordType, key: string): string {
  return ID_PREFIX[type] + digest(key);
}

/** The key that a relationship is unique by: its kind and both parties, whichever comes first. */
export function pairKeyOf(kind: Kind, a: string, b: string): string {
  return a < b ? `${kind}|${a}|${b}` : `${kind}|${b}|${a}`;
}

/** A relationship's id comes from its pair and kind. */
export function relationshipId(kind: Kind, a: string, b: string): string {
  return idFromKey('Relationship', pairKeyOf(kind, a, b));
}

/** The parties in the order in which a relationship stores them: parent before child, else the smaller id first. */
export function inPartyOrder(kind: Kind, a: string, b: string): { a: string; b: string } {
  return kind === 'PARENT_CHILD' || a < b ? { a, b } : { a: b, b: a };
}

/** A contradiction is known by its two claims. */
export function contradictionId(claims: readonly [string, string]): string {
  return `con_${digest([...claims].sort().join('|'))}`;
}

function digest(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 20);
}
