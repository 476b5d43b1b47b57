import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError, invalid } from '../errors.js';
import { openEmbedded } from './grafeo.js';
import type { Graph } from './graph.js';
import { NEO4J_SCHEMES, openNeo4j } from './open-neo4j.js';

/** Where the graph is: the settings GRAPH_URL, GRAPH_USER, GRAPH_PASSWORD and GRAPH_DATABASE. */
export interface Place {
  url: string;
  user?: string | undefined;
  password?: string | undefined;
  /** Neo4j's database; `neo4j` unless it is named. */
  database?: string | undefined;
}

/**
 * Opens the graph at `memory:`, `file:<path>` or a Neo4j, and makes sure that it answers. The schema is made by `createSchema`.
 * Throws one AppError of one line that names the setting at fault: INVALID_INPUT, or UNAVAILABLE where trying later may help.
 */
export async function openGraph(place: Place): Promise<Graph> {
  const scheme = /^([a-z0-9+]+):/i.exec(place.url)?.[1]?.toLowerCase();
  if (scheme === 'memory') return openMemory(place.url);
  if (scheme === 'file') return openEmbedded(pathOf(place.url));
  if (scheme && NEO4J_SCHEMES.has(scheme)) return openNeo4j(place);
  throw invalid(
    'GRAPH_URL',
    'GRAPH_URL',
    `GRAPH_URL must begin with file:, memory: or one of ${[...NEO4J_SCHEMES].map((name) => `${name}://`).join(', ')}.`,
  );
}

function openMemory(url: string): Graph {
  if (url.length > 'memory:'.length) throw invalid('GRAPH_URL', 'GRAPH_URL', 'memory: takes nothing behind it.');
  return openEmbedded(null);
}

/** `file:` with a path as the shell would read it, from the working folder; `file:///…` is a file URL. */
function pathOf(url: string): string {
  const path = url.slice('file:'.length);
  if (path === '')
    throw invalid('GRAPH_URL', 'GRAPH_URL', 'file: needs a path behind it, for example file:./data/graph.');
  if (!path.startsWith('//')) return resolve(path);
  try {
    return fileURLToPath(url);
  } catch (error) {
    throw new AppError(
      'INVALID_INPUT',
      `GRAPH_URL is no file URL: ${url}. Write file:./data/graph or file:/absolute/path.`,
      { field: 'GRAPH_URL', rule: 'GRAPH_URL' },
      { cause: error },
    );
  }
}
