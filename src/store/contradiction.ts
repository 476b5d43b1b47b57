import type { ContradictionType, FoundContradiction } from '../domain/evidence.js';
import type { Sight } from '../domain/gate.js';
import type { RecordOf } from '../domain/records.js';
import type { Field } from '../domain/words.js';
import type { Params, Reads, Row } from '../graph/graph.js';
import { CONTRADICTION_GATE, gateParams } from './gate.js';
import { storedOf } from './load.js';
import { compareTexts, countsInOrderOf, distinct, FIRST_PLACE, inOrderOf, type Page } from './page.js';

/** A contradiction as kept; `resolution` is what answers it and still holds. */
export interface StoredContradiction extends Omit<FoundContradiction, 'resolution'> {
  resolution: (RecordOf['Resolution'] & { revision: number }) | null;
}

/** Which contradictions a list takes; null takes all. */
export interface ContradictionFilter {
  isOpen: boolean | null;
  types: readonly ContradictionType[] | null;
  field: Field | null;
  /** The id of somebody whom it concerns. */
  person: string | null;
}

const ALL: ContradictionFilter = { isOpen: null, types: null, field: null, person: null };

/** A contradiction's place in every list: they stand in the order of their ids. */
export interface IdCursor {
  id: string;
}

const CARD = `{contradiction: k {.*}, resolution: [(k)-[:BETWEEN]->(:Claim)<-[:ON]-(o:Resolution) WHERE o.id = k.resolution | o {.*}]}`;

const TAKEN = `($anyState OR (k.resolution IS NULL) = $isOpen) AND ($anyType OR k.type IN $types) AND ($anyField OR k.field = $field) AND ${CONTRADICTION_GATE}`;

function contradictionOf(row: Row): StoredContradiction {
  const { id, type, subject, field, claims } = row.contradiction as Row;
  const [resolution] = row.resolution as Row[];
  return {
    id: String(id),
    type: type as ContradictionType,
    subject: String(subject),
    field: field as Field,
    claims: claims as [string, string],
    resolution: resolution
      ? { ...storedOf('Resolution', resolution).record, revision: Number(resolution.revision) }
      : null,
  };
}

const BY_ID = `/* contradictions */ UNWIND $keys AS key MATCH (k:Contradiction {id: key}) WHERE ${CONTRADICTION_GATE} RETURN key, ${CARD} AS found`;

/** Contradictions by id, null where the sight doesn't see somebody in it. */
export async function contradictions(
  graph: Reads,
  ids: readonly string[],
  sight: Sight,
): Promise<(StoredContradiction | null)[]> {
  const keys = distinct(ids);
  if (keys.length === 0) return ids.map(() => null);
  const rows = await graph.read(BY_ID, { keys, ...gateParams(sight) });
  return inOrderOf(ids, rows, ({ found }) => contradictionOf(found as Row));
}

const PAGE = `/* contradictionsPage */ MATCH (k:Contradiction) WHERE k.id > $after AND ${TAKEN}
WITH k ORDER BY k.id LIMIT $first RETURN ${CARD} AS found`;

/** A page of all contradictions, or of one person's, by id. */
export async function contradictionsPage(
  graph: Reads,
  page: Page<IdCursor>,
  filter: ContradictionFilter,
  sight: Sight,
): Promise<StoredContradiction[]> {
  if (filter.person !== null)
    return (await contradictionsOf(graph, 'people', [filter.person], page, sight, filter))[0] ?? [];
  const rows = await graph.read(PAGE, paramsOf(page, filter, sight));
  return rows.map(({ found }) => contradictionOf(found as Row)).sort(byId);
}

const COUNT = `/* countContradictionsOf all */ MATCH (k:Contradiction) WHERE ${TAKEN} RETURN count(k) AS found`;

export async function countContradictions(graph: Reads, filter: ContradictionFilter, sight: Sight): Promise<number> {
  if (filter.person !== null)
    return (await countContradictionsOf(graph, 'people', [filter.person], sight, filter))[0] ?? 0;
  const [row] = await graph.read(COUNT, { ...filterParams(filter), ...gateParams(sight) });
  return Number(row?.found ?? 0);
}

/** Finds `k` from its owner `s`. */
const OWNERS = {
  people: {
    owner: 'MATCH (s:Person {id: key})',
    down: 'MATCH (s)<-[:CONCERNS]-(:Claim)<-[:BETWEEN]-(k:Contradiction) RETURN k',
  },
  relationships: {
    owner: 'MATCH (s:Relationship {id: key})',
    down: `MATCH (s)-[:HAS_PERIOD]->(:Period)<-[:ABOUT]-(:Claim)<-[:BETWEEN]-(k:Contradiction) RETURN k
    UNION MATCH (s)<-[:ABOUT]-(:Claim)<-[:BETWEEN]-(k:Contradiction) RETURN k`,
  },
};

export type Owner = keyof typeof OWNERS;

const idsOf = (of: Owner) => `/* contradictionIdsOf ${of} */ UNWIND $keys AS key ${OWNERS[of].owner}
CALL (s) { ${OWNERS[of].down} }
WITH DISTINCT key, k WHERE k.id > $after AND ${TAKEN}
RETURN key, collect(k.id) AS ids`;
const IDS = { people: idsOf('people'), relationships: idsOf('relationships') };

/** A page for each person or relationship of the contradictions that concern them, by id. Two statements. */
export async function contradictionsOf(
  graph: Reads,
  of: Owner,
  ids: readonly string[],
  page: Page<IdCursor>,
  sight: Sight,
  filter: ContradictionFilter = ALL,
): Promise<StoredContradiction[][]> {
  const keys = distinct(ids);
  if (keys.length === 0) return ids.map(() => []);
  const rows = await graph.read(IDS[of], { keys, ...paramsOf(page, filter, sight) });
  const pages = inOrderOf(ids, rows, (row) => (row.ids as string[]).sort(compareTexts).slice(0, page.first));
  const all = [...new Set(pages.flatMap((own) => own ?? []))];
  const found = new Map((await contradictions(graph, all, sight)).map((each, place) => [all[place], each]));
  return pages.map((own) => (own ?? []).flatMap((id) => found.get(id) ?? []));
}

const countOf = (of: Owner) => `/* countContradictionsOf ${of} */ UNWIND $keys AS key ${OWNERS[of].owner}
CALL (s) { ${OWNERS[of].down} }
WITH DISTINCT key, k WHERE ${TAKEN}
RETURN key, count(k) AS found`;
const COUNTS = { people: countOf('people'), relationships: countOf('relationships') };

export async function countContradictionsOf(
  graph: Reads,
  of: Owner,
  ids: readonly string[],
  sight: Sight,
  filter: ContradictionFilter = ALL,
): Promise<number[]> {
  const keys = distinct(ids);
  if (keys.length === 0) return ids.map(() => 0);
  const rows = await graph.read(COUNTS[of], { keys, ...filterParams(filter), ...gateParams(sight) });
  return countsInOrderOf(ids, rows);
}

const byId = (one: StoredContradiction, other: StoredContradiction) => compareTexts(one.id, other.id);

function paramsOf({ first, after }: Page<IdCursor>, filter: ContradictionFilter, sight: Sight): Params {
  return { first, after: after?.id ?? FIRST_PLACE, ...filterParams(filter), ...gateParams(sight) };
}

function filterParams({ isOpen, types, field }: ContradictionFilter): Row {
  return {
    ...{ anyState: isOpen === null, isOpen: isOpen ?? true, anyType: types === null, types: [...(types ?? [''])] },
    ...{ anyField: field === null, field: field ?? '' },
  };
}
