import { describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../src/domain/gate.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { serving } from './serving.js';
import { aToken, bearer, send } from './signing-in.js';

type Headers = Record<string, string>;
type Ask = (url: string, query: string, headers: Headers) => Promise<Response>;

/** The ways to put one question. */
const WAYS: Record<string, Ask> = {
  POST: (url, query, headers) => send(url, '/graphql', { query }, headers),
  GET: (url, query, headers) =>
    fetch(`${url}/graphql?${new URLSearchParams({ query })}`, {
      headers: { 'apollo-require-preflight': '1', ...headers },
    }),
};

/** What a role learns of somebody, in words. */
interface Learnt {
  data: {
    person: { id: string; redirectedFrom: string | null } | null;
    node: { __typename: string; id: string } | null;
    search: { totalCount: number };
    people: { totalCount: number };
    ann: { partners: { nodes: { id: string }[] } };
    between: object[];
  };
}

const question = (id: string, slug: string, name: string) => `{ person(id: "${slug}") { id redirectedFrom }
  node(id: "${id}") { __typename id } search(text: "${name}") { totalCount } people(filter: { ids: ["${slug}"] }) { totalCount }
  ann: person(id: "ann") { partners(minStanding: RUMOURED, first: 20) { nodes { id } } } between(a: "ann", b: "${slug}", minStanding: RUMOURED) { id } }`;

function inWords({ data }: Learnt, id: string): string {
  const { person, node, search, people, ann, between } = data;
  return [
    person && (person.redirectedFrom === null ? 'person' : 'redirected'),
    node && (node.__typename === 'Person' ? 'node' : node.__typename),
    search.totalCount > 0 && 'search',
    people.totalCount > 0 && 'people',
    ann.partners.nodes.some((partner) => partner.id === id) && 'partner',
    between.length > 0 && 'between',
  ]
    .filter((word) => word)
    .join(' ');
}

const ALL = 'person node search people partner between';
/** What readers and contributors, reviewers and editors, and administrators learn of somebody in each state. */
const LEARNT: Record<string, [string, string, string]> = {
  Public: [ALL, ALL, ALL],
  Limited: [ALL, ALL, ALL],
  Unsure: ['person node search people', ALL, ALL],
  Private: ['', ALL, ALL],
  Removed: ['Tombstone', 'Tombstone', ALL],
  Purged: ['Tombstone', 'Tombstone', 'Tombstone'],
  Minor: ['', ALL, ALL],
  Merged: ['redirected node people between', 'redirected node people between', 'redirected node people between'],
};
const group = (role: Role) => ({ READER: 0, CONTRIBUTOR: 0, REVIEWER: 1, EDITOR: 1, ADMIN: 2 })[role];

describe.each(enginesHere())('Over HTTP on $name', ({ fresh }) => {
  test('each role learns of people in each state the same by POST and GET', { timeout: 120_000 }, async () => {
    const graph = await fresh();
    const story = new Telling(graph);
    const ann = story.person('Ann', { slug: 'ann' });
    const said = { evidence: 'RECORD' } as const;
    const ids: Record<string, string> = {};
    const somebody = (name: string, given: object, evidence: 'RECORD' | 'OUTLET' = 'RECORD') => {
      ids[name] = story.person(name, { slug: name.toLowerCase(), ...given });
      story.period(story.relationship('ROMANTIC', ann, ids[name]), 'DATING', { start: '2019' }, { ...said, evidence });
    };
    somebody('Public', {});
    somebody('Limited', { visibility: 'LIMITED' });
    somebody('Unsure', { visibility: 'LIMITED' }, 'OUTLET');
    somebody('Private', { visibility: 'PRIVATE' });
    somebody('Removed', { visibility: 'REMOVED' });
    somebody('Purged', { visibility: 'REMOVED' });
    somebody('Minor', { adult: false });
    story.born(String(ids.Minor), '2012', said);
    ids.Merged = story.person('Merged', { slug: 'merged', mergedInto: String(ids.Public) });
    await story.tell();
    await story.purge(String(ids.Purged));
    const { url } = await serving({ rateLimit: 0, requestTimeoutMs: 60_000 }, graph);

    for (const role of ROLES) {
      const headers = role === 'READER' ? {} : bearer((await aToken(graph, { name: role, role })).token);
      for (const [way, ask] of Object.entries(WAYS))
        for (const [name, learnt] of Object.entries(LEARNT)) {
          const id = String(ids[name]);
          const answer = (await (await ask(url, question(id, name.toLowerCase(), name), headers)).json()) as Learnt;
          expect([role, way, name, inWords(answer, id)]).toEqual([role, way, name, learnt[group(role)]]);
        }
    }
  });

  test('nothing is written by GET, by a token for reading, by one that is over, or by nobody', async () => {
    const graph = await fresh();
    const { url } = await serving({ rateLimit: 0 }, graph);
    const MAKE = 'mutation { createPerson(input: { name: "Ann" }) { change { id } } }';
    const token = async (more: object) => bearer((await aToken(graph, { role: 'ADMIN', ...more })).token);
    const good = await token({});
    const refused: Record<string, [string, Headers]> = {
      'by GET': ['GET', good],
      'by a token for reading': ['POST', await token({ scope: 'read' })],
      'by an expired token': ['POST', await token({ expires: 2 })],
      'by a revoked token': ['POST', await token({ revoked: 2 })],
      'by nobody': ['POST', {}],
    };

    const codes: Record<string, unknown> = {};
    for (const [how, [way, headers]] of Object.entries(refused)) {
      const answer = (await (await (WAYS[way] as Ask)(url, MAKE, headers)).json()) as {
        errors?: { extensions: { code: string; rule?: string } }[];
      };
      const { code, rule } = answer.errors?.[0]?.extensions ?? {};
      codes[how] = [code, rule].filter((word) => word !== undefined).join(' ');
    }
    const [before] = await graph.read("MATCH (g:Graph {id: 'graph'}) RETURN g.seq AS seq");
    const made = await (WAYS.POST as Ask)(url, MAKE, good);

    expect(codes).toEqual({
      'by GET': expect.stringMatching(/BAD_REQUEST|OPERATION/),
      'by a token for reading': 'FORBIDDEN SCOPE',
      'by an expired token': expect.stringMatching(/^UNAUTHENTICATED/),
      'by a revoked token': expect.stringMatching(/^UNAUTHENTICATED/),
      'by nobody': 'UNAUTHENTICATED',
    });
    expect(before?.seq).toBe(0);
    expect(await made.json()).toMatchObject({ data: { createPerson: { change: { id: expect.anything() } } } });
  });
});
