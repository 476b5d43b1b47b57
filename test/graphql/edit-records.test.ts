import { beforeEach, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { answerOf, ask } from './asking.js';
import { order, refusal } from './ordering.js';

describe.each(enginesHere())('editing records on $name', ({ fresh }) => {
  let graph: Graph;
  let story: Telling;
  beforeEach(async () => {
    graph = await fresh();
    story = new Telling(graph);
  });
  const clean = async () => expect((await verify(graph)).differences).toEqual([]);
  const QUOTE = { quote: 'So it is said.', evidence: 'RECORD' };
  const date = (field: string, edtf: string, article: string) => ({
    field,
    value: { date: edtf },
    cite: [{ ...QUOTE, article }],
  });

  const CREATE =
    'createPerson(input: $input) { change { id action } person { id slug name visibility revision aliases { name kind } } }';
  const UPDATE =
    'updatePerson(id: $id, set: $set, expectedRevision: $revision) { change { edits { before after } } person { name description revision } }';
  const PATCH = { id: 'ID!', set: 'PersonPatch!', revision: 'Int!' };

  test('a person is made, LIMITED unless said otherwise, with a slug that nobody has', async () => {
    const zo = { name: 'Zo', kind: 'NICKNAME' };
    const input = { name: 'Zoë Example', aliases: [zo, zo] };

    const first = await order(graph, CREATE, { input: 'PersonInput!' }, { input });
    const second = await order(graph, CREATE, { input: 'PersonInput!' }, { input: { ...input, visibility: 'PUBLIC' } });

    expect(first).toMatchObject({
      change: { action: 'createPerson' },
      person: { slug: 'zoe-example', visibility: 'LIMITED', revision: 1, aliases: [zo] },
    });
    expect(second).toMatchObject({
      person: { slug: expect.stringMatching(/^zoe-example-[a-z0-9]{8}$/), visibility: 'PUBLIC' },
    });
    await clean();
  });

  test('a person is refused with a slug that is taken, with no name, and as removed', async () => {
    await order(graph, CREATE, { input: 'PersonInput!' }, { input: { name: 'Ann' } });
    const of = (input: object) => refusal(graph, CREATE, { input: 'PersonInput!' }, { input });

    expect(await of({ name: 'Bo', slug: 'ann' })).toMatchObject({ code: 'CONFLICT', rule: 'UNIQUE' });
    expect(await of({ name: ' ' })).toMatchObject({ code: 'INVALID_INPUT', field: 'input.name' });
    expect(await of({ name: 'Bo', visibility: 'REMOVED' })).toMatchObject({
      code: 'INVALID_INPUT',
      rule: 'VISIBILITY',
    });
  });

  test('a person is changed as last seen: a stale edit is a CONFLICT that says what changed', async () => {
    const ann = story.person('Ann', { description: 'A singer' });
    await story.tell();

    const changed = await order(graph, UPDATE, PATCH, { id: ann, set: { name: 'Anna' }, revision: 1 });
    const stale = await refusal(graph, UPDATE, PATCH, { id: ann, set: { description: null }, revision: 1 });
    const same = await order(graph, UPDATE, PATCH, { id: ann, set: { name: 'Anna' }, revision: 2 });
    const cleared = await order(graph, UPDATE, PATCH, { id: ann, set: { description: null }, revision: 2 });

    expect(changed).toMatchObject({ person: { name: 'Anna', description: 'A singer', revision: 2 } });
    expect(stale).toMatchObject({
      ...{ code: 'CONFLICT', rule: 'STALE', field: 'expectedRevision' },
      ...{ record: ann, revision: 2, actor: 'Vera', changed: ['name'] },
    });
    expect(same).toMatchObject({ change: null });
    expect(cleared).toMatchObject({ person: { name: 'Anna', description: null, revision: 3 } });
    await clean();
  });

  test('an admin sets to whom a person shows', async () => {
    const ann = story.person('Ann');
    await story.tell();
    const SET = 'setVisibility(id: $id, visibility: PRIVATE, expectedRevision: 1) { person { visibility } }';

    expect(await order(graph, SET, { id: 'ID!' }, { id: ann }, { role: 'ADMIN' })).toEqual({
      person: { visibility: 'PRIVATE' },
    });
    expect(await answerOf(graph, 'query ($id: ID!) { person(id: $id) { id } }', { variables: { id: ann } })).toEqual({
      person: null,
    });
    await clean();
  });

  const RECORD = `recordRelationship(of: $of, claims: $claims) { change { id edits { type } } relationship { standing periods(minStanding: PROPOSED) {
    id type start { date { edtf } } end { state date { edtf } } } } }`;
  const RECORD_TYPES = { of: 'PairInput!', claims: '[ClaimInput!]!' };
  const couple = async () => {
    const [a, b, by] = [story.person('Ann'), story.person('Bo'), story.article('Register')];
    await story.tell();
    return { a, b, by, of: { kind: 'ROMANTIC', a, b, type: 'MARRIED' } };
  };

  test('a relationship is recorded with who says so; the same again changes nothing; coming back is a second period (T10)', async () => {
    const { of, by } = await couple();
    const claims = [date('START', '2010-05', by), date('END', '2012', by)];

    const first = await order(graph, RECORD, RECORD_TYPES, { of, claims });
    const again = await order(graph, RECORD, RECORD_TYPES, { of: { ...of, a: of.b, b: of.a }, claims });
    const later = await order(graph, RECORD, RECORD_TYPES, { of, claims: [date('START', '2015', by)] });
    const separate = await order(graph, RECORD, RECORD_TYPES, {
      of: { ...of, separate: true },
      claims: [date('START', '2015-06', by)],
    });

    expect(first).toMatchObject({
      relationship: {
        standing: 'CONFIRMED',
        periods: [
          { type: 'MARRIED', start: { date: { edtf: '2010-05' } }, end: { state: 'DATED', date: { edtf: '2012' } } },
        ],
      },
    });
    expect(again).toMatchObject({ change: null, relationship: { periods: [{}] } });
    expect(later).toMatchObject({ relationship: { periods: [{}, { start: { date: { edtf: '2015' } } }] } });
    expect(separate).toMatchObject({ relationship: { periods: [{}, {}, {}] } });
    await clean();
  });

  test('a relationship is refused without a quote, with an end before its start (T3), as a plan, and with oneself', async () => {
    const { of, by } = await couple();
    const why = (claims: object[], pair: object = of) => refusal(graph, RECORD, RECORD_TYPES, { of: pair, claims });

    expect(await why([])).toMatchObject({ code: 'INVALID_INPUT', field: 'claims', rule: 'CITED' });
    expect(await why([{ field: 'START', value: { date: '2011' }, cite: [] }])).toMatchObject({ rule: 'CITED' });
    expect(await why([date('START', '2011', by), date('END', '2010-12', by)])).toMatchObject({
      code: 'INVALID_INPUT',
      rule: 'DATE_ORDER',
    });
    expect(await why([date('START', '2030', by)])).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'claims[0].value.date',
      rule: 'FUTURE',
    });
    expect(await why([date('START', 'soon', by)])).toMatchObject({ code: 'INVALID_INPUT', rule: 'EDTF' });
    expect(await why([{ ...date('START', '2010', by), value: { state: 'PAST' } }])).toMatchObject({
      rule: 'VALUE_OF_FIELD',
    });
    expect(await why([date('START', '2010', 'art_none')])).toMatchObject({
      code: 'NOT_FOUND',
      field: 'claims[0].cite[0].article',
    });
    expect(await why([date('START', '2010', by)], { ...of, b: of.a })).toMatchObject({ rule: 'SELF_PAIR' });
    expect(await why([date('START', '2010', by)], { ...of, type: 'STEP' })).toMatchObject({ rule: 'TYPE_OF_KIND' });
  });

  test("a period's type changes with its id and history kept, and undo works (T25)", async () => {
    const [a, b] = [story.person('Ann'), story.person('Bo')];
    const period = story.period(
      story.relationship('ROMANTIC', a, b),
      'DATING',
      { start: '2010' },
      { evidence: 'RECORD' },
    );
    await story.tell();
    const SET =
      'updatePeriod(id: $id, set: {type: ENGAGED}, expectedRevision: 1) { change { id edits { before after } } period { id type revision start { date { edtf } } } }';

    const changed = await order(graph, SET, { id: 'ID!' }, { id: period });
    const { change } = changed as unknown as { change: { id: string } };
    await order(graph, 'undoChange(change: $id) { change { id } }', { id: 'ID!' }, { id: change.id });

    expect(changed).toMatchObject({
      change: { edits: [{ before: '{"type":"DATING"}', after: '{"type":"ENGAGED"}' }] },
      period: { id: period, type: 'ENGAGED', revision: 2, start: { date: { edtf: '2010' } } },
    });
    const now = await answerOf(
      graph,
      'query ($id: ID!) { node(id: $id) { ... on Period { id type revision history { nodes { action actor edits { recordId before after } } } } } }',
      { role: 'REVIEWER', variables: { id: period } },
    );
    const [dating, engaged] = ['{"type":"DATING"}', '{"type":"ENGAGED"}'];
    expect(now).toEqual({
      node: {
        ...{ id: period, type: 'DATING', revision: 3 },
        history: {
          nodes: [
            { action: 'undo', actor: 'Vera', edits: [{ recordId: period, before: engaged, after: dating }] },
            { action: 'updatePeriod', actor: 'Vera', edits: [{ recordId: period, before: dating, after: engaged }] },
            expect.objectContaining({ action: 'told' }),
          ],
        },
      },
    });
    await clean();
  });

  test('an event is recorded, changed, and begins a period', async () => {
    const { a, b, by } = await couple();
    const wedding = story.marriage(a, b);
    const alone = story.event('OTHER', [{ person: a, role: 'PARTY' }]);
    await story.tell();
    const input = { kind: 'OTHER', participants: [a, b].map((person) => ({ person, role: 'PARTY' })) };
    const claims = [date('DATE', '2014-05-24', by)];

    const made = await order(
      graph,
      'recordEvent(input: $input, claims: $claims) { event { id kind date { edtf } revision participants { role } } }',
      { input: 'EventInput!', claims: '[ClaimInput!]!' },
      { input, claims },
    );
    const { event } = made as unknown as { event: { id: string; revision: number } };
    const changed = await order(
      graph,
      'updateEvent(id: $id, set: {kind: WEDDING}, expectedRevision: $revision) { event { kind } }',
      { id: 'ID!', revision: 'Int!' },
      event,
    );
    const BEGIN =
      'updatePeriod(id: $id, set: {startedBy: $event}, expectedRevision: 2) { period { start { date { edtf } } } }';
    const types = { id: 'ID!', event: 'ID!' };
    const refused = await refusal(graph, BEGIN, types, { id: wedding, event: alone });
    const begun = await order(graph, BEGIN, types, { id: wedding, event: event.id });

    expect(made).toMatchObject({
      event: { kind: 'OTHER', date: { edtf: '2014-05-24' }, participants: [{ role: 'PARTY' }, { role: 'PARTY' }] },
    });
    expect(changed).toEqual({ event: { kind: 'WEDDING' } });
    expect(refused).toMatchObject({ code: 'REFUSED', rule: 'EVENT_OF_PAIR', field: 'set.startedBy' });
    expect(begun).toEqual({ period: { start: { date: { edtf: '2014-05-24' } } } });
    await clean();
  });

  test('nobody leaves an event about which they are quoted as one who took part', async () => {
    const { a, b, by } = await couple();
    const gala = story.event(
      'APPEARANCE',
      [a, b].map((person) => ({ person, role: 'GUEST' })),
      '2014',
      { by },
    );
    story.claim(gala, 'PLACE', { text: 'Rome' }, { evidence: 'PRINCIPAL', side: b, by });
    await story.tell();
    const leave = (person: string) =>
      ask(
        graph,
        `mutation { updateEvent(id: "${gala}", set: { participants: [{ person: "${person}", role: PARTY }] }, expectedRevision: 2) { event { id } } }`,
        { role: 'EDITOR' },
      );

    const refused = await leave(a);

    expect(refused.errors[0]).toMatchObject({
      extensions: { code: 'REFUSED', rule: 'SIDE', field: 'set.participants', person: b },
    });
    expect(await answerOf(graph, `{ event(id: "${gala}") { participants { role } } }`)).toEqual({
      event: { participants: [{ role: 'GUEST' }, { role: 'GUEST' }] },
    });
    expect((await leave(b)).errors).toEqual([]);
    await clean();
  });

  test('an article is added once by its address, with whom it names', async () => {
    const ann = story.person('Ann');
    await story.tell();
    const input = {
      title: 'Ann weds',
      kind: 'NEWS',
      url: 'https://news.example/ann',
      published: '2020-02',
      text: 'Ann wed. Ann left.',
      mentions: [{ surface: 'Ann', part: 'TEXT', person: ann }],
    };
    const ADD =
      'addArticle(input: $input) { change { id } article { id retrieved mentions { surface from to person { name } } } }';

    const added = await order(graph, ADD, { input: 'ArticleInput!' }, { input });
    const twice = await refusal(graph, ADD, { input: 'ArticleInput!' }, { input });
    const nobody = await refusal(
      graph,
      ADD,
      { input: 'ArticleInput!' },
      { input: { ...input, url: null, mentions: [{ surface: 'Bo', part: 'TEXT', person: ann }] } },
    );

    expect(added).toMatchObject({
      article: {
        retrieved: '2026-08-22',
        mentions: [
          { from: 0, to: 3, person: { name: 'Ann' } },
          { from: 9, to: 12 },
        ],
      },
    });
    expect(twice).toMatchObject({ code: 'CONFLICT', rule: 'UNIQUE' });
    expect(nobody).toMatchObject({ code: 'INVALID_INPUT', field: 'input.mentions[0].surface', rule: 'MENTION' });
    await clean();
  });

  test('a new text reopens what it supported, moves what stands elsewhere, and undo closes it again', async () => {
    const [a, b] = [story.person('Ann'), story.person('Bo')];
    const period = story.marriage(a, b);
    const by = story.article('Ann and Bo', { text: 'They met. They wed. They live.' });
    await story.tell();
    const cite = (quote: string) => [{ article: by, quote, evidence: 'RECORD' }];
    const claims = [
      { field: 'START', value: { date: '2010' }, cite: cite('They wed.') },
      { field: 'EXISTS', value: { state: 'PRESENT' }, cite: cite('They live.') },
    ];
    await order(graph, RECORD, RECORD_TYPES, { of: { kind: 'ROMANTIC', a, b, type: 'MARRIED' }, claims });
    const SET = `updateArticle(id: $id, set: {text: "They met. They live."}, expectedRevision: 1) { change { id } article { version } }`;

    const changed = await order(graph, SET, { id: 'ID!' }, { id: by });
    const CLAIMS = `query ($id: ID!) { node(id: $id) { ... on Period { start { date { edtf } } claims { nodes { field verdict verdictNote
      citations { nodes { quote from verdict } } } } } } }`;
    const after = await answerOf<{ node: { claims: { nodes: { field: string }[] } } }>(graph, CLAIMS, {
      role: 'REVIEWER',
      variables: { id: period },
    });
    const { change } = changed as unknown as { change: { id: string } };
    const claimsCited = (quote: string) =>
      graph.read(
        'MATCH (c:Claim)-[:HAS]->(t:Citation {quote: $quote}) RETURN t.id AS id, c.id AS claim, c.revision AS revision',
        { quote },
      );

    expect(changed).toMatchObject({ article: { version: 2 } });
    expect(after).toMatchObject({ node: { start: { date: null } } });
    expect(after.node.claims.nodes).toContainEqual({
      field: 'START',
      verdict: 'PROPOSED',
      verdictNote: 'unsupported',
      citations: { nodes: [{ quote: 'They wed.', from: null, verdict: 'PROPOSED' }] },
    });
    expect(after.node.claims.nodes).toContainEqual({
      field: 'EXISTS',
      verdict: 'ACCEPTED',
      verdictNote: null,
      citations: { nodes: [{ quote: 'They live.', from: 10, verdict: 'ACCEPTED' }] },
    });
    const [lost] = await claimsCited('They wed.');
    const decisions = [{ claim: lost?.claim, decide: 'ACCEPT', expectedRevision: lost?.revision }];
    const DECIDE = 'decideClaims(decisions: $d) { change { id } }';
    expect(await refusal(graph, DECIDE, { d: '[DecisionInput!]!' }, { d: decisions })).toMatchObject({
      ...{ code: 'INVALID_INPUT', rule: 'QUOTE', field: 'decisions[0].citations', record: lost?.id },
    });

    await order(graph, 'undoChange(change: $id) { change { id } }', { id: 'ID!' }, { id: change.id });
    expect(await answerOf(graph, CLAIMS, { role: 'REVIEWER', variables: { id: period } })).toMatchObject({
      node: { start: { date: { edtf: '2010' } } },
    });
    await clean();
  });

  test('names that wait for a look are listed and looked at by reviewers', async () => {
    const ann = story.person('Ann');
    const article = story.article('Ann weds', { mentionsReviewed: false });
    story.article('Nobody weds');
    story.claim(ann, 'OCCUPATION', { text: 'singer' }, { by: article });
    await story.tell();
    const WAITING = '{ articles(filter: { mentionsReviewed: false }) { totalCount nodes { id mentionsReviewed } } }';
    const waiting = async () => answerOf(graph, WAITING, { role: 'REVIEWER' });
    const list = (...nodes: object[]) => ({ articles: { totalCount: nodes.length, nodes } });
    const TYPES = { article: 'ID!', mentions: '[MentionInput!]', reviewed: 'Boolean', revision: 'Int!' };
    const look = (said: object) =>
      order(
        graph,
        'reviewMentions(article: $article, mentions: $mentions, reviewed: $reviewed, expectedRevision: $revision) { change { action } article { mentionsReviewed mentions { part from } } }',
        TYPES,
        { article, ...said },
        { role: 'REVIEWER' },
      );

    expect(await waiting()).toEqual(list({ id: article, mentionsReviewed: false }));
    expect(await look({ revision: 1, mentions: [{ surface: 'Ann', part: 'TITLE', person: ann }] })).toEqual({
      change: { action: 'reviewMentions' },
      article: { mentionsReviewed: true, mentions: [{ part: 'TITLE', from: 0 }] },
    });
    expect(await waiting()).toEqual(list());
    const shown = `{ article(id: "${article}") { title mentionsReviewed } }`;
    expect(await answerOf(graph, shown)).toEqual({ article: { title: 'Ann weds', mentionsReviewed: null } });
    expect((await ask(graph, WAITING)).errors[0]?.extensions).toEqual({
      ...{ code: 'UNAUTHENTICATED', field: 'filter.mentionsReviewed', needed: 'REVIEWER' },
    });

    expect(await look({ revision: 2, reviewed: false })).toMatchObject({
      article: { mentionsReviewed: false, mentions: [{ part: 'TITLE', from: 0 }] },
    });
    expect(await answerOf(graph, shown)).toMatchObject({ article: { title: null } });
  });

  test('a mention is bound to somebody else, who stay as they are', async () => {
    const [ann, anne] = [story.person('Ann'), story.person('Anne')];
    const by = story.article('Ann weds', {
      mentions: [{ surface: 'Ann', part: 'TITLE', from: 0, to: 3, person: ann }],
    });
    await story.tell();
    const BIND =
      'rebindMention(article: $article, part: TITLE, from: $from, person: $person, expectedRevision: $revision) { article { mentions { person { name } } } }';
    const types = { article: 'ID!', from: 'Int!', person: 'ID', revision: 'Int!' };

    const bound = await order(graph, BIND, types, { article: by, from: 0, person: anne, revision: 1 });
    const nowhere = await refusal(graph, BIND, types, { article: by, from: 4, person: anne, revision: 2 });
    const nobody = await order(graph, BIND, types, { article: by, from: 0, person: null, revision: 2 });

    expect(bound).toEqual({ article: { mentions: [{ person: { name: 'Anne' } }] } });
    expect(nowhere).toMatchObject({ code: 'NOT_FOUND', field: 'from' });
    expect(nobody).toEqual({ article: { mentions: [] } });
    await clean();
  });

  test('a contributor adds an article, whose names a reviewer has yet to look at', async () => {
    const ADD =
      'mutation { addArticle(input: {title: "Ann weds", kind: NEWS, mentionsReviewed: true}) { change { edits { recordId after } } article { id } } }';

    const { data, errors } = await ask(graph, ADD, { role: 'CONTRIBUTOR' });

    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      addArticle: {
        article: null,
        change: { edits: [{ after: expect.stringContaining('"mentionsReviewed":false') }] },
      },
    });
    await clean();
  });
});
