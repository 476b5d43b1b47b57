import { type DocumentNode, getOperationAST, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { Reads } from '../../src/graph/graph.js';
import { sizeOf } from '../../src/graphql/limits.js';
import { createSchema } from '../../src/graphql/schema.js';
import { ask } from './asking.js';

const schema = createSchema();
const never: Reads = {
  read: () => {
    throw new Error('nothing may be read');
  },
};

function costOf(query: string, variables: Record<string, unknown> = {}): number {
  const document: DocumentNode = parse(query);
  return sizeOf(schema, document, getOperationAST(document) as OperationDefinitionNode, variables).cost;
}

describe('The cost of a query', () => {
  test.each([
    [
      'a record costs nothing, a short list in it 5',
      '{ person(id: "a") { id name aliases { name } birth { date { edtf } } } }',
      5,
    ],
    ['a page costs its length', '{ people(first: 7) { nodes { id } } }', 7],
    ['a page without a length costs 20', '{ people { edges { node { id } } totalCount } }', 20],
    [
      'lists multiply',
      '{ people(first: 10) { nodes { partners(first: 4) { edges { node { name } } } } } }',
      10 + 10 * 4,
    ],
    [
      'lists of one level add up',
      '{ people(first: 10) { nodes { partners(first: 4) { totalCount } events(first: 3) { totalCount } } } }',
      10 + 10 * 4 + 10 * 3,
    ],
    ['every alias costs', '{ a: people(first: 5) { totalCount } b: people(first: 6) { totalCount } }', 11],
    [
      'ids are counted',
      '{ nodes(ids: ["a", "b", "c"]) { id ... on Person { claims(first: 2) { totalCount } } } }',
      3 + 6,
    ],
    [
      'edges and nodes both cost',
      '{ people(first: 2) { nodes { events(first: 3) { totalCount } } edges { node { events(first: 3) { totalCount } } } } }',
      2 + 6 + 6,
    ],
    ['a page that is too long costs the longest', '{ people(first: 1000000) { totalCount } }', 100],
    [
      'fragments cost where they are used',
      'query { people(first: 3) { nodes { ...some ...some } } } fragment some on Person { events(first: 2) { totalCount } }',
      3 + 2 * 6,
    ],
    ['a chain costs 50, and its alternatives', '{ chain(from: "a", to: "b") { __typename } }', 50 + 1],
    [
      'lists on a chain multiply with its links and alternatives',
      '{ chain(from: "a", to: "b", alternatives: 3) { ... on ChainsFound { chains { links { period { claims(first: 2) { totalCount } } } } } } }',
      50 + 3 + 3 * (8 + 8 * 2),
    ],
    [
      'a network costs its people once, however they are listed',
      '{ network(around: ["a"], maxPeople: 3000) { people { person { name } } links { a b } } }',
      3000,
    ],
    [
      'lists of its people multiply',
      '{ network(around: ["a"]) { people { person { partners(first: 5) { totalCount } } } } }',
      200 + 200 * 5,
    ],
    ['a search costs 10 unless told', '{ search(text: "a") { nodes { id } } }', 10],
    [
      'a network that is too large costs the largest',
      '{ network(around: ["a"], maxPeople: 1000000) { truncated } }',
      3000,
    ],
    ['introspection costs nothing', '{ __schema { types { name fields { name } } } }', 0],
  ])('%s', (_what, query, cost) => {
    expect(costOf(query)).toBe(cost);
  });

  test('reads variables and their defaults', () => {
    const query = 'query ($n: Int = 8, $ids: [ID!]!) { people(first: $n) { totalCount } nodes(ids: $ids) { id } }';

    expect(costOf(query, { ids: ['a', 'b'] })).toBe(10);
    expect(costOf(query, { n: 3, ids: ['a'] })).toBe(4);
  });

  test('is worked out quickly for fragments that double each other', () => {
    const doubling = Array.from(
      { length: 60 },
      (_, n) => `fragment f${n} on Person { ...f${n + 1} ...f${n + 1} }`,
    ).join(' ');
    const query = `{ person(id: "a") { ...f0 } } ${doubling} fragment f60 on Person { events(first: 1) { totalCount } }`;

    expect(costOf(query)).toBe(2 ** 60);
  });

  test('is 50 more for each moment of the past', () => {
    const events = 'events(first: 10) { totalCount }';
    const asked = (asOf: string) => `{ person(id: "a"${asOf}) { ${events} } }`;
    const moment = 'asOf: "2026-01-01T00:00:00Z"';

    expect([costOf(asked('')), costOf(asked(', asOf: null')), costOf(asked(`, ${moment}`))]).toEqual([10, 10, 60]);
    expect(costOf(`{ a: person(id: "a", ${moment}) { name } b: between(a: "a", b: "b", ${moment}) { id } }`)).toBe(105);
    const byVariable = `query ($asOf: DateTime) ${asked(', asOf: $asOf')}`;
    expect([costOf(byVariable), costOf(byVariable, { asOf: '2026-01-01T00:00:00Z' })]).toEqual([10, 60]);
  });
});

describe('A query that is too large', () => {
  const nested =
    '{ people(first: 100) { nodes { partners(first: 100) { nodes { partners(first: 100) { nodes { name } } } } } } }';

  test('is refused before anything is read, with its cost and the limit', async () => {
    const answer = await ask(never, nested);

    expect([answer.status, answer.data]).toEqual([400, null]);
    expect(answer.errors.map(({ extensions }) => extensions)).toEqual([
      { code: 'TOO_COMPLEX', rule: 'COST', cost: 1_010_100, limit: 20_000 },
    ]);
  });

  test('may be a little larger for the desk', async () => {
    const answer = await ask(never, nested, { role: 'REVIEWER' });

    expect(answer.errors[0]?.extensions.limit).toBe(100_000);
  });

  test('by its depth is refused', async () => {
    const levels = Array.from({ length: 15 }, () => 'partners(first: 1) { nodes {');
    const answer = await ask(never, `{ person(id: "a") { ${levels.join(' ')} id ${'} }'.repeat(15)} } }`);

    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'TOO_COMPLEX', rule: 'DEPTH' });
  });

  test('by its aliases is refused', async () => {
    const aliases = Array.from({ length: 501 }, (_, n) => `a${n}: viewer { name }`);
    const answer = await ask(never, `{ ${aliases.join(' ')} }`);

    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'TOO_COMPLEX', rule: 'FIELDS', fields: 1002 });
  });

  test('by its text is refused by the parser', async () => {
    const answer = await ask(never, `{ ${'viewer { name } '.repeat(1200)} }`);

    expect(answer.errors[0]?.extensions).toEqual({ code: 'GRAPHQL_PARSE_FAILED' });
  });

  test('is no introspection as tools send it', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    const answer = await ask(never, getIntrospectionQuery());

    expect(answer.errors).toEqual([]);
  });
});
