import { beforeEach, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { order, refusal } from './ordering.js';

const PROPOSE = 'proposeClaims(statements: $statements) { change { id } }';
const STATEMENTS = { statements: '[StatementInput!]!' };

/** Of several things in one order, the one at fault is named as the client wrote it. */
describe.each(enginesHere({ neo4j: false }))('A refusal of an order on $name', ({ fresh }) => {
  let graph: Graph;
  let ann: string;
  let bo: string;
  let paper: string;
  let claim: string;
  let birth: string;
  beforeEach(async () => {
    graph = await fresh();
    const story = new Telling(graph);
    [ann, bo] = [story.person('Ann'), story.person('Bo')];
    paper = story.article('The paper', { published: '2015', text: 'Ann and Bo met. They parted.' });
    const quoted = { quote: 'Ann and Bo met.', from: 0 };
    claim = story.claim(ann, 'OCCUPATION', { text: 'singer' }, { by: paper, quoted });
    birth = story.claim(bo, 'BIRTH', { date: { edtf: '1970' } }, { by: paper, quoted });
    await story.tell();
  });
  const cite = (more: object = {}) => ({ article: paper, quote: 'They parted.', evidence: 'OUTLET', ...more });
  const says = (field: string, value: object, ...cites: object[]) => ({
    ...{ field, value, cite: cites.length > 0 ? cites : [cite()] },
  });
  const job = () => says('OCCUPATION', { text: 'baker' });
  const pair = { kind: 'ROMANTIC', type: 'DATING' };

  test.each<[string, string, () => object]>([
    ['subject', 'NOT_FOUND', () => ({ subject: 'nobody', claims: [job()] })],
    ['pair.b', 'NOT_FOUND', () => ({ pair: { ...pair, a: ann, b: 'nobody' }, claims: [job()] })],
    ['pair.b', 'SELF_PAIR', () => ({ pair: { ...pair, a: ann, b: ann }, claims: [says('START', { date: '2010' })] })],
    [
      'pair.type',
      'TYPE_OF_KIND',
      () => ({ pair: { ...pair, a: ann, b: bo, type: 'STEP' }, claims: [says('START', { date: '2010' })] }),
    ],
    ['claims', 'CITED', () => ({ subject: ann, claims: [] })],
    [
      'claims[1].cite',
      'CITED',
      () => ({ subject: ann, claims: [job(), { ...job(), value: { text: 'b' }, cite: [] }] }),
    ],
    ['claims[1].value.date', 'EDTF', () => ({ subject: ann, claims: [job(), says('BIRTH', { date: 'May' })] })],
    ['claims[1].value.date', 'FUTURE', () => ({ subject: ann, claims: [job(), says('DEATH', { date: '2020' })] })],
    [
      'claims[1].value.marginDays',
      'VALUE_OF_FIELD',
      () => ({ subject: ann, claims: [job(), says('BIRTH', { date: '1970', marginDays: -3 })] }),
    ],
    ['claims[1].value', 'VALUE_OF_FIELD', () => ({ subject: ann, claims: [job(), says('BIRTH', { text: 'May' })] })],
    [
      'claims[1].value.date',
      'DATE_ORDER',
      () => ({
        pair: { ...pair, a: ann, b: bo },
        claims: [says('START', { date: '2012' }), says('END', { date: '2010' })],
      }),
    ],
    [
      'claims[0].cite[1].quote',
      'QUOTE',
      () => ({ subject: ann, claims: [says('NAME', { text: 'A' }, cite(), cite({ quote: 'No.' }))] }),
    ],
    [
      'claims[0].cite[1].article',
      'NOT_FOUND',
      () => ({ subject: ann, claims: [says('NAME', { text: 'A' }, cite(), cite({ article: 'art_no' }))] }),
    ],
    [
      'claims[0].cite[1].side',
      'NOT_FOUND',
      () => ({ subject: ann, claims: [says('NAME', { text: 'A' }, cite(), cite({ side: 'nobody' }))] }),
    ],
    [
      'claims[0].cite[1].side',
      'SIDE',
      () => ({
        subject: ann,
        claims: [says('NAME', { text: 'A' }, cite(), cite({ evidence: 'PRINCIPAL', side: bo, quote: 'Ann' }))],
      }),
    ],
    [
      'claims[0].cite[0].evidence',
      'EVIDENCE',
      () => ({ subject: ann, claims: [says('NAME', { text: 'A' }, cite({ evidence: 'DATASET' }))] }),
    ],
  ])('names statements[1].%s for %s', async (field, rule, statement) => {
    const refused = await refusal(graph, PROPOSE, STATEMENTS, {
      statements: [{ subject: bo, claims: [job()] }, statement()],
    });

    expect(refused).toMatchObject({ field: `statements[1].${field}` });
    expect([refused?.code, refused?.rule]).toContain(rule);
  });

  test('names what the client said, where it aims a claim at what can not have it, or takes back what is no change', async () => {
    const aim = (given: object) => {
      const AIM = 'aimClaim(id: $id, subject: $subject, pair: $pair, expectedRevision: 1) { change { id } }';
      return refusal(graph, AIM, { id: 'ID!', subject: 'ID', pair: 'PairInput' }, { id: claim, ...given });
    };
    const undo = (change: string) =>
      refusal(graph, 'undoChange(change: $change) { change { id } }', { change: 'ID!' }, { change });

    expect(await aim({ pair: { ...pair, a: ann, b: bo } })).toMatchObject({ field: 'pair', rule: 'FIELD_OF_SUBJECT' });
    expect(await aim({ pair: { ...pair, a: ann, b: ann } })).toMatchObject({ field: 'pair.b', rule: 'SELF_PAIR' });
    expect(await undo(claim)).toEqual({ code: 'NOT_FOUND', field: 'change' });
  });

  test('names the decision, the field of a record, and what somebody else has', async () => {
    const decide = (...decisions: object[]) =>
      refusal(graph, 'decideClaims(decisions: $d) { change { id } }', { d: '[DecisionInput!]!' }, { d: decisions });
    const one = { claim, decide: 'SEND_BACK', expectedRevision: 1 };
    const make = (input: object) =>
      refusal(
        graph,
        'createPerson(input: $i) { change { id } }',
        { i: 'PersonInput!' },
        { i: { name: 'Di', ...input } },
      );
    const event = (...participants: object[]) =>
      refusal(
        graph,
        'recordEvent(input: $i, claims: $c) { change { id } }',
        { i: 'EventInput!', c: '[ClaimInput!]!' },
        {
          ...{ i: { kind: 'BIRTH', participants }, c: [says('DATE', { date: '2010' })] },
        },
      );

    expect(await decide(one, one)).toMatchObject({ field: 'decisions[1].claim', rule: 'REPEATED' });
    expect(await decide(one, { ...one, claim: 'clm_no' })).toMatchObject({ field: 'decisions[1].claim' });
    expect(await decide({ ...one, claim: birth }, { ...one, expectedRevision: 7 })).toMatchObject({
      ...{ code: 'CONFLICT', rule: 'STALE', field: 'decisions[1].expectedRevision', record: claim },
    });
    expect(await decide({ ...one, decide: 'REJECT' })).toMatchObject({ field: 'decisions[0].reason', rule: 'REASON' });
    expect(await make({ slug: 'Di!' })).toMatchObject({ field: 'input.slug', rule: 'FORM' });
    expect(await make({ externalIds: ['wikidata:Q1', 'Q 2'] })).toMatchObject({ field: 'input.externalIds[1]' });
    const DIFFERENT = 'markDifferent(a: $a, b: $a) { change { id } }';
    expect(await refusal(graph, DIFFERENT, { a: 'ID!' }, { a: ann })).toMatchObject({ field: 'b', rule: 'SELF' });
    expect(await event({ person: ann, role: 'PARTY' })).toMatchObject({ field: 'input.participants' });
    expect(await event({ person: ann, role: 'CHILD' }, { person: ann, role: 'CHILD' })).toMatchObject({
      field: 'input.participants',
      rule: 'BIRTH_CHILD',
    });
    const [child, parent] = [
      { person: ann, role: 'CHILD' },
      { person: bo, role: 'PARENT' },
    ];
    expect(await event(child, parent, parent)).toMatchObject({ field: 'input.participants[2]', rule: 'REPEATED' });
    expect(await event({ person: ann, role: 'CHILD' }, { person: 'nobody', role: 'PARENT' })).toMatchObject({
      field: 'input.participants[1].person',
    });
    const UPDATE = 'updateArticle(id: $id, set: $set, expectedRevision: 1) { change { id } }';
    const update = (set: object) => refusal(graph, UPDATE, { id: 'ID!', set: 'ArticlePatch!' }, { id: paper, set });
    expect(await update({ published: 'May' })).toMatchObject({ field: 'set.published', rule: 'EDTF' });
    expect(await update({ published: '1960' })).toMatchObject({ field: 'set.published', rule: 'FUTURE' });
    expect(await update({ basedOn: [paper] })).toMatchObject({ field: 'set.basedOn', rule: 'CYCLE' });
    expect(await update({ basedOn: [paper, 'art_no'] })).toMatchObject({ field: 'set.basedOn[1]' });
    const named = (surface: string) => ({ surface, part: 'TEXT', person: ann });
    expect(await update({ mentions: [named('Ann'), named('Zoe')] })).toMatchObject({
      field: 'set.mentions[1].surface',
      rule: 'MENTION',
    });
    expect(await update({ mentions: [named('')] })).toMatchObject({ rule: 'MENTION' });
    expect(await update({ url: 'nowhere' })).toMatchObject({ field: 'set.url', rule: 'FORM' });
  });

  const ADD = 'addArticle(input: $input) { article { published { edtf } retrieved } }';
  const UPDATE = 'updateArticle(id: $id, set: $set, expectedRevision: 1) { article { published { edtf } retrieved } }';
  const PATCH = { id: 'ID!', set: 'ArticlePatch!' };
  const added = (input: object) => ({ input: { title: 'A', kind: 'NEWS', ...input } });

  test('names the day of an article that was not read yet, or not on that day', async () => {
    const add = (input: object) => refusal(graph, ADD, { input: 'ArticleInput!' }, added(input));
    const set = (patch: object) => refusal(graph, UPDATE, PATCH, { id: paper, set: patch });

    expect(await add({ retrieved: '2026-08-24' })).toMatchObject({ field: 'input.retrieved', rule: 'FUTURE' });
    expect(await add({ retrieved: '2015' })).toMatchObject({ field: 'input.retrieved', rule: 'EDTF' });
    expect(await add({ published: '2027' })).toMatchObject({ field: 'input.published', rule: 'DATE_ORDER' });
    expect(await add({ published: '2014', retrieved: '2013-05-01' })).toMatchObject({ rule: 'DATE_ORDER' });
    expect(await set({ published: '2025' })).toMatchObject({ field: 'set.published', rule: 'DATE_ORDER' });
    expect(await set({ retrieved: '2014-12-30' })).toMatchObject({ field: 'set.retrieved', rule: 'DATE_ORDER' });
  });

  test('is none of a day that others have already, nor of none', async () => {
    expect(
      await order(graph, ADD, { input: 'ArticleInput!' }, added({ published: '2026-08-23', retrieved: null })),
    ).toEqual({
      article: { published: { edtf: '2026-08-23' }, retrieved: '2026-08-22' },
    });
    expect(await order(graph, UPDATE, PATCH, { id: paper, set: { published: null, retrieved: null } })).toEqual({
      article: { published: null, retrieved: '2024-10-04' },
    });
  });
});
