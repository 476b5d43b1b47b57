import { AppError } from '../errors.js';
import { neo4jSchema } from './constraints.js';
import type { Graph, Reads } from './graph.js';

/**
 * Goes up when an older server could no longer read or write the graph rightly, and when what is derived changes: a graph of an
 * earlier version is served once `npm run verify -- --mend` has derived it again.
 */
export const SCHEMA_VERSION = 4;

const READ_VERSION = `// schema version
MATCH (g:Graph {id: 'graph'}) RETURN g.version AS version`;

/** The one node that holds the schema version, the number of the last change, and the lock that every commit takes. */
const MAKE_GRAPH_NODE = `// graph node
MERGE (g:Graph {id: 'graph'}) ON CREATE SET g.version = $version, g.seq = 0, g.lock = false`;

/** Throws REFUSED if a later version of Hearsay has made this graph. Reads only. */
export async function refuseNewerSchema(graph: Reads): Promise<void> {
  const [row] = await graph.read(READ_VERSION);
  const version = row?.version ?? 0;
  if (typeof version === 'number' && version <= SCHEMA_VERSION) return;
  throw new AppError(
    'REFUSED',
    `This graph has schema version ${version}, and this Hearsay knows versions up to ${SCHEMA_VERSION}. Start the newer Hearsay that wrote it.`,
    { field: 'GRAPH_URL', rule: 'SCHEMA_VERSION' },
  );
}

/** Throws REFUSED if what is derived in this graph was derived by an earlier version of Hearsay. Reads only. */
export async function refuseOlderSchema(graph: Reads): Promise<void> {
  const [row] = await graph.read(READ_VERSION);
  const version = Number(row?.version ?? 0);
  if (version >= SCHEMA_VERSION) return;
  throw new AppError(
    'REFUSED',
    `An older Hearsay made this graph (schema version ${version}, this one has ${SCHEMA_VERSION}). Stop every server of it, and run: npm run verify -- --mend`,
    { field: 'GRAPH_URL', rule: 'SCHEMA_VERSION' },
  );
}

const RAISE_VERSION = "/* raiseVersion */ MATCH (g:Graph {id: 'graph'}) SET g.version = $version";

/** Notes that everything derived in this graph is as this version derives it. */
export async function raiseVersion(graph: Graph): Promise<void> {
  await graph.write((transaction) => transaction.run(RAISE_VERSION, { version: SCHEMA_VERSION }));
}

/** Makes the `Graph` node where it is missing. */
export async function makeGraphNode(graph: Graph): Promise<void> {
  await graph.write((transaction) => transaction.run(MAKE_GRAPH_NODE, { version: SCHEMA_VERSION }));
}

/** `schema/constraints.cypher`: the same statements, for people who administer Neo4j themselves. */
export function constraintsFile(): string {
  return [
    '// What Hearsay creates in Neo4j when it starts, for those who would rather create it themselves. Running it twice is fine.',
    ...neo4jSchema().map((statement) => `${statement};`),
    'CALL db.awaitIndexes(60);',
    '',
  ].join('\n');
}
