import neo4j, { type Driver, type Transaction as DriverTransaction, type Session } from 'neo4j-driver';
import { neo4jSchema } from './constraints.js';
import { openScratch } from './grafeo.js';
import type { Graph, Operation, Params, Row, Transaction } from './graph.js';
import { DEFAULT_READ_MS, DEFAULT_WRITE_MS, type Limit } from './limit.js';
import { explain, triesFor } from './neo4j-errors.js';
import { Operations } from './operations.js';
import { retrying } from './retry.js';
import { makeGraphNode, refuseNewerSchema } from './schema.js';
import { Statements } from './transaction.js';
import { encode, plainRows } from './values.js';

const AWAIT_INDEXES = 'CALL db.awaitIndexes(60)';

/** A graph in one database of a Neo4j, through a driver that this graph closes. */
export class Neo4jGraph implements Graph {
  readonly engine = 'neo4j';
  private count = 0;
  private readonly operations = new Operations(explain);
  /** So that this server reads what it has written, whichever member of a cluster answers. */
  private readonly bookmarkManager = neo4j.bookmarkManager();

  constructor(
    private readonly driver: Driver,
    private readonly database: string,
  ) {}

  get statements(): number {
    return this.count;
  }

  read(statement: string, params: Params = {}, operation: Operation = {}): Promise<Row[]> {
    return this.operations.run(operation, DEFAULT_READ_MS, (limit) =>
      retrying(limit, triesFor, () =>
        this.inSession('READ', limit, (session) => this.runAlone(session, statement, params, limit)),
      ),
    );
  }

  write<T>(work: (transaction: Transaction) => Promise<T>, operation: Operation = {}): Promise<T> {
    return this.operations.run(operation, DEFAULT_WRITE_MS, (limit) =>
      retrying(limit, triesFor, () =>
        this.inSession('WRITE', limit, (session) => this.writeOnce(session, work, limit)),
      ),
    );
  }

  async createSchema(): Promise<void> {
    await refuseNewerSchema(this);
    for (const statement of [...neo4jSchema(), AWAIT_INDEXES]) {
      // Two servers that start together may ask for one index at one time: a deadlock, which is tried again.
      await this.operations.run({}, DEFAULT_WRITE_MS, (limit) =>
        retrying(limit, triesFor, () =>
          this.inSession('WRITE', limit, (session) => this.runAlone(session, statement, {}, limit)),
        ),
      );
    }
    await makeGraphNode(this);
  }

  scratch(): Promise<Graph> {
    return openScratch();
  }

  close(): Promise<void> {
    return this.operations.close(() => this.driver.close());
  }

  /** Closing a session stops what runs in it on the server and rolls its transaction back. */
  private async inSession<T>(mode: 'READ' | 'WRITE', limit: Limit, body: (session: Session) => Promise<T>): Promise<T> {
    const session = this.driver.session({
      database: this.database,
      defaultAccessMode: mode === 'READ' ? neo4j.session.READ : neo4j.session.WRITE,
      bookmarkManager: this.bookmarkManager,
    });
    try {
      return await body(session);
    } finally {
      const closed = session.close().catch(() => {});
      if (!limit.isOver) await limit.race(closed).catch(() => {});
    }
  }

  private async runAlone(session: Session, statement: string, params: Params, limit: Limit): Promise<Row[]> {
    this.count += 1;
    const result = await limit.race(session.run(statement, encode(params, neo4j.int), { timeout: limit.left }));
    return plainRows(result.records.map((record) => record.toObject()));
  }

  private async writeOnce<T>(
    session: Session,
    work: (transaction: Transaction) => Promise<T>,
    limit: Limit,
  ): Promise<T> {
    const transaction = await limit.race(session.beginTransaction({ timeout: limit.left }));
    const statements = new Statements((statement, params) => this.runInside(transaction, statement, params), explain);
    try {
      const answer = await limit.race(work(statements));
      await limit.race(statements.settle());
      await limit.race(transaction.commit());
      return answer;
    } catch (error) {
      throw statements.causeOf(error, triesFor);
    }
  }

  private async runInside(transaction: DriverTransaction, statement: string, params: Params): Promise<Row[]> {
    this.count += 1;
    const result = await transaction.run(statement, encode(params, neo4j.int));
    return plainRows(result.records.map((record) => record.toObject()));
  }
}
