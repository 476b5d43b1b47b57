import { AppError } from '../errors.js';
import type { Graph } from '../graph/graph.js';
import { noteSeeding, seedingOf } from '../store/aside.js';
import type { LoadReport } from './load.js';
import { loadSeeds, type SeedOptions } from './seed.js';

/**
 * Loads the demo graph where nothing was ever written, and goes on with it where a load was cut off. A graph that holds
 * anything else, or that was prepared to stay empty, is left alone.
 */
export async function seedFirstStart(graph: Graph, options: SeedOptions): Promise<void> {
  const { seeding, written } = await seedingOf(graph);
  if (seeding === 'DONE' || (seeding === null && written)) return;
  await seed(graph, options);
}

/** Loads the demo graph; what is there already stays as it is. */
export async function seed(graph: Graph, options: SeedOptions): Promise<LoadReport[]> {
  await noteSeeding(graph, 'BEGUN');
  const report = await loadSeeds(graph, options);
  await noteSeeding(graph, 'DONE');
  return report;
}

/** Makes a graph stay empty when it is first served. Throws REFUSED, rule NOT_EMPTY, where something was written already. */
export async function stayEmpty(graph: Graph): Promise<void> {
  if ((await seedingOf(graph)).written) {
    throw new AppError('REFUSED', 'The graph at GRAPH_URL is not empty: give another one, or remove it first.', {
      field: 'GRAPH_URL',
      rule: 'NOT_EMPTY',
    });
  }
  await noteSeeding(graph, 'DONE');
}
