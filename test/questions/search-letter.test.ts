import { beforeEach, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { createSearch, type Search } from '../../src/questions/search.js';
import type { Place } from '../../src/questions/search-rank.js';
import { enginesHere } from '../support/engines.js';
import type { Telling } from '../support/telling.js';
import { READER, REVIEWER, Searching } from './searching.js';

describe.each(enginesHere({ all: true }))('search by one letter on $name', (engine) => {
  let searching: Searching;
  let graph: Graph;
  let story: Telling;
  let search: Search;

  beforeEach(async () => {
    searching = new Searching(await engine.fresh());
    ({ graph, story, search } = searching);
  });

  const found: Searching['found'] = (...asked) => searching.found(...asked);

  test('finds people of whom a word begins with it, the better connected first, and titles of which it is a word', async () => {
    const [amy, , dee] = story.people('Amy Bell', 'Abe Cole', 'Dee Ax');
    story.article('Another day');
    story.born(amy, '1980-01-01');
    story.article('A day');
    story.marriage(dee, amy, { start: '2001' });
    for (const name of ['Malcolm A', 'Årne', 'さくら 山', '李 安', '김연아']) story.person(name);
    await story.tell();

    expect(await found('a')).toEqual([
      'WORDS Malcolm A',
      'WORDS A day',
      'PREFIX Amy Bell',
      'PREFIX Dee Ax',
      'PREFIX Abe Cole',
      'PREFIX Årne',
    ]);
    expect(await found('Á.')).toEqual(await found('a'));
    expect(await search.count({ text: 'a', types: ['PERSON'] }, READER)).toBe(5);
    expect(await search.count({ text: 'a', types: ['ARTICLE'] }, READER)).toBe(1);
    expect(await found('さ')).toEqual(['PREFIX さくら 山']);
    expect(await found('安')).toEqual(['WORDS 李 安']);
    expect(await found('ㄱ')).toEqual(['PREFIX 김연아']);
    expect(await found('김')).toEqual(['PREFIX 김연아']);
    expect(await found('z')).toEqual([]);
  });

  test('follows names, merges and links, as an index that is loaded late does', async () => {
    const people = story.people('Ann', 'Al', 'Axel', 'Bo', 'Cy');
    const [ann, al, axel, bo, cy] = people as [string, string, string, string, string];
    await story.tell();
    expect(await found('a')).toEqual(['PREFIX Al', 'PREFIX Ann', 'PREFIX Axel']);

    story.edit('Person', al, { name: 'Zed' });
    story.edit('Person', cy, { name: 'Ada' });
    await story.tell();
    expect(await found('a')).toEqual(['PREFIX Ada', 'PREFIX Ann', 'PREFIX Axel']);

    story.article('The register');
    story.marriage(axel, bo, { start: '2001' });
    story.edit('Person', ann, { mergedInto: cy });
    await story.tell();
    expect(await found('a')).toEqual(['PREFIX Axel', 'PREFIX Ada']);
    expect(await found('a', READER, null, createSearch({ graph }))).toEqual(await found('a'));
  });

  test('pages as if nobody hidden was there, whatever they are called and linked to', async () => {
    const people = Array.from({ length: 9 }, (_, at) => story.person(`Maria ${at}`));
    story.article('The register');
    story.marriage(String(people[4]), String(people[7]), { start: '2001' });
    await story.tell();
    const before = await pages();
    expect(before.flat()).toHaveLength(9);

    for (let at = 0; at < 60; at += 1) story.person(`Maria 0 ${at}`, { visibility: 'PRIVATE' });
    const child = story.person('Mia Small', { adult: false });
    story.born(child, '2015-01-01');
    story.marriage(String(people[2]), story.person('M', { visibility: 'REMOVED' }), { start: '2001' });
    await story.tell();
    expect(await pages()).toEqual(before);

    async function pages() {
      const all: unknown[][] = [];
      for (let after: Place | null = null; ; ) {
        const { hits } = await search.search({ text: 'm', types: null, first: 4, after }, READER);
        if (hits.length === 0) return all;
        all.push(hits);
        after = hits.at(-1)?.cursor ?? null;
      }
    }
  });

  test('tells nobody of a letter that they may not see', async () => {
    const ann = story.person('Ann Bo', { visibility: 'LIMITED' });
    const bea = story.person('Bea Cole', { visibility: 'PRIVATE' });
    const mentions = [{ surface: 'B Cole', part: 'TITLE' as const, from: 0, to: 6, person: bea }];
    story.article('B Cole rests at Brighton', { mentions });
    for (const text of ['A B', 'Xia']) story.claim(ann, 'NAME', { text }, { evidence: 'WITNESS' });
    await story.tell();

    expect(await found('a b', REVIEWER)).toEqual(['EXACT A B']);
    expect(await found('x', REVIEWER)).toEqual(['PREFIX Xia']);
    expect(await found('b', REVIEWER)).toContain('WORDS B Cole rests at Brighton');
    expect(await found('a b')).toEqual([]);
    expect(await found('x')).toEqual([]);
    expect(await found('b')).toEqual(['PREFIX Ann Bo']);
  });

  test('needs as many statements as any other text', async () => {
    for (let at = 0; at < 15; at += 1) story.person(`Maria ${at}`);
    await story.tell();
    await search.ready();
    const before = graph.statements;

    await search.search({ text: 'm', types: null, first: 11, after: null }, READER);

    expect(graph.statements - before).toBe(4);
  });
});
