import type { EditInput } from '../domain/change.js';
import type { Claim, Event, Participant } from '../domain/records.js';
import type { Reads, Row } from '../graph/graph.js';
import { loadRecords, storedOf } from './load.js';
import { people } from './person.js';

const KNOWN = `/* participantsClaimed */ UNWIND $ids AS id MATCH (c:Claim {id: id}) WHERE c.field = 'PARTICIPANT' RETURN c {.*} AS props`;

/**
 * Edits with whatever follows from accepting who took part: whoever an accepted claim on PARTICIPANT names is a participant of the event
 * from then on, in the same change, and is no more when that is undone. Taking the claim back alone leaves the participants, who may
 * have been recorded anyhow.
 */
export async function withParticipants(graph: Reads, edits: readonly EditInput[]): Promise<EditInput[]> {
  const accepted = await acceptedIn(graph, edits);
  if (accepted.length === 0) return [...edits];
  const named = accepted.flatMap(({ value }) => ('person' in value ? value.person : []));
  const survivors = new Map((await people(graph, named)).map((person, at) => [named[at], person?.id]));
  const events = await loadRecords(
    graph,
    accepted.map(({ subject }) => subject),
  );
  const after = [...edits];
  for (const { subject, value } of accepted) {
    if (!('person' in value)) continue;
    const { person: who, role } = value;
    const set = after.filter(({ id }) => id === subject).map((edit) => (edit.set ?? {}) as Partial<Event>);
    const known = set.findLast(({ participants }) => participants !== undefined)?.participants;
    const there: readonly Participant[] =
      known ?? (events.get(subject)?.record as Event | undefined)?.participants ?? [];
    const person = survivors.get(who) ?? who;
    if (there.some((each) => each.person === person && each.role === role)) continue;
    after.push({ type: 'Event', id: subject, set: { participants: [...there, { person, role }] } });
  }
  return after;
}

/** The claims on PARTICIPANT that these edits accept. */
async function acceptedIn(graph: Reads, edits: readonly EditInput[]): Promise<Pick<Claim, 'subject' | 'value'>[]> {
  const accepting = edits.filter(({ type, set }) => type === 'Claim' && set?.verdict === 'ACCEPTED');
  if (accepting.length === 0) return [];
  const ids = accepting.filter(({ set }) => set?.field === undefined).map(({ id }) => id);
  const rows = ids.length === 0 ? [] : await graph.read(KNOWN, { ids });
  const stored = new Map(
    rows.map(({ props }) => storedOf<'Claim'>('Claim', props as Row).record).map((claim) => [claim.id, claim]),
  );
  return accepting
    .filter(({ id }) => stored.get(id)?.verdict !== 'ACCEPTED')
    .map(({ id, set }) => ({ polarity: 'ASSERTS', ...stored.get(id), ...set }) as Claim)
    .filter(({ field, polarity }) => field === 'PARTICIPANT' && polarity === 'ASSERTS');
}
