import { describe, expect, test } from 'vitest';
import type { Sight } from '../../src/domain/gate.js';
import type { Mention } from '../../src/domain/records.js';
import { WITHHELD } from '../../src/domain/withhold.js';
import type { Graph } from '../../src/graph/graph.js';
import {
  articles,
  articlesByUrl,
  articlesOfPeople,
  copiesOf,
  countArticlesOfPeople,
  mentionsOf,
  textsOf,
} from '../../src/store/article.js';
import { articlesPage, countArticles } from '../../src/store/article-list.js';
import { enginesHere } from '../support/engines.js';
import { World } from '../support/world.js';

const READER: Sight = { level: 0, minors: 'name-only', today: 100 };
const REVIEWER: Sight = { level: 1, minors: 'show', today: 100 };
const ALL = { first: 100, after: null };

const idsOf = (list: readonly ({ id: string } | null)[] | undefined) => list?.map((one) => one?.id ?? null);

function mentionIn(part: Mention['part'], text: string, surface: string, person: string): Mention {
  const from = text.indexOf(surface);
  return { part, surface, from, to: from + surface.length, person };
}

describe.each(enginesHere({ all: true }))('articles on $name', (engine) => {
  async function planted(world: World): Promise<Graph> {
    const graph = await engine.fresh();
    await world.plant(graph);
    return graph;
  }

  /** An article that readers see, for a claim about this person. */
  function citedFor(world: World, person: string, day: number, given: Parameters<World['article']>[1] = {}): string {
    const article = world.article(day, given);
    world.citation(world.claim(person), article);
    return article;
  }

  test('are seen by readers only with an accepted citation of an accepted claim that they may see', async () => {
    const world = new World();
    const [ann, kid] = [world.person('Ann'), world.person('Kid', { adultFrom: 101 })];
    const limited = world.person('Limited', { floor: 3 });
    const seen = citedFor(world, ann, 1);
    const uncited = world.article(2);
    const hidden = citedFor(world, kid, 3);
    const below = citedFor(world, limited, 4);
    const proposed = world.article(5);
    world.citation(world.claim(ann), proposed, { verdict: 'PROPOSED' });
    const undecided = world.article(6);
    world.citation(world.claim(ann, { verdict: 'PROPOSED' }), undecided);
    const confirmed = world.article(7);
    world.citation(world.claim(limited, { standing: 3 }), confirmed);
    const graph = await planted(world);
    const every = [seen, uncited, hidden, below, proposed, undecided, confirmed];

    expect(idsOf(await articles(graph, every, READER))).toEqual([seen, null, null, null, null, null, confirmed]);
    expect(idsOf(await articlesPage(graph, ALL, READER))).toEqual([seen, confirmed]);
    expect(await countArticles(graph, READER)).toBe(2);
    expect(idsOf(await articlesPage(graph, ALL, REVIEWER))).toEqual(every);
    expect(await countArticles(graph, REVIEWER)).toBe(7);
  });

  test('are found by id and url in the order of the keys, merged ones by their survivor', async () => {
    const world = new World();
    const ann = world.person('Ann');
    const seen = citedFor(world, ann, 1, { url: 'https://a.example/1' });
    const old = world.article(2, { url: 'https://a.example/2', mergedInto: seen });
    world.citation(world.claim(ann), old);
    const graph = await planted(world);

    const found = await articles(graph, [old, 'art_unknown', '', seen, seen], READER);
    const byUrl = await articlesByUrl(
      graph,
      ['https://a.example/2', '', 'https://b.example', 'https://a.example/1'],
      READER,
    );

    expect(idsOf(found)).toEqual([seen, null, null, seen, seen]);
    expect(idsOf(byUrl)).toEqual([seen, null, null, seen]);
    expect(await articles(graph, [], READER)).toEqual([]);
    expect(idsOf(await articlesPage(graph, ALL, READER))).toEqual([seen]);
    expect(found[0]).not.toHaveProperty('text');
    expect(found[0]).not.toHaveProperty('mentions');
  });

  test('are paged by day without loss, those of one day by id', async () => {
    const world = new World();
    const ann = world.person('Ann');
    const ids = [3, 1, 2, 2].map((day) => citedFor(world, ann, day));
    const graph = await planted(world);

    const first = await articlesPage(graph, { first: 3, after: null }, READER);
    const rest = await articlesPage(graph, { first: 3, after: { sort: first[2]?.sort ?? '' } }, READER);

    expect(idsOf([...first, ...rest])).toEqual([ids[1], ...[ids[2], ids[3]].sort(), ids[0]]);
  });

  test('withhold the names of hidden people in titles, and tell readers no words that nobody has reviewed', async () => {
    const world = new World();
    const [ann, kid] = [world.person('Ann'), world.person('Kid', { adultFrom: 101 })];
    const title = 'Ann and Kid';
    const mentions = [mentionIn('TITLE', title, 'Ann', ann), mentionIn('TITLE', title, 'Kid', kid)];
    const reviewed = citedFor(world, ann, 1, { title, mentions, text: 'Text' });
    const unreviewed = citedFor(world, ann, 2, { title, mentions, text: 'Text', mentionsReviewed: false });
    const without = citedFor(world, ann, 3, { title, mentions: [], mentionsReviewed: false });
    const table = citedFor(world, ann, 4, { title, mentions: [], mentionsReviewed: false, kind: 'DATASET' });
    const graph = await planted(world);
    const keys = [reviewed, unreviewed, without, table];
    const titles = async (sight: Sight) => (await articles(graph, keys, sight)).map((article) => article?.title);

    expect(await titles(READER)).toEqual([`Ann and ${WITHHELD}`, null, null, title]);
    expect(await titles({ ...READER, minors: 'show' })).toEqual([title, null, null, title]);
    expect(await titles(REVIEWER)).toEqual([title, title, title, title]);
    expect(await textsOf(graph, [...keys, 'art_unknown'], READER)).toEqual([null, null, null, null, null]);
    expect(await textsOf(graph, [...keys, '', unreviewed], REVIEWER)).toEqual([
      'Text',
      'Text',
      null,
      null,
      null,
      'Text',
    ]);
  });

  test('tell whom they mention, in the order of the text, hidden people left out', async () => {
    const world = new World();
    const [ann, kid] = [world.person('Ann'), world.person('Kid', { adultFrom: 101 })];
    const text = 'Kid, Bo and Ann';
    const mentions = [
      mentionIn('TEXT', text, 'Ann', ann),
      mentionIn('TEXT', text, 'Kid', kid),
      mentionIn('TEXT', text, 'Bo', ann),
      mentionIn('TITLE', 'By Ann', 'Ann', ann),
    ];
    const reviewed = citedFor(world, ann, 1, { text, mentions });
    const unreviewed = citedFor(world, ann, 2, { text, mentions, mentionsReviewed: false });
    const graph = await planted(world);
    const surfaces = async (sight: Sight) =>
      (await mentionsOf(graph, [reviewed, unreviewed, 'art_unknown', ''], sight)).map((list) =>
        list.map(({ surface, person }) => `${surface}=${person.name}`),
      );

    const all = ['Ann=Ann', 'Kid=Kid', 'Bo=Ann', 'Ann=Ann'];
    expect(await surfaces(READER)).toEqual([['Ann=Ann', 'Bo=Ann', 'Ann=Ann'], [], [], []]);
    expect(await surfaces(REVIEWER)).toEqual([all, all, [], []]);
  });

  test('know the copies that the sight sees', async () => {
    const world = new World();
    const ann = world.person('Ann');
    const agency = citedFor(world, ann, 1);
    const copy = citedFor(world, ann, 2, { basedOn: [agency] });
    const unseen = world.article(3, { basedOn: [agency] });
    const graph = await planted(world);

    expect((await copiesOf(graph, [agency, copy, ''], READER)).map(idsOf)).toEqual([[copy], [], []]);
    expect((await copiesOf(graph, [agency], REVIEWER)).map(idsOf)).toEqual([[copy, unseen]]);
  });

  test('of a person are cited for them or name them; for readers by accepted citations and reviewed mentions', async () => {
    const world = new World();
    const [ann, bo, kid] = [world.person('Ann'), world.person('Bo'), world.person('Kid', { adultFrom: 101 })];
    const naming = (person: string, reviewed: boolean) => ({
      text: 'Ann',
      mentions: [mentionIn('TEXT', 'Ann', 'Ann', person)],
      mentionsReviewed: reviewed,
    });
    const both = citedFor(world, ann, 1, naming(ann, true));
    const named = citedFor(world, bo, 2, naming(ann, true));
    const guessed = citedFor(world, bo, 3, naming(ann, false));
    const proposed = citedFor(world, bo, 4);
    world.citation(world.claim(ann, { verdict: 'PROPOSED' }), proposed);
    const hidden = world.article(5);
    world.citation(world.claim(ann, {}, [ann, kid]), hidden);
    const graph = await planted(world);
    const keys = [ann, kid, 'per_unknown', '', ann];

    const reader = (await articlesOfPeople(graph, keys, ALL, READER)).map(idsOf);
    const second = await articlesOfPeople(graph, [ann], { first: 1, after: { sort: `1000000001|${both}` } }, READER);

    expect(reader).toEqual([[both, named], [], [], [], [both, named]]);
    expect(await countArticlesOfPeople(graph, keys, READER)).toEqual([2, 0, 0, 0, 2]);
    expect(second.map(idsOf)).toEqual([[named]]);
    expect((await articlesOfPeople(graph, [ann], ALL, REVIEWER)).map(idsOf)).toEqual([
      [both, named, guessed, proposed, hidden],
    ]);
    expect(await articlesOfPeople(graph, [], ALL, READER)).toEqual([]);
  });
});
