import type { EndState, Stretch } from '../domain/evidence.js';
import { floorFor, type Sight } from '../domain/gate.js';
import type { StartAndEnd } from '../domain/interval.js';
import type { Reads, Row } from '../graph/graph.js';
import { gateParams, LINK_GATE, PERSON_GATE } from './gate.js';
import { compareTexts, distinct, inOrderOf } from './page.js';

/** A time of being together, as far as it may be shown. */
export interface Together extends StartAndEnd {
  /** Ids of its periods, in time order. */
  periods: string[];
  /** Whether anybody tells when it began. */
  known: boolean;
  state: EndState;
  /** The marriages in it with their own bounds: in law they outlast a parting. */
  marriages: StartAndEnd[];
}

/** What somebody had with one other: at least one period that is REPORTED or better. */
export interface Romance {
  relationship: string;
  other: string;
  /** In time order. */
  together: Together[];
}

/** Somebody's romances by relationship id; `truncated` says that there are more. */
export interface RomancesRead {
  romances: Romance[];
  truncated: boolean;
}

/** Most romances that are read of one person. Nobody has had as many; a record that has is a list of something else. */
export const MOST_ROMANCES = 1000;

/** From this standing on something is established, and takes part in what is computed from togetherness. */
const ESTABLISHED = 2;

const OF_PEOPLE = `/* romancesOf */ UNWIND $keys AS key
MATCH (p:Person {id: key}) WHERE ${PERSON_GATE}
CALL (p) {
  MATCH (p)-[l:LINKED]-(q) WHERE l.kind = 'ROMANTIC' AND ${LINK_GATE}
  WITH q, l.relationshipId AS rid, collect(l {.periodId, .type, .startMin, .startMax, .endMin, .endMax}) AS periods
  WITH q, rid, periods ORDER BY rid LIMIT $most
  MATCH (r:Relationship {id: rid})
  RETURN collect({rid: rid, other: q.id, floors: [p.floor, q.floor], shown: r.shown, periods: periods}) AS rows
}
RETURN key, rows`;

/**
 * The romances of each person that are established and that this sight sees, those with minors left out. One statement. Of a couple
 * that shows only with what is CONFIRMED, a stretch with any lesser period in it is left out.
 */
export async function romancesOf(
  graph: Reads,
  personIds: readonly string[],
  sight: Sight,
  most: number = MOST_ROMANCES,
): Promise<RomancesRead[]> {
  const keys = distinct(personIds);
  if (keys.length === 0) return personIds.map(() => ({ romances: [], truncated: false }));
  const params = { keys, most: most + 1, ...gateParams(withoutMinors(sight), ESTABLISHED) };
  const rows = await graph.read(OF_PEOPLE, params);
  const lists = inOrderOf(personIds, rows, (row) => {
    const all = (row.rows as Row[])
      .map((each) => romanceOf(each, sight))
      .sort((a, b) => compareTexts(a.relationship, b.relationship));
    return { romances: all.slice(0, most), truncated: all.length > most };
  });
  return lists.map((list) => list ?? { romances: [], truncated: false });
}

/** By name alone nobody takes part in what is computed: it would tell a date. */
export function withoutMinors(sight: Sight): Sight {
  return { ...sight, minors: sight.minors === 'show' ? 'show' : 'hide' };
}

function romanceOf({ rid, other, floors, shown, periods }: Row, sight: Sight): Romance {
  const { stretches } = JSON.parse(String(shown)) as { stretches: Stretch[] };
  const links = periods as Row[];
  const people = (floors as unknown[]).map((floor) => ({ floor: Number(floor) }));
  return {
    relationship: String(rid),
    other: String(other),
    together: shownStretches(stretches, floorFor(sight, people)).map((stretch) => togetherOf(stretch, links)),
  };
}

/** The stretches of a relationship that are established and show where at least `floor` is asked for. */
export function shownStretches(stretches: readonly Stretch[], floor: number): Stretch[] {
  return stretches.filter(({ standing }) => standing >= Math.max(ESTABLISHED, floor));
}

function togetherOf(stretch: Stretch, links: readonly Row[]): Together {
  const marriages = links.filter(({ type, periodId }) => {
    return type === 'MARRIED' && stretch.periods.includes(String(periodId));
  });
  return {
    ...daysOf(stretch),
    periods: stretch.periods,
    known: stretch.fromKnown,
    state: stretch.state,
    marriages: marriages.map(({ startMin, startMax, endMin, endMax }) => ({
      ...{ startMin: Number(startMin), startMax: Number(startMax) },
      ...{ endMin: Number(endMin), endMax: Number(endMax) },
    })),
  };
}

/** The days of a stretch: a parting counts as its end. */
export function daysOf({ fromMin, fromMax, toMin, toMax }: Stretch): StartAndEnd {
  return { startMin: fromMin, startMax: fromMax, endMin: toMin, endMax: toMax };
}
