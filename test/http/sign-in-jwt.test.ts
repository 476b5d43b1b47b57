import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { configFrom } from '../../src/config.js';
import { post, serving } from './serving.js';
import { aToken, bearer, cookieIn, refusalIn, signIn, whoIs } from './signing-in.js';
import { aFolder } from './spawned.js';

const ISSUER = 'https://id.example/';
const NOW = Date.UTC(2026, 10, 25);
const SECONDS = NOW / 1_000;

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;
let ours: Pair;
let another: Pair;
let rsa: Pair;

beforeAll(async () => {
  [ours, another, rsa] = await Promise.all([
    generateKeyPair('ES256', { extractable: true }),
    generateKeyPair('ES256', { extractable: true }),
    generateKeyPair('RS256', { extractable: true }),
  ]);
});

const publicKey = async ({ publicKey: key }: Pair, kid: string, alg = 'ES256') => ({
  ...(await exportJWK(key)),
  kid,
  alg,
  use: 'sig',
});

/** An identity provider on this machine whose keys the test changes. */
async function aProvider(first: object[]) {
  const provider = { keys: first, fetched: 0, status: 200, url: '', close: async () => {} };
  const server = createServer((_request, answer) => {
    provider.fetched += 1;
    answer.writeHead(provider.status, { 'content-type': 'application/json' });
    answer.end(JSON.stringify({ keys: provider.keys }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  provider.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
  provider.close = async () => {
    server.closeAllConnections();
    server.close();
  };
  onTestFinished(provider.close);
  return provider;
}

const settings = (keys: string, more: Record<string, string> = {}) =>
  configFrom({ JWT_ISSUER: ISSUER, JWT_AUDIENCE: 'hearsay', JWT_KEYS: keys, ...more });

/** A server that takes the tokens of a provider, its clock standing still. */
async function taking(more: Record<string, string> = {}) {
  const provider = await aProvider([await publicKey(ours, 'one')]);
  const { provider: jwt } = settings(provider.url, more);
  const server = await serving({ provider: jwt }, undefined, { now: () => NOW });
  return { ...server, provider };
}

type Claims = Record<string, unknown>;

const GOOD: JWTPayload = { iss: ISSUER, aud: 'hearsay', sub: 'ann', exp: SECONDS + 600, role: 'EDITOR' };

function sign(claims: Claims = {}, key = ours.privateKey, header: object = {}): Promise<string> {
  return new SignJWT({ ...GOOD, ...claims }).setProtectedHeader({ alg: 'ES256', kid: 'one', ...header }).sign(key);
}

describe('a JWT of the identity provider', () => {
  it('is who its claims say, as a bearer and at the sign-in', async () => {
    const { url } = await taking();
    const jwt = await sign();

    const answer = await signIn(url, { token: jwt });

    expect(await whoIs(url, bearer(jwt))).toBe('ann EDITOR');
    expect(await answer.clone().json()).toEqual({
      name: 'ann',
      role: 'EDITOR',
      scope: 'write',
      expires: '2026-11-25T00:10:00.000Z',
    });
    expect(await whoIs(url, cookieIn(answer))).toBe('ann EDITOR');
  });

  it.each<[string, string, () => Promise<string>]>([
    ['has expired', 'JWT_EXPIRED', () => sign({ exp: SECONDS - 31 })],
    ['is not valid yet', 'JWT_EARLY', () => sign({ nbf: SECONDS + 31 })],
    ['never expires', 'JWT_CLAIM', () => sign({ exp: undefined })],
    ['is of another issuer', 'JWT_ISSUER', () => sign({ iss: 'https://evil.example/' })],
    ['is of no issuer', 'JWT_ISSUER', () => sign({ iss: undefined })],
    ['is for another audience', 'JWT_AUDIENCE', () => sign({ aud: ['shop', 'forum'] })],
    ['names nobody', 'JWT_CLAIM', () => sign({ sub: undefined })],
    ['has an empty name', 'JWT_CLAIM', () => sign({ sub: ' ' })],
    ['has a name that would be recorded as somebody else’s', 'JWT_CLAIM', () => sign({ sub: 'ann ' })],
    ['has half a character in the name', 'JWT_CLAIM', () => sign({ sub: 'ann\ud800' })],
    ['has a name of two lines', 'JWT_CLAIM', () => sign({ sub: 'ann\nbo' })],
    ['has a name that reads the other way round', 'JWT_CLAIM', () => sign({ sub: '\u2067ann\u2069' })],
    ['has a name that shows nothing', 'JWT_CLAIM', () => sign({ sub: '\u200b' })],
    ['has a name of the server’s own', 'JWT_CLAIM', () => sign({ sub: 'takedown' })],
    ['has a name that reads as one of the server’s own', 'JWT_CLAIM', () => sign({ sub: 'Se\u200bed' })],
    ['is signed by another key under our name', 'JWT_SIGNATURE', () => sign({}, another.privateKey)],
    ['is signed by a key that isn’t known', 'JWT_KEY', () => sign({}, another.privateKey, { kid: 'two' })],
    ['is not signed', 'JWT_ALGORITHM', async () => new UnsecuredJWT(GOOD).encode().replace(/\.$/, '.x')],
    ['is signed in an unknown way', 'JWT_ALGORITHM', () => withHeader({ alg: 'RS512' })],
    ['asks for what we don’t know', 'TOKEN_FORM', () => withHeader({ crit: ['hearsay'], hearsay: 1 })],
    ['was changed', 'JWT_SIGNATURE', async () => changed(await sign({ role: 'READER' }), { role: 'ADMIN' })],
  ])('that %s is refused by the rule %s', async (_, rule, make) => {
    const { url, lines } = await taking();
    const jwt = await make();

    const asBearer = await refusalIn(await post(url, '{"query": "{ viewer { role } }"}', bearer(jwt)));
    const asSignIn = await refusalIn(await signIn(url, { token: jwt }));

    expect(asBearer).toMatchObject({ status: 401, code: 'UNAUTHENTICATED', rule });
    expect(asSignIn).toEqual(asBearer);
    for (const part of jwt.split('.').filter((each) => each.length > 5)) {
      expect(JSON.stringify(lines) + asBearer.message).not.toContain(part);
    }
  });

  it('that is signed with our public key as a shared secret is refused', async () => {
    const { url } = await taking();
    const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(ours.publicKey)));

    const jwt = await new SignJWT(GOOD).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(secret);

    expect(await whoIs(url, bearer(jwt))).toBe('JWT_ALGORITHM');
  });

  it('is taken while the clocks differ by half a minute', async () => {
    const { url } = await taking();

    expect(await whoIs(url, bearer(await sign({ exp: SECONDS - 29, nbf: SECONDS - 100 })))).toBe('ann EDITOR');
    expect(await whoIs(url, bearer(await sign({ nbf: SECONDS + 29 })))).toBe('ann EDITOR');
  });

  it.each<[string, Record<string, string>, Claims]>([
    ['READER', {}, { role: undefined }],
    ['READER', {}, { role: 'editor' }],
    ['READER', {}, { role: { EDITOR: true } }],
    ['READER', {}, { role: 5 }],
    ['ADMIN', {}, { role: ['CONTRIBUTOR', 'ADMIN', 'nonsense', 'READER'] }],
    ['EDITOR', { JWT_ROLES: 'desk=EDITOR,chief=ADMIN' }, { role: 'desk' }],
    ['READER', { JWT_ROLES: 'desk=EDITOR,chief=ADMIN' }, { role: 'ADMIN' }],
    ['REVIEWER', { JWT_ROLE_CLAIM: 'realm_access.roles' }, { realm_access: { roles: ['REVIEWER'] } }],
    ['REVIEWER', { JWT_ROLE_CLAIM: 'https://hearsay.example/role' }, { 'https://hearsay.example/role': 'REVIEWER' }],
    ['READER', { JWT_ROLE_CLAIM: 'constructor.name' }, {}],
    ['READER', { JWT_ROLE_CLAIM: 'realm_access.roles' }, { realm_access: 'REVIEWER' }],
  ])('has the role %s with %j and %j', async (role, more, claims) => {
    const { url } = await taking(more);

    expect(await whoIs(url, bearer(await sign(claims)))).toBe(`ann ${role}`);
  });

  it('has the name of the claim that the settings say', async () => {
    const { url } = await taking({ JWT_NAME_CLAIM: 'email' });

    expect(await whoIs(url, bearer(await sign({ email: 'ann@desk.example' })))).toBe('ann@desk.example EDITOR');
    expect(await whoIs(url, bearer(await sign()))).toBe('JWT_CLAIM');
  });

  it('is refused where no identity provider is set', async () => {
    const { url } = await serving();

    expect(await whoIs(url, bearer(await sign()))).toBe('TOKEN_FORM');
  });

  it('leaves our own tokens as they are', async () => {
    const { url, graph, provider } = await taking();

    expect(await whoIs(url, bearer((await aToken(graph)).token))).toBe('Ann EDITOR');
    expect(provider.fetched).toBe(0);
  });

  it.each(['RS256', 'PS256'])('is taken signed by %s with a key of the set', async (alg) => {
    const { url, provider } = await taking();
    provider.keys.push(await publicKey(rsa, 'rsa', alg));
    const key = alg === 'RS256' ? rsa.privateKey : (await pssOf(rsa)).privateKey;

    const jwt = await new SignJWT(GOOD).setProtectedHeader({ alg, kid: 'rsa' }).sign(key);

    expect(await whoIs(url, bearer(jwt))).toBe('ann EDITOR');
  });
});

describe('the keys of the identity provider', () => {
  it('are fetched once for many tokens, and not before one comes', async () => {
    const { url, provider } = await taking();
    const before = provider.fetched;
    const jwts = await Promise.all(['ann', 'bo', 'cy'].map((sub) => sign({ sub })));

    const names = await Promise.all(jwts.map((jwt) => whoIs(url, bearer(jwt))));
    await whoIs(url, bearer(jwts[0] ?? ''));

    expect(names).toEqual(['ann EDITOR', 'bo EDITOR', 'cy EDITOR']);
    expect([before, provider.fetched]).toEqual([0, 1]);
  });

  it('are not fetched anew for each token with a made-up key', async () => {
    const { url, provider } = await taking();

    for (const kid of ['two', 'three', 'four']) {
      expect(await whoIs(url, bearer(await sign({}, ours.privateKey, { kid })))).toBe('JWT_KEY');
    }

    expect(provider.fetched).toBe(1);
  });

  it('are fetched anew for a new key, half a minute after the last time', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const { url, provider } = await taking();
    await whoIs(url, bearer(await sign()));
    const jwt = await sign({}, another.privateKey, { kid: 'two' });
    provider.keys = [await publicKey(another, 'two')];

    const before = await whoIs(url, bearer(jwt));
    vi.advanceTimersByTime(30_000);

    expect([before, await whoIs(url, bearer(jwt))]).toEqual(['JWT_KEY', 'ann EDITOR']);
    expect(await whoIs(url, bearer(await sign()))).toBe('JWT_KEY');
  });

  it('that can’t be had are an outage, not a wrong token, and are asked for again', async () => {
    const { url, provider, lines } = await taking();
    const jwt = await sign();
    provider.status = 500;

    const lost = await refusalIn(await post(url, '{"query": "{ viewer { role } }"}', bearer(jwt)));
    provider.status = 200;

    expect(lost).toMatchObject({ status: 503, code: 'UNAVAILABLE', rule: 'JWT_KEYS' });
    expect(await whoIs(url, bearer(jwt))).toBe('ann EDITOR');
    expect(JSON.stringify(lines)).not.toContain(jwt.split('.')[2]);
  });

  it('may lie in a file', async () => {
    const file = join(await aFolder(), 'keys.json');
    await writeFile(file, JSON.stringify({ keys: [await publicKey(ours, 'one')] }));
    const { url } = await serving({ provider: settings(`file:${file}`).provider }, undefined, { now: () => NOW });

    expect(await whoIs(url, bearer(await sign()))).toBe('ann EDITOR');
    expect(await whoIs(url, bearer(await sign({}, another.privateKey, { kid: 'two' })))).toBe('JWT_KEY');
  });

  it.each(['{"keys": 1}', '{"kty": "EC"}', 'no JSON', null])(
    'in a file that holds %j stop the start',
    async (content) => {
      const file = join(await aFolder(), 'keys.json');
      if (content !== null) await writeFile(file, content);

      const started = serving({ provider: settings(`file:${file}`).provider });

      await expect(started).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        message: 'JWT_KEYS must be a file that holds a JSON Web Key Set.',
        details: { field: 'JWT_KEYS' },
      });
    },
  );
});

/** A token with a header that nobody here would sign; `crit` names what its reader must know. */
async function withHeader(more: object): Promise<string> {
  const [, payload = ''] = (await sign()).split('.');
  const header = Buffer.from(JSON.stringify({ alg: 'ES256', kid: 'one', ...more }));
  return `${header.toString('base64url')}.${payload}.${'x'.repeat(86)}`;
}

function changed(jwt: string, claims: Claims): string {
  const [header = '', payload = '', signature = ''] = jwt.split('.');
  const body = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), ...claims };
  return [header, Buffer.from(JSON.stringify(body)).toString('base64url'), signature].join('.');
}

/** The same RSA key, for the other padding. */
async function pssOf({ privateKey }: Pair) {
  return { privateKey: (await importJWK(await exportJWK(privateKey), 'PS256')) as Pair['privateKey'] };
}
