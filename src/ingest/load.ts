import { createHash } from 'node:crypto';
import type { Action } from '../domain/action.js';
import type { EditInput } from '../domain/change.js';
import { World } from '../domain/world.js';
import { AppError } from '../errors.js';
import type { Graph } from '../graph/graph.js';
import { commit } from '../store/commit.js';
import { readKnown } from './known.js';
import type { Decisions } from './named.js';
import { type Planned, planLine } from './plan.js';
import type { Line, Problem } from './rows.js';

/** Lines a change (design.md, section 5). */
const BATCH = 500;

export interface LoadOptions extends Decisions {
  /** Who decides this. */
  actor: string;
  /** Names the import in history, so that it can be taken back as a whole; every change carries it. */
  batch: string;
  note?: string;
  /** Any problem stops the load before anything is written, but for people who were taken down: they are skipped. */
  strict?: boolean;
  /** Milliseconds since 1970. */
  now: () => number;
  /** After each change: lines read so far. */
  progress?: (lines: number) => void;
}

/** What became of a source, line by line: read = loaded + unchanged + skipped. */
export interface LoadReport {
  read: number;
  loaded: number;
  /** All that they say was there already. */
  unchanged: number;
  skipped: number;
  /** Everything that was left out, in the order of the file; a CELL belongs to a line that was loaded without it. */
  problems: Problem[];
  changes: number;
  /** New records by type. */
  records: Record<string, number>;
}

/**
 * Loads lines in batches of 500, one change each: reads what the batch touches, plans in memory, commits. What is there already is
 * neither written again nor changed, so a second load of the same lines writes nothing.
 * @throws AppError INVALID_INPUT, rule STRICT, with the problems, if `strict` and there is any but for who was taken down; nothing is
 * written then.
 */
export async function load(graph: Graph, lines: readonly Line[], options: LoadOptions): Promise<LoadReport> {
  if (options.strict) await refuseProblems(graph, lines, options);
  const report: LoadReport = { read: 0, loaded: 0, unchanged: 0, skipped: 0, problems: [], changes: 0, records: {} };
  for (let at = 0; at < lines.length; at += BATCH) {
    const batch = lines.slice(at, at + BATCH);
    const planned = await planBatch(graph, batch, new World(), options);
    const edits = planned.flatMap((line) => line.edits);
    if (edits.length > 0) await commitBatch(graph, edits, options, report);
    for (const line of planned) count(report, line);
    options.progress?.(report.read);
  }
  return report;
}

async function planBatch(graph: Graph, lines: readonly Line[], world: World, decisions: Decisions): Promise<Planned[]> {
  world.learn(
    await readKnown(
      graph,
      lines.flatMap(({ rows }) => rows),
    ),
  );
  return lines.map((line) => planLine(world, line, decisions));
}

/** Plans everything in one world that nobody commits, to see all problems first. */
async function refuseProblems(graph: Graph, lines: readonly Line[], options: LoadOptions): Promise<void> {
  const world = new World();
  const problems: Problem[] = [];
  for (let at = 0; at < lines.length; at += BATCH) {
    const planned = await planBatch(graph, lines.slice(at, at + BATCH), world, options);
    // Whoever was taken down is skipped, and no fault of the file.
    problems.push(...planned.flatMap((line) => line.problems).filter(({ rule }) => rule !== 'REMOVED'));
  }
  const [first] = problems;
  if (first === undefined) return;
  const message = `${problems.length} problems, nothing was loaded; the first, line ${first.line}: ${first.message}`;
  throw new AppError('INVALID_INPUT', message, { field: first.field, rule: 'STRICT', problems });
}

/** The change's id comes from what it does, so that a batch whose answer was lost is not written twice. */
async function commitBatch(
  graph: Graph,
  edits: readonly EditInput[],
  { actor, batch, note, now }: LoadOptions,
  report: LoadReport,
): Promise<void> {
  const at = new Date(now()).toISOString();
  const does = [batch, at, ...edits.map(({ id }) => id)].join('|');
  const id = `chg_${createHash('sha256').update(does).digest('hex').slice(0, 20)}`;
  const order = { id, at, actor, action: 'import' satisfies Action, note: note ?? null, batch };
  const change = await commit(graph, { ...order, edits: [...edits] });
  if (change === null) return;
  report.changes += 1;
  for (const edit of change.edits) {
    if (edit.before === null) report.records[edit.type] = (report.records[edit.type] ?? 0) + 1;
  }
}

function count(report: LoadReport, { edits, problems }: Planned): void {
  report.read += 1;
  report.problems.push(...problems);
  if (problems.some(({ leaves }) => leaves === 'ROW')) report.skipped += 1;
  else if (edits.length > 0) report.loaded += 1;
  else report.unchanged += 1;
}
