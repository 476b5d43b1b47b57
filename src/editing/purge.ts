import type { Action } from '../domain/action.js';
import type { Change } from '../domain/change.js';
import { invalid } from '../errors.js';
import type { Graph } from '../graph/graph.js';
import { purge } from '../store/purge.js';
import type { Editor } from './editor.js';

const MOST_SPELLINGS = 100;
const LONGEST = 200;

export interface PurgeWish {
  /** The id of somebody who is REMOVED. */
  person: string;
  spellings: readonly string[];
  /** The revision of the person that was seen; null where nobody asks. */
  seen: number | null;
}

/**
 * Forgets somebody for good: the one change that nobody can take back (design.md, section 5).
 * @throws AppError REFUSED, rules NOT_REMOVED, MERGED and PURGE_SIZE; CONFLICT; INVALID_INPUT, rule SPELLINGS.
 */
export function purgePerson(
  { actor, at, changeId, note, input }: Editor,
  graph: Graph,
  { person, spellings, seen }: PurgeWish,
): Promise<Change | null> {
  if (spellings.length > MOST_SPELLINGS || spellings.some((name) => name.trim() === '' || name.length > LONGEST))
    throw invalid('spellings', 'SPELLINGS', `At most ${MOST_SPELLINGS} spellings of 1 to ${LONGEST} characters`);
  const order = {
    id: changeId,
    at,
    actor,
    action: 'purgePerson' satisfies Action,
    note,
    batch: null,
    input: input ?? null,
  };
  return purge(graph, { ...order, person, spellings, expected: seen === null ? {} : { [person]: seen } });
}
