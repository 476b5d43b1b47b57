import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Config } from '../config.js';
import { hashOf, SECRET_BYTES, secretOf } from '../domain/token.js';
import { invalid } from '../errors.js';
import type { Graph } from '../graph/graph.js';
import { endSession, openSession } from '../store/aside.js';
import type { DeskLink } from './desk-link.js';
import { pageOf } from './origin.js';
import type { Limits } from './rate-limit.js';
import { cookieWith, noCookie, secretIn } from './session-cookie.js';
import { unauthenticated } from './unauthenticated.js';
import { anotherPage, type Credential, type WhoAsks } from './viewer.js';

const MOST_BYTES = 16 * 1_024;

const shown = z.union([z.strictObject({ token: z.string().min(1) }), z.strictObject({ code: z.string().min(1) })]);

export interface SignInParts {
  graph: Graph;
  config: Pick<Config, 'sessionHours'>;
  now: () => number;
  whoAsks: WhoAsks;
  limits: Limits;
  /** Where one was given out. */
  deskLink: DeskLink | null;
}

/**
 * `POST /sign-in` takes a token, or the code of a desk link, once, and answers a cookie that stands for it; `POST /sign-out` ends that.
 * Both are for pages of this server, and for clients that are no pages. `GET /sign-in` is the page, and changes nothing.
 */
export function serveSignIn(app: FastifyInstance, parts: SignInParts): void {
  app.get('/sign-in', (_request, reply) => reply.sendFile('sign-in.html'));
  app.post('/sign-in', { bodyLimit: MOST_BYTES }, async (request, reply) => {
    refuseOtherPages(request);
    await parts.limits.signIn(request);
    reply.header('cache-control', 'no-store');
    const credential = await credentialIn(request, parts);
    return open(request, reply, credential, parts);
  });
  app.post('/sign-out', { bodyLimit: MOST_BYTES }, async (request, reply) => {
    refuseOtherPages(request);
    await endOf(request, parts.graph);
    return reply
      .code(204)
      .headers({ 'cache-control': 'no-store', 'set-cookie': noCookie(request.headers) })
      .send();
  });
}

function refuseOtherPages({ headers }: FastifyRequest): void {
  if (pageOf(headers) === 'ANOTHER') throw anotherPage();
}

async function credentialIn({ body }: FastifyRequest, { whoAsks, deskLink }: SignInParts): Promise<Credential> {
  const { data } = shown.safeParse(body);
  if (data === undefined) throw invalid('body', 'SIGN_IN', 'Send {"token": "…"}.');
  if ('token' in data) return whoAsks.credential(data.token.trim());
  if (deskLink?.redeem(data.code) !== true) throw unauthenticated('DESK_LINK');
  return { viewer: { name: 'admin', role: 'ADMIN' }, key: null, until: null, scope: 'write', token: null };
}

async function open(
  request: FastifyRequest,
  reply: FastifyReply,
  { viewer, until, scope, token }: Credential,
  { graph, config, now }: SignInParts,
): Promise<object> {
  const secret = secretOf(randomBytes(SECRET_BYTES));
  const created = now();
  const expires = Math.min(created + config.sessionHours * 3_600_000, until ?? Number.POSITIVE_INFINITY);
  const { name, role } = viewer;
  const session = { hash: hashOf(secret), name: String(name), role, scope, token, created, expires };
  if (!(await openSession(graph, session))) throw unauthenticated('TOKEN_REVOKED');
  await endOf(request, graph);
  const seconds = Math.ceil((expires - created) / 1_000);
  reply.header('set-cookie', cookieWith(request.headers, secret, seconds));
  return { name, role, scope, expires: new Date(expires).toISOString() };
}

/** Ends the session that the request's cookie stands for, if any. */
async function endOf({ headers }: FastifyRequest, graph: Graph): Promise<void> {
  const secret = secretIn(headers);
  if (secret !== null) await endSession(graph, hashOf(secret));
}
