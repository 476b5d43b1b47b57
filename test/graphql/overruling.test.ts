import { beforeEach, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { answerOf, ask } from './asking.js';
import { order, refusal } from './ordering.js';

const REVIEWER = { role: 'REVIEWER' } as const;
const DECIDE = 'decideClaims(decisions: $decisions) { change { id } claims { verdict revision } }';
const DECISIONS = { decisions: '[DecisionInput!]!' };
const RECORD = 'recordRelationship(of: $of, claims: $claims) { change { edits { type recordId } } }';
const RECORDED = { of: 'PairInput!', claims: '[ClaimInput!]!' };
const ADD = 'addCitation(claim: $claim, cite: $cite) { change { id edits { recordId } } }';
const ADDED = { claim: 'ID!', cite: 'CitationInput!' };

interface Made {
  change: { id: string; edits: { type: string; recordId: string }[] };
}

interface Seen {
  verdict: string;
  revision: number;
  citations: { nodes: { id: string; verdict: string }[] };
}

describe.each(enginesHere())('what somebody decided on $name', ({ fresh }) => {
  let graph: Graph;
  let story: Telling;
  let [ann, bo, by] = ['', '', ''];
  beforeEach(async () => {
    graph = await fresh();
    story = new Telling(graph);
    [ann, bo] = [story.person('Ann'), story.person('Bo')];
    by = story.article('The Example');
    await story.tell();
  });
  const clean = async () => expect((await verify(graph)).differences).toEqual([]);
  const cite = (article: string, quote = 'They wed in 2010.') => ({ article, quote, evidence: 'OUTLET' });
  const another = async () => {
    const article = story.article('Another');
    await story.tell();
    return article;
  };
  const start = (...articles: string[]) => ({
    field: 'START',
    value: { date: '2010' },
    cite: articles.map((article) => cite(article)),
  });
  const of = () => ({ kind: 'ROMANTIC', a: ann, b: bo, type: 'MARRIED' });
  const idIn = ({ change }: Made, type: string) =>
    String(change.edits.find((edit) => edit.type === type)?.recordId ?? change.edits[0]?.recordId);
  const propose = async (article = by) => {
    const proposed = await order(
      graph,
      'proposeClaims(statements: $s) { change { id edits { type recordId } } }',
      { s: '[StatementInput!]!' },
      { s: [{ pair: of(), claims: [start(article)] }] },
      { role: 'CONTRIBUTOR', as: 'Con' },
    );
    return idIn(proposed as unknown as Made, 'Claim');
  };
  const record = async (...articles: string[]) =>
    (await order(graph, RECORD, RECORDED, { of: of(), claims: [start(...articles)] })) as unknown as Made;
  const add = async (claim: string, article: string) => {
    const added = await order(graph, ADD, ADDED, { claim, cite: cite(article) }, { ...REVIEWER, as: 'Con' });
    return String((added as unknown as Made).change.edits[0]?.recordId);
  };
  const seen = async (claim: string) =>
    (
      await answerOf<{ node: Seen }>(
        graph,
        'query ($id: ID!) { node(id: $id) { ... on Claim { verdict revision citations { nodes { id verdict } } } } }',
        { ...REVIEWER, variables: { id: claim } },
      )
    ).node;
  const decide = (as: string, ...decisions: object[]) =>
    order(graph, DECIDE, DECISIONS, { decisions }, { ...REVIEWER, as });
  const refused = (...decisions: object[]) => refusal(graph, DECIDE, DECISIONS, { decisions }, REVIEWER);
  const accept = (claim: string, expectedRevision: number, more: object = {}) => ({
    ...{ claim, decide: 'ACCEPT', expectedRevision },
    ...more,
  });
  const reject = (claim: string, expectedRevision: number) => ({
    ...{ claim, decide: 'REJECT', reason: 'WRONG_PERSON', note: 'Another Ann', expectedRevision },
  });

  test('of a claim that waits, an editor who records the same from the same quote accepts', async () => {
    const claim = await propose();

    const made = await record(by);

    expect(made.change.edits.map(({ type }) => type)).toEqual(['Claim', 'Citation']);
    expect(await seen(claim)).toMatchObject({ verdict: 'ACCEPTED', citations: { nodes: [{ verdict: 'ACCEPTED' }] } });
    await clean();
  });

  test('of a claim that waits, an editor who records it from another source leaves the first quote to a reviewer', async () => {
    const claim = await propose();

    await record(await another());

    const { verdict, citations } = await seen(claim);
    expect([verdict, citations.nodes.map((each) => each.verdict).sort()]).toEqual([
      'ACCEPTED',
      ['ACCEPTED', 'PROPOSED'],
    ]);
    await clean();
  });

  test('is not overruled by the way: what was rejected from a source is a CONFLICT that tells who, when and why', async () => {
    const claim = await propose();
    const rejected = await decide('Rev', reject(claim, (await seen(claim)).revision));

    const conflict = await refusal(graph, RECORD, RECORDED, { of: of(), claims: [start(by)] });
    await decide('Ed', accept(claim, Number(conflict?.revision)));

    expect(rejected).toMatchObject({ claims: [{ verdict: 'REJECTED' }] });
    expect(conflict).toEqual({
      ...{ code: 'CONFLICT', rule: 'REJECTED', record: claim, actor: 'Rev', note: 'WRONG_PERSON: Another Ann' },
      ...{ at: '2026-08-22T12:00:00.000Z', revision: 3 },
    });
    expect(await seen(claim)).toMatchObject({ verdict: 'ACCEPTED' });
    await clean();
  });

  test('stays where an editor records the same from a source that nobody has rejected', async () => {
    const claim = await propose();
    await decide('Rev', reject(claim, (await seen(claim)).revision));

    const made = await record(await another());

    expect(idIn(made, 'Claim')).not.toBe(claim);
    expect(await seen(claim)).toMatchObject({ verdict: 'REJECTED' });
    expect(await seen(idIn(made, 'Claim'))).toMatchObject({ verdict: 'ACCEPTED' });
    await clean();
  });

  test('of a quote is not overruled by the way either', async () => {
    const made = await record(by, await another());
    const claim = idIn(made, 'Claim');
    const quote = (await seen(claim)).citations.nodes[0]?.id;
    const revision = (await seen(claim)).revision;
    const WITHDRAW = 'withdrawCitation(id: $id, expectedRevision: $revision) { change { id } }';
    await order(graph, WITHDRAW, { id: 'ID!', revision: 'Int!' }, { id: quote, revision }, { ...REVIEWER, as: 'Rev' });
    const article = (
      await answerOf<{ node: { article: { id: string } } }>(
        graph,
        'query ($id: ID!) { node(id: $id) { ... on Citation { article { id } } } }',
        { ...REVIEWER, variables: { id: quote } },
      )
    ).node.article.id;

    const conflict = await refusal(graph, RECORD, RECORDED, { of: of(), claims: [start(article)] });

    expect(conflict).toMatchObject({ code: 'CONFLICT', rule: 'REJECTED', record: quote, actor: 'Rev' });
  });

  test('is about the quotes that were seen: one that came since is a CONFLICT, and nothing is accepted', async () => {
    const claim = await propose();
    const { revision } = await seen(claim);
    await add(claim, await another());

    const conflict = await refused(accept(claim, revision));
    await decide('Vera', accept(claim, Number(conflict?.revision)));

    expect(conflict).toEqual({
      ...{
        code: 'CONFLICT',
        field: 'decisions[0].expectedRevision',
        rule: 'STALE',
        record: claim,
        actor: 'Con',
        at: '2026-08-22T12:00:00.000Z',
        revision: 4,
      },
      changed: ['citations'],
    });
    expect((await seen(claim)).citations.nodes).toMatchObject([{ verdict: 'ACCEPTED' }, { verdict: 'ACCEPTED' }]);
    await clean();
  });

  test('may be about some of the quotes that wait, also of a claim that is accepted', async () => {
    const claim = await propose();
    const [first] = (await seen(claim)).citations.nodes;
    const second = await add(claim, await another());
    const third = await add(claim, await another());
    const verdicts = async () =>
      Object.fromEntries((await seen(claim)).citations.nodes.map(({ id, verdict }) => [id, verdict]));

    await decide('Vera', accept(claim, (await seen(claim)).revision, { citations: [second] }));
    expect(await verdicts()).toEqual({ [String(first?.id)]: 'PROPOSED', [second]: 'ACCEPTED', [third]: 'PROPOSED' });
    await decide('Vera', accept(claim, (await seen(claim)).revision, { citations: [third] }));

    expect(await verdicts()).toEqual({ [String(first?.id)]: 'PROPOSED', [second]: 'ACCEPTED', [third]: 'ACCEPTED' });
    const WITHDRAW = 'withdrawCitation(id: $id, expectedRevision: 2) { claims { verdict } }';
    expect(await order(graph, WITHDRAW, { id: 'ID!' }, { id: first?.id }, REVIEWER)).toMatchObject({
      claims: [{ verdict: 'ACCEPTED' }],
    });
    await clean();
  });

  test('names only quotes of the claim that wait, and only to accept it', async () => {
    const claim = await propose();
    const { revision } = await seen(claim);
    const other = await record(await another());
    const foreign = idIn(other, 'Citation');
    const now = (await seen(claim)).revision;

    for (const decision of [
      accept(claim, now, { citations: ['cit_none'] }),
      accept(claim, now, { citations: [], decide: 'SEND_BACK' }),
    ])
      expect(await refused(decision)).toMatchObject({ code: 'INVALID_INPUT', rule: 'CITATIONS' });
    expect(foreign).toMatch(/^cit_/);
    expect(revision).toBeLessThan(now);
  });

  test('is done for who made it and lost the answer, but not once another quote waits', async () => {
    const claim = await propose();
    const { revision } = await seen(claim);
    await decide('Vera', accept(claim, revision));

    expect(await decide('Vera', accept(claim, revision))).toMatchObject({ change: null });
    expect(await refused(accept(claim, revision - 1, { decide: 'SEND_BACK' }))).toMatchObject({ code: 'CONFLICT' });
    await add(claim, await another());
    expect(await refused(accept(claim, revision))).toMatchObject({
      code: 'CONFLICT',
      changed: ['citations', 'verdict'],
    });
  });

  test('tells a reader nothing of quotes that wait but that something changed', async () => {
    const claim = idIn(await record(by), 'Claim');
    await add(claim, await another());

    const { data } = await ask(
      graph,
      'query ($id: ID!) { node(id: $id) { ... on Claim { citations { totalCount } } } }',
      {
        variables: { id: claim },
      },
    );

    expect(data).toEqual({ node: { citations: { totalCount: 1 } } });
  });
});
