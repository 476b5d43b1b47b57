import { type GraphQLNamedType, getNamedType, isAbstractType, isObjectType } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../src/domain/gate.js';
import { openGraph } from '../../src/graph/open.js';
import { createSchema } from '../../src/graphql/schema.js';
import { type Answer, ask } from './asking.js';
import { FOR_EVERYBODY, FOR_REVIEWERS } from './field-table.js';
import { aWorldOfFields, DESK_WORDS } from './field-world.js';
import { FIELDS } from './hidden.js';

const schema = createSchema();

/** Every field, as `Type.field`, that can be reached from questions and subscriptions. */
function reachable(): Set<string> {
  const met = new Set<GraphQLNamedType>();
  const fields = new Set<string>();
  const visit = (type: GraphQLNamedType) => {
    if (met.has(type)) return;
    met.add(type);
    if (isAbstractType(type)) schema.getPossibleTypes(type).forEach(visit);
    if (!isObjectType(type)) return;
    for (const field of Object.values(type.getFields())) {
      fields.add(`${type.name}.${field.name}`);
      visit(getNamedType(field.type));
    }
  };
  for (const root of [schema.getQueryType(), schema.getSubscriptionType()]) if (root) visit(root);
  return fields;
}

const named = (table: Record<string, string>) =>
  Object.entries(table).flatMap(([type, fields]) => fields.split(' ').map((field) => `${type}.${field}`));

/** Adds the fields that hold anything: neither null nor an empty list. Those of a union's types are asked for under names of their own. */
function addTold(told: Set<string>, value: unknown, type = 'Query'): void {
  if (Array.isArray(value)) for (const each of value) addTold(told, each);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return;
  const { __typename: name = type, ...fields } = value as Record<string, unknown>;
  for (const [key, below] of Object.entries(fields)) {
    if (below === null || (Array.isArray(below) && below.length === 0)) continue;
    told.add(`${name}.${key.startsWith(`${name}_`) ? key.slice(`${name}_`.length) : key}`);
    addTold(told, below);
  }
}

// What a role may see is decided above the statements: one engine shows it.
describe('every field of the schema, whatever the engine,', () => {
  const answers = new Map<Role, Answer[]>();
  const textOf = (role: Role) => JSON.stringify(answers.get(role)?.map(({ data, errors }) => ({ data, errors })));
  const toldTo = (role: Role) => {
    const told = new Set<string>();
    for (const { data } of answers.get(role) ?? []) addTold(told, data);
    return [...told].sort();
  };
  let asked: string[] = [];
  beforeAll(async () => {
    const graph = await openGraph({ url: 'memory:' });
    await graph.createSchema();
    const questions = await aWorldOfFields(graph);
    asked = Object.keys(questions).sort();
    for (const role of ROLES) {
      const told: Answer[] = [];
      for (const question of Object.values(questions).flat()) told.push(await ask(graph, question, { role }));
      answers.set(role, told);
    }
    await graph.close();
  }, 120_000);

  test('is in the table of who may see it, and is asked for', () => {
    const entered = [...named(FOR_EVERYBODY), ...named(FOR_REVIEWERS)];

    expect(entered.sort()).toEqual([...reachable()].sort());
    expect(asked).toEqual(FIELDS);
  });

  const everybody = named(FOR_EVERYBODY).filter((field) => !field.startsWith('Subscription.'));
  const desk = [...everybody, ...named(FOR_REVIEWERS)].filter((field) => !field.startsWith('Subscription.'));
  test.each<[Role, string[]]>([
    ['READER', everybody.filter((field) => field !== 'Viewer.name')],
    ['CONTRIBUTOR', everybody],
    // To them every undo is refused, whoever it is about.
    ['REVIEWER', desk.filter((field) => field !== 'UndoRefusal.record')],
    ['EDITOR', desk],
    // They see the people themselves, and no undo is refused to them.
    ['ADMIN', desk.filter((field) => !/^Tombstone[.]id$|^UndoRefusal[.]|[.]refusal$/.test(field))],
  ])('answers %s as the table says, however it is reached', (role, fields) => {
    expect(toldTo(role)).toEqual([...fields].sort());
  });

  test('of Query that is for reviewers is refused to others, and below that nothing is: it is null or empty', () => {
    const refused = (role: Role) =>
      (answers.get(role) ?? []).flatMap(({ errors }) =>
        errors.map(({ path, extensions }) => `${path?.join('.')} ${extensions.code}`),
      );
    const fields = String(FOR_REVIEWERS.Query).split(' ');
    const words = { READER: 'UNAUTHENTICATED', CONTRIBUTOR: 'FORBIDDEN' };

    for (const role of ['READER', 'CONTRIBUTOR'] as const)
      expect([...new Set(refused(role))].sort()).toEqual(
        fields.map((field) => expect.stringMatching(new RegExp(`^${field} ${words[role]}$`))),
      );
    for (const role of ['REVIEWER', 'EDITOR', 'ADMIN'] as const) expect(refused(role)).toEqual([]);
  });

  test('tells readers and contributors no word of the desk, and nothing that is not accepted', () => {
    const words = [...DESK_WORDS, 'verdict":"PROPOSED"', 'verdict":"REJECTED"'];
    const saidTo = (role: Role) => words.filter((word) => textOf(role).includes(word));

    expect([saidTo('READER'), saidTo('CONTRIBUTOR')]).toEqual([[], []]);
    expect(saidTo('REVIEWER')).toEqual(words);
  });
});
