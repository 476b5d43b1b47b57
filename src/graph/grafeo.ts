import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import grafeo, { type Transaction as EngineTransaction, type GrafeoDB, type QueryResult } from '@grafeo-db/js';
import { embeddedSchema } from './constraints.js';
import { cannotOpen, explain, triesFor } from './grafeo-errors.js';
import type { Graph, Operation, Params, Row, Transaction } from './graph.js';
import { DEFAULT_READ_MS, DEFAULT_WRITE_MS, type Limit } from './limit.js';
import { Operations } from './operations.js';
import { retrying } from './retry.js';
import { makeGraphNode, refuseNewerSchema } from './schema.js';
import { Statements } from './transaction.js';
import { Turns } from './turns.js';
import { encode, plainRows } from './values.js';

/** A statement that last took this long may run beside only one other such: the engine can't be told to stop. */
const HEAVY_MS = 100;
const HEAVY_AT_A_TIME = 2;

/** The engine writes its log to the file by itself only when told to; off after every opening. */
const CHECKPOINT = { intervalMs: 60_000, walBytes: 64 * 1024 * 1024 };

/** Opens the graph in the file at `path`, made with its folders if it is missing, or in memory for null. */
export function openEmbedded(path: string | null): Graph {
  if (path === null) return new EmbeddedGraph(grafeo.GrafeoDB.create());
  try {
    mkdirSync(dirname(path), { recursive: true });
    const db = grafeo.GrafeoDB.create(path);
    db.setCheckpointTriggers(CHECKPOINT);
    return new EmbeddedGraph(db);
  } catch (error) {
    throw cannotOpen(path, error);
  }
}

/** An empty graph in memory, with its schema. */
export async function openScratch(): Promise<Graph> {
  const graph = openEmbedded(null);
  await graph.createSchema();
  return graph;
}

/** A graph in this process, in a database that this graph closes. */
export class EmbeddedGraph implements Graph {
  readonly engine = 'embedded';
  private count = 0;
  private readonly operations = new Operations(explain);
  /** The second of two writers fails, so writers wait for each other here. */
  private readonly writers = new Turns(1);
  private readonly heavy = new Turns(HEAVY_AT_A_TIME);
  private readonly heavyStatements = new Set<string>();

  constructor(private readonly db: GrafeoDB) {}

  get statements(): number {
    return this.count;
  }

  read(statement: string, params: Params = {}, operation: Operation = {}): Promise<Row[]> {
    return this.operations.run(operation, DEFAULT_READ_MS, async (limit) => {
      const done = this.heavyStatements.has(statement) ? await this.heavy.take(limit) : () => {};
      return limit.race(this.operations.track(this.readOnce(statement, params).finally(done)));
    });
  }

  write<T>(work: (transaction: Transaction) => Promise<T>, operation: Operation = {}): Promise<T> {
    return this.operations.run(operation, DEFAULT_WRITE_MS, async (limit) => {
      const done = await this.writers.take(limit);
      return limit.race(
        this.operations.track(retrying(limit, triesFor, () => this.writeOnce(work, limit)).finally(done)),
      );
    });
  }

  async createSchema(): Promise<void> {
    await refuseNewerSchema(this);
    for (const statement of embeddedSchema()) {
      this.count += 1;
      await this.db.executeCypher(statement);
    }
    await makeGraphNode(this);
  }

  scratch(): Promise<Graph> {
    return openScratch();
  }

  close(): Promise<void> {
    return this.operations.close(() => this.db.close());
  }

  /** Reads in a transaction that is always rolled back: the engine has no read-only mode of its own. */
  private async readOnce(statement: string, params: Params): Promise<Row[]> {
    const encoded = encode(params, (value) => value);
    const slow = setTimeout(() => this.heavyStatements.add(statement), HEAVY_MS);
    const begun = performance.now();
    const transaction = this.db.beginTransaction();
    this.count += 1;
    try {
      const result = await transaction.executeCypher(statement, encoded);
      if (hasWritten(result)) throw new Error(`A read must not write: ${statement}`);
      return plainRows(result.toArray());
    } finally {
      rollBack(transaction);
      clearTimeout(slow);
      if (performance.now() - begun < HEAVY_MS) this.heavyStatements.delete(statement);
    }
  }

  private async writeOnce<T>(work: (transaction: Transaction) => Promise<T>, limit: Limit): Promise<T> {
    const transaction = this.db.beginTransaction();
    const statements = new Statements(async (statement, params) => {
      this.count += 1;
      const result = await transaction.executeCypher(
        statement,
        encode(params, (value) => value),
      );
      return plainRows(result.toArray());
    }, explain);
    try {
      const answer = await limit.race(work(statements));
      await statements.settle();
      limit.check();
      transaction.commit();
      return answer;
    } catch (error) {
      await statements.abandon();
      rollBack(transaction);
      throw statements.causeOf(error, triesFor);
    }
  }
}

function hasWritten({ counters }: QueryResult): boolean {
  return Object.values(counters).some((count) => count > 0);
}

/** A failed commit has rolled back already: the engine then refuses to do it again, though it calls the transaction active. */
function rollBack(transaction: EngineTransaction): void {
  try {
    transaction.rollback();
  } catch (error) {
    if (!(error instanceof Error && /No active transaction|Already rolled back/.test(error.message))) throw error;
  }
}
