import { readFile } from 'node:fs/promises';
import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { expect, test } from 'vitest';
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

interface Part {
  name: string;
  description?: string | null | undefined;
}

function partsOf(type: GraphQLNamedType): Part[] {
  const isRoot = type === schema.getQueryType() || type === schema.getMutationType();
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
