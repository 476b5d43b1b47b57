import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { isRequiredArgument } from 'graphql/type/definition.js';

/** What is given for arguments of these names wherever a field takes them, so that the least established shows too. */
const GIVEN: Record<string, string> = { minStanding: 'RUMOURED', first: '3', at: '"2005"' };
/** Lists that only what holds at some time belongs to would lose the rest. */
const AT_ANY_TIME = ['partners', 'relationships', 'periods'];

type Field = GraphQLField<unknown, unknown>;

/** A selection of every field of a type, and of everything below it as many levels down; connections count for no level. */
export function everythingOf(schema: GraphQLSchema, type: GraphQLNamedType, levels: number): string {
  if (isUnionType(type)) return ofEach(schema, schema.getPossibleTypes(type), levels);
  // Anything at all: its plain values tell whether it is there.
  if (isInterfaceType(type)) return ofEach(schema, schema.getPossibleTypes(type), 1);
  const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
  return fields.map((field) => selected(schema, field, levels - (leadsOn(type, field) ? 0 : 1))).join(' ');
}

/** The fields of a type that aren't plain values, each to be asked with everything below it. */
export function branchesOf(type: GraphQLObjectType): string[] {
  return Object.values(type.getFields())
    .filter((field) => !isLeafType(getNamedType(field.type)))
    .map(({ name }) => name);
}

/** One field with its arguments and everything below it; nothing where it needs an argument that nobody gives, or lies too deep. */
export function branchOf(schema: GraphQLSchema, type: GraphQLObjectType, name: string, levels: number): string {
  const field = type.getFields()[name];
  return field ? selected(schema, field, levels) : '';
}

function selected(schema: GraphQLSchema, field: Field, levels: number): string {
  const type = getNamedType(field.type);
  const isLeaf = isLeafType(type);
  if ((!isLeaf && levels <= 0) || field.args.some((arg) => isRequiredArgument(arg) && GIVEN[arg.name] === undefined))
    return '';
  const given = field.args
    .filter(({ name }) => GIVEN[name] !== undefined && !(name === 'at' && AT_ANY_TIME.includes(field.name)))
    .map(({ name }) => `${name}: ${GIVEN[name]}`);
  const below = isLeaf ? '' : ` { __typename ${everythingOf(schema, type, levels)} }`;
  return `${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}${below}`;
}

/** Under names of their own: two types may have different things under one. */
function ofEach(schema: GraphQLSchema, types: readonly GraphQLObjectType[], levels: number): string {
  return types
    .map((type) => {
      const fields = Object.values(type.getFields()).map((field) => [field.name, selected(schema, field, levels - 1)]);
      const renamed = fields.filter(([, text]) => text !== '').map(([name, text]) => `${type.name}_${name}: ${text}`);
      return `... on ${type.name} { ${renamed.join(' ')} }`;
    })
    .join(' ');
}

/** What only leads from a list to what is listed costs no level. */
const leadsOn = ({ name }: GraphQLNamedType, field: Field) =>
  name.endsWith('Connection') || (name.endsWith('Edge') && field.name === 'node');
