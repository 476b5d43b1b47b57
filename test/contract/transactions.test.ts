import { describe, expect, test } from 'vitest';
import type { Graph, Transaction } from '../../src/graph/graph.js';
import { type Engine, enginesHere } from '../support/engines.js';

const MAKE = 'CREATE (:Person {id: $id})';
const LOCK = "MATCH (g:Graph {id: 'graph'}) SET g.lock = true RETURN g.seq AS seq";
const COUNT_UP = "MATCH (g:Graph {id: 'graph'}) SET g.seq = $seq, g.lock = false";

async function idsOf(graph: Graph): Promise<unknown[]> {
  const rows = await graph.read('MATCH (p:Person) RETURN p.id AS id ORDER BY id');
  return rows.map(({ id }) => id);
}

/** The pattern of every commit: lock the counter first, then read it. */
async function countUp(tx: Transaction): Promise<number> {
  const [row] = await tx.run(LOCK);
  const seq = Number(row?.seq) + 1;
  await tx.run(COUNT_UP, { seq });
  return seq;
}

function transactions(engine: Engine): void {
  test('keep what they wrote, and answer what the work answers', async () => {
    const graph = await engine.fresh();

    const answer = await graph.write(async (tx) => {
      await tx.run(MAKE, { id: 'a' });
      return tx.read('MATCH (p:Person) RETURN p.id AS id');
    });

    expect(answer).toEqual([{ id: 'a' }]);
    expect(await idsOf(graph)).toEqual(['a']);
  });

  test('show nothing to others before they are committed', async () => {
    const graph = await engine.fresh();

    await graph.write(async (tx) => {
      await tx.run(MAKE, { id: 'a' });
      expect(await idsOf(graph)).toEqual([]);
    });
  });

  test('leave nothing behind when the work throws, and throw the same', async () => {
    const graph = await engine.fresh();
    const mistake = new Error('changed my mind');

    const write = graph.write(async (tx) => {
      await tx.run(MAKE, { id: 'a' });
      throw mistake;
    });

    await expect(write).rejects.toBe(mistake);
    expect(await idsOf(graph)).toEqual([]);
  });

  test('leave nothing behind when a statement in the middle fails, even if the work goes on', async () => {
    const graph = await engine.fresh();
    let after: unknown = null;

    const write = graph.write(async (tx) => {
      await tx.run(MAKE, { id: 'a' });
      await tx.run('RETURN 1 / $zero AS x', { zero: 0 }).catch(() => {});
      after = await tx.run(MAKE, { id: 'b' }).catch((error: unknown) => error);
    });

    await expect(write).rejects.toThrow(/zero/i);
    expect(after).toBeInstanceOf(Error);
    expect(await idsOf(graph)).toEqual([]);
  });

  test('leave nothing behind when a statement that nobody awaited fails', async () => {
    const graph = await engine.fresh();

    const write = graph.write(async (tx) => {
      await tx.run(MAKE, { id: 'a' });
      void tx.run('this is no Cypher').catch(() => {});
    });

    await expect(write).rejects.toThrow();
    expect(await idsOf(graph)).toEqual([]);
  });

  test('run statements in the order in which they were asked for', async () => {
    const graph = await engine.fresh();

    await graph.write(async (tx) => {
      await Promise.all([tx.run(MAKE, { id: 'a' }), tx.run("MATCH (p:Person {id: 'a'}) SET p.id = 'b'")]);
    });

    expect(await idsOf(graph)).toEqual(['b']);
  });

  test('take no statement once they are over', async () => {
    const graph = await engine.fresh();
    let kept: Transaction | null = null;
    await graph.write(async (tx) => {
      kept = tx;
    });

    const late = (kept as Transaction | null)?.run(MAKE, { id: 'a' });

    await expect(late).rejects.toThrow('This transaction is over');
    expect(await idsOf(graph)).toEqual([]);
  });

  test('refuse a second node with a unique value by name', async () => {
    const graph = await engine.fresh();
    await graph.write((tx) => tx.run("CREATE (:Person {id: 'a', slug: 'kim'})"));

    const write = graph.write(async (tx) => {
      await tx.run(MAKE, { id: 'b' });
      await tx.run("CREATE (:Person {id: 'c', slug: 'kim'})");
    });

    await expect(write).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'Another Person has the same slug.',
      details: { rule: 'UNIQUE', type: 'Person', field: 'slug' },
    });
    expect(await idsOf(graph)).toEqual(['a']);
  });

  test('say inside the work that a value is not unique, and let the work say it better', async () => {
    const graph = await engine.fresh();
    const better = new Error('That name is taken');

    const write = graph.write(async (tx) => {
      await tx.run(MAKE, { id: 'a' });
      await tx.run(MAKE, { id: 'a' }).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'CONFLICT', details: { rule: 'UNIQUE' } });
        throw better;
      });
    });

    await expect(write).rejects.toBe(better);
  });

  test('make one node of one id, whoever comes first', async () => {
    const graph = await engine.fresh();

    const all = await Promise.allSettled(
      Array.from({ length: 5 }, () => graph.write((tx) => tx.run(MAKE, { id: 'a' }))),
    );

    const failed = all.filter((one) => one.status === 'rejected');
    expect(failed).toHaveLength(4);
    for (const { reason } of failed) expect(reason).toMatchObject({ code: 'CONFLICT', details: { rule: 'UNIQUE' } });
    expect(await idsOf(graph)).toEqual(['a']);
  });

  test('lose no count when two writers count to 200 together', async () => {
    const graph = await engine.fresh();
    const seen: number[] = [];
    const writer = async () => {
      for (let i = 0; i < 100; i += 1) seen.push(await graph.write(countUp));
    };

    await Promise.all([writer(), writer()]);

    expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
    expect(await graph.read('MATCH (g:Graph) RETURN g.seq AS seq')).toEqual([{ seq: 200 }]);
  });

  test('count statements, in reads and in writes', async () => {
    const graph = await engine.fresh();
    const before = graph.statements;

    await graph.read('RETURN 1 AS x');
    await graph.write(async (tx) => {
      await tx.run(MAKE, { id: 'a' });
      await tx.read('RETURN 1 AS x');
    });

    expect(graph.statements - before).toBe(3);
  });

  test('are the only way to write: a read that writes is refused and leaves nothing behind', async () => {
    const graph = await engine.fresh();

    await expect(graph.read("CREATE (p:Person {id: 'a'}) RETURN p.id AS id")).rejects.toThrow(/read/i);

    expect(await idsOf(graph)).toEqual([]);
  });
}

const engines = enginesHere({ all: true });

describe.each(engines)('Transactions on $name', transactions);

describe.each(engines.filter(({ name }) => name.startsWith('Neo4j')))('Two servers on $name', (engine) => {
  test('run the work again when they wait for each other in a circle', async () => {
    const graph = await engine.fresh();
    const other = await engine.again();
    await graph.write((tx) => tx.run("CREATE (:Person {id: 'a', n: 0}), (:Person {id: 'b', n: 0})"));
    const add = 'MATCH (p:Person {id: $id}) SET p.n = p.n + 1';
    let attempts = 0;
    let bothHold = 0;
    const meet = async (first: string, second: string, on: Graph) =>
      on.write(async (tx) => {
        attempts += 1;
        await tx.run(add, { id: first });
        bothHold += 1;
        // The first time round each holds its node before it asks for the other's.
        for (let waited = 0; bothHold < 2 && waited < 100; waited += 1)
          await new Promise((done) => setTimeout(done, 10));
        await tx.run(add, { id: second });
      });

    await Promise.all([meet('a', 'b', graph), meet('b', 'a', other)]);

    expect(attempts).toBeGreaterThan(2);
    expect(await graph.read('MATCH (p:Person) RETURN p.n AS n')).toEqual([{ n: 2 }, { n: 2 }]);
  });

  test('lose no count together', async () => {
    const graph = await engine.fresh();
    const other = await engine.again();
    const writer = async (on: Graph) => {
      for (let i = 0; i < 50; i += 1) await on.write(countUp);
    };

    await Promise.all([writer(graph), writer(other)]);

    expect(await graph.read('MATCH (g:Graph) RETURN g.seq AS seq')).toEqual([{ seq: 100 }]);
  });

  test('make the schema at the same time', async () => {
    const graph = await engine.fresh();
    const other = await engine.again();

    await Promise.all([graph.createSchema(), other.createSchema()]);

    expect(await graph.read('MATCH (g:Graph) RETURN count(g) AS count')).toEqual([{ count: 1 }]);
  });
});
