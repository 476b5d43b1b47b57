import type { ProjectedRelationship, Standing } from '../domain/evidence.js';
import type { Relationship } from '../domain/records.js';
import type { Reads } from '../graph/graph.js';
import type { StoredPerson } from './person.js';

/** A relationship as kept, with both parties and what its claims add up to. */
export interface StoredRelationship extends Relationship {
  revision: number;
  standing: Standing;
  shown: Pick<ProjectedRelationship, 'standing' | 'contested' | 'stretches' | 'denials'>;
  /** The people of `a` and `b`, in this order. */
  parties: [StoredPerson, StoredPerson];
}

/** Relationships by id; what was merged is answered by its survivor. Not gated. */
export async function relationships(_graph: Reads, _ids: readonly string[]): Promise<(StoredRelationship | null)[]> {
  throw new Error('unwritten');
}

/** All relationships of each pair of person ids, by kind in the order of `KINDS`; ids of merged people mean the survivors. Not gated. */
export async function relationshipsBetween(
  _graph: Reads,
  _pairs: readonly (readonly [string, string])[],
): Promise<StoredRelationship[][]> {
  throw new Error('unwritten');
}
