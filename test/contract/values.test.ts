import { describe, expect, test } from 'vitest';
import type { Graph, Params, Value } from '../../src/graph/graph.js';
import { enginesHere } from '../support/engines.js';

const ECHO = '// echo\nRETURN $value AS value';

async function echo(graph: Graph, value: Value | undefined): Promise<Value | undefined> {
  const [row] = await graph.read(ECHO, { value });
  return row?.value;
}

describe.each(enginesHere({ all: true }))('Values on $name', (engine) => {
  test.each<[string, Value]>([
    ['null', null],
    ['a boolean', true],
    ['zero', 0],
    ['the largest exact whole number', Number.MAX_SAFE_INTEGER],
    ['the smallest exact whole number', Number.MIN_SAFE_INTEGER],
    ['the far ends of time', [-1_000_000_000, 1_000_000_000]],
    ['a fraction', -2.5],
    ['an empty string', ''],
    ['any script', 'Beyoncé 王菲 Дима 👩🏽‍🚀 e\u0301 \u202eא \u0000 \t\n"\'\\ $x {} //'],
    ['an empty list', []],
    ['an empty map', {}],
    ['lists and maps in each other', { rows: [{ id: 'a', tags: ['x', null], more: { deep: [1, 2.5, false] } }, {}] }],
  ])('give %s back as it was', async (_, value) => {
    const graph = await engine.fresh();

    expect(await echo(graph, value)).toStrictEqual(value);
  });

  test('keep a string of 5 MB and a list of 10,000 items in a property', async () => {
    const graph = await engine.fresh();
    const text = 'añ字👍'.repeat(600_000);
    const list = Array.from({ length: 10_000 }, (_, i) => `per_${i}`);

    await graph.write((tx) => tx.run('CREATE (:Thing {id: 1, text: $text, list: $list})', { text, list }));

    const [row] = await graph.read('MATCH (t:Thing {id: 1}) RETURN t.text AS text, t.list AS list');
    expect(row?.text === text).toBe(true);
    expect(row?.list).toStrictEqual(list);
  });

  test('keep whole numbers whole and nulls absent', async () => {
    const graph = await engine.fresh();
    const rows = [
      { id: 'a', day: 15_000, gone: null },
      { id: 'b', day: -3, gone: 'x' },
    ];

    await graph.write((tx) =>
      tx.run('UNWIND $rows AS r CREATE (t:Thing {id: r.id}) SET t.day = r.day, t.gone = r.gone', { rows }),
    );

    const read = `MATCH (t:Thing) WHERE t.day = $day RETURN t.id AS id, t.day / 2 AS half, t.gone IS NULL AS gone`;
    expect(await graph.read(read, { day: 15_000 })).toEqual([{ id: 'a', half: 7_500, gone: true }]);
    expect(await graph.read(read, { day: -3 })).toEqual([{ id: 'b', half: -1, gone: false }]);
  });

  test('take undefined for null, also inside of lists and maps', async () => {
    const graph = await engine.fresh();
    const params = { value: undefined, map: { a: undefined, b: 1 } } as unknown as Params;

    expect(await graph.read('RETURN $value AS value, $map AS map', params)).toEqual([
      { value: null, map: { a: null, b: 1 } },
    ]);
  });

  test.each([Number.NaN, Infinity, -Infinity, 2 ** 53, -(2 ** 60), 1e300])('refuse the number %s', async (value) => {
    const graph = await engine.fresh();

    await expect(echo(graph, { deep: [value] })).rejects.toThrow(RangeError);
    await expect(graph.write((tx) => tx.run(ECHO, { value }))).rejects.toThrow(RangeError);
  });

  test('refuse what is no value, such as a Date, a Map or a bigint', async () => {
    const graph = await engine.fresh();

    for (const value of [new Date(0), new Map(), 1n, () => 1]) {
      await expect(graph.read(ECHO, { value } as unknown as Params)).rejects.toThrow(TypeError);
    }
  });

  test('refuse to answer a node, an edge or a path', async () => {
    const graph = await engine.fresh();
    await graph.write((tx) => tx.run('CREATE (:Thing {id: 1})-[:TO {x: 1}]->(:Thing {id: 2})'));

    for (const answer of ['a', 'e', 'p', '[a]', '{a: a}']) {
      const read = graph.read(`MATCH p = (a:Thing)-[e:TO]->(b:Thing) RETURN ${answer} AS x`);
      await expect(read, answer).rejects.toThrow('The column x holds a node');
    }
  });

  test('refuse to answer a number that is not exact', async () => {
    const graph = await engine.fresh();

    for (const answer of ['9007199254740993', '1.0 / 0.0', '[-9007199254740993]']) {
      await expect(graph.read(`RETURN ${answer} AS x`), answer).rejects.toThrow(RangeError);
    }
  });

  test('answer no rows for an empty UNWIND, in reads and in writes', async () => {
    const graph = await engine.fresh();

    expect(await graph.read('UNWIND $ids AS id MATCH (t:Thing {id: id}) RETURN t.id AS id', { ids: [] })).toEqual([]);
    const made = graph.write((tx) =>
      tx.run('UNWIND $ids AS id CREATE (t:Thing {id: id}) RETURN t.id AS id', { ids: [] }),
    );
    expect(await made).toEqual([]);
  });
});
