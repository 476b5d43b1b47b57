import type { RecordOf } from '../domain/records.js';
import type { RecordType } from '../domain/words.js';
import type { Row } from '../graph/graph.js';

/** Every kind of edge that decisions draw: its type, and the labels at its ends. */
export const DRAWN = [
  ['PARTY_TO', 'Person', 'Relationship'],
  ['HAS_PERIOD', 'Relationship', 'Period'],
  ['STARTED_BY', 'Period', 'Event'],
  ['ENDED_BY', 'Period', 'Event'],
  ['TOOK_PART', 'Person', 'Event'],
  ['ABOUT', 'Claim', 'Person'],
  ['ABOUT', 'Claim', 'Relationship'],
  ['ABOUT', 'Claim', 'Period'],
  ['ABOUT', 'Claim', 'Event'],
  ['HAS', 'Claim', 'Citation'],
  ['IN', 'Citation', 'Article'],
  ['SPEAKS_FOR', 'Citation', 'Person'],
  ['MENTIONS', 'Article', 'Person'],
  ['BASED_ON', 'Article', 'Article'],
  ['ON', 'Resolution', 'Claim'],
  ['NOT_SAME_AS', 'Person', 'Person'],
  ['MERGED_INTO', 'Person', 'Person'],
  ['MERGED_INTO', 'Relationship', 'Relationship'],
  ['MERGED_INTO', 'Period', 'Period'],
  ['MERGED_INTO', 'Event', 'Event'],
  ['MERGED_INTO', 'Article', 'Article'],
] as const;

/** An edge as drawn: `from` and `to` are record ids. */
export interface DrawnEdge {
  type: (typeof DRAWN)[number][0];
  from: string;
  to: string;
  props: Row;
}

/** Draws the edges that one type of record decides. Pure: the same record, the same edges. */
export const edgesOf: { [T in RecordType]: (record: RecordOf[T]) => DrawnEdge[] } = {
  Person: (person) => [...merged(person), ...person.notSameAs.map((other) => edge('NOT_SAME_AS', person.id, other))],
  Relationship: (relationship) => [
    ...merged(relationship),
    edge('PARTY_TO', relationship.a, relationship.id, { role: roleOf(relationship, 'a') }),
    edge('PARTY_TO', relationship.b, relationship.id, { role: roleOf(relationship, 'b') }),
  ],
  Period: (period) => [
    ...merged(period),
    edge('HAS_PERIOD', period.relationship, period.id),
    ...maybe('STARTED_BY', period.id, period.startedBy),
    ...maybe('ENDED_BY', period.id, period.endedBy),
  ],
  Event: (event) => [
    ...merged(event),
    ...event.participants.map(({ person, role }) => edge('TOOK_PART', person, event.id, { role })),
  ],
  Article: (article) => [
    ...merged(article),
    ...article.basedOn.map((source) => edge('BASED_ON', article.id, source)),
    ...article.mentions.map(({ person, ...place }) => edge('MENTIONS', article.id, person, place)),
  ],
  Claim: (claim) => [edge('ABOUT', claim.id, claim.subject)],
  Citation: (citation) => [
    edge('HAS', citation.claim, citation.id),
    edge('IN', citation.id, citation.article),
    ...maybe('SPEAKS_FOR', citation.id, citation.side),
  ],
  Resolution: (resolution) => resolution.claims.map((claim) => edge('ON', resolution.id, claim)),
};

/** The role of a party: PARENT and CHILD, else PARTNER in a romance and PARTY in the rest. */
export function roleOf({ kind }: Pick<RecordOf['Relationship'], 'kind'>, side: 'a' | 'b'): string {
  if (kind === 'PARENT_CHILD') return side === 'a' ? 'PARENT' : 'CHILD';
  if (kind === 'ROMANTIC') return 'PARTNER';
  return kind === 'SIBLING' ? 'SIBLING' : 'PARTY';
}

function edge(type: DrawnEdge['type'], from: string, to: string, props: Row = {}): DrawnEdge {
  return { type, from, to, props };
}

function maybe(type: DrawnEdge['type'], from: string, to: string | null): DrawnEdge[] {
  return to === null ? [] : [edge(type, from, to)];
}

function merged({ id, mergedInto }: { id: string; mergedInto: string | null }): DrawnEdge[] {
  return maybe('MERGED_INTO', id, mergedInto);
}
