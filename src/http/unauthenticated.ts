import { AppError } from '../errors.js';

/** What is said to somebody whose credential isn't taken: which check failed, and nothing of what was sent or is stored. */
const SENTENCES = {
  SCHEME: 'Send a token as "Authorization: Bearer <token>".',
  TOKEN_FORM: 'This is no token that is taken here, or not the whole of one.',
  TOKEN: 'This token is not known here.',
  TOKEN_EXPIRED: 'This token has expired.',
  TOKEN_REVOKED: 'This token has been revoked.',
  SESSION: 'This session is over: sign in again.',
  DESK_LINK: 'This link was used already, or is too old: start the server again for another one.',
  JWT_EXPIRED: 'This token of the identity provider has expired.',
  JWT_EARLY: 'This token of the identity provider is not valid yet.',
  JWT_ISSUER: 'This token is of another issuer.',
  JWT_AUDIENCE: 'This token is for another audience.',
  JWT_ALGORITHM: 'This token is signed by an algorithm that is not taken here.',
  JWT_KEY: 'This token is signed by a key that the identity provider does not name.',
  JWT_SIGNATURE: 'The signature of this token is wrong.',
  JWT_CLAIM: 'This token lacks a claim that is needed here, or has a wrong one.',
} as const;

export type CredentialRule = keyof typeof SENTENCES;
export const CREDENTIAL_RULES = Object.keys(SENTENCES) as CredentialRule[];

export function unauthenticated(rule: CredentialRule): AppError {
  return new AppError('UNAUTHENTICATED', SENTENCES[rule], { rule });
}
