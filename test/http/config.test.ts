import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { configFrom, SETTINGS } from '../../src/config.js';
import { AppError } from '../../src/errors.js';

function refusalOf(environment: Record<string, string>): AppError {
  try {
    configFrom(environment);
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('nothing was refused');
}

describe('the settings', () => {
  it('have a default each, so that nothing has to be set', () => {
    const config = configFrom({});

    expect(config).toEqual({
      port: 4000,
      host: '127.0.0.1',
      graph: { url: 'file:./data/graph', user: undefined, password: undefined, database: undefined },
      minors: 'name-only',
      logLevel: 'info',
      requestTimeoutMs: 20_000,
      maxBodyBytes: 1_048_576,
      trustProxy: false,
      rateLimit: 1_200,
      liveLimit: 20,
      liveIntervalMs: 500,
      signInLimit: 20,
      takedownLimit: 10,
      takedownHidings: 20,
      sessionHours: 12,
      provider: null,
    });
  });

  it('are read from the environment', () => {
    const config = configFrom({
      PORT: '0',
      HOST: '::1',
      GRAPH_URL: 'neo4j://db:7687',
      GRAPH_USER: 'hearsay',
      GRAPH_PASSWORD: 'secret',
      GRAPH_DATABASE: 'people',
      MINORS: 'hide',
      LOG_LEVEL: 'silent',
      REQUEST_TIMEOUT_MS: '100',
      MAX_BODY_BYTES: '1024',
      TRUST_PROXY: 'loopback, 10.0.0.0/8,::1',
      RATE_LIMIT: '0',
      LIVE_LIMIT: '2',
      LIVE_INTERVAL_MS: '50',
      SIGN_IN_LIMIT: '3',
      TAKEDOWN_LIMIT: '0',
      TAKEDOWN_HIDINGS: '5',
      SESSION_HOURS: '1',
      JWT_ISSUER: 'https://id.example/',
      JWT_AUDIENCE: 'hearsay',
      JWT_KEYS: 'https://id.example/keys',
      JWT_ALGORITHMS: 'ES256, RS256',
      JWT_NAME_CLAIM: 'email',
      JWT_ROLE_CLAIM: 'realm_access.roles',
      JWT_ROLES: 'ou=editors=EDITOR, admins = ADMIN',
    });

    expect(config).toEqual({
      port: 0,
      host: '::1',
      graph: { url: 'neo4j://db:7687', user: 'hearsay', password: 'secret', database: 'people' },
      minors: 'hide',
      logLevel: 'silent',
      requestTimeoutMs: 100,
      maxBodyBytes: 1024,
      trustProxy: 'loopback, 10.0.0.0/8,::1',
      rateLimit: 0,
      liveLimit: 2,
      liveIntervalMs: 50,
      signInLimit: 3,
      takedownLimit: 0,
      takedownHidings: 5,
      sessionHours: 1,
      provider: {
        issuer: 'https://id.example/',
        audience: 'hearsay',
        keys: 'https://id.example/keys',
        algorithms: ['ES256', 'RS256'],
        nameClaim: 'email',
        roleClaim: 'realm_access.roles',
        roles: new Map([
          ['ou=editors', 'EDITOR'],
          ['admins', 'ADMIN'],
        ]),
      },
    });
  });

  it('count as not given where they are empty, as docker compose leaves them', () => {
    expect(configFrom({ PORT: '', MINORS: '', GRAPH_PASSWORD: '' })).toEqual(configFrom({}));
  });

  it('leave alone what is none of theirs', () => {
    expect(configFrom({ PATH: '/bin', MINOR: 'show' })).toEqual(configFrom({}));
  });

  it.each([
    ['PORT', 'abc'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '4000.5'],
    ['PORT', '1e3'],
    ['PORT', ' 4000'],
    ['HOST', 'my host'],
    ['MINORS', 'maybe'],
    ['MINORS', 'HIDE'],
    ['LOG_LEVEL', 'loud'],
    ['REQUEST_TIMEOUT_MS', '99'],
    ['REQUEST_TIMEOUT_MS', '600001'],
    ['MAX_BODY_BYTES', '1023'],
    ['MAX_BODY_BYTES', '99999999999'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', '10.0.0.1,'],
    ['RATE_LIMIT', '-5'],
    ['SIGN_IN_LIMIT', 'few'],
    ['SESSION_HOURS', '721'],
    ['JWT_KEYS', 'http://id.example/keys'],
    ['JWT_KEYS', 'http://localhost.id.example/keys'],
    ['JWT_KEYS', 'id.example/keys'],
    ['JWT_ALGORITHMS', 'HS256'],
    ['JWT_ALGORITHMS', 'RS256,none'],
    ['JWT_ROLES', 'desk'],
    ['JWT_ROLES', 'editors=editor'],
  ])('refuse %s=%s by name, in one line and without the value', (name, value) => {
    const { code, message, details } = refusalOf({ [name]: value });

    expect(code).toBe('INVALID_INPUT');
    expect(details).toEqual({ field: name, rule: 'SETTING' });
    expect(message).toMatch(new RegExp(`^${name} must be .+\\.$`));
    expect(message).not.toContain('\n');
    expect(message).not.toContain(value.trim());
  });

  it.each([
    ['JWT_KEYS', 'file:'],
    ['JWT_ALGORITHMS', ','],
    ['JWT_ROLES', '=ADMIN'],
    ['JWT_ROLES', ' '],
  ])('refuse %s=%s, which says nothing, by name', (name, value) => {
    expect(refusalOf({ [name]: value })).toMatchObject({ details: { field: name, rule: 'SETTING' } });
  });

  it.each(['JWT_ISSUER', 'JWT_AUDIENCE', 'JWT_KEYS'])('refuse an identity provider without %s', (missing) => {
    const all = { JWT_ISSUER: 'https://id.example/', JWT_AUDIENCE: 'hearsay', JWT_KEYS: 'file:keys.json' };

    const { message, details } = refusalOf({ ...all, [missing]: '' });

    expect(details).toEqual({ field: missing, rule: 'SETTING' });
    expect(message).toMatch(new RegExp(`^${missing} must be given`));
  });

  it('are all listed in README, and nothing else is', async () => {
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
    const [, table = ''] = /## Settings\n([\s\S]*?)\n## /.exec(readme) ?? [];

    const listed = [...table.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name);

    expect(listed).toEqual(SETTINGS);
  });
});
