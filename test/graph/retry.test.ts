import grafeo from '@grafeo-db/js';
import { error as driverErrors, Neo4jError } from 'neo4j-driver';
import { expect, test } from 'vitest';
import { EmbeddedGraph } from '../../src/graph/grafeo.js';
import type { Transaction } from '../../src/graph/graph.js';
import { Limit } from '../../src/graph/limit.js';
import { explain, triesFor } from '../../src/graph/neo4j-errors.js';
import { retrying, TRIES_ON_CONFLICT, TRIES_ON_LOSS } from '../../src/graph/retry.js';

async function inTime<T>(ms: number, body: (limit: Limit) => Promise<T>): Promise<T> {
  const limit = new Limit({}, ms);
  try {
    return await body(limit);
  } finally {
    limit.end();
  }
}

test('an embedded write runs again until the writer that was before it is done', async () => {
  const db = grafeo.GrafeoDB.create();
  const graph = new EmbeddedGraph(db);
  await graph.createSchema();
  const other = db.beginTransaction();
  await other.executeCypher('MATCH (g:Graph) SET g.seq = 5');
  let attempts = 0;

  const seq = await graph.write(async (tx) => {
    attempts += 1;
    if (attempts === 3) other.commit();
    const [row] = await tx.run('MATCH (g:Graph) SET g.lock = true WITH g SET g.seq = g.seq + 1 RETURN g.seq AS seq');
    return row?.seq;
  });

  expect([attempts, seq]).toEqual([4, 6]);
  await graph.close();
});

test('an embedded write runs again even if the work hides why', async () => {
  const db = grafeo.GrafeoDB.create();
  const graph = new EmbeddedGraph(db);
  await graph.createSchema();
  const other = db.beginTransaction();
  await other.executeCypher("CREATE (:Person {id: 'a'})");
  let attempts = 0;

  const write = graph.write(async (tx) => {
    attempts += 1;
    if (attempts === 2) other.commit();
    await tx.run("CREATE (:Person {id: 'a'})").catch(() => {
      throw new Error('hidden');
    });
  });

  await expect(write).rejects.toThrow('hidden');
  expect(attempts).toBeGreaterThanOrEqual(2);
  expect(await graph.read('MATCH (p:Person) RETURN p.id AS id')).toEqual([{ id: 'a' }]);
  await graph.close();
});

test('embedded writers wait for each other instead of trying again', async () => {
  const graph = new EmbeddedGraph(grafeo.GrafeoDB.create());
  await graph.createSchema();
  let attempts = 0;
  const countUp = async (tx: Transaction) => {
    attempts += 1;
    await tx.run('MATCH (g:Graph) SET g.lock = true');
    await tx.run('MATCH (g:Graph) SET g.seq = g.seq + 1');
  };

  await Promise.all(Array.from({ length: 50 }, () => graph.write(countUp)));

  expect(attempts).toBe(50);
  expect(await graph.read('MATCH (g:Graph) RETURN g.seq AS seq')).toEqual([{ seq: 50 }]);
  await graph.close();
});

test('an embedded write that never gets its turn is UNAVAILABLE at its deadline', async () => {
  const db = grafeo.GrafeoDB.create();
  const graph = new EmbeddedGraph(db);
  await graph.createSchema();
  const other = db.beginTransaction();
  await other.executeCypher('MATCH (g:Graph) SET g.seq = 5');

  const write = graph.write((tx) => tx.run('MATCH (g:Graph) SET g.seq = 6'), { deadlineMs: 200 });

  await expect(write).rejects.toMatchObject({ code: 'UNAVAILABLE', details: { rule: 'DEADLINE' } });
  other.rollback();
  expect(await graph.read('MATCH (g:Graph) RETURN g.seq AS seq')).toEqual([{ seq: 0 }]);
  await graph.close();
});

test('work runs as often as its error allows, and its last error is thrown', async () => {
  let attempts = 0;
  const failing = async () => {
    attempts += 1;
    throw new Error(`attempt ${attempts}`);
  };

  await expect(inTime(5_000, (limit) => retrying(limit, () => 3, failing))).rejects.toThrow('attempt 3');
  await expect(inTime(5_000, (limit) => retrying(limit, () => 1, failing))).rejects.toThrow('attempt 4');
});

test('no attempt begins after the deadline', async () => {
  let attempts = 0;
  const failing = async () => {
    attempts += 1;
    throw new Error('again');
  };

  const run = inTime(30, (limit) => retrying(limit, () => Number.POSITIVE_INFINITY, failing));

  await expect(run).rejects.toMatchObject({ code: 'UNAVAILABLE', details: { rule: 'DEADLINE' } });
  const atTheEnd = attempts;
  await new Promise((done) => setTimeout(done, 50));
  expect(attempts).toBe(atTheEnd);
});

test.each([
  ['Neo.TransientError.Transaction.DeadlockDetected', TRIES_ON_CONFLICT, 'BUSY'],
  [driverErrors.SERVICE_UNAVAILABLE, TRIES_ON_LOSS, 'LOST'],
  [driverErrors.SESSION_EXPIRED, TRIES_ON_LOSS, 'LOST'],
  ['Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration', 1, 'DEADLINE'],
  ['Neo.ClientError.Security.Unauthorized', 1, 'REFUSED_BY_GRAPH'],
])('%s may run %i times, and is UNAVAILABLE by the rule %s', (code, tries, rule) => {
  const error = new Neo4jError('for the log only', code, '50N42', '');

  expect(triesFor(error)).toBe(tries);
  expect(explain(error)).toMatchObject({ code: 'UNAVAILABLE', details: { rule }, cause: error });
  expect((explain(error) as Error).message).not.toContain('log');
});

test('a wrong statement is thrown as it is, once', () => {
  const error = new Neo4jError('Invalid input', 'Neo.ClientError.Statement.SyntaxError', '42001', '');

  expect(triesFor(error)).toBe(1);
  expect(explain(error)).toBe(error);
});
