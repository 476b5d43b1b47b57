import type { ProjectedPerson } from '../domain/evidence.js';
import type { GateCard, Sight } from '../domain/gate.js';
import type { Person } from '../domain/records.js';
import type { Reads, Row } from '../graph/graph.js';
import type { Page, SortCursor } from './page.js';
import { decode } from './records.js';

/** A person as kept, with what the gate looks at and what the claims about them add up to. */
export interface StoredPerson extends Person, GateCard {
  /** `seq` of the last change that edited the record. */
  revision: number;
  /** The key by which people are paged: folded name, a bar, the id. */
  sort: string;
  shown: Omit<ProjectedPerson, 'contradictions'>;
}

/** Which people a list takes; null takes all. */
export interface PeopleFilter {
  ids: readonly string[] | null;
}

/** The person of a node's properties. */
export function personOf(properties: Row): StoredPerson {
  return {
    ...decode('Person', properties),
    gate: Number(properties.gate),
    floor: Number(properties.floor),
    adultFrom: Number(properties.adultFrom),
    revision: Number(properties.revision),
    sort: String(properties.sort),
    shown: JSON.parse(String(properties.shown)) as StoredPerson['shown'],
  };
}

/** People by id or slug, mixed; whoever was merged is answered by the survivor. Not gated. */
export async function people(_graph: Reads, _refs: readonly string[]): Promise<(StoredPerson | null)[]> {
  throw new Error('unwritten');
}

/** People by external id (`wikidata:Q186304`); survivors. Not gated. */
export async function peopleByExternalId(_graph: Reads, _ids: readonly string[]): Promise<(StoredPerson | null)[]> {
  throw new Error('unwritten');
}

/** The people whom this sight sees, by `sort`. */
export async function peoplePage(
  _graph: Reads,
  _page: Page<SortCursor>,
  _filter: PeopleFilter,
  _sight: Sight,
): Promise<StoredPerson[]> {
  throw new Error('unwritten');
}

export async function countPeople(_graph: Reads, _filter: PeopleFilter, _sight: Sight): Promise<number> {
  throw new Error('unwritten');
}
