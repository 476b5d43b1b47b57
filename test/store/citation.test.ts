import { describe, expect, test } from 'vitest';
import type { Sight } from '../../src/domain/gate.js';
import type { Mention } from '../../src/domain/records.js';
import { WITHHELD } from '../../src/domain/withhold.js';
import type { Graph } from '../../src/graph/graph.js';
import { citations, citationsOf, countCitationsOf, type StoredCitation } from '../../src/store/citation.js';
import { enginesHere } from '../support/engines.js';
import { World } from '../support/world.js';

const READER: Sight = { level: 0, minors: 'name-only', today: 100 };
const REVIEWER: Sight = { level: 1, minors: 'show', today: 100 };
const ALL = { first: 100, after: null };

const idsOf = (list: readonly ({ id: string } | null)[] | undefined) => list?.map((one) => one?.id ?? null);

describe.each(enginesHere({ all: true }))('citations on $name', (engine) => {
  async function planted(world: World): Promise<Graph> {
    const graph = await engine.fresh();
    await world.plant(graph);
    return graph;
  }

  test('of claims answer each key, for readers accepted ones of claims that they see', async () => {
    const world = new World();
    const [ann, kid] = [world.person('Ann'), world.person('Kid', { adultFrom: 101 })];
    const article = world.article(1);
    const claim = world.claim(ann);
    const accepted = world.citation(claim, article);
    const proposed = world.citation(claim, article, { verdict: 'PROPOSED' });
    const hidden = world.claim(kid);
    const ofHidden = world.citation(hidden, article);
    const undecided = world.claim(ann, { verdict: 'PROPOSED' });
    const ofUndecided = world.citation(undecided, article);
    const graph = await planted(world);
    const keys = [hidden, claim, undecided, 'clm_unknown', '', claim];
    const every = [accepted, proposed, ofHidden, ofUndecided, 'cit_unknown', '', accepted];

    expect((await citationsOf(graph, keys, ALL, READER)).map(idsOf)).toEqual([[], [accepted], [], [], [], [accepted]]);
    expect(await countCitationsOf(graph, keys, READER)).toEqual([0, 1, 0, 0, 0, 1]);
    expect(await countCitationsOf(graph, keys, REVIEWER)).toEqual([1, 2, 1, 0, 0, 2]);
    expect(idsOf(await citations(graph, every, READER))).toEqual([accepted, null, null, null, null, null, accepted]);
    expect(idsOf(await citations(graph, every, REVIEWER))).toEqual([...every.slice(0, 4), null, null, accepted]);
    expect(await citationsOf(graph, [], ALL, READER)).toEqual([]);
    expect(await citations(graph, [], READER)).toEqual([]);
  });

  test('are paged by the day of their articles, each claim from its own beginning', async () => {
    const world = new World();
    const ann = world.person('Ann');
    const [late, early] = [world.article(9), world.article(1)];
    const claim = world.claim(ann);
    const made = [late, early, early].map((article) => world.citation(claim, article));
    const graph = await planted(world);

    const pages: StoredCitation[] = [];
    for (const _ of made) {
      const after = pages.at(-1)?.cursor ?? null;
      const [page] = await citationsOf(graph, [claim], { first: 1, after }, READER);
      pages.push(...(page ?? []));
    }

    expect(idsOf(pages)).toEqual([...[made[1], made[2]].sort(), made[0]]);
    expect(pages[0]?.article).toMatchObject({ id: early, hasText: false });
  });

  test('withhold the names of hidden people in their quotes, and tell readers no words that nobody has reviewed', async () => {
    const world = new World();
    const [ann, kid] = [world.person('Ann'), world.person('Kid', { adultFrom: 101 })];
    const text = 'Long ago Ann had Kid. Kid is well.';
    const mentions: Mention[] = [{ part: 'TEXT', surface: 'Kid', from: 17, to: 20, person: kid }];
    const claim = world.claim(ann);
    const quoted = { quote: text.slice(9), from: 9, to: text.length };
    const made = [
      world.citation(claim, world.article(1, { text, mentions }), quoted),
      world.citation(claim, world.article(2, { mentions }), { ...quoted, from: null, to: null }),
      world.citation(claim, world.article(3, { text, mentions, mentionsReviewed: false }), quoted),
    ];
    const graph = await planted(world);
    const quotes = async (sight: Sight) => (await citations(graph, made, sight)).map((one) => one?.quote);

    expect(await quotes(READER)).toEqual([
      `Ann had ${WITHHELD}. Kid is well.`,
      `Ann had ${WITHHELD}. ${WITHHELD} is well.`,
      null,
    ]);
    expect(await quotes(REVIEWER)).toEqual([quoted.quote, quoted.quote, quoted.quote]);
  });

  test('tell readers the row of a data set where it is about what two people are to each other, and not of one of them', async () => {
    const world = new World();
    const [ann, bo] = [world.person('Ann'), world.person('Bo')];
    const ofBoth = world.claim(world.relationship('ROMANTIC', ann, bo));
    const ofAnn = world.claim(ann);
    const row = { quote: 'Ann,Bo,2000,1970', from: null, to: null };
    const unreviewed = { mentionsReviewed: false } as const;
    const table = world.article(1, { ...unreviewed, kind: 'DATASET' });
    const news = world.article(2, { ...unreviewed, kind: 'NEWS' });
    const made = [ofBoth, ofAnn].flatMap((claim) =>
      [table, news].map((article) => world.citation(claim, article, row)),
    );
    const graph = await planted(world);
    const quotes = async (sight: Sight) => (await citations(graph, made, sight)).map((one) => one?.quote);

    expect(await quotes(READER)).toEqual([row.quote, null, null, null]);
    expect(await quotes(REVIEWER)).toEqual(made.map(() => row.quote));
  });

  test('name the side for whom they speak, and are told only with them', async () => {
    const world = new World();
    const [ann, bo] = [world.person('Ann'), world.person('Bo', { gate: 1 })];
    const claim = world.claim(ann);
    const article = world.article(1);
    const made = [ann, bo].map((side) => world.citation(claim, article, { evidence: 'PRINCIPAL', side }));
    const graph = await planted(world);
    const sides = async (sight: Sight) =>
      (await citations(graph, made, sight)).map((one) => one && [one.side, one.sidePerson?.name]);

    expect(await sides(READER)).toEqual([[ann, 'Ann'], null]);
    expect(await countCitationsOf(graph, [claim], READER)).toEqual([1]);
    expect(await sides(REVIEWER)).toEqual([
      [ann, 'Ann'],
      [bo, 'Bo'],
    ]);
  });
});
