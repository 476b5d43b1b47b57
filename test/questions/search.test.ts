import { beforeEach, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { createSearch, type Search } from '../../src/questions/search.js';
import type { SearchType } from '../../src/questions/search-entry.js';
import type { Place } from '../../src/questions/search-rank.js';
import { enginesHere } from '../support/engines.js';
import type { Telling } from '../support/telling.js';
import { READER, REVIEWER, Searching } from './searching.js';

describe.each(enginesHere({ all: true }))('search on $name', (engine) => {
  let searching: Searching;
  let graph: Graph;
  let story: Telling;
  let search: Search;

  beforeEach(async () => {
    searching = new Searching(await engine.fresh());
    ({ graph, story, search } = searching);
  });

  const hitsOf: Searching['hitsOf'] = (...asked) => searching.hitsOf(...asked);
  const found: Searching['found'] = (...asked) => searching.found(...asked);

  const kim = () =>
    story.person('Kim Kardashian', { aliases: [{ name: 'Kimberly Noel Kardashian West', kind: 'MARRIED_NAME' }] });

  test('puts exact names first, then whole words, prefixes and near ones, each with why', async () => {
    for (const name of ['Mario', 'Maria', 'Mariah Carey', 'Maria Callas', 'Mary']) story.person(name);
    await story.tell();

    expect(await found('maria')).toEqual(['EXACT Maria', 'WORDS Maria Callas', 'PREFIX Mariah Carey', 'NEAR Mario']);
    expect((await hitsOf('maria')).map(({ score }) => score)).toEqual([1, 0.75, 0.5, 0.25]);
  });

  test('finds people by an alias, and says which', async () => {
    const id = kim();
    await story.tell();

    expect(await hitsOf('noel kimberly')).toMatchObject([
      { id, type: 'PERSON', name: 'Kimberly Noel Kardashian West', why: 'WORDS' },
    ]);
  });

  test('finds what is written together, swapped or long as well', async () => {
    const id = kim();
    const long = story.person('Maria Del Carmen Barbara Xaviera Fernanda Dolores Isabel Santiago');
    await story.tell();

    for (const text of ['#kimkardashian', 'kimkardashian', 'ikm kardashain', 'kim kadrashian'])
      expect([text, (await hitsOf(text)).map((hit) => hit.id)]).toEqual([text, text.startsWith('ikm') ? [] : [id]]);
    const words = 'Santiago Isabel Dolores Fernanda Xaviera Barbara Carmen Del Maria';
    expect((await hitsOf(words)).map((hit) => hit.id)).toEqual([long]);
    expect(await found(`${words} Jr`)).toEqual([]);
  });

  test('takes signs and query syntax as plain text', async () => {
    kim();
    story.person('Or');
    await story.tell();

    for (const text of ['', ' ', '*', '"', 'kim~ OR kanye', 'name:kim', 'kim AND NOT west', '\\', '\0'])
      expect(await found(text)).toEqual([]);
    for (const text of ['kim*', '"kim"', '(kim', '+kim', '~kim'])
      expect(await found(text)).toEqual(['WORDS Kim Kardashian']);
    await expect(hitsOf('k'.repeat(10_000))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await found('k')).toEqual(['PREFIX Kim Kardashian']);
  });

  test('follows new people, new names, merges and removals', async () => {
    const [ann, bo] = [story.person('Ann Old'), story.person('Bo Gone')];
    await story.tell();
    expect(await found('ann old')).toEqual(['EXACT Ann Old']);

    story.edit('Person', ann, { name: 'Ann New', aliases: [{ name: 'Annie', kind: 'NICKNAME' }] });
    await story.tell();
    expect(await found('ann old')).toEqual([]);
    expect(await found('ann new')).toEqual(['EXACT Ann New']);
    expect(await found('annie')).toEqual(['EXACT Annie']);

    story.edit('Person', bo, { mergedInto: ann });
    const cy = story.person('Cy Late');
    await story.tell();
    expect(await found('bo gone')).toEqual([]);
    expect(await found('cy late')).toEqual(['EXACT Cy Late']);

    story.edit('Person', cy, null);
    await story.tell();
    expect(await found('cy late')).toEqual([]);
  });

  test('finds only those whom the viewer sees, from the moment of the change', async () => {
    const ann = story.person('Ann Bell');
    story.person('Bea Bell', { visibility: 'PRIVATE' });
    story.person('Cy Bell', { visibility: 'REMOVED' });
    const child = story.person('Di Bell', { adult: false });
    story.article('A register');
    story.born(child, '2015-01-01');
    await story.tell();
    expect(await found('bell')).toEqual(['WORDS Ann Bell']);
    expect(await found('bell', REVIEWER)).toEqual(['WORDS Ann Bell', 'WORDS Bea Bell', 'WORDS Di Bell']);
    expect(await search.count({ text: 'bell', types: null }, READER)).toBe(1);

    story.edit('Person', ann, { visibility: 'REMOVED' });
    await story.tell();
    expect(await found('bell')).toEqual([]);
  });

  test('answers the same bytes with and without hidden people', async () => {
    const [ann, bo] = [story.person('Ann Maria'), story.person('Bo Maria')];
    for (let i = 0; i < 30; i += 1) story.person(`Maria ${i}`);
    story.article('Maria and the press');
    await story.tell();
    const before = await answers();

    for (let i = 0; i < 90; i += 1) story.person(`Maria Aa ${i}`, { visibility: 'PRIVATE' });
    const hidden = story.person('Maria', { visibility: 'PRIVATE' });
    const child = story.person('Mari A', { adult: false });
    story.article('Hidden Maria', { retrieved: 20_400 });
    story.born(child, '2015-01-01');
    story.marriage(bo, hidden, { start: '2001' });
    story.period(story.relationship('PARENT_CHILD', ann, child), 'BIOLOGICAL', {}, { evidence: 'RECORD' });
    await story.tell();

    expect(await answers()).toEqual(before);

    async function answers() {
      const pages: unknown[] = [];
      for (const text of ['maria', 'mari', 'ann maria']) {
        pages.push(await search.count({ text, types: ['PERSON'] }, READER));
        for (let after: Place | null = null; ; ) {
          const { hits } = await search.search({ text, types: ['PERSON'], first: 7, after }, READER);
          pages.push(hits);
          after = hits.at(-1)?.cursor ?? null;
          if (after === null) break;
        }
      }
      return pages;
    }
  });

  test('loses and repeats nobody on the pages between which people come and go', async () => {
    for (let i = 0; i < 9; i += 1) story.person(`Maria ${i}`);
    await story.tell();
    const page = (after: Place | null) => search.search({ text: 'maria', types: null, first: 4, after }, READER);

    const first = await page(null);
    story.person('Maria 05');
    story.person('Maria 45');
    await story.tell();
    const second = await page(first.hits[3]?.cursor ?? null);
    const third = await page(second.hits[3]?.cursor ?? null);

    expect([...first.hits, ...second.hits, ...third.hits].map(({ name }) => name)).toEqual(
      ['0', '1', '2', '3', '4', '45', '5', '6', '7', '8'].map((last) => `Maria ${last}`),
    );
  });

  test('two indexes on one graph, one loaded late and one that followed, answer alike', async () => {
    const people = Array.from({ length: 12 }, (_, i) => story.person(`Maria ${'ABCDEFGHIJKL'[i]}`));
    await story.tell();
    await search.ready();
    const [a, b, c, d] = people as [string, string, string, string];
    story.article('A register', { retrieved: 20_100 });
    story.marriage(a, b, { start: '2001' });
    story.marriage(c, b, { start: '2011' });
    const child = story.person('Maria Small', { adult: false });
    story.born(child, '2003-01-01');
    story.period(story.relationship('PARENT_CHILD', d, child), 'BIOLOGICAL', {}, { evidence: 'RECORD' });
    story.event('WEDDING', [{ person: a, role: 'PARTY' }], '2001-01-01');
    await story.tell();
    story.edit('Person', a, { visibility: 'PRIVATE' });
    story.edit('Person', c, { name: 'Maria Zed' });
    await story.tell();

    const late = createSearch({ graph });
    for (const sight of [READER, REVIEWER, { ...READER, today: 18_000 }, { ...READER, today: 22_000 }]) {
      const followed = await hitsOf('maria', sight);
      expect(followed.length).toBeGreaterThan(9);
      expect(await hitsOf('maria', sight, null, late)).toEqual(followed);
    }
  });

  test('asks one statement about changes for many searches at once, and reads its own writes', async () => {
    kim();
    await story.tell();
    await search.ready();
    const statements = graph.statements;

    await Promise.all(Array.from({ length: 20 }, (_, i) => hitsOf(`kim ${i}`)));
    expect(graph.statements - statements).toBe(1 + 20 * 3);

    const early = hitsOf('ann');
    const late = Promise.resolve().then(async () => {
      story.person('Ann');
      await story.tell();
      return found('ann');
    });
    expect(await late).toEqual(['EXACT Ann']);
    await early;
  });

  test('needs a statement for each type and one about changes, whatever is found, or hidden, or not there', async () => {
    for (let i = 0; i < 15; i += 1) story.person(`Maria ${i}`);
    story.person('Secret', { visibility: 'PRIVATE' });
    await story.tell();
    await search.ready();
    const statementsFor = async (text: string, types: readonly SearchType[] | null) => {
      const before = graph.statements;
      const { hits } = await search.search({ text, types, first: 11, after: null }, READER);
      return [hits.length, graph.statements - before];
    };

    expect(await statementsFor('maria', ['PERSON'])).toEqual([11, 2]);
    expect(await statementsFor('maria', null)).toEqual([11, 4]);
    expect(await statementsFor('secret', null)).toEqual([0, 4]);
    expect(await statementsFor('nobody', null)).toEqual([0, 4]);
  });
});
