import { type GraphQLNonNull, isNonNullType } from 'graphql';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { createSchema } from '../../src/graphql/schema.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { byVariables, least, planted } from './arguments.js';
import { answerOf, ask } from './asking.js';

const mutations = Object.values(createSchema().getMutationType()?.getFields() ?? {});
const TEXTS = ['String', 'ID', 'EDTF', 'DateTime'];

/** Every order with this text in one of its arguments. */
function orders(text: string) {
  return mutations.flatMap(({ name, args }) => {
    const { head, passed } = byVariables(args);
    const query = `mutation ${head} { ${name}${passed} { __typename } }`;
    const required = args.filter((arg) => isNonNullType(arg.type));
    const base = Object.fromEntries(required.map((arg) => [arg.name, least(arg.type as GraphQLNonNull<never>)]));
    return args.flatMap((arg) =>
      planted(arg.type, (named) => (TEXTS.includes(named) ? [text] : [])).map(([path, value]) => ({
        name,
        query,
        field: `${arg.name}${path}`,
        variables: { ...base, [arg.name]: value },
      })),
    );
  });
}

describe.each(enginesHere({ neo4j: false }))('a text that somebody gives on $name', ({ fresh }) => {
  let graph: Graph;
  beforeEach(async () => {
    graph = await fresh();
  });
  const change = (query: string, variables = {}) => ask(graph, query, { role: 'ADMIN', variables });

  test.each([
    ['half a surrogate pair', 'x\ud800y'],
    ['the other half', '\ude00 smiles.'],
    ['NUL', 'x\0y'],
    ['a control character', 'x\u001by'],
  ])('with %s is refused with its path, in whatever argument of whatever order', async (_what, text) => {
    for (const { name, query, field, variables } of orders(text)) {
      const { errors } = await change(query, variables);
      expect([name, errors[0]?.extensions]).toEqual([name, { code: 'INVALID_INPUT', field, rule: 'TEXT' }]);
    }
  });

  test.each([
    ['signs that nobody sees', '\u200b\u2060', 'TEXT_LENGTH'],
    ['letters that show the other way round', 'Ann \u202eob', 'TEXT'],
  ])('with %s names nobody', async (_what, name, rule) => {
    const { errors } = await change('mutation ($i: PersonInput!) { createPerson(input: $i) { __typename } }', {
      i: { name },
    });

    expect(errors[0]?.extensions).toEqual({ code: 'INVALID_INPUT', field: 'input.name', rule });
  });

  test.each([
    ['PersonInput', { name: 'A', slug: 'A b' }, 'a to z, 0 to 9'],
    ['PersonInput', { name: 'A', externalIds: ['Q1'] }, 'wikidata:Q186304'],
    ['ArticleInput', { title: 'A', kind: 'NEWS', url: 'https://me:secret@news.example' }, 'without a user or password'],
    ['ArticleInput', { title: 'A', kind: 'NEWS', language: 'English' }, 'BCP 47'],
  ])('in %s as %j is refused with how it is written', async (type, i, saying) => {
    const order = type === 'PersonInput' ? 'createPerson' : 'addArticle';
    const { errors } = await change(`mutation ($i: ${type}!) { ${order}(input: $i) { __typename } }`, { i });

    expect(errors[0]).toMatchObject({ message: expect.stringContaining(saying), extensions: { rule: 'FORM' } });
  });

  test.each([3_000, 100_000])('of %i characters fails nowhere inside, and is refused with its path', async (length) => {
    const taken: string[] = [];
    for (const { name, query, field, variables } of orders('x'.repeat(length))) {
      const { code, field: told, rule } = (await change(query, variables)).errors[0]?.extensions ?? {};
      if (told === field) expect([name, code]).toEqual([name, 'INVALID_INPUT']);
      else taken.push(`${name} ${field}`);
      if (told === field) expect(['TEXT_LENGTH', 'KEY', 'SPELLINGS']).toContain(rule);
      expect(code).not.toBe('INTERNAL');
    }
    expect(taken.filter((path) => !path.endsWith('quote'))).toEqual([
      'addArticle input.text',
      'updateArticle set.text',
    ]);
    expect(taken.some((path) => path.endsWith('quote'))).toBe(length <= 5_000);
  });

  test.each(['', ' ', 'x'])(
    'that is %j fails nowhere inside, and no refusal names what the client did not write',
    async (text) => {
      for (const { name, query, field, variables } of orders(text)) {
        const { code, field: told } = (await change(query, variables)).errors[0]?.extensions ?? {};
        expect([name, field, code]).not.toEqual([name, field, 'INTERNAL']);
        const [argument] = String(told ?? field).split(/[.[]/);
        expect(
          mutations.find((one) => one.name === name)?.args.map((arg) => arg.name),
          `${name} ${field}`,
        ).toContain(argument);
      }
    },
  );

  test('is one line where it is a name, and may be more where it is a note or an article', async () => {
    const CREATE =
      'mutation ($n: String!, $note: String) { createPerson(input: {name: $n}, note: $note) { __typename } }';
    const ADD =
      'mutation ($t: String!) { addArticle(input: {title: "T", kind: NEWS, text: $t}) { article { id text } } }';

    const broken = await change(CREATE, { n: 'Ann\nDoe' });
    const noted = await change(CREATE, { n: 'Ann Doe', note: 'one\n\ttwo' });
    const added = await change(ADD, { t: 'One 😀.\r\n\tTwo.' });

    expect(broken.errors[0]?.extensions).toEqual({ code: 'INVALID_INPUT', field: 'input.name', rule: 'TEXT' });
    expect(noted.errors).toEqual([]);
    expect(added.data).toMatchObject({ addArticle: { article: { text: 'One 😀.\r\n\tTwo.' } } });
    expect((await verify(graph)).differences).toEqual([]);
  });

  test('may be a note of 2,000 characters wherever there is one', async () => {
    const note = 'n'.repeat(2_000);
    const { id } = (
      await answerOf<{ createPerson: { change: { id: string } } }>(
        graph,
        'mutation ($note: String) { createPerson(input: {name: "Ann"}, note: $note) { change { id } } }',
        { role: 'ADMIN', variables: { note } },
      )
    ).createPerson.change;

    const undone = await change(
      'mutation ($id: ID!, $note: String) { undoChange(change: $id, note: $note) { change { note } } }',
      {
        id,
        note,
      },
    );

    expect(undone.data).toEqual({ undoChange: { change: { note } } });
  });

  test('of a question is refused where it can not be one', async () => {
    for (const query of [
      '{ search(text: $t) { totalCount } }',
      '{ person(id: $t) { id } }',
      '{ article(url: $t) { id } }',
    ]) {
      const type = query.includes('id: $t') ? 'ID!' : 'String!';
      const { errors } = await ask(graph, `query ($t: ${type}) ${query}`, { variables: { t: 'a\ud800' } });
      expect(errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', rule: 'TEXT' });
    }
  });
});
