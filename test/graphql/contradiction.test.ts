import { describe, expect, test } from 'vitest';
import { basisOf } from '../../src/domain/contradiction.js';
import { idFromKey } from '../../src/domain/ids.js';
import { evidenceOf } from '../../src/store/evidence.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { answerOf, ask } from './asking.js';

const REVIEWER = { role: 'REVIEWER' } as const;

const FIELDS = `id type status field openedAt subject { id __typename } claims { id value { ... on DateValue { date { edtf } } } }
  bounds { earliest latest } resolution { kind prefer note actor at revision }`;

describe.each(enginesHere())('Contradictions on $name', (engine) => {
  /** Ann and Bo, whose marriage ended in 2014 as one record says, and, from March on, in 2016 as another does. */
  async function aContestedEnd() {
    const graph = await engine.fresh();
    const story = new Telling(graph);
    const [ann, bo, cy] = [story.person('Ann'), story.person('Bo'), story.person('Cy')];
    const period = story.marriage(ann, bo, { start: '2001' });
    const one = story.claim(period, 'END', { date: { edtf: '2014-06-12' } }, { evidence: 'RECORD' });
    await story.tell({ at: '2026-01-01T00:00:00Z' });
    const other = story.claim(period, 'END', { date: { edtf: '2016' } }, { evidence: 'RECORD', verdict: 'PROPOSED' });
    await story.tell({ at: '2026-02-01T00:00:00Z' });
    const [citation] = await graph.read('MATCH (:Claim {id: $other})-[:HAS]->(t:Citation) RETURN t.id AS id', {
      other,
    });
    story.edit('Citation', String(citation?.id), { verdict: 'ACCEPTED' });
    story.edit('Claim', other, { verdict: 'ACCEPTED' });
    await story.tell({ at: '2026-03-01T00:00:00Z' });
    const answer = await answerOf<{ contradictions: { nodes: { id: string }[] } }>(
      graph,
      `{ contradictions { nodes { id } } }`,
      REVIEWER,
    );
    return { graph, story, ann, bo, cy, period, one, other, id: String(answer.contradictions.nodes[0]?.id) };
  }

  test('tell the two claims, what they are about, what shows meanwhile and since when', async () => {
    const { graph, period, one, other, id } = await aContestedEnd();

    const { contradictions } = await answerOf<{ contradictions: { totalCount: number; nodes: object[] } }>(
      graph,
      `{ contradictions { totalCount nodes { ${FIELDS} } } }`,
      REVIEWER,
    );
    expect(contradictions.totalCount).toBe(1);
    expect(contradictions.nodes).toEqual([
      {
        ...{ id, type: 'DATES_EXCLUDE', status: 'OPEN', field: 'END', openedAt: '2026-03-01T00:00:00.000Z' },
        subject: { id: period, __typename: 'Period' },
        claims: expect.arrayContaining([
          { id: one, value: { date: { edtf: '2014-06-12' } } },
          { id: other, value: { date: { edtf: '2016' } } },
        ]),
        bounds: { earliest: '2014-06-12', latest: '2016-12-31' },
        resolution: null,
      },
    ]);
    expect(await answerOf(graph, `{ node(id: "${id}") { id ... on Contradiction { status } } }`, REVIEWER)).toEqual({
      node: { id, status: 'OPEN' },
    });
  });

  test('stand below the people and the relationship that they are about, and are pages by id', async () => {
    const { graph, story, ann, bo, cy, id } = await aContestedEnd();
    story.born(ann, '1970', { evidence: 'RECORD' });
    story.born(ann, '1980', { evidence: 'RECORD' });
    await story.tell();

    const page = 'contradictions(first: 10) { totalCount nodes { id field bounds { edtf } } }';
    const query = `{ ann: person(id: "${ann}") { ${page} } bo: person(id: "${bo}") { ${page} } cy: person(id: "${cy}") { ${page} } between(a: "${ann}", b: "${bo}") { ${page} } }`;
    type Found = { contradictions: { totalCount: number; nodes: { id: string; field: string; bounds: object }[] } };
    const {
      ann: hers,
      bo: his,
      cy: none,
      between,
    } = await answerOf<{ ann: Found; bo: Found; cy: Found; between: Found[] }>(graph, query, REVIEWER);
    expect(hers.contradictions.nodes.map(({ field }) => field).sort()).toEqual(['BIRTH', 'END']);
    expect(hers.contradictions.totalCount).toBe(2);
    expect(his.contradictions).toMatchObject({ totalCount: 1, nodes: [{ id, field: 'END' }] });
    expect(between[0]?.contradictions).toEqual(his.contradictions);
    expect(none.contradictions).toEqual({ totalCount: 0, nodes: [] });

    const paged = 'contradictions(first: 1';
    const first = await answerOf<{ contradictions: { nodes: object[]; pageInfo: { endCursor: string } } }>(
      graph,
      `{ ${paged}) { nodes { id } pageInfo { endCursor } } }`,
      REVIEWER,
    );
    const next = await answerOf<{ contradictions: { nodes: object[] } }>(
      graph,
      `{ ${paged}, after: "${first.contradictions.pageInfo.endCursor}") { nodes { id } } }`,
      REVIEWER,
    );
    expect([...first.contradictions.nodes, ...next.contradictions.nodes]).toEqual(
      hers.contradictions.nodes.map((each) => ({ id: each.id })).sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
  });

  test('are answered by a person, whose answer is void once what they rest on changes', async () => {
    const { graph, story, ann, period, one, other, id } = await aContestedEnd();
    const claims = [...(await evidenceOf(graph, [period])).values()].flat();
    const [a, b] = [one, other].map((claim) => claims.find((cited) => cited.claim.id === claim));
    if (!a || !b) throw new Error('Both claims have evidence');
    const resolution = idFromKey('Resolution', id);
    story.edit('Resolution', resolution, {
      claims: [one, other],
      kind: 'PREFER',
      prefer: one,
      note: 'The court says so.',
      basis: basisOf(a, b),
    });
    await story.tell({ at: '2026-04-01T00:00:00Z', actor: 'vera' });

    const query = `{ node(id: "${id}") { ... on Contradiction { status bounds { earliest latest } resolution { kind prefer note actor at } history { nodes { seq } } } } }`;
    expect(await answerOf(graph, query, REVIEWER)).toEqual({
      node: {
        status: 'RESOLVED',
        bounds: { earliest: '2014-06-12', latest: '2014-06-12' },
        resolution: {
          kind: 'PREFER',
          prefer: one,
          note: 'The court says so.',
          actor: 'vera',
          at: '2026-04-01T00:00:00.000Z',
        },
        history: { nodes: [{ seq: 4 }, { seq: 3 }, { seq: 2 }, { seq: 1 }] },
      },
    });
    const count = async (filter: string) =>
      (
        await answerOf<{ contradictions: { totalCount: number } }>(
          graph,
          `{ contradictions(filter: {${filter}}) { totalCount } }`,
          REVIEWER,
        )
      ).contradictions.totalCount;
    expect([
      await count('status: OPEN'),
      await count('status: RESOLVED'),
      await count('field: START'),
      await count('field: END, types: [DATES_EXCLUDE]'),
    ]).toEqual([0, 1, 0, 1]);

    story.cite(one, { evidence: 'RECORD' });
    await story.tell({ at: '2026-05-01T00:00:00Z' });
    expect(await answerOf(graph, query, REVIEWER)).toMatchObject({ node: { status: 'OPEN', resolution: null } });
    const then = (asOf: string) =>
      `{ person(id: "${ann}", asOf: "${asOf}") { contradictions { nodes { status resolution { actor at } history { totalCount } } } } }`;
    const found = async (asOf: string) =>
      (await answerOf<{ person: { contradictions: { nodes: object[] } } }>(graph, then(asOf), REVIEWER)).person
        .contradictions.nodes;
    expect(await found('2026-04-15T00:00:00Z')).toEqual([
      {
        status: 'RESOLVED',
        resolution: { actor: 'vera', at: '2026-04-01T00:00:00.000Z' },
        history: { totalCount: 4 },
      },
    ]);
    expect(await found('2026-03-15T00:00:00Z')).toEqual([
      { status: 'OPEN', resolution: null, history: { totalCount: 3 } },
    ]);
  });

  test('were not there before they opened, nor answered before they were', async () => {
    const { graph, ann } = await aContestedEnd();
    const query = (asOf: string) =>
      `{ person(id: "${ann}", asOf: "${asOf}") { contradictions { totalCount nodes { status openedAt } } } }`;

    expect(await answerOf(graph, query('2026-02-15T00:00:00Z'), REVIEWER)).toEqual({
      person: { contradictions: { totalCount: 0, nodes: [] } },
    });
    expect(await answerOf(graph, query('2026-03-15T00:00:00Z'), REVIEWER)).toEqual({
      person: { contradictions: { totalCount: 1, nodes: [{ status: 'OPEN', openedAt: '2026-03-01T00:00:00.000Z' }] } },
    });
  });

  test('between marriages were there as soon as both were, whomever one asks for', async () => {
    const { graph, story, ann, bo, cy } = await aContestedEnd();
    story.marriage(bo, cy, { start: '2010' });
    await story.tell({ at: '2026-04-01T00:00:00Z' });
    const query = (asOf: string) =>
      `{ person(id: "${ann}", asOf: "${asOf}") { contradictions { totalCount nodes { type } } }
        between(a: "${ann}", b: "${bo}", asOf: "${asOf}") { contradictions { totalCount nodes { type } } } }`;
    const found = async (asOf: string) => {
      const { person, between } = await answerOf<{ person: Types; between: Types[] }>(graph, query(asOf), REVIEWER);
      return [person, ...between].map(({ contradictions: { totalCount, nodes } }) => [
        totalCount,
        ...nodes.map(({ type }) => type).sort(),
      ]);
    };
    type Types = { contradictions: { totalCount: number; nodes: { type: string }[] } };

    const once = [1, 'DATES_EXCLUDE'];
    expect(await found('2026-03-15T00:00:00Z')).toEqual([once, once]);
    const twice = [2, 'DATES_EXCLUDE', 'MARRIAGE_OVERLAP'];
    expect(await found('2026-04-15T00:00:00Z')).toEqual([twice, twice]);
  });

  test('open when the later claim was accepted last, as far as was known then', async () => {
    const { graph, story, ann, id, other } = await aContestedEnd();
    story.edit('Claim', other, { verdictNote: 'Sure.' });
    await story.tell({ at: '2026-04-01T00:00:00Z' });
    const openedAt = async () =>
      (await answerOf<{ node: object }>(graph, `{ node(id: "${id}") { ... on Contradiction { openedAt } } }`, REVIEWER))
        .node;
    expect(await openedAt()).toEqual({ openedAt: '2026-03-01T00:00:00.000Z' });

    story.edit('Claim', other, { verdict: 'PROPOSED' });
    await story.tell({ at: '2026-05-01T00:00:00Z' });
    story.edit('Claim', other, { verdict: 'ACCEPTED' });
    await story.tell({ at: '2026-06-01T00:00:00Z' });
    expect(await openedAt()).toEqual({ openedAt: '2026-06-01T00:00:00.000Z' });
    const then = `{ person(id: "${ann}", asOf: "2026-04-15T00:00:00Z") { contradictions { nodes { openedAt } } } }`;
    expect(await answerOf(graph, then, REVIEWER)).toEqual({
      person: { contradictions: { nodes: [{ openedAt: '2026-03-01T00:00:00.000Z' }] } },
    });
  });

  test('about somebody who was removed are there for administrators only', async () => {
    const { graph, story, bo, id } = await aContestedEnd();
    story.edit('Person', bo, { visibility: 'REMOVED' });
    await story.tell();

    const query = `{ contradictions { totalCount nodes { id } } node(id: "${id}") { id } }`;
    expect(await answerOf(graph, query, REVIEWER)).toEqual({
      contradictions: { totalCount: 0, nodes: [] },
      node: null,
    });
    expect(await answerOf(graph, query, { role: 'ADMIN' })).toEqual({
      contradictions: { totalCount: 1, nodes: [{ id }] },
      node: { id },
    });
    expect((await ask(graph, `{ node(id: "${id}") { id } }`)).data).toEqual({ node: null });
  });
});
