import type { Change } from '../domain/change.js';
import type { Event } from '../domain/records.js';
import { carryOut, type Editor, madeId } from './editor.js';
import { sayAll, worldAround } from './say.js';
import type { Saying } from './say-claim.js';

export type EventFields = Pick<Event, 'kind' | 'participants'>;

/** Records what happened, as an editor's decision. @throws AppError INVALID_INPUT, rule CITED, without a citation. */
export async function recordEvent(
  editor: Editor,
  fields: EventFields,
  sayings: readonly Saying[],
): Promise<Change | null> {
  const id = madeId(editor, 'Event', 0);
  editor.paths?.set(id, 'input');
  const statements = [{ about: { subject: id }, sayings }];
  return carryOut(editor, 'recordEvent', async (graph) => {
    const world = await worldAround(graph, statements);
    world.add('Event', { id, ...fields, mergedInto: null });
    sayAll(editor, world, statements, 'ACCEPTED');
    return world.keep();
  });
}

export function updateEvent(
  editor: Editor,
  id: string,
  set: Partial<EventFields>,
  revision: number,
): Promise<Change | null> {
  editor.paths?.set(id, 'set');
  return carryOut(editor, 'updateEvent', [{ type: 'Event', id, set }], { [id]: revision });
}
