import type { SetVisibility } from '../domain/words.js';
import type { World } from '../domain/world.js';
import { invalid } from '../errors.js';
import { idOfKey } from './references.js';

/** What the importing person decides for everything that the rows bring. */
export interface Decisions {
  /** Claims and citations are ACCEPTED, else PROPOSED. */
  accept: boolean;
  /** Of people whose row says none. */
  visibility: Exclude<SetVisibility, 'REMOVED'>;
  /** Marks people whose row doesn't say as adults. */
  adults: boolean;
}

/** The record that a row names by key. @throws AppError UNKNOWN_KEY; REMOVED for who was taken down or purged, and what went with them. */
export function named<T extends 'Person' | 'Article' | 'Event'>(world: World, type: T, key: string, field: string) {
  const id = idOfKey({ type, key });
  checkNotGone(world, id, field);
  const record = world.survivor(type, id);
  if (record === null) {
    const what = `${type.toLowerCase()} ${JSON.stringify(key)}`;
    throw invalid(field, 'UNKNOWN_KEY', `There is no ${what}: a row names what stands before it, or is in the graph`);
  }
  if ('visibility' in record && (record.visibility === 'REMOVED' || record.visibility === 'PURGED'))
    throw invalid(field, 'REMOVED', `${record.id} was taken down: nothing about them is loaded`);
  return record;
}

/** @throws AppError REMOVED for what is not there because of somebody who was taken down or purged. */
export function checkNotGone(world: World, id: string, field: string): void {
  if (world.isGone(id))
    throw invalid(
      field,
      'REMOVED',
      `${id} was left out because of somebody who was taken down: nothing of it is loaded`,
    );
}
