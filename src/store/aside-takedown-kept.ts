import { digestOf, takedownSort } from '../domain/takedown.js';
import type { Visibility } from '../domain/words.js';
import type { Reads, Row, Transaction } from '../graph/graph.js';
import { openTakedownsOf, type Takedown } from './aside-takedown.js';
import { people, type StoredPerson } from './person.js';

/** Keeping requests to take somebody down, and noting whom they hide before anybody has decided. */

export interface NewTakedown {
  id: string;
  at: string;
  reason: string;
  contact: string | null;
  urgent: boolean;
  due: boolean;
}

const KNOWN = '/* takedownKnown */ MATCH (t:Takedown {id: $id}) RETURN t.id AS id';
const CREATE = `/* createTakedown */ UNWIND $rows AS row MATCH (p:Person {id: row.person})
  CREATE (t:Takedown) SET t = row.props CREATE (t)-[:ASKS_ABOUT]->(p)`;

const AGAIN =
  '/* takedownAskedAgain */ UNWIND $ids AS id MATCH (t:Takedown {id: id}) SET t.times = coalesce(t.times, 1) + 1';

/** Answers the note that would be kept about whoever was named, null for nobody. */
type NoteAbout = (person: StoredPerson | null) => NewTakedown;

/**
 * Keeps a request about whom `ref` (an id or slug) names, unless this one is known already, or they are removed; where one about them
 * is open, that came once more. The statements are the same, in number and order, whatever there is. Inside a transaction that holds the lock.
 */
export async function keepTakedown(transaction: Transaction, ref: string, noteAbout: NoteAbout): Promise<void> {
  const [person = null] = await people(transaction, [ref]);
  const note = noteAbout(person);
  const open = await openTakedownsOf(transaction, person === null ? [] : [person.id]);
  const known = await transaction.read(KNOWN, { id: note.id });
  const isNew = person !== null && !isGone(person) && known.length === 0;
  const again = isNew ? open.slice(0, 1).map(({ id }) => id) : [];
  const rows = isNew && open.length === 0 ? [{ person: person.id, props: propsOf(note) }] : [];
  await transaction.run(AGAIN, { ids: again });
  await transaction.run(CREATE, { rows });
}

const isGone = ({ visibility }: StoredPerson) => visibility === 'REMOVED' || visibility === 'PURGED';

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

const FORGET =
  '/* forgetTakedowns */ UNWIND $ids AS id MATCH (p:Person {id: id})<-[:ASKS_ABOUT]-(t:Takedown) DETACH DELETE t';

/** Forgets the open requests about people who are about to be no records any more: who has asked is told nothing, and kept nowhere. */
export async function forgetOpenTakedowns(transaction: Transaction, people: readonly string[]): Promise<void> {
  if (people.length > 0) await transaction.run(FORGET, { ids: [...people] });
}

const FORGET_NOTES =
  '/* forgetTakedownNotes */ UNWIND $digests AS digest MATCH (t:Takedown {digest: digest}) REMOVE t.note';

/** Forgets what is open about people who are purged, and why what was decided about them was. */
export async function forgetTakedownsAbout(transaction: Transaction, people: readonly string[]): Promise<void> {
  await forgetOpenTakedowns(transaction, people);
  await transaction.run(FORGET_NOTES, { digests: people.map(digestOf) });
}

const HIDDEN = '/* hiddenSince */ MATCH (t:Takedown) WHERE t.hidAt > $since RETURN count(t) AS found';

/** How many people requests have hidden by themselves since then, milliseconds since 1970-01-01T00:00Z. */
export async function hiddenSince(graph: Reads, since: number): Promise<number> {
  const [row] = await graph.read(HIDDEN, { since });
  return Number(row?.found ?? 0);
}

const WAITING =
  "/* hiddenWaiting */ MATCH (t:Takedown {status: 'OPEN'}) WHERE t.hidAt IS NOT NULL RETURN count(t) AS found";

/** How many people are hidden by requests that nobody has decided. */
export async function hiddenWaiting(graph: Reads): Promise<number> {
  const [row] = await graph.read(WAITING);
  return Number(row?.found ?? 0);
}

const REFUSED = `/* refusedSince */ MATCH (t:Takedown {digest: $digest}) WHERE t.status = 'REFUSED' AND t.decidedAt > $since
  RETURN count(t) AS found`;

/** Whether a person has refused a request about somebody since then, ISO 8601. */
export async function refusedSince(graph: Reads, person: string, since: string): Promise<boolean> {
  const [row] = await graph.read(REFUSED, { digest: digestOf(person), since });
  return Number(row?.found ?? 0) > 0;
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
