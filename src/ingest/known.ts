import type { AnyRecord } from '../domain/change.js';
import { idFromKey } from '../domain/ids.js';
import { slugOf } from '../domain/names.js';
import type { Roles } from '../domain/roles.js';
import type { Known } from '../domain/world.js';
import type { Reads } from '../graph/graph.js';
import { loadClaimsInto, loadInto, loadPairsInto } from '../store/around.js';
import { people } from '../store/person.js';
import { purgedAmong } from '../store/purged.js';
import { definedBy, idOfKey, referencesIn } from './references.js';
import type { Row, RowOf } from './row-schema.js';
import { citationIdsOf } from './statement.js';

/**
 * Reads what the graph holds of the records that these rows may touch: a fixed number of statements, whatever the number of rows
 * (a few more where records were merged away).
 */
export async function readKnown(graph: Reads, rows: readonly Row[]): Promise<Known> {
  const records = new Map<string, AnyRecord>();
  await loadInto(records, graph, rows.flatMap(idsIn));
  const pairs = rows.flatMap((row) => (row.row === 'relationship' ? pairOf(records, row) : []));
  await loadPairsInto(records, graph, pairs);
  await loadClaimsInto(records, graph, claimedAbout(records, rows));
  const claims = [...records.values()].flatMap((record) => ('claim' in record ? record.claim : []));
  await loadInto(records, graph, claims);
  return {
    records: [...records.values()],
    slugs: await takenSlugs(graph, rows, records),
    gone: await purgedAmong(
      graph,
      rows.flatMap(namedIn).filter((id) => !records.has(id)),
    ),
  };
}

/** What a row brings and refers to, by id. */
function namedIn(row: Row): string[] {
  const defined = definedBy(row);
  return [...(defined ? [defined] : []), ...referencesIn(row)].map(idOfKey);
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
  return [
    ...namedIn(row),
    ...citationIdsOf(row),
    ...(row.row === 'relationship' ? (row.period ? [idFromKey('Period', row.period)] : []) : []),
  ];
}

/** The survivors of a row's people. */
function pairOf(records: ReadonlyMap<string, AnyRecord>, { kind, a, b }: RowOf<'relationship'>): Roles {
  const survivorOf = (key: string) => survivorId(records, idOfKey({ type: 'Person', key }));
  return { kind, a: survivorOf(a), b: survivorOf(b) };
}

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
