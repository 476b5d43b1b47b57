import type { Reads, Row } from '../graph/graph.js';
import { CHANGE_CARD, type ChangeCard, changeCardOf, changesBySeq, EDIT_GATE, type LogSight } from './history.js';

/** Which changes a list takes; null takes all. */
export interface ChangeFilter {
  /** The id of a record that the change edited. */
  record: string | null;
  actor: string | null;
  action: string | null;
  batch: string | null;
  /** From this moment on, and before that one: as `boundOf` writes them. */
  from: string | null;
  until: string | null;
}

const ALL: ChangeFilter = { record: null, actor: null, action: null, batch: null, from: null, until: null };

/** Upwards from a change, as the feed goes, or downwards from the newest. */
export type ChangeOrder = 'SEQ_ASC' | 'SEQ_DESC';

export interface ChangePage {
  first: number;
  /** The number after which, or going down before which, the page begins. */
  from: number;
}

const MATCH = {
  all: 'MATCH (c:Change)',
  record: 'MATCH (e:Edit {recordId: $record})<-[:MADE]-(c:Change)',
};
const GATE = { all: '', record: ` AND ${EDIT_GATE}` };
/** Every text sorts before this one. */
const NO_END = '~';
const TAKEN = `c.at >= $since AND c.at < $until
    AND ($anyActor OR c.actor = $actor) AND ($anyAction OR c.action = $action) AND ($anyBatch OR c.batch = $batch)`;

const pageBy = (anchor: 'all' | 'record', order: ChangeOrder) => `/* changesPage */ ${MATCH[anchor]}
  WHERE c.seq ${order === 'SEQ_ASC' ? '>' : '<'} $from AND ${TAKEN}${GATE[anchor]}
  WITH DISTINCT c ORDER BY c.seq${order === 'SEQ_ASC' ? '' : ' DESC'} LIMIT $first
  RETURN {${CHANGE_CARD}} AS found`;

const PAGE = {
  all: { SEQ_ASC: pageBy('all', 'SEQ_ASC'), SEQ_DESC: pageBy('all', 'SEQ_DESC') },
  record: { SEQ_ASC: pageBy('record', 'SEQ_ASC'), SEQ_DESC: pageBy('record', 'SEQ_DESC') },
};

/**
 * A page of the changes that the filter takes, in one order. The numbers of changes have no gaps, so that an unfiltered page is looked up
 * by them; on the embedded engine a filter by anything but the record reads all changes. A moment is compared as the log keeps it, for two
 * who write at once may get their numbers in the other order than their moments.
 */
export async function changesPage(
  graph: Reads,
  { first, from }: ChangePage,
  order: ChangeOrder,
  filter: ChangeFilter,
  sight: LogSight,
): Promise<ChangeCard[]> {
  if (isOpen(filter)) {
    const step = order === 'SEQ_ASC' ? 1 : -1;
    const seqs = Array.from({ length: first }, (_, place) => from + step * (place + 1));
    return changesBySeq(
      graph,
      seqs.filter((seq) => seq > 0),
      sight,
    );
  }
  const statement = PAGE[filter.record === null ? 'all' : 'record'][order];
  const rows = await graph.read(statement, { first, from, ...filterParams(filter), level: sight.level });
  const sign = order === 'SEQ_ASC' ? 1 : -1;
  return rows.map(({ found }) => changeCardOf(found as Row)).sort((a, b) => sign * (a.seq - b.seq));
}

/**
 * The changes after a number, `first` at most, as far as they follow each other: one that isn't there yet is waited for before any after
 * it is told.
 */
export async function nextChanges(graph: Reads, after: number, first: number, sight: LogSight): Promise<ChangeCard[]> {
  const page = await changesPage(graph, { first, from: after }, 'SEQ_ASC', ALL, sight);
  const gap = page.findIndex(({ seq }, place) => seq !== after + 1 + place);
  return gap === -1 ? page : page.slice(0, gap);
}

const countBy = (anchor: 'all' | 'record') => `/* countChanges */ ${MATCH[anchor]}
  WHERE c.seq > $from AND ${TAKEN}${GATE[anchor]} RETURN count(DISTINCT c.seq) AS found`;

const COUNT = { all: countBy('all'), record: countBy('record') };

/** How many changes after the number `from` the filter takes; `latest` is the number of the last change. */
export async function countChanges(
  graph: Reads,
  { from, latest }: { from: number; latest: number },
  filter: ChangeFilter,
  sight: LogSight,
): Promise<number> {
  if (isOpen(filter)) return latest - from;
  const statement = COUNT[filter.record === null ? 'all' : 'record'];
  const [row] = await graph.read(statement, { from, ...filterParams(filter), level: sight.level });
  return Number(row?.found ?? 0);
}

const isOpen = (filter: ChangeFilter): boolean => Object.values(filter).every((value) => value === null);

function filterParams({ record, actor, action, batch, from, until }: ChangeFilter): Row {
  return {
    ...{ since: from ?? '', until: until ?? NO_END },
    ...{ anyActor: actor === null, actor: actor ?? '', anyAction: action === null, action: action ?? '' },
    ...{ anyBatch: batch === null, batch: batch ?? '', record: record ?? '' },
  };
}
