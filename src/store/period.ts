import type { ProjectedPeriod, Standing } from '../domain/evidence.js';
import type { Period } from '../domain/records.js';
import type { Reads } from '../graph/graph.js';

/** A period as kept, with what its claims add up to. */
export interface StoredPeriod extends Period {
  revision: number;
  standing: Standing;
  shown: ProjectedPeriod;
}

/** Periods by id; what was merged is answered by its survivor. Not gated: a period is seen where its relationship is, and at its standing. */
export async function periods(_graph: Reads, _ids: readonly string[]): Promise<(StoredPeriod | null)[]> {
  throw new Error('unwritten');
}

/** Every period of each relationship, of whatever standing, in time order (startMax, startMin, id). Not gated. */
export async function periodsOf(_graph: Reads, _relationshipIds: readonly string[]): Promise<StoredPeriod[][]> {
  throw new Error('unwritten');
}
