import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** The least that a type takes. */
export function least(type: GraphQLInputType): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [least(nullable.ofType)];
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues()[0]?.name;
  if (isInputObjectType(named)) {
    const required = Object.values(named.getFields()).filter((field) => isNonNullType(field.type));
    return Object.fromEntries(required.map((field) => [field.name, least(field.type)]));
  }
  return { Int: 1, Boolean: true }[named.name] ?? 'nothing';
}

/** Values of a scalar or enum, by its name. */
export type Seeds = (named: string) => readonly unknown[];

/** Every value of a type with one seed in it, and the path to it. */
export function planted(type: GraphQLInputType, seeds: Seeds): [path: string, value: unknown][] {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return planted(nullable.ofType, seeds).map(([path, value]) => [`[0]${path}`, [value]]);
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return seeds(named.name).map((seed) => ['', seed]);
  return Object.values(named.getFields()).flatMap((field) =>
    planted(field.type, seeds).map(([path, value]): [string, unknown] => [
      `.${field.name}${path}`,
      { ...(least(type) as object), [field.name]: value },
    ]),
  );
}

/** A place of an order's input: what stands there, and the whole input with something else there. */
export interface Place {
  path: string;
  /** Of the argument, or of the input type and its field: what it takes is the same wherever it stands. */
  name: string;
  type: GraphQLInputType;
  value: unknown;
  put: (value: unknown) => Record<string, unknown>;
}

/** Every place of an input, down to the first item of each list; what isn't given gets there as the least that its type takes. */
export function places(args: readonly GraphQLArgument[], given: Record<string, unknown>): Place[] {
  const within = (place: Place): Place[] => {
    const { path, name: of, value, put } = place;
    const nullable = getNullableType(place.type);
    if (isListType(nullable)) {
      const [first = least(nullable.ofType), ...rest] = Array.isArray(value) ? value : [];
      const inner = { path: `${path}[0]`, name: `${of}[0]`, type: nullable.ofType, value: first };
      return [place, ...within({ ...inner, put: (item) => put([item, ...rest]) })];
    }
    if (!isInputObjectType(nullable)) return [place];
    const fields = (value ?? least(nullable)) as Record<string, unknown>;
    const inside = Object.values(nullable.getFields()).flatMap(({ name, type }) => {
      const inner = { path: `${path}.${name}`, name: `${nullable.name}.${name}`, type, value: fields[name] };
      return within({ ...inner, put: (part) => put({ ...fields, [name]: part }) });
    });
    return [place, ...inside];
  };
  return args.flatMap(({ name, type }) =>
    within({ path: name, name, type, value: given[name], put: (value) => ({ ...given, [name]: value }) }),
  );
}

/** What stands at a path of an input. */
export function standsAt(given: Record<string, unknown>, path: string): unknown {
  return stepsOf(path).reduce((value: unknown, step) => Object(value)[step], given);
}

const stepsOf = (path: string) => path.split(/[.[]/).map((step) => step.replace(']', ''));

/** Whether a path leads to a place of an input as it was given: to what stands there, or to a field that is missing in it. */
export function leadsTo(args: readonly GraphQLArgument[], given: Record<string, unknown>, path: string): boolean {
  let fields: Readonly<Record<string, { type: GraphQLInputType }>> = Object.fromEntries(
    args.map((arg) => [arg.name, arg]),
  );
  let type: GraphQLInputType | undefined;
  let value: unknown = given;
  for (const step of stepsOf(path)) {
    if (typeof value !== 'object' || value === null) return false;
    if (Array.isArray(value)) {
      if (!isListType(type) || !(Number(step) < value.length)) return false;
      type = getNullableType(type.ofType);
    } else {
      const field = fields[step];
      if (!field) return false;
      type = getNullableType(field.type);
    }
    value = (value as Record<string, unknown>)[step];
    if (isInputObjectType(type)) fields = type.getFields();
  }
  return true;
}

/** How a field with these arguments is asked by variables: what declares them, and what passes them on. */
export function byVariables(args: readonly GraphQLArgument[]): { head: string; passed: string } {
  if (args.length === 0) return { head: '', passed: '' };
  return {
    head: `(${args.map((arg) => `$${arg.name}: ${arg.type}`).join(', ')})`,
    passed: `(${args.map((arg) => `${arg.name}: $${arg.name}`).join(', ')})`,
  };
}

/** A field with arguments, those that it has to be given, and what leads to it from the root. */
export interface Asked {
  name: string;
  field: Field;
  base: Record<string, unknown>;
  around: (asked: string) => string;
}

/** What is there to ask about: ids by the type of what has them, and values of arguments by their names. */
export interface Known {
  ids: Readonly<Record<string, string>>;
  given: Readonly<Record<string, unknown>>;
}

type Field = GraphQLField<unknown, unknown>;
type Look = () => Look[];

/** Every field with arguments that a question can reach, each by the shortest way: from the node of its type, or from a field of Query. */
export function askedFields(schema: GraphQLSchema, { ids, given }: Known): Asked[] {
  const fields: Asked[] = [];
  const met = new Set<string>();
  const visit = (type: GraphQLNamedType, around: Asked['around']): Look[] => {
    if (isAbstractType(type)) {
      const possible = schema.getPossibleTypes(type);
      return possible.flatMap((one) => visit(one, (asked) => around(`... on ${one.name} { ${asked} }`)));
    }
    if (!isObjectType(type) || met.has(type.name)) return [];
    met.add(type.name);
    return Object.values(type.getFields()).map((field) => () => {
      const below = getNamedType(field.type);
      const needed = field.args.filter((arg) => isNonNullType(arg.type) || arg.name === 'id');
      const id = ids[below.name] ?? ids.Person;
      const base = needed.map((arg) => [arg.name, given[arg.name] ?? (arg.name === 'id' ? id : least(arg.type))]);
      if (field.args.length > 0)
        fields.push({ name: `${type.name}.${field.name}`, field, base: Object.fromEntries(base), around });
      const literal = needed.map((arg, n) => `${arg.name}: ${literalOf(arg.type, base[n]?.[1])}`).join(', ');
      return visit(below, (asked) => around(`${field.name}${literal && `(${literal})`} { ${asked} }`));
    });
  };
  const nodes = Object.entries(ids).flatMap(([name, id]) =>
    visit(
      schema.getType(name) as GraphQLObjectType,
      (asked) => `{ node(id: "${id}") { ... on ${name} { ${asked} } } }`,
    ),
  );
  const roots = visit(schema.getQueryType() as GraphQLObjectType, (asked) => `{ ${asked} }`);
  for (let looks = [...nodes, ...roots]; looks.length > 0; ) looks = looks.flatMap((look) => look());
  return fields;
}

function literalOf(type: GraphQLInputType, value: unknown): string {
  return isEnumType(getNamedType(type)) ? String(value) : JSON.stringify(value);
}

/** Asks a field under the name `asked`, by variables; of a connection all that it reads. */
export function askedBy({ field, around }: Asked): string {
  const { head, passed } = byVariables(field.args);
  const type = getNamedType(field.type);
  const all = type.name.endsWith('Connection') ? 'totalCount pageInfo { endCursor } edges { cursor }' : '__typename';
  return `query ${head} ${around(`asked: ${field.name}${passed}${isLeafType(type) ? '' : ` { ${all} }`}`)}`;
}

/** What stands at `asked` in an answer. */
export function askedIn(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return undefined;
  if ('asked' in data) return data.asked;
  return Object.values(data)
    .map(askedIn)
    .find((found) => found !== undefined);
}
