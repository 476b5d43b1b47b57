import { beforeAll, describe, expect, test } from 'vitest';
import type { Graph, Reads } from '../../src/graph/graph.js';
import { enginesHere } from '../support/engines.js';
import { aStory } from '../support/story.js';
import { World } from '../support/world.js';
import { answerOf, ask } from './asking.js';

const CHAIN = `__typename ... on ChainsFound { examined truncated chains { people { slug } weakest { standing certainty }
    links { from { slug } to { slug } certainty standing relationship { id kind } period { type start { date { edtf } } claims(first: 1) { nodes { citations(first: 1) { nodes { quote } } } } } } } }
  ... on NoChain { examined } ... on PersonUnknown { ref } ... on LimitReached { limit hops advice examined }`;

interface Chained {
  chain: {
    __typename: string;
    ref?: string;
    limit?: string;
    hops?: number;
    truncated?: boolean;
    chains?: { people: { slug: string }[]; links: Record<string, unknown>[]; weakest: object | null }[];
  };
}

const chainOf = (from: string, to: string, more = '') => `{ chain(from: "${from}", to: "${to}"${more}) { ${CHAIN} } }`;
const waysOf = ({ chain }: Chained) =>
  chain.chains?.map(({ people }) => people.map(({ slug }) => slug).join('-')) ?? [chain.__typename];

const engines = enginesHere();

describe.each(engines)('Questions on $name', (engine) => {
  let graph: Graph;
  const ids: Record<string, string> = {};

  /** A-B 2010, A-C 2000, C-B 2001, B-D 2005 as in T36; apart from them E-F, and X, whom B was with, once Old. */
  beforeAll(async () => {
    graph = await engine.fresh();
    const story = aStory();
    for (const name of ['A', 'B', 'C', 'D', 'E', 'F', 'X', 'Old']) ids[name] = story.aPerson(name, { aliases: [] });
    const wed = (
      one: string,
      other: string,
      start: string,
      evidence: 'RECORD' | 'WITNESS' | 'UNNAMED_SOURCE' = 'RECORD',
    ) => story.aMarriage(ids[one] ?? '', ids[other] ?? '', { start, evidence });
    wed('A', 'B', '2010');
    wed('A', 'C', '2000', 'WITNESS');
    wed('C', 'B', '2001');
    wed('B', 'D', '2005');
    wed('E', 'F', '2005');
    wed('D', 'F', '2006', 'UNNAMED_SOURCE');
    wed('B', 'X', '[2012..2013]');
    story.aPeriod('FRIEND', 'UNSPECIFIED', ids.D ?? '', ids.E ?? '', { start: '2015' });
    await story.commitTo(graph);
    story.change('Person', ids.Old ?? '', { mergedInto: ids.X });
    await story.commitTo(graph);
  }, 120_000);

  const ways = async (from: string, to: string, more = '') =>
    waysOf(await answerOf<Chained>(graph, chainOf(from, to, more)));

  test('a chain is the shortest, each link with both people, relationship, period and what it rests on', async () => {
    const { chain } = await answerOf<Chained>(graph, chainOf('a', 'd'));

    expect(chain).toMatchObject({ __typename: 'ChainsFound', truncated: false });
    expect(chain.chains).toEqual([
      {
        people: ['a', 'b', 'd'].map((slug) => ({ slug })),
        weakest: { standing: 'CONFIRMED', certainty: 'YES' },
        links: [
          expect.objectContaining({ from: { slug: 'a' }, to: { slug: 'b' }, certainty: 'YES', standing: 'CONFIRMED' }),
          expect.objectContaining({
            ...{ from: { slug: 'b' }, to: { slug: 'd' }, certainty: 'YES', standing: 'CONFIRMED' },
            relationship: { id: expect.stringMatching(/^rel_/), kind: 'ROMANTIC' },
            period: {
              type: 'MARRIED',
              start: { date: { edtf: '2005' } },
              claims: { nodes: [{ citations: { nodes: [{ quote: 'So it is said.' }] } }] },
            },
          }),
        ],
      },
    ]);
  });

  test('T36: in time order it takes the way on which each link started no earlier than the one before', async () => {
    expect(await ways('a', 'd', ', through: { inTimeOrder: true }')).toEqual(['a-c-b-d']);
    expect(await ways('d', 'a', ', through: { inTimeOrder: true }')).toEqual(['d-b-a']);
  });

  test('a chain goes through what is asked for', async () => {
    expect(await ways('a', 'b', ', through: { avoid: ["a"] }').catch(String)).toMatch('AVOIDS_END');
    expect(await ways('a', 'd', ', through: { at: "2003" }')).toEqual(['NoChain']);
    expect(await ways('a', 'd', ', through: { at: "2007" }')).toEqual(['a-c-b-d']);
    expect(await ways('a', 'd', ', through: { types: [DATING] }')).toEqual(['NoChain']);
    expect(await ways('d', 'e', ', through: { kinds: [FRIEND] }')).toEqual(['d-e']);
    expect(await ways('d', 'f', ', through: { minStanding: RUMOURED }')).toEqual(['d-f']);
    expect(await ways('a', 'x', ', through: { at: "2012", certainty: CERTAIN }')).toEqual(['NoChain']);
    expect(
      (await ask(graph, chainOf('a', 'b', ', through: { minStanding: PROPOSED }'))).errors[0]?.extensions.code,
    ).toBe('UNAUTHENTICATED');
  });

  test('T20: no path, an unknown person, and the hop limit reached are three different answers', async () => {
    const none = await answerOf<Chained>(graph, chainOf('a', 'e'));
    const unknown = await answerOf<Chained>(graph, chainOf('a', 'nobody'));
    const far = await answerOf<Chained>(graph, chainOf('a', 'd', ', maxHops: 1'));

    expect([none, unknown, far]).toEqual([
      { chain: { __typename: 'NoChain', examined: expect.any(Number) } },
      { chain: { __typename: 'PersonUnknown', ref: 'nobody' } },
      {
        chain: {
          __typename: 'LimitReached',
          limit: 'HOPS',
          hops: 1,
          advice: expect.any(String),
          examined: expect.any(Number),
        },
      },
    ]);
  });

  test('a chain gives up in time to say so', async () => {
    const slow: Reads = {
      read: (...asked) => new Promise((resolve) => setTimeout(resolve, 400)).then(() => graph.read(...asked)),
    };
    const { data, errors } = await ask(slow, chainOf('a', 'd'), { patienceMs: 1200 });

    expect(errors).toEqual([]);
    expect(data).toMatchObject({ chain: { __typename: 'LimitReached', limit: 'TIME' } });
  });

  test('from somebody to themselves is a chain of nobody else', async () => {
    const { chain } = await answerOf<Chained>(graph, chainOf('a', ids.A ?? ''));

    expect(chain.chains).toEqual([{ people: [{ slug: 'a' }], links: [], weakest: null }]);
  });

  test('T19: merged ids and slugs stand for their survivor in every question', async () => {
    const old = ids.Old ?? '';
    const { person, network, commonPartners } = await answerOf<Record<string, object>>(
      graph,
      `{ person(id: "${old}") { slug redirectedFrom } network(around: ["old", "${old}"]) { people { person { slug } } }
         commonPartners(a: "old", b: "a") { nodes { slug } } }`,
    );

    expect(await ways('old', 'd')).toEqual(['x-b-d']);
    expect(person).toEqual({ slug: 'x', redirectedFrom: old });
    expect(network).toEqual({ people: [{ person: { slug: 'x' } }, { person: { slug: 'b' } }] });
    expect(commonPartners).toEqual({ nodes: [{ slug: 'b' }] });
  });

  test('common partners come with both relationships, and none where one is unknown', async () => {
    const query = (a: string, b: string) =>
      `{ commonPartners(a: "${a}", b: "${b}") { totalCount edges { node { slug } withA { parties { person { slug } } } withB { parties { person { slug } } } } } }`;

    expect(await answerOf(graph, query('a', 'd'))).toEqual({
      commonPartners: {
        totalCount: 1,
        edges: [
          {
            node: { slug: 'b' },
            withA: { parties: [{ person: { slug: 'a' } }, { person: { slug: 'b' } }] },
            withB: { parties: [{ person: { slug: 'b' } }, { person: { slug: 'd' } }] },
          },
        ],
      },
    });
    const nobody = { commonPartners: { totalCount: 0, edges: [] } };
    expect(await answerOf(graph, query('a', 'nobody'))).toEqual(nobody);
    expect(await answerOf(graph, query('a', 'a'))).toEqual(nobody);
  });

  test('a network has its people by strength and every link between them, with the days of both', async () => {
    const { network } = await answerOf<{ network: { people: object[]; links: object[] } }>(
      graph,
      '{ network(around: ["a"], depth: 2) { truncated totalPeople people { degree person { slug } } links { a b kind type standing bounds { startMin endMax } together { startMax endMin } } } }',
    );

    expect(network).toMatchObject({ truncated: false, totalPeople: 5 });
    expect(network.people[0]).toEqual({ degree: 2, person: { slug: 'a' } });
    expect(network.links).toHaveLength(5);
    expect(network.links[0]).toEqual({
      ...{ a: expect.stringMatching(/^per_/), b: expect.stringMatching(/^per_/) },
      ...{ kind: 'ROMANTIC', type: 'MARRIED', standing: 'CONFIRMED' },
      bounds: { startMin: expect.any(Number), endMax: null },
      together: { startMax: expect.any(Number), endMin: expect.any(Number) },
    });
  });

  test('a network refuses what it can’t filter by, and people who are too many', async () => {
    const rules = async (args: string) =>
      (await ask(graph, `{ network(${args}) { truncated } }`)).errors.map(({ extensions }) => [
        extensions.field,
        extensions.rule,
      ]);

    expect(await rules('around: ["a"], filter: { people: ["b"] }')).toEqual([['filter.people', 'FILTER']]);
    expect(await rules('around: ["a"], filter: { contested: true }')).toEqual([['filter.contested', 'FILTER']]);
    expect(await rules('around: []')).toEqual([['around', 'LIMIT']]);
    expect(await rules('around: ["a"], depth: 4')).toEqual([['depth', 'LIMIT']]);
    expect(await rules('around: ["a"], maxPeople: 3001')).toEqual([['maxPeople', 'LIMIT']]);
  });

  test('a chain is one statement for its ends, at most two a hop, and three for what is on it', async () => {
    const { statements } = await ask(graph, chainOf(ids.A ?? '', ids.D ?? ''));
    const searching = statements.filter((name) => /^(steps|links)/.test(name));

    expect(searching.length).toBeLessThanOrEqual(2 * 2);
    expect(statements.filter((name) => !searching.includes(name)).sort()).toEqual([
      'citationsOf',
      'claimsOf',
      'people',
      'periods',
      'relationships',
    ]);
  });

  test('search finds people, events and articles, with the name that matches and why', async () => {
    const { search } = await answerOf<{ search: { edges: object[]; totalCount: number } }>(
      graph,
      '{ search(text: "register", types: [PERSON, ARTICLE]) { totalCount edges { score matchedName why node { __typename id ... on Article { title } } } } }',
    );

    expect(search).toEqual({
      totalCount: 1,
      edges: [
        {
          ...{ score: 0.75, matchedName: 'Register of s', why: 'WORDS' },
          node: { __typename: 'Article', id: expect.stringMatching(/^art_/), title: 'Register of s' },
        },
      ],
    });
    const rules = async (args: string) =>
      (await ask(graph, `{ search(${args}) { totalCount } }`)).errors.map(({ extensions }) => extensions.rule);
    expect(await rules(`text: "${'a'.repeat(501)}"`)).toEqual(['TEXT_LENGTH']);
    expect(await rules('text: "a", first: 101')).toEqual(['PAGE_SIZE']);
    expect(await rules('text: "a", after: "x"')).toEqual(['CURSOR']);
    expect(await answerOf(graph, '{ search(text: "name:x OR *", types: []) { totalCount nodes { id } } }')).toEqual({
      search: { totalCount: 0, nodes: [] },
    });
  });

  test('search sees what was written before it was asked', async () => {
    const story = aStory('later');
    story.aPerson('Zacharias', { slug: 'zacharias' });
    const found = () => answerOf(graph, '{ search(text: "zacharias") { totalCount } }');

    const before = await found();
    await story.commitTo(graph);

    expect([before, await found()]).toEqual([{ search: { totalCount: 0 } }, { search: { totalCount: 1 } }]);
  });
});

interface Hits {
  search: { totalCount: number; nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}

describe.each(engines)('Pages and hubs on $name', (engine) => {
  test('T22: ten thousand people of one name are paged without loss, whatever is inserted between two pages', async () => {
    const graph = await engine.fresh();
    const world = new World();
    const ids = Array.from({ length: 10_000 }, (_, n) =>
      world.person(`Maria ${n}`, { name: 'Maria', slug: `maria-${n}` }),
    );
    await world.plant(graph);
    const page = (after: string | null) =>
      answerOf<Hits>(
        graph,
        `{ search(text: "maria", first: 100, after: ${JSON.stringify(after)}) { ${after === null ? 'totalCount' : ''} nodes { id } pageInfo { hasNextPage endCursor } } }`,
      );

    const first = await page(null);
    const story = aStory();
    story.aPerson('Maria', { slug: 'maria-new' });
    await story.commitTo(graph);
    const met = first.search.nodes.map(({ id }) => id);
    for (let { pageInfo } = first.search; pageInfo.hasNextPage; ) {
      const next = await page(pageInfo.endCursor);
      met.push(...next.search.nodes.map(({ id }) => id));
      pageInfo = next.search.pageInfo;
    }

    expect(first.search.totalCount).toBe(10_000);
    expect(new Set(met).size).toBe(met.length);
    expect(ids.filter((id) => !met.includes(id))).toEqual([]);
  }, 180_000);

  test('three couples among ten thousand people are found at once, whatever was planned before there was anybody', async () => {
    const graph = await engine.fresh();
    const world = new World();
    for (let n = 0; n < 10_000; n += 1) world.person(`P${n}`);
    const [one, hub, other] = ['One', 'Hub', 'Other'].map((name) => world.person(name)) as [string, string, string];
    const first = world.relationship('ROMANTIC', one, hub);
    world.period(first, { type: 'DATING' });
    world.period(world.relationship('ROMANTIC', hub, other), { type: 'DATING' });
    world.event('MET', [
      [one, 'PARTY'],
      [hub, 'PARTY'],
    ]);
    await world.plant(graph);

    const answer = await answerOf(
      graph,
      `{ chain(from: "one", to: "other") { ... on ChainsFound { chains { people { slug } } } }
         relationship(id: "${first}") { events { totalCount nodes { kind } } }
         relationships { totalCount } }`,
    );

    expect(answer).toEqual({
      chain: { chains: [{ people: ['one', 'hub', 'other'].map((slug) => ({ slug })) }] },
      relationship: { events: { totalCount: 1, nodes: [{ kind: 'MET' }] } },
      relationships: { totalCount: 2 },
    });
  }, 180_000);

  test('T21: a hub with 10,000 partners is a chain of two links and a network that says it is cut', async () => {
    const graph = await engine.fresh();
    const world = new World();
    const hub = world.person('Hub');
    for (let n = 0; n < 10_000; n += 1) {
      const other = world.person(`P${n}`);
      world.period(world.relationship('ROMANTIC', hub, other), {
        type: 'DATING',
        startMin: n,
        startMax: n,
        startKnown: true,
      });
    }
    await world.plant(graph);

    const chained = await ask(
      graph,
      '{ chain(from: "p1", to: "p9999") { ... on ChainsFound { chains { people { slug } } } } }',
    );
    const { network } = await answerOf<{
      network: { people: object[]; links: object[]; truncated: boolean; totalPeople: number };
    }>(
      graph,
      '{ network(around: ["p0"], depth: 3) { truncated totalPeople people { person { slug } } links { a b } } }',
    );

    expect(chained.errors).toEqual([]);
    expect(chained.data).toEqual({ chain: { chains: [{ people: ['p1', 'hub', 'p9999'].map((slug) => ({ slug })) }] } });
    expect(chained.statements.length).toBeLessThanOrEqual(1 + 2 * 2 + 2 + 2);
    expect(network.truncated).toBe(true);
    expect(network.people.length).toBeLessThanOrEqual(200);
    expect(network.links.length).toBe(network.people.length - 1);
  }, 180_000);
});
