import type { AnyRecord } from '../domain/change.js';
import type { RecordOf } from '../domain/records.js';
import type { RecordType } from '../domain/words.js';
import type { Reads, Row } from '../graph/graph.js';
import { type Stored, storedOf } from './load.js';

/** One way from a record down to others that hang on it. */
interface Way {
  /** Of what type the others are. */
  type: RecordType;
  /** From `s`, whose id is `o.id`, to the others, `n`. */
  down: string;
  /** The ids by which a record says what it hangs on. */
  namesIn: (record: AnyRecord) => string[];
}

const way = <T extends RecordType>(type: T, down: string, namesIn: (record: RecordOf[T]) => string[]): Way => ({
  type,
  down,
  namesIn: namesIn as Way['namesIn'],
});

const about = (label: RecordType) =>
  way('Claim', `(s:${label} {id: o.id})<-[:ABOUT]-(n:Claim)`, ({ subject }) => [subject]);
const participantsOf = ({ participants }: RecordOf['Event']) => participants.map(({ person }) => person);

/** The ways down, by name. */
export const WAYS = {
  relationshipsOf: way('Relationship', '(s:Person {id: o.id})-[:PARTY_TO]->(n:Relationship)', ({ a, b }) => [a, b]),
  /** The same, to be reached with what else their parties were in. */
  couplesOf: way('Relationship', '(s:Person {id: o.id})-[:PARTY_TO]->(n:Relationship)', ({ a, b }) => [a, b]),
  eventsOf: way('Event', '(s:Person {id: o.id})-[:TOOK_PART]->(n:Event)', participantsOf),
  articlesNaming: way('Article', '(s:Person {id: o.id})<-[:MENTIONS]-(n:Article)', ({ mentions }) =>
    mentions.map(({ person }) => person),
  ),
  claimsAboutPerson: about('Person'),
  claimsAboutRelationship: about('Relationship'),
  claimsAboutPeriod: about('Period'),
  claimsAboutEvent: about('Event'),
  periodsOf: way('Period', '(s:Relationship {id: o.id})-[:HAS_PERIOD]->(n:Period)', ({ relationship }) => [
    relationship,
  ]),
  /** Those of both parties that the relationship had then; an event of then is found by its first party. */
  eventsOfBoth: way(
    'Event',
    '(a:Person {id: o.a})-[:TOOK_PART]->(n:Event)<-[:TOOK_PART]-(b:Person {id: o.b})',
    participantsOf,
  ),
  citationsOf: way('Citation', '(s:Claim {id: o.id})-[:HAS]->(n:Citation)', ({ claim }) => [claim]),
  resolutionsOn: way('Resolution', '(s:Claim {id: o.id})<-[:ON]-(n:Resolution)', ({ claims }) => claims),
  citationsIn: way('Citation', '(s:Article {id: o.id})<-[:`IN`]-(n:Citation)', ({ article }) => [article]),
  copiesOf: way('Article', '(s:Article {id: o.id})<-[:BASED_ON]-(n:Article)', ({ basedOn }) => basedOn),
} as const satisfies Record<string, Way>;

export type WayName = keyof typeof WAYS;

const STATEMENTS = Object.fromEntries(
  Object.entries(WAYS).map(([name, { down }]) => [
    name,
    `/* ${name} hanging */ UNWIND $owners AS o MATCH ${down} RETURN n {.*} AS props LIMIT $most`,
  ]),
) as Record<WayName, string>;

/** What hangs on these records now in one way, `most` at most. */
export async function hangingOn(
  graph: Reads,
  name: WayName,
  owners: readonly AnyRecord[],
  most: number,
): Promise<Stored[]> {
  if (owners.length === 0) return [];
  const keys = owners.map((owner): Row => ({ id: owner.id, ...('a' in owner && { a: owner.a, b: owner.b }) }));
  const rows = await graph.read(STATEMENTS[name], { owners: keys, most });
  return rows.map(({ props }) => storedOf(WAYS[name].type, props as Row));
}
