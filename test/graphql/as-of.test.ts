import { isObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { idFromKey } from '../../src/domain/ids.js';
import type { Graph } from '../../src/graph/graph.js';
import { createSchema } from '../../src/graphql/schema.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { type Asking, answerOf, ask } from './asking.js';

const JANUARY = '2026-01-10T00:00:00Z';
const FEBRUARY = '2026-02-10T00:00:00Z';
const MARCH = '2026-03-10T00:00:00Z';
const APRIL = '2026-04-10T00:00:00Z';
/** Days between, to ask about. */
const IN_FEBRUARY = '2026-02-20T00:00:00Z';
const IN_MARCH = '2026-03-20T00:00:00Z';

const REVIEWER: Asking = { role: 'REVIEWER' };

interface Named {
  name: string;
}

test('asOf is an argument of four root fields and of nothing else', () => {
  const types = Object.values(createSchema().getTypeMap()).filter(isObjectType);
  const fields = types.flatMap(({ name, getFields }) =>
    Object.values(getFields.call(types.find((type) => type.name === name)) ?? {}).map((field) => ({
      place: `${name}.${field.name}`,
      args: field.args.map((arg) => arg.name),
    })),
  );

  const there = fields.filter(({ args }) => args.includes('asOf')).map(({ place }) => place);
  expect(there.sort()).toEqual(['Query.article', 'Query.between', 'Query.person', 'Query.relationship']);
});

describe.each(enginesHere())('asOf on $name', (engine) => {
  /** Ann and Bo, told in January. */
  async function aCouple(): Promise<{ graph: Graph; story: Telling; ann: string; bo: string; wedding: string }> {
    const graph = await engine.fresh();
    const story = new Telling(graph);
    const [ann, bo] = [story.person('Ann'), story.person('Bo')];
    const wedding = story.marriage(ann, bo, { start: '2001' });
    await story.tell({ at: JANUARY });
    return { graph, story, ann, bo, wedding };
  }

  const partnersOf = async (graph: Graph, id: string, asOf: string | null, asking: Asking = {}, at = '') => {
    const when = asOf === null ? '' : `, asOf: "${asOf}"`;
    const query = `{ person(id: "${id}"${when}) { name partners${at && `(at: "${at}")`} { totalCount edges { node { name } certainty } } } }`;
    const { person } = await answerOf<{ person: { partners: { edges: { node: Named; certainty: string }[] } } | null }>(
      graph,
      query,
      asking,
    );
    return person?.partners.edges.map(({ node, certainty }) => [node.name, certainty]) ?? null;
  };

  test('answers what we believed in March about who was together in January', async () => {
    const { graph, story, ann, wedding } = await aCouple();
    story.claim(wedding, 'END', { date: { edtf: '2010' } }, { evidence: 'RECORD' });
    await story.tell({ at: APRIL });

    expect(await partnersOf(graph, ann, IN_MARCH, {}, '2012')).toEqual([['Bo', 'POSSIBLE']]);
    expect(await partnersOf(graph, ann, null, {}, '2012')).toEqual([]);
    expect(await partnersOf(graph, ann, IN_MARCH, {}, '1999')).toEqual([]);
  });

  test('is null before the first change, and for whoever was not there yet', async () => {
    const { graph, story, ann } = await aCouple();
    const cy = story.person('Cy');
    await story.tell({ at: MARCH });
    const query = `query ($asOf: DateTime!) { ann: person(id: "${ann}", asOf: $asOf) { name } cy: person(id: "${cy}", asOf: $asOf) { name }
      unknown: person(id: "per_unknown", asOf: $asOf) { name } slug: person(id: "nobody", asOf: $asOf) { name }
      between(a: "${ann}", b: "${cy}", asOf: $asOf) { id } article(url: "https://x.example/", asOf: $asOf) { id } }`;
    const none = { unknown: null, slug: null, between: [], article: null };

    const asked = (asOf: string) => answerOf(graph, query, { variables: { asOf } });
    expect(await asked('2025-12-31T00:00:00Z')).toEqual({ ann: null, cy: null, ...none });
    expect(await asked(FEBRUARY)).toEqual({ ann: { name: 'Ann' }, cy: null, ...none });
    expect(await asked(MARCH)).toEqual({ ann: { name: 'Ann' }, cy: { name: 'Cy' }, ...none });
  });

  test.each([
    ['2026-08-22T12:00:00.001Z', 'FUTURE'],
    ['2999-01-01T00:00:00Z', 'FUTURE'],
    ['2026-03', 'DATE_TIME'],
    ['', 'DATE_TIME'],
  ])('refuses %s, rule %s', async (asOf, rule) => {
    const { graph, ann } = await aCouple();

    for (const field of [
      `person(id: "${ann}"`,
      `between(a: "${ann}", b: "x"`,
      'relationship(id: "rel_x"',
      'article(id: "art_x"',
    ]) {
      const { errors } = await ask(graph, `{ ${field}, asOf: "${asOf}") { id } }`);
      expect(errors.map(({ extensions }) => extensions)).toEqual([{ code: 'INVALID_INPUT', field: 'asOf', rule }]);
    }
  });

  test('answers two moments and the present side by side, each with its own', async () => {
    const { graph, story, ann } = await aCouple();
    story.edit('Person', ann, { name: 'Anna' });
    await story.tell({ at: MARCH });
    story.edit('Person', ann, { name: 'Annabel' });
    await story.tell({ at: APRIL });

    const one = (asOf: string) =>
      `person(id: "ann-0"${asOf}) { name partners { edges { relationship { parties { person { name } } } } } }`;
    const query = `{ a: ${one(`, asOf: "${FEBRUARY}"`)} b: ${one(`, asOf: "${IN_MARCH}"`)} c: ${one('')} d: ${one(`, asOf: "${IN_FEBRUARY}"`)} }`;
    const answer = JSON.stringify(await answerOf(graph, query));

    const names = [...answer.matchAll(/"Ann[a-z]*"/g)].map(([name]) => JSON.parse(name));
    expect(names).toEqual(['Ann', 'Ann', 'Anna', 'Anna', 'Annabel', 'Annabel', 'Ann', 'Ann']);
  });

  test('brings back what was removed, and who was merged since under their own id', async () => {
    const { graph, story, ann, bo } = await aCouple();
    const anna = story.person('Anna');
    const cy = story.person('Cy');
    const theirs = story.relationship('ROMANTIC', anna, cy);
    const period = story.period(theirs, 'DATING', { start: '2005' }, { evidence: 'RECORD' });
    await story.tell({ at: FEBRUARY });
    const claims = (await graph.read(
      'MATCH (:Period {id: $id})<-[:ABOUT]-(c:Claim)-[:HAS]->(t:Citation) RETURN c.id AS c, t.id AS t',
      { id: period },
    )) as { c: string; t: string }[];
    for (const { c, t } of claims) {
      story.edit('Citation', t, null);
      story.edit('Claim', c, null);
    }
    story.edit('Period', period, null);
    story.edit('Relationship', theirs, null);
    story.edit('Person', anna, { mergedInto: ann });
    await story.tell({ at: APRIL });

    expect(await partnersOf(graph, anna, IN_MARCH)).toEqual([['Cy', null]]);
    expect(await partnersOf(graph, cy, IN_MARCH)).toEqual([['Anna', null]]);
    expect(await partnersOf(graph, ann, IN_MARCH)).toEqual([['Bo', null]]);
    expect(await partnersOf(graph, cy, null)).toEqual([]);
    const query = (asOf: string) =>
      `{ person(id: "${anna}"${asOf}) { name redirectedFrom } between(a: "${bo}", b: "${anna}"${asOf}) { id } }`;
    expect(await answerOf(graph, query(`, asOf: "${IN_MARCH}"`))).toEqual({
      person: { name: 'Anna', redirectedFrom: null },
      between: [],
    });
    expect(await answerOf(graph, query(''))).toEqual({
      person: { name: 'Ann', redirectedFrom: anna },
      between: [{ id: expect.any(String) }],
    });
    expect(await answerOf(graph, query(`, asOf: "${APRIL}"`))).toEqual(await answerOf(graph, query('')));
  });

  test('shows whoever has left the graph to reviewers only', async () => {
    const { graph, story, ann } = await aCouple();
    const cy = story.person('Cy');
    await story.tell({ at: FEBRUARY });
    story.edit('Person', cy, null);
    await story.tell({ at: MARCH });

    const query = `{ person(id: "${cy}", asOf: "${IN_FEBRUARY}") { name } now: person(id: "${cy}") { name } }`;
    expect(await answerOf(graph, query)).toEqual({ person: null, now: null });
    expect(await answerOf(graph, query, REVIEWER)).toEqual({ person: { name: 'Cy' }, now: null });
    expect(ann).not.toBe(cy);
  });

  test('hides whoever is hidden today, whatever they were then', async () => {
    const { graph, story, ann, bo } = await aCouple();
    story.edit('Person', bo, { visibility: 'PRIVATE' });
    await story.tell({ at: APRIL });

    const query = `{ person(id: "${bo}", asOf: "${IN_MARCH}") { name } between(a: "${ann}", b: "${bo}", asOf: "${IN_MARCH}") { id } }`;
    expect(await answerOf(graph, query)).toEqual({ person: null, between: [] });
    expect(await partnersOf(graph, ann, IN_MARCH)).toEqual([]);
    expect(await partnersOf(graph, ann, IN_MARCH, REVIEWER)).toEqual([['Bo', null]]);
  });

  test('shows whoever was hidden then and is not today, and asks of the LIMITED of today what they need today', async () => {
    const { graph, story, ann, bo } = await aCouple();
    const cy = story.person('Cy', { visibility: 'PRIVATE' });
    const period = story.period(
      story.relationship('ROMANTIC', ann, cy),
      'DATING',
      { start: '2005' },
      { evidence: 'WITNESS' },
    );
    await story.tell({ at: FEBRUARY });
    story.edit('Person', cy, { visibility: 'PUBLIC' });
    await story.tell({ at: MARCH });

    expect(period).toMatch(/^prd_/);
    expect(await partnersOf(graph, ann, IN_FEBRUARY)).toEqual([
      ['Cy', null],
      ['Bo', null],
    ]);
    story.edit('Person', ann, { visibility: 'LIMITED' });
    await story.tell({ at: APRIL });
    expect(await partnersOf(graph, ann, IN_FEBRUARY)).toEqual([['Bo', null]]);
    expect(await partnersOf(graph, bo, IN_FEBRUARY)).toEqual([['Ann', null]]);
  });

  test('hides a minor of today, though nobody knew their birth then', async () => {
    const { graph, story, bo, ann } = await aCouple();
    story.born(bo, '2015');
    await story.tell({ at: APRIL });

    expect(await answerOf(graph, `{ person(id: "${bo}", asOf: "${IN_MARCH}") { name } }`)).toEqual({ person: null });
    expect(await partnersOf(graph, ann, IN_MARCH)).toEqual([]);
    expect(await partnersOf(graph, ann, IN_MARCH, REVIEWER)).toEqual([['Bo', null]]);
  });

  test('tells nothing under a wrong name of what belongs to somebody hidden today', async () => {
    const { graph, story, ann } = await aCouple();
    const cy = story.person('Cy', { visibility: 'PRIVATE' });
    const claim = story.born(ann, '1970-05-05');
    await story.tell({ at: FEBRUARY });
    story.edit('Claim', claim, { subject: cy });
    await story.tell({ at: MARCH });

    const query = `{ person(id: "${ann}", asOf: "${IN_FEBRUARY}") { birth { date { edtf } } claims { totalCount } } }`;
    expect(await answerOf(graph, query)).toEqual({ person: { birth: null, claims: { totalCount: 0 } } });
    expect(await answerOf(graph, query, REVIEWER)).toEqual({
      person: { birth: { date: { edtf: '1970-05-05' } }, claims: { totalCount: 1 } },
    });
  });

  test('withholds from texts of then the names that are known today to be of somebody hidden', async () => {
    const { graph, story, ann } = await aCouple();
    const cy = story.person('Cy Doe', { visibility: 'PRIVATE' });
    const gone = story.person('Di', { visibility: 'REMOVED' });
    const text = 'So it is said. Di swam.';
    const article = story.article('Ann and Cy Doe at sea', { url: 'https://paper.example/1', text });
    story.born(ann, '1970', { by: article, quoted: { quote: 'So it is said.', from: 0 } });
    await story.tell({ at: FEBRUARY });
    const mentions = [
      { surface: 'Cy Doe', part: 'TITLE', from: 8, to: 14, person: cy },
      { surface: 'Di', part: 'TEXT', from: 15, to: 17, person: gone },
    ];
    story.edit('Article', article, { mentions, title: 'Ann and Cy Doe on land' });
    await story.tell({ at: MARCH });

    const query = `{ article(url: "https://paper.example/1", asOf: "${IN_FEBRUARY}") { title text } now: article(id: "${article}") { title } }`;
    expect(await answerOf(graph, query)).toEqual({
      article: { title: 'Ann and [name withheld] at sea', text: null },
      now: { title: 'Ann and [name withheld] on land' },
    });
    expect(await answerOf(graph, query, REVIEWER)).toEqual({
      article: { title: 'Ann and Cy Doe at sea', text: 'So it is said. ██ swam.' },
      now: { title: 'Ann and Cy Doe on land' },
    });
  });

  test('answers an article as it was: its text, its version, what it is cited for', async () => {
    const { graph, story, ann, bo } = await aCouple();
    const told = story.article('Born at sea', { text: 'Ann was born in 1970.' });
    const article = story.article('Born on land');
    const claim = story.born(ann, '1970', { by: article });
    await story.tell({ at: FEBRUARY });
    story.edit('Article', told, { text: 'Ann was born in 1971.', version: 2 });
    story.edit('Claim', claim, { verdict: 'REJECTED' });
    story.born(bo, '1971', { by: article });
    await story.tell({ at: MARCH });

    const query = (asOf: string) => `{ told: article(id: "${told}"${asOf}) { text version revision }
      article(id: "${article}"${asOf}) { claims { nodes { verdict subject { ... on Person { name } } } } } }`;
    const born = (verdict: string, name: string) => ({ verdict, subject: { name } });
    expect(await answerOf(graph, query(`, asOf: "${IN_FEBRUARY}"`), REVIEWER)).toEqual({
      told: { text: 'Ann was born in 1970.', version: 1, revision: 2 },
      article: { claims: { nodes: [born('ACCEPTED', 'Ann')] } },
    });
    expect(await answerOf(graph, query(''), REVIEWER)).toEqual({
      told: { text: 'Ann was born in 1971.', version: 2, revision: 3 },
      article: { claims: { nodes: [born('REJECTED', 'Ann'), born('ACCEPTED', 'Bo')] } },
    });
  });

  test('refuses to roll back more than 5,000 edits, with their number and the limit', async () => {
    const { graph, story, ann, bo } = await aCouple();
    const claim = (n: number) => ({ subject: ann, field: 'OCCUPATION', value: { text: `Trade ${n}` } });
    for (let n = 0; n < 5001; n += 1) story.edit('Claim', idFromKey('Claim', `trade ${n}`), claim(n));
    await story.tell({ at: APRIL });

    const query = (id: string, asOf: string) => `{ person(id: "${id}", asOf: "${asOf}") { name occupations } }`;
    const { data, errors } = await ask(graph, query(ann, IN_MARCH));
    expect(data).toEqual({ person: null });
    expect(errors.map(({ extensions }) => extensions)).toEqual([
      { code: 'TOO_COMPLEX', field: 'asOf', rule: 'AS_OF_EDITS', edits: 5001, limit: 5000 },
    ]);
    expect((await ask(graph, query(bo, IN_MARCH))).errors).toEqual([]);
    expect((await ask(graph, query(ann, APRIL))).errors).toEqual([]);
  }, 300_000);

  test('costs as many statements for a few as for many, and less for less', async () => {
    const { graph, story, ann } = await aCouple();
    for (let n = 0; n < 30; n += 1) story.marriage(ann, story.person(`Partner ${n}`), { start: '2003', end: '2004' });
    await story.tell({ at: FEBRUARY });
    story.edit('Person', ann, { name: 'Anna' });
    await story.tell({ at: APRIL });
    const counted = async (asOf: string, selection: string) => {
      const answer = await ask(graph, `{ person(id: "${ann}", asOf: "${asOf}") { ${selection} } }`, REVIEWER);
      expect(answer.errors).toEqual([]);
      return answer.statements.length;
    };

    const partners =
      'name partners(first: 50) { edges { node { name } periods { claims { nodes { citations { nodes { quote } } } } } } }';
    const few = await counted(JANUARY, partners);
    const many = await counted(IN_MARCH, partners);
    // Through the partners to theirs, every one of whom is asked about.
    const deep = await counted(IN_MARCH, 'partners(first: 50) { nodes { partners(first: 5) { nodes { name } } } }');
    expect(many).toBeLessThanOrEqual(few + 2);
    expect(many).toBeLessThan(60);
    expect(deep).toBeLessThan(90);
    expect(await counted(IN_MARCH, 'name')).toBeLessThan(many / 2);
  });

  test('gives back what it has opened, also after a failure', async () => {
    const { graph, ann } = await aCouple();
    const opened: Graph[] = [];
    const watched: Graph = Object.assign(Object.create(graph), {
      scratch: async () => {
        const scratch = await graph.scratch();
        opened.push(scratch);
        return scratch;
      },
    });

    await ask(
      watched,
      `{ a: person(id: "${ann}", asOf: "${FEBRUARY}") { name } b: person(id: "${ann}", asOf: "${MARCH}") { events(first: 0) { totalCount } } }`,
    );
    expect(opened).toHaveLength(1);
    await expect(opened[0]?.read('RETURN 1 AS one')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
