import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config.js';
import { AppError } from '../errors.js';

const WINDOW_MS = 60_000;
/** How many clients are counted at a time; beyond it whoever came least recently is forgotten. */
const CLIENTS = 50_000;

/** Each throws RATE_LIMITED, with the seconds to wait, once more than the settings allow has come within a minute. */
export interface Limits {
  /** Counts a request to `/graphql`, by the key of who asks, or by address where that is null. */
  question(request: FastifyRequest, key: string | null): Promise<void>;
  /** Counts an attempt to sign in, by address. */
  signIn(request: FastifyRequest): Promise<void>;
}

/** Counts in this process: several servers allow as many times as much. */
export async function limitRates(
  app: FastifyInstance,
  { rateLimit: most, signInLimit }: Pick<Config, 'rateLimit' | 'signInLimit'>,
): Promise<Limits> {
  await app.register(rateLimit, { global: false, cache: CLIENTS });
  const question = limiter(app, most, 'REQUESTS');
  const signIn = limiter(app, signInLimit, 'SIGN_INS');
  return {
    question: (request, key) => question(request, key ?? addressOf(request)),
    signIn: (request) => signIn(request, addressOf(request)),
  };
}

/** An IPv6 client has a whole network of addresses, so it is counted by that. */
const addressOf = ({ ip }: FastifyRequest) => `address ${normalizeIP(ip)}`;

function limiter(app: FastifyInstance, max: number, rule: 'REQUESTS' | 'SIGN_INS') {
  const keys = new WeakMap<FastifyRequest, string>();
  const count = app.createRateLimit({
    max,
    timeWindow: WINDOW_MS,
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
