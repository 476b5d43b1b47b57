import { describe, expect, test } from 'vitest';
import { enginesHere } from '../support/engines.js';
import { aStory, type Story } from '../support/story.js';
import { World } from '../support/world.js';
import { answerOf, ask } from './asking.js';

const FIELDS = 'with { name } other { name } certainty legallyMarried';

interface Overlaps {
  overlaps: { with: { name: string }; other: { name: string }; certainty: string; legallyMarried: string }[];
}

const query = (asked: string, fields = FIELDS) => `{ overlaps(${asked}) { ${fields} } }`;

function threePeople(story: Story): [string, string, string] {
  return [story.aPerson('Ann'), story.aPerson('Bo'), story.aPerson('Cy')];
}

const dating = (story: Story, a: string, b: string, told: Parameters<Story['aPeriod']>[4]) =>
  story.aPeriod('ROMANTIC', 'DATING', a, b, told);

describe.each(enginesHere())('Overlaps on $name', (engine) => {
  const listed = async (story: Story, asked: string) => {
    const graph = await engine.fresh();
    await story.commitTo(graph);
    const { overlaps } = await answerOf<Overlaps>(graph, query(asked));
    return overlaps.map((one) => [one.with.name, one.other.name, one.certainty, one.legallyMarried]);
  };

  test('are possible between an end in 2014 and a start in March of it, and in no ranking (T29)', async () => {
    const story = aStory();
    const [ann, bo, cy] = threePeople(story);
    dating(story, ann, bo, { start: '2010', end: '2014' });
    dating(story, ann, cy, { start: '2014-03', end: '2016' });
    const graph = await engine.fresh();
    await story.commitTo(graph);

    const answer = await answerOf(
      graph,
      `{ possible: overlaps(person: "ann", certainty: POSSIBLE) { ${FIELDS} } certain: overlaps(person: "ann") { ${FIELDS} }
        rankings(by: MOST_REUNIONS) { value { min } } }`,
    );

    expect(answer).toEqual({
      possible: [{ with: { name: 'Bo' }, other: { name: 'Cy' }, certainty: 'POSSIBLE', legallyMarried: 'NO' }],
      certain: [],
      rankings: [],
    });
  });

  test('in law alone are listed, with nobody together, and in no ranking (T31)', async () => {
    const story = aStory();
    const [kim, kris, ye] = [story.aPerson('Kim'), story.aPerson('Kris'), story.aPerson('Ye')];
    story.aMarriage(kim, kris, { start: '2011-08-20', apart: '2011-10-31', end: '2013-06-03' });
    dating(story, kim, ye, { start: '2012-04' });
    const graph = await engine.fresh();
    await story.commitTo(graph);

    const answer = await answerOf(
      graph,
      `{ overlaps(person: "kim") { ${FIELDS} relationships { kind parties { person { name } } } stretches { bounds { startMin endMax } periods }
        claims { field value { ... on DateValue { date { edtf } } } } } rankings(by: MOST_REUNIONS) { value { min } } }`,
    );

    const parties = (...names: string[]) => ({
      kind: 'ROMANTIC',
      parties: names.map((name) => ({ person: { name } })),
    });
    expect(answer).toMatchObject({
      overlaps: [
        {
          ...{ with: { name: 'Kris' }, other: { name: 'Ye' }, certainty: 'NO', legallyMarried: 'YES' },
          relationships: [parties('Kim', 'Kris'), parties('Kim', 'Ye')],
          stretches: [{ bounds: { startMin: 15_206, endMax: 15_278 } }, { bounds: { endMax: null } }],
          claims: [{ field: 'START' }, { field: 'APART' }, { field: 'END' }, { field: 'START' }],
        },
      ],
      rankings: [],
    });
  });

  test('are none where somebody divorced and married on one day (T37)', async () => {
    const story = aStory();
    const [ann, bo, cy] = threePeople(story);
    story.aMarriage(ann, bo, { start: '2001-01-01', end: '2010-05-01' });
    story.aMarriage(ann, cy, { start: '2010-05-01', end: '2012-01-01' });

    expect(await listed(story, 'person: "ann", certainty: POSSIBLE')).toEqual([]);
  });

  test('are told for each time with the same person, each with its own marriages', async () => {
    const story = aStory();
    const [ann, bo, cy] = threePeople(story);
    story.aMarriage(ann, bo, { start: '2001-01-01', end: '2005-01-01' });
    dating(story, ann, bo, { start: '2010-01-01', end: '2012-01-01' });
    dating(story, ann, cy, { start: '2004-01-01', end: '2011-01-01' });

    expect(await listed(story, 'person: "ann"')).toEqual([
      ['Bo', 'Cy', 'YES', 'YES'],
      ['Cy', 'Bo', 'YES', 'NO'],
    ]);
  });

  test('of two people are those with the same third, at the same time', async () => {
    const story = aStory();
    const [ann, bo, cy] = threePeople(story);
    const di = story.aPerson('Di');
    dating(story, ann, cy, { start: '2001-01-01', end: '2005-01-01' });
    dating(story, bo, cy, { start: '2004-01-01', end: '2006-01-01' });
    dating(story, ann, di, { start: '2001-01-01', end: '2002-01-01' });
    dating(story, bo, di, { start: '2003-01-01', end: '2004-06-01' });
    dating(story, ann, bo, { start: '2001-01-01', end: '2008-01-01' });

    expect(await listed(story, 'person: "ann", and: "bo", certainty: POSSIBLE')).toEqual([['Cy', 'Bo', 'YES', 'NO']]);
  });

  test('look at romances that are REPORTED or better, and of LIMITED people at stretches that are CONFIRMED throughout', async () => {
    const story = aStory();
    const [ann, bo, cy] = threePeople(story);
    const [di, eve] = [story.aPerson('Di'), story.aPerson('Eve', { visibility: 'LIMITED' })];
    const then = { start: '2001-01-01', end: '2005-01-01' };
    dating(story, ann, bo, then);
    story.aPeriod('FRIEND', 'UNSPECIFIED', ann, cy, then);
    dating(story, ann, di, { ...then, evidence: 'OUTLET' });
    const before = dating(story, ann, eve, { start: '2001', end: '2002-01-01', evidence: 'WITNESS' });
    story.aClaim(before, 'END_REASON', { reason: 'PROGRESSED' }, { evidence: 'WITNESS' });
    story.aMarriage(ann, eve, { start: '2002-01-01', end: '2005-01-01' });

    expect(await listed(story, 'person: "ann", certainty: POSSIBLE')).toEqual([]);
  });

  test('are none of people who are unknown, hidden or one and the same', async () => {
    const story = aStory();
    const [ann, bo, cy] = threePeople(story);
    const secret = story.aPerson('Secret', { visibility: 'PRIVATE' });
    for (const other of [bo, cy, secret]) dating(story, ann, other, { start: '2001-01-01', end: '2005-01-01' });
    dating(story, secret, cy, { start: '2001-01-01', end: '2005-01-01' });
    const graph = await engine.fresh();
    await story.commitTo(graph);
    const count = async (asked: string, role: 'READER' | 'REVIEWER' = 'READER') =>
      (await answerOf<Overlaps>(graph, query(asked), { role })).overlaps.length;

    expect(await count('person: "ann"')).toBe(1);
    expect(await count('person: "ann"', 'REVIEWER')).toBe(3);
    for (const asked of [
      '"nobody"',
      '"secret"',
      '""',
      '"ann", and: "secret"',
      '"ann", and: "nobody"',
      '"ann", and: "ann"',
    ])
      expect(await count(`person: ${asked}`)).toBe(0);
    expect(await count('person: "ann", and: "secret"', 'REVIEWER')).toBe(1);
  });

  test('take the same statements whatever the number of partners', async () => {
    const story = aStory();
    const ann = story.aPerson('Ann');
    const told = Array.from({ length: 30 }, (_, i) => story.aPerson(`Partner ${i}`));
    for (const other of told) dating(story, ann, other, { start: '2001-01-01', end: '2005-01-01' });
    const graph = await engine.fresh();
    await story.commitTo(graph);

    const few = await ask(graph, query('person: "ann", first: 2', `${FIELDS} relationships { id }`));
    const many = await ask(graph, query('person: "ann", first: 500', `${FIELDS} relationships { id }`));

    expect((many.data as unknown as Overlaps).overlaps).toHaveLength((30 * 29) / 2);
    expect((few.data as unknown as Overlaps).overlaps).toHaveLength(2);
    expect(many.statements).toEqual(['people', 'romancesOf', 'relationships']);
    expect(few.statements).toEqual(many.statements);
  });

  test('are refused of whoever has more than a thousand romances, and in longer lists than 500', async () => {
    const world = new World();
    const hub = world.person('Hub');
    for (let i = 0; i <= 1000; i += 1) world.period(world.relationship('ROMANTIC', hub, world.person(`p${i}`)));
    const graph = await engine.fresh();
    await world.plant(graph);

    expect((await ask(graph, query(`person: "${hub}"`))).errors[0]?.extensions).toMatchObject({
      ...{ code: 'TOO_COMPLEX', rule: 'ROMANCES', limit: 1000 },
    });
    for (const first of [0, 501])
      expect((await ask(graph, query(`person: "${hub}", first: ${first}`))).errors[0]?.extensions).toMatchObject({
        ...{ code: 'INVALID_INPUT', field: 'first', rule: 'LIMIT' },
      });
  });
});
