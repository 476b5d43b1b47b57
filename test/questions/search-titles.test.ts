import { beforeEach, describe, expect, test } from 'vitest';
import type { Search } from '../../src/questions/search.js';
import { enginesHere } from '../support/engines.js';
import type { Telling } from '../support/telling.js';
import { READER, REVIEWER, Searching } from './searching.js';

describe.each(enginesHere({ all: true }))('search for titles on $name', (engine) => {
  let searching: Searching;
  let story: Telling;
  let search: Search;

  beforeEach(async () => {
    searching = new Searching(await engine.fresh());
    ({ story, search } = searching);
  });

  const hitsOf: Searching['hitsOf'] = (...asked) => searching.hitsOf(...asked);
  const found: Searching['found'] = (...asked) => searching.found(...asked);

  test('finds events by kind and participants, the hidden ones left out', async () => {
    const [ann, bo] = [story.person('Ann Bell'), story.person('Bo Cole', { visibility: 'PRIVATE' })];
    story.article('A register');
    const wedding = story.event(
      'WEDDING',
      [
        { person: bo, role: 'GUEST' },
        { person: ann, role: 'PARTY' },
      ],
      '2001-02-03',
    );
    await story.tell();

    expect(await hitsOf('wedding ann', READER, ['EVENT'])).toMatchObject([
      { id: wedding, why: 'WORDS', name: 'Wedding: Ann Bell' },
    ]);
    expect(await found('wedding ann bell', READER, ['EVENT'])).toEqual(['EXACT Wedding: Ann Bell']);
    expect(await found('cole wedding', READER, ['EVENT'])).toEqual([]);
    expect(await found('cole wedding', REVIEWER, ['EVENT'])).toEqual(['WORDS Wedding: Bo Cole, Ann Bell']);

    story.edit('Person', ann, { name: 'Ann Dale' });
    await story.tell();
    expect(await found('wedding bell', READER, ['EVENT'])).toEqual([]);
    expect(await found('wedding dale', READER, ['EVENT'])).toEqual(['WORDS Wedding: Ann Dale']);
  });

  test('finds articles by title, but never by a name that is withheld', async () => {
    const [ann, bo] = [story.person('Ann Bell'), story.person('Bo Cole', { visibility: 'PRIVATE' })];
    const title = 'Bo Cole weds Bob Bell';
    const mentions = [{ surface: 'Bo Cole', part: 'TITLE' as const, from: 0, to: 7, person: bo }];
    const article = story.article(title, { mentions });
    story.born(ann, '1980-01-01');
    await story.tell();

    expect(await hitsOf('bell weds', READER, ['ARTICLE'])).toMatchObject([
      { id: article, why: 'WORDS', name: '[name withheld] weds Bob Bell' },
    ]);
    expect(await found('cole', READER, ['ARTICLE'])).toEqual([]);
    expect(await found('withheld', READER, ['ARTICLE'])).toEqual([]);
    expect(await found('bo', READER, ['ARTICLE'])).toEqual(['PREFIX [name withheld] weds Bob Bell']);
    expect(await found('bo', REVIEWER, ['ARTICLE'])).toEqual([`WORDS ${title}`]);
    expect(await search.count({ text: 'bo', types: ['ARTICLE'] }, READER)).toBe(1);
    expect(await found('weds bob bell', READER, ['ARTICLE'])).toEqual(['EXACT [name withheld] weds Bob Bell']);

    story.edit('Article', article, { title: 'Somebody weds', mentions: [] });
    await story.tell();
    expect(await found('bell', READER, ['ARTICLE'])).toEqual([]);
    expect(await found('somebody', READER, ['ARTICLE'])).toEqual(['WORDS Somebody weds']);
  });

  test('puts people before events before articles, the latest first, and hides rumoured events', async () => {
    const ann = story.person('Ann Bell');
    story.article('Bell rings', { published: '2001-01-01' });
    const late = story.article('Bell rings again', { published: '2011-01-01' });
    const party = [{ person: ann, role: 'PARTY' as const }];
    const dates = ['1999', '2007', '[..2003]'];
    const [old, recent, open] = dates.map((date) => story.event('APPEARANCE', party, date));
    story.event('WEDDING', party, '2009', { evidence: 'UNNAMED_SOURCE' });
    story.born(ann, '1980');
    await story.tell();

    const ids = (await hitsOf('bell')).map(({ id }) => id);

    expect(ids.slice(0, 5)).toEqual([ann, recent, open, old, late]);
    expect(ids).toHaveLength(5);
  });
});
