import { describe, expect, test } from 'vitest';
import type { Sight } from '../../src/domain/gate.js';
import type { Graph } from '../../src/graph/graph.js';
import { people, peopleByExternalId } from '../../src/store/person.js';
import { countPeople, peoplePage } from '../../src/store/person-list.js';
import { enginesHere } from '../support/engines.js';
import { World } from '../support/world.js';

const READER: Sight = { level: 0, minors: 'name-only', today: 100 };
const REVIEWER: Sight = { level: 1, minors: 'show', today: 100 };
const EVERYBODY = { ids: null };

describe.each(enginesHere({ all: true }))('people on $name', (engine) => {
  async function planted(world: World): Promise<Graph> {
    const graph = await engine.fresh();
    await world.plant(graph);
    return graph;
  }

  test('are found by id and slug in the order of the keys, repeated and unknown ones included', async () => {
    const world = new World();
    const [ann, bo] = [world.person('Ann'), world.person('Bo')];
    const graph = await planted(world);

    const found = await people(graph, [bo, 'ann', 'per_unknown', 'nobody', '', ann, bo]);

    expect(found.map((person) => person?.name ?? null)).toEqual(['Bo', 'Ann', null, null, null, 'Ann', 'Bo']);
    expect(await people(graph, [])).toEqual([]);
  });

  test('that were merged, once or twice, are answered by their survivor, by id, slug and external id', async () => {
    const world = new World();
    const ann = world.person('Ann', { externalIds: ['wikidata:Q1'] });
    const middle = world.person('Middle', { mergedInto: ann });
    const old = world.person('Old', { mergedInto: middle, externalIds: ['wikidata:Q2'] });
    const graph = await planted(world);

    const found = await people(graph, [old, 'old', middle, 'ann']);
    const external = await peopleByExternalId(graph, ['wikidata:Q2', 'imdb:1', '', 'wikidata:Q1', 'wikidata:Q2']);

    expect(found.map((person) => person?.id)).toEqual([ann, ann, ann, ann]);
    expect(external.map((person) => person?.id ?? null)).toEqual([ann, null, null, ann, ann]);
    expect(await peopleByExternalId(graph, [])).toEqual([]);
  });

  test('come with every decision, the gate’s numbers and what is shown', async () => {
    const world = new World();
    const aliases = [{ name: 'Annie', kind: 'NICKNAME' as const }];
    const ann = world.person('Ann', { aliases, floor: 3, gate: 1, adultFrom: 7, description: 'Sings' });
    const graph = await planted(world);

    const [person] = await people(graph, [ann]);

    expect(person).toEqual({
      ...world.people.get(ann),
      revision: 1,
      sort: 'ann|per_Ann',
      shown: expect.objectContaining({ names: [], occupations: [] }),
    });
  });

  test('are paged by name without loss, gated and counted', async () => {
    const world = new World();
    for (const name of ['Émile', 'Zoe', 'Bo', 'Ann', 'Cy']) world.person(name.normalize('NFKD').replace(/\W/g, ''));
    world.person('Hidden', { gate: 1 });
    world.person('Kid', { adultFrom: 101 });
    world.person('Old', { mergedInto: 'per_Ann' });
    const graph = await planted(world);

    const names: string[] = [];
    for (let after = null as { sort: string } | null; ; ) {
      const page = await peoplePage(graph, { first: 2, after }, EVERYBODY, READER);
      names.push(...page.map(({ name }) => name));
      const last = page.at(-1);
      if (page.length < 2 || last === undefined) break;
      after = { sort: last.sort };
    }

    expect(names).toEqual(['Ann', 'Bo', 'Cy', 'Emile', 'Zoe']);
    expect(await countPeople(graph, EVERYBODY, READER)).toBe(5);
    expect(await countPeople(graph, EVERYBODY, REVIEWER)).toBe(7);
    expect(await countPeople(graph, { ids: ['per_Bo', 'per_Hidden', 'per_Old'] }, READER)).toBe(1);
    expect(await countPeople(graph, { ids: [] }, READER)).toBe(0);
    expect(await peoplePage(graph, { first: 0, after: null }, EVERYBODY, READER)).toEqual([]);
  });
});
