import type { AnyRecord } from '../domain/change.js';
import { pairKeyOf } from '../domain/ids.js';
import { typeOfId } from '../domain/records.js';
import type { Roles } from '../domain/roles.js';
import type { RecordType } from '../domain/words.js';
import type { Reads, Row } from '../graph/graph.js';
import { evidenceOf } from './evidence.js';
import { loadRecords, storedOf } from './load.js';
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

const OF_PAIRS =
  '/* relationshipsOfPairs */ UNWIND $keys AS key MATCH (r:Relationship {pairKey: key}) RETURN r {.*} AS props';

/** Adds what these pairs are to each other. */
export async function loadPairsInto(records: Records, graph: Reads, pairs: readonly Roles[]): Promise<void> {
  const keys = new Set(pairs.map(({ kind, a, b }) => pairKeyOf(kind, a, b)));
  if (keys.size === 0) return;
  for (const { props } of await graph.read(OF_PAIRS, { keys: [...keys] })) {
    const { record } = storedOf('Relationship', props as Row);
    records.set(record.id, record);
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
