import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RecordType } from '../../src/domain/words.js';
import type { Graph, Params, Row } from '../../src/graph/graph.js';
import { openGraph } from '../../src/graph/open.js';
import { DRAWN } from '../../src/store/edges.js';
import { FIELDS_OF } from '../../src/store/records.js';
import { verify } from '../../src/store/verify.js';
import { changed, everything } from '../support/damaged.js';
import { enginesHere } from '../support/engines.js';

describe.each(enginesHere({ all: true }))('verify on $name', ({ fresh }) => {
  let graph: Graph;
  beforeEach(async () => {
    graph = await fresh();
    await everything(graph);
  });
  const corrupt = (statement: string, params: Params = {}) =>
    graph.write((transaction) => transaction.run(statement, params));
  const found = async () => (await verify(graph)).differences;

  test('finds nothing in a graph that only commits have written', async () => {
    expect(await found()).toEqual([]);
  });

  test('reports an edge that is gone, and one too many, of every kind', async () => {
    const kinds = [...new Set([...DRAWN.map(([type]) => type), 'LINKED', 'CONCERNS', 'BETWEEN'])];
    const edges: Row[] = [];
    for (const type of kinds.filter((kind) => kind !== 'ON' && kind !== 'ENDED_BY')) {
      const [edge] = await graph.read(
        `MATCH (a)-[e:\`${type}\`]->(b) RETURN a.id AS a, b.id AS b, e {.*} AS props LIMIT 1`,
      );
      expect(edge, `${type} occurs`).toBeDefined();
      edges.push({ ...edge, type });
    }
    const draw = ({ type, ...ends }: Row) =>
      corrupt(`MATCH (a {id: $a}) MATCH (b {id: $b}) CREATE (a)-[e:\`${type}\`]->(b) SET e = $props`, ends);
    const whats = (differences: Awaited<ReturnType<typeof found>>) =>
      differences.map(({ record, what }) => `${record} ${what}`).sort();
    const wanted = edges.map(({ a, type }) => `${a} edge ${type}`).sort();

    for (const edge of edges) await draw(edge);
    const twice = await found();
    expect(whats(twice)).toEqual(wanted);
    expect(twice.every(({ expected }) => expected === null)).toBe(true);

    for (const { type, a, b } of edges)
      await corrupt(`MATCH (a {id: $a})-[e:\`${type}\`]->(b {id: $b}) DELETE e`, { a, b });
    const gone = await found();
    expect(whats(gone)).toEqual(wanted);
    expect(gone.every(({ stored }) => stored === null)).toBe(true);

    for (const edge of edges) await draw(edge);
    expect(await found()).toEqual([]);
  });

  test('reports a decision that no change has made, and a contradiction that is gone', async () => {
    await corrupt("MATCH (p:Person {name: 'Bo'}) SET p.name = 'Beau'");
    const whats = (await found()).map(({ what }) => what);
    expect(whats).toEqual(expect.arrayContaining(['sort', 'folded', 'record, by the log']));
    await corrupt("MATCH (p:Person {name: 'Beau'}) SET p.name = 'Bo'");

    await corrupt('MATCH (k:Contradiction) DETACH DELETE k');
    expect((await found()).map(({ what }) => what)).toContain('contradiction');
  });

  test('reports what the log does not bear out', async () => {
    await corrupt('MATCH (c:Change {seq: 2}) SET c.seq = 7');
    expect((await found()).map(({ what }) => what)).toContain('seq');
    await corrupt('MATCH (c:Change {seq: 7}) SET c.seq = 2');

    await corrupt("MATCH (e:Edit {type: 'Period'}) SET e.after = 'null'");
    expect((await found()).map(({ what }) => what)).toContain('record, by the log');
  });

  test('reports broken rules and references that lead nowhere', async () => {
    await corrupt("MATCH (d:Period {type: 'MARRIED'}) SET d.type = 'STEP'");
    expect(await found()).toContainEqual(expect.objectContaining({ what: 'rule TYPE_OF_KIND' }));
    await corrupt("MATCH (d:Period {type: 'STEP'}) SET d.type = 'MARRIED'");

    await corrupt(
      "MATCH (c:Claim {verdict: 'ACCEPTED', field: 'OCCUPATION'})-[:HAS]->(t:Citation) SET t.verdict = 'PROPOSED'",
    );
    expect(await found()).toContainEqual(expect.objectContaining({ what: 'rule UNSUPPORTED' }));
    await corrupt(
      "MATCH (c:Claim {verdict: 'ACCEPTED', field: 'OCCUPATION'})-[:HAS]->(t:Citation) SET t.verdict = 'ACCEPTED'",
    );

    await corrupt("MATCH (d:Period) SET d.relationship = 'rel_gone'");
    expect(await found()).toContainEqual(expect.objectContaining({ what: 'rule UNKNOWN_RECORD' }));
  });
});

/** Every property of every node costs a verify: one engine proves the comparison, the suite above that all read the same. */
describe('verify, property by property', () => {
  let graph: Graph;
  beforeEach(async () => {
    graph = await openGraph({ url: 'memory:' });
    await graph.createSchema();
    await everything(graph);
  });
  afterEach(() => graph.close());
  const corrupt = (statement: string, params: Params = {}) =>
    graph.write((transaction) => transaction.run(statement, params));
  const found = async () => (await verify(graph)).differences;

  test('reports each derived property that was changed by hand', async () => {
    const checked: string[] = [];
    for (const type of Object.keys(FIELDS_OF) as RecordType[]) {
      const nodes = (await graph.read(`MATCH (n:${type}) RETURN n {.*} AS props ORDER BY n.id`)).map(
        ({ props }) => props as Row,
      );
      const keys = new Set(
        nodes
          .flatMap((props) => Object.keys(props))
          .filter((key) => !(FIELDS_OF[type] as readonly string[]).includes(key)),
      );
      for (const key of keys) {
        const { id, [key]: value } = nodes.find((props) => props[key] !== undefined && props[key] !== null) as Row;
        await corrupt(`MATCH (n:${type} {id: $id}) SET n.${key} = $value`, { id, value: changed(value) });
        expect(await found(), `${type}.${key}`).toMatchObject([{ record: id, what: key }]);
        await corrupt(`MATCH (n:${type} {id: $id}) SET n.${key} = $value`, { id, value });
        checked.push(`${type}.${key}`);
      }
    }
    for (const key of [
      'Person.adultFrom',
      'Period.startMax',
      'Period.linked',
      'Article.roots',
      'Claim.agreesWith',
      'Event.standing',
    ]) {
      expect(checked).toContain(key);
    }
    expect(await found()).toEqual([]);
  });

  test('reports each number of a LINKED edge that was changed by hand', async () => {
    const [link] = await graph.read(
      'MATCH (:Person)-[l:LINKED]->(:Person) RETURN l {.*} AS props ORDER BY l.periodId LIMIT 1',
    );
    const props = link?.props as Row;
    for (const [key, value] of Object.entries(props)) {
      const period = key === 'periodId' ? changed(value) : (props.periodId ?? null);
      await corrupt(`MATCH (:Person)-[l:LINKED {periodId: $id}]->(:Person) SET l.${key} = $to`, {
        id: props.periodId,
        to: changed(value),
      });
      expect(
        (await found()).map(({ what }) => what),
        key,
      ).toContain('edge LINKED');
      await corrupt(`MATCH (:Person)-[l:LINKED {periodId: $period}]->(:Person) SET l.${key} = $value`, {
        period,
        value,
      });
    }
    expect(await found()).toEqual([]);
  });
});
