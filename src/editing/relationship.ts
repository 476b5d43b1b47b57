import type { Change, EditInput } from '../domain/change.js';
import type { Period } from '../domain/records.js';
import { turn } from '../domain/roles.js';
import { AppError, invalid } from '../errors.js';
import type { Reads } from '../graph/graph.js';
import { carryOut, type Editor } from './editor.js';
import { type Pair, planned, worldAround } from './say.js';
import type { Saying } from './say-claim.js';

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

/**
 * Says who of parent and child is the parent: whatever is said of the two is said of these roles from then on, and
 * what waits is marked.
 * @throws AppError INVALID_INPUT, rule PARTY, where nobody of the two is meant, or neither is a parent.
 */
export function updateRelationship(
  editor: Editor,
  id: string,
  { parent }: { parent?: string },
  revision: number,
): Promise<Change | null> {
  const plan = async (graph: Reads): Promise<EditInput[]> => {
    const world = await worldAround(graph, [{ about: { subject: id }, sayings: [] }]);
    const found = world.get('Relationship', id);
    if (found === null) throw new AppError('NOT_FOUND', `There is no relationship ${id}`, { field: 'id' });
    const { kind, a, b } = found;
    if (parent === undefined) return [];
    if (kind !== 'PARENT_CHILD' || (parent !== a && parent !== b))
      throw invalid('set.parent', 'PARTY', 'Only one of a parent and a child is the parent');
    if (parent !== a) turn(world, found, { a: b, b: a });
    return world.keep();
  };
  return carryOut(editor, 'updateRelationship', plan, { [id]: revision });
}

/** Changes what a period is, and the events that began or ended it. */
export function updatePeriod(
  editor: Editor,
  id: string,
  set: Partial<Pick<Period, 'type' | 'startedBy' | 'endedBy'>>,
  revision: number,
): Promise<Change | null> {
  editor.paths?.set(id, 'set');
  return carryOut(editor, 'updatePeriod', [{ type: 'Period', id, set }], { [id]: revision });
}
