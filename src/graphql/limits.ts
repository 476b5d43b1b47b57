import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { atLeast, type Role } from '../domain/gate.js';
import { AppError } from '../errors.js';
import { MOST_ALTERNATIVES } from '../questions/chain.js';
import { MOST_NETWORK_PEOPLE } from '../questions/network.js';

/** How large a document may be; a longer one is refused by the parser (GRAPHQL_PARSE_FAILED). */
export const MOST_TOKENS = 4000;
const MOST_DEPTH = 24;
const MOST_FIELDS = 1000;
/** What a page may cost; see `costOf`. */
const MOST_COST = { reader: 20_000, desk: 100_000 };

const DEFAULT_FIRST = 20;
const MOST_FIRST = 100;

/** How many entries a list of nodes is taken to have that is no connection; every other one counts 5. */
const LISTED: Record<string, number> = {
  'Relationship.parties': 2,
  // Most couples have one or two.
  'Relationship.periods': 2,
  'PartnerEdge.periods': 2,
  'RelationshipEdge.periods': 2,
  'Article.mentions': 20,
  'Article.copies': 20,
  'Claim.competing': 20,
  'Claim.rejectedBefore': 10,
  'CoupleFacts.sides': 2,
  'Stats.byKind': 6,
  'MergePreview.byType': 8,
  'Stats.byOutlet': 20,
  'Overlap.relationships': 2,
  'Overlap.stretches': 2,
  // The longest chains.
  'Chain.people': 9,
  'Chain.links': 8,
};
const LISTED_ELSE = 5;

/** What is worked out for a field before anything of it is listed. */
const WORKED_OUT: Record<string, number> = {
  'Query.chain': 50,
  'Query.overlaps': 50,
  'Query.rankings': 50,
  'Query.duplicates': 50,
  'Query.stats': 10,
  'Query.mergePreview': 100,
  'Query.undoPreview': 100,
  'Relationship.coupleFacts': 10,
  'Claim.hint': 2,
};
/** What a moment of the past costs beside what is read of it. */
const ROLLED_BACK = 50;
/** The longest lists that are no pages of a connection. */
const LONGEST: Record<string, number> = { 'Query.overlaps': 500 };

/** Answers that are no lists, and the argument that says how many entries they bring. */
const SIZED_BY: Record<string, { argument: string; most: number }> = {
  'Query.chain': { argument: 'alternatives', most: MOST_ALTERNATIVES },
  'Query.network': { argument: 'maxPeople', most: MOST_NETWORK_PEOPLE },
};
/** Their lists, which have been counted with them. */
const COUNTED_ABOVE = ['ChainsFound.chains', 'Network.people', 'Network.links'];

interface Size {
  cost: number;
  depth: number;
  fields: number;
}

/** Everything that one measurement looks at. */
interface Measured {
  schema: GraphQLSchema;
  variables: Readonly<Record<string, unknown>>;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Each fragment is measured once, so that fragments of fragments can't make the measuring itself expensive. */
  known: Map<string, Size>;
}

/**
 * Refuses an operation that asks for too much, before anything is read. Throws TOO_COMPLEX with what was asked for and the limit.
 * `document` has passed validation; introspection is not counted.
 */
export function refuseTooComplex(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  role: Role,
): void {
  const { cost, depth, fields } = sizeOf(schema, document, operation, variables);
  const most = atLeast(role, 'REVIEWER') ? MOST_COST.desk : MOST_COST.reader;
  if (depth > MOST_DEPTH) throw tooMuch('DEPTH', 'is nested too deeply', { depth, limit: MOST_DEPTH });
  if (fields > MOST_FIELDS) throw tooMuch('FIELDS', 'asks for too many fields', { fields, limit: MOST_FIELDS });
  if (cost > most) throw tooMuch('COST', 'may read too much: ask for shorter pages', { cost, limit: most });
}

function tooMuch(rule: string, what: string, details: Record<string, number>): AppError {
  return new AppError('TOO_COMPLEX', `This request ${what}.`, { rule, ...details });
}

/**
 * How deep an operation goes, how many fields and aliases it has, and what it costs: over all lists of nodes the product of the lengths of
 * the lists around it and its own (`first` of a connection, a fixed number for the others).
 */
export function sizeOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Size {
  const definitions = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  const fragments = new Map(definitions.map((definition) => [definition.name.value, definition]));
  const defaults = (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [
    variable.name.value,
    defaultValue?.kind === Kind.INT ? Number(defaultValue.value) : undefined,
  ]);
  const measured = {
    schema,
    variables: { ...Object.fromEntries(defaults), ...variables },
    fragments,
    known: new Map(),
  };
  const root = schema.getRootType(operation.operation);
  return root ? selectionSize(measured, operation.selectionSet, root) : NOTHING;
}

const NOTHING: Size = { cost: 0, depth: 0, fields: 0 };

function selectionSize(measured: Measured, { selections }: SelectionSetNode, on: GraphQLCompositeType): Size {
  return selections
    .map((selection) => {
      if (selection.kind === Kind.FIELD) return fieldSize(measured, selection, on);
      if (selection.kind === Kind.FRAGMENT_SPREAD) return fragmentSize(measured, selection.name.value);
      return selectionSize(
        measured,
        selection.selectionSet,
        conditionOf(measured, selection.typeCondition?.name.value, on),
      );
    })
    .reduce(together, NOTHING);
}

/** Two selections beside each other. */
function together(a: Size, b: Size): Size {
  return { cost: a.cost + b.cost, depth: Math.max(a.depth, b.depth), fields: a.fields + b.fields };
}

function fragmentSize(measured: Measured, name: string): Size {
  const known = measured.known.get(name);
  const fragment = measured.fragments.get(name);
  if (known !== undefined || fragment === undefined) return known ?? NOTHING;
  const root = measured.schema.getQueryType() as GraphQLObjectType;
  const size = selectionSize(
    measured,
    fragment.selectionSet,
    conditionOf(measured, fragment.typeCondition.name.value, root),
  );
  measured.known.set(name, size);
  return size;
}

function conditionOf({ schema }: Measured, name: string | undefined, on: GraphQLCompositeType): GraphQLCompositeType {
  const type = name === undefined ? on : schema.getType(name);
  return isCompositeType(type) ? type : on;
}

function fieldSize(measured: Measured, node: FieldNode, on: GraphQLCompositeType): Size {
  const name = node.name.value;
  const field = isObjectType(on) || isInterfaceType(on) ? on.getFields()[name] : undefined;
  // `__schema`, `__type` and `__typename` read nothing; graphql bounds how deep introspection goes.
  if (field === undefined) return { cost: 0, depth: 1, fields: 1 };
  const type = getNamedType(field.type);
  const below = node.selectionSet && isCompositeType(type) ? selectionSize(measured, node.selectionSet, type) : NOTHING;
  const length = isCompositeType(type) ? lengthOf(measured, node, field, on.name) : null;
  const worked = (WORKED_OUT[`${on.name}.${name}`] ?? 0) + (isAsOf(measured, node) ? ROLLED_BACK : 0);
  return {
    cost: worked + (length ?? 0) + (length ?? 1) * below.cost,
    depth: below.depth + 1,
    fields: below.fields + 1,
  };
}

function isAsOf({ variables }: Measured, { arguments: given }: FieldNode): boolean {
  const value = given?.find(({ name }) => name.value === 'asOf')?.value;
  const moment = value?.kind === Kind.VARIABLE ? variables[value.name.value] : value;
  return value?.kind !== Kind.NULL && moment != null;
}

/** How many nodes a field may bring, or null for one that is no list. */
function lengthOf(
  measured: Measured,
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  on: string,
): number | null {
  const place = `${on}.${field.name}`;
  const given = (name: string) => givenValue(measured, node, name);
  const { argument, most } = SIZED_BY[place] ?? { argument: 'first', most: LONGEST[place] };
  const size = field.args.find(({ name }) => name === argument);
  if (size) return pageLength(given(argument) ?? size.defaultValue, most);
  // A connection has counted its entries itself.
  const isCounted = on.endsWith('Connection') || COUNTED_ABOVE.includes(place);
  if (!isListType(getNullableType(field.type)) || isCounted) return null;
  const ids = given('ids');
  if (Array.isArray(ids)) return Math.min(ids.length, MOST_FIRST);
  return LISTED[place] ?? LISTED_ELSE;
}

/** A page of a length that is refused later counts as the longest. */
function pageLength(first: unknown, most = MOST_FIRST): number {
  if (first === undefined || first === null) return DEFAULT_FIRST;
  return typeof first === 'number' && first >= 1 ? Math.min(first, most) : most;
}

/** A number or list as it was given, in the document or by a variable. */
function givenValue({ variables }: Measured, { arguments: given }: FieldNode, name: string): unknown {
  const value = given?.find((argument) => argument.name.value === name)?.value;
  if (value?.kind === Kind.VARIABLE) return variables[value.name.value];
  if (value?.kind === Kind.INT) return Number(value.value);
  return value?.kind === Kind.LIST ? value.values : undefined;
}
