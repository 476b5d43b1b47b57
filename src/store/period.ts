import type { ProjectedPeriod, Standing } from '../domain/evidence.js';
import type { Period } from '../domain/records.js';
import type { PeriodType } from '../domain/words.js';
import type { Reads, Row } from '../graph/graph.js';
import { compareTexts, distinct, inOrderOf } from './page.js';
import { decode } from './records.js';

/** A period as kept, with what its claims add up to. */
export interface StoredPeriod extends Period {
  revision: number;
  standing: Standing;
  shown: ProjectedPeriod;
}

/** The period of a node's properties. */
export function periodOf(properties: Row): StoredPeriod {
  return {
    ...decode('Period', properties),
    revision: Number(properties.revision),
    standing: Number(properties.standing) as Standing,
    shown: JSON.parse(String(properties.shown)) as ProjectedPeriod,
  };
}

/** The stages of a romance: of two periods that may have begun on one day, the lower stage came first (design.md, section 3). */
const STAGE: Partial<Record<PeriodType, number>> = { ENGAGED: 1, MARRIED: 2, PARTNERSHIP: 2 };

/** Periods of one relationship in time order: startMax, startMin, stage, id. */
export function inTimeOrder(periods: readonly StoredPeriod[]): StoredPeriod[] {
  const keyOf = ({ shown: { bounds }, type }: StoredPeriod) => [bounds.startMax, bounds.startMin, STAGE[type] ?? 0];
  return [...periods].sort((one, other) => {
    const theirs = keyOf(other);
    const difference = keyOf(one).map((key, place) => key - (theirs[place] ?? 0));
    return difference.find((value) => value !== 0) ?? compareTexts(one.id, other.id);
  });
}

const BY_ID = `/* periods */ UNWIND $keys AS key
MATCH (:Period {id: key})-[:MERGED_INTO*0..]->(d:Period) WHERE d.mergedInto IS NULL
RETURN key, d {.*} AS period`;

/** Periods by id; what was merged is answered by its survivor. Not gated: a period is seen where its relationship is, and at its standing. */
export async function periods(graph: Reads, ids: readonly string[]): Promise<(StoredPeriod | null)[]> {
  const keys = distinct(ids);
  if (keys.length === 0) return ids.map(() => null);
  return inOrderOf(ids, await graph.read(BY_ID, { keys }), ({ period }) => periodOf(period as Row));
}

const OF_RELATIONSHIPS = `/* periodsOf */ UNWIND $keys AS key
MATCH (r:Relationship {id: key})-[:HAS_PERIOD]->(d:Period) WHERE d.mergedInto IS NULL
RETURN key, collect(d {.*}) AS periods`;

/** Every period of each relationship, of whatever standing, in time order. Not gated. */
export async function periodsOf(graph: Reads, relationshipIds: readonly string[]): Promise<StoredPeriod[][]> {
  const keys = distinct(relationshipIds);
  if (keys.length === 0) return relationshipIds.map(() => []);
  const rows = await graph.read(OF_RELATIONSHIPS, { keys });
  const found = inOrderOf(relationshipIds, rows, (row) => inTimeOrder((row.periods as Row[]).map(periodOf)));
  return found.map((list) => list ?? []);
}
