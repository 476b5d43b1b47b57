import { describe, expect, it } from 'vitest';
import { createDeskLink } from '../../src/http/desk-link.js';
import { isLoopback } from '../../src/http/loopback.js';
import { tokens } from '../../src/store/aside.js';
import { serving } from './serving.js';
import { ANOTHER_PAGE, cookieIn, refusalIn, signIn, whoIs } from './signing-in.js';

const MINUTE = 60_000;

/** A server that gave out a desk link, with a clock that the test moves. */
async function linked() {
  let now = Date.UTC(2026, 10, 25);
  const deskLink = createDeskLink(() => now);
  const server = await serving({}, undefined, { now: () => now, deskLink });
  return {
    ...server,
    code: deskLink.code,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe('a desk link', () => {
  it('lets an admin in, once', async () => {
    const { url, code, graph } = await linked();

    const first = await signIn(url, { code });
    const second = await signIn(url, { code });

    expect(await first.clone().json()).toMatchObject({ name: 'admin', role: 'ADMIN', scope: 'write' });
    expect(await whoIs(url, cookieIn(first))).toBe('admin ADMIN');
    expect(await refusalIn(second)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED', rule: 'DESK_LINK' });
    expect(second.headers.get('set-cookie')).toBeNull();
    expect(await tokens(graph)).toEqual([]);
  });

  it('lets one of many in who use it at the same time', async () => {
    const { url, code } = await linked();

    const answers = await Promise.all(Array.from({ length: 8 }, () => signIn(url, { code })));

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('is of no use after ten minutes', async () => {
    const early = await linked();
    const late = await linked();
    early.pass(10 * MINUTE - 1);
    late.pass(10 * MINUTE);

    expect((await signIn(early.url, { code: early.code })).status).toBe(200);
    expect((await signIn(late.url, { code: late.code })).status).toBe(401);
  });

  it('is not used up by looking at its page, by a wrong code, or by a page of another site', async () => {
    const { url, code } = await linked();

    const looks = [await fetch(`${url}/sign-in`), await fetch(`${url}/sign-in?code=${code}`, { method: 'HEAD' })];
    const wrong = await signIn(url, { code: `${code}x` });
    const forged = await signIn(url, { code }, ANOTHER_PAGE);

    expect(looks.map(({ status }) => status)).toEqual([200, 200]);
    expect([wrong.status, forged.status]).toEqual([401, 403]);
    expect((await signIn(url, { code })).status).toBe(200);
  });

  it('is no token, and its code is in no line of the log', async () => {
    const { url, code, lines } = await linked();

    const asToken = await signIn(url, { token: code });
    await signIn(url, { code });
    await fetch(`${url}/sign-in?code=${code}`);

    expect(asToken.status).toBe(401);
    expect(lines.length).toBeGreaterThanOrEqual(3);
    expect(JSON.stringify(lines)).not.toContain(code);
  });

  it('is nothing that a server without one takes', async () => {
    const { code } = await linked();
    const { url } = await serving();

    expect(await refusalIn(await signIn(url, { code }))).toMatchObject({ status: 401, rule: 'DESK_LINK' });
  });

  it('differs from server to server', () => {
    const codes = Array.from({ length: 50 }, () => createDeskLink(() => 0).code);

    expect(new Set(codes).size).toBe(50);
  });
});

describe('this machine only', () => {
  it.each(['localhost', 'LocalHost', '127.0.0.1', '127.255.0.9', '::1', '[::1]'])('is %s', (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each([
    '',
    '0.0.0.0',
    '::',
    '192.168.0.4',
    '127.0.0.1.example',
    'localhost.example',
    '127.example',
    '1.127.0.0',
    '::2',
  ])('is not %j', (host) => {
    expect(isLoopback(host)).toBe(false);
  });
});
