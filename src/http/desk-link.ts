import { randomBytes, timingSafeEqual } from 'node:crypto';
import { hashOf, SECRET_BYTES, secretOf } from '../domain/token.js';

/** How long a link can be used, milliseconds. */
const VALID_MS = 10 * 60_000;

/** A way in for an admin that works once. It lives in this process alone: nothing of it is stored. */
export interface DeskLink {
  /** The code behind `/sign-in#code=`; no browser sends what is behind the sign, so it is in no log of whoever is in between. */
  code: string;
  /** Whether this is the code, still valid and used for the first time. */
  redeem(code: string): boolean;
}

export function createDeskLink(now: () => number): DeskLink {
  const code = secretOf(randomBytes(SECRET_BYTES));
  const expires = now() + VALID_MS;
  let isUsed = false;
  return {
    code,
    redeem(given) {
      const isRight = timingSafeEqual(Buffer.from(hashOf(given)), Buffer.from(hashOf(code)));
      if (!isRight || isUsed || expires <= now()) return false;
      isUsed = true;
      return true;
    },
  };
}
