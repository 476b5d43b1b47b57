import { beforeEach, describe, expect, test } from 'vitest';
import type { ClaimValue, Field } from '../../src/domain/records.js';
import type { Graph } from '../../src/graph/graph.js';
import { enginesHere } from '../support/engines.js';
import { type Said, Telling } from '../support/telling.js';
import { type Answer, answerOf, ask, NOON } from './asking.js';
import { order } from './ordering.js';

const REVIEWER = { role: 'REVIEWER' } as const;
const SHOWN = '{ date { edtf } standing contested }';
const HINT = `hint { kind consequence opens independentSources against { id } before ${SHOWN} after ${SHOWN} }`;

interface Hinted {
  id: string;
  revision: number;
  hint: {
    kind: string;
    consequence: string;
    opens: number;
    independentSources: number;
    against: { id: string } | null;
    before: object;
    after: object;
  };
  competing: { id: string }[];
  rejectedBefore: object[];
}

describe.each(enginesHere())('A claim that waits on $name', ({ fresh }) => {
  let graph: Graph;
  let story: Telling;
  let ann: string;
  let marriage: string;
  beforeEach(async () => {
    graph = await fresh();
    story = new Telling(graph);
    ann = story.person('Ann');
    marriage = story.marriage(ann, story.person('Bo'), { start: '2010' });
    await story.tell();
  });

  const record = { evidence: 'RECORD' } as const;
  const says = (field: Field, value: ClaimValue, said: Said = {}, subject = marriage) =>
    story.claim(subject, field, value, { ...record, ...said });
  const date = (edtf: string) => ({ date: { edtf } });
  const asked = async (id: string, fields = HINT) =>
    (
      await answerOf<{ node: Hinted }>(
        graph,
        `{ node(id: "${id}") { ... on Claim { id revision ${fields} } } }`,
        REVIEWER,
      )
    ).node;
  const decide = (decision: object) =>
    order(
      graph,
      'decideClaims(decisions: $decisions) { change { id } }',
      { decisions: '[DecisionInput!]!' },
      { decisions: [decision] },
      REVIEWER,
    );

  const CASES: [string, () => string | null, Field, ClaimValue, object, object][] = [
    ['NEW', () => null, 'END', date('2014'), { kind: 'NEW', opens: 0 }, { date: { edtf: '2014' }, contested: false }],
    [
      'MORE_PRECISE than a vaguer date',
      () => says('END', date('2014')),
      'END',
      date('2014-06-12'),
      { kind: 'MORE_PRECISE', opens: 0 },
      { date: { edtf: '2014-06-12' } },
    ],
    [
      'in agreement with a more precise date',
      () => says('END', date('2014-06-12')),
      'END',
      date('2014'),
      { kind: 'AGREES', opens: 0 },
      { date: { edtf: '2014-06-12' } },
    ],
    [
      'in conflict with another date',
      () => says('END', date('2014-06-12')),
      'END',
      date('2016'),
      { kind: 'CONFLICTS', opens: 1 },
      { contested: true, date: { edtf: '[2014-06-12..2016-12-31]' } },
    ],
    [
      'the SAME as another, in whatever words',
      () => says('END', { date: { edtf: '2014', text: 'that year' } }),
      'END',
      date('2014'),
      { kind: 'SAME', opens: 0, independentSources: 2 },
      { date: { edtf: '2014' } },
    ],
  ];
  test.each(CASES)(
    'is hinted to be %s, and accepting it does what the hint says',
    async (_, told, field, value, hint, after) => {
      const against = told();
      if (against !== null) await story.tell();
      story.article('Another source');
      const claim = says(field, value, { verdict: 'PROPOSED' });
      await story.tell();

      const { revision, hint: hinted } = await asked(claim);
      expect(hinted).toMatchObject({ ...hint, after, against: against && { id: against } });
      await decide({ claim, decide: 'ACCEPT', expectedRevision: revision });

      const { node } = await answerOf<{ node: { end: object } }>(
        graph,
        `{ node(id: "${marriage}") { ... on Period { end ${SHOWN} } } }`,
      );
      expect(node.end).toEqual(hinted.after);
      expect((await asked(claim)).hint).toBeNull();
      const { contradictions } = await answerOf<{ contradictions: { totalCount: number } }>(
        graph,
        '{ contradictions { totalCount } }',
        REVIEWER,
      );
      expect(contradictions.totalCount).toBe(hinted.opens);
    },
  );

  test('is NEW where only what nobody has accepted is vaguer', async () => {
    says('END', date('2014'), { verdict: 'PROPOSED' });
    says('END', date('201X'), { verdict: 'REJECTED' });
    const claim = says('END', date('2014-06-12'), { verdict: 'PROPOSED' });
    await story.tell();

    expect((await asked(claim)).hint).toMatchObject({ kind: 'NEW', against: null });
  });

  test('conflicts where it reopens what somebody has answered', async () => {
    const [one, other] = [says('END', date('2014')), says('END', date('2016'))];
    await story.tell();
    const { contradictions } = await answerOf<{ contradictions: { nodes: { id: string }[] } }>(
      graph,
      '{ contradictions { nodes { id } } }',
      REVIEWER,
    );
    await order(
      graph,
      'resolveContradiction(id: $id, kind: PREFER, prefer: $prefer, note: "The register") { change { id } }',
      { id: 'ID!', prefer: 'ID' },
      { id: contradictions.nodes[0]?.id, prefer: one },
      REVIEWER,
    );
    story.article('Another source');
    story.cite(other, { ...record, verdict: 'PROPOSED' });
    await story.tell();

    expect((await asked(other)).hint).toMatchObject({ kind: 'CONFLICTS', opens: 1, against: { id: one } });
  });

  test('is hinted at whatever it is about: people, events, relationships, and what is denied', async () => {
    const event = story.event('MET', [{ person: ann, role: 'PARTY' }], '2001-05');
    says('OCCUPATION', { text: 'singer' }, {}, ann);
    story.article('Another source', { outlet: 'The Daily' });
    const waiting = (field: Field, value: ClaimValue, subject: string, said: Said = {}) =>
      says(field, value, { verdict: 'PROPOSED', ...said }, subject);
    const birth = waiting('BIRTH', date('1980'), ann);
    const job = waiting('OCCUPATION', { text: 'singer' }, ann);
    const met = waiting('DATE', date('2001-06'), event);
    const place = waiting('PLACE', { text: 'Paris' }, event);
    const friends = waiting('EXISTS', { state: 'PAST' }, story.relationship('FRIEND', ann, story.person('Cy')));
    const denied = waiting('START', date('2010'), marriage, { polarity: 'DENIES' });
    const rumour = waiting('END', date('2014'), marriage, { evidence: 'UNNAMED_SOURCE' });
    await story.tell();
    const hinted = async (id: string) => (await asked(id)).hint;
    const nothing = { date: null, standing: 'PROPOSED', contested: false };

    expect(await hinted(birth)).toMatchObject({
      kind: 'NEW',
      before: nothing,
      after: { date: { edtf: '1980' }, standing: 'CONFIRMED' },
    });
    expect(await hinted(job)).toMatchObject({ kind: 'SAME', independentSources: 2, after: { standing: 'CONFIRMED' } });
    expect(await hinted(met)).toMatchObject({ kind: 'CONFLICTS', opens: 1, after: { contested: true } });
    expect(await hinted(place)).toMatchObject({ kind: 'NEW', before: nothing, after: { standing: 'CONFIRMED' } });
    expect(await hinted(friends)).toMatchObject({ kind: 'NEW', before: nothing, after: { standing: 'CONFIRMED' } });
    expect(await hinted(denied)).toMatchObject({ kind: 'CONFLICTS', opens: 0, after: { contested: true } });
    expect(await hinted(rumour)).toMatchObject({
      kind: 'NEW',
      after: { date: null, standing: 'RUMOURED' },
      consequence: 'Nothing like it is accepted yet. Standing becomes RUMOURED.',
    });
  });

  test('tells in words what would come of it', async () => {
    says('END', date('2014'), { evidence: 'WITNESS' });
    await story.tell();
    story.article('Another source');
    const exact = says('END', date('2014-06-12'), { verdict: 'PROPOSED' });
    const other = says('END', date('2016'), { verdict: 'PROPOSED' });
    const job = says('OCCUPATION', { text: 'singer' }, { verdict: 'PROPOSED' }, ann);
    await story.tell();

    expect((await asked(exact)).hint.consequence).toBe(
      'More precise than what is accepted, which stays beside it. The date becomes 2014-06-12, and was 2014. Standing becomes CONFIRMED.',
    );
    expect((await asked(other)).hint.consequence).toBe(
      'It can not be true with what is accepted. Opens a contradiction. The date becomes [2014-01-01..2016-12-31], and was 2014. The field becomes contested. Standing becomes CONFIRMED.',
    );
    expect((await asked(job)).hint.consequence).toBe('Nothing like it is accepted yet. Standing becomes CONFIRMED.');
  });

  test('of which only a quote waits is another source for itself', async () => {
    const claim = says('END', date('2014'), { evidence: 'WITNESS' });
    await story.tell();
    story.article('Another source');
    story.cite(claim, { ...record, verdict: 'PROPOSED' });
    await story.tell();

    expect((await asked(claim)).hint).toMatchObject({
      kind: 'SAME',
      against: { id: claim },
      independentSources: 2,
      consequence:
        'Another source for what is accepted. The date stays 2014. Standing becomes CONFIRMED. 2 independent sources say so then.',
    });
  });

  test('has beside it what is accepted of the same field, and when the same was rejected before, by whom and why', async () => {
    const [first, second] = [says('END', date('2014')), says('END', date('2016'))];
    says('END', date('2018'), { verdict: 'REJECTED' });
    says('START', date('2011'));
    const claim = says('END', date('2015'), { verdict: 'PROPOSED' });
    story.article('Another source');
    story.cite(second);
    const twin = says('END', { date: { edtf: '2015', text: 'then' } }, { verdict: 'PROPOSED' });
    await story.tell();
    const fields = 'competing { id } rejectedBefore { claim { id } actor at reason note }';
    const calm = await asked(claim, fields);

    const { revision } = await asked(twin, '');
    await decide({
      claim: twin,
      decide: 'REJECT',
      reason: 'WRONG_PERSON',
      note: 'Another: Ann',
      expectedRevision: revision,
    });

    expect(calm).toMatchObject({ competing: [{ id: second }, { id: first }], rejectedBefore: [] });
    expect((await asked(claim, fields)).rejectedBefore).toEqual([
      {
        claim: { id: twin },
        actor: 'Vera',
        at: new Date(NOON).toISOString(),
        reason: 'WRONG_PERSON',
        note: 'Another: Ann',
      },
    ]);
    await decide({ claim: twin, decide: 'SEND_BACK', expectedRevision: revision + 1 });
    expect(await asked(twin, fields)).toMatchObject({
      rejectedBefore: [{ claim: { id: twin }, reason: 'WRONG_PERSON' }],
    });
  });

  test('tells the others for ten minutes who has opened it, and stands in no history', async () => {
    const claim = says('END', date('2014'), { verdict: 'PROPOSED' });
    await story.tell();
    const open = (as: string, now = NOON) =>
      answerOf(graph, `mutation { openClaim(id: "${claim}") { claim { id } } }`, { ...REVIEWER, as, now });
    const openedBy = async (as: string, now = NOON) =>
      (
        await answerOf<{ node: { openedBy: object } }>(
          graph,
          `{ node(id: "${claim}") { ... on Claim { openedBy { name at } } } }`,
          {
            ...REVIEWER,
            as,
            now,
          },
        )
      ).node.openedBy;
    const minutes = (count: number) => NOON + count * 60_000;
    const at = (now: number) => new Date(now).toISOString();

    expect(await openedBy('Vera')).toBeNull();
    expect(await open('Vera')).toEqual({ openClaim: { claim: { id: claim } } });
    expect([await openedBy('Ann'), await openedBy('Vera')]).toEqual([{ name: 'Vera', at: at(NOON) }, null]);
    await open('Cy', minutes(1));
    expect(await openedBy('Ann', minutes(1))).toEqual({ name: 'Cy', at: at(minutes(1)) });
    await open('Vera', minutes(9));
    expect(await openedBy('Ann', minutes(18))).toEqual({ name: 'Vera', at: at(minutes(9)) });
    expect(await openedBy('Ann', minutes(19))).toBeNull();
    const { changes, node } = await answerOf<{ changes: object; node: object }>(
      graph,
      `{ changes { totalCount } node(id: "${claim}") { ... on Claim { history { totalCount } } } }`,
      REVIEWER,
    );
    expect([changes, node]).toEqual([{ totalCount: 2 }, { history: { totalCount: 1 } }]);
  });

  test('tells nobody below REVIEWER any of this', async () => {
    const claim = says('END', date('2014'));
    await story.tell();
    story.article('Another source');
    story.cite(claim, { ...record, verdict: 'PROPOSED' });
    await story.tell();
    await answerOf(graph, `mutation { openClaim(id: "${claim}") { claim { id } } }`, REVIEWER);
    const all = 'waiting { what } hint { kind } competing { id } rejectedBefore { at } openedBy { name }';
    const query = `{ node(id: "${claim}") { ... on Claim { ${all} } } }`;

    for (const role of ['READER', 'CONTRIBUTOR'] as const)
      expect(await answerOf(graph, query, { role, as: 'Ann' })).toEqual({
        node: { waiting: null, hint: null, competing: null, rejectedBefore: null, openedBy: null },
      });
    const refused = await ask(graph, `mutation { openClaim(id: "${claim}") { claim { id } } }`, {
      role: 'CONTRIBUTOR',
    });
    expect(refused.errors[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('tells none of this as of the past, where nothing can be decided', async () => {
    const claim = says('OCCUPATION', { text: 'singer' }, { verdict: 'PROPOSED' }, ann);
    await story.tell();
    await answerOf(graph, `mutation { openClaim(id: "${claim}") { claim { id } } }`, { ...REVIEWER, as: 'Ann' });
    const all = 'id verdict waiting { what } hint { kind } competing { id } rejectedBefore { at } openedBy { name }';
    const query = (asOf: string) => `{ person(id: "${ann}"${asOf}) { claims { nodes { ${all} } } } }`;

    const told = await answerOf(graph, query(', asOf: "2026-02-01T00:00:00Z"'), REVIEWER);

    const nothing = { waiting: null, hint: null, competing: null, rejectedBefore: null, openedBy: null };
    expect(told).toEqual({ person: { claims: { nodes: [{ id: claim, verdict: 'PROPOSED', ...nothing }] } } });
    expect(await answerOf(graph, query(''), REVIEWER)).toMatchObject({
      person: { claims: { nodes: [{ waiting: { what: 'CLAIM' }, hint: { kind: 'NEW' }, openedBy: { name: 'Ann' } }] } },
    });
  });

  test('is read with its neighbours in as many statements for 20 claims as for 10', async () => {
    const others = Array.from({ length: 6 }, (_, at) => story.person(`Person ${at}`));
    for (const [at, other] of others.entries()) {
      const couple = story.marriage(ann, other, { start: '2000' });
      const event = story.event('MET', [{ person: other, role: 'PARTY' }], '2001');
      says('END', date(`${2003 + at}`), {}, couple);
      says('END', date(`${2004 + at}`), { verdict: 'PROPOSED' }, couple);
      says('BIRTH', date('1980'), { verdict: 'PROPOSED' }, other);
      says('DATE', date('2002'), { verdict: 'PROPOSED' }, event);
      says('EXISTS', { state: 'PAST' }, { verdict: 'PROPOSED' }, story.relationship('ROMANTIC', ann, other));
    }
    await story.tell();
    const page = (first: number): Promise<Answer> =>
      ask(
        graph,
        `{ reviewQueue(first: ${first}) { totalCount nodes { field subject { id } waiting { since } ${HINT} competing { id } rejectedBefore { actor claim { id } }
          openedBy { name } citations(first: 3) { nodes { quote article { title } context { before quote after } } } } } }`,
        REVIEWER,
      );

    const [one, some, many] = [await page(1), await page(10), await page(20)];

    expect([one.errors, some.errors, many.errors]).toEqual([[], [], []]);
    expect((many.data as { reviewQueue: { nodes: object[] } }).reviewQueue.nodes).toHaveLength(20);
    expect(many.statements.sort()).toEqual(some.statements.sort());
    expect([one, many].map(({ statements }) => statements.length)).toEqual([10, 24]);
  });
});
