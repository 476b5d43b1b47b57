import { randomUUID } from 'node:crypto';
import type { Minors, Role } from '../../src/domain/gate.js';
import { hideDue } from '../../src/editing/takedown.js';
import type { Graph, Reads } from '../../src/graph/graph.js';
import { contextFor } from '../../src/graphql/context.js';
import { createSchema } from '../../src/graphql/schema.js';
import { createApollo } from '../../src/graphql/server.js';
import { createMemory, type Memory } from '../../src/questions/memory.js';
import { createSearch, type Search } from '../../src/questions/search.js';

/** Noon of 2026-08-22, the day that the golden vectors are viewed on. */
export const NOON = Date.UTC(2026, 7, 22, 12);

export interface Asking {
  role?: Role;
  /** The name of who asks; readers have none. */
  as?: string;
  minors?: Minors;
  now?: number;
  variables?: Record<string, unknown>;
  /** How long the request may take; for ever unless told. */
  patienceMs?: number;
  /** How many people takedown requests may hide within an hour. */
  mostHidden?: number;
}

export interface Answer {
  /** Of HTTP. */
  status: number;
  data: Record<string, unknown> | null;
  errors: { message: string; path?: readonly unknown[]; extensions: Record<string, unknown> }[];
  /** Statements that were run for it. */
  statements: string[];
  /** Rounds of reads that waited for one another. */
  waits: number;
}

const schema = createSchema();

/** Whatever `ask` logged with its requests. */
export const logged: { fields: object; message: string }[] = [];

const apollo = createApollo({
  schema,
  log: { error: () => undefined, warn: () => undefined },
  newReference: () => 'ref-1',
});

/** Asks the server over a graph, counting what it reads at the seam. */
export async function ask(graph: Reads, query: string, asking: Asking = {}): Promise<Answer> {
  const { role = 'READER', minors = 'name-only', now = NOON, variables = {}, patienceMs, as = 'Vera' } = asking;
  const seam = counting(graph);
  let hides = false;
  const contextValue = contextFor({
    graph: seam.reads,
    // A test that only reads may pass something that only reads.
    write: graph as Graph,
    newKey: randomUUID,
    viewer: { name: role === 'READER' ? null : as, role },
    minors,
    now: () => now,
    log: { error: (fields, message) => logged.push({ fields, message }) },
    search: searchOf(graph),
    memory: memoryOf(graph),
    takedowns: {
      count: async () => undefined,
      hide: () => {
        hides = true;
      },
    },
    ...(patienceMs !== undefined && { deadline: now + patienceMs }),
  });
  const { body, http } = await apollo.executeOperation({ query, variables }, { contextValue });
  if (body.kind !== 'single') throw new Error('An answer comes in one piece');
  if (hides) await hideDue(graph as Graph, { now, most: asking.mostHidden ?? 20 });
  const status = http.status ?? 200;
  const { data, errors } = JSON.parse(JSON.stringify(body.singleResult));
  return { status, data: data ?? null, errors: errors ?? [], statements: seam.statements, waits: seam.waits() };
}

const searches = new WeakMap<Reads, Search>();

/** The one search of a graph; what it reads for all askers counts for none. */
function searchOf(graph: Reads): Search {
  const search = searches.get(graph) ?? createSearch({ graph });
  searches.set(graph, search);
  return search;
}

const memories = new WeakMap<Reads, Memory>();

/** The one memory of a graph. */
function memoryOf(graph: Reads): Memory {
  const known = memories.get(graph) ?? createMemory();
  memories.set(graph, known);
  return known;
}

function counting(graph: Reads) {
  const statements: string[] = [];
  let running = 0;
  let waits = 0;
  const reads: Reads = {
    async read(statement, params, operation) {
      statements.push(/\/\* (\w+)/.exec(statement)?.[1] ?? statement);
      if (running === 0) waits += 1;
      running += 1;
      try {
        return await graph.read(statement, params, operation);
      } finally {
        running -= 1;
      }
    },
  };
  return { reads, statements, waits: () => waits };
}

/** The data of an answer that must have no errors. */
export async function answerOf<Data>(graph: Graph, query: string, asking: Asking = {}): Promise<Data> {
  const { data, errors } = await ask(graph, query, asking);
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return data as Data;
}
