import { beforeAll, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { enginesHere } from '../support/engines.js';
import { aStory, type Story } from '../support/story.js';
import { type Answer, ask } from './asking.js';

const THREE = 'partners(first: 3) { edges { node { name slug } periods { type standing } } }';
const FOUR = 'partners(first: 3) { edges { node { name } periods { type claims(first: 2) { nodes { field } } } } }';
const FIVE =
  'partners(first: 3) { edges { node { name } periods { type claims(first: 2) { nodes { field citations(first: 1) { nodes { quote side { name } article { title } } } } } } } }';

/** A hundred people in a row: every third has no partner, every tenth is a hub of four, and the marriages have one to three claims. */
function aCrowd(story: Story): string[] {
  const people = Array.from({ length: 100 }, (_, n) => story.aPerson(`Person ${String(n).padStart(3, '0')}`));
  people.forEach((person, n) => {
    if (n % 3 === 2) return;
    const partners = n % 10 === 0 ? 4 : 1;
    for (let other = 1; other <= partners; other += 1) {
      const { [n + 3 * other]: partner } = people;
      if (partner) story.aMarriage(person, partner, { start: '2001', ...(n % 2 && { end: '2009', apart: '2008' }) });
    }
  });
  return people;
}

describe.each(enginesHere())('What a page reads on $name', (engine) => {
  let graph: Graph;
  let people: string[] = [];

  beforeAll(async () => {
    graph = await engine.fresh();
    const story = aStory();
    people = aCrowd(story);
    await story.commitTo(graph);
  }, 120_000);

  const counted = async (query: string): Promise<Answer> => {
    const answer = await ask(graph, query, { role: 'REVIEWER' });
    expect(answer.errors).toEqual([]);
    return answer;
  };

  test.each([1, 20, 100])('is one statement for each level, whatever its %i people have', async (first) => {
    const of = (selection: string) => counted(`{ people(first: ${first}) { nodes { name ${selection} } } }`);

    expect((await of(THREE)).statements).toEqual(['peoplePage', 'linksPage']);
    expect((await of(FOUR)).statements).toEqual(['peoplePage', 'linksPage', 'claimsOf']);
    expect((await of(FIVE)).statements).toEqual(['peoplePage', 'linksPage', 'claimsOf', 'citationsOf']);
  });

  test('is the same through node, nodes, person and aliases', async () => {
    const levels = ['people', 'linksPage', 'claimsOf', 'citationsOf'];
    const ids = JSON.stringify(people.slice(0, 20));
    const [one, two, alone] = people;

    expect((await counted(`{ node(id: "${alone}") { ... on Person { ${FIVE} } } }`)).statements).toEqual([
      'people',
      'linksPage',
    ]);
    expect((await counted(`{ node(id: "${two}") { ... on Person { ${FIVE} } } }`)).statements).toEqual(levels);
    expect((await counted(`{ nodes(ids: ${ids}) { ... on Person { ${FIVE} } } }`)).statements).toEqual(levels);
    expect(
      (await counted(`{ a: person(id: "${one}") { ${FIVE} } b: person(id: "${two}") { c: ${FIVE} d: ${FIVE} } }`))
        .statements,
    ).toEqual(levels);
  });

  test('is one statement more for arguments that differ', async () => {
    const { statements } = await counted(
      `{ person(id: "person-001") { a: partners(first: 1) { nodes { name } } b: partners(first: 2) { nodes { name } } } }`,
    );

    expect(statements).toEqual(['people', 'linksPage', 'linksPage']);
  });

  test('is a person with partners and periods in 2 statements and 2 waits', async () => {
    const { statements, waits } = await counted(
      '{ person(id: "person-010") { name birth { date { edtf } } partners { edges { node { name } relationship { id standing status } periods { type start { date { edtf } } } } } } }',
    );

    expect([statements, waits]).toEqual([['people', 'linksPage'], 2]);
  });

  test('is a couple with periods, claims, citations and articles in 4 statements and 3 waits', async () => {
    const { data } = await counted('{ person(id: "person-001") { partners { edges { relationship { id } } } } }');
    const id = /rel_\w+/.exec(JSON.stringify(data))?.[0];
    const { statements, waits } = await counted(
      `{ relationship(id: "${id}") { start { date { edtf } } parties { person { name } } periods { type claims { nodes { field citations { nodes { quote article { title } } } } } } } }`,
    );

    expect([[...statements].sort(), waits]).toEqual([['citationsOf', 'claimsOf', 'periodsOf', 'relationships'], 3]);
  });

  test('brings what its claims are about, and for whom they speak', async () => {
    const { statements } = await counted(
      `{ person(id: "person-001") { partners { edges { periods { relationship { parties { person { name } } }
        claims { nodes { subject { id ... on Period { type relationship { id } } } } } } } } } }`,
    );

    expect(statements).toEqual(['people', 'linksPage', 'claimsOf']);
  });

  test('is no count that nobody asked for', async () => {
    const { statements } = await counted('{ people(first: 5) { totalCount } }');

    expect(statements).toEqual(['countPeople']);
  });
});
