import { digestOf } from '../domain/takedown.js';
import type { Visibility } from '../domain/words.js';
import type { Reads, Row, Transaction } from '../graph/graph.js';
import { personOf, type StoredPerson } from './person.js';

/**
 * Requests to take somebody down: operational notes, in no history, export or as-of. One that is open hangs on a person by an edge;
 * a decided one names nobody, and neither reason nor contact is left of it.
 */

export type TakedownStatus = 'OPEN' | 'GRANTED' | 'REFUSED';

export interface Takedown {
  id: string;
  status: TakedownStatus;
  urgent: boolean;
  /** How often it came while it was open. */
  times: number;
  /** ISO 8601, UTC. */
  at: string;
  /** Null once it is decided. */
  reason: string | null;
  contact: string | null;
  /** What the person showed to before this request hid them; null where it didn't. */
  hid: Visibility | null;
  decidedBy: string | null;
  decidedAt: string | null;
  note: string | null;
  /** Whom it is about, whoever they were merged into since; null once it is decided. */
  person: StoredPerson | null;
}

/** An open request, with what is needed to decide it. */
export interface OpenTakedown extends Takedown {
  person: StoredPerson;
  /** Whom it was made about, before any merge. */
  asked: string;
  /** Nobody has looked yet whether the person is to be hidden at once. */
  due: boolean;
  /** The number of the change by which it hid them. */
  hidSeq: number | null;
}

/** `o` is whom the request `t` was made about, `p` whoever they are today. */
export const OF_PERSON =
  'MATCH (t)-[:ASKS_ABOUT]->(o:Person)-[:MERGED_INTO*0..]->(p:Person) WHERE p.mergedInto IS NULL';
/** The row that `openOf` reads. */
export const OPEN = 't {.*} AS takedown, o.id AS asked, p {.*} AS person';

const ABOUT = `/* openTakedownsOf */ UNWIND $ids AS id MATCH (p:Person {id: id})<-[:MERGED_INTO*0..]-(o:Person)<-[:ASKS_ABOUT]-(t:Takedown)
  RETURN ${OPEN} ORDER BY t.sort`;
const BY_ID = `/* openTakedown */ MATCH (t:Takedown {id: $id}) ${OF_PERSON} RETURN ${OPEN}`;

/** An open request, or null. */
export async function openTakedown(graph: Reads, id: string): Promise<OpenTakedown | null> {
  const [row] = await graph.read(BY_ID, { id });
  return row === undefined ? null : openOf(row);
}

/** All open requests about these people and those who were merged into them; a statement for nobody too. */
export async function openTakedownsOf(graph: Reads, people: readonly string[]): Promise<OpenTakedown[]> {
  return (await graph.read(ABOUT, { ids: [...people] })).map(openOf);
}

const CLOSE = `/* closeTakedown */ MATCH (t:Takedown {id: $id})-[a:ASKS_ABOUT]->(:Person) DELETE a
  SET t += $props REMOVE t.reason REMOVE t.contact REMOVE t.due REMOVE t.hidSeq`;

export interface Verdict {
  status: Exclude<TakedownStatus, 'OPEN'>;
  decidedBy: string;
  decidedAt: string;
  note: string | null;
}

/** Notes what was decided about a request, and forgets whom it named, why, and who asked. */
export async function closeTakedown(
  transaction: Transaction,
  { id, asked }: Pick<OpenTakedown, 'id' | 'asked'>,
  { note, ...verdict }: Verdict,
): Promise<void> {
  const props = { ...verdict, ...(note !== null && { note }), digest: digestOf(asked) };
  await transaction.run(CLOSE, { id, props });
}

const DECIDED = "/* decidedTakedown */ MATCH (t:Takedown {id: $id}) WHERE t.status <> 'OPEN' RETURN t {.*} AS takedown";

/** A request that was decided, or null. */
export async function decidedTakedown(graph: Reads, id: string): Promise<Takedown | null> {
  const [row] = await graph.read(DECIDED, { id });
  return row === undefined ? null : takedownOf(row.takedown as Row, null);
}

/** An open request of its row. */
export function openOf({ takedown, asked, person }: Row): OpenTakedown {
  const node = takedown as Row;
  const stored = personOf(person as Row);
  return {
    ...takedownOf(node, stored),
    person: stored,
    asked: String(asked),
    due: node.due === true,
    hidSeq: typeof node.hidSeq === 'number' ? node.hidSeq : null,
  };
}

/** A request of its node. */
export function takedownOf(node: Row, person: StoredPerson | null): Takedown {
  const text = (key: string) => (node[key] ?? null) as string | null;
  return {
    id: String(node.id),
    status: node.status as TakedownStatus,
    urgent: node.urgent === true,
    times: Number(node.times ?? 1),
    at: String(node.at),
    reason: text('reason'),
    contact: text('contact'),
    hid: text('hid') as Visibility | null,
    decidedBy: text('decidedBy'),
    decidedAt: text('decidedAt'),
    note: text('note'),
    person,
  };
}
