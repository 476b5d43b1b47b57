import { z } from 'zod';
import { ROLES, type Role } from './domain/gate.js';
import { invalid } from './errors.js';

/** Signatures that one key makes and another checks; with a shared key whoever checks could sign, and `none` is no signature. */
const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/** Whose tokens are taken beside our own, and how they are read. */
export interface IdentityProvider {
  issuer: string;
  audience: string;
  /** Where its JSON Web Key Set is: `https://…`, or `file:…`. */
  keys: string;
  algorithms: string[];
  nameClaim: string;
  roleClaim: string;
  /** The role that a word of the role claim means. */
  roles: ReadonlyMap<string, Role>;
}

export const providerSettings = {
  JWT_ISSUER: z.string().optional(),
  JWT_AUDIENCE: z.string().optional(),
  JWT_KEYS: z
    .string()
    .refine(isKeysPlace, 'must be an https:// address or file:<path>; http:// is for 127.0.0.1 and localhost')
    .optional(),
  JWT_ALGORITHMS: z
    .string()
    .default('RS256,PS256,ES256,EdDSA')
    .transform(wordsOf)
    .refine(
      (words) => words.length > 0 && words.every((word) => ALGORITHMS.includes(word)),
      `must be some of ${ALGORITHMS.join(', ')} with commas between`,
    ),
  JWT_NAME_CLAIM: z.string().default('sub'),
  JWT_ROLE_CLAIM: z.string().default('role'),
  JWT_ROLES: z
    .string()
    .default(ROLES.map((role) => `${role}=${role}`).join())
    .transform((text, context) => {
      const roles = rolesOf(text);
      if (roles !== null) return roles;
      context.addIssue(`must be like editors=EDITOR,admins=ADMIN, with ${ROLES.join(', ')} on the right`);
      return z.NEVER;
    }),
};

type Settings = z.output<z.ZodObject<typeof providerSettings>>;

/** The identity provider that the settings describe, or null. Throws INVALID_INPUT where one of the three that make it is missing. */
export function providerFrom(settings: Settings): IdentityProvider | null {
  const { JWT_ISSUER: issuer, JWT_AUDIENCE: audience, JWT_KEYS: keys } = settings;
  const needed = { JWT_ISSUER: issuer, JWT_AUDIENCE: audience, JWT_KEYS: keys };
  if (Object.values(needed).every((value) => value === undefined)) return null;
  const missing = Object.entries(needed).find(([, value]) => value === undefined)?.[0];
  if (issuer === undefined || audience === undefined || keys === undefined) {
    const name = String(missing);
    throw invalid(name, 'SETTING', `${name} must be given where another of ${Object.keys(needed).join(', ')} is.`);
  }
  return {
    issuer,
    audience,
    keys,
    algorithms: settings.JWT_ALGORITHMS,
    nameClaim: settings.JWT_NAME_CLAIM,
    roleClaim: settings.JWT_ROLE_CLAIM,
    roles: settings.JWT_ROLES,
  };
}

function isKeysPlace(text: string): boolean {
  if (/^file:.+/.test(text)) return true;
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname));
}

function wordsOf(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** The last equals sign divides: a group's name may hold others. */
function rolesOf(text: string): Map<string, Role> | null {
  const roles = new Map<string, Role>();
  for (const pair of wordsOf(text)) {
    const at = pair.lastIndexOf('=');
    const role = ROLES.find((each) => each === pair.slice(at + 1).trim());
    if (at < 1 || role === undefined) return null;
    roles.set(pair.slice(0, at).trim(), role);
  }
  return roles.size > 0 ? roles : null;
}
