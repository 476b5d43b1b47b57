import { beforeEach, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { answerOf, ask } from './asking.js';
import { order } from './ordering.js';

const REVIEWER = { role: 'REVIEWER' } as const;
const TEXT = 'In spring Ann and Bo met. Ann wed Bo in 2010. Cy was there.';
const QUOTE = 'Ann wed Bo in 2010.';

describe.each(enginesHere())('Quotes in their articles on $name', ({ fresh }) => {
  let graph: Graph;
  let story: Telling;
  let claim: string;
  let article: string;
  beforeEach(async () => {
    graph = await fresh();
    story = new Telling(graph);
    const cy = story.person('Cy');
    const marriage = story.marriage(story.person('Ann'), story.person('Bo'));
    const from = TEXT.indexOf('Cy');
    const mentions = [{ surface: 'Cy', part: 'TEXT', from, to: from + 2, person: cy }] as const;
    article = story.article('The wedding', { text: TEXT, mentions: [...mentions] });
    const quoted = { quote: QUOTE, from: TEXT.indexOf(QUOTE) };
    claim = story.claim(marriage, 'START', { date: { edtf: '2010' } }, { by: article, evidence: 'RECORD', quoted });
    await story.tell();
  });

  const claimNow = async (fields: string, asking: object = REVIEWER) =>
    (
      await answerOf<{
        node: { verdict: string; waiting: object | null; citations: { nodes: { id: string; context: object }[] } };
      }>(graph, `{ node(id: "${claim}") { ... on Claim { ${fields} } } }`, asking)
    ).node;
  const contexts = async (args = '', asking: object = REVIEWER) =>
    (await claimNow(`citations { nodes { id context${args} { before quote after } } }`, asking)).citations.nodes.map(
      ({ context }) => context,
    );

  test('show reviewers what stands around them, and nobody else', async () => {
    expect(await contexts('(before: 5, after: 13)')).toEqual([
      { before: 'met. ', quote: QUOTE, after: ' Cy was there' },
    ]);
    expect(await contexts()).toEqual([{ before: 'In spring Ann and Bo met. ', quote: QUOTE, after: ' Cy was there.' }]);
    expect(await contexts('', { role: 'READER' })).toEqual([null]);
    expect(await contexts('', { role: 'CONTRIBUTOR' })).toEqual([null]);
  });

  const change = async (text: string) => {
    const { revision } = (
      await answerOf<{ node: { revision: number } }>(
        graph,
        `{ node(id: "${article}") { ... on Article { revision } } }`,
        REVIEWER,
      )
    ).node;
    await order(
      graph,
      'updateArticle(id: $id, set: { text: $text }, expectedRevision: $revision) { change { id } }',
      { id: 'ID!', text: 'String', revision: 'Int!' },
      { id: article, text, revision },
    );
  };

  test.each(['before: -1', 'after: 2001'])('refuse a context of %s', async (width) => {
    const { errors } = await ask(
      graph,
      `{ node(id: "${claim}") { ... on Claim { citations { nodes { context(${width}) { quote } } } } } }`,
      REVIEWER,
    );

    const [field] = width.split(':');
    expect(errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', rule: 'CONTEXT', field });
  });

  test('withhold whoever the reviewer does not see', async () => {
    story.edit('Person', await personOf('Cy'), { visibility: 'REMOVED' });
    await story.tell();

    expect(await contexts('(before: 0)')).toEqual([{ before: '', quote: QUOTE, after: ' ██ was there.' }]);
    expect(await contexts('(before: 0)', { role: 'ADMIN' })).toEqual([
      { before: '', quote: QUOTE, after: ' Cy was there.' },
    ]);
  });

  test('that a new text no longer has wait in the queue again, with what rested on them', async () => {
    const waiting = async () =>
      (
        await answerOf<{ reviewQueue: { nodes: object[] } }>(
          graph,
          `{ reviewQueue { nodes { id verdict waiting { what } citations { nodes { quote verdict context { quote } } } } } }`,
          REVIEWER,
        )
      ).reviewQueue.nodes;
    await change(`News. ${TEXT}`);
    expect(await waiting()).toEqual([]);
    expect(await contexts('(before: 5, after: 0)')).toEqual([{ before: 'met. ', quote: QUOTE, after: '' }]);
    await change('Ann and Bo wed in 2011.');
    expect(await waiting()).toEqual([
      {
        ...{ id: claim, verdict: 'PROPOSED', waiting: { what: 'CLAIM' } },
        citations: { nodes: [{ quote: QUOTE, verdict: 'PROPOSED', context: null }] },
      },
    ]);
    expect((await verify(graph)).differences).toEqual([]);
  });

  test('that a new text no longer has wait as another source, where the claim has others', async () => {
    story.article('The register');
    story.cite(claim, { evidence: 'RECORD' });
    await story.tell();
    await change('Ann and Bo wed in 2011.');

    expect(await claimNow('verdict waiting { what evidence }')).toEqual({
      verdict: 'ACCEPTED',
      waiting: { what: 'CITATION', evidence: 'RECORD' },
    });
  });

  async function personOf(name: string): Promise<string> {
    const { people } = await answerOf<{ people: { nodes: { id: string; name: string }[] } }>(
      graph,
      '{ people { nodes { id name } } }',
      REVIEWER,
    );
    return people.nodes.find((person) => person.name === name)?.id ?? '';
  }
});
