import { describe, expect, it } from 'vitest';
import { post, serving } from './serving.js';
import { aToken, bearer, refusalIn, signedIn, signIn } from './signing-in.js';

const QUESTION = '{"query": "{ viewer { role } }"}';
const via = (address: string) => ({ 'x-forwarded-for': address });

/** The statuses of as many requests, one after the other. */
async function statuses(count: number, ask: () => Promise<Response>): Promise<number[]> {
  const all: number[] = [];
  for (let at = 0; at < count; at += 1) all.push((await ask()).status);
  return all;
}

describe('requests', () => {
  it('are refused beyond the limit with the seconds to wait, as JSON like every error', async () => {
    const { url } = await serving({ rateLimit: 2 });

    const allowed = await statuses(2, () => post(url, QUESTION));
    const answer = await post(url, QUESTION);

    const retryAfter = Number(answer.headers.get('retry-after'));
    expect(allowed).toEqual([200, 200]);
    expect(retryAfter).toBeGreaterThan(0);
    expect(retryAfter).toBeLessThanOrEqual(60);
    expect(await refusalIn(answer)).toEqual({
      status: 429,
      code: 'RATE_LIMITED',
      rule: 'REQUESTS',
      message: `Too many requests: wait ${retryAfter} seconds.`,
    });
  });

  it('are counted apart for each token, each session, and everybody else by address', async () => {
    const { url, graph } = await serving({ rateLimit: 1 });
    const [one, other] = [(await aToken(graph)).token, (await aToken(graph)).token];
    const session = await signedIn(url, one);
    const askers = [{}, bearer(one), bearer(other), session];

    const first = await Promise.all(askers.map((headers) => post(url, QUESTION, headers)));
    const second = await Promise.all(askers.map((headers) => post(url, QUESTION, headers)));

    expect(first.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(second.map(({ status }) => status)).toEqual([429, 429, 429, 429]);
  });

  it('with a token that isn’t taken count for the address, so that nobody guesses without end', async () => {
    const { url, graph } = await serving({ rateLimit: 2 });
    const { token } = await aToken(graph);

    const wrong = await statuses(3, () => post(url, QUESTION, bearer('wrong')));

    expect(wrong).toEqual([401, 401, 429]);
    expect((await post(url, QUESTION, bearer(token))).status).toBe(200);
    expect((await post(url, QUESTION)).status).toBe(429);
  });

  it('have no limit where it is 0', async () => {
    const { url } = await serving({ rateLimit: 0 });

    expect(await statuses(30, () => post(url, QUESTION))).toEqual(Array(30).fill(200));
  });

  it('are of the client’s address only where the proxy before us is trusted', async () => {
    const believing = await serving({ rateLimit: 1, trustProxy: 'loopback' });
    const doubting = await serving({ rateLimit: 1 });
    const two = (url: string) =>
      Promise.all(['203.0.113.1', '203.0.113.2'].map(async (each) => (await post(url, QUESTION, via(each))).status));

    expect(await two(believing.url)).toEqual([200, 200]);
    expect((await two(doubting.url)).sort()).toEqual([200, 429]);
  });

  it('of one IPv6 network count together, however many addresses it has', async () => {
    const { url } = await serving({ rateLimit: 1, trustProxy: 'loopback' });
    const status = async (address: string) => (await post(url, QUESTION, via(address))).status;

    expect(await status('2001:db8:1:1::1')).toBe(200);
    expect(await status('2001:db8:1:1:ffff::2')).toBe(429);
    expect(await status('2001:db8:1:2::1')).toBe(200);
  });

  it('for health and pages are never refused', async () => {
    const { url } = await serving({ rateLimit: 1, signInLimit: 1 });

    for (const path of ['/health/live', '/sign-in', '/']) {
      expect(await statuses(3, () => fetch(url + path))).toEqual([200, 200, 200]);
    }
  });
});

describe('attempts to sign in', () => {
  it('are refused beyond the limit, be the token right or wrong, and requests go on', async () => {
    const { url, graph } = await serving({ signInLimit: 3 });
    const { token } = await aToken(graph);

    const tried = await statuses(3, () => signIn(url, { token: 'wrong' }));
    const answer = await signIn(url, { token });

    expect(tried).toEqual([401, 401, 401]);
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await refusalIn(answer)).toMatchObject({ status: 429, code: 'RATE_LIMITED', rule: 'SIGN_INS' });
    expect((await post(url, QUESTION, bearer(token))).status).toBe(200);
  });

  it('from one address leave another alone', async () => {
    const { url } = await serving({ signInLimit: 1, trustProxy: 'loopback' });
    const status = async (address: string) => (await signIn(url, { token: 'wrong' }, via(address))).status;

    expect([await status('203.0.113.1'), await status('203.0.113.1'), await status('203.0.113.2')]).toEqual([
      401, 429, 401,
    ]);
  });
});
