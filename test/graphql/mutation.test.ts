import {
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
} from 'graphql';
import { isRequiredArgument, isRequiredInputField } from 'graphql/type/definition.js';
import { beforeEach, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../src/domain/gate.js';
import type { Graph } from '../../src/graph/graph.js';
import { createSchema } from '../../src/graphql/schema.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { ask } from './asking.js';

/** Who may use each mutation, and those above them. */
const FOR: Record<string, Role> = {
  undoChange: 'REVIEWER',
  undoBatch: 'EDITOR',
  mergePeople: 'EDITOR',
  markDifferent: 'EDITOR',
  createPerson: 'EDITOR',
  updatePerson: 'EDITOR',
  setVisibility: 'ADMIN',
  purgePerson: 'ADMIN',
  addArticle: 'CONTRIBUTOR',
  updateArticle: 'EDITOR',
  rebindMention: 'REVIEWER',
  reviewMentions: 'REVIEWER',
  recordRelationship: 'EDITOR',
  updateRelationship: 'EDITOR',
  updatePeriod: 'EDITOR',
  recordEvent: 'EDITOR',
  updateEvent: 'EDITOR',
  proposeClaims: 'CONTRIBUTOR',
  decideClaims: 'REVIEWER',
  correctClaim: 'REVIEWER',
  aimClaim: 'REVIEWER',
  addCitation: 'CONTRIBUTOR',
  withdrawCitation: 'REVIEWER',
  openClaim: 'REVIEWER',
  resolveContradiction: 'REVIEWER',
  requestTakedown: 'READER',
  decideTakedown: 'REVIEWER',
};

const mutations = Object.values(createSchema().getMutationType()?.getFields() ?? {});

/** Arguments that GraphQL takes and that name nothing: whoever may use the mutation gets as far as that. */
function literalOf(type: GraphQLInputType): string {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return `[${literalOf(nullable.ofType)}]`;
  const named = getNamedType(type);
  if (isEnumType(named)) return String(named.getValues()[0]?.name);
  if (isInputObjectType(named)) {
    const required = Object.values(named.getFields()).filter(isRequiredInputField);
    return `{${required.map((field) => `${field.name}: ${literalOf(field.type)}`).join(', ')}}`;
  }
  return { Int: '1', Boolean: 'true' }[named.name] ?? '"nothing"';
}

const documents = mutations.map(({ name, args }) => {
  const given = args.filter(isRequiredArgument).map((arg) => `${arg.name}: ${literalOf(arg.type)}`);
  return [name, `mutation { ${name}${given.length > 0 ? `(${given.join(', ')})` : ''} { __typename } }`] as const;
});

describe.each(enginesHere())('mutations on $name', ({ fresh }) => {
  let graph: Graph;
  let story: Telling;
  beforeEach(async () => {
    graph = await fresh();
    story = new Telling(graph);
  });
  const seq = async () => Number((await graph.read("MATCH (g:Graph {id: 'graph'}) RETURN g.seq AS seq"))[0]?.seq);
  const twoPeople = async () => {
    const both = [story.person('Ann'), story.person('Anne')] as const;
    await story.tell();
    return both;
  };
  const MARK =
    'mutation ($a: ID!, $b: ID!, $key: String) { markDifferent(a: $a, b: $b, key: $key) { change { id actor at action } person { revision } } }';

  test('are for the role that they state and those above, and refused to all others, who leave nothing behind', async () => {
    const allowed: Record<string, Role | undefined> = {};
    for (const [name, document] of documents) {
      const codes = [];
      for (const role of ROLES) {
        const before = await seq();
        const code = (await ask(graph, document, { role })).errors[0]?.extensions.code ?? null;
        if (code !== null) expect(await seq()).toBe(before);
        codes.push(code);
      }
      const least = codes.findIndex((code) => code !== 'UNAUTHENTICATED' && code !== 'FORBIDDEN');
      allowed[name] = ROLES[least];
      expect([name, codes.slice(0, least)]).toEqual([
        name,
        ROLES.slice(0, least).map((role) => (role === 'READER' ? 'UNAUTHENTICATED' : 'FORBIDDEN')),
      ]);
      expect([name, codes.slice(least).filter((code) => code === 'FORBIDDEN' || code === 'INTERNAL')]).toEqual([
        name,
        [],
      ]);
    }

    expect(allowed).toEqual(FOR);
  });

  test('of one request see what those before them did', async () => {
    const [a, b] = await twoPeople();
    const both = `mutation ($a: ID!, $b: ID!) {
      one: markDifferent(a: $a, b: $b) { person { revision } }
      two: mergePeople(keep: $a, from: $b) { person { id } }
    }`;

    const { data, errors } = await ask(graph, both, { role: 'EDITOR', variables: { a, b } });

    expect(data).toBeNull();
    expect(errors[0]).toMatchObject({ path: ['two'], extensions: { code: 'REFUSED', rule: 'NOT_SAME_AS' } });
    expect(await seq()).toBe(2);
  });

  test('know nobody who is hidden from whoever asks', async () => {
    const [ann, gone] = [story.person('Ann'), story.person('Gone', { visibility: 'REMOVED' })];
    await story.tell();

    const { errors } = await ask(graph, MARK, { role: 'EDITOR', variables: { a: ann, b: gone } });
    const unknown = await ask(graph, MARK, { role: 'EDITOR', variables: { a: ann, b: 'per_nobody' } });

    expect(errors[0]?.extensions).toEqual({ code: 'NOT_FOUND', field: 'b' });
    expect(unknown.errors[0]?.extensions).toEqual({ code: 'NOT_FOUND', field: 'b' });
  });
});
