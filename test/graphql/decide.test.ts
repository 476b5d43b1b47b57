import { beforeEach, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { answerOf, ask } from './asking.js';
import { order, refusal, seqOf } from './ordering.js';

const REVIEWER = { role: 'REVIEWER' } as const;

const DECIDE =
  'decideClaims(decisions: $decisions) { change { id } claims { id verdict verdictNote revision citations { nodes { verdict } } } }';
const DECISIONS = { decisions: '[DecisionInput!]!' };
const WITHDRAW =
  'withdrawCitation(id: $id, expectedRevision: $revision) { change { id } claims { verdict verdictNote } }';
const WITHDRAWN = { id: 'ID!', revision: 'Int!' };
describe.each(enginesHere())('claims on $name', ({ name, fresh }) => {
  let graph: Graph;
  let story: Telling;
  let period: string;
  beforeEach(async () => {
    graph = await fresh();
    story = new Telling(graph);
    period = story.marriage(story.person('Ann'), story.person('Bo'), { start: '2010' });
    await story.tell();
  });
  const clean = async () => expect((await verify(graph)).differences).toEqual([]);
  const accept = (claim: string, expectedRevision: number) => ({ claim, decide: 'ACCEPT', expectedRevision });
  const reject = (claim: string, expectedRevision: number, reason = 'WRONG_VALUE') => ({
    claim,
    decide: 'REJECT',
    reason,
    expectedRevision,
  });
  const decide = (...decisions: object[]) => order(graph, DECIDE, DECISIONS, { decisions }, REVIEWER);
  const says = (field: 'START' | 'END', edtf: string, said: object = {}) =>
    story.claim(period, field, { date: { edtf } }, said);
  const proposed = async (field: 'START' | 'END', edtf: string) => {
    const claim = says(field, edtf, { verdict: 'PROPOSED', evidence: 'RECORD' });
    return { claim, revision: Number((await story.tell())?.seq) };
  };
  const shown = async () =>
    (
      await answerOf<{ node: Record<string, never> }>(
        graph,
        'query ($id: ID!) { node(id: $id) { ... on Period { start { date { edtf } } end { state contested date { edtf } } endRumoured bounds { endMin endMax } } } }',
        { variables: { id: period } },
      )
    ).node;

  test('change nothing until they are accepted, with the quotes that wait with them (T12)', async () => {
    says('END', '2014-06-12', { evidence: 'RECORD' });
    says('END', '2014', { evidence: 'RECORD' });
    const { claim, revision } = await proposed('END', '2016');
    const before = await shown();

    const decided = await decide(accept(claim, revision));

    expect(before).toMatchObject({ end: { contested: false, date: { edtf: '2014-06-12' } } });
    expect(decided).toMatchObject({
      claims: [{ verdict: 'ACCEPTED', citations: { nodes: [{ verdict: 'ACCEPTED' }] } }],
    });
    const day = (text: string) => Date.parse(text) / 86_400_000;
    expect(await shown()).toMatchObject({
      end: { contested: true },
      bounds: { endMin: day('2014-06-12'), endMax: day('2016-12-31') },
    });
    await clean();
  });

  test('of a vaguer date agree, and are what is left when the exact one is rejected (T11)', async () => {
    const exact = says('END', '2014-06-12', { evidence: 'RECORD' });
    const revision = Number((await story.tell())?.seq);
    const vague = await proposed('END', '2014');

    const before = await shown();

    await decide(accept(vague.claim, vague.revision));
    const agreeing = await shown();
    const { node, contradictions } = await answerOf<{ node: object; contradictions: object }>(
      graph,
      'query ($id: ID!) { node(id: $id) { ... on Claim { agreesWith { id } } } contradictions(first: 1) { totalCount } }',
      { ...REVIEWER, variables: { id: vague.claim } },
    );
    await decide(reject(exact, revision));

    expect(before).toMatchObject({ end: { contested: false, date: { edtf: '2014-06-12' } } });
    expect([agreeing, node, contradictions]).toEqual([before, { agreesWith: { id: exact } }, { totalCount: 0 }]);
    expect(await shown()).toMatchObject({ end: { contested: false, date: { edtf: '2014' } } });
    await clean();
  });

  test('lose one of two quotes and stay, lose the last and wait again (T13, T14)', async () => {
    const claim = says('END', '2014', { evidence: 'RECORD' });
    const second = story.cite(claim, { evidence: 'WITNESS' });
    const revision = Number((await story.tell())?.seq);
    const { node } = await answerOf<{ node: { citations: { nodes: { id: string }[] } } }>(
      graph,
      'query ($id: ID!) { node(id: $id) { ... on Claim { citations { nodes { id } } } } }',
      { variables: { id: claim } },
    );
    const first = node.citations.nodes.find(({ id }) => id !== second)?.id;

    const one = await order(graph, WITHDRAW, WITHDRAWN, { id: second, revision }, REVIEWER);
    const again = await order(graph, WITHDRAW, WITHDRAWN, { id: second, revision }, REVIEWER);
    const other = await refusal(graph, WITHDRAW, WITHDRAWN, { id: second, revision }, { ...REVIEWER, as: 'Bo' });
    const last = await order(graph, WITHDRAW, WITHDRAWN, { id: first, revision }, REVIEWER);
    expect(again).toMatchObject({ change: null });
    expect(other).toMatchObject({ code: 'CONFLICT', actor: 'Vera' });

    expect(one).toMatchObject({ claims: [{ verdict: 'ACCEPTED' }] });
    expect(last).toMatchObject({ claims: [{ verdict: 'PROPOSED', verdictNote: 'unsupported' }] });
    expect(await shown()).toMatchObject({ end: { state: 'UNSTATED' } });
    await clean();
  });

  test('of an end are rejected with a reason while the marriage stays (T15), and sent back', async () => {
    const { claim, revision } = await proposed('END', '2016');

    const rejected = await decide({ ...reject(claim, revision, 'WRONG_PERSON'), note: 'Another Ann' });
    const sent = await decide({ claim, decide: 'SEND_BACK', expectedRevision: revision + 1 });

    expect(rejected).toMatchObject({ claims: [{ verdict: 'REJECTED', verdictNote: 'WRONG_PERSON: Another Ann' }] });
    expect(await shown()).toMatchObject({ start: { date: { edtf: '2010' } }, end: { state: 'UNSTATED' } });
    expect(sent).toMatchObject({ claims: [{ verdict: 'PROPOSED', verdictNote: null }] });
    await clean();
  });

  test('are decided all or none: a stale one names who decided, a repeated one of mine is done', async () => {
    const [one, two] = [await proposed('END', '2016'), await proposed('END', '2017')];
    await order(graph, DECIDE, DECISIONS, { decisions: [accept(one.claim, one.revision)] }, { ...REVIEWER, as: 'Ann' });
    const both = [accept(one.claim, one.revision), accept(two.claim, two.revision)];

    const stale = await refusal(graph, DECIDE, DECISIONS, { decisions: both }, REVIEWER);
    const mine = await order(graph, DECIDE, DECISIONS, { decisions: both }, { ...REVIEWER, as: 'Ann' });

    expect(stale).toMatchObject({
      ...{ code: 'CONFLICT', record: one.claim, actor: 'Ann', revision: 4 },
      changed: ['citations', 'verdict'],
    });
    expect(mine).toMatchObject({
      claims: [
        { verdict: 'ACCEPTED', revision: 4 },
        { verdict: 'ACCEPTED', revision: 5 },
      ],
    });
    await clean();
  });

  test('are refused where there are none, without a reason, twice in one order, and without a quote to accept', async () => {
    const { claim, revision } = await proposed('END', '2016');
    const why = (...decisions: object[]) => refusal(graph, DECIDE, DECISIONS, { decisions }, REVIEWER);
    const rejecting = { claim, decide: 'REJECT', expectedRevision: revision };

    expect(await why()).toEqual({ code: 'INVALID_INPUT', field: 'decisions', rule: 'EMPTY' });
    expect(await why(rejecting)).toMatchObject({ code: 'INVALID_INPUT', rule: 'REASON' });
    expect(await why({ ...accept(claim, revision), reason: 'OTHER' })).toMatchObject({ rule: 'REASON' });
    expect(await why(accept(claim, revision), accept(claim, revision))).toMatchObject({ rule: 'REPEATED' });
    expect(await why(accept('clm_none', 1))).toMatchObject({ code: 'NOT_FOUND', field: 'decisions[0].claim' });

    const bare = says('END', '2018', { verdict: 'PROPOSED', citation: 'REJECTED' });
    const seq = Number((await story.tell())?.seq);
    expect(await why(accept(bare, seq))).toMatchObject({ code: 'REFUSED', rule: 'UNSUPPORTED', record: bare });
  });

  test('that 8 reviewers decide at once are each decided once, and nobody loses work without a CONFLICT', async () => {
    const ids = Array.from({ length: 50 }, (_, n) =>
      says('END', `${2011 + (n % 9)}-0${1 + (n % 5)}-${10 + (n % 18)}`, { verdict: 'PROPOSED' }),
    );
    const revision = Number((await story.tell())?.seq);
    const before = await seqOf(graph);
    const names = Array.from({ length: 8 }, (_, n) => `Reviewer ${n}`);

    const done = await Promise.all(
      names.map(async (as, n) => {
        const answers: { claim: string; verdict: string; code: unknown }[] = [];
        for (const claim of ids) {
          const decision = n % 2 === 0 ? accept(claim, revision) : reject(claim, revision);
          const { errors } = await ask(graph, `mutation ($decisions: [DecisionInput!]!) { ${DECIDE} }`, {
            ...REVIEWER,
            as,
            variables: { decisions: [decision] },
          });
          answers.push({
            claim,
            verdict: n % 2 === 0 ? 'ACCEPTED' : 'REJECTED',
            code: errors[0]?.extensions.code ?? null,
          });
        }
        return answers;
      }),
    );

    const all = done.flat();
    const won = all.filter(({ code }) => code === null);
    expect(won.map(({ claim }) => claim).sort()).toEqual([...ids].sort());
    expect(all.filter(({ code }) => code !== null && code !== 'CONFLICT')).toEqual([]);
    expect(await seqOf(graph)).toBe(before + 50);
    const { nodes } = await answerOf<{ nodes: { id: string; verdict: string }[] }>(
      graph,
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Claim { verdict } } }',
      { ...REVIEWER, variables: { ids } },
    );
    expect(new Map(nodes.map(({ id, verdict }) => [id, verdict]))).toEqual(
      new Map(won.map(({ claim, verdict }) => [claim, verdict])),
    );
    await clean();
  }, 240_000);

  test('say what their quotes really say, and keep what was first proposed', async () => {
    const { claim, revision } = await proposed('END', '2016');
    const CORRECT =
      'correctClaim(id: $id, value: {date: $date}, expectedRevision: $revision) { claims { id verdict verdictNote citations { nodes { quote verdict } } } }';
    const types = { id: 'ID!', date: 'EDTF!', revision: 'Int!' };

    const same = await refusal(graph, CORRECT, types, { id: claim, date: '2016', revision }, REVIEWER);
    const corrected = await order(graph, CORRECT, types, { id: claim, date: '2015', revision }, REVIEWER);

    expect(same).toMatchObject({ code: 'INVALID_INPUT', rule: 'SAME_VALUE' });
    expect(corrected).toMatchObject({
      claims: [
        { id: claim, verdict: 'REJECTED', verdictNote: 'WRONG_VALUE' },
        { verdict: 'ACCEPTED', citations: { nodes: [{ verdict: 'ACCEPTED' }] } },
      ],
    });
    expect(await shown()).toMatchObject({ end: { date: { edtf: '2015' } } });
    await clean();
  });

  const AIM =
    'aimClaim(id: $id, subject: $subject, newPeriod: $newPeriod, pair: $pair, expectedRevision: $revision) { change { id } claims { id verdict subject { id ... on Period { type } } citations { nodes { quote verdict side { id } } } } }';
  const AIMED = { id: 'ID!', revision: 'Int!', subject: 'ID', newPeriod: 'PeriodType', pair: 'PairInput' };
  const aim = (id: string, revision: number, at: object) =>
    order(graph, AIM, AIMED, { id, revision, ...at }, REVIEWER) as unknown as Promise<{
      change: { id: string } | null;
      claims: { id: string; subject: { id: string } }[];
    }>;
  const everything = async () => {
    const rows = await graph.read(
      'MATCH (n) WHERE n.revision IS NOT NULL RETURN n.id AS id, n.verdict AS v, n.subject AS s, n.a AS a, n.b AS b, n.side AS p ORDER BY id',
    );
    return JSON.stringify(rows);
  };
  const takeBack = ({ change }: { change: { id: string } | null }) =>
    order(graph, 'undoChange(change: $id) { conflicts { rule } }', { id: 'ID!' }, { id: change?.id });

  test('are aimed at a new period of their pair', async () => {
    const { claim, revision } = await proposed('END', '2016');

    const aimed = await aim(claim, revision, { newPeriod: 'DATING' });

    expect(aimed).toMatchObject({ claims: [{ subject: { type: 'DATING' } }] });
    await clean();
  });

  // What is decided above the engine needs no second one.
  if (name !== 'memory:') return;

  test.each(['PROPOSED', 'ACCEPTED'] as const)(
    'that are aimed, %s, at what says the same already are one claim with both quotes, until that is taken back',
    async (verdict) => {
      const relationship = story.relationship('FRIEND', story.person('Cy'), story.person('Di'));
      const friends = story.period(relationship, 'UNSPECIFIED', {}, { evidence: 'RECORD' });
      const by = story.article('One paper', { text: 'First words. Other words.' });
      const quoted = (quote: string, from: number) => ({ by, evidence: 'WITNESS', quoted: { quote, from } }) as const;
      const held = says('END', '2014', quoted('First words.', 0));
      const claim = story.claim(friends, 'END', { date: { edtf: '2014' } }, { verdict, ...quoted('Other words.', 13) });
      const revision = Number((await story.tell())?.seq);
      const before = await everything();

      const aimed = await aim(claim, revision, { subject: period });

      expect(aimed).toMatchObject({
        claims: [
          { id: claim, verdict: 'REJECTED', subject: { id: friends } },
          {
            ...{ id: held, verdict: 'ACCEPTED', subject: { id: period } },
            citations: {
              nodes: expect.arrayContaining([
                expect.objectContaining({ quote: 'First words.', verdict: 'ACCEPTED' }),
                expect.objectContaining({ quote: 'Other words.', verdict }),
              ]),
            },
          },
        ],
      });
      await clean();
      await takeBack(aimed);
      expect(await everything()).toBe(before);
    },
  );

  test('are aimed at a pair that has nothing yet, and a side of the wrong person is one of the right', async () => {
    const [ann, bo, other] = [story.person('Ann R.'), story.person('Bo R.'), story.person('Other Ann')];
    const wrong = story.marriage(ann, bo, { start: '2012' });
    const said = { verdict: 'PROPOSED', evidence: 'PRINCIPAL' } as const;
    const claim = story.claim(wrong, 'END', { date: { edtf: '2014' } }, { ...said, side: ann });
    const third = story.claim(wrong, 'END', { date: { edtf: '2015' } }, { ...said, side: bo });
    const revision = Number((await story.tell())?.seq);
    const before = await everything();
    const pair = { kind: 'ROMANTIC', a: other, b: bo, type: 'DATING' };
    const nobody = { ...pair, a: story.person('Cy'), b: story.person('Di') };
    await story.tell();

    const aimed = await aim(claim, revision, { pair });

    expect(aimed).toMatchObject({
      claims: [
        {
          id: claim,
          verdict: 'PROPOSED',
          subject: { type: 'DATING' },
          citations: { nodes: [{ side: { id: other } }] },
        },
      ],
    });
    const again = await aim(third, revision, { pair });
    expect(again.claims[0]?.subject).toEqual(aimed.claims[0]?.subject);
    await clean();
    const refused = (at: object, of = third) =>
      refusal(graph, AIM, AIMED, { id: of, revision: revision + 3, ...at }, REVIEWER);
    expect(await refused({ pair: nobody })).toMatchObject({ code: 'INVALID_INPUT', rule: 'SIDE', field: 'pair' });
    expect(await refused({ pair, subject: wrong })).toMatchObject({ code: 'INVALID_INPUT', rule: 'ONE_KEY' });
    await takeBack(again);
    await takeBack(aimed);
    expect((await everything()).length).toBeGreaterThan(before.length);
    await clean();
  });

  test('of a date that say only that it was are corrected to that, and to what another says get its claim', async () => {
    const { claim, revision } = await proposed('START', '2009');
    const exists = says('END', '2014', { evidence: 'RECORD' });
    await story.tell();
    const CORRECT =
      'correctClaim(id: $id, field: $field, value: $value, expectedRevision: $revision) { claims { id field verdict citations { totalCount } } }';
    const types = { id: 'ID!', field: 'ClaimField', value: 'ClaimValueInput!', revision: 'Int!' };

    const corrected = await order(
      graph,
      CORRECT,
      types,
      { id: claim, field: 'EXISTS', value: { state: 'PAST' }, revision },
      REVIEWER,
    );
    const wrong = await proposed('END', '2013');
    const attached = await order(
      graph,
      CORRECT,
      types,
      { id: wrong.claim, value: { date: '2014' }, revision: wrong.revision },
      REVIEWER,
    );

    expect(corrected).toMatchObject({
      claims: [
        { id: claim, field: 'START', verdict: 'REJECTED' },
        { field: 'EXISTS', verdict: 'ACCEPTED' },
      ],
    });
    expect(attached).toMatchObject({ claims: [{ id: wrong.claim }, { id: exists, citations: { totalCount: 2 } }] });
    expect(await shown()).toMatchObject({ start: { date: { edtf: '2010' } }, end: { date: { edtf: '2014' } } });
    await clean();
  });

  test('that are corrected to, or aimed at, what the same quote is cited for already are answered with that', async () => {
    const quoted = {
      by: story.article('Paper'),
      evidence: 'RECORD',
      quoted: { quote: 'It is over.', from: null },
    } as const;
    const right = says('END', '2014', quoted);
    const wrong = says('END', '2013', { ...quoted, verdict: 'PROPOSED' });
    const friends = story.period(story.relationship('FRIEND', story.person('Cy'), story.person('Di')), 'UNSPECIFIED');
    const astray = ['2014', '2014'].map((edtf) =>
      story.claim(friends, 'END', { date: { edtf } }, { ...quoted, verdict: 'PROPOSED' }),
    );
    const revision = Number((await story.tell())?.seq);
    const CORRECT =
      'correctClaim(id: $id, value: {date: "2014"}, expectedRevision: $revision, key: "k") { claims { id verdict } }';
    const correct = () => order(graph, CORRECT, { id: 'ID!', revision: 'Int!' }, { id: wrong, revision }, REVIEWER);
    const [a, b] = (
      await graph.read('MATCH (p:Period {id: $id})<-[:HAS_PERIOD]-(r) RETURN r.a AS a, r.b AS b', { id: period })
    ).flatMap((row) => [row.a, row.b]);
    const pair = { kind: 'ROMANTIC', a, b, type: 'MARRIED' };

    const corrected = await correct();
    const aimed = [
      await aim(String(astray[0]), revision, { subject: period }),
      await aim(String(astray[1]), revision, { pair }),
    ];

    const both = (id: string | undefined) => ({
      claims: [
        { id, verdict: 'REJECTED' },
        { id: right, verdict: 'ACCEPTED' },
      ],
    });
    expect(corrected).toEqual(both(wrong));
    expect(await correct()).toEqual(corrected);
    expect(aimed).toMatchObject(astray.map(both));
    await clean();
  });

  test('keep their verdict while quotes of theirs are rejected, each with its reason in the history', async () => {
    const claim = says('END', '2014', { evidence: 'RECORD' });
    const [weak, other] = [1, 2].map(() => story.cite(claim, { verdict: 'PROPOSED' })) as [string, string];
    const bare = story.claim(period, 'END', { date: { edtf: '2015' } }, { evidence: 'RECORD' });
    const only = story.cite(bare, { verdict: 'PROPOSED' });
    const revision = Number((await story.tell())?.seq);
    const quotes = (of: string, citations: string[], reason: string) => ({
      ...reject(of, revision, reason),
      citations,
    });
    const decisions = [quotes(claim, [weak, other], 'WEAK_SOURCE'), quotes(bare, [only], 'NOT_IN_QUOTE')];
    const LOGGED = DECIDE.replace('{ id }', '{ note edits { type recordId } }');
    const decided = () => order(graph, LOGGED, DECISIONS, { decisions }, REVIEWER);

    const done = await decided();
    const again = await decided();

    expect(done).toMatchObject({
      change: { note: `${weak}, ${other}: WEAK_SOURCE\n${only}: NOT_IN_QUOTE` },
      claims: [{ verdict: 'ACCEPTED' }, { verdict: 'ACCEPTED' }],
    });
    expect((done as unknown as { change: { edits: object[] } }).change.edits).toEqual(
      [weak, other, only].map((recordId) => ({ type: 'Citation', recordId })),
    );
    expect(again).toMatchObject({ change: null });
    const why = (decision: object) => refusal(graph, DECIDE, DECISIONS, { decisions: [decision] }, REVIEWER);
    expect(await why(quotes(claim, [], 'OTHER'))).toMatchObject({ code: 'INVALID_INPUT', rule: 'CITATIONS' });
    expect(await why(quotes(claim, [only], 'OTHER'))).toMatchObject({ code: 'INVALID_INPUT', rule: 'CITATIONS' });
    await clean();
  });
});
