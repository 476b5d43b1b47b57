import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.js';
import { AppError } from '../errors.js';
import type { Limits } from './rate-limit.js';
import { signalOf } from './requests.js';
import { noCookie } from './session-cookie.js';
import type { Asker, WhoAsks } from './viewer.js';

export interface AdmitParts {
  whoAsks: WhoAsks;
  limits: Limits;
  now: () => number;
  config: Pick<Config, 'requestTimeoutMs'>;
}

/** What is known of a request before GraphQL sees it. */
export interface Admitted {
  asker: Asker;
  /** Aborts when the client goes away before it was answered. */
  signal: AbortSignal;
  /** By `now`. */
  deadline: number;
}

/** Finds out who asks and counts it; a credential that isn't taken counts for the address that sends it. */
export async function admit(request: FastifyRequest, reply: FastifyReply, parts: AdmitParts): Promise<Admitted> {
  const { whoAsks, limits, now, config } = parts;
  const signal = signalOf(reply);
  const deadline = now() + config.requestTimeoutMs;
  try {
    const asker = await whoAsks.asker(request.headers, { signal, deadlineMs: config.requestTimeoutMs });
    await limits.question(request, asker.key);
    return { asker, signal, deadline };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'RATE_LIMITED') throw error;
    // Whose session is over is a reader from the next request on, and not refused for ever.
    if (error.details.rule === 'SESSION') reply.header('set-cookie', noCookie(request.headers));
    await limits.question(request, null);
    throw error;
  }
}
