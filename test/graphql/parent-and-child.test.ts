import { beforeEach, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { answerOf } from './asking.js';
import { order, refusal, seqOf } from './ordering.js';

const PROPOSE = 'proposeClaims(statements: $s) { change { id edits { type recordId } } }';
const PROPOSED = { s: '[StatementInput!]!' };
const RECORD = 'recordRelationship(of: $of, claims: $claims) { change { id } relationship { id } }';
const RECORDED = { of: 'PairInput!', claims: '[ClaimInput!]!' };
const UPDATE =
  'updateRelationship(id: $id, set: {parent: $parent}, expectedRevision: $revision) { change { id edits { before after } } relationship { parties { role person { id } } } }';
const UPDATED = { id: 'ID!', parent: 'ID!', revision: 'Int!' };
const UNDO = 'undoChange(change: $id) { conflicts { rule } }';

interface Made {
  change: { id: string; edits: { type: string; recordId: string }[] };
}

describe.each(enginesHere({ neo4j: false }))('parent and child on $name', ({ fresh }) => {
  let graph: Graph;
  let story: Telling;
  let [max, nan, by] = ['', '', ''];
  beforeEach(async () => {
    graph = await fresh();
    story = new Telling(graph);
    [max, nan, by] = [story.person('Max'), story.person('Nan'), story.article('A family')];
    await story.tell();
  });
  const clean = async () => expect((await verify(graph)).differences).toEqual([]);
  const claims = () => [
    {
      field: 'EXISTS',
      value: { state: 'PRESENT' },
      cite: [{ article: by, quote: 'Max is the child of Nan.', evidence: 'RECORD' }],
    },
  ];
  const pair = (a: string, b: string) => ({ kind: 'PARENT_CHILD', a, b, type: 'BIOLOGICAL' });
  const proposed = (a: string, b: string) => ({ s: [{ pair: pair(a, b), claims: claims() }] });
  const propose = async (a: string, b: string) => {
    const made = await order(graph, PROPOSE, PROPOSED, proposed(a, b), { role: 'CONTRIBUTOR' });
    return (made as unknown as Made).change;
  };
  const claimIn = ({ edits }: Made['change']) => String(edits.findLast(({ type }) => type === 'Claim')?.recordId);
  const reject = async (claim: string) => {
    const decision = { claim, decide: 'REJECT', reason: 'WRONG_PERSON', expectedRevision: await seqOf(graph) };
    await order(graph, 'decideClaims(decisions: $d) { change { id } }', { d: '[DecisionInput!]!' }, { d: [decision] });
  };
  const record = (a: string, b: string) => order(graph, RECORD, RECORDED, { of: pair(a, b), claims: claims() });
  const shown = async () => {
    const { between } = await answerOf<{ between: { parties: { role: string; person: { name: string } }[] }[] }>(
      graph,
      'query ($max: ID!, $nan: ID!) { between(a: $max, b: $nan) { parties { role person { name } } periods { standing } } }',
      { variables: { max, nan } },
    );
    return between.map(({ parties, ...rest }) => ({
      ...rest,
      ...Object.fromEntries(parties.map(({ role, person }) => [role, person.name])),
    }));
  };
  const verdictOf = async (id: string) => {
    const { node } = await answerOf<{ node: object }>(
      graph,
      'query ($id: ID!) { node(id: $id) { ... on Claim { verdict verdictNote } } }',
      { role: 'REVIEWER', variables: { id } },
    );
    return node;
  };
  const told = [{ PARENT: 'Nan', CHILD: 'Max', periods: [{ standing: 'CONFIRMED' }] }];

  test('who was only proposed as the parent stands in no editor’s way, and what waits for it is rejected', async () => {
    const wrong = await propose(max, nan);

    const recorded = (await record(nan, max)) as unknown as Made;

    expect(await shown()).toEqual(told);
    expect(await verdictOf(claimIn(wrong))).toEqual({
      verdict: 'REJECTED',
      verdictNote: expect.stringMatching(/^WRONG_VALUE: /),
    });
    await clean();
    await order(graph, UNDO, { id: 'ID!' }, { id: recorded.change.id });
    expect(await shown()).toEqual([]);
    await clean();
  });

  test('who was rejected as the parent stands in nobody’s way, and is no memory of the right one', async () => {
    await reject(claimIn(await propose(max, nan)));

    const right = claimIn(await propose(nan, max));
    await record(nan, max);

    expect(await shown()).toEqual(told);
    // What is told again finds what is told, not what was rejected.
    expect(await order(graph, PROPOSE, PROPOSED, proposed(nan, max), { role: 'CONTRIBUTOR' })).toEqual({
      change: null,
    });
    expect(await verdictOf(right)).toEqual({ verdict: 'ACCEPTED', verdictNote: null });
    await clean();
  });

  test('two who are proposed both ways wait both, the first marked, until one is aimed at its own way and accepted', async () => {
    const first = claimIn(await propose(max, nan));
    const seen = await seqOf(graph);
    const other = claimIn(await propose(nan, max));
    const marked = { verdict: 'PROPOSED', verdictNote: 'The roles are the other way round' };
    const waiting = { verdict: 'PROPOSED', verdictNote: null };
    const accept = (claim: string, expectedRevision: number) => ({
      d: [{ claim, decide: 'ACCEPT', expectedRevision }],
    });
    const ACCEPT = 'decideClaims(decisions: $d) { change { id } }';
    const AIM = 'aimClaim(id: $id, pair: $pair, expectedRevision: $revision) { change { id } }';
    const types = { id: 'ID!', pair: 'PairInput!', revision: 'Int!' };

    expect([await verdictOf(first), await verdictOf(other)]).toEqual([marked, waiting]);
    expect(await refusal(graph, ACCEPT, { d: '[DecisionInput!]!' }, accept(first, seen))).toMatchObject({
      code: 'CONFLICT',
    });
    await order(graph, AIM, types, { id: first, pair: pair(max, nan), revision: seen + 1 });
    expect([await verdictOf(first), await verdictOf(other)]).toEqual([waiting, marked]);
    await order(graph, ACCEPT, { d: '[DecisionInput!]!' }, accept(first, await seqOf(graph)));
    expect(await shown()).toEqual([{ ...told[0], PARENT: 'Max', CHILD: 'Nan' }]);
    await clean();
  });

  test('who is told to be the parent stays, until an editor turns the two, with history and undo', async () => {
    await record(max, nan);
    const revision = await seqOf(graph);
    const [{ id = '' } = {}] = (
      await answerOf<{ between: { id: string }[] }>(
        graph,
        'query ($max: ID!, $nan: ID!) { between(a: $max, b: $nan) { id } }',
        { variables: { max, nan } },
      )
    ).between;

    expect(await refusal(graph, RECORD, RECORDED, { of: pair(nan, max), claims: claims() })).toMatchObject({
      ...{ code: 'REFUSED', rule: 'PARENT_AND_CHILD', record: id },
    });
    const turned = (await order(graph, UPDATE, UPDATED, { id, parent: nan, revision })) as unknown as Made;
    expect(await shown()).toEqual(told);
    await clean();
    const { node } = await answerOf<{ node: { history: { nodes: object[] } } }>(
      graph,
      'query ($id: ID!) { node(id: $id) { ... on Relationship { history { nodes { action edits { before after } } } } } }',
      { role: 'REVIEWER', variables: { id } },
    );
    expect(node.history.nodes[0]).toEqual({
      action: 'updateRelationship',
      edits: [{ before: JSON.stringify({ a: max, b: nan }), after: JSON.stringify({ a: nan, b: max }) }],
    });
    await order(graph, UNDO, { id: 'ID!' }, { id: turned.change.id });
    expect(await shown()).toEqual([{ ...told[0], PARENT: 'Max', CHILD: 'Nan' }]);
    await clean();
  });

  test('nobody else is the parent, and nobody is one in a romance', async () => {
    const [romance, family] = [story.marriage(max, nan), story.relationship('PARENT_CHILD', max, nan)];
    const other = story.person('Other');
    await story.tell();
    const { node } = await answerOf<{ node: { relationship: { id: string } } }>(
      graph,
      'query ($id: ID!) { node(id: $id) { ... on Period { relationship { id } } } }',
      { variables: { id: romance } },
    );
    const revision = await seqOf(graph);

    for (const [id, parent] of [
      [family, other],
      [node.relationship.id, max],
    ])
      expect(await refusal(graph, UPDATE, UPDATED, { id, parent, revision })).toMatchObject({
        ...{ code: 'INVALID_INPUT', rule: 'PARTY', field: 'set.parent' },
      });
    expect(await order(graph, UPDATE, UPDATED, { id: family, parent: max, revision })).toMatchObject({ change: null });
    await clean();
  });
});
