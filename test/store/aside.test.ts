import { describe, expect, test } from 'vitest';
import {
  createToken,
  endSession,
  hasTokens,
  type NewSession,
  noteUse,
  openSession,
  revokeToken,
  sessionByHash,
  type Token,
  tokenByHash,
  tokens,
} from '../../src/store/aside.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';

const aToken = (more: Partial<Token & { hash: string }> = {}): Token & { hash: string } => ({
  id: 'tok_a',
  hash: 'hash-a',
  name: 'Ann',
  role: 'EDITOR',
  scope: 'write',
  created: 1_000,
  expires: null,
  used: null,
  revoked: null,
  ...more,
});

const aSession = (more: Partial<NewSession> = {}): NewSession => ({
  hash: 'session-a',
  token: null,
  name: 'Ann',
  role: 'EDITOR',
  scope: 'write',
  created: 1_000,
  expires: 9_000,
  ...more,
});

const bare = ({ hash: _, ...token }: Token & { hash: string }): Token => token;

describe.each(enginesHere({ all: true }))('operational notes on $name', (engine) => {
  test('a token is found by its hash, and by no other', async () => {
    const graph = await engine.fresh();
    await createToken(graph, aToken());
    await createToken(graph, aToken({ id: 'tok_b', hash: 'hash-b', role: 'READER', scope: 'read', expires: 5_000 }));

    const found = await Promise.all(
      ['hash-a', 'hash-b', 'hash-c', 'tok_a', ''].map((hash) => tokenByHash(graph, hash)),
    );

    expect(found).toEqual([
      bare(aToken()),
      bare(aToken({ id: 'tok_b', role: 'READER', scope: 'read', expires: 5_000 })),
      null,
      null,
      null,
    ]);
  });

  test('tokens are listed oldest first, and no hash is among what is listed', async () => {
    const graph = await engine.fresh();
    const before = [await hasTokens(graph), await tokens(graph)];
    await createToken(graph, aToken({ id: 'tok_b', hash: 'hash-b', created: 2_000 }));
    await createToken(graph, aToken());
    await revokeToken(graph, 'tok_a', 3_000);

    const listed = await tokens(graph);

    expect(before).toEqual([false, []]);
    expect(await hasTokens(graph)).toBe(true);
    expect(listed.map(({ id, revoked }) => [id, revoked])).toEqual([
      ['tok_a', 3_000],
      ['tok_b', null],
    ]);
    expect(JSON.stringify(listed)).not.toContain('hash');
  });

  test('a token that is made again under its id stays as it is', async () => {
    const graph = await engine.fresh();
    await createToken(graph, aToken());

    await createToken(graph, aToken({ role: 'ADMIN' }));

    expect(await tokens(graph)).toEqual([bare(aToken())]);
  });

  test('two tokens can’t share a secret', async () => {
    const graph = await engine.fresh();
    await createToken(graph, aToken());

    await expect(createToken(graph, aToken({ id: 'tok_b' }))).rejects.toMatchObject({ code: 'CONFLICT' });

    expect(await tokens(graph)).toHaveLength(1);
  });

  test('the last use of a token is kept', async () => {
    const graph = await engine.fresh();
    await createToken(graph, aToken());

    await noteUse(graph, 'tok_a', 7_000);

    expect((await tokenByHash(graph, 'hash-a'))?.used).toBe(7_000);
  });

  test('revoking a token keeps the first time and ends its sessions, no others', async () => {
    const graph = await engine.fresh();
    await createToken(graph, aToken());
    await createToken(graph, aToken({ id: 'tok_b', hash: 'hash-b' }));
    await openSession(graph, aSession({ token: 'tok_a' }));
    await openSession(graph, aSession({ hash: 'session-b', token: 'tok_b' }));
    await openSession(graph, aSession({ hash: 'session-c' }));

    const revoked = [await revokeToken(graph, 'tok_a', 3_000), await revokeToken(graph, 'tok_a', 4_000)];
    const unknown = await revokeToken(graph, 'tok_z', 3_000);

    expect(revoked.map((token) => token?.revoked)).toEqual([3_000, 3_000]);
    expect(unknown).toBeNull();
    const left = await Promise.all(['session-a', 'session-b', 'session-c'].map((hash) => sessionByHash(graph, hash)));
    expect(left.map((session) => session?.name ?? null)).toEqual([null, 'Ann', 'Ann']);
  });

  test('a revoked token opens no session', async () => {
    const graph = await engine.fresh();
    await createToken(graph, aToken());
    await revokeToken(graph, 'tok_a', 3_000);

    const opened = await openSession(graph, aSession({ token: 'tok_a' }));

    expect(opened).toBe(false);
    expect(await sessionByHash(graph, 'session-a')).toBeNull();
  });

  test('no session outlives a token that is revoked while it is opened', async () => {
    const graph = await engine.fresh();
    const names = Array.from({ length: 8 }, (_, at) => String(at));
    for (const name of names) await createToken(graph, aToken({ id: `tok_${name}`, hash: `hash-${name}` }));

    await Promise.all(
      names.flatMap((name) => [
        openSession(graph, aSession({ hash: `session-${name}`, token: `tok_${name}` })),
        revokeToken(graph, `tok_${name}`, 3_000),
      ]),
    );

    const left = await Promise.all(names.map((name) => sessionByHash(graph, `session-${name}`)));
    expect(left).toEqual(names.map(() => null));
  });

  test('a session is found until it is ended, and forgotten at the next sign-in once it is over', async () => {
    const graph = await engine.fresh();
    await createToken(graph, aToken());

    const opened = await openSession(graph, aSession({ token: 'tok_a' }));
    await openSession(graph, aSession({ hash: 'session-b', expires: 1_500 }));
    const found = await sessionByHash(graph, 'session-a');
    await endSession(graph, 'session-a');
    await endSession(graph, 'session-a');
    const before = await sessionByHash(graph, 'session-b');
    await openSession(graph, aSession({ hash: 'session-c', created: 1_500 }));

    expect(opened).toBe(true);
    expect(found).toEqual({ name: 'Ann', role: 'EDITOR', scope: 'write', created: 1_000, expires: 9_000 });
    expect(await sessionByHash(graph, 'session-a')).toBeNull();
    expect(before).not.toBeNull();
    expect(await sessionByHash(graph, 'session-b')).toBeNull();
    expect((await tokenByHash(graph, 'hash-a'))?.used).toBe(1_000);
  });

  test('none of it is a change, a record, or a difference', async () => {
    const graph = await engine.fresh();

    await createToken(graph, aToken());
    await openSession(graph, aSession({ token: 'tok_a' }));
    await revokeToken(graph, 'tok_a', 3_000);

    expect(await graph.read('MATCH (g:Graph) RETURN g.seq AS seq')).toEqual([{ seq: 0 }]);
    expect(await graph.read('MATCH (e:Edit) RETURN e.id AS id')).toEqual([]);
    expect(await verify(graph)).toMatchObject({ differences: [] });
  });
});
