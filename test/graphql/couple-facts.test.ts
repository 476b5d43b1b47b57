import { describe, expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { enginesHere } from '../support/engines.js';
import { aStory } from '../support/story.js';
import { type Asking, answerOf, ask } from './asking.js';

const FIELDS = `ageGap { min max } daysTogether { min max } longestStretch { min max } children { name slug }
  sides { person { name } ageAtStart { min max } place { min max } partners daysSinceAnother { min max } }`;

interface Facts {
  children: { name: string }[];
  sides: { person: { name: string } }[];
}

async function factsOf(graph: Graph, a: string, b: string, asking: Asking = {}): Promise<Facts[]> {
  const query = `{ between(a: "${a}", b: "${b}") { coupleFacts { ${FIELDS} } } }`;
  const { between } = await answerOf<{ between: { coupleFacts: Facts }[] }>(graph, query, asking);
  return between.map(({ coupleFacts }) => coupleFacts);
}

describe.each(enginesHere())('The facts of a couple on $name', (engine) => {
  test('are ranges over what the dates allow', async () => {
    const story = aStory();
    const [ann, bo, cy] = [story.aPerson('Ann'), story.aPerson('Bo'), story.aPerson('Cy')];
    const [di, eli] = [story.aPerson('Di'), story.aPerson('Eli')];
    story.aBirth(ann, '1975-06-15');
    story.aBirth(bo, '1970');
    story.aMarriage(ann, bo, { start: '2001-03-01', end: '2003-03-01' });
    story.aMarriage(ann, bo, { start: '2005', end: '2008-01-01' });
    story.aPeriod('ROMANTIC', 'DATING', ann, cy, { start: '1999', end: '2000-12-01' });
    story.aPeriod('ROMANTIC', 'DATING', bo, cy, { start: '2001', end: '2001' });
    for (const child of [di, eli]) story.aPeriod('PARENT_CHILD', 'BIOLOGICAL', ann, child);
    story.aPeriod('PARENT_CHILD', 'ADOPTIVE', bo, di);
    story.aPeriod('PARENT_CHILD', 'STEP', bo, eli);
    const graph = await engine.fresh();
    await story.commitTo(graph);

    expect(await factsOf(graph, 'ann', 'bo')).toEqual([
      {
        ageGap: { min: 4, max: 5 },
        daysTogether: { min: 730 + 731, max: 730 + 1095 },
        longestStretch: { min: 731, max: 1095 },
        children: [{ name: 'Di', slug: 'di' }],
        sides: [
          {
            ...{ person: { name: 'Ann' }, ageAtStart: { min: 25, max: 25 }, place: { min: 2, max: 2 }, partners: 2 },
            daysSinceAnother: { min: 90, max: 90 },
          },
          {
            ...{ person: { name: 'Bo' }, ageAtStart: { min: 30, max: 31 }, place: { min: 1, max: 2 }, partners: 2 },
            daysSinceAnother: null,
          },
        ],
      },
    ]);
  });

  test('are null where nobody tells births or times, and of everybody but couples', async () => {
    const story = aStory();
    const [ann, bo] = [story.aPerson('Ann'), story.aPerson('Bo')];
    story.aPeriod('ROMANTIC', 'DATING', ann, bo);
    story.aPeriod('FRIEND', 'UNSPECIFIED', ann, bo, { start: '2001' });
    const graph = await engine.fresh();
    await story.commitTo(graph);

    const [couple, friends] = await factsOf(graph, 'ann', 'bo');

    const side = { ageAtStart: null, place: { min: 1, max: 1 }, partners: 1, daysSinceAnother: null };
    const open = { min: 0, max: null };
    expect(couple).toEqual({
      ...{ ageGap: null, daysTogether: open, longestStretch: open, children: [] },
      sides: ['Ann', 'Bo'].map((name) => ({ person: { name }, ...side })),
    });
    expect(friends).toBeNull();
  });

  test('name a child who is a minor, count no hidden one, and nobody whom only a rumour makes a partner', async () => {
    const story = aStory();
    const [ann, bo, cy] = [story.aPerson('Ann'), story.aPerson('Bo'), story.aPerson('Cy')];
    const secret = story.aPerson('Secret', { visibility: 'PRIVATE' });
    const [young, rumour, eldest] = [
      story.aPerson('Young', { adult: false }),
      story.aPerson('Rumour', { adult: false }),
      story.aPerson('Old'),
    ];
    for (const child of [young, rumour]) story.aBirth(child, '2015');
    story.aMarriage(ann, bo, { start: '2001', end: '2008' });
    story.aPeriod('ROMANTIC', 'DATING', ann, cy, { start: '1999', evidence: 'OUTLET' });
    story.aMarriage(ann, secret, { start: '1990', end: '1995' });
    for (const child of [young, secret, eldest, rumour])
      for (const parent of [ann, bo])
        story.aPeriod('PARENT_CHILD', 'BIOLOGICAL', parent, child, child === rumour ? { evidence: 'WITNESS' } : {});
    const graph = await engine.fresh();
    await story.commitTo(graph);

    const [reader] = await factsOf(graph, 'ann', 'bo');
    const [hiding] = await factsOf(graph, 'ann', 'bo', { minors: 'hide' });
    const [reviewer] = await factsOf(graph, 'ann', 'bo', { role: 'REVIEWER' });

    expect(reader?.children).toEqual([
      { name: 'Old', slug: 'old' },
      { name: 'Young', slug: null },
    ]);
    expect(reader?.sides[0]).toMatchObject({ place: { min: 1, max: 1 }, partners: 1, daysSinceAnother: null });
    expect(hiding?.children).toEqual([{ name: 'Old', slug: 'old' }]);
    expect(reviewer?.children.map(({ name }) => name)).toEqual(['Old', 'Rumour', 'Secret', 'Young']);
    expect(reviewer?.sides[0]).toMatchObject({ place: { min: 2, max: 2 }, partners: 2 });
  });

  test('of LIMITED people rest on what is CONFIRMED', async () => {
    const story = aStory();
    const [ann, limited] = [story.aPerson('Ann'), story.aPerson('Limited', { visibility: 'LIMITED' })];
    story.aBirth(ann, '1970-01-01', { evidence: 'WITNESS' });
    story.aBirth(limited, '1972-01-01', { evidence: 'WITNESS' });
    story.aMarriage(ann, limited, { start: '2001-01-01', end: '2002-01-01' });
    story.aMarriage(ann, limited, { start: '2004-01-01', end: '2014-01-01', evidence: 'WITNESS' });
    const graph = await engine.fresh();
    await story.commitTo(graph);

    const [facts] = await factsOf(graph, 'ann', 'limited');

    expect(facts).toMatchObject({
      ...{ ageGap: null, daysTogether: { min: 365, max: 365 } },
      sides: [{ ageAtStart: { min: 31, max: 31 } }, { ageAtStart: null }],
    });
  });

  test('are two statements whatever the number of couples', async () => {
    const story = aStory();
    const people = Array.from({ length: 20 }, (_, i) => story.aPerson(`Person ${i}`));
    for (const one of people)
      for (const other of people.slice(0, 5))
        if (one > other) story.aMarriage(one, other, { start: '2001', end: '2008' });
    const graph = await engine.fresh();
    await story.commitTo(graph);
    const query = (first: number) =>
      `{ relationships(first: ${first}) { nodes { coupleFacts { ${FIELDS.replace('slug', '')} } } } }`;

    for (const first of [1, 50]) {
      const { statements, errors } = await ask(graph, query(first));
      expect([errors, [...statements].sort()]).toEqual([[], ['childrenOf', 'relationshipsPage', 'romancesOf']]);
    }
  });
});
