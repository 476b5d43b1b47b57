import { describe, expect, test } from 'vitest';
import { enginesHere } from '../support/engines.js';
import { World } from '../support/world.js';
import { ask } from './asking.js';

const PARTNERS = 10_000;

interface Partners {
  totalCount: number;
  pageInfo: { hasNextPage: boolean };
  nodes: { name: string; partners: { totalCount: number; nodes: { name: string; partners: { nodes: object[] } }[] } }[];
}

describe.each(enginesHere())('A hub on $name', (engine) => {
  test('T21: with 10,000 relationships, nested two levels, is a capped page in a fixed number of statements', async () => {
    const graph = await engine.fresh();
    const world = new World();
    const hub = world.person('Hub');
    for (let n = 0; n < PARTNERS; n += 1) {
      const other = world.person(`P${n}`);
      world.period(world.relationship('ROMANTIC', hub, other), {
        type: 'DATING',
        startMin: n,
        startMax: n,
        startKnown: true,
      });
    }
    await world.plant(graph);

    const { data, errors, statements } = await ask(
      graph,
      `{ person(id: "hub") { partners(first: 100) { totalCount pageInfo { hasNextPage }
        nodes { name partners(first: 1) { totalCount nodes { name partners(first: 100) { nodes { name } } } } } } } }`,
    );

    const { partners } = (data as { person: { partners: Partners } }).person;
    expect(errors).toEqual([]);
    expect([partners.totalCount, partners.nodes.length, partners.pageInfo]).toEqual([
      PARTNERS,
      100,
      { hasNextPage: true },
    ]);
    expect(partners.nodes[0]?.name).toBe('P9999');
    expect(new Set(partners.nodes.map((node) => node.partners.nodes[0]?.name))).toEqual(new Set(['Hub']));
    expect(partners.nodes.every((node) => node.partners.nodes[0]?.partners.nodes.length === 100)).toBe(true);
    // The hub's own page is in the loaders already when it is met again.
    expect([...statements].sort()).toEqual(['countLinks', 'countLinks', 'linksPage', 'linksPage', 'people']);
  }, 180_000);
});
