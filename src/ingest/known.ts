import type { AnyRecord } from '../domain/change.js';
import { idFromKey, inPartyOrder, relationshipId } from '../domain/ids.js';
import { slugOf } from '../domain/names.js';
import { type RecordType, typeOfId } from '../domain/records.js';
import type { Known } from '../domain/world.js';
import type { Reads } from '../graph/graph.js';
import { evidenceOf } from '../store/evidence.js';
import { loadRecords } from '../store/load.js';
import { periodsOf } from '../store/period.js';
import { people } from '../store/person.js';
import { definedBy, idOfKey, referencesIn } from './references.js';
import type { Row, RowOf } from './row-schema.js';
import { citationIdsOf, statedRelationship } from './statement.js';

/**
 * Reads what the graph holds of the records that these rows may touch: a fixed number of statements, whatever the number of rows
 * (a few more where records were merged away).
 */
export async function readKnown(graph: Reads, rows: readonly Row[]): Promise<Known> {
  const records = new Map<string, AnyRecord>();
  await loadInto(records, graph, rows.flatMap(idsIn));
  const pairs = rows.flatMap((row) => (row.row === 'relationship' ? pairOf(records, row) : []));
  await loadInto(records, graph, pairs);
  const relationships = idsOf(records, 'Relationship');
  for (const period of (await periodsOf(graph, relationships)).flat()) records.set(period.id, period);
  const subjects = [...idsOf(records, 'Relationship'), ...idsOf(records, 'Period'), ...claimedAbout(records, rows)];
  for (const { claim, citations } of [...(await evidenceOf(graph, subjects)).values()].flat()) {
    records.set(claim.id, claim);
    for (const { citation } of citations) records.set(citation.id, citation);
  }
  const claims = [...records.values()].flatMap((record) => ('claim' in record ? record.claim : []));
  await loadInto(records, graph, claims);
  return { records: [...records.values()], slugs: await takenSlugs(graph, rows, records) };
}

/** The people and events that rows claim something about, or whom they were merged into. */
function claimedAbout(records: ReadonlyMap<string, AnyRecord>, rows: readonly Row[]): string[] {
  const claiming = rows.filter((row) => row.row !== 'article' && row.claims.length > 0);
  return claiming.flatMap((row) => definedBy(row) ?? []).map((defined) => survivorId(records, idOfKey(defined)));
}

/** The id that an id leads to, through all merges. */
function survivorId(records: ReadonlyMap<string, AnyRecord>, id: string): string {
  const record = records.get(id);
  return record && 'mergedInto' in record && record.mergedInto ? survivorId(records, record.mergedInto) : id;
}

function idsIn(row: Row): string[] {
  const defined = definedBy(row);
  return [
    ...(defined ? [idOfKey(defined)] : []),
    ...referencesIn(row).map(idOfKey),
    ...citationIdsOf(row),
    ...(row.row === 'relationship'
      ? [statedRelationship(row), ...(row.period ? [idFromKey('Period', row.period)] : [])]
      : []),
  ];
}

/** Loads what isn't there yet, and whatever it was merged into. */
async function loadInto(records: Map<string, AnyRecord>, graph: Reads, ids: readonly string[]): Promise<void> {
  let missing = [...new Set(ids)].filter((id) => !records.has(id));
  while (missing.length > 0) {
    const found = [...(await loadRecords(graph, missing)).values()].map(({ record }) => record);
    for (const record of found) records.set(record.id, record);
    missing = found.flatMap((record) => ('mergedInto' in record ? (record.mergedInto ?? []) : []));
    missing = missing.filter((id) => !records.has(id));
  }
}

/** The relationship between the survivors of a row's people. */
function pairOf(records: ReadonlyMap<string, AnyRecord>, { kind, a, b }: RowOf<'relationship'>): string[] {
  const survivorOf = (key: string) => survivorId(records, idOfKey({ type: 'Person', key }));
  const parties = inPartyOrder(kind, survivorOf(a), survivorOf(b));
  return [relationshipId(kind, parties.a, parties.b)];
}

const idsOf = (records: ReadonlyMap<string, AnyRecord>, type: RecordType) =>
  [...records.keys()].filter((id) => typeOfId(id) === type);

async function takenSlugs(
  graph: Reads,
  rows: readonly Row[],
  records: ReadonlyMap<string, AnyRecord>,
): Promise<string[]> {
  const fresh = rows.flatMap((row) =>
    row.row === 'person' && !records.has(idOfKey({ type: 'Person', key: row.key }))
      ? (row.slug ?? slugOf(row.name))
      : [],
  );
  const wished = [...new Set(fresh)];
  const taken = await people(graph, wished);
  return wished.filter((_, at) => taken[at] !== null && taken[at] !== undefined);
}
