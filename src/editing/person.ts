import type { Change } from '../domain/change.js';
import { slugOf } from '../domain/names.js';
import type { Person } from '../domain/records.js';
import { ID_PREFIX, type SetVisibility } from '../domain/words.js';
import type { Reads } from '../graph/graph.js';
import { people } from '../store/person.js';
import { carryOut, type Editor, madeId } from './editor.js';

/** What an editor says of somebody: everything of a person that no source needs to say. */
export type PersonFields = Pick<Person, 'name' | 'aliases' | 'description' | 'externalIds' | 'adult'>;

/**
 * Makes somebody. Without a slug theirs comes from the name, with the beginning of the id behind it where somebody has it.
 * @throws AppError CONFLICT, rule UNIQUE, for a given slug that is taken; INVALID_INPUT.
 */
export async function createPerson(
  editor: Editor,
  fields: Partial<PersonFields> & { name: string; visibility: Exclude<SetVisibility, 'REMOVED'>; slug: string | null },
): Promise<Change | null> {
  const id = madeId(editor, 'Person', 0);
  editor.paths?.set(id, 'input');
  return carryOut(editor, 'createPerson', async (graph) => {
    const slug = fields.slug ?? (await freeSlug(graph, slugOf(fields.name), id));
    return [{ type: 'Person', id, set: { ...fields, slug } }];
  });
}

async function freeSlug(graph: Reads, wish: string, id: string): Promise<string> {
  const [taken] = await people(graph, [wish]);
  const start = ID_PREFIX.Person.length;
  return taken ? `${wish}-${id.slice(start, start + 8)}` : wish;
}

export function updatePerson(
  editor: Editor,
  id: string,
  set: Partial<PersonFields>,
  revision: number,
): Promise<Change | null> {
  editor.paths?.set(id, 'set');
  return carryOut(editor, 'updatePerson', [{ type: 'Person', id, set }], { [id]: revision });
}

/** Sets to whom a person shows. */
export function setVisibility(
  editor: Editor,
  id: string,
  visibility: SetVisibility,
  revision: number,
): Promise<Change | null> {
  editor.paths?.set(id, '');
  return carryOut(editor, 'setVisibility', [{ type: 'Person', id, set: { visibility } }], { [id]: revision });
}
