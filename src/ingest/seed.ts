import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OWN_NAME } from '../domain/actor.js';
import { AppError } from '../errors.js';
import type { Graph } from '../graph/graph.js';
import { type LoadReport, load } from './load.js';
import { readRows } from './rows.js';

export interface SeedOptions {
  /** Milliseconds since 1970. */
  now: () => number;
  log: { info: (details: object, message: string) => void };
  /** The folder of the seeds. */
  dir: string;
}

/**
 * Loads the seeds, file after file in the order of their names, as actor "seed". Seeds that are there already are not written
 * again. @throws AppError where a file has any problem: seeds are ours, so they load whole or not at all.
 */
export async function loadSeeds(graph: Graph, { now, log, dir }: SeedOptions): Promise<LoadReport[]> {
  const files = (await readdir(dir)).filter((file) => /\.jsonl?$/.test(file)).sort();
  const reports: LoadReport[] = [];
  for (const file of files) {
    const report = await loadFile(graph, join(dir, file), file, now);
    log.info({ file, ...report, problems: undefined }, 'seeds loaded');
    reports.push(report);
  }
  return reports;
}

async function loadFile(graph: Graph, path: string, file: string, now: () => number): Promise<LoadReport> {
  const decisions = { accept: true, visibility: 'LIMITED', adults: false } as const;
  try {
    const lines = readRows(await readFile(path, 'utf8'));
    return await load(graph, lines, { ...decisions, actor: OWN_NAME.seeds, batch: `seeds/${file}`, strict: true, now });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(error.code, `seeds/${file}: ${error.message}`, error.details, { cause: error });
  }
}
