import { describe, expect, test } from 'vitest';
import { UNIQUE } from '../../src/graph/constraints.js';
import { refuseOlderSchema, SCHEMA_VERSION } from '../../src/graph/schema.js';
import { enginesHere } from '../support/engines.js';

const GRAPH = 'MATCH (g:Graph) RETURN g.id AS id, g.version AS version, g.seq AS seq, g.lock AS lock';

describe.each(enginesHere({ all: true }))('The schema on $name', (engine) => {
  test('begins with one Graph node', async () => {
    const graph = await engine.fresh();

    expect(await graph.read(GRAPH)).toEqual([{ id: 'graph', version: SCHEMA_VERSION, seq: 0, lock: false }]);
  });

  test('changes nothing when it is made again', async () => {
    const graph = await engine.fresh();
    await graph.write((tx) => tx.run("MATCH (g:Graph) SET g.seq = 7 CREATE (:Person {id: 'a'})"));

    await graph.createSchema();
    await graph.createSchema();

    expect(await graph.read(GRAPH)).toEqual([{ id: 'graph', version: SCHEMA_VERSION, seq: 7, lock: false }]);
    expect(await graph.read('MATCH (p:Person) RETURN p.id AS id')).toEqual([{ id: 'a' }]);
  });

  test('of a later version is refused and left alone', async () => {
    const graph = await engine.fresh();
    await graph.write((tx) => tx.run('MATCH (g:Graph) SET g.version = 99, g.seq = 9'));

    await expect(graph.createSchema()).rejects.toMatchObject({
      code: 'REFUSED',
      message: expect.stringContaining('schema version 99'),
      details: { field: 'GRAPH_URL', rule: 'SCHEMA_VERSION' },
    });

    expect(await graph.read(GRAPH)).toEqual([{ id: 'graph', version: 99, seq: 9, lock: false }]);
  });

  test('of an earlier version is kept, and refused by whoever would serve it, with the way out', async () => {
    const graph = await engine.fresh();
    await expect(refuseOlderSchema(graph)).resolves.toBeUndefined();
    await graph.write((tx) => tx.run('MATCH (g:Graph) SET g.version = 1'));

    await graph.createSchema();

    await expect(refuseOlderSchema(graph)).rejects.toMatchObject({
      code: 'REFUSED',
      message: expect.stringContaining('npm run verify -- --mend'),
      details: { field: 'GRAPH_URL', rule: 'SCHEMA_VERSION' },
    });
    expect(await graph.read('MATCH (g:Graph) RETURN g.version AS version')).toEqual([{ version: 1 }]);
  });

  test.each(UNIQUE)('lets no two %s nodes share their %s', async (label, property) => {
    const graph = await engine.fresh();
    const make = `CREATE (:${label} {${property}: 'graph'})`;
    await graph.write((tx) => tx.run(`MERGE (:${label} {${property}: 'graph'})`));

    await expect(graph.write((tx) => tx.run(make))).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { rule: 'UNIQUE', type: label, field: property },
    });
  });

  test('lets many articles be without a URL', async () => {
    const graph = await engine.fresh();
    const rows = [{ id: 'a' }, { id: 'b' }].map((row) => ({ ...row, url: null }));

    await graph.write((tx) => tx.run('UNWIND $rows AS r CREATE (a:Article {id: r.id, url: r.url})', { rows }));

    expect(await graph.read('MATCH (a:Article) RETURN count(a) AS count')).toEqual([{ count: 2 }]);
  });

  test('frees a unique value when its node goes or takes another', async () => {
    const graph = await engine.fresh();
    await graph.write((tx) => tx.run("CREATE (:Person {id: 'a', slug: 'x'}), (:Person {id: 'b', slug: 'y'})"));

    await graph.write(async (tx) => {
      await tx.run("MATCH (p:Person {id: 'a'}) SET p.slug = 'z'");
      await tx.run("MATCH (p:Person {id: 'b'}) DETACH DELETE p");
      await tx.run("CREATE (:Person {id: 'b', slug: 'x'}), (:Person {id: 'c', slug: 'y'})");
    });

    expect(await graph.read('MATCH (p:Person) RETURN p.slug AS slug ORDER BY slug')).toEqual([
      { slug: 'x' },
      { slug: 'y' },
      { slug: 'z' },
    ]);
  });
});
