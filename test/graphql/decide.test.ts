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
describe.each(enginesHere())('claims on $name', ({ fresh }) => {
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

    await decide(accept(vague.claim, vague.revision));
    const agreeing = await shown();
    await decide(reject(exact, revision));

    expect(agreeing).toMatchObject({ end: { contested: false, date: { edtf: '2014-06-12' } } });
    expect(await shown()).toMatchObject({ end: { date: { edtf: '2014' } } });
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
    const last = await order(graph, WITHDRAW, WITHDRAWN, { id: first, revision }, REVIEWER);

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

  test('are refused without a reason, twice in one order, and without a quote to accept', async () => {
    const { claim, revision } = await proposed('END', '2016');
    const why = (...decisions: object[]) => refusal(graph, DECIDE, DECISIONS, { decisions }, REVIEWER);
    const rejecting = { claim, decide: 'REJECT', expectedRevision: revision };

    expect(await why(rejecting)).toMatchObject({ code: 'INVALID_INPUT', rule: 'REASON' });
    expect(await why({ ...accept(claim, revision), reason: 'OTHER' })).toMatchObject({ rule: 'REASON' });
    expect(await why(accept(claim, revision), accept(claim, revision))).toMatchObject({ rule: 'REPEATED' });
    expect(await why(accept('clm_none', 1))).toMatchObject({ code: 'NOT_FOUND', field: 'decisions.claim' });

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

  test('are aimed at a new period of their pair', async () => {
    const { claim, revision } = await proposed('END', '2016');
    const AIM =
      'aimClaim(id: $id, newPeriod: DATING, expectedRevision: $revision) { claims { subject { id ... on Period { type } } } }';

    const aimed = await order(graph, AIM, WITHDRAWN, { id: claim, revision }, REVIEWER);

    expect(aimed).toMatchObject({ claims: [{ subject: { type: 'DATING' } }] });
    await clean();
  });
});
