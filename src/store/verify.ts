import { canonical } from '../domain/canonical.js';
import type { Derived } from '../domain/derived.js';
import { groupBy } from '../domain/group.js';
import { type Citation, RECORD_SCHEMA } from '../domain/records.js';
import { checkRecord, isSupported } from '../domain/rules.js';
import type { Reads, Value } from '../graph/graph.js';
import { contradictionProps } from './derived.js';
import { rebuild } from './verify-derived.js';
import { compareEdges } from './verify-edges.js';
import { compareHistory } from './verify-history.js';
import { comparePurged } from './verify-purged.js';
import { type Difference, readWorld, type World } from './verify-world.js';

export interface Verified {
  /** Records looked at, by type. */
  counts: Record<string, number>;
  differences: Difference[];
}

/**
 * Starts from the decisions only: reads every record, checks every rule, rebuilds in memory everything that is derived, plays the
 * log from its start, looks whether purges have left anything, and answers each difference with what is stored. Reads only; memory
 * grows with the graph.
 */
export async function verify(graph: Reads): Promise<Verified> {
  const world = await readWorld(graph);
  const broken = [...brokenRules(world), ...repeatedKeys(world)];
  const counts = Object.fromEntries(
    [...groupBy(world.nodes.values(), ({ type }) => type)].map(([type, some]) => [type, some.length]),
  );
  if (!canRebuild(broken)) return { counts, differences: broken };
  const rebuilt = rebuild(world);
  const differences = [
    ...broken,
    ...compareNodes(world, rebuilt.nodes),
    ...compareContradictions(world, rebuilt.contradictions),
    ...(await compareEdges(graph, world, rebuilt)),
    ...(await compareHistory(graph, world)),
    ...(await comparePurged(graph)),
  ];
  return { counts, differences };
}

/** Where a reference leads nowhere there is nothing to rebuild from. */
export const canRebuild = (broken: readonly Difference[]) => broken.every(({ what }) => what !== 'rule UNKNOWN_RECORD');

/** The rules that records break. */
export function brokenRules(world: World): Difference[] {
  const citations = groupBy(
    world.all('Citation').map(({ record }) => record),
    ({ claim }: Citation) => claim,
  );
  return [...world.nodes.values()].flatMap(({ type, record }): Difference[] => {
    const form = RECORD_SCHEMA[type].safeParse(record);
    if (!form.success)
      return [{ record: record.id, what: 'rule FORM', stored: form.error.issues[0]?.message ?? '', expected: null }];
    try {
      checkRecord(type, record, world.lookup);
    } catch (error) {
      const { details, message } = error as { details?: { rule?: string }; message: string };
      return [{ record: record.id, what: `rule ${details?.rule ?? 'unknown'}`, stored: message, expected: null }];
    }
    const supported = !('polarity' in record) || isSupported(record, citations.get(record.id) ?? []);
    return supported ? [] : [{ record: record.id, what: 'rule UNSUPPORTED', stored: 'ACCEPTED', expected: 'PROPOSED' }];
  });
}

/** Uniqueness, which not every engine enforces over what is there already. */
function repeatedKeys(world: World): Difference[] {
  const repeated = world.repeated.map((id) => ({ record: id, what: 'rule UNIQUE', stored: id, expected: null }));
  const again = (what: string, keys: readonly (readonly [string, string | null])[]): Difference[] =>
    [...groupBy(keys, ([, key]) => key)]
      .filter(([key, same]) => key !== null && same.length > 1)
      .map(([key, same]) => ({
        record: same.map(([id]) => id).join(),
        what: `rule UNIQUE ${what}`,
        stored: key,
        expected: null,
      }));
  const alive = world.all('Relationship').filter(({ record }) => record.mergedInto === null);
  return [
    ...repeated,
    ...again(
      'slug',
      world.all('Person').map(({ record }) => [record.id, record.slug]),
    ),
    ...again(
      'url',
      world.all('Article').map(({ record }) => [record.id, record.url]),
    ),
    ...again(
      'pair',
      alive.map(({ record: { id, kind, a, b } }) => [id, [kind, ...[a, b].sort()].join('|')]),
    ),
  ];
}

export function compareNodes(world: World, rebuilt: ReadonlyMap<string, Derived>): Difference[] {
  return [...world.nodes.values()].flatMap(({ record, props }) =>
    Object.entries(rebuilt.get(record.id) ?? {})
      .filter(([key, value]) => (props[key] ?? null) !== value)
      .map(([key, value]) => ({ record: record.id, what: key, stored: props[key] ?? null, expected: value })),
  );
}

export function compareContradictions(
  world: World,
  found: ReadonlyMap<string, Parameters<typeof contradictionProps>[0]>,
): Difference[] {
  return [...new Set([...world.contradictions.keys(), ...found.keys()])].flatMap((id) => {
    const wanted = found.get(id);
    const stored = world.contradictions.get(id);
    const expected = wanted === undefined ? null : withoutNulls(contradictionProps(wanted));
    if (canonical(stored ?? null) === canonical(expected)) return [];
    return [{ record: id, what: 'contradiction', stored: canonical(stored ?? null), expected: canonical(expected) }];
  });
}

const withoutNulls = (row: Record<string, Value>) =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
