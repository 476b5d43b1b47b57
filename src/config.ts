import { isIP, isIPv6 } from 'node:net';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { MINORS } from './domain/gate.js';
import { invalid } from './errors.js';
import type { Place } from './graph/open.js';
import { type IdentityProvider, providerFrom, providerSettings } from './identity-provider.js';

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** The folder of the demo graph: no setting, it comes with the code. */
export const SEEDS = fileURLToPath(new URL('../seeds/', import.meta.url));

/** Every setting of the server under its name in the environment; README has the same list for people. */
const settings = z.object({
  PORT: wholeNumber(0, 65_535).default(4000),
  HOST: z.string().regex(/^\S+$/, 'must be a host name or an address').default('127.0.0.1'),
  GRAPH_URL: z.string().default('file:./data/graph'),
  GRAPH_USER: z.string().optional(),
  GRAPH_PASSWORD: z.string().optional(),
  GRAPH_DATABASE: z.string().optional(),
  MINORS: oneOf(MINORS).default('name-only'),
  LOG_LEVEL: oneOf(LEVELS).default('info'),
  REQUEST_TIMEOUT_MS: wholeNumber(100, 600_000).default(20_000),
  MAX_BODY_BYTES: wholeNumber(1_024, 64 * 1_024 * 1_024).default(1_024 * 1_024),
  TRUST_PROXY: z
    .string()
    .refine(areAddresses, 'must be addresses, networks like 10.0.0.0/8, or loopback, with commas between')
    .optional(),
  RATE_LIMIT: wholeNumber(0, 1_000_000).default(1_200),
  LIVE_LIMIT: wholeNumber(0, 1_000_000).default(20),
  LIVE_INTERVAL_MS: wholeNumber(10, 60_000).default(500),
  SIGN_IN_LIMIT: wholeNumber(0, 1_000_000).default(20),
  TAKEDOWN_LIMIT: wholeNumber(0, 1_000_000).default(10),
  TAKEDOWN_HIDINGS: wholeNumber(0, 1_000_000).default(20),
  SESSION_HOURS: wholeNumber(1, 24 * 30).default(12),
  ...providerSettings,
});

/** The names of all settings, in the order in which README lists them. */
export const SETTINGS = Object.keys(settings.shape);

/** What the process was told. Nobody but `configFrom` reads the environment. */
export interface Config {
  /** 0 takes a free port. */
  port: number;
  host: string;
  graph: Place;
  /** How readers and contributors see minors (design.md, section 6); reviewers and above always see them. */
  minors: (typeof MINORS)[number];
  logLevel: (typeof LEVELS)[number];
  /** Milliseconds after which the reads of one request give up. */
  requestTimeoutMs: number;
  maxBodyBytes: number;
  /** Whose word about the client's address is taken; false is nobody's. */
  trustProxy: string | false;
  /** Requests to `/graphql` a minute, for each token, session, or address of somebody without; 0 is no limit. */
  rateLimit: number;
  /** Connections with live changes that a token, session, or address of somebody without may have open at a time; 0 is no limit. */
  liveLimit: number;
  /** Milliseconds between two looks for new changes, while anybody waits for them. */
  liveIntervalMs: number;
  /** Attempts to sign in a minute for each address; 0 is no limit. */
  signInLimit: number;
  /** Takedown requests an hour, counted as `rateLimit` is; 0 is no limit. */
  takedownLimit: number;
  /** People whom takedown requests hide within an hour before anybody decides, over all servers of a graph. */
  takedownHidings: number;
  sessionHours: number;
  provider: IdentityProvider | null;
}

/**
 * Reads the settings; an empty one counts as not given, and what is unknown is none of ours. The graph's own are judged where
 * it is opened. Throws INVALID_INPUT that names the first wrong setting, without its value: it may be a secret.
 */
export function configFrom(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const { success, data, error } = settings.safeParse(given);
  if (!success) {
    const [issue] = error.issues;
    const name = String(issue?.path[0]);
    throw invalid(name, 'SETTING', `${name} ${issue?.message}.`);
  }
  return {
    port: data.PORT,
    host: data.HOST,
    graph: { url: data.GRAPH_URL, user: data.GRAPH_USER, password: data.GRAPH_PASSWORD, database: data.GRAPH_DATABASE },
    minors: data.MINORS,
    logLevel: data.LOG_LEVEL,
    requestTimeoutMs: data.REQUEST_TIMEOUT_MS,
    maxBodyBytes: data.MAX_BODY_BYTES,
    trustProxy: data.TRUST_PROXY ?? false,
    rateLimit: data.RATE_LIMIT,
    liveLimit: data.LIVE_LIMIT,
    liveIntervalMs: data.LIVE_INTERVAL_MS,
    signInLimit: data.SIGN_IN_LIMIT,
    takedownLimit: data.TAKEDOWN_LIMIT,
    takedownHidings: data.TAKEDOWN_HIDINGS,
    sessionHours: data.SESSION_HOURS,
    provider: providerFrom(data),
  };
}

/** What Fastify takes for the proxies that it trusts. */
function areAddresses(text: string): boolean {
  return text.split(',').every((each) => {
    const [address = '', bits, ...more] = each.trim().split('/');
    if (bits === undefined) return address === 'loopback' || isIP(address) !== 0;
    return (
      more.length === 0 && isIP(address) !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (isIPv6(address) ? 128 : 32)
    );
  });
}

function wholeNumber(min: number, max: number) {
  const rule = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,10}$/, rule)
    .transform(Number)
    .refine((number) => number >= min && number <= max, rule);
}

function oneOf<const Words extends readonly string[]>(words: Words) {
  return z.enum(words, `must be one of ${words.join(', ')}`);
}
