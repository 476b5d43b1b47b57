import { beforeEach, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { answerOf, ask } from './asking.js';

const EDITOR = { role: 'EDITOR' } as const;
const TIMES = 6;
const numbers = Array.from({ length: TIMES }, (_, n) => n);

describe.each(enginesHere())('at once on $name', ({ fresh }) => {
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
  const codesOf = async (asked: Promise<Awaited<ReturnType<typeof ask>>>[]) =>
    (await Promise.all(asked)).map(({ errors }) => errors[0]?.extensions.code ?? null);
  const count = async (label: string) => Number((await graph.read(`MATCH (n:${label}) RETURN count(n) AS n`))[0]?.n);
  const RECORD =
    'mutation ($of: PairInput!, $claims: [ClaimInput!]!) { recordRelationship(of: $of, claims: $claims) { change { id } } }';
  const wed = (a: string, b: string) => ({
    of: { kind: 'ROMANTIC', a, b, type: 'MARRIED' },
    claims: [
      {
        field: 'START',
        value: { date: '2010' },
        cite: [{ article: by, quote: 'They wed in 2010.', evidence: 'RECORD' }],
      },
    ],
  });

  test('several who propose the same of a couple make one period with one claim', async () => {
    const PROPOSE = 'mutation ($s: [StatementInput!]!) { proposeClaims(statements: $s) { change { id } } }';
    const { of, claims } = wed(ann, bo);

    const codes = await codesOf(
      numbers.map((n) =>
        ask(graph, PROPOSE, { role: 'CONTRIBUTOR', as: `C ${n}`, variables: { s: [{ pair: of, claims }] } }),
      ),
    );

    expect(codes).toEqual(numbers.map(() => null));
    expect([await count('Relationship'), await count('Period'), await count('Claim')]).toEqual([1, 1, 1]);
    expect(await count('Citation')).toBe(1);
    await clean();
  });

  test('several who mark one person as different from others are all remembered', async () => {
    const others = numbers.map((n) => story.person(`Other ${n}`));
    await story.tell();

    const codes = await codesOf(
      others.map((b) =>
        ask(graph, 'mutation ($a: ID!, $b: ID!) { markDifferent(a: $a, b: $b) { change { id } } }', {
          ...EDITOR,
          variables: { a: ann, b },
        }),
      ),
    );

    expect(codes).toEqual(others.map(() => null));
    const [row] = await graph.read('MATCH (p:Person {id: $id})-[:NOT_SAME_AS]->(o:Person) RETURN count(o) AS n', {
      id: ann,
    });
    expect(row?.n).toBe(TIMES);
    await clean();
  });

  test('a merge and what is recorded of whoever is merged: nothing is left behind at the pointer', async () => {
    const partners = numbers.map((n) => story.person(`Partner ${n}`));
    await story.tell();

    const codes = await codesOf([
      ...partners.slice(0, 3).map((p) => ask(graph, RECORD, { ...EDITOR, variables: wed(bo, p) })),
      ask(graph, 'mutation ($a: ID!, $b: ID!) { mergePeople(keep: $a, from: $b) { change { id } } }', {
        ...EDITOR,
        variables: { a: ann, b: bo },
      }),
      ...partners.slice(3).map((p) => ask(graph, RECORD, { ...EDITOR, variables: wed(bo, p) })),
    ]);

    expect(codes.filter((code) => code !== null && code !== 'REFUSED')).toEqual([]);
    const { person } = await answerOf<{ person: { id: string; partners: { totalCount: number } } }>(
      graph,
      'query ($id: ID!) { person(id: $id) { id partners { totalCount } } }',
      { variables: { id: bo } },
    );
    expect(person).toEqual({ id: ann, partners: { totalCount: codes.filter((code) => code === null).length - 1 } });
    await clean();
  });

  test('an undo and an edit of the same field: whoever is second is told', async () => {
    const UPDATE =
      'mutation ($id: ID!, $name: String!, $r: Int!) { updatePerson(id: $id, set: {name: $name}, expectedRevision: $r) { change { id seq } } }';
    const update = (name: string, r: number) => ask(graph, UPDATE, { ...EDITOR, variables: { id: ann, name, r } });
    for (const n of numbers) {
      const { revision } = (
        await answerOf<{ person: { revision: number } }>(graph, 'query ($id: ID!) { person(id: $id) { revision } }', {
          variables: { id: ann },
        })
      ).person;
      const { data } = await update(`Ann ${n}`, revision);
      const { change } = (data as { updatePerson: { change: { id: string; seq: number } } }).updatePerson;

      const codes = await codesOf([
        ask(graph, 'mutation ($c: ID!) { undoChange(change: $c) { change { id } } }', {
          ...EDITOR,
          variables: { c: change.id },
        }),
        update(`Anna ${n}`, change.seq),
      ]);

      expect([...codes].sort()).toEqual(['CONFLICT', null]);
    }
    await clean();
  });
});
