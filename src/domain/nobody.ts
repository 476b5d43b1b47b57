import { idFromKey } from './ids.js';
import type { Person } from './records.js';

/** What is left of a person who was purged: an id, and that it stands for nobody. */
export function nobody(id: string): Omit<Person, 'id'> {
  return {
    slug: `purged-${idFromKey('Person', id).slice('per_'.length)}`,
    name: '█',
    aliases: [],
    description: null,
    externalIds: [],
    visibility: 'PURGED',
    adult: false,
    notSameAs: [],
    mergedInto: null,
  };
}
