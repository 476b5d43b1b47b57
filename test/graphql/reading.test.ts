import { describe, expect, test } from 'vitest';
import { ROLES } from '../../src/domain/gate.js';
import { enginesHere } from '../support/engines.js';
import { aStory } from '../support/story.js';
import { answerOf, ask } from './asking.js';

describe.each(enginesHere())('Reading on $name', (engine) => {
  test('T22: repeats and loses nothing when something comes in between two pages', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    for (const name of ['Ada', 'Bea', 'Cy', 'Di']) story.aPerson(name);
    await story.commitTo(graph);
    const page = (after: string) =>
      answerOf<Page>(
        graph,
        `{ people(first: 2 ${after}) { nodes { name } pageInfo { hasNextPage hasPreviousPage endCursor } } }`,
      );

    const first = await page('');
    story.aPerson('Abe');
    story.aPerson('Bo');
    await story.commitTo(graph);
    const second = await page(`after: "${first.people.pageInfo.endCursor}"`);

    expect(first.people).toMatchObject({
      nodes: named('Ada', 'Bea'),
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    });
    expect(second.people).toMatchObject({
      nodes: named('Bo', 'Cy'),
      pageInfo: { hasNextPage: true, hasPreviousPage: true },
    });
  });

  test('T23: a pair with three periods is one entry, and counts as one', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    const [ann, bo] = [story.aPerson('Ann'), story.aPerson('Bo')];
    story.aPeriod('ROMANTIC', 'DATING', ann, bo, { start: '2001', end: '2002' });
    story.aMarriage(ann, bo, { start: '2005', end: '2008' });
    story.aMarriage(ann, bo, { start: '2011', end: '2012' });
    await story.commitTo(graph);

    const { person } = await answerOf<Person>(
      graph,
      '{ person(id: "ann") { partners { totalCount edges { node { name } periods { type start { date { edtf } } } } } } }',
    );

    expect(person.partners).toEqual({
      totalCount: 1,
      edges: [
        {
          node: { name: 'Bo' },
          periods: [
            { type: 'DATING', start: { date: { edtf: '2001' } } },
            { type: 'MARRIED', start: { date: { edtf: '2005' } } },
            { type: 'MARRIED', start: { date: { edtf: '2011' } } },
          ],
        },
      ],
    });
  });

  test('T24: a relationship is the same from both sides, each in their role', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    const [kim, north] = [story.aPerson('Zoe'), story.aPerson('Ada')];
    story.aPeriod('PARENT_CHILD', 'BIOLOGICAL', kim, north, { start: '1990-04-01' });
    await story.commitTo(graph);
    const from = async (slug: string) =>
      (
        await answerOf<Person>(
          graph,
          `{ person(id: "${slug}") { relationships(kinds: [PARENT_CHILD]) { edges { node { name } relationship { id parties { role person { name } } start { date { edtf } } } } } } }`,
        )
      ).person.relationships.edges[0];

    const [parent, child] = [await from('zoe'), await from('ada')];

    expect([parent?.node.name, child?.node.name]).toEqual(['Ada', 'Zoe']);
    expect(child?.relationship).toEqual(parent?.relationship);
    expect(parent?.relationship).toMatchObject({
      parties: [
        { role: 'PARENT', person: { name: 'Zoe' } },
        { role: 'CHILD', person: { name: 'Ada' } },
      ],
      start: { date: { edtf: '1990-04-01' } },
    });
  });

  test('says who was with whom when, together or in law', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    const [ann, bo] = [story.aPerson('Ann'), story.aPerson('Bo')];
    story.aMarriage(ann, bo, { start: '2011-08-20', apart: '2011-10-31', end: '2013-06-03' });
    await story.commitTo(graph);
    const at = async (day: string, types = '') =>
      (
        await answerOf<Person>(
          graph,
          `{ person(id: "ann") { partners(at: "${day}" ${types}) { totalCount edges { certainty } } } }`,
        )
      ).person.partners;

    expect(await at('2011-09')).toEqual({ totalCount: 1, edges: [{ certainty: 'YES' }] });
    expect(await at('2012-06')).toEqual({ totalCount: 0, edges: [] });
    expect(await at('2012-06', 'types: [MARRIED]')).toEqual({ totalCount: 1, edges: [{ certainty: 'YES' }] });
    expect(await at('2011', 'certainty: CERTAIN')).toEqual({ totalCount: 1, edges: [{ certainty: 'YES' }] });
  });

  test.each([
    ['rumoured', { start: '2010-03', end: '2012-04', evidence: 'UNNAMED_SOURCE' }],
    ['proposed', { start: '2010-03', end: '2012-04', claim: { verdict: 'PROPOSED' }, verdict: 'PROPOSED' }],
  ] as const)('says nothing of a time that is only %s where a better one is known', async (_how, told) => {
    const graph = await engine.fresh();
    const story = aStory();
    const [ann, bo] = [story.aPerson('Ann'), story.aPerson('Bo')];
    story.aMarriage(ann, bo, { start: '2001', end: '2005' });
    await story.commitTo(graph);
    const query = `{ between(a: "ann", b: "bo") { status start { date { edtf } } end { state date { edtf } }
      together { stretches { bounds { startMin endMax } } held(at: "2011") } } }`;
    const before = await answerOf(graph, query);

    story.aPeriod('ROMANTIC', 'DATING', ann, bo, told);
    await story.commitTo(graph);

    expect(before).toMatchObject({ between: [{ status: 'ENDED', together: { held: 'NO' } }] });
    expect(await answerOf(graph, query)).toEqual(before);
    expect(await answerOf(graph, query, { role: 'REVIEWER' })).toEqual(before);
  });

  test('says when two are rumoured to have been together where nothing better is known, to who asks for rumours', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    const [ann, bo] = [story.aPerson('Ann'), story.aPerson('Bo')];
    story.aPeriod('ROMANTIC', 'DATING', ann, bo, { start: '2010', end: '2012', evidence: 'UNNAMED_SOURCE' });
    await story.commitTo(graph);

    const asked = (minStanding: string) =>
      answerOf(graph, `{ between(a: "ann", b: "bo", minStanding: ${minStanding}) { together { held(at: "2011") } } }`);

    expect(await asked('RUMOURED')).toEqual({ between: [{ together: { held: 'YES' } }] });
    expect(await asked('REPORTED')).toEqual({ between: [] });
  });

  test('a denial of what nobody says is told to nobody but reviewers', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    const [ann, bo, cy] = [story.aPerson('Ann'), story.aPerson('Bo'), story.aPerson('Cy')];
    const interview = story.anArticle('Interview', { kind: 'INTERVIEW' });
    story.aMarriage(ann, cy, { start: '2001', article: interview });
    await story.commitTo(graph);
    const query = `{ articles { nodes { title claims { totalCount nodes { id } } } } person(id: "bo") { articles { totalCount } } stats { claims } }`;
    const before = await answerOf(graph, query);

    const never = { evidence: 'PRINCIPAL', side: ann, claim: { polarity: 'DENIES' } } as const;
    const denied = story.aRelationship('ROMANTIC', ann, bo);
    const denial = story.aClaim(denied, 'EXISTS', { state: 'PAST' }, { ...never, article: interview });
    story.aClaim(denied, 'EXISTS', { state: 'PAST' }, { ...never, article: story.anArticle('Another interview') });
    await story.commitTo(graph);

    const claim = `{ node(id: "${denial}") { id } }`;
    expect(await answerOf(graph, query)).toEqual(before);
    expect(await answerOf(graph, claim)).toEqual({ node: null });
    expect(await answerOf(graph, claim, { role: 'REVIEWER' })).toEqual({ node: { id: denial } });
  });

  test('lists relationships that match, between two and by people', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    const [ann, bo, cy] = [story.aPerson('Ann'), story.aPerson('Bo'), story.aPerson('Cy')];
    story.aMarriage(ann, bo, { start: '2001', end: '2004' });
    story.aMarriage(ann, cy, { start: '2010' });
    story.aPeriod('FRIEND', 'UNSPECIFIED', bo, cy, { start: '2000', evidence: 'UNNAMED_SOURCE' });
    story.anEvent('MET', { [ann]: 'PARTY', [bo]: 'PARTY' }, { start: '2000-05' });
    await story.commitTo(graph);
    const list = async (filter: string) =>
      (
        await answerOf<Relationships>(
          graph,
          `{ relationships(filter: { ${filter} }) { totalCount edges { certainty node { parties { person { name } } } } } }`,
        )
      ).relationships;

    expect(await list('at: "2002-06"')).toMatchObject({ totalCount: 1, edges: [{ certainty: 'YES' }] });
    expect(await list('people: ["cy", "nobody"]')).toMatchObject({ totalCount: 1 });
    expect(await list('people: ["nobody"]')).toEqual({ totalCount: 0, edges: [] });
    expect(await list('minStanding: RUMOURED')).toMatchObject({ totalCount: 3 });
    expect(await list('kinds: []')).toEqual({ totalCount: 0, edges: [] });

    const between = (a: string, b: string, more = '') =>
      answerOf<Between>(
        graph,
        `{ between(a: "${a}", b: "${b}" ${more}) { kind events { nodes { kind date { edtf } relationship { kind } } } } }`,
      );
    const met = { kind: 'MET', date: { edtf: '2000-05' }, relationship: { kind: 'ROMANTIC' } };
    expect(await between('bo', ann)).toEqual({ between: [{ kind: 'ROMANTIC', events: { nodes: [met] } }] });
    expect(await between('bo', 'cy')).toEqual({ between: [] });
    expect(await between('bo', 'cy', 'minStanding: RUMOURED')).toMatchObject({ between: [{ kind: 'FRIEND' }] });
    expect(await between('bo', 'bo')).toEqual({ between: [] });
    expect(await between('bo', 'nobody')).toEqual({ between: [] });
  });

  test('T19: answers for a merged person with the survivor, and says so', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    const [ann, other] = [story.aPerson('Ann'), story.aPerson('Annie')];
    await story.commitTo(graph);
    await answerOf(graph, `mutation { mergePeople(keep: "${ann}", from: "${other}") { change { id } } }`, {
      role: 'EDITOR',
    });
    const ask1 = (key: string) => answerOf<Person>(graph, `{ person(id: "${key}") { id redirectedFrom } }`);

    expect((await ask1('annie')).person).toEqual({ id: ann, redirectedFrom: 'annie' });
    expect((await ask1(other)).person).toEqual({ id: ann, redirectedFrom: other });
    expect((await ask1('ann')).person).toEqual({ id: ann, redirectedFrom: null });
  });

  test('finds every record by its id, in the order of the ids, and nothing by a slug', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    const [ann, bo] = [story.aPerson('Ann', { externalIds: ['wikidata:Q1'] }), story.aPerson('Bo')];
    const article = story.anArticle('The register', { url: 'https://example.org/1' });
    const period = story.aMarriage(ann, bo, { start: '2001', article });
    const event = story.anEvent('WEDDING', { [ann]: 'PARTY', [bo]: 'PARTY' }, { start: '2001', article });
    const claim = story.aClaim(ann, 'NAME', { text: 'Anna' }, { article });
    const citation = story.aCitation(claim, { article });
    await story.commitTo(graph);
    const ids = [citation, ann, 'ann', claim, event, period, article, 'per_nobody', '', 'x'.repeat(5000)];

    const { nodes } = await answerOf<{ nodes: unknown[] }>(
      graph,
      `{ nodes(ids: ${JSON.stringify(ids)}) { __typename id } }`,
    );
    const { person, found } = await answerOf<Record<string, unknown>>(
      graph,
      '{ person(externalId: { source: "wikidata", id: "Q1" }) { id } found: article(url: "https://example.org/1") { id } }',
    );

    const typed = (__typename: string, id: string) => ({ __typename, id });
    expect(nodes).toEqual([
      typed('Citation', citation),
      typed('Person', ann),
      null,
      typed('Claim', claim),
      typed('Event', event),
      typed('Period', period),
      typed('Article', article),
      ...[null, null, null],
    ]);
    expect([person, found]).toEqual([{ id: ann }, { id: article }]);
  });

  test('answers claims with what they say, who says it and why it shows', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    const [ann, bo] = [story.aPerson('Ann'), story.aPerson('Bo')];
    const talk = story.anArticle('A talk', { kind: 'INTERVIEW' });
    const period = story.aMarriage(ann, bo);
    const start = story.aClaim(
      period,
      'START',
      { date: { edtf: '2001', text: 'in 2001' } },
      { claim: { verdictNote: 'Her own word.' }, article: talk, evidence: 'PRINCIPAL', side: ann },
    );
    story.aClaim(period, 'END', { state: 'ENDED' }, { article: talk, evidence: 'PRINCIPAL', side: ann });
    story.aClaim(
      period,
      'END_REASON',
      { reason: 'SPLIT' },
      { claim: { verdict: 'PROPOSED', verdictNote: 'Look again.' } },
    );
    await story.commitTo(graph);
    const query = `{ node(id: "${period}") { ... on Period { why(field: START) { id } end { state } claims { totalCount nodes { field verdictNote extractor subject { id }
      value { __typename ... on DateValue { date { edtf text } } ... on StateValue { state } ... on ReasonValue { reason } }
      citations { totalCount nodes { quote evidence side { name } article { title } } } } } start: claims(field: START) { totalCount } } } }`;

    const seen = await answerOf<{ node: PeriodAnswer }>(graph, query);
    const reviewed = await answerOf<{ node: PeriodAnswer }>(graph, query, { role: 'REVIEWER' });

    expect(seen.node).toMatchObject({ why: [{ id: start }], end: { state: 'ENDED' }, start: { totalCount: 1 } });
    expect(seen.node.claims.totalCount).toBe(3);
    expect(seen.node.claims.nodes.map(({ value }) => value)).toEqual([
      { __typename: 'StateValue', state: 'PAST' },
      { __typename: 'DateValue', date: { edtf: '2001', text: 'in 2001' } },
      { __typename: 'StateValue', state: 'ENDED' },
    ]);
    expect(seen.node.claims.nodes[1]).toMatchObject({
      ...{ verdictNote: null, extractor: null, subject: { id: period } },
      citations: {
        totalCount: 1,
        nodes: [
          { quote: 'So it is said.', evidence: 'PRINCIPAL', side: { name: 'Ann' }, article: { title: 'A talk' } },
        ],
      },
    });
    expect(reviewed.node.claims.nodes[3]).toMatchObject({
      ...{ field: 'END_REASON', verdictNote: 'Look again.', extractor: 'person' },
      value: { __typename: 'ReasonValue', reason: 'SPLIT' },
    });
  });

  test('answers unknown and hidden alike', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    const ann = story.aPerson('Ann');
    const secret = story.aPerson('Secret', { visibility: 'PRIVATE', externalIds: ['wikidata:Q2'] });
    const period = story.aMarriage(ann, secret, { start: '2001' });
    const article = story.anArticle('A letter', { url: 'https://example.org/2' });
    const claim = story.aClaim(secret, 'NAME', { text: 'Anna' }, { article });
    await story.commitTo(graph);
    const { data } = await ask(graph, `{ node(id: "${period}") { ... on Period { relationship { id } } } }`, {
      role: 'REVIEWER',
    });
    const relationship = /rel_\w+/.exec(JSON.stringify(data))?.[0];

    const of = (person: string, ids: string[], url: string, external: string) =>
      ask(
        graph,
        `{ person(id: "${person}") { name } by: person(externalId: { source: "wikidata", id: "${external}" }) { name } between(a: "ann", b: "${person}") { id }
          nodes(ids: ${JSON.stringify(ids)}) { id } relationship(id: "${ids[1]}") { id } article(url: "${url}") { id } }`,
      );
    const hidden = await of(
      'secret',
      [secret, relationship ?? '', period, article, claim],
      'https://example.org/2',
      'Q2',
    );
    const unknown = await of('nobody', ['per_0', 'rel_0', 'prd_0', 'art_0', 'clm_0'], 'https://example.org/3', 'Q3');

    expect(hidden.data).toEqual({
      person: null,
      by: null,
      between: [],
      nodes: [null, null, null, null, null],
      relationship: null,
      article: null,
    });
    expect([hidden.data, hidden.errors]).toEqual([unknown.data, unknown.errors]);
  });

  test('tells each role what it may know', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    story.aPerson('Ann');
    story.aPerson('Private', { visibility: 'PRIVATE' });
    const removed = story.aPerson('Removed', { visibility: 'REMOVED' });
    story.aPerson('Young', { adult: false });
    await story.commitTo(graph);
    const seen = await Promise.all(
      ROLES.map((role) =>
        answerOf<Record<string, unknown>>(
          graph,
          `{ people { totalCount nodes { name visibility } } node(id: "${removed}") { __typename } viewer { role can } stats { people lastChange { seq } } }`,
          { role },
        ),
      ),
    );

    const reader = {
      people: { totalCount: 1, nodes: [{ name: 'Ann', visibility: null }] },
      node: { __typename: 'Tombstone' },
      stats: { people: 1, lastChange: null },
    };
    const reviewer = {
      people: { totalCount: 3 },
      node: { __typename: 'Tombstone' },
      stats: { people: 3, lastChange: { seq: 1 } },
    };
    const admin = { people: { totalCount: 4 }, node: { __typename: 'Person' }, stats: { people: 4 } };
    expect(seen).toMatchObject(
      [reader, reader, reviewer, reviewer, admin].map((answer, n) => ({
        ...answer,
        viewer: { role: ROLES[n] },
      })),
    );
  });
});

const named = (...names: string[]) => names.map((name) => ({ name }));

interface Page {
  people: { pageInfo: { endCursor: string } };
}
interface Edges {
  edges: { node: { name: string }; relationship: unknown }[];
}
interface Person {
  person: { partners: Edges; relationships: Edges };
}
interface Relationships {
  relationships: unknown;
}
interface Between {
  between: unknown;
}
interface PeriodAnswer {
  claims: { totalCount: number; nodes: { value: unknown }[] };
}
