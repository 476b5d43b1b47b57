import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config.js';
import { AppError } from '../errors.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** How many clients are counted at a time; beyond it whoever came least recently is forgotten. */
const CLIENTS = 50_000;

/** Each throws RATE_LIMITED, with the seconds to wait, once more than the settings allow has come within a minute, or an hour. */
export interface Limits {
  /** Counts a request to `/graphql`, by the key of who asks, or by address where that is null. */
  question(request: FastifyRequest, key: string | null): Promise<void>;
  /** Counts an attempt to sign in, by address. */
  signIn(request: FastifyRequest): Promise<void>;
  /** Counts a request to take somebody down, as a question is counted, by the hour. */
  takedown(request: FastifyRequest, key: string | null): Promise<void>;
}

/** Counts in this process: several servers allow as many times as much. */
export async function limitRates(
  app: FastifyInstance,
  { rateLimit: most, signInLimit, takedownLimit }: Pick<Config, 'rateLimit' | 'signInLimit' | 'takedownLimit'>,
): Promise<Limits> {
  await app.register(rateLimit, { global: false, cache: CLIENTS });
  const question = limiter(app, most, MINUTE_MS, 'REQUESTS');
  const signIn = limiter(app, signInLimit, MINUTE_MS, 'SIGN_INS');
  const takedown = limiter(app, takedownLimit, HOUR_MS, 'TAKEDOWNS');
  return {
    question: (request, key) => question(request, key ?? addressOf(request)),
    signIn: (request) => signIn(request, addressOf(request)),
    takedown: (request, key) => takedown(request, key ?? addressOf(request)),
  };
}

/** What somebody without a key is counted by. An IPv6 client has a whole network of addresses, so it is counted by that. */
export const addressOf = ({ ip }: FastifyRequest) => `address ${normalizeIP(ip)}`;

function limiter(app: FastifyInstance, max: number, timeWindow: number, rule: 'REQUESTS' | 'SIGN_INS' | 'TAKEDOWNS') {
  const keys = new WeakMap<FastifyRequest, string>();
  const count = app.createRateLimit({
    max,
    timeWindow,
    keyGenerator: (request) => keys.get(request) ?? addressOf(request),
  });
  return async (request: FastifyRequest, key: string): Promise<void> => {
    if (max === 0) return;
    keys.set(request, key);
    const counted = await count(request);
    if (counted.isAllowed || !counted.isExceeded) return;
    const retryAfter = Math.max(1, counted.ttlInSeconds);
    throw new AppError('RATE_LIMITED', `Too many requests: wait ${retryAfter} seconds.`, { rule, retryAfter });
  };
}
