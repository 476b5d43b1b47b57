import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { actorFault } from '../domain/actor.js';
import { ROLES, type Role } from '../domain/gate.js';
import { AppError, invalid } from '../errors.js';
import type { IdentityProvider } from '../identity-provider.js';
import { unauthenticated } from './unauthenticated.js';

/** Clocks of two servers differ a little. */
const CLOCK_SECONDS = 30;

/** What a token of the identity provider says about who holds it. */
export interface Identity {
  name: string;
  role: Role;
  /** Milliseconds since 1970-01-01T00:00Z. */
  expires: number;
}

export type ReadJwt = (jwt: string) => Promise<Identity>;

/**
 * Reads JWTs of one identity provider. Keys at an address are fetched when the first token comes, kept for ten minutes, and fetched
 * anew, twice a minute at most, for a key that isn't among them; keys in a file are read now. A token needs an end.
 * @throws AppError of what it answers: UNAUTHENTICATED with a rule for each check, UNAVAILABLE where the keys can't be had; and at
 * once INVALID_INPUT for a file without keys.
 */
export async function jwtReader(provider: IdentityProvider, now: () => number): Promise<ReadJwt> {
  const { issuer, audience, algorithms } = provider;
  const keys = await keysOf(provider.keys);
  return async (jwt) => {
    try {
      const { payload } = await jwtVerify(jwt, keys, {
        issuer,
        audience,
        algorithms,
        requiredClaims: ['exp'],
        clockTolerance: CLOCK_SECONDS,
        currentDate: new Date(now()),
      });
      return identityOf(payload, provider);
    } catch (error) {
      throw error instanceof errors.JOSEError ? refusalOf(error) : error;
    }
  };
}

async function keysOf(place: string): Promise<JWTVerifyGetKey> {
  if (place.startsWith('file:')) return keysInFile(place);
  const keys = createRemoteJWKSet(new URL(place));
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (isAboutKey(error)) throw error;
      const said = 'The keys of the identity provider can’t be had at this moment.';
      throw new AppError('UNAVAILABLE', said, { rule: 'JWT_KEYS' }, { cause: error });
    }
  };
}

async function keysInFile(place: string): Promise<JWTVerifyGetKey> {
  try {
    const path = place.startsWith('file://') ? fileURLToPath(place) : place.slice('file:'.length);
    return createLocalJWKSet(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    // The cause would quote the file.
    throw invalid('JWT_KEYS', 'SETTING', 'JWT_KEYS must be a file that holds a JSON Web Key Set.');
  }
}

function isAboutKey(error: unknown): boolean {
  return error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys;
}

function refusalOf(error: errors.JOSEError): AppError {
  if (error instanceof errors.JWTExpired) return unauthenticated('JWT_EXPIRED');
  if (error instanceof errors.JWTClaimValidationFailed)
    return unauthenticated(RULE_OF_CLAIM[error.claim] ?? 'JWT_CLAIM');
  if (error instanceof errors.JOSEAlgNotAllowed) return unauthenticated('JWT_ALGORITHM');
  if (error instanceof errors.JWSSignatureVerificationFailed) return unauthenticated('JWT_SIGNATURE');
  return unauthenticated(isAboutKey(error) ? 'JWT_KEY' : 'TOKEN_FORM');
}

const RULE_OF_CLAIM: Record<string, 'JWT_ISSUER' | 'JWT_AUDIENCE' | 'JWT_EARLY'> = {
  iss: 'JWT_ISSUER',
  aud: 'JWT_AUDIENCE',
  nbf: 'JWT_EARLY',
};

function identityOf(payload: JWTPayload, { nameClaim, roleClaim, roles }: IdentityProvider): Identity {
  const name = claimIn(payload, nameClaim);
  if (typeof name !== 'string' || !isName(name)) throw unauthenticated('JWT_CLAIM');
  const said = [claimIn(payload, roleClaim)].flat();
  // The strongest role that is said; nobody is more than a reader because of a word that isn't known here.
  const role = ROLES.findLast((each) => said.some((word) => typeof word === 'string' && roles.get(word) === each));
  return { name, role: role ?? 'READER', expires: Number(payload.exp) * 1_000 };
}

/** A name with spaces around it would stand in the log as that of somebody else. */
function isName(text: string): boolean {
  return text === text.trim() && actorFault(text) === null;
}

/** A claim by its name, which may be an address; else by a path with dots, as `realm_access.roles`. */
function claimIn(payload: JWTPayload, claim: string): unknown {
  const own = (of: unknown, key: string): unknown =>
    typeof of === 'object' && of !== null && Object.hasOwn(of, key) ? (of as Record<string, unknown>)[key] : undefined;
  return own(payload, claim) ?? claim.split('.').reduce(own, payload);
}
