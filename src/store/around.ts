import type { AnyRecord } from '../domain/change.js';
import { type RecordType, typeOfId } from '../domain/records.js';
import type { Reads } from '../graph/graph.js';
import { evidenceOf } from './evidence.js';
import { loadRecords } from './load.js';
import { periodsOf } from './period.js';

/** Records by id, as a plan reads them. */
export type Records = Map<string, AnyRecord>;

/** Adds the records with these ids that aren't there yet, and whatever they were merged into. */
export async function loadInto(records: Records, graph: Reads, ids: readonly string[]): Promise<void> {
  let missing = [...new Set(ids)].filter((id) => !records.has(id));
  while (missing.length > 0) {
    const found = [...(await loadRecords(graph, missing)).values()].map(({ record }) => record);
    for (const record of found) records.set(record.id, record);
    missing = found.flatMap((record) => ('mergedInto' in record ? (record.mergedInto ?? []) : []));
    missing = missing.filter((id) => !records.has(id));
  }
}

/**
 * Adds the periods of all relationships that are there, and the claims with their citations about those, their periods, and
 * `subjects`: in a fixed number of statements.
 */
export async function loadClaimsInto(records: Records, graph: Reads, subjects: readonly string[]): Promise<void> {
  const relationships = idsOf(records, 'Relationship');
  for (const period of (await periodsOf(graph, relationships)).flat()) records.set(period.id, period);
  const all = [...relationships, ...idsOf(records, 'Period'), ...subjects];
  for (const { claim, citations } of [...(await evidenceOf(graph, all)).values()].flat()) {
    records.set(claim.id, claim);
    for (const { citation } of citations) records.set(citation.id, citation);
  }
}

const idsOf = (records: Records, type: RecordType) => [...records.keys()].filter((id) => typeOfId(id) === type);
