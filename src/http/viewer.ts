import type { IncomingHttpHeaders } from 'node:http';
import type { Viewer } from '../domain/gate.js';
import { hashOf, isWholeToken, TOKEN_PREFIX } from '../domain/token.js';
import { AppError } from '../errors.js';
import type { Graph, Operation } from '../graph/graph.js';
import type { Logger } from '../log.js';
import { noteUse, type Scope, sessionByHash, type Token, tokenByHash } from '../store/aside.js';
import type { ReadJwt } from './jwt.js';
import { pageOf } from './origin.js';
import { secretIn } from './session-cookie.js';
import { unauthenticated } from './unauthenticated.js';

/** The last use of a token is written once in this time at most. */
const USED_MS = 60_000;

/** Who sent a request, as far as it says. */
export interface Asker {
  viewer: Viewer;
  /** What their requests are counted by; null for somebody who showed nothing, who is counted by address. */
  key: string | null;
  /** From when on they are somebody else, milliseconds since 1970-01-01T00:00Z; null is never. */
  until: number | null;
}

/** What a token allows, whoever gave it out. `token` is the id of one of ours. */
export interface Credential extends Asker {
  scope: Scope;
  token: string | null;
}

export interface WhoAsks {
  /**
   * Who asks, by the headers of a request, be it for an answer, a stream or a socket: `authorization` before the cookie, and a reader
   * where there is neither. A connection that stays open asks again, for a token may be revoked and a session end meanwhile.
   * @throws AppError UNAUTHENTICATED for what isn't taken, with a rule of `CREDENTIAL_RULES`; FORBIDDEN, rule SAME_ORIGIN, for
   * a cookie that another page has sent; UNAVAILABLE.
   */
  asker(headers: IncomingHttpHeaders, operation?: Operation): Promise<Asker>;
  /** What a token allows that somebody wants to sign in with. Throws as `asker` does. */
  credential(text: string, operation?: Operation): Promise<Credential>;
}

export interface WhoAsksParts {
  graph: Graph;
  log: Pick<Logger, 'warn'>;
  now: () => number;
  /** Null where no identity provider is set. */
  readJwt: ReadJwt | null;
}

const ANYBODY: Asker = { viewer: { name: null, role: 'READER' }, key: null, until: null };

export function createWhoAsks({ graph, log, now, readJwt }: WhoAsksParts): WhoAsks {
  const noted = new Map<string, number>();

  /** Nobody waits for this, and a request is answered where it fails: it is a courtesy. */
  const note = (token: Token) => {
    const last = Math.max(token.used ?? 0, noted.get(token.id) ?? 0);
    if (now() - last < USED_MS) return;
    noted.set(token.id, now());
    noteUse(graph, token.id, now()).catch((error: unknown) =>
      log.warn({ err: error }, 'the use of a token is not noted'),
    );
  };

  const ofToken = async (secret: string, operation?: Operation): Promise<Credential> => {
    const token = isWholeToken(secret) ? await tokenByHash(graph, hashOf(secret), operation) : undefined;
    if (token === undefined) throw unauthenticated('TOKEN_FORM');
    if (token === null) throw unauthenticated('TOKEN');
    if (token.revoked !== null) throw unauthenticated('TOKEN_REVOKED');
    if (token.expires !== null && token.expires <= now()) throw unauthenticated('TOKEN_EXPIRED');
    note(token);
    return { ...askerOf(token, token.id), scope: token.scope, token: token.id };
  };

  const credential = async (text: string, operation?: Operation): Promise<Credential> => {
    if (text.startsWith(TOKEN_PREFIX)) return ofToken(text, operation);
    if (readJwt === null || text.split('.').length !== 3) throw unauthenticated('TOKEN_FORM');
    const identity = await readJwt(text);
    return { ...askerOf({ ...identity, scope: 'write' }, `jwt ${identity.name}`), scope: 'write', token: null };
  };

  const ofSession = async (headers: IncomingHttpHeaders, secret: string, operation?: Operation): Promise<Asker> => {
    if (pageOf(headers) !== 'OURS') throw anotherPage();
    const hash = hashOf(secret);
    const session = await sessionByHash(graph, hash, operation);
    if (session === null || session.expires <= now()) throw unauthenticated('SESSION');
    return askerOf(session, hash);
  };

  return {
    credential,
    asker(headers, operation) {
      const { authorization } = headers;
      if (authorization !== undefined) return credential(bearerIn(authorization), operation);
      const secret = secretIn(headers);
      return secret === null ? Promise.resolve(ANYBODY) : ofSession(headers, secret, operation);
    },
  };
}

/** A cookie travels by itself, so it counts only where a page of ours has sent it. */
export function anotherPage(): AppError {
  return new AppError('FORBIDDEN', 'Signed in by a cookie, only a page of this server may ask: send a token instead.', {
    rule: 'SAME_ORIGIN',
  });
}

function bearerIn(authorization: string): string {
  const [, token] = /^bearer +([^\s]+) *$/i.exec(authorization) ?? [];
  if (token === undefined) throw unauthenticated('SCHEME');
  return token;
}

function askerOf(entry: Viewer & { scope: Scope; expires: number | null }, key: string): Asker {
  const { name, role, scope, expires } = entry;
  return { viewer: { name, role, ...(scope === 'read' && { readOnly: true }) }, key, until: expires };
}
