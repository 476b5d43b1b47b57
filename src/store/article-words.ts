import type { Sight } from '../domain/gate.js';
import type { Mention } from '../domain/records.js';
import { blackenNames } from '../domain/withhold.js';
import type { Reads, Row } from '../graph/graph.js';
import { HIDDEN, namesIn } from './article-card.js';
import { gateParams, PERSON_GATE } from './gate.js';
import { distinct, inOrderOf } from './page.js';
import { personOf, type StoredPerson } from './person.js';

/** A mention of somebody whom the sight sees. */
export interface SeenMention extends Omit<Mention, 'person'> {
  person: StoredPerson;
}

const TEXTS = `/* textsOf */ UNWIND $keys AS key
MATCH (a:Article {id: key}) WHERE $level > 0 RETURN key, a.text AS text, ${HIDDEN} AS hidden`;

/**
 * The texts of articles by id, with the names of whoever is hidden from the sight blackened; null where none is kept. For REVIEWER and
 * above only, null for everybody else.
 */
export async function textsOf(graph: Reads, ids: readonly string[], sight: Sight): Promise<(string | null)[]> {
  const keys = distinct(ids);
  if (keys.length === 0 || sight.level === 0) return ids.map(() => null);
  const rows = await graph.read(TEXTS, { keys, ...gateParams(sight) });
  return inOrderOf(ids, rows, ({ text, hidden }) =>
    text === null ? null : blackenNames(String(text), namesIn('TEXT', hidden as Row[])),
  );
}

const MENTIONS = `/* mentionsOf */ UNWIND $keys AS key
MATCH (a:Article {id: key}) WHERE $level > 0 OR a.mentionsReviewed
CALL (a) {
  MATCH (a)-[m:MENTIONS]->(p:Person) WHERE ${PERSON_GATE}
  WITH p, m ORDER BY m.part DESC, m.from, m.to, p.id LIMIT $most
  RETURN collect({mention: m {.part, .surface, .from, .to}, person: p {.*}}) AS rows
}
RETURN key, rows`;

const MOST_MENTIONS = 1000;

/** The mentions of each article that the sight sees, TITLE first, by place; none for readers while nobody has reviewed them. At most 1,000 each. */
export async function mentionsOf(graph: Reads, ids: readonly string[], sight: Sight): Promise<SeenMention[][]> {
  const keys = distinct(ids);
  if (keys.length === 0) return ids.map(() => []);
  const rows = await graph.read(MENTIONS, { keys, most: MOST_MENTIONS, ...gateParams(sight) });
  return inOrderOf(ids, rows, (row) => (row.rows as Row[]).map(mentionOf).sort(byText)).map((list) => list ?? []);
}

function mentionOf({ mention, person }: Row): SeenMention {
  const { part, surface, from, to } = mention as Row;
  return {
    part: part as Mention['part'],
    surface: String(surface),
    from: Number(from),
    to: Number(to),
    person: personOf(person as Row),
  };
}

function byText(one: SeenMention, other: SeenMention): number {
  const title = Number(other.part === 'TITLE') - Number(one.part === 'TITLE');
  return title || one.from - other.from || one.to - other.to || (one.person.id < other.person.id ? -1 : 1);
}
