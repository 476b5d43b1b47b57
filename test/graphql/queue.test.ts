import { beforeEach, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { type Asking, answerOf, ask } from './asking.js';
import { order } from './ordering.js';

const REVIEWER = { role: 'REVIEWER' } as const;

interface Queue {
  totalCount: number;
  nodes: { id: string; revision: number; waiting: Record<string, unknown> }[];
  pageInfo: { endCursor: string; hasNextPage: boolean };
}

const QUEUE = `totalCount pageInfo { endCursor hasNextPage }
  nodes { id revision verdict waiting { what since evidence independentSources } }`;

describe.each(enginesHere())('The review queue on $name', ({ fresh }) => {
  let graph: Graph;
  let story: Telling;
  let ann: string;
  let bo: string;
  let marriage: string;
  beforeEach(async () => {
    graph = await fresh();
    story = new Telling(graph);
    [ann, bo] = [story.person('Ann'), story.person('Bo', { visibility: 'LIMITED' })];
    marriage = story.marriage(ann, bo, { start: '2010' });
    await story.tell();
  });

  const queue = async (args = '', asking: Asking = REVIEWER) =>
    (await answerOf<{ reviewQueue: Queue }>(graph, `{ reviewQueue${args} { ${QUEUE} } }`, asking)).reviewQueue;
  const ids = async (args = '') => (await queue(args)).nodes.map(({ id }) => id);
  const decide = (claim: string, decision: string, expectedRevision: number) =>
    order(
      graph,
      'decideClaims(decisions: $decisions) { change { id } }',
      { decisions: '[DecisionInput!]!' },
      { decisions: [{ claim, decide: decision, expectedRevision, ...(decision === 'REJECT' && { reason: 'OTHER' }) }] },
      REVIEWER,
    );
  const clean = async () => expect((await verify(graph)).differences).toEqual([]);
  const waits = { verdict: 'PROPOSED' } as const;

  test('lists what waits with its age and evidence, also of LIMITED people, and agrees with the statistics', async () => {
    const first = story.claim(marriage, 'END', { date: { edtf: '2012' } }, waits);
    await story.tell();
    const second = story.claim(ann, 'OCCUPATION', { text: 'singer' }, { ...waits, evidence: 'RECORD' });
    story.claim(ann, 'OCCUPATION', { text: 'spy' }, { verdict: 'REJECTED', citation: 'PROPOSED' });
    await story.tell();

    const { nodes, totalCount } = await queue();
    const { stats } = await answerOf<{ stats: object }>(graph, '{ stats { waiting } }', REVIEWER);

    expect(nodes.map(({ id, waiting }) => [id, waiting])).toEqual([
      [first, { what: 'CLAIM', since: '2026-01-01T00:00:02.000Z', evidence: 'OUTLET', independentSources: 1 }],
      [second, { what: 'CLAIM', since: '2026-01-01T00:00:03.000Z', evidence: 'RECORD', independentSources: 1 }],
    ]);
    expect([totalCount, stats]).toEqual([2, { waiting: 2 }]);
    expect(await ids('(orderBy: STRONGEST)')).toEqual([second, first]);
    await clean();
  });

  test('has another source for an accepted claim, until it is accepted or withdrawn', async () => {
    const claim = story.claim(marriage, 'END', { date: { edtf: '2012' } }, { evidence: 'RECORD' });
    await story.tell();
    const calm = await ids();
    story.article('Another source');
    const quote = story.cite(claim, { verdict: 'PROPOSED', evidence: 'PRINCIPAL', side: ann });
    await story.tell();

    const { nodes } = await queue('(filter: { what: CITATION })');
    expect([calm, await ids('(filter: { what: CLAIM })')]).toEqual([[], []]);
    expect(nodes).toMatchObject([
      { id: claim, verdict: 'ACCEPTED', waiting: { what: 'CITATION', evidence: 'PRINCIPAL', independentSources: 1 } },
    ]);
    await decide(claim, 'ACCEPT', nodes[0]?.revision ?? 0);
    expect(await ids()).toEqual([]);
    story.edit('Citation', quote, { verdict: 'PROPOSED' });
    await story.tell();
    expect(await ids()).toEqual([claim]);
    story.edit('Citation', quote, { verdict: 'REJECTED' });
    await story.tell();
    expect(await ids()).toEqual([]);
    await clean();
  });

  test('is left by what is accepted or rejected, and entered again by what is sent back or loses its last quote', async () => {
    const claim = story.claim(marriage, 'END', { date: { edtf: '2012' } }, { ...waits, evidence: 'RECORD' });
    await story.tell();
    const revision = async () =>
      (
        await answerOf<{ node: { revision: number } }>(
          graph,
          `{ node(id: "${claim}") { ... on Claim { revision } } }`,
          REVIEWER,
        )
      ).node.revision;
    const seen: string[][] = [await ids()];

    for (const decision of ['REJECT', 'SEND_BACK', 'ACCEPT', 'SEND_BACK']) {
      await decide(claim, decision, await revision());
      seen.push(await ids());
    }
    const [{ id: quote } = { id: '' }] = (
      await answerOf<{ node: { citations: { nodes: { id: string }[] } } }>(
        graph,
        `{ node(id: "${claim}") { ... on Claim { citations { nodes { id } } } } }`,
        REVIEWER,
      )
    ).node.citations.nodes;
    const { nodes } = await queue();
    story.edit('Citation', quote, { verdict: 'REJECTED' });
    await story.tell();

    expect([...seen, await ids()]).toEqual([[claim], [], [claim], [], [claim], [claim]]);
    expect(nodes[0]?.waiting).toMatchObject({ what: 'CLAIM', evidence: 'RECORD', independentSources: 1 });
    expect((await queue()).nodes[0]?.waiting).toMatchObject({ what: 'CLAIM', evidence: null, independentSources: 0 });
    await clean();
  });

  test('is filtered by person, article, outlet, field, evidence, finder and age, all at once', async () => {
    const paper = story.article('Paper', { outlet: 'The Daily' });
    const ofMarriage = story.claim(marriage, 'END', { date: { edtf: '2012' } }, { ...waits, by: paper });
    await story.tell();
    const letter = story.article('Letter', { outlet: 'Letters' });
    const ofBo = story.claim(bo, 'OCCUPATION', { text: 'singer' }, { ...waits, by: letter, evidence: 'WITNESS' });
    story.cite(ofBo, { by: paper, evidence: 'RECORD', verdict: 'REJECTED' });
    story.edit('Claim', ofBo, { extractor: 'job.simple' });
    await story.tell();
    const filtered = (filter: string) => ids(`(filter: { ${filter} })`);

    expect(await filtered(`person: "${ann}"`)).toEqual([ofMarriage]);
    expect(await filtered('person: "bo-1"')).toEqual([ofMarriage, ofBo]);
    expect(await filtered('person: "nobody"')).toEqual([]);
    expect(await filtered(`article: "${letter}"`)).toEqual([ofBo]);
    expect(await filtered(`article: "${paper}"`)).toEqual([ofMarriage]);
    expect(await filtered(`person: "${ann}", article: "${letter}"`)).toEqual([]);
    expect(await filtered('outlet: "the daily"')).toEqual([ofMarriage]);
    expect(await filtered('fields: [OCCUPATION, BIRTH]')).toEqual([ofBo]);
    expect(await filtered('fields: []')).toEqual([]);
    expect(await filtered('evidence: [WITNESS, OUTLET]')).toEqual([ofMarriage, ofBo]);
    expect(await filtered('evidence: [RECORD]')).toEqual([]);
    expect(await filtered('outlet: "The Daily", evidence: [WITNESS]')).toEqual([]);
    expect(await filtered('extractor: "job.simple"')).toEqual([ofBo]);
    expect(await filtered('waitsSince: "2026-01-01T00:00:02Z"')).toEqual([ofMarriage]);
    expect(await filtered('cameAfter: "2026-01-01T00:00:02Z"')).toEqual([ofBo]);
    expect((await queue(`(filter: { person: "${ann}" })`)).totalCount).toBe(1);
  });

  test('is paged in both orders, and loses nothing where one is decided between two pages', async () => {
    const classes = ['OUTLET', 'RECORD', 'UNNAMED_SOURCE', 'WITNESS', 'OUTLET'] as const;
    const claims: string[] = [];
    for (const [at, evidence] of classes.entries()) {
      claims.push(story.claim(ann, 'OCCUPATION', { text: `job ${at}` }, { ...waits, evidence }));
      if (at === 4) story.cite(claims[4] ?? '', { ...waits, by: story.article('More') });
      await story.tell();
    }
    const strongest = [1, 3, 4, 0, 2].map((at) => claims[at] ?? '');
    const pages = async (orderBy: string, between: () => Promise<unknown> = async () => undefined) => {
      const one = await queue(`(first: 2, orderBy: ${orderBy})`);
      await between();
      const next = (after: string) => queue(`(first: 2, orderBy: ${orderBy}, after: "${after}")`);
      const two = await next(one.pageInfo.endCursor);
      const three = await next(two.pageInfo.endCursor);
      expect(three.pageInfo.hasNextPage).toBe(false);
      return [one, two, three].flatMap(({ nodes }) => nodes.map(({ id }) => id));
    };

    expect(await pages('OLDEST')).toEqual(claims);
    expect(await pages('STRONGEST', () => decide(strongest[1] ?? '', 'REJECT', 5))).toEqual(strongest);
    const { endCursor } = (await queue('(first: 1)')).pageInfo;
    const forged = await ask(
      graph,
      `{ reviewQueue(orderBy: STRONGEST, after: "${endCursor}") { nodes { id } } }`,
      REVIEWER,
    );
    expect(forged.errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', rule: 'CURSOR' });
  });

  test('is nobody else’s business, its length included', async () => {
    story.claim(ann, 'OCCUPATION', { text: 'singer' }, waits);
    const shown = story.claim(ann, 'OCCUPATION', { text: 'dancer' }, { evidence: 'RECORD' });
    story.cite(shown, { ...waits, by: story.article('More') });
    await story.tell();

    for (const [role, code] of [
      ['READER', 'UNAUTHENTICATED'],
      ['CONTRIBUTOR', 'FORBIDDEN'],
    ] as const) {
      for (const part of ['totalCount', 'nodes { id }', 'pageInfo { endCursor }']) {
        const { data, errors } = await ask(graph, `{ reviewQueue { ${part} } }`, { role });
        expect([data, errors[0]?.extensions.code]).toEqual([null, code]);
      }
      const own = `{ node(id: "${shown}") { ... on Claim { verdict waiting { since } } } stats { waiting } }`;
      expect(await answerOf(graph, own, { role })).toEqual({
        node: { verdict: 'ACCEPTED', waiting: null },
        stats: { waiting: null },
      });
    }
  });

  test('holds nothing of somebody whom the reviewer does not see, and is paged past them', async () => {
    for (let at = 0; at < 9; at += 1) story.claim(ann, 'OCCUPATION', { text: `job ${at}` }, waits);
    await story.tell();
    const seen = [story.claim(bo, 'OCCUPATION', { text: 'singer' }, waits)];
    await story.tell();
    seen.push(story.claim(bo, 'OCCUPATION', { text: 'dancer' }, waits));
    story.edit('Person', ann, { visibility: 'REMOVED' });
    await story.tell();

    const one = await queue('(first: 1)');
    const two = await queue(`(first: 1, after: "${one.pageInfo.endCursor}")`);
    expect([one, two].map(({ nodes, pageInfo }) => [nodes.map(({ id }) => id), pageInfo.hasNextPage])).toEqual([
      [[seen[0]], true],
      [[seen[1]], false],
    ]);
    expect(await answerOf(graph, '{ stats { waiting } }', REVIEWER)).toEqual({ stats: { waiting: 2 } });
    expect((await queue('', { role: 'ADMIN' })).totalCount).toBe(11);
  });
});
