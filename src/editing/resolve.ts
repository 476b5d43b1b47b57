import type { Change } from '../domain/change.js';
import { basisOf } from '../domain/contradiction.js';
import { contradictionId, idFromKey } from '../domain/ids.js';
import type { Claim, Resolution } from '../domain/records.js';
import { refused } from '../domain/rules.js';
import { AppError, invalid } from '../errors.js';
import { lastEdits, resolutionOf } from '../store/decided.js';
import { evidenceOf } from '../store/evidence.js';
import { loadRecords } from '../store/load.js';
import { carryOut, type Editor } from './editor.js';

/** How a contradiction between two claims is answered, and why. */
export interface Answer extends Pick<Resolution, 'kind' | 'prefer' | 'note'> {
  /** The revision of the resolution that this one replaces; null where there should be none that holds. */
  revision: number | null;
}

/**
 * Answers a contradiction: what both claims rest on now is kept with it, and once that differs it is void.
 * @throws AppError REFUSED, rule NO_CONTRADICTION; CONFLICT, with its note, for one that somebody has answered already;
 * INVALID_INPUT, rules PREFER and NOTE.
 */
export async function resolveContradiction(
  editor: Editor,
  [a, b]: readonly [string, string],
  { kind, prefer, note, revision }: Answer,
): Promise<Change | null> {
  if (note.trim() === '') throw invalid('note', 'NOTE', 'A resolution says why.');
  const { graph } = editor;
  const holding = await resolutionOf(graph, contradictionId([a, b]));
  if (holding === undefined)
    throw refused('NO_CONTRADICTION', 'These two claims do not contradict each other', { field: 'b' });
  if (holding !== null) await checkReplaced(editor, holding, revision);
  const claims = await loadRecords(graph, [a, b]);
  const [one, other] = [a, b].map((id) => claims.get(id)?.record as Claim);
  const cited = [
    ...(
      await evidenceOf(
        graph,
        [one?.subject, other?.subject].filter((id) => id !== undefined),
      )
    ).values(),
  ].flat();
  const [first, second] = [a, b].sort().map((id) => cited.find(({ claim }) => claim.id === id));
  if (first === undefined || second === undefined)
    throw new AppError('NOT_FOUND', 'One of the claims is gone', { field: 'b' });
  // One for the pair, so that two who answer at once find each other.
  const id = holding ?? idFromKey('Resolution', contradictionId([a, b]));
  const stored = (await loadRecords(graph, [id])).get(id);
  const set = {
    claims: [first.claim.id, second.claim.id],
    kind,
    prefer,
    note: note.trim(),
    basis: basisOf(first, second),
  };
  const seen = Object.fromEntries([...claims].map(([claim, stored]) => [claim, stored.revision]));
  return carryOut(editor, 'resolveContradiction', [{ type: 'Resolution', id, set }], {
    ...seen,
    [id]: revision ?? stored?.revision ?? 0,
  });
}

/** Who has answered it already is overruled only by somebody who has seen their answer. */
async function checkReplaced({ graph }: Editor, id: string, revision: number | null): Promise<void> {
  const stored = (await loadRecords(graph, [id])).get(id);
  if (stored === undefined || revision !== null) return;
  const actor = (await lastEdits(graph, [id])).get(id)?.actor;
  const { kind, note } = stored.record as Resolution;
  throw new AppError('CONFLICT', `${actor ?? 'Somebody'} has answered it already`, {
    ...{ record: id, revision: stored.revision, actor, kind, note },
  });
}
