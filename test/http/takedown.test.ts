import { describe, expect, test, vi } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { ask, post, serving } from './serving.js';
import { aToken, bearer, refusalIn } from './signing-in.js';

const REQUEST = `mutation ($person: ID!, $reason: String!, $contact: String) {
  requestTakedown(person: $person, reason: $reason, contact: $contact) { received message } }`;
const SAID = { reason: 'She is my daughter. Zmqx.', contact: 'parent@family.example' };
const RECEIPT = '{"data":{"requestTakedown":{"received":true,"message":"Thank you. A person decides, soon."}}}\n';
const SECRETS = /daughter|Zmqx|family\.example/;

const visibilityOf = async (graph: Graph, id: string) =>
  (await graph.read('MATCH (p:Person {id: $id}) RETURN p.visibility AS visibility', { id }))[0]?.visibility;
const hidden = (graph: Graph, id: string) =>
  vi.waitFor(async () => expect(await visibilityOf(graph, id)).toBe('PRIVATE'), { timeout: 5_000 });
const via = (address: string) => ({ 'x-forwarded-for': address });
const request = (url: string, person: string, headers = {}) =>
  post(url, JSON.stringify({ query: REQUEST, variables: { person, ...SAID } }), headers);

describe.each(enginesHere())('takedown requests over HTTP on $name', ({ fresh }) => {
  const open = async (settings: Parameters<typeof serving>[0] = {}) => {
    const graph = await fresh();
    const story = new Telling(graph);
    const [limited, child, known] = [
      story.person('Limited', { visibility: 'LIMITED', externalIds: ['wikidata:Q9'] }),
      story.person('Child', { adult: false }),
      story.person('Known'),
    ];
    await story.tell();
    // The engine closes what it opened.
    const lasting: Graph = Object.create(graph, { close: { value: async () => undefined } });
    return { graph, limited, child, known, serve: () => serving(settings, lasting) };
  };

  test('are answered byte for byte alike, and hide after the answer whoever isn’t established', async () => {
    const { graph, limited, child, known, serve } = await open({ takedownLimit: 0 });
    const { url, lines } = await serve();

    const answers = await Promise.all(
      [limited, limited, child, known, 'nobody', 'per_nobody', '🜁'].map((person) => request(url, person)),
    );

    expect(new Set(await Promise.all(answers.map((answer) => answer.text())))).toEqual(new Set([RECEIPT]));
    const told = answers.map(({ status, headers }) => [
      status,
      [...headers.keys()].sort(),
      headers.get('content-length'),
    ]);
    expect(told).toEqual(told.map(() => told[0]));
    await hidden(graph, limited);
    await hidden(graph, child);
    expect(await visibilityOf(graph, known)).toBe('PUBLIC');
    expect(lines.length).toBeGreaterThan(6);
    expect(JSON.stringify(lines)).not.toMatch(SECRETS);
  });

  test('T27: granted, the id is a tombstone and every name is nobody’s, over POST and GET', async () => {
    const { graph, limited, serve } = await open();
    const { url } = await serve();
    const { token } = await aToken(graph, { role: 'REVIEWER' });
    await request(url, limited);
    await hidden(graph, limited);
    const asReviewer = (query: string) =>
      post(url, JSON.stringify({ query }), bearer(token)).then((answer) => answer.json()) as Promise<{
        data: { takedowns: { nodes: { id: string; contact: string }[] } };
      }>;
    const { nodes } = (await asReviewer('{ takedowns { nodes { id contact } } }')).data.takedowns;

    const decided = await asReviewer(
      `mutation { decideTakedown(id: "${nodes[0]?.id}", decision: GRANT) { takedown { status contact } } }`,
    );
    const about = (name: string) =>
      `{ person(id: "${name}") { name } by: person(externalId: { source: "wikidata", id: "${name}" }) { name } slug: node(id: "${name}") { id }
         people(filter: { ids: ["${name}"] }) { totalCount } search(text: "${name}") { totalCount } chain(from: "${name}", to: "known-2") { __typename } }`;
    const asked = async (query: string) => [
      await (await post(url, JSON.stringify({ query }))).text(),
      await (
        await fetch(`${url}/graphql?query=${encodeURIComponent(query)}`, {
          headers: { 'apollo-require-preflight': '1' },
        })
      ).text(),
    ];

    expect(nodes).toMatchObject([{ contact: SAID.contact }]);
    expect(decided).toEqual({ data: { decideTakedown: { takedown: { status: 'GRANTED', contact: null } } } });
    const tombstone = `{"data":{"node":{"__typename":"Tombstone","id":"${limited}"}}}\n`;
    expect(await asked(`{ node(id: "${limited}") { __typename id } }`)).toEqual([tombstone, tombstone]);
    for (const name of ['limited-0', 'Limited', 'Q9'])
      expect(await asked(about(name))).toEqual(await asked(about('nobody')));
    expect(await (await request(url, limited)).text()).toBe(RECEIPT);
    expect((await asReviewer('{ takedowns { nodes { id contact } } }')).data.takedowns.nodes).toEqual([]);
  });

  test('are limited by address, each of them in one document too, and the hour is told', async () => {
    const { known, serve } = await open({ takedownLimit: 3, trustProxy: 'loopback' });
    const { url, graph } = await serve();
    const { token } = await aToken(graph, { role: 'REVIEWER' });
    const four = [1, 2, 3, 4].map((n) => `r${n}: requestTakedown(person: "nobody", reason: "x") { received }`);

    const many = await post(url, JSON.stringify({ query: `mutation { ${four.join(' ')} }` }), via('203.0.113.1'));
    const next = await request(url, known, via('203.0.113.1'));
    const other = await request(url, known, via('203.0.113.2'));
    const signedIn = await request(url, known, { ...via('203.0.113.1'), ...bearer(token) });

    expect(await refusalIn(many)).toMatchObject({ code: 'RATE_LIMITED', rule: 'TAKEDOWNS' });
    const { code, message } = await refusalIn(next);
    expect(code).toBe('RATE_LIMITED');
    expect(Number(/wait (\d+) seconds/.exec(message)?.[1])).toBeGreaterThan(3_500);
    expect([await other.text(), await signedIn.text()]).toEqual([RECEIPT, RECEIPT]);
    expect((await ask(url, '{ viewer { role } }')).status).toBe(200);
  });

  test('come by POST only, and whoever may only read may not ask', async () => {
    const { graph, limited, serve } = await open();
    const { url } = await serve();
    const { token } = await aToken(graph, { role: 'READER', scope: 'read' });
    const query = `mutation { requestTakedown(person: "${limited}", reason: "x") { received } }`;

    const got = await fetch(`${url}/graphql?query=${encodeURIComponent(query)}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    const reading = await refusalIn(await request(url, limited, bearer(token)));

    expect(got.status).toBeGreaterThanOrEqual(400);
    expect(reading).toMatchObject({ code: 'FORBIDDEN', rule: 'SCOPE' });
    expect(await graph.read('MATCH (t:Takedown) RETURN t.id AS id')).toEqual([]);
  });

  test('that an earlier server has left are looked at when the next one starts', async () => {
    const { graph, limited, serve } = await open({ takedownHidings: 20 });
    await graph.write((transaction) =>
      transaction.run(
        `MATCH (p:Person {id: $id}) CREATE (t:Takedown {id: 'tkd_left', status: 'OPEN', urgent: true, due: true, at: '2026-01-01T00:00:00.000Z', sort: '0|left', reason: 'x'})
         CREATE (t)-[:ASKS_ABOUT]->(p)`,
        { id: limited },
      ),
    );

    await serve();

    await hidden(graph, limited);
  });

  test('tell nothing in the log when something fails inside, and are done by the next', async () => {
    const { graph, limited, child, serve } = await open();
    const { url, lines } = await serve();
    const write = graph.write;
    const failing = (name: string) => {
      graph.write = (work) =>
        write.call(graph, (transaction) =>
          work({
            read: (...asked) => transaction.read(...asked),
            run: (statement, params) => {
              if (statement.includes(name)) throw new Error(`It can't be: ${name}`);
              return transaction.run(statement, params);
            },
          }),
        ) as never;
    };

    failing('createTakedown');
    const broken = await refusalIn(await request(url, limited));
    failing('takedownHid');
    const kept = await (await request(url, limited)).text();
    await vi.waitFor(() => expect(JSON.stringify(lines)).toContain('the next request tries again'));
    const meanwhile = await visibilityOf(graph, limited);
    graph.write = write;
    await request(url, child);

    expect(broken).toMatchObject({ code: 'INTERNAL' });
    expect([kept, meanwhile]).toEqual([RECEIPT, 'LIMITED']);
    await hidden(graph, limited);
    await hidden(graph, child);
    expect(JSON.stringify(lines)).not.toMatch(SECRETS);
  });
});
