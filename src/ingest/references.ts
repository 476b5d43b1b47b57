import { idFromKey } from '../domain/ids.js';
import type { RecordType } from '../domain/words.js';
import type { Row, RowClaim } from './row-schema.js';

/** A record that a row names by its source key. */
export interface Reference {
  type: RecordType;
  key: string;
  field: string;
}

/** The id that a source key stands for. */
export function idOfKey({ type, key }: Pick<Reference, 'type' | 'key'>): string {
  return idFromKey(type, key);
}

/** The record that a row brings; a relationship row brings none by key. */
export function definedBy(row: Row): Omit<Reference, 'field'> | null {
  switch (row.row) {
    case 'person':
      return { type: 'Person', key: row.key };
    case 'article':
      return { type: 'Article', key: row.key };
    case 'event':
      return { type: 'Event', key: row.key };
    case 'relationship':
      return null;
  }
}

/** Whatever a row refers to, with the field that does. */
export function referencesIn(row: Row): Reference[] {
  switch (row.row) {
    case 'person':
      return row.claims.flatMap(ofClaim);
    case 'article':
      return [
        ...row.basedOn.map((key) => reference('Article', key, 'basedOn')),
        ...row.mentions.map(({ person }) => reference('Person', person, 'mentions')),
      ];
    case 'event':
      return [
        ...row.participants.map(({ person }) => reference('Person', person, 'participants')),
        ...row.claims.flatMap(ofClaim),
      ];
    case 'relationship':
      return [
        reference('Person', row.a, 'a'),
        reference('Person', row.b, 'b'),
        ...maybe('Event', row.startedBy, 'startedBy'),
        ...maybe('Event', row.endedBy, 'endedBy'),
        ...row.claims.flatMap(ofClaim),
      ];
  }
}

function ofClaim({ value, cite }: RowClaim, at: number): Reference[] {
  return [
    ...('person' in value ? [reference('Person', value.person, `claims.${at}.value.person`)] : []),
    ...cite.flatMap(({ article, side }) => [
      reference('Article', article, `claims.${at}.cite.article`),
      ...maybe('Person', side, `claims.${at}.cite.side`),
    ]),
  ];
}

const reference = (type: RecordType, key: string, field: string): Reference => ({ type, key, field });

function maybe(type: RecordType, key: string | undefined, field: string): Reference[] {
  return key === undefined ? [] : [reference(type, key, field)];
}
