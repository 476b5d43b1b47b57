import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, inject, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { openGraph } from '../../src/graph/open.js';
import { makeGraphNode } from '../../src/graph/schema.js';
import { OLDEST } from './neo4j/start.js';
import { Turn, turnsOfFile } from './neo4j/turn.js';

const DELETED_AT_A_TIME = 10_000;

/** One engine that this machine can run. */
export interface Engine {
  name: string;
  /** An empty graph with its schema. On Neo4j it empties the one database, so the graph before it is no longer of use. */
  fresh(): Promise<Graph>;
  /** A second connection to the last fresh graph, as another server has it. Only Neo4j has that. */
  again(): Promise<Graph>;
  /** The GRAPH_URL of the last fresh graph, for another process. `memory:` can't be shared. */
  url(): string;
}

/**
 * The engines to run a file's suites on: the embedded one in memory, and the newest Neo4j. Call it once at the top of a test file, and
 * name each suite after its engine: it then has that Neo4j to itself until it ends (turn.ts). Everything opened by `fresh` is closed
 * when the file ends, and a Neo4j that can't run here shows up as a skipped test with the reason.
 * `all` adds the embedded engine in a file, and the oldest Neo4j that is supported, where it is here: for suites of what goes to the
 * engine, statements and commits. What is above them asks the same statements, and takes its time. Without `neo4j` it's the one in
 * memory alone: for rules that are applied above the engine, by statements that other suites go over.
 */
export function enginesHere({ all = false, neo4j = true } = {}): Engine[] {
  const opened: Graph[] = [];
  const folder = join(tmpdir(), `hearsay-file-${randomUUID()}`);
  const turns = (neo4j ? turnsHere() : []).filter(({ version }) => all || version !== OLDEST);
  turnsOfFile(turns);
  afterAll(async () => {
    await Promise.all(opened.map((graph) => graph.close()));
    for (const turn of turns) turn.giveBack();
    rmSync(folder, { recursive: true, force: true });
  });
  const embedded = all ? [memory(opened), file(folder, opened)] : [memory(opened)];
  return [...embedded, ...turns.map((turn) => neo4jOf(turn, opened))];
}

function memory(opened: Graph[]): Engine {
  return { name: 'memory:', url: () => 'memory:', again: onlyOnce, fresh: () => openWithSchema('memory:', opened) };
}

function file(folder: string, opened: Graph[]): Engine {
  let made = 0;
  const url = () => `file:${join(folder, String(made), 'graph')}`;
  return {
    name: 'file:',
    url,
    again: onlyOnce,
    fresh() {
      made += 1;
      return openWithSchema(url(), opened);
    },
  };
}

function turnsHere(): Turn[] {
  const { port, offers } = inject('neo4j');
  for (const { version, why } of offers) {
    if (why !== null) describe(`Neo4j ${version}`, () => test.skip(`is not here: ${why}`));
  }
  return offers.filter(({ why }) => why === null).map(({ version }) => new Turn(port, version, makeSchema));
}

function neo4jOf(turn: Turn, opened: Graph[]): Engine {
  let url = '';
  let last: Graph | null = null;
  const open = async () => {
    const graph = await openGraph({ url });
    opened.push(graph);
    return graph;
  };
  return {
    name: turn.name,
    url: () => url,
    again: open,
    async fresh() {
      await last?.close();
      url = await turn.take();
      const graph = await open();
      last = graph;
      await empty(graph);
      await makeGraphNode(graph);
      return graph;
    },
  };
}

async function onlyOnce(): Promise<Graph> {
  throw new Error('One process has one connection to an embedded graph');
}

/** The constraints and indexes outlive what `fresh` deletes; a Neo4j that has just started takes seconds for them. */
async function makeSchema(url: string): Promise<void> {
  const graph = await openGraph({ url });
  await graph.createSchema();
  await graph.close();
}

async function openWithSchema(url: string, opened: Graph[]): Promise<Graph> {
  const graph = await openGraph({ url });
  opened.push(graph);
  await graph.createSchema();
  return graph;
}

async function empty(graph: Graph): Promise<void> {
  for (let deleted = DELETED_AT_A_TIME; deleted === DELETED_AT_A_TIME; ) {
    const [row] = await graph.write((transaction) =>
      transaction.run('MATCH (n) WITH n LIMIT $limit DETACH DELETE n RETURN count(*) AS deleted', {
        limit: DELETED_AT_A_TIME,
      }),
    );
    deleted = Number(row?.deleted);
  }
}
