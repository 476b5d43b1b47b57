import type { Change, EditInput } from '../domain/change.js';
import { basisOf, mayGiveWay } from '../domain/contradiction.js';
import type { CitedClaim, ContradictionType } from '../domain/evidence.js';
import { idFromKey } from '../domain/ids.js';
import { type Resolution, typeOfId } from '../domain/records.js';
import { refused } from '../domain/rules.js';
import { AppError, invalid } from '../errors.js';
import type { Reads } from '../graph/graph.js';
import { citedClaims } from '../store/answered.js';
import { contradictionNow, lastEdits } from '../store/decided.js';
import { loadRecords, type Stored } from '../store/load.js';
import { carryOut, type Editor } from './editor.js';

/** How a contradiction is answered, and why. */
export interface Answer extends Pick<Resolution, 'kind' | 'prefer' | 'note'> {
  /** The revision of the resolution that this one replaces; null where there should be none that holds. */
  revision: number | null;
}

/**
 * Answers a contradiction: what both claims rest on now is kept with it, and once that differs it is void. Null where the editor has
 * answered it so already.
 * @throws AppError NOT_FOUND for a contradiction that is none, or no longer; CONFLICT, with its note, for one that somebody has
 * answered; REFUSED, rules NO_PREFERENCE, LIFE_STANDS and GUEST; INVALID_INPUT, rules PREFER and NOTE.
 */
export async function resolveContradiction(editor: Editor, id: string, answer: Answer): Promise<Change | null> {
  const note = answer.note.trim();
  if (note === '') throw invalid('note', 'NOTE', 'A resolution says why.');
  editor.paths?.set(idFromKey('Resolution', id), '');
  return carryOut(editor, 'resolveContradiction', (graph) => answered(graph, editor.actor, id, { ...answer, note }));
}

async function answered(graph: Reads, actor: string, id: string, answer: Answer): Promise<EditInput[]> {
  const { kind, prefer, note } = answer;
  const found = await contradictionNow(graph, id);
  const [first, second] = found === null ? [] : await citedClaims(graph, found.claims);
  if (found === null || first === undefined || second === undefined)
    throw new AppError('NOT_FOUND', 'There is no such contradiction any more', { field: 'id' });
  if (kind === 'PREFER')
    checkPreference(found.type, prefer === first.claim.id ? first : second, prefer === first.claim.id ? second : first);
  // One for the pair: whoever answers next finds it, holding or void.
  const record = idFromKey('Resolution', id);
  if (found.resolution !== null && (await isDone(graph, actor, record, answer))) return [];
  const claims = [first.claim.id, second.claim.id].sort();
  return [{ type: 'Resolution', id: record, set: { claims, kind, prefer, note, basis: basisOf(first, second) } }];
}

/** Refuses to prefer what would silence nothing, or something of who is seen by others than the winner is. */
function checkPreference(type: ContradictionType, winner: CitedClaim, over: CitedClaim): void {
  if (type === 'MARRIAGE_OVERLAP') {
    const why = 'Two marriages can overlap: reject what is wrong, or say that both stand';
    throw refused('NO_PREFERENCE', why, { field: 'kind' });
  }
  if (mayGiveWay(over, winner)) return;
  if (typeOfId(over.claim.subject) !== 'Person') {
    const why = 'The event does not depend on this person: reject what is wrong, or correct who took part';
    throw refused('GUEST', why, { field: 'prefer' });
  }
  const field = over.claim.field.toLowerCase();
  const why = `A ${field} gives way only to claims about the same person: reject or correct the claim of the ${field} instead`;
  throw refused('LIFE_STANDS', why, { field: 'prefer', claim: over.claim.id });
}

/** Whether the actor has answered it so. Who has answered it otherwise is overruled only by somebody who has seen their answer. */
async function isDone(graph: Reads, actor: string, record: string, answer: Answer): Promise<boolean> {
  const stored = (await loadRecords(graph, [record])).get(record) as Stored<'Resolution'> | undefined;
  if (stored === undefined || stored.revision === answer.revision) return false;
  const { kind, prefer, note } = stored.record;
  const last = (await lastEdits(graph, [record])).get(record);
  if (last?.actor === actor && kind === answer.kind && prefer === answer.prefer && note === answer.note) return true;
  const { revision } = stored;
  throw new AppError('CONFLICT', `${last?.actor ?? 'Somebody'} has answered it already`, {
    ...{ record, revision, ...last, kind, prefer, note },
  });
}
