import { describe, expect, test } from 'vitest';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { aStory } from '../support/story.js';
import { answerOf, ask } from './asking.js';
import { peopleWhomEverybodySees, somebodyHidden } from './hidden.js';

/** What is left of those of whom something shows. */
describe.each(enginesHere())('Somebody of whom not all is told, on $name,', (engine) => {
  test('who is a minor has an id and a name as the child of an adult, and nothing else', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    const shown = peopleWhomEverybodySees(story);
    const secret = somebodyHidden(shown, story, { visibility: 'PUBLIC', born: '2014-03' });
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
      events: { nodes: [{ kind: 'WEDDING' }, { kind: 'APPEARANCE' }] },
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
    const { ann, bo } = peopleWhomEverybodySees(story);
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

  test('is blackened in texts for those who decide, with every place as it was, also in the past', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    const { ann } = peopleWhomEverybodySees(story);
    const secret = story.aPerson('Secret', { visibility: 'REMOVED' });
    const text = 'Secret 😀 saw Ann. Ann sang.';
    const mentions = [
      { surface: 'Secret', part: 'TEXT' as const, from: 0, to: 6, person: secret },
      { surface: 'Ann', part: 'TEXT' as const, from: 14, to: 17, person: ann },
    ];
    const article = story.anArticle('News', { text, mentions, mentionsReviewed: false });
    story.aClaim(ann, 'OCCUPATION', { text: 'singer' }, { article, quote: text, from: 0, to: text.length });
    await story.commitTo(graph);
    const fields = `title text revision mentions { surface from to } claims { nodes { citations { nodes { quote from to context { before quote after } } } } }`;
    const query = `{ article(id: "${article}") { ${fields} } past: article(id: "${article}", asOf: "2026-08-22T12:00:00Z") { text } }`;

    const black = '██████ 😀 saw Ann. Ann sang.';
    for (const role of ['REVIEWER', 'EDITOR'] as const)
      expect(await answerOf(graph, query, { role })).toEqual({
        article: {
          ...{ title: 'News', text: black, revision: 1, mentions: [{ surface: 'Ann', from: 14, to: 17 }] },
          claims: {
            nodes: [
              {
                citations: {
                  nodes: [
                    {
                      ...{ quote: '[name withheld] 😀 saw Ann. Ann sang.', from: 0, to: text.length },
                      context: { before: '', quote: black, after: '' },
                    },
                  ],
                },
              },
            ],
          },
        },
        past: { text: black },
      });
    expect(await answerOf(graph, query, { role: 'ADMIN' })).toMatchObject({ article: { text }, past: { text } });

    const review = (mentions: string) =>
      answerOf(
        graph,
        `mutation { reviewMentions(article: "${article}", expectedRevision: 1, mentions: ${mentions}) { article { mentionsReviewed mentions { from } text } } }`,
        { role: 'REVIEWER' },
      );
    expect(await review(`[{ surface: "Ann", part: TEXT, person: "ann" }]`)).toEqual({
      reviewMentions: { article: { mentionsReviewed: true, mentions: [{ from: 14 }, { from: 19 }], text: black } },
    });
    const bind = `mutation { rebindMention(article: "${article}", part: TEXT, from: 0, person: "ann", expectedRevision: 2) { change { id } } }`;
    expect((await ask(graph, bind, { role: 'EDITOR' })).errors[0]?.extensions).toEqual({
      ...{ code: 'NOT_FOUND', field: 'from' },
    });
    const write = (set: string) =>
      ask(
        graph,
        `mutation { updateArticle(id: "${article}", expectedRevision: 2, set: ${set}) { article { text } } }`,
        {
          role: 'EDITOR',
        },
      );
    expect((await write(`{ text: "${black} Bo too." }`)).errors[0]?.extensions).toEqual({
      ...{ code: 'REFUSED', field: 'set.text', rule: 'WITHHELD' },
    });
    expect((await write(`{ text: "Bo too. ${text} Secretly. So Secret sang." }`)).data).toEqual({
      updateArticle: { article: { text: `Bo too. ${black} Secretly. So ██████ sang.` } },
    });
  });

  test('who is LIMITED and not confirmed shows with everything to those who decide', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    const limited = somebodyHidden(peopleWhomEverybodySees(story), story, { visibility: 'LIMITED' });
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
          age: { min: 22 },
          partners: seen(4, ['Ann', 'Eve', 'Dee', 'Bo']),
          events: { totalCount: 5 },
          claims: { totalCount: 3 },
          relationships: { totalCount: 1 },
        },
        ann: { partners: { totalCount: 2 }, romances: { nodes: [{ name: 'Secret' }, { name: 'Bo' }] } },
        claim: { verdict: 'REJECTED' },
        relationships: { totalCount: 10 },
        rankings: [{ value: { min: 4 } }],
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

  test('has no birth or death that a romance would tell of, until it is CONFIRMED or they are PUBLIC', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    const [ann, limited] = [story.aPerson('Ann'), story.aPerson('Secret', { visibility: 'LIMITED' })];
    story.aMarriage(ann, limited);
    story.aMarriage(limited, story.aPerson('Bo'), { start: '1960', end: '1980' });
    story.aBirth(limited, '1970', { evidence: 'WITNESS' });
    story.aClaim(limited, 'DEATH', { date: { edtf: '2010' } }, { evidence: 'WITNESS' });
    await story.commitTo(graph);
    const query = `{ person(id: "secret") { partners { edges { periods { bounds { startMin endMax } start { contested } } } } } }`;
    const told = (startMin: number | null, endMax: number | null, contested: boolean) => ({
      person: {
        partners: {
          edges: [
            { periods: [{ bounds: { startMin: -3653, endMax: 4017 }, start: { contested } }] },
            { periods: [{ bounds: { startMin, endMax }, start: { contested: false } }] },
          ],
        },
      },
    });

    expect(await answerOf(graph, query)).toEqual(told(null, null, false));
    story.change('Person', limited, { visibility: 'PUBLIC' });
    await story.commitTo(graph);
    expect(await answerOf(graph, query)).toEqual(told(16 * 365 + 4, 14_974, true));
  });

  test('who is LIMITED is told of by no bound that a lesser time would set to what is CONFIRMED', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    const [ann, limited] = [story.aPerson('Ann'), story.aPerson('Secret', { visibility: 'LIMITED' })];
    story.aMarriage(ann, limited, { start: '2001' });
    story.aMarriage(ann, limited, { start: '2010', evidence: 'WITNESS' });
    await story.commitTo(graph);
    const query = '{ between(a: "ann", b: "secret") { periods { start { date { edtf } } bounds { endMax } } } }';
    const told = async () => (await answerOf<{ between: { periods: object[] }[] }>(graph, query)).between[0]?.periods;

    expect(await told()).toEqual([{ start: { date: { edtf: '2001' } }, bounds: { endMax: null } }]);
    story.change('Person', limited, { visibility: 'PUBLIC' });
    await story.commitTo(graph);
    expect(await told()).toEqual([
      { start: { date: { edtf: '2001' } }, bounds: { endMax: 14_974 } },
      { start: { date: { edtf: '2010' } }, bounds: { endMax: null } },
    ]);
    expect((await verify(graph)).differences).toEqual([]);
  });

  test('who is LIMITED is at no evening that is not CONFIRMED, and the evening is told without them', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    const shown = peopleWhomEverybodySees(story);
    somebodyHidden(shown, story, { visibility: 'LIMITED' });
    await story.commitTo(graph);
    const query = `{ event(id: "${shown.gala}") { participants { person { name } } } person(id: "secret") { events { totalCount } articles { totalCount } timeline { totalCount } }
      events(filter: { people: ["secret"] }) { totalCount } articles(filter: { people: ["secret"] }) { totalCount } }`;
    const named = (...names: string[]) => ({ participants: names.map((name) => ({ person: { name } })) });
    const count = (totalCount: number) => ({ totalCount });

    expect(await answerOf(graph, query)).toEqual({
      event: named('Ann', 'Eve'),
      // A letter names them in its title.
      ...{ person: { events: count(0), articles: count(0), timeline: count(0) }, events: count(0), articles: count(0) },
    });
    expect(await answerOf(graph, query, { role: 'REVIEWER' })).toMatchObject({
      ...{ event: named('Ann', 'Secret', 'Eve'), person: { events: count(5) }, events: count(5) },
    });
  });

  test('who is hidden lends no day to what others are to each other, and reunites nobody but themselves', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    const [ann, bo, secret] = [story.aPerson('Ann'), story.aPerson('Bo'), story.aPerson('Secret')];
    const both = (role: 'PARTY' | 'GUEST') => ({ [ann]: role, [bo]: role }) as const;
    const weddings = story.anEvent('WEDDING', { ...both('PARTY'), [secret]: 'PARTY' }, { start: '2001-05' });
    const ball = story.anEvent('RECONCILIATION', { ...both('GUEST'), [secret]: 'PARTY' }, { start: '2012' });
    const marriage = story.aMarriage(ann, bo, { start: '2001', apart: '2010' });
    story.change('Period', marriage, { startedBy: weddings });
    await story.commitTo(graph);
    const query = `{ person(id: "ann") { partners(at: "2015") { totalCount } } between(a: "ann", b: "bo") { periods { start { date { edtf } } } } }`;
    const told = (start: string, togetherIn2015: number) => ({
      person: { partners: { totalCount: togetherIn2015 } },
      between: [{ periods: [{ start: { date: { edtf: start } } }] }],
    });

    expect(await answerOf(graph, query)).toEqual(told('2001', 0));
    story.change('Event', weddings, { participants: [ann, bo].map((person) => ({ person, role: 'PARTY' as const })) });
    story.change('Event', ball, { participants: [ann, bo].map((person) => ({ person, role: 'PARTY' as const })) });
    await story.commitTo(graph);
    expect(await answerOf(graph, query)).toEqual(told('2001-05', 1));
    expect((await verify(graph)).differences).toEqual([]);
  });

  test('who is LIMITED today was no source for an evening when they were PUBLIC, either', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    const [ann, secret] = [story.aPerson('Ann'), story.aPerson('Secret')];
    const gala = story.anEvent('APPEARANCE', { [ann]: 'PARTY', [secret]: 'GUEST' }, { evidence: 'OUTLET' });
    story.aClaim(gala, 'DATE', { date: { edtf: '2012' } }, { evidence: 'PRINCIPAL', side: secret });
    await story.commitTo(graph, '2020-01-02T00:00:00.000Z');
    story.change('Person', secret, { visibility: 'LIMITED' });
    await story.commitTo(graph, '2020-02-01T00:00:00.000Z');
    const then = (more: string) =>
      `{ person(id: "ann", asOf: "2020-01-15T00:00:00Z") { events(minStanding: RUMOURED) { nodes { standing ${more} } } } }`;
    const seen = (event: object) => ({ person: { events: { nodes: [event] } } });

    expect(await answerOf(graph, then('participants { person { name } } claims { totalCount }'))).toEqual(
      seen({ standing: 'RUMOURED', participants: [{ person: { name: 'Ann' } }], claims: { totalCount: 1 } }),
    );
    expect(await answerOf(graph, then(''), { role: 'REVIEWER' })).toEqual(seen({ standing: 'CONFIRMED' }));
  });

  test('who was named as a guest before a merge is as hidden as who they are', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    const { gala } = peopleWhomEverybodySees(story);
    const guest = story.aPerson('Guest');
    const secret = story.aPerson('Secret');
    const claim = story.aClaim(gala, 'PARTICIPANT', { person: guest, role: 'GUEST' });
    await story.commitTo(graph);
    const query = `{ node(id: "${claim}") { id } event(id: "${gala}") { claims { totalCount } } }`;
    const seen = { node: { id: claim }, event: { claims: { totalCount: 4 } } };
    const as = { role: 'EDITOR' } as const;
    const merge = 'mutation { mergePeople(keep: "secret", from: "guest", key: "k") { change { id } } }';

    expect(await answerOf(graph, query)).toEqual(seen);
    const { mergePeople } = await answerOf<{ mergePeople: { change: { id: string } } }>(graph, merge, as);
    story.change('Person', secret, { visibility: 'PRIVATE' });
    await story.commitTo(graph);
    expect(await answerOf(graph, query)).toEqual({ node: null, event: { claims: { totalCount: 3 } } });
    expect((await verify(graph)).differences).toEqual([]);
    await answerOf(graph, `mutation { undoChange(change: "${mergePeople.change.id}") { change { id } } }`, {
      role: 'ADMIN',
    });
    expect(await answerOf(graph, query)).toEqual(seen);
    expect((await verify(graph)).differences).toEqual([]);
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
