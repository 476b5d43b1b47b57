import { GraphQLError } from 'graphql';
import { describe, expect, test } from 'vitest';
import { AppError, ERROR_CODES } from '../../src/errors.js';
import type { Reads } from '../../src/graph/graph.js';
import { ask, logged } from './asking.js';

const empty: Reads = { read: async () => [] };
const throwing = (error: unknown): Reads => ({ read: () => Promise.reject(error) });
const extensionsOf = async (graph: Reads, query: string, variables = {}) =>
  (await ask(graph, query, { variables })).errors.map(({ extensions }) => extensions);

const PERSON = '{ person(id: "ann") { name } }';

describe('What is thrown', () => {
  test.each(ERROR_CODES)('as %s is answered with its code, message and details', async (code) => {
    const error = new AppError(code, 'Said to the client.', {
      field: 'id',
      rule: 'SOME_RULE',
      more: [1],
      ...{ code: 'OTHER' },
    });

    const { errors } = await ask(throwing(error), PERSON);

    expect(errors).toMatchObject([
      {
        message: 'Said to the client.',
        path: ['person'],
        extensions: { code, field: 'id', rule: 'SOME_RULE', more: [1] },
      },
    ]);
    expect(Object.keys(errors[0]?.extensions ?? {}).sort()).toEqual(['code', 'field', 'more', 'rule']);
  });

  test.each([
    ['a bug', new TypeError('secret is not a function')],
    ['a text', 'secret'],
    ['a null', null],
    [
      'an error of GraphQL that has a code',
      new GraphQLError('secret', { extensions: { code: 'GRAPHQL_VALIDATION_FAILED', secret: 'secret' } }),
    ],
    [
      'an error of a library that has a code',
      Object.assign(new Error('secret'), { code: 'GRAPHQL_VALIDATION_FAILED' }),
    ],
  ])('as %s is answered INTERNAL with a reference and no detail, and logged', async (_what, error) => {
    logged.length = 0;

    const answer = await ask(throwing(error), PERSON);

    expect(answer.errors.map(({ extensions }) => extensions)).toEqual([{ code: 'INTERNAL', reference: 'ref-1' }]);
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(logged).toMatchObject([{ fields: { reference: 'ref-1' } }]);
  });
});

describe('What GraphQL refuses keeps its code', () => {
  test('for a text that is no document', async () => {
    expect(await extensionsOf(empty, '{')).toEqual([{ code: 'GRAPHQL_PARSE_FAILED' }]);
  });

  test('for a field that does not exist', async () => {
    expect(await extensionsOf(empty, '{ nobody }')).toEqual([{ code: 'GRAPHQL_VALIDATION_FAILED' }]);
  });

  test('for a variable of the wrong type', async () => {
    const query = 'query ($id: ID!) { person(id: $id) { name } }';

    expect(await extensionsOf(empty, query, { id: {} })).toEqual([{ code: 'BAD_USER_INPUT' }]);
  });

  test('for an argument that a variable leaves empty', async () => {
    const query = 'query ($id: ID = "a") { event(id: $id) { id } }';

    expect(await extensionsOf(empty, query, { id: null })).toEqual([{ code: 'BAD_USER_INPUT' }]);
  });
});

describe('Arguments that mean nothing are INVALID_INPUT with field and rule', () => {
  test.each([
    ['{ person { id } }', 'id', 'ONE_KEY'],
    ['{ person(id: "a", externalId: { source: "wikidata", id: "Q1" }) { id } }', 'id', 'ONE_KEY'],
    ['{ article { id } }', 'id', 'ONE_KEY'],
    ['{ people(first: 0) { totalCount } }', 'first', 'PAGE_SIZE'],
    ['{ people(first: 101) { totalCount } }', 'first', 'PAGE_SIZE'],
    ['{ people(after: "x") { totalCount } }', 'after', 'CURSOR'],
    ['{ relationships(filter: { at: "spring 2014" }) { totalCount } }', 'filter.at', 'EDTF'],
    [`{ nodes(ids: [${'"a",'.repeat(101)}]) { id } }`, 'ids', 'TOO_MANY'],
    [`{ relationships(filter: { people: [${'"a",'.repeat(101)}] }) { totalCount } }`, 'filter.people', 'TOO_MANY'],
  ])('%s', async (query, field, rule) => {
    expect(await extensionsOf(empty, query)).toEqual([{ code: 'INVALID_INPUT', field, rule }]);
  });

  test.each([
    ['READER', 'UNAUTHENTICATED'],
    ['CONTRIBUTOR', 'FORBIDDEN'],
  ] as const)('and what is not even rumoured is for reviewers: to a %s it is %s', async (role, code) => {
    for (const [query, field] of [
      ['{ relationships(filter: { minStanding: PROPOSED }) { totalCount } }', 'filter.minStanding'],
      ['{ events(minStanding: REJECTED) { totalCount } }', 'minStanding'],
      ['{ between(a: "a", b: "b", minStanding: PROPOSED) { id } }', 'minStanding'],
    ] as const) {
      const { errors } = await ask(empty, query, { role });
      expect(errors.map(({ extensions }) => extensions)).toEqual([
        { code, field, rule: 'STANDING', needed: 'REVIEWER' },
      ]);
    }
  });
});
