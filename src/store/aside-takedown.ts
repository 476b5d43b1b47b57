import type { Visibility } from '../domain/records.js';
import { digestOf, takedownSort } from '../domain/takedown.js';
import type { Graph, Reads, Row, Transaction } from '../graph/graph.js';
import type { Page, SortCursor } from './page.js';
import { pageParams } from './page.js';
import { people, personOf, type StoredPerson } from './person.js';

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

export interface NewTakedown {
  id: string;
  at: string;
  reason: string;
  contact: string | null;
  urgent: boolean;
  due: boolean;
}

/** `o` is whom the request `t` was made about, `p` whoever they are today. */
const OF_PERSON = 'MATCH (t)-[:ASKS_ABOUT]->(o:Person)-[:MERGED_INTO*0..]->(p:Person) WHERE p.mergedInto IS NULL';
const OPEN = 't {.*} AS takedown, o.id AS asked, p {.*} AS person';

const ABOUT = `/* openTakedownsOf */ UNWIND $ids AS id MATCH (p:Person {id: id})<-[:MERGED_INTO*0..]-(o:Person)<-[:ASKS_ABOUT]-(t:Takedown)
  RETURN ${OPEN} ORDER BY t.sort`;
const KNOWN = '/* takedownKnown */ MATCH (t:Takedown {id: $id}) RETURN t.id AS id';
const CREATE = `/* createTakedown */ UNWIND $rows AS row MATCH (p:Person {id: row.person})
  CREATE (t:Takedown) SET t = row.props CREATE (t)-[:ASKS_ABOUT]->(p)`;

const AGAIN =
  '/* takedownAskedAgain */ UNWIND $ids AS id MATCH (t:Takedown {id: id}) SET t.times = coalesce(t.times, 1) + 1';

/** Answers the note to keep about whoever was named, or null for none: nobody of that name, or nobody whom it would still serve. */
type Keep = (person: StoredPerson | null) => NewTakedown;

/**
 * Keeps a request about whom `ref` (an id or slug) names, unless this one is known already, or they are removed; where one about them
 * is open, that came once more. The statements are the same, in number and order, whatever there is. Inside a transaction that holds the lock.
 */
export async function keepTakedown(transaction: Transaction, ref: string, noteAbout: Keep): Promise<void> {
  const [person = null] = await people(transaction, [ref]);
  const note = noteAbout(person);
  const open = await transaction.read(ABOUT, { ids: person === null ? [] : [person.id] });
  const known = await transaction.read(KNOWN, { id: note.id });
  const isNew = person !== null && person.visibility !== 'REMOVED' && known.length === 0;
  const again = isNew ? open.slice(0, 1).map(({ takedown }) => String((takedown as Row).id)) : [];
  const rows = isNew && open.length === 0 ? [{ person: person.id, props: propsOf(note) }] : [];
  await transaction.run(AGAIN, { ids: again });
  await transaction.run(CREATE, { rows });
}

function propsOf({ contact, ...note }: NewTakedown): Row {
  const sort = takedownSort(note.urgent, note.at, note.id);
  return { ...note, status: 'OPEN', sort, ...(contact !== null && { contact }) };
}

const DUE =
  '/* dueTakedowns */ MATCH (t:Takedown {due: true}) RETURN t.id AS id, t.sort AS sort ORDER BY sort LIMIT 100';

/** The requests of which nobody has looked yet whether they hide somebody at once. */
export async function dueTakedowns(graph: Reads): Promise<string[]> {
  return (await graph.read(DUE)).map(({ id }) => String(id));
}

const FORGET = `/* forgetTakedownsOfNobody */ MATCH (t:Takedown {status: 'OPEN'}) WHERE COUNT { (t)-[:ASKS_ABOUT]->(:Person) } = 0
  DETACH DELETE t`;

/** Forgets the open requests about whoever is no record any more, since their creation was undone. */
export async function forgetTakedownsOfNobody(graph: Graph): Promise<void> {
  await graph.write((transaction) => transaction.run(FORGET));
}

const BY_ID = `/* openTakedown */ MATCH (t:Takedown {id: $id}) ${OF_PERSON} RETURN ${OPEN}`;

/** An open request, or null. */
export async function openTakedown(graph: Reads, id: string): Promise<OpenTakedown | null> {
  const [row] = await graph.read(BY_ID, { id });
  return row === undefined ? null : openOf(row);
}

/** All open requests about a person and those who were merged into them. */
export async function openTakedownsOf(graph: Reads, person: string): Promise<OpenTakedown[]> {
  return (await graph.read(ABOUT, { ids: [person] })).map(openOf);
}

const HIDDEN = '/* hiddenSince */ MATCH (t:Takedown) WHERE t.hidAt > $since RETURN count(t) AS found';

/** How many people requests have hidden by themselves since then, milliseconds since 1970-01-01T00:00Z. */
export async function hiddenSince(graph: Reads, since: number): Promise<number> {
  const [row] = await graph.read(HIDDEN, { since });
  return Number(row?.found ?? 0);
}

const LOOKED = '/* takedownLookedAt */ MATCH (t:Takedown {id: $id}) SET t.due = false';
const HID = `/* takedownHid */ MATCH (t:Takedown {id: $id})
  SET t.due = false, t.urgent = false, t.sort = $sort, t.hid = $hid, t.hidSeq = $seq, t.hidAt = $at`;

/** Notes that a request hides nobody by itself. */
export async function noteLookedAt(transaction: Transaction, id: string): Promise<void> {
  await transaction.run(LOOKED, { id });
}

/** Notes what a request hid, from whom, by which change and when: it is urgent no more. */
export async function noteHid(
  transaction: Transaction,
  { id, at }: Takedown,
  hid: { hid: Visibility; seq: number; at: number },
): Promise<void> {
  await transaction.run(HID, { id, sort: takedownSort(false, at, id), ...hid });
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

const OPEN_PAGE = `/* openTakedowns */ MATCH (t:Takedown) WHERE t.sort > $after ${OF_PERSON} AND p.gate <= $level
  RETURN ${OPEN} ORDER BY t.sort LIMIT $first`;
const COUNT_OPEN = `/* countOpenTakedowns */ MATCH (t:Takedown) ${OF_PERSON} AND p.gate <= $level RETURN count(t) AS found`;
const DECIDED_PAGE = `/* decidedTakedowns */ MATCH (t:Takedown) WHERE t.status = $status AND t.sort > $after
  RETURN t {.*} AS takedown ORDER BY t.sort LIMIT $first`;
const COUNT_DECIDED =
  '/* countDecidedTakedowns */ MATCH (t:Takedown) WHERE t.status = $status RETURN count(t) AS found';

/** A page of requests, urgent ones first, then the oldest; open ones only about those whom a viewer of this level sees. */
export async function takedownsPage(
  graph: Reads,
  page: Page<SortCursor>,
  status: TakedownStatus,
  { level }: { level: number },
): Promise<(Takedown & SortCursor)[]> {
  const sorted = (takedown: Takedown) => ({
    ...takedown,
    sort: takedownSort(takedown.urgent, takedown.at, takedown.id),
  });
  if (status === 'OPEN')
    return (await graph.read(OPEN_PAGE, { ...pageParams(page), level })).map((row) => sorted(openOf(row)));
  const rows = await graph.read(DECIDED_PAGE, { ...pageParams(page), status });
  return rows.map(({ takedown }) => sorted(takedownOf(takedown as Row, null)));
}

export async function countTakedowns(
  graph: Reads,
  status: TakedownStatus,
  { level }: { level: number },
): Promise<number> {
  const [row] =
    status === 'OPEN' ? await graph.read(COUNT_OPEN, { level }) : await graph.read(COUNT_DECIDED, { status });
  return Number(row?.found ?? 0);
}

function openOf({ takedown, asked, person }: Row): OpenTakedown {
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

function takedownOf(node: Row, person: StoredPerson | null): Takedown {
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
