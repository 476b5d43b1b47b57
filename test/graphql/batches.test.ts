import { beforeEach, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { answerOf } from './asking.js';
import { order, refusal, seqOf } from './ordering.js';

const REVIEWER = { role: 'REVIEWER' } as const;
const DECIDE = 'decideClaims(decisions: $decisions) { change { id } claims { id verdict } }';
const DECISIONS = { decisions: '[DecisionInput!]!' };
const CLAIM =
  'query ($id: ID!) { node(id: $id) { ... on Claim { verdict verdictNote extractor revision value { ... on DateValue { date { edtf } } } citations { nodes { quote verdict } } } } }';

describe.each(enginesHere())('decisions on $name', ({ fresh }) => {
  let graph: Graph;
  let story: Telling;
  let period = '';
  beforeEach(async () => {
    graph = await fresh();
    story = new Telling(graph);
    period = story.marriage(
      story.person('Ann'),
      story.person('Bo'),
      { start: '2010', end: '2016' },
      { verdict: 'PROPOSED', evidence: 'RECORD' },
    );
    await story.tell();
  });
  const clean = async () => expect((await verify(graph)).differences).toEqual([]);
  const accept = (claim: string) => ({ claim, decide: 'ACCEPT', expectedRevision: 1 });
  const reject = (claim: string) => ({ claim, decide: 'REJECT', reason: 'WRONG_VALUE', expectedRevision: 1 });
  const decide = (decisions: object[]) => order(graph, DECIDE, DECISIONS, { decisions }, REVIEWER);
  const claimOf = async (id: string) =>
    (await answerOf<{ node: object }>(graph, CLAIM, { ...REVIEWER, variables: { id } })).node;
  const fields = async () => {
    const rows = await graph.read('MATCH (c:Claim) RETURN c.id AS id, c.field AS field');
    return Object.fromEntries(rows.map(({ id, field }) => [String(field), String(id)])) as Record<string, string>;
  };
  const many = async (count: number) => {
    const person = story.person('Cy');
    const ids = Array.from({ length: count }, (_, n) =>
      story.claim(person, 'OCCUPATION', { text: `trade ${n}` }, { verdict: 'PROPOSED' }),
    );
    const revision = Number((await story.tell())?.seq);
    return ids.map((claim) => ({ ...accept(claim), expectedRevision: revision }));
  };

  test('accept a marriage and reject its end in one batch (T15)', async () => {
    const { EXISTS = '', START = '', END = '' } = await fields();

    await decide([accept(EXISTS), accept(START), reject(END)]);

    const { node } = await answerOf<{ node: object }>(
      graph,
      'query ($id: ID!) { node(id: $id) { ... on Period { standing start { date { edtf } } end { state date { edtf } } } } }',
      { variables: { id: period } },
    );
    expect(node).toEqual({
      ...{ standing: 'CONFIRMED', start: { date: { edtf: '2010' } } },
      end: { state: 'UNSTATED', date: null },
    });
    await clean();
  });

  test('of 500 are one change; one that is stale leaves all 500 as they were; 501 are too many', async () => {
    const all = await many(501);
    const batch = all.slice(0, 500);
    const stale = batch.map((decision, n) => (n === 250 ? { ...decision, expectedRevision: 1 } : decision));
    const before = await seqOf(graph);

    expect(await refusal(graph, DECIDE, DECISIONS, { decisions: all }, REVIEWER)).toMatchObject({ rule: 'TOO_MANY' });
    expect(await refusal(graph, DECIDE, DECISIONS, { decisions: stale }, REVIEWER)).toMatchObject({
      ...{ code: 'CONFLICT', record: all[250]?.claim },
    });
    const waiting = await graph.read("MATCH (c:Claim {verdict: 'PROPOSED', field: 'OCCUPATION'}) RETURN count(c) AS n");
    await decide(batch);

    expect(waiting).toEqual([{ n: 501 }]);
    expect(await graph.read("MATCH (c:Claim {verdict: 'ACCEPTED'}) RETURN count(c) AS n")).toEqual([{ n: 500 }]);
    expect(await seqOf(graph)).toBe(before + 1);
    await clean();
  }, 60_000);

  test('correct before accepting, and the version of the machine is kept', async () => {
    const { END = '' } = await fields();
    story.edit('Claim', END, { extractor: 'pattern:divorce' });
    const revision = (await story.tell())?.seq;

    const corrected = (await order(
      graph,
      'correctClaim(id: $id, value: {date: "2015"}, expectedRevision: $r, note: "The decree says so") { claims { id } }',
      { id: 'ID!', r: 'Int!' },
      { id: END, r: revision },
      REVIEWER,
    )) as unknown as { claims: { id: string }[] };

    expect(await claimOf(END)).toMatchObject({
      ...{ verdict: 'REJECTED', verdictNote: 'WRONG_VALUE: The decree says so', extractor: 'pattern:divorce' },
      value: { date: { edtf: '2016' } },
    });
    expect(await claimOf(String(corrected.claims[1]?.id))).toMatchObject({
      ...{ verdict: 'ACCEPTED', extractor: 'person', value: { date: { edtf: '2015' } } },
    });
    await clean();
  });

  test('attach the quotes of a claim that waits to one that says it better', async () => {
    const better = story.claim(period, 'END', { date: { edtf: '2016-05-04' } }, { evidence: 'RECORD' });
    await story.tell();
    const waiting = (await graph.read("MATCH (c:Claim {field: 'END', verdict: 'PROPOSED'}) RETURN c.id AS id"))[0]?.id;
    story.article('Another');
    story.cite(String(waiting), { verdict: 'PROPOSED' });
    const revision = (await story.tell())?.seq;

    const attached = await order(
      graph,
      'correctClaim(id: $id, value: {date: "2016-05-04"}, expectedRevision: $r) { change { edits { type } } claims { id verdict } }',
      { id: 'ID!', r: 'Int!' },
      { id: waiting, r: revision },
      REVIEWER,
    );

    expect(attached).toMatchObject({
      claims: [
        { id: waiting, verdict: 'REJECTED' },
        { id: better, verdict: 'ACCEPTED' },
      ],
    });
    // Its own quote, the one of the same article in other words, and that of another.
    const { citations } = (await claimOf(better)) as { citations: { nodes: object[] } };
    expect(citations.nodes).toHaveLength(3);
    await clean();
  });
});
