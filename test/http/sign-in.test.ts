import { describe, expect, it } from 'vitest';
import { TOKEN_PREFIX } from '../../src/domain/token.js';
import type { Graph } from '../../src/graph/graph.js';
import { revokeToken, tokens } from '../../src/store/aside.js';
import { enginesHere } from '../support/engines.js';
import { aStory } from '../support/story.js';
import { post, serving } from './serving.js';
import {
  ANOTHER_PAGE,
  aToken,
  bearer,
  cookieIn,
  OUR_PAGE,
  readsAboutWho,
  refusalIn,
  send,
  signedIn,
  signIn,
  whoIs,
} from './signing-in.js';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 25);

/** A server whose clock the test moves. */
async function clocked(graph?: Graph) {
  let now = NOW;
  const server = await serving({ sessionHours: 12 }, graph, { now: () => now });
  return {
    ...server,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

/** Until what is noted beside an answer is there. */
async function usedOf(graph: Graph): Promise<number | null> {
  for (let tries = 0; tries < 200; tries += 1) {
    const used = (await tokens(graph))[0]?.used ?? null;
    if (used !== null) return used;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return null;
}

for (const engine of enginesHere()) {
  describe(`who asks, on ${engine.name}`, { timeout: 60_000 }, () => {
    const STATES = {
      good: {},
      'good until later': { expires: NOW + HOUR },
      expired: { expires: NOW },
      revoked: { revoked: NOW - HOUR },
      'revoked and expired': { revoked: NOW - HOUR, expires: NOW - HOUR },
    };

    it('is taken by a token for what its state allows, as a bearer and at the sign-in alike', async () => {
      const { url, graph } = await clocked(await engine.fresh());

      const seen: Record<string, unknown[]> = {};
      for (const [state, more] of Object.entries(STATES)) {
        const { token } = await aToken(graph, more);
        const answer = await signIn(url, { token });
        const signed = answer.ok ? await whoIs(url, cookieIn(answer)) : (await refusalIn(answer)).rule;
        seen[state] = [await whoIs(url, bearer(token)), signed];
      }

      expect(seen).toEqual({
        good: ['Ann EDITOR', 'Ann EDITOR'],
        'good until later': ['Ann EDITOR', 'Ann EDITOR'],
        expired: ['TOKEN_EXPIRED', 'TOKEN_EXPIRED'],
        revoked: ['TOKEN_REVOKED', 'TOKEN_REVOKED'],
        'revoked and expired': ['TOKEN_REVOKED', 'TOKEN_REVOKED'],
      });
    });

    it('sees a PRIVATE person with a reviewer’s token or session, and not as a reader', async () => {
      const { url, graph } = await clocked(await engine.fresh());
      const story = aStory();
      const hidden = story.aPerson('Hidden Person', { visibility: 'PRIVATE' });
      await story.commitTo(graph);
      const reviewer = (await aToken(graph, { role: 'REVIEWER' })).token;
      const reader = (await aToken(graph, { role: 'READER', name: 'Bo' })).token;
      const query = JSON.stringify({ query: `{ person(id: "${hidden}") { name } }` });

      const answers = await Promise.all(
        [bearer(reviewer), await signedIn(url, reviewer), bearer(reader), await signedIn(url, reader), {}].map(
          async (headers) => (await post(url, query, headers)).json(),
        ),
      );

      const there = { data: { person: { name: 'Hidden Person' } } };
      const absent = { data: { person: null } };
      expect(answers).toEqual([there, there, absent, absent, absent]);
    });

    it('is nobody any more once the token is revoked, with the token and with the session it opened', async () => {
      const { url, graph } = await clocked(await engine.fresh());
      const { id, token } = await aToken(graph);
      const session = await signedIn(url, token);
      const before = [await whoIs(url, bearer(token)), await whoIs(url, session)];

      await revokeToken(graph, id, NOW);

      expect(before).toEqual(['Ann EDITOR', 'Ann EDITOR']);
      expect([await whoIs(url, bearer(token)), await whoIs(url, session)]).toEqual(['TOKEN_REVOKED', 'SESSION']);
    });

    it('is signed in until the session is over, which no token outlives', async () => {
      const { url, graph, pass } = await clocked(await engine.fresh());
      const long = await signedIn(url, (await aToken(graph)).token);
      const short = await signedIn(url, (await aToken(graph, { expires: NOW + HOUR })).token);
      const at = async (ms: number) => {
        pass(ms);
        return [await whoIs(url, long), await whoIs(url, short)];
      };

      expect(await at(HOUR - 1)).toEqual(['Ann EDITOR', 'Ann EDITOR']);
      expect(await at(1)).toEqual(['Ann EDITOR', 'SESSION']);
      expect(await at(11 * HOUR)).toEqual(['SESSION', 'SESSION']);
    });

    it('notes the last use of a token, and again only after a minute', async () => {
      const { url, graph, pass } = await clocked(await engine.fresh());
      const { token } = await aToken(graph);

      await whoIs(url, bearer(token));
      const first = await usedOf(graph);
      pass(59_999);
      await whoIs(url, bearer(token));
      const before = (await tokens(graph))[0]?.used;
      pass(1);
      await whoIs(url, bearer(token));

      expect(first).toBe(NOW);
      expect(before).toBe(NOW);
      await expect.poll(async () => (await tokens(graph))[0]?.used).toBe(NOW + 60_000);
    });
  });
}

describe('a credential', () => {
  it('is one read for a token or a session, and none for somebody who shows nothing', async () => {
    const { url, graph } = await serving();
    const { token } = await aToken(graph);
    const session = await signedIn(url, token);
    const reads = readsAboutWho(graph);

    for (const headers of [bearer(token), session, {}]) await whoIs(url, headers);

    expect(reads).toEqual(['tokenByHash', 'sessionByHash']);
  });

  it.each([
    ['Bearer', 'SCHEME'],
    ['Bearer ', 'SCHEME'],
    ['Basic YW5uOnNlY3JldA==', 'SCHEME'],
    ['Bearer one two', 'SCHEME'],
    ['Bearer nonsense', 'TOKEN_FORM'],
    [`Bearer ${TOKEN_PREFIX}`, 'TOKEN_FORM'],
    [`Bearer ${TOKEN_PREFIX}${'0'.repeat(39)}`, 'TOKEN_FORM'],
    ['Bearer a.b.c', 'TOKEN_FORM'],
  ])('that is %j is refused with 401 and the rule %s, without a look into the graph', async (authorization, rule) => {
    const { url, graph } = await serving();
    const reads = readsAboutWho(graph);

    const answer = await post(url, '{"query": "{ viewer { role } }"}', { authorization });

    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="hearsay"');
    expect(await refusalIn(answer)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED', rule });
    expect(reads).toEqual([]);
  });

  it('that nobody gave out is refused, and one that is damaged is told apart', async () => {
    const { url, graph } = await serving();
    const { token } = await aToken((await serving()).graph);

    const damaged = token.slice(0, -1) + (token.endsWith('0') ? '1' : '0');

    expect([await whoIs(url, bearer(token)), await whoIs(url, bearer(damaged))]).toEqual(['TOKEN', 'TOKEN_FORM']);
    expect(await tokens(graph)).toEqual([]);
  });

  it('is the header’s where there is a cookie too, even a wrong one', async () => {
    const { url, graph } = await serving();
    const session = await signedIn(url, (await aToken(graph)).token);
    const other = (await aToken(graph, { name: 'Bo', role: 'READER' })).token;

    expect(await whoIs(url, { ...session, ...bearer(other) })).toBe('Bo READER');
    expect(await whoIs(url, { ...session, ...bearer('wrong') })).toBe('TOKEN_FORM');
  });

  it('is taken whatever the case of the scheme', async () => {
    const { url, graph } = await serving();
    const { token } = await aToken(graph);

    expect(await whoIs(url, { authorization: `bearer  ${token} ` })).toBe('Ann EDITOR');
  });

  it('is only ever refused with words that say nothing about it, and is in no line of the log', async () => {
    const { url, graph, lines } = await serving();
    const { token } = await aToken(graph);
    const revoked = (await aToken(graph, { revoked: 1 })).token;
    const session = await signedIn(url, token);
    const secrets = [token, revoked, String(session.cookie).split('=')[1] ?? ''];
    const page = { ...session, ...ANOTHER_PAGE };

    const answers = [
      await post(url, '{"query": "{ viewer { role } }"}', bearer(revoked)),
      await post(url, '{"query": "{ viewer { role } }"}', bearer(token.slice(0, -1))),
      await post(url, '{"query": "{ viewer { role } }"}', page),
      await signIn(url, { token: revoked }),
      await signIn(url, { token: { token } }),
      await signIn(url, { token, code: token }),
      await fetch(`${url}/sign-in?token=${token}`),
      await send(url, '/sign-out', {}, session),
      await post(url, '{"query": "{ viewer { role } }"}', session),
    ];

    const said = (await Promise.all(answers.map((answer) => answer.text()))).join('\n') + JSON.stringify(lines);
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(30);
      expect(said).not.toContain(secret.slice(0, -1));
    }
    expect(said).not.toContain('Ann');
    expect(lines.length).toBeGreaterThanOrEqual(10);
  });

  it('answers UNAVAILABLE, and nobody a reader, while the graph is lost', async () => {
    const { url, graph } = await serving();
    const { token } = await aToken(graph);
    const session = await signedIn(url, token);
    await graph.close();

    const answers = [bearer(token), session].map((headers) => post(url, '{"query": "{ viewer { role } }"}', headers));

    for (const answer of answers)
      expect(await refusalIn(await answer)).toMatchObject({ status: 503, code: 'UNAVAILABLE' });
  });
});

describe('a token for reading only', () => {
  it('is taken with its role, and says so at the sign-in', async () => {
    const { url, graph } = await serving();
    const { token } = await aToken(graph, { scope: 'read' });

    const answer = await signIn(url, { token });

    expect(await answer.json()).toMatchObject({ name: 'Ann', role: 'EDITOR', scope: 'read' });
    expect(await whoIs(url, cookieIn(answer))).toBe('Ann EDITOR');
  });
});

describe('signing in and out', () => {
  it('answers who one is, and a cookie for as long as that lasts', async () => {
    const { url, graph } = await clocked();
    const { token } = await aToken(graph, { expires: NOW + HOUR });

    const answer = await signIn(url, { token: ` ${token}\n` });

    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.json()).toEqual({
      name: 'Ann',
      role: 'EDITOR',
      scope: 'write',
      expires: '2026-11-25T01:00:00.000Z',
    });
    expect(answer.headers.get('set-cookie')).toMatch(
      /^hearsay=[0-9A-Za-z]{33}; Max-Age=3600; Path=\/; HttpOnly; SameSite=Strict$/,
    );
  });

  it('ends the session, takes the cookie back, and does no harm twice', async () => {
    const { url, graph } = await serving();
    const session = await signedIn(url, (await aToken(graph)).token);

    const out = await send(url, '/sign-out', {}, session);
    const again = await send(url, '/sign-out', {}, session);

    expect([out.status, again.status]).toEqual([204, 204]);
    expect(out.headers.get('set-cookie')).toMatch(/^hearsay=; Max-Age=0; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(await whoIs(url, session)).toBe('SESSION');
  });

  it('ends the session before it where one signs in again', async () => {
    const { url, graph } = await serving();
    const { token } = await aToken(graph);
    const first = await signedIn(url, token);

    const second = cookieIn(await signIn(url, { token }, first));

    expect([await whoIs(url, first), await whoIs(url, second)]).toEqual(['SESSION', 'Ann EDITOR']);
  });

  it('takes back a cookie whose session is over, so that the next request is a reader’s', async () => {
    const { url } = await serving();
    const headers = { ...OUR_PAGE, cookie: 'hearsay=over' };

    const answer = await post(url, '{"query": "{ viewer { role } }"}', headers);

    expect(await refusalIn(answer)).toMatchObject({ status: 401, rule: 'SESSION' });
    expect(answer.headers.get('set-cookie')).toContain('hearsay=; Max-Age=0');
  });

  it.each([{}, [], 'token', null, { token: '' }, { token: 1 }, { token: 'x', more: 1 }, { code: ['x'] }])(
    'refuses the body %j',
    async (body) => {
      const { url } = await serving();

      const answer = await signIn(url, body);

      expect(await refusalIn(answer)).toMatchObject({ status: 400, code: 'INVALID_INPUT', rule: 'SIGN_IN' });
      expect(answer.headers.get('set-cookie')).toBeNull();
    },
  );

  it('changes nothing by GET', async () => {
    const { url, graph } = await serving();
    const session = await signedIn(url, (await aToken(graph)).token);

    const answers = await Promise.all(['/sign-in', '/sign-out'].map((path) => fetch(url + path, { headers: session })));

    expect(answers.map(({ status }) => status)).toEqual([200, 404]);
    expect(answers.map(({ headers }) => headers.get('set-cookie'))).toEqual([null, null]);
    expect(await whoIs(url, session)).toBe('Ann EDITOR');
  });

  it('shows a page that runs scripts of its own origin only', async () => {
    const { url } = await serving();

    const answer = await fetch(`${url}/sign-in?then=/review`);
    const page = await answer.text();

    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(page).not.toMatch(/<script(?![^>]*src="\/)|\son\w+=|style="|https?:\/\//);
    expect((await fetch(`${url}/sign-in.js`)).status).toBe(200);
  });
});
