import type { Change } from '../domain/change.js';
import { relationshipId } from '../domain/ids.js';
import type { Period } from '../domain/records.js';
import { carryOut, type Editor } from './editor.js';
import { type Pair, planned, type Saying } from './say.js';

/**
 * Records what two people are or were to each other, as an editor's decision: claims and citations are ACCEPTED. What is said goes to
 * the period that it fits, or makes a new one.
 * @throws AppError INVALID_INPUT, rule CITED, without a citation; DATE_ORDER for an end before the start (T3).
 */
export async function recordRelationship(
  editor: Editor,
  pair: Pair,
  sayings: readonly Saying[],
): Promise<Change | null> {
  const statements = [{ about: pair, sayings }];
  return carryOut(editor, 'recordRelationship', (graph) => planned(editor, graph, statements, 'ACCEPTED'));
}

export const relationshipOf = ({ kind, a, b }: Pick<Pair, 'kind' | 'a' | 'b'>): string => relationshipId(kind, a, b);

/** Changes what a period is, and the events that began or ended it. */
export function updatePeriod(
  editor: Editor,
  id: string,
  set: Partial<Pick<Period, 'type' | 'startedBy' | 'endedBy'>>,
  revision: number,
): Promise<Change | null> {
  return carryOut(editor, 'updatePeriod', [{ type: 'Period', id, set }], { [id]: revision });
}
