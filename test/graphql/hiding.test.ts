import { describe, expect, test } from 'vitest';
import type { Minors, Role } from '../../src/domain/gate.js';
import type { Visibility } from '../../src/domain/records.js';
import type { Graph } from '../../src/graph/graph.js';
import { enginesHere } from '../support/engines.js';
import { aStory, type Story } from '../support/story.js';
import { answerOf, ask } from './asking.js';

const CLAIMS =
  'claims(first: 3) { totalCount nodes { field independentSources citations(first: 2) { totalCount nodes { quote article { title } } } } }';
const ARTICLES =
  'articles(first: 5) { totalCount nodes { title claims(first: 2) { totalCount } copies { title } mentions { surface } } }';
const PERSON = `id name slug birth { date { edtf } } ${CLAIMS}
  events(minStanding: RUMOURED, first: 5) { totalCount nodes { kind participants { person { name } } } }
  relationships(minStanding: RUMOURED, first: 5) { totalCount pageInfo { hasNextPage endCursor } edges {
    cursor node { name } relationship { id status events(first: 2) { totalCount } } periods { type ${CLAIMS} } } }`;
const COUNTS = 'relationships claims events byStanding { RUMOURED REPORTED CONFIRMED }';

const OVERLAP = 'with { name } other { name } certainty legallyMarried relationships { id }';
const TIMELINE =
  'timeline(minStanding: RUMOURED, first: 5) { totalCount pageInfo { hasNextPage endCursor } edges { cursor silence { years } node { id } } }';

/** What anybody may ask about the two whom everybody sees. */
const OF_THE_TWO = [
  `{ person(id: "ann") { ${PERSON} } bo: person(id: "bo") { partners(at: "2005") { totalCount nodes { name } } } }`,
  '{ relationships(filter: { minStanding: RUMOURED }) { totalCount edges { cursor node { parties { person { name } } } } } }',
  '{ events(minStanding: RUMOURED) { totalCount nodes { id kind } pageInfo { endCursor } } }',
  '{ between(a: "ann", b: "bo") { id events { totalCount } } }',
  `{ stats { ${COUNTS} } }`,
  `{ overlaps(person: "ann", certainty: POSSIBLE) { ${OVERLAP} } both: overlaps(person: "ann", and: "bo", certainty: POSSIBLE) { ${OVERLAP} } }`,
  `{ ${['MOST_PARTNERS', 'LONGEST', 'MOST_REUNIONS'].map((by) => `${by}: rankings(by: ${by}) { person { name } relationship { id } value { min max } }`).join(' ')} }`,
  `{ person(id: "ann") { ${TIMELINE} } bo: person(id: "bo") { ${TIMELINE} } }`,
  `{ between(a: "ann", b: "bo") { coupleFacts { daysTogether { min max } children { name } sides { ageAtStart { min max } place { min max } partners daysSinceAnother { min max } } } } }`,
];
/** What would name somebody who is found by name. */
const BY_NAME = [
  '{ people { totalCount nodes { name } pageInfo { endCursor } } stats { people } }',
  '{ person(id: "secret") { name } by: person(externalId: { source: "wikidata", id: "Q9" }) { name } }',
  '{ relationships(filter: { people: ["ann", "secret"], minStanding: RUMOURED }) { totalCount } }',
  '{ between(a: "ann", b: "secret", minStanding: RUMOURED) { id } }',
];
/** Reviewers and above read every article, with the names of those whom they don't see withheld. */
const OF_ARTICLES = [
  `{ person(id: "ann") { ${ARTICLES} } stats { articles } }`,
  '{ articles { totalCount nodes { id title claims { totalCount } } } article(url: "https://example.org/secret") { id } }',
];
const DESK = [...OF_THE_TWO, ...BY_NAME];
const PUBLIC = [...DESK, ...OF_ARTICLES];

interface Shown {
  ann: string;
  bo: string;
  register: string;
}

function twoWhomEverybodySees(story: Story): Shown {
  const [ann, bo] = [story.aPerson('Ann'), story.aPerson('Bo')];
  const register = story.anArticle('The register');
  story.aMarriage(ann, bo, { start: '2001', end: '2010', article: register });
  story.anEvent('WEDDING', { [ann]: 'PARTY', [bo]: 'PARTY' }, { start: '2001', article: register });
  story.aBirth(ann, '1970', { article: register });
  return { ann, bo, register };
}

/** Somebody with everything that could show them: partners, parents, events, claims, articles of their own and of others. */
function somebodyHidden(
  { ann, bo, register }: Shown,
  story: Story,
  visibility: Visibility,
  born: string | null,
): string {
  const secret = story.aPerson('Secret', { visibility, adult: born === null, externalIds: ['wikidata:Q9'] });
  // Of LIMITED people nothing shows that is not CONFIRMED.
  const told = visibility === 'LIMITED' ? ({ evidence: 'WITNESS' } as const) : {};
  const letter = story.anArticle('A letter about Secret', {
    url: 'https://example.org/secret',
    basedOn: [register],
    mentions: [{ surface: 'Secret', part: 'TITLE', from: 15, to: 21, person: secret }],
  });
  story.aMarriage(secret, ann, { start: '2015', article: letter, ...told });
  for (const [one, start, end] of [
    [ann, '1999-05-01', '2003'],
    [bo, '1998', '2004'],
  ] as const)
    story.aPeriod('ROMANTIC', 'DATING', secret, one, { start, end, article: register, ...told });
  story.aPeriod('PARENT_CHILD', 'BIOLOGICAL', bo, secret, { start: '2014', article: letter, ...told });
  story.aPeriod('FRIEND', 'UNSPECIFIED', secret, bo, { start: '2002', article: register, ...told });
  story.aPeriod('PARENT_CHILD', 'BIOLOGICAL', ann, secret, { start: '2014', article: letter, ...told });
  story.anEvent(
    'BIRTH',
    { [secret]: 'CHILD', [ann]: 'PARENT', [bo]: 'PARENT' },
    { start: '2014', article: letter, ...told },
  );
  story.anEvent('WEDDING', { [secret]: 'PARTY', [ann]: 'PARTY' }, { start: '2015', article: letter, ...told });
  story.anEvent('APPEARANCE', { [secret]: 'SUBJECT' }, { start: '2016', article: register, ...told });
  story.aClaim(secret, 'OCCUPATION', { text: 'singer' }, { article: register, ...told });
  if (born !== null) story.aBirth(secret, born, { article: letter });
  return secret;
}

async function answers(graph: Graph, queries: readonly string[], role: Role, minors: Minors): Promise<string[]> {
  return Promise.all(queries.map(async (query) => JSON.stringify(await answerOf(graph, query, { role, minors }))));
}

describe.each(enginesHere())('Somebody hidden on $name', (engine) => {
  test.each<[string, Visibility, string | null, Role[], Minors, readonly string[]]>([
    ['PRIVATE', 'PRIVATE', null, ['READER', 'CONTRIBUTOR'], 'name-only', PUBLIC],
    ['REMOVED', 'REMOVED', null, ['READER', 'CONTRIBUTOR'], 'name-only', PUBLIC],
    ['REMOVED, on the desk,', 'REMOVED', null, ['REVIEWER', 'EDITOR'], 'name-only', DESK],
    [
      'LIMITED and not confirmed',
      'LIMITED',
      null,
      ['READER', 'CONTRIBUTOR'],
      'name-only',
      [...OF_THE_TWO, ...OF_ARTICLES],
    ],
    ['a minor where minors are hidden', 'PUBLIC', '2014', ['READER', 'CONTRIBUTOR'], 'hide', PUBLIC],
  ])('who is %s changes no byte of any answer', async (_what, visibility, born, roles, minors, queries) => {
    const graph = await engine.fresh();
    const story = aStory();
    const shown = twoWhomEverybodySees(story);
    await story.commitTo(graph);
    const before = await Promise.all(roles.map((role) => answers(graph, queries, role, minors)));

    somebodyHidden(shown, story, visibility, born);
    await story.commitTo(graph);

    expect(await Promise.all(roles.map((role) => answers(graph, queries, role, minors)))).toEqual(before);
    expect(await answerOf(graph, '{ stats { people } }', { role: 'ADMIN' })).toEqual({ stats: { people: 3 } });
  });

  test('who is removed leaves a tombstone under the id, and nothing under slug and records', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    const shown = twoWhomEverybodySees(story);
    const secret = somebodyHidden(shown, story, 'REMOVED', null);
    await story.commitTo(graph);

    const answer = await answerOf(
      graph,
      `{ node(id: "${secret}") { __typename id } person(id: "${secret}") { id } slug: node(id: "secret") { id } }`,
    );

    expect(answer).toEqual({ node: { __typename: 'Tombstone', id: secret }, person: null, slug: null });
  });

  test('who is a minor has an id and a name as the child of an adult, and nothing else', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    const shown = twoWhomEverybodySees(story);
    const secret = somebodyHidden(shown, story, 'PUBLIC', '2014-03');
    await story.commitTo(graph);
    const everything = `id name slug description revision visibility aliases { name } occupations externalIds birth { standing } death { standing } age { min } redirectedFrom
      ${['partners', 'relationships', 'events', 'articles', 'claims'].map((list) => `${list} { totalCount nodes { id } pageInfo { hasNextPage } }`).join(' ')}`;
    const query = `{ person(id: "ann") { relationships(kinds: [PARENT_CHILD]) { totalCount edges { certainty periods { id } node { ${everything} }
      relationship { kind standing status revision start { standing } end { state } together { stretches { periods } } periods { id } denials { id } claims { totalCount } events { totalCount } parties { role person { name slug } } } } }
      at: relationships(kinds: [PARENT_CHILD], at: "2020") { totalCount } partners { nodes { name } } events { nodes { kind } } } }`;

    const { person } = await answerOf<{
      person: Record<string, { totalCount: number; edges: Record<string, object>[] }>;
    }>(graph, query);

    const nothing = { totalCount: 0, nodes: [], pageInfo: { hasNextPage: false } };
    expect(person.relationships?.totalCount).toBe(1);
    expect(person.relationships?.edges[0]).toEqual({
      certainty: null,
      periods: [],
      node: {
        ...{ id: secret, name: 'Secret', slug: null, description: null, revision: null, visibility: null },
        ...{ aliases: [], occupations: [], externalIds: [], birth: null, death: null, age: null, redirectedFrom: null },
        ...{ partners: nothing, relationships: nothing, events: nothing, articles: nothing, claims: nothing },
      },
      relationship: {
        ...{ kind: 'PARENT_CHILD', standing: 'CONFIRMED', status: null, revision: null, start: null, end: null },
        ...{ together: null, periods: [], denials: [], claims: { totalCount: 0 }, events: { totalCount: 0 } },
        parties: [
          { role: 'PARENT', person: { name: 'Ann', slug: 'ann' } },
          { role: 'CHILD', person: { name: 'Secret', slug: null } },
        ],
      },
    });
    expect(person).toMatchObject({
      at: { totalCount: 0 },
      partners: { nodes: [{ name: 'Bo' }] },
      events: { nodes: [{ kind: 'WEDDING' }] },
    });
    expect(
      await ask(
        graph,
        `{ person(id: "secret") { id } node(id: "${secret}") { id } between(a: "ann", b: "secret") { id } }`,
      ),
    ).toMatchObject({
      data: { person: null, node: null, between: [] },
    });
  });

  test('is withheld from quotes and titles', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    const { ann, bo } = twoWhomEverybodySees(story);
    const secret = story.aPerson('Secret', { visibility: 'PRIVATE' });
    const text = 'Ann wed Bo. Secret was there.';
    const article = story.anArticle('Secret at the wedding', {
      text,
      mentions: [
        { surface: 'Secret', part: 'TITLE', from: 0, to: 6, person: secret },
        { surface: 'Secret', part: 'TEXT', from: 12, to: 18, person: secret },
        { surface: 'Ann', part: 'TEXT', from: 0, to: 3, person: ann },
      ],
    });
    const unread = story.anArticle('Nobody has read this', { text, mentionsReviewed: false });
    for (const source of [article, unread]) {
      const cited = { article: source, quote: text, from: 0, to: text.length };
      story.aClaim(ann, 'OCCUPATION', { text: source === article ? 'singer' : 'dancer' }, cited);
    }
    story.aMarriage(ann, bo, { start: '2001' });
    await story.commitTo(graph);
    const query = `{ nodes(ids: ["${article}", "${unread}"]) { ... on Article { title text mentions { surface } claims { nodes { citations { nodes { quote } } } } } } }`;

    const cited = (quote: string | null) => ({ nodes: [{ citations: { nodes: [{ quote }] } }] });
    expect(await answerOf(graph, query)).toEqual({
      nodes: [
        {
          title: '[name withheld] at the wedding',
          text: null,
          mentions: [],
          claims: cited('Ann wed Bo. [name withheld] was there.'),
        },
        { title: null, text: null, mentions: [], claims: cited(null) },
      ],
    });
    expect(await answerOf(graph, query, { role: 'REVIEWER' })).toEqual({
      nodes: [
        {
          title: 'Secret at the wedding',
          text,
          mentions: [{ surface: 'Secret' }, { surface: 'Ann' }, { surface: 'Secret' }],
          claims: cited(text),
        },
        { title: 'Nobody has read this', text, mentions: [], claims: cited(text) },
      ],
    });
  });

  test('who is LIMITED and not confirmed shows with everything to those who decide', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    const limited = somebodyHidden(twoWhomEverybodySees(story), story, 'LIMITED', null);
    story.aBirth(limited, '1985', { evidence: 'WITNESS' });
    const rejected = story.aClaim(limited, 'OCCUPATION', { text: 'spy' }, { claim: { verdict: 'REJECTED' } });
    await story.commitTo(graph);
    const query = `{ person(id: "secret") { birth { standing } age { min } partners { totalCount nodes { name } } events { totalCount }
      claims(field: OCCUPATION) { totalCount } relationships(kinds: [FRIEND]) { totalCount } }
      ann: person(id: "ann") { partners { totalCount } romances: relationships(kinds: [ROMANTIC]) { nodes { name } } } claim: node(id: "${rejected}") { ... on Claim { verdict } }
      relationships { totalCount } rankings(by: MOST_PARTNERS, first: 1) { value { min } } }`;

    const seen = (count: number, names: string[]) => ({ totalCount: count, nodes: names.map((name) => ({ name })) });
    for (const role of ['REVIEWER', 'EDITOR', 'ADMIN'] as const)
      expect(await answerOf(graph, query, { role })).toEqual({
        person: {
          birth: { standing: 'REPORTED' },
          age: { min: 40 },
          partners: seen(2, ['Ann', 'Bo']),
          events: { totalCount: 3 },
          claims: { totalCount: 2 },
          relationships: { totalCount: 1 },
        },
        ann: { partners: { totalCount: 2 }, romances: { nodes: [{ name: 'Secret' }, { name: 'Bo' }] } },
        claim: { verdict: 'REJECTED' },
        relationships: { totalCount: 6 },
        rankings: [{ value: { min: 2 } }],
      });
    expect(await answerOf(graph, `{ node(id: "${rejected}") { id } }`, { role: 'CONTRIBUTOR' })).toEqual({
      node: null,
    });
  });

  test('shows with nothing but what is CONFIRMED to readers while LIMITED', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    const ann = story.aPerson('Ann');
    const limited = story.aPerson('Secret', { visibility: 'LIMITED' });
    story.aMarriage(ann, limited, { start: '2001', end: '2003' });
    story.aMarriage(ann, limited, { start: '2010', evidence: 'WITNESS' });
    story.aBirth(limited, '1970', { evidence: 'WITNESS' });
    await story.commitTo(graph);

    const { person } = await answerOf<{ person: object }>(
      graph,
      '{ person(id: "ann") { partners { edges { node { name birth { standing } claims { totalCount } } periods { start { date { edtf } } } relationship { status start { date { edtf } } together { stretches { bounds { startMin } } held(at: "2012") } periods { standing } } } } } }',
    );

    expect(person).toEqual({
      partners: {
        edges: [
          {
            node: { name: 'Secret', birth: null, claims: { totalCount: 0 } },
            periods: [{ start: { date: { edtf: '2001' } } }],
            relationship: {
              status: 'ENDED',
              start: { date: { edtf: '2001' } },
              together: { stretches: [{ bounds: { startMin: 11_323 } }], held: 'NO' },
              periods: [{ standing: 'CONFIRMED' }],
            },
          },
        ],
      },
    });
  });

  test('is found by what is CONFIRMED only, where a lesser time went before it', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    const [ann, limited] = [story.aPerson('Ann'), story.aPerson('Secret', { visibility: 'LIMITED' })];
    const before = story.aPeriod('ROMANTIC', 'DATING', ann, limited, { start: '1990', evidence: 'WITNESS' });
    story.aClaim(before, 'END_REASON', { reason: 'PROGRESSED' }, { evidence: 'WITNESS' });
    story.aMarriage(ann, limited, { start: '1999-01-01', end: '2000-01-01' });
    await story.commitTo(graph);
    const [dating, married] = ['at: "1995", certainty: CERTAIN', 'at: "1999-06", certainty: CERTAIN'];
    const query = `{
      person(id: "ann") { dating: partners(${dating}) { totalCount } married: partners(${married}) { totalCount } }
      dating: relationships(filter: { ${dating} }) { totalCount } married: relationships(filter: { ${married} }) { totalCount }
      near: network(around: ["ann"], filter: { at: "1995" }) { totalPeople }
      chain(from: "ann", to: "secret", through: { at: "1995" }) { __typename }
    }`;
    const lists = (then: number) => ({ dating: { totalCount: then }, married: { totalCount: 1 } });

    const toReaders = await answerOf(graph, query);
    story.change('Person', limited, { visibility: 'PUBLIC' });
    await story.commitTo(graph);
    const oncePublic = await answerOf(graph, query);

    const [none, found] = [{ __typename: 'NoChain' }, { __typename: 'ChainsFound' }];
    expect(toReaders).toEqual({ person: lists(0), ...lists(0), near: { totalPeople: 1 }, chain: none });
    expect(oncePublic).toEqual({ person: lists(1), ...lists(1), near: { totalPeople: 2 }, chain: found });
  });
});
