import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { bearer, cookieIn, signIn, whoIs } from './signing-in.js';
import { anEmptyGraph, build, start } from './spawned.js';

const LONG = 60_000;
const ROOT = join(import.meta.dirname, '../..');
const DAY = 86_400_000;

beforeAll(build, LONG);

/** A graph in a file that stays empty, with the token command and the server on it. */
async function aPlace() {
  const settings = { PORT: '0', GRAPH_URL: await anEmptyGraph() };
  const token = (...args: string[]) => start('cli/token.js', settings, args).ended;
  return { settings, token, serve: () => start('main.js', settings) };
}

describe('npm run token', { timeout: LONG }, () => {
  it('gives out a token that the server takes, and prints nothing else on standard output', async () => {
    const { token, serve } = await aPlace();

    const { code, out, err } = await token('create', '--name', 'Ann', '--role', 'EDITOR');
    const server = serve();
    const url = await server.listening;

    expect(code).toBe(0);
    expect(out).toMatch(/^hearsay_[0-9A-Za-z]{39}\n$/);
    expect(err).not.toContain(out.trim());
    expect(err).toMatch(/tok_\w{12} {2}EDITOR {2}write {2}"Ann" {2}created .*, expires .*, never used\n$/);
    expect(await whoIs(url, bearer(out.trim()))).toBe('Ann EDITOR');
    server.child.kill('SIGTERM');
    expect((await server.ended).out).not.toContain(out.trim());
  });

  it('lists what was given out without a secret, and takes it back', async () => {
    const { token, serve } = await aPlace();
    const before = await token('list');
    const ann = (await token('create', '--name', 'Ann', '--role', 'EDITOR')).out.trim();
    const bo = (
      await token('create', '--name', 'Bo', '--role', 'ADMIN', '--scope', 'read', '--expires', 'never')
    ).out.trim();

    const listed = (await token('list')).out;
    const id = /^(tok_\w+) .*"Ann"/.exec(listed)?.[1] ?? '';
    const revoked = await token('revoke', id);
    const url = await serve().listening;

    expect(before.out).toBe('No token was ever given out.\n');
    const inNinetyDays = new Date(Date.now() + 90 * DAY).toISOString().slice(0, 10);
    expect(listed.split('\n')).toEqual([
      expect.stringMatching(
        new RegExp(`^tok_\\w{12} {2}EDITOR {2}write {2}"Ann" {2}created .*, expires ${inNinetyDays}, never used$`),
      ),
      expect.stringMatching(/^tok_\w{12} {2}ADMIN {2}read {2}"Bo" {2}created .*, never expires, never used$/),
      '',
    ]);
    expect(listed).not.toMatch(/hearsay_|[0-9a-f]{64}/);
    expect(revoked).toMatchObject({ code: 0, out: expect.stringContaining(', revoked ') });
    expect([await whoIs(url, bearer(ann)), await whoIs(url, bearer(bo))]).toEqual(['TOKEN_REVOKED', 'Bo ADMIN']);
  });

  it.each([
    [['create', '--role', 'EDITOR'], '--name'],
    [['create', '--name', ' ', '--role', 'EDITOR'], '--name'],
    [['create', '--name', 'Ann\nBo', '--role', 'EDITOR'], '--name'],
    [['create', '--name', 'takedown', '--role', 'EDITOR'], '--name is a name under which the server itself writes.'],
    [['create', '--name', 'Ann\u202e', '--role', 'EDITOR'], '--name'],
    [['create', '--name', 'Ann'], '--role'],
    [['create', '--name', 'Ann', '--role', 'editor'], '--role'],
    [['create', '--name', 'Ann', '--role', 'EDITOR', '--scope', 'all'], '--scope'],
    [['create', '--name', 'Ann', '--role', 'EDITOR', '--expires', '0d'], '--expires'],
    [['create', '--name', 'Ann', '--role', 'EDITOR', '--expires', '3651d'], '--expires'],
    [['create', '--name', 'Ann', '--role', 'EDITOR', '--expires', 'soon'], '--expires'],
    [['create', 'Ann'], 'create --name NAME'],
    [['revoke'], 'revoke ID'],
    [['revoke', 'tok_unknown'], 'tok_unknown'],
    [[], 'list'],
  ])('refuses %j in one line that says %s, and gives out nothing', async (args, says) => {
    const settings = { GRAPH_URL: 'memory:' };

    const { code, out, err } = await start('cli/token.js', settings, args).ended;

    expect([code, out]).toEqual([1, '']);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(err).toMatch(/^hearsay: /);
    expect(err).toContain(says);
  });
});

/** What a server prints that was started at a terminal, until it has printed enough; `script` of util-linux makes the terminal. */
async function atATerminal(settings: Record<string, string>) {
  const { PATH = '', HOME = '' } = process.env;
  const command = `exec '${process.execPath}' '${join(ROOT, 'dist/main.js')}'`;
  const child = spawn('script', ['-qefc', command, '/dev/null'], {
    env: { PATH, HOME, SHELL: '/bin/sh', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  onTestFinished(async () => {
    const ended = once(child, 'close');
    if (child.exitCode === null) child.kill('SIGTERM');
    await ended;
  });
  let shown = '';
  for await (const chunk of child.stdout) {
    shown += String(chunk);
    if (shown.includes('"msg":"ready"')) break;
  }
  const url = /Server listening at (http:\/\/[^"]+)"/.exec(shown)?.[1] ?? '';
  return { shown, url, link: /(http\S+)\/sign-in#code=([0-9A-Za-z]+)/.exec(shown) };
}

describe.skipIf(process.platform !== 'linux')('a server that is started at a terminal', { timeout: LONG }, () => {
  it('prints a link for its first admin there, which is in no line of its log', async () => {
    const { settings } = await aPlace();

    const { shown, url, link } = await atATerminal(settings);
    const answer = await signIn(url, { code: link?.[2] });

    expect(link?.[1]).toBe(url);
    expect(shown.split('\n').filter((line) => line.includes(link?.[2] ?? ''))).toEqual([
      expect.stringMatching(/^Sign in as an admin, once and within ten minutes: http/),
    ]);
    expect(await whoIs(url, cookieIn(answer))).toBe('admin ADMIN');
  });

  it('prints none once a token was given out', async () => {
    const { settings, token } = await aPlace();
    await token('create', '--name', 'Ann', '--role', 'ADMIN');

    expect((await atATerminal(settings)).link).toBeNull();
  });

  it('prints none where others can reach it', async () => {
    const { settings } = await aPlace();

    expect((await atATerminal({ ...settings, HOST: '0.0.0.0' })).link).toBeNull();
  });

  it('prints none where its output goes to a file', async () => {
    const { serve } = await aPlace();
    const server = serve();
    await server.listening;

    server.child.kill('SIGTERM');
    const { out, err } = await server.ended;

    expect(out + err).not.toContain('code=');
  });
});
