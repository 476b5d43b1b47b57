import { beforeEach, describe, expect, test } from 'vitest';
import { enginesHere } from '../support/engines.js';
import type { Telling } from '../support/telling.js';
import { READER, REVIEWER, Searching, TODAY } from './searching.js';

describe.each(enginesHere({ all: true }))('the weight of people in search on $name', (engine) => {
  let searching: Searching;
  let story: Telling;

  beforeEach(async () => {
    searching = new Searching(await engine.fresh());
    ({ story } = searching);
  });

  const hitsOf: Searching['hitsOf'] = (...asked) => searching.hitsOf(...asked);

  test('puts the better connected first among equals, then goes by name', async () => {
    const [zoe, amy, bea, x, y] = story.people('Zoe Bell', 'Amy Bell', 'Bea Bell', 'X', 'Y');
    story.article('A register');
    story.marriage(zoe, x, { start: '2001' });
    story.marriage(zoe, y, { start: '2004' });
    story.marriage(bea, x, { start: '1990' });
    await story.tell();

    expect((await hitsOf('bell')).map(({ id }) => id)).toEqual([zoe, bea, amy]);
  });

  test('weighs people by links that readers see, and forgets those to people who are hidden later', async () => {
    const [amy, bea, x] = [story.person('Amy Bell'), story.person('Bea Bell'), story.person('X')];
    story.article('A register');
    story.marriage(bea, x, { start: '2001' });
    await story.tell();
    expect((await hitsOf('bell')).map(({ id }) => id)).toEqual([bea, amy]);

    story.edit('Person', x, { visibility: 'PRIVATE' });
    await story.tell();

    expect((await hitsOf('bell')).map(({ id }) => id)).toEqual([amy, bea]);
    expect((await hitsOf('bell', REVIEWER)).map(({ id }) => id)).toEqual([amy, bea]);
  });

  test('counts each person once, at REPORTED and above, the LIMITED only at CONFIRMED', async () => {
    const [amy, bea, cy, di] = story.people('Amy Bell', 'Bea Bell', 'Cy Bell', 'Di Bell');
    const [x, y] = [story.person('X'), story.person('Y')];
    const limited = ['L', 'M', 'N'].map((name) => story.person(name, { visibility: 'LIMITED' }));
    story.article('A register');
    story.marriage(di, x, { start: '2001' });
    story.marriage(di, y, { start: '2005' });
    const couple = story.relationship('ROMANTIC', cy, x);
    for (const start of ['1990', '1995', '2000']) story.period(couple, 'MARRIED', { start }, { evidence: 'RECORD' });
    for (const other of [x, y]) story.period(story.relationship('ROMANTIC', amy, other), 'DATING');
    for (const other of limited)
      story.period(story.relationship('ROMANTIC', bea, other), 'DATING', {}, { evidence: 'WITNESS' });
    await story.tell();

    expect((await hitsOf('bell')).map(({ id, cursor }) => [id, cursor.weight])).toEqual([
      [di, 2],
      [cy, 1],
      [amy, 0],
      [bea, 0],
    ]);
  });

  test('grows with a link that is told later, and with a child that has come of age', async () => {
    const [amy, bea, x] = [story.person('Amy Bell'), story.person('Bea Bell'), story.person('X')];
    const child = story.person('Cy Small', { adult: false });
    story.article('A register');
    story.born(child, '2015-01-01');
    story.period(story.relationship('PARENT_CHILD', amy, child), 'BIOLOGICAL', {}, { evidence: 'RECORD' });
    await story.tell();
    const order = async (today = TODAY) =>
      (await hitsOf('bell', { ...READER, today })).map(({ id, cursor }) => [id, cursor.weight]);
    expect(await order()).toEqual([
      [amy, 0],
      [bea, 0],
    ]);
    expect(await order(23_500)).toEqual([
      [amy, 1],
      [bea, 0],
    ]);

    story.marriage(bea, x, { start: '2001' });
    await story.tell();
    expect(await order()).toEqual([
      [bea, 1],
      [amy, 0],
    ]);
  });
});
