import { beforeEach, describe, expect, test } from 'vitest';
import type { RecordType } from '../../src/domain/words.js';
import type { Graph, Row } from '../../src/graph/graph.js';
import { commit } from '../../src/store/commit.js';
import { DRAWN } from '../../src/store/edges.js';
import { mend } from '../../src/store/mend.js';
import { FIELDS_OF } from '../../src/store/records.js';
import { verify } from '../../src/store/verify.js';
import { changed, everything } from '../support/damaged.js';
import { enginesHere } from '../support/engines.js';

const DERIVED_EDGES = ['LINKED', 'CONCERNS', 'BETWEEN'];
const TYPES = Object.keys(FIELDS_OF) as RecordType[];

describe.each(enginesHere({ all: true }))('mend on $name', ({ fresh, name }) => {
  let graph: Graph;
  beforeEach(async () => {
    graph = await fresh();
    await everything(graph);
  });
  const run = (statement: string, params: Row = {}) => graph.write((transaction) => transaction.run(statement, params));
  const found = async () => (await verify(graph)).differences;

  /** Changes or removes whatever derived property each node has. */
  async function damageNodes(damage: (value: unknown) => string | number | boolean | null): Promise<void> {
    for (const type of TYPES) {
      const decided: readonly string[] = [...FIELDS_OF[type], 'revision'];
      for (const row of await graph.read(`MATCH (n:${type}) RETURN n {.*} AS props`)) {
        const derived = Object.entries(row.props as Row).filter(
          ([key, value]) => !decided.includes(key) && value !== null,
        );
        const props = Object.fromEntries(derived.map(([key, value]) => [key, damage(value)]));
        await run(`MATCH (n:${type} {id: $id}) SET n += $props`, { id: (row.props as Row).id ?? null, props });
      }
    }
  }

  test('writes nothing where all is right', async () => {
    const before = await everythingIn(graph);

    expect(await mend(graph)).toEqual({});

    expect(await everythingIn(graph)).toEqual(before);
  });

  test('derives every property again, missing or wrong', async () => {
    const before = await everythingIn(graph);

    await damageNodes(() => null);
    expect(Object.keys(await mend(graph))).toEqual(expect.arrayContaining(['Article', 'Person', 'Event', 'Claim']));
    expect(await everythingIn(graph)).toEqual(before);

    await damageNodes(changed);
    await mend(graph);
    expect(await everythingIn(graph)).toEqual(before);
    expect(await mend(graph)).toEqual({});
  });

  test('gives unique keys back to whom they belong', async () => {
    const before = await everythingIn(graph);
    const pairs = await graph.read('MATCH (r:Relationship) RETURN r.id AS id, r.pairKey AS key ORDER BY r.id');
    expect(pairs.length).toBeGreaterThan(1);
    await run('MATCH (r:Relationship) SET r.pairKey = r.id');
    for (const [i, { key }] of pairs.entries())
      await run('MATCH (r:Relationship {id: $id}) SET r.pairKey = $key', {
        id: pairs[(i + 1) % pairs.length]?.id ?? null,
        key: key ?? null,
      });

    expect(await mend(graph)).toEqual({ Relationship: pairs.length });

    expect(await everythingIn(graph)).toEqual(before);
  });

  test('draws every edge again that is gone, too many or wrong', async () => {
    const before = await everythingIn(graph);
    const kinds = [...new Set([...DRAWN.map(([type]) => type), ...DERIVED_EDGES])];
    for (const kind of kinds) await run(`MATCH (a)-[e:\`${kind}\`]->(b) DELETE e`);

    await mend(graph);
    expect(await everythingIn(graph)).toEqual(before);

    for (const kind of kinds) {
      await run(`MATCH (a)-[e:\`${kind}\`]->(b) WITH a, b LIMIT 1 CREATE (a)-[f:\`${kind}\`]->(b) SET f.wrong = 'x'`);
    }
    await run('MATCH (a:Person)-[l:LINKED]->(:Person) WITH a, l LIMIT 1 CREATE (a)-[m:LINKED]->(a) SET m.startMin = 3');
    await mend(graph);
    expect(await everythingIn(graph)).toEqual(before);
    expect(await found()).toEqual([]);
  });

  test('finds contradictions again, and forgets those that are none', async () => {
    const before = await everythingIn(graph);
    await run("MATCH (k:Contradiction) SET k.claims = ['clm_other', 'clm_wrong']");
    await run(
      "CREATE (k:Contradiction {id: 'con_none', type: 'DATES_EXCLUDE'}) WITH k MATCH (c:Claim) WITH k, c LIMIT 1 CREATE (k)-[e:BETWEEN]->(c)",
    );

    expect(await mend(graph)).toEqual({ Contradiction: 2 });
    expect(await everythingIn(graph)).toEqual(before);

    await run('MATCH (k:Contradiction) DETACH DELETE k');
    expect(await mend(graph)).toEqual({ Contradiction: 1 });
    expect(await everythingIn(graph)).toEqual(before);
  });

  const onNeo4j = name.startsWith('Neo4j') ? test : () => {};
  onNeo4j('makes indexes and constraints that are gone', async () => {
    const names = async () => (await run('SHOW INDEXES YIELD name RETURN name ORDER BY name')).map((row) => row.name);
    const before = await names();
    await run('DROP INDEX person_sort');
    await run('DROP CONSTRAINT claim_id_unique');

    await mend(graph);

    expect(await names()).toEqual(before);
  });

  test('leaves decisions and the log as they are, for people to look at', async () => {
    await run("MATCH (p:Person {name: 'Bo'}) SET p.name = 'Beau', p.sort = 'x'");

    await mend(graph);

    expect((await found()).map(({ what }) => what)).toEqual(['record, by the log']);
    expect(await graph.read("MATCH (p:Person {name: 'Beau'}) RETURN p.folded AS folded")).toEqual([{ folded: 'beau' }]);
  });

  test('goes on where it was killed', async () => {
    const before = await everythingIn(graph);
    await damageNodes(() => null);
    for (const kind of DERIVED_EDGES) await run(`MATCH (a)-[e:\`${kind}\`]->(b) DELETE e`);

    let runs = 0;
    for (let left = 1; left < 100; left += 1) {
      runs += 1;
      const done = await mend(dyingAfter(graph, left)).then(
        () => true,
        (error: Error) => error.message !== 'killed',
      );
      if (done) break;
    }

    expect(runs).toBeGreaterThan(3);
    expect(await everythingIn(graph)).toEqual(before);
  });

  test('stops where the graph is changed meanwhile, and does no harm to the change', async () => {
    await damageNodes(() => null);
    let writes = 0;
    const meanwhile = standingFor(graph, async () => {
      writes += 1;
      if (writes !== 3) return;
      const set = { name: 'New', slug: 'new' };
      const edits = [{ type: 'Person' as const, id: 'per_new', set }];
      await commit(graph, { id: 'chg_new', at: '2026-01-02T00:00:00Z', actor: 'ann', action: 'told', edits });
    });

    await expect(mend(meanwhile)).rejects.toMatchObject({ code: 'CONFLICT', details: { rule: 'CHANGED_MEANWHILE' } });

    await mend(graph);
    expect(await found()).toEqual([]);
    expect(await graph.read("MATCH (p:Person {id: 'per_new'}) RETURN p.name AS name")).toEqual([{ name: 'New' }]);
  });

  test('refuses where there is nothing to derive from, and leaves all as it is', async () => {
    await run("MATCH (d:Period) SET d.relationship = 'rel_gone'");
    await run("MATCH (p:Person {name: 'Bo'}) SET p.sort = 'x'");

    await expect(mend(graph)).rejects.toMatchObject({ code: 'REFUSED', details: { rule: 'UNKNOWN_RECORD' } });

    expect(await graph.read("MATCH (p:Person {sort: 'x'}) RETURN count(p) AS count")).toEqual([{ count: 1 }]);
  });
});

/** Every node and edge but the lock, as text, in order. */
async function everythingIn(graph: Graph): Promise<string[]> {
  const nodes = await graph.read('MATCH (n) RETURN labels(n) AS labels, n {.*} AS props');
  const edges = await graph.read('MATCH (a)-[e]->(b) RETURN a.id AS a, type(e) AS type, e {.*} AS props, b.id AS b');
  const sorted = (value: unknown): unknown =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.entries(value)
          .filter(([key, one]) => key !== 'lock' && one !== null)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, one]) => [key, sorted(one)])
      : value;
  return [...nodes, ...edges].map((row) => JSON.stringify(sorted(row))).sort();
}

/** A graph in whose place another comes before each write. */
function standingFor(graph: Graph, before: () => Promise<void>): Graph {
  return {
    engine: graph.engine,
    statements: 0,
    read: (...args) => graph.read(...args),
    createSchema: () => graph.createSchema(),
    scratch: () => graph.scratch(),
    close: async () => {},
    write: async (...args) => {
      await before();
      return graph.write(...args);
    },
  };
}

/** A graph that ends its process, as it were, after so many writes. */
function dyingAfter(graph: Graph, writes: number): Graph {
  let left = writes;
  return standingFor(graph, async () => {
    left -= 1;
    if (left < 0) throw new Error('killed');
  });
}
