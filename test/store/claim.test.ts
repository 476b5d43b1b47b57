import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Standing } from '../../src/domain/evidence.js';
import type { Sight } from '../../src/domain/gate.js';
import type { Verdict } from '../../src/domain/words.js';
import type { Graph } from '../../src/graph/graph.js';
import {
  claims,
  claimsOf,
  claimsOfArticles,
  countClaimsOf,
  countClaimsOfArticles,
  type StoredClaim,
  seesClaim,
} from '../../src/store/claim.js';
import { enginesHere } from '../support/engines.js';
import { World } from '../support/world.js';

const READER: Sight = { level: 0, minors: 'name-only', today: 100 };
const REVIEWER: Sight = { level: 1, minors: 'show', today: 100 };
const ALL = { field: null, first: 100, after: null };

const idsOf = (list: readonly ({ id: string } | null)[] | undefined) => list?.map((one) => one?.id ?? null);

describe.each(enginesHere({ all: true }))('claims on $name', (engine) => {
  async function planted(world: World): Promise<Graph> {
    const graph = await engine.fresh();
    await world.plant(graph);
    return graph;
  }

  test('about every type of subject answer each key, one statement for each type', async () => {
    const world = new World();
    const [ann, bo] = [world.person('Ann'), world.person('Bo')];
    const pair = world.relationship('ROMANTIC', ann, bo);
    const period = world.period(pair);
    const event = world.event('MET', [[ann, 'PARTY']]);
    const made = [ann, pair, period, event].map((subject) => world.claim(subject, {}, [ann]));
    const graph = await planted(world);
    const keys = [event, ann, pair, 'per_unknown', 'art_1', '', period, bo, ann];
    const before = graph.statements;

    const found = await claimsOf(graph, keys, ALL, READER);

    expect(graph.statements - before).toBe(4);
    expect(found.map(idsOf)).toEqual([[made[3]], [made[0]], [made[1]], [], [], [], [made[2]], [], [made[0]]]);
    expect(await countClaimsOf(graph, keys, null, READER)).toEqual([1, 1, 1, 0, 0, 0, 1, 0, 1]);
    expect(await claimsOf(graph, [], ALL, READER)).toEqual([]);
    expect(idsOf(await claims(graph, [made[0] ?? '', 'clm_unknown', '', made[0] ?? '']))).toEqual([
      made[0],
      null,
      null,
      made[0],
    ]);
  });

  test('of one field, and page by page, leave nothing out', async () => {
    const world = new World();
    const ann = world.person('Ann');
    const names = ['Ann', 'Annie', 'Anna'].map((text) => world.claim(ann, { field: 'NAME', value: { text } }));
    const birth = world.claim(ann, { field: 'BIRTH', value: { date: { edtf: '1980' } } });
    const graph = await planted(world);

    const [first] = await claimsOf(graph, [ann], { ...ALL, first: 3 }, READER);
    const [rest] = await claimsOf(graph, [ann], { ...ALL, first: 3, after: { sort: first?.[2]?.sort ?? '' } }, READER);

    expect(idsOf([...(first ?? []), ...(rest ?? [])])).toEqual([birth, ...names.sort()]);
    expect(idsOf((await claimsOf(graph, [ann], { ...ALL, field: 'BIRTH' }, READER))[0])).toEqual([birth]);
    expect(await countClaimsOf(graph, [ann], 'NAME', READER)).toEqual([3]);
    expect(first?.[0]).toMatchObject({ value: { date: { edtf: '1980' } }, sources: 1, agreesWith: null });
  });

  test('of an article come once each, for readers by accepted citations only', async () => {
    const world = new World();
    const ann = world.person('Ann');
    const [article, other] = [world.article(1), world.article(2)];
    const twice = world.claim(ann);
    world.citation(twice, article);
    world.citation(twice, article);
    const waiting = world.claim(ann);
    world.citation(waiting, article, { verdict: 'PROPOSED' });
    const proposed = world.claim(ann, { verdict: 'PROPOSED' });
    world.citation(proposed, article);
    const graph = await planted(world);
    const keys = [other, article, 'art_unknown', '', article];

    expect((await claimsOfArticles(graph, keys, ALL, READER)).map(idsOf)).toEqual([[], [twice], [], [], [twice]]);
    expect(await countClaimsOfArticles(graph, keys, READER)).toEqual([0, 1, 0, 0, 1]);
    expect((await claimsOfArticles(graph, [article], ALL, REVIEWER)).map((list) => idsOf(list)?.sort())).toEqual([
      [twice, waiting, proposed].sort(),
    ]);
    expect(await countClaimsOfArticles(graph, [article], REVIEWER)).toEqual([3]);
  });

  test('in lists are those that place two lets through', { timeout: 60_000 }, async () => {
    const person = fc.record({
      gate: fc.constantFrom(0, 0, 1, 2, 3),
      floor: fc.constantFrom(0, 3),
      adultFrom: fc.constantFrom(0, 100, 101),
    });
    const made = fc.record({
      people: fc.array(person, { minLength: 1, maxLength: 2 }),
      verdict: fc.constantFrom<Verdict>('ACCEPTED', 'ACCEPTED', 'PROPOSED', 'REJECTED'),
      standing: fc.constantFrom<Standing>(-1, 0, 2, 3),
    });
    const sight = fc.record({
      level: fc.constantFrom<Sight['level']>(0, 1, 2),
      minors: fc.constantFrom<Sight['minors']>('hide', 'name-only', 'show'),
      today: fc.constant(100),
    });
    const property = fc.asyncProperty(fc.array(made, { maxLength: 6 }), sight, async (recipes, sight) => {
      const world = new World();
      const subject = world.person('Subject');
      const ids = recipes.map(({ people, ...given }, at) =>
        world.claim(
          subject,
          given,
          people.map((each, place) => world.person(`p${at}${place}`, each)),
        ),
      );
      const graph = await planted(world);

      const wanted = (await claims(graph, ids)).filter((claim) => seesClaim(sight, claim as StoredClaim));
      const [found] = await claimsOf(graph, [subject], ALL, sight);

      expect(idsOf(found)?.sort()).toEqual(idsOf(wanted)?.sort());
    });
    await fc.assert(property, { numRuns: engine.name === 'memory:' ? 60 : 4 });
  });
});
