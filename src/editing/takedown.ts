import { OWN_NAME } from '../domain/actor.js';
import type { Change, EditInput } from '../domain/change.js';
import { dayOfEpoch } from '../domain/day.js';
import { isEstablished, isInTheOpen, type TakedownWish, takedownId } from '../domain/takedown.js';
import { AppError } from '../errors.js';
import type { Graph, Reads, Transaction, Writes } from '../graph/graph.js';
import {
  closeTakedown,
  decidedTakedown,
  type OpenTakedown,
  openTakedown,
  openTakedownsOf,
  type Takedown,
  type Verdict,
} from '../store/aside-takedown.js';
import {
  dueTakedowns,
  hiddenSince,
  hiddenWaiting,
  keepTakedown,
  noteHid,
  noteLookedAt,
  refusedSince,
} from '../store/aside-takedown-kept.js';
import { lockGraph, within } from '../store/commit.js';
import { editsSince } from '../store/edits-since.js';
import { mergedSince } from '../store/person.js';
import { carryOut, changeIdFor, type Editor } from './editor.js';

/** Who asks, when, and under which key. */
export interface Asker {
  /** The name of somebody signed in. */
  actor: string | null;
  /** Milliseconds since 1970-01-01T00:00Z. */
  now: number;
  key: string;
}

/**
 * Keeps a request to take somebody down. Nothing in the answer, in its time or in the statements behind it tells whether there is such a
 * person, or whether somebody asked before; whom it hides is hidden afterwards, by `hideDue`.
 */
export function requestTakedown(graph: Graph, wish: TakedownWish, { actor, now, key }: Asker): Promise<void> {
  return graph.write(async (transaction) => {
    await lockGraph(transaction);
    await keepTakedown(transaction, wish.person, (person) => {
      const open = person !== null && isInTheOpen(person);
      return {
        id: takedownId(actor, key, person?.id ?? ''),
        at: new Date(now).toISOString(),
        reason: wish.reason,
        contact: wish.contact,
        // Until somebody is hidden, they are to be seen.
        urgent: open,
        due: open && !isEstablished(person, dayOfEpoch(now)),
      };
    });
  });
}

export interface Hiding {
  /** Milliseconds since 1970-01-01T00:00Z. */
  now: number;
  /** So many people at most are hidden within an hour without anybody's decision. */
  most: number;
}

const WINDOW_MS = 3_600_000;
/** So many times as many are hidden at a time: however long nobody looks, nobody empties the site. */
const TIMES_WAITING = 10;
/** For so long nobody is hidden by a request once more, after a person has refused one. */
const REFUSED_MS = 90 * 24 * 3_600_000;

/**
 * Hides whoever is asked about and isn't established, until somebody decides; beyond `most` within an hour, and ten times as many that
 * nobody has decided, they wait for a person, and are urgent. What fails is left to be done by the next, and thrown once the rest is done.
 */
export async function hideDue(graph: Writes, hiding: Hiding): Promise<void> {
  const failures: unknown[] = [];
  for (const id of await dueTakedowns(graph)) await hide(graph, id, hiding).catch((error) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

const WHY = 'Hidden until a request to take them down is decided.';

function hide(graph: Writes, id: string, { now, most }: Hiding): Promise<void> {
  return graph.write(async (transaction) => {
    await lockGraph(transaction);
    const takedown = await openTakedown(transaction, id);
    if (!takedown?.due) return;
    const { person } = takedown;
    const isDue =
      isInTheOpen(person) &&
      !isEstablished(person, dayOfEpoch(now)) &&
      !(await refusedSince(transaction, person.id, new Date(now - REFUSED_MS).toISOString()));
    const change =
      isDue && (await mayHide(transaction, now, most))
        ? await carryOut(itself(transaction, takedown, now), 'requestTakedown', [showTo(person.id, 'PRIVATE')])
        : null;
    if (change === null) await noteLookedAt(transaction, id);
    else await noteHid(transaction, takedown, { hid: person.visibility, seq: change.seq, at: now });
  });
}

async function mayHide(graph: Reads, now: number, most: number): Promise<boolean> {
  return (await hiddenSince(graph, now - WINDOW_MS)) < most && (await hiddenWaiting(graph)) < most * TIMES_WAITING;
}

function itself(transaction: Transaction, { id }: Takedown, now: number): Editor {
  const changeId = changeIdFor(OWN_NAME.takedowns, 'requestTakedown', id);
  return {
    graph: within(transaction),
    actor: OWN_NAME.takedowns,
    at: new Date(now).toISOString(),
    changeId,
    note: WHY,
  };
}

const showTo = (id: string, visibility: string): EditInput => ({ type: 'Person', id, set: { visibility } });

export type TakedownDecision = Verdict['status'];

/**
 * Decides a request, and with it whatever else is open about the same person: GRANTED removes them, REFUSED shows them again to whom
 * they showed before a request hid them, unless that was changed since. Answers the change, null where nobody's visibility changed.
 * What is decided so already by the same actor counts as done. `level` is whom the actor sees.
 * @throws AppError NOT_FOUND; CONFLICT, with `decision`, `actor` and `at`, where somebody else decided, or otherwise.
 */
export function decideTakedown(
  editor: Editor,
  id: string,
  status: TakedownDecision,
  level: number,
): Promise<Change | null> {
  return editor.graph.write(async (transaction) => {
    await lockGraph(transaction);
    const takedown = await openTakedown(transaction, id);
    if (takedown === null) return alreadyDecided(transaction, editor, id, status);
    if (takedown.person.gate > level) throw unknown();
    const all = await openTakedownsOf(transaction, [takedown.person.id]);
    const edits = status === 'GRANTED' ? [showTo(takedown.person.id, 'REMOVED')] : await backAsItWas(transaction, all);
    const change = await carryOut({ ...editor, graph: within(transaction) }, 'decideTakedown', edits);
    const verdict = { status, decidedBy: editor.actor, decidedAt: editor.at, note: editor.note };
    for (const each of all) await closeTakedown(transaction, each, verdict);
    return change;
  });
}

async function alreadyDecided(
  transaction: Transaction,
  { actor }: Editor,
  id: string,
  status: TakedownDecision,
): Promise<null> {
  const decided = await decidedTakedown(transaction, id);
  if (decided === null) throw unknown();
  if (decided.status === status && decided.decidedBy === actor) return null;
  const details = { field: 'id', decision: decided.status, actor: decided.decidedBy, at: decided.decidedAt };
  throw new AppError('CONFLICT', `${decided.decidedBy} has decided this request: ${decided.status}.`, details);
}

const unknown = () => new AppError('NOT_FOUND', 'There is no such request.', { field: 'id' });

/** Whoever was merged since, or has taken somebody in, is no longer whom the request hid. */
async function backAsItWas(transaction: Transaction, all: readonly OpenTakedown[]): Promise<EditInput[]> {
  const edits: EditInput[] = [];
  for (const { person, asked, hid, hidSeq } of all) {
    if (hid === null || hidSeq === null || asked !== person.id || person.visibility !== 'PRIVATE') continue;
    const since = await editsSince(transaction, [asked], hidSeq);
    const isTouched = since.some(({ before }) => before !== null && 'visibility' in before);
    if (!isTouched && !(await mergedSince(transaction, asked, hidSeq))) edits.push(showTo(asked, hid));
  }
  return edits;
}
