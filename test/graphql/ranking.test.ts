import { describe, expect, test } from 'vitest';
import { enginesHere } from '../support/engines.js';
import { aStory, type Story } from '../support/story.js';
import { answerOf, ask, NOON } from './asking.js';

interface Place {
  person: { name: string } | null;
  relationship: { parties: { person: { name: string } }[] } | null;
  value: { min: number; max: number | null };
}

const FIELDS = 'person { name } relationship { parties { person { name } } } value { min max }';

const placed = (places: readonly Place[]) =>
  places.map(({ person, relationship, value }) => [
    person?.name ?? relationship?.parties.map((party) => party.person.name).join('–'),
    value.min,
    value.max,
  ]);

describe.each(enginesHere())('Rankings on $name', (engine) => {
  const ranked = async (story: Story, asked: string) => {
    const graph = await engine.fresh();
    await story.commitTo(graph);
    const { rankings } = await answerOf<{ rankings: Place[] }>(graph, `{ rankings(${asked}) { ${FIELDS} } }`);
    return placed(rankings);
  };

  test('by partners count different people whom somebody was with, ties by name', async () => {
    const story = aStory();
    const [zoe, ann, bo, cy] = story.people('Zoë', 'Ann', 'Bo', 'Cy');
    story.aPeriod('ROMANTIC', 'DATING', ann, bo, { start: '2001', end: '2002' });
    story.aMarriage(ann, bo, { start: '2010' });
    story.aPeriod('ROMANTIC', 'DATING', ann, cy);
    story.aPeriod('ROMANTIC', 'DATING', zoe, cy, { evidence: 'WITNESS' });
    story.aPeriod('ROMANTIC', 'DATING', zoe, bo, { evidence: 'OUTLET' });
    story.aPeriod('FRIEND', 'UNSPECIFIED', zoe, ann);

    expect(await ranked(story, 'by: MOST_PARTNERS')).toEqual([
      ['Ann', 2, 2],
      ['Cy', 2, 2],
      ['Bo', 1, 1],
      ['Zoë', 1, 1],
    ]);
  });

  test('by length put first who was certainly longest together without a break', async () => {
    const story = aStory();
    const [ann, bo, cy, di] = story.people('Ann', 'Bo', 'Cy', 'Di');
    story.aMarriage(ann, bo, { start: '2000', end: '2010' });
    story.aMarriage(ann, cy, { start: '2001-01-01', apart: '2011-01-01', end: '2015-01-01' });
    story.aMarriage(bo, cy, { start: '2001-01-01', end: '2007-01-01' });
    story.aMarriage(bo, cy, { start: '2008-01-01', end: '2014-01-01' });
    story.aMarriage(cy, di);
    story.aMarriage(ann, di, { start: '2019-12-31' });

    expect(await ranked(story, 'by: LONGEST')).toEqual([
      ['Ann–Cy', 3652, 3652],
      ['Ann–Bo', 3288, 4017],
      ['Bo–Cy', 2192, 2192],
    ]);
  });

  test('by reunions count only a whole day that was certainly apart', async () => {
    const story = aStory();
    const [ann, bo, cy, di] = story.people('Ann', 'Bo', 'Cy', 'Di');
    story.aMarriage(ann, bo, { start: '2001', end: '2003' });
    story.aMarriage(ann, bo, { start: '2005', end: '2006' });
    story.aMarriage(ann, bo, { start: '2007', end: '2009' });
    story.aMarriage(ann, cy, { start: '2001', end: '2003' });
    story.aMarriage(ann, cy, { start: '2004', end: '2006' });
    story.aMarriage(bo, di, { start: '2001', end: '2003-01-01' });
    story.aMarriage(bo, di, { start: '2003-01-03' });
    story.aMarriage(cy, di, { start: '2001', end: '2003-01-01' });
    story.aMarriage(cy, di, { start: '2003-01-02' });

    const places = await ranked(story, 'by: MOST_REUNIONS');

    expect(places).toHaveLength(2);
    expect(places).toEqual(
      expect.arrayContaining([
        ['Ann–Bo', 1, 2],
        ['Bo–Di', 1, 1],
      ]),
    );
  });

  test('leave out whom the viewer does not see, and for readers times in which anything of a LIMITED person is less than CONFIRMED', async () => {
    const story = aStory();
    const [ann, bo] = [story.aPerson('Ann'), story.aPerson('Bo')];
    const hidden = story.aPerson('Secret', { visibility: 'PRIVATE' });
    const limited = story.aPerson('Limited', { visibility: 'LIMITED' });
    const young = story.aPerson('Young', { adult: false });
    story.aBirth(young, '2010');
    story.aMarriage(ann, hidden, { start: '2001-01-01', end: '2010-01-01' });
    story.aPeriod('ROMANTIC', 'DATING', bo, young, { start: '2019' });
    const before = story.aPeriod('ROMANTIC', 'DATING', ann, limited, {
      start: '1990',
      end: '1999-01-01',
      evidence: 'WITNESS',
    });
    story.aClaim(before, 'END_REASON', { reason: 'PROGRESSED' }, { evidence: 'WITNESS' });
    story.aMarriage(ann, limited, { start: '1999-01-01', end: '2000-01-01' });
    const graph = await engine.fresh();
    await story.commitTo(graph);
    const query = `{ partners: rankings(by: MOST_PARTNERS) { ${FIELDS} } longest: rankings(by: LONGEST) { ${FIELDS} } }`;

    const reader = await answerOf<Record<string, Place[]>>(graph, query);
    const reviewer = await answerOf<Record<string, Place[]>>(graph, query, { role: 'REVIEWER' });

    expect(placed(reader.partners ?? [])).toEqual([
      ['Ann', 1, 1],
      ['Limited', 1, 1],
    ]);
    expect(placed(reader.longest ?? [])).toEqual([]);
    expect(placed(reviewer.partners ?? []).map(([name]) => name)).toEqual(['Ann', 'Bo', 'Limited', 'Secret', 'Young']);
    expect(placed(reviewer.longest ?? [])).toEqual([
      ['Ann–Limited', 3288, 3652],
      ['Ann–Secret', 3287, 3287],
    ]);
  });

  test('are worked out once until something changes, as long as asked', async () => {
    const story = aStory();
    const people = Array.from({ length: 12 }, (_, i) => story.aPerson(`Person ${i}`));
    people.slice(1).forEach((other, i) => {
      story.aMarriage(people[0] ?? '', other, { start: `${1950 + i}-01-01`, end: `${1951 + 2 * i}-01-01` });
    });
    const graph = await engine.fresh();
    await story.commitTo(graph);

    const ten = await ask(
      graph,
      '{ rankings(by: LONGEST) { relationship { id parties { person { name } } } value { min } } }',
    );
    const all = await ask(graph, '{ rankings(by: MOST_PARTNERS, first: 100) { person { name } value { min } } }');

    const again = await ask(graph, '{ rankings(by: LONGEST, first: 3) { value { min } } }');
    const tomorrow = await ask(graph, '{ rankings(by: LONGEST, first: 3) { value { min } } }', {
      now: NOON + 86_400_000,
    });
    story.aMarriage(people[1] ?? '', people[2] ?? '', { start: '1900-01-01', end: '1990-01-01' });
    await story.commitTo(graph);
    const changed = await ask(graph, '{ rankings(by: LONGEST, first: 1) { value { min } } }', {
      now: NOON + 86_400_000,
    });

    expect([ten, all, again, tomorrow, changed].map(({ statements }) => statements)).toEqual([
      ['graphSeq', 'longest', 'relationships'],
      ['graphSeq', 'mostPartners', 'people'],
      ['graphSeq', 'relationships'],
      ['graphSeq', 'longest', 'relationships'],
      ['graphSeq', 'longest', 'relationships'],
    ]);
    expect(again.data?.rankings).toEqual(tomorrow.data?.rankings);
    expect(changed.data?.rankings).toEqual([{ value: { min: 32_872 } }]);
    expect([ten.data?.rankings, all.data?.rankings].map((list) => (list as object[]).length)).toEqual([10, 12]);
    for (const first of [0, 101])
      expect(
        (await ask(graph, `{ rankings(by: LONGEST, first: ${first}) { value { min } } }`)).errors[0]?.extensions,
      ).toMatchObject({
        ...{ code: 'INVALID_INPUT', field: 'first', rule: 'LIMIT' },
      });
  });
});
