import { readFile } from 'node:fs/promises';
import { afterAll, describe, test } from 'vitest';
import type { Graph } from '../src/graph/graph.js';
import { openGraph } from '../src/graph/open.js';
import { readFileAs } from '../src/ingest/import-file.js';
import { load } from '../src/ingest/load.js';

/**
 * What an import costs: the file `BENCH_IMPORT` is loaded into an empty graph in memory, as an editor's own decision. Seconds, and the
 * statements of a change by their names, beside what was found to contradict; skipped without it.
 */
const FILE = process.env.BENCH_IMPORT;

describe.skipIf(!FILE)(`an import of ${FILE}`, () => {
  const opened: Graph[] = [];
  afterAll(() => Promise.all(opened.map((graph) => graph.close())));

  test('seconds and statements', async () => {
    const lines = readFileAs(FILE ?? '', await readFile(FILE ?? '', 'utf8'), '2026-11-01');
    const graph = await openGraph({ url: 'memory:' });
    opened.push(graph);
    await graph.createSchema();
    const ran = new Map<string, { calls: number; ms: number }>();
    const seam = counting(graph, ran);
    const began = performance.now();
    const report = await load(seam, lines, {
      ...({ accept: true, visibility: 'PUBLIC', adults: true, actor: 'bench', batch: 'bench' } as const),
      now: () => Date.UTC(2026, 10, 1),
    });
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    const calls = [...ran.values()].reduce((sum, each) => sum + each.calls, 0);
    console.log(
      `${report.changes} changes in ${seconds} s, ${(calls / report.changes).toFixed(1)} statements a change`,
    );
    console.table(
      Object.fromEntries(
        [...ran]
          .sort(([, a], [, b]) => b.ms - a.ms)
          .map(([name, { calls, ms }]) => [name, { calls, ms: Math.round(ms) }]),
      ),
    );
    console.table(
      await graph.read('MATCH (k:Contradiction) RETURN k.type AS type, k.field AS field, count(k) AS found'),
    );
  }, 1_200_000);
});

/** A graph that counts what it is asked, by the name in front of the statement. */
function counting(graph: Graph, ran: Map<string, { calls: number; ms: number }>): Graph {
  const counted = async <T>(statement: string, work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const answer = await work();
    const name = /^\/\* (\w+)/.exec(statement)?.[1] ?? statement;
    const { calls, ms } = ran.get(name) ?? { calls: 0, ms: 0 };
    ran.set(name, { calls: calls + 1, ms: ms + performance.now() - began });
    return answer;
  };
  const reads = { read: (...args: Parameters<Graph['read']>) => counted(args[0], () => graph.read(...args)) };
  return {
    ...reads,
    write: (work, ...rest) =>
      graph.write(
        (transaction) =>
          work({
            read: (...args) => counted(args[0], () => transaction.read(...args)),
            run: (...args) => counted(args[0], () => transaction.run(...args)),
          }),
        ...rest,
      ),
    close: () => graph.close(),
  } as Graph;
}
