import { takedownSort } from '../domain/takedown.js';
import type { Reads, Row } from '../graph/graph.js';
import { OF_PERSON, OPEN, openOf, type Takedown, type TakedownStatus, takedownOf } from './aside-takedown.js';
import { type Page, pageParams, type SortCursor } from './page.js';

const OPEN_PAGE = `/* openTakedowns */ MATCH (t:Takedown) WHERE t.sort > $after ${OF_PERSON} AND p.gate <= $level
  RETURN ${OPEN} ORDER BY t.sort LIMIT $first`;
const COUNT_OPEN = `/* countOpenTakedowns */ MATCH (t:Takedown) ${OF_PERSON} AND p.gate <= $level RETURN count(t) AS found`;
const DECIDED_PAGE = `/* decidedTakedowns */ MATCH (t:Takedown) WHERE t.status = $status AND t.sort > $after
  RETURN t {.*} AS takedown ORDER BY t.sort LIMIT $first`;
const COUNT_DECIDED =
  '/* countDecidedTakedowns */ MATCH (t:Takedown) WHERE t.status = $status RETURN count(t) AS found';

/** A page of requests, urgent ones first, then the oldest; open ones only about those whom a viewer of this level sees. */
export async function takedownsPage(
  graph: Reads,
  page: Page<SortCursor>,
  status: TakedownStatus,
  { level }: { level: number },
): Promise<(Takedown & SortCursor)[]> {
  const sorted = (takedown: Takedown) => ({
    ...takedown,
    sort: takedownSort(takedown.urgent, takedown.at, takedown.id),
  });
  if (status === 'OPEN')
    return (await graph.read(OPEN_PAGE, { ...pageParams(page), level })).map((row) => sorted(openOf(row)));
  const rows = await graph.read(DECIDED_PAGE, { ...pageParams(page), status });
  return rows.map(({ takedown }) => sorted(takedownOf(takedown as Row, null)));
}

export async function countTakedowns(
  graph: Reads,
  status: TakedownStatus,
  { level }: { level: number },
): Promise<number> {
  const [row] =
    status === 'OPEN' ? await graph.read(COUNT_OPEN, { level }) : await graph.read(COUNT_DECIDED, { status });
  return Number(row?.found ?? 0);
}
