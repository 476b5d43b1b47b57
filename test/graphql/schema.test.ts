import { readFile } from 'node:fs/promises';
import {
  buildSchema,
  type GraphQLNamedType,
  graphql,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../src/domain/gate.js';
import type { AppError } from '../../src/errors.js';
import { denyByDefault, may, roleOfMutation } from '../../src/graphql/permission.js';
import { createSchema } from '../../src/graphql/schema.js';

const schema = createSchema();
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
);

test('describes every type, field, argument and value', () => {
  const missing = types.flatMap((type) => partsOf(type).filter(({ description }) => !description));

  expect(missing.map(({ name }) => name)).toEqual([]);
});

test('is the schema that is kept in schema/schema.graphql', async () => {
  const kept = await readFile(new URL('../../schema/schema.graphql', import.meta.url), 'utf8');

  expect(`${printSchema(lexicographicSortSchema(schema))}\n`).toBe(kept);
});

describe('A mutation', () => {
  test('states who may use it', () => {
    const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});

    expect(mutations.filter((field) => roleOfMutation(field) === null).map(({ name }) => name)).toEqual([]);
  });

  test('that states nobody is refused to everybody', async () => {
    for (const role of ROLES)
      expect(await codeOf('forgotten', role)).toBe(role === 'READER' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
  });

  test('is for the role that it states and those above', async () => {
    const codes = await Promise.all(ROLES.map((role) => codeOf('edit', role)));

    expect(codes).toEqual(['UNAUTHENTICATED', 'FORBIDDEN', 'FORBIDDEN', null, null]);
  });
});

test('A mutation is refused to a viewer who only reads, whatever the role', async () => {
  const codes = await Promise.all(ROLES.map((role) => codeOf('edit', role, true)));

  expect(codes).toEqual(['UNAUTHENTICATED', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
  expect(ROLES.filter((role) => may({ name: 'Vera', role, readOnly: true }, 'READER'))).toEqual([]);
});

/** What a schema with mutations answers to a role: the code of the refusal, or null. */
async function codeOf(mutation: string, role: Role, readOnly = false): Promise<string | null> {
  const made = buildSchema('type Query { a: Int } type Mutation { forgotten: Int edit: Int }');
  const edit = made.getMutationType()?.getFields().edit;
  if (edit) edit.extensions = { role: 'EDITOR' };
  denyByDefault(made);
  const viewer = { name: role === 'READER' ? null : 'Vera', role, readOnly };
  const { errors } = await graphql({ schema: made, source: `mutation { ${mutation} }`, contextValue: { viewer } });
  return (errors?.[0]?.originalError as AppError | undefined)?.code ?? null;
}

interface Part {
  name: string;
  description?: string | null | undefined;
}

function partsOf(type: GraphQLNamedType): Part[] {
  const isRoot = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].some(
    (root) => root === type,
  );
  const own: Part[] = isRoot ? [] : [{ name: type.name, description: type.description }];
  if (isEnumType(type)) return [...own, ...type.getValues().map((value) => part(type, value))];
  if (isInputObjectType(type)) return [...own, ...Object.values(type.getFields()).map((field) => part(type, field))];
  if (!isObjectType(type) && !isInterfaceType(type)) return own;
  const fields = Object.values(type.getFields());
  return [
    ...own,
    ...fields.map((field) => part(type, field)),
    ...fields.flatMap((field) => field.args.map((arg) => part({ name: `${type.name}.${field.name}` }, arg))),
  ];
}

function part(of: { name: string }, { name, description }: Part): Part {
  return { name: `${of.name}.${name}`, description };
}
