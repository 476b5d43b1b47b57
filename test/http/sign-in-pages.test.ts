import { describe, expect, it } from 'vitest';
import { hashOf } from '../../src/domain/token.js';
import { secretIn } from '../../src/http/session-cookie.js';
import { sessionByHash } from '../../src/store/aside.js';
import { post, serving } from './serving.js';
import { aToken, bearer, refusalIn, send, setCookieAt, signedIn, signIn, whoIs } from './signing-in.js';

/** What browsers add, by where the page is that asks; `HOST` stands for the server's own. */
const FROM_HERE = {
  'a page of ours over TLS or here': { 'sec-fetch-site': 'same-origin', origin: 'http://HOST' },
  'a page of ours to an old browser': { origin: 'http://HOST' },
};
const FROM_ELSEWHERE = {
  'another site': { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
  'another site without an origin': { 'sec-fetch-site': 'cross-site' },
  'another port or subdomain': { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:1' },
  'the address bar': { 'sec-fetch-site': 'none' },
  'another site in an old browser': { origin: 'https://evil.example' },
  'another port in an old browser': { origin: 'http://127.0.0.1:1' },
  'a sandbox in an old browser': { origin: 'null' },
  'a site that names us before its own': { origin: 'http://HOST@evil.example' },
};

const at = (url: string, headers: object): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace('HOST', new URL(url).host)]));

/** A server with somebody signed in: the cookie alone, as a browser sends it by itself. */
async function withCookie() {
  const server = await serving();
  const { token } = await aToken(server.graph);
  const { cookie = '' } = await signedIn(server.url, token);
  return { ...server, token, cookie };
}

const QUESTION = '{"query": "{ viewer { name role } }"}';

describe('a cookie', () => {
  it.each(Object.entries(FROM_HERE))('counts where %s sends it', async (_, headers) => {
    const { url, cookie } = await withCookie();

    expect(await whoIs(url, { ...at(url, headers), cookie })).toBe('Ann EDITOR');
  });

  it.each(Object.entries({ ...FROM_ELSEWHERE, 'nobody who says so': {} }))(
    'is refused where %s sends it, by POST and by GET',
    async (_, headers) => {
      const { url, cookie } = await withCookie();
      const given = { ...at(url, headers), cookie };
      const query = encodeURIComponent('{ viewer { name } }');

      const answers = [
        await post(url, QUESTION, given),
        await fetch(`${url}/graphql?query=${query}`, { headers: { ...given, 'apollo-require-preflight': 'yes' } }),
      ];

      for (const answer of answers) {
        expect(await refusalIn(answer)).toMatchObject({ status: 403, code: 'FORBIDDEN', rule: 'SAME_ORIGIN' });
      }
    },
  );

  it.each(Object.entries(FROM_ELSEWHERE))('doesn’t sign out or in where %s asks', async (_, headers) => {
    const { url, graph, cookie, token } = await withCookie();
    const given = { ...at(url, headers), cookie };

    const answers = [await send(url, '/sign-out', {}, given), await signIn(url, { token }, given)];

    for (const answer of answers) {
      expect(answer.headers.get('set-cookie')).toBeNull();
      expect(await refusalIn(answer)).toMatchObject({ status: 403, rule: 'SAME_ORIGIN' });
    }
    expect(await sessionByHash(graph, hashOf(cookie.split('=')[1] ?? ''))).not.toBeNull();
  });

  it('needs Apollo’s header on GET even from a page of ours', async () => {
    const { url, cookie } = await withCookie();
    const headers = { 'sec-fetch-site': 'same-origin', cookie };

    const answer = await fetch(`${url}/graphql?query=${encodeURIComponent('{ viewer { name } }')}`, { headers });

    expect(answer.status).toBe(400);
    expect(await answer.text()).not.toContain('Ann');
  });

  it('is for clients that are no pages too, which sign in without a word of where they are', async () => {
    const { url, token } = await withCookie();

    const answer = await signIn(url, { token }, {});

    expect(answer.status).toBe(200);
  });

  it.each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x'])(
    'isn’t given for a form of type %s',
    async (type) => {
      const { url, token } = await withCookie();

      const answer = await signIn(url, { token }, { 'content-type': type });

      expect(answer.status).toBe(415);
      expect(answer.headers.get('set-cookie')).toBeNull();
    },
  );

  it.each(['localhost', 'LOCALHOST:4000', '127.0.0.1:4000', '127.1.2.3', '[::1]:4000'])(
    'goes without TLS to this machine itself: %s',
    async (host) => {
      const { url, token } = await withCookie();

      expect(await setCookieAt(url, host, { token })).toMatch(
        /^hearsay=[0-9A-Za-z]{33}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/,
      );
    },
  );

  it.each(['hearsay.example', 'hearsay.example:8443', '192.168.0.4', '127.0.0.1.example', 'localhost.example:80'])(
    'goes over TLS only, and is of this host alone, anywhere else: %s',
    async (host) => {
      const { url, token } = await withCookie();

      expect(await setCookieAt(url, host, { token })).toMatch(
        /^__Host-hearsay=[0-9A-Za-z]{33}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
      );
    },
  );

  it('of the name that any neighbour could set is none where ours would be Secure', () => {
    const headers = (host: string, name: string) => ({ host, cookie: `${name}=secret` });

    expect([
      secretIn(headers('hearsay.example', '__Host-hearsay')),
      secretIn(headers('hearsay.example', 'hearsay')),
      secretIn(headers('localhost:4000', 'hearsay')),
      secretIn({ host: 'localhost' }),
    ]).toEqual(['secret', null, 'secret', null]);
  });

  it('has no part in a request with a token, wherever that comes from', async () => {
    const { url, cookie, token } = await withCookie();

    expect(await whoIs(url, { ...at(url, FROM_ELSEWHERE['another site']), ...bearer(token), cookie })).toBe(
      'Ann EDITOR',
    );
  });
});
