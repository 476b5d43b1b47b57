import { describe, expect, test } from 'vitest';
import { Telling } from '../support/telling.js';
import { CHANGES, endOf, nextOf, openStream, refusal, seqsOf, socketClient, subscribe } from './listening.js';
import { ask, serving } from './serving.js';
import { ANOTHER_PAGE, aToken, bearer, OUR_PAGE, signedIn } from './signing-in.js';

const FAST = { liveIntervalMs: 10 };
const AS_STREAM = { accept: 'text/event-stream' };

/** A server over a graph with one change. */
async function aServer(settings = {}) {
  const served = await serving({ ...FAST, ...settings });
  const story = new Telling(served.graph);
  story.person('Ann');
  await story.tell({ action: 'begin' });
  return { ...served, ...(await aToken(served.graph)) };
}

// Who is told what is the matter of live-roles.test.ts; what is refused before the graph is read is so on every engine.
describe('a subscription, whatever the engine,', () => {
  test('is refused where questions are answered, with a word on where it goes', async () => {
    const { url } = await aServer();

    const answer = await ask(url, 'subscription { changes { seq } }');

    expect(answer.status).toBe(400);
    const { errors } = (await answer.json()) as { errors: { extensions: object; message: string }[] };
    expect(errors).toEqual(refusal({ code: 'INVALID_INPUT', field: 'query', rule: 'SUBSCRIPTION' }));
    expect(errors[0]?.message).toContain('/graphql/stream');
  });

  test('that hangs on a condition is refused where questions are answered, too', async () => {
    const { url } = await aServer();
    const conditional = 'subscription S($no: Boolean!) { changes @include(if: $no) { seq note @skip(if: $no) } }';

    const refused = await ask(url, conditional, { no: false });

    expect([refused.status, ((await refused.json()) as { errors: object[] }).errors]).toEqual([
      400,
      refusal({ code: 'GRAPHQL_VALIDATION_FAILED' }),
    ]);
  });

  test('of somebody who shows nothing is refused as that of a reader', async () => {
    const { url } = await aServer();

    const stream = await openStream(url, {});
    const answers = subscribe(socketClient(url));

    const refused = refusal({ code: 'UNAUTHENTICATED', needed: 'REVIEWER' });
    expect([stream.status, (await stream.body()).errors]).toEqual([401, refused]);
    expect(await endOf(answers)).toEqual(refused);
  });

  test('of somebody with a wrong token comes to nothing: 401, and a socket that closes and says why', async () => {
    const { url } = await aServer();
    const wrong = `hearsay_${'a'.repeat(39)}`;

    const stream = await openStream(url, bearer(wrong));
    const answers = subscribe(socketClient(url, wrong));
    const noBearer = subscribe(socketClient(url, undefined, { headers: { authorization: 'Basic YTpi' } }));

    const refused = refusal({ code: 'UNAUTHENTICATED', rule: 'TOKEN_FORM' });
    expect([stream.status, (await stream.body()).errors]).toEqual([401, refused]);
    expect(await endOf(answers)).toEqual({
      code: 4403,
      reason: expect.stringMatching(/^UNAUTHENTICATED TOKEN_FORM This is no token/),
    });
    expect(await endOf(noBearer)).toEqual({ code: 4403, reason: expect.stringMatching(/^UNAUTHENTICATED SCHEME/) });
  });

  test('of somebody signed in comes from a page of this server, and from no other', async () => {
    const { url, token } = await aServer();
    const cookie = await signedIn(url, token);
    const variables = { since: '0' };
    const origin = { origin: url };

    const ours = await openStream(url, { ...cookie, ...AS_STREAM }, { variables });
    const others = await openStream(url, { ...cookie, ...ANOTHER_PAGE }, { variables });
    const over = async (headers: Record<string, string>) =>
      subscribe(
        socketClient(url, undefined, { headers: { cookie: cookie.cookie ?? '', ...headers } }),
        CHANGES,
        variables,
      );

    expect(await seqsOf(ours.frames, 1)).toEqual([1]);
    expect([others.status, (await others.body()).errors]).toEqual([403, refusal({ rule: 'SAME_ORIGIN' })]);
    for (const headers of [OUR_PAGE, origin]) expect((await nextOf(await over(headers))).data?.changes?.seq).toBe(1);
    for (const headers of [ANOTHER_PAGE, {}])
      expect(await endOf(await over(headers))).toEqual({
        code: 4403,
        reason: expect.stringMatching(/^FORBIDDEN SAME_ORIGIN/),
      });
  });

  test.each(['-1', '1.5', 'chg_1', '', '99999999999999999999', '2'])(
    'after %j, which is no change or one that is still to come, is refused',
    async (since) => {
      const { url, token } = await aServer();
      const refused = refusal({ code: 'INVALID_INPUT', field: 'since', rule: 'SINCE' });

      const stream = await openStream(url, bearer(token), { variables: { since } });
      const answers = subscribe(socketClient(url, token), CHANGES, { since });

      expect([stream.status, (await stream.body()).errors]).toEqual([400, refused]);
      expect(await endOf(answers)).toEqual(refused);
      if (since === '') return;
      const again = await openStream(url, { ...bearer(token), 'last-event-id': since });
      expect([again.status, (await again.body()).errors]).toEqual([400, refused]);
    },
  );

  test.each([
    ['{ viewer { name } }', { code: 'INVALID_INPUT', rule: 'SUBSCRIPTION' }],
    ['mutation { undoBatch(batch: "b") { __typename } }', { code: 'INVALID_INPUT', rule: 'SUBSCRIPTION' }],
    ['subscription {', { code: 'GRAPHQL_PARSE_FAILED' }],
    [`subscription { changes { ${'seq '.repeat(4_100)} } }`, { code: 'GRAPHQL_PARSE_FAILED' }],
    ['subscription { news { id } }', { code: 'GRAPHQL_VALIDATION_FAILED' }],
    ['subscription { changes { id } more: changes { id } }', { code: 'GRAPHQL_VALIDATION_FAILED' }],
    ['subscription A { changes { id } } subscription B { changes { id } }', { code: 'OPERATION_RESOLUTION_FAILURE' }],
    ['subscription { changes @skip(if: true) { id } }', { code: 'GRAPHQL_VALIDATION_FAILED' }],
    ['subscription ($no: Boolean = false) { changes @include(if: $no) { id } }', { code: 'GRAPHQL_VALIDATION_FAILED' }],
    ['subscription { ... @include(if: false) { changes { id } } }', { code: 'GRAPHQL_VALIDATION_FAILED' }],
    [
      'subscription { ...F @skip(if: true) } fragment F on Subscription { changes { id } }',
      { code: 'GRAPHQL_VALIDATION_FAILED' },
    ],
    [
      'subscription { ...F } fragment F on Subscription { changes @include(if: false) { id } }',
      { code: 'GRAPHQL_VALIDATION_FAILED' },
    ],
    ['fragment F on Change { id }', { code: 'GRAPHQL_VALIDATION_FAILED' }],
    ['subscription ($n: Int!) { changes { edits(first: $n) { place } } }', { code: 'BAD_USER_INPUT' }],
    [
      `subscription { changes { ${Array.from({ length: 1_001 }, (_, n) => `a${n}: seq`).join(' ')} } }`,
      { code: 'TOO_COMPLEX', rule: 'FIELDS' },
    ],
  ])('is refused as a question would be: %s', async (query, extensions) => {
    const { url, token } = await aServer({ maxBodyBytes: 100_000 });

    const client = socketClient(url, token);
    const answers = subscribe(client, query);
    const posted = await fetch(`${url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(token) },
      body: JSON.stringify({ query }),
    });

    expect(await endOf(answers)).toEqual(refusal(extensions));
    expect([posted.status, await posted.json()]).toEqual([400, { errors: refusal(extensions) }]);
    // The socket is open for the next.
    expect((await nextOf(subscribe(client, CHANGES, { since: '0' }))).data?.changes?.seq).toBe(1);
  });

  test('that a browser asks for is refused inside the stream, which is complete then', async () => {
    const { url, token } = await aServer();

    const { status, frames } = await openStream(
      url,
      { ...bearer(token), ...AS_STREAM },
      { query: 'subscription { news { id } }' },
    );

    expect(status).toBe(200);
    expect(await nextOf(frames)).toEqual({
      event: 'next',
      data: { errors: refusal({ code: 'GRAPHQL_VALIDATION_FAILED' }) },
    });
    expect(await nextOf(frames)).toEqual({ event: 'complete', data: null });
    expect(await frames.next()).toEqual({ done: true, value: undefined });
  });

  test('that is no question at all is refused with the field that is wrong', async () => {
    const { url, token } = await aServer();
    const post = (body: string) =>
      fetch(`${url}/graphql/stream`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...bearer(token) },
        body,
      });
    const refusedFor = async (answer: Response) =>
      ((await answer.json()) as { errors: { extensions: { field: string; rule: string } }[] }).errors[0]?.extensions;

    expect(await refusedFor(await post('{}'))).toMatchObject({ field: 'query', rule: 'QUESTION' });
    expect(await refusedFor(await post('{"query": 1}'))).toMatchObject({ field: 'query', rule: 'QUESTION' });
    expect(await refusedFor(await post('{"query": "", "variables": []}'))).toMatchObject({ field: 'variables' });
    expect(await refusedFor(await post('{'))).toMatchObject({ field: 'body', rule: 'JSON' });
    const byGet = (search: string) => fetch(`${url}/graphql/stream${search}`, { headers: bearer(token) });
    expect(await refusedFor(await byGet(''))).toMatchObject({ field: 'query', rule: 'QUESTION' });
    expect(await refusedFor(await byGet('?query=a&variables={'))).toMatchObject({ field: 'variables', rule: 'JSON' });
    expect((await fetch(`${url}/graphql/stream?query=a`, { method: 'PUT' })).status).toBe(404);
  });
});
