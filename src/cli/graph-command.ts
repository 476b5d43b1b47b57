import { configFrom } from '../config.js';
import { exitWith } from '../exit.js';
import type { Graph } from '../graph/graph.js';
import { openGraph } from '../graph/open.js';
import { refuseOlderSchema } from '../graph/schema.js';
import { createLog, type Logger } from '../log.js';

export interface Tools {
  graph: Graph;
  log: Logger;
  /** Milliseconds since 1970-01-01T00:00Z. */
  now: () => number;
}

/**
 * Runs a command on the graph that the settings name, with its schema in place, and closes it; one that an older Hearsay derived only
 * with `anyVersion`. The exit code is what `work`
 * answers, and 1 with a line that says why where it throws. The log goes to standard error, for standard output is the answer.
 */
export async function onGraph(work: (tools: Tools) => Promise<number>, { anyVersion = false } = {}): Promise<void> {
  try {
    const config = configFrom(process.env);
    const log = createLog(config.logLevel, process.stderr);
    const graph = await openGraph(config.graph);
    try {
      await graph.createSchema();
      if (!anyVersion) await refuseOlderSchema(graph);
      process.exitCode = await work({ graph, log, now: Date.now });
    } finally {
      await graph.close();
    }
  } catch (error) {
    exitWith(error);
  }
}
