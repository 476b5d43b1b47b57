import type { IncomingHttpHeaders } from 'node:http';
import { parseCookie, stringifySetCookie } from 'cookie';
import { isLoopback, withoutPort } from './loopback.js';

/**
 * The cookie that holds the secret of a session. No script reads it, no other site has it sent, and it goes over TLS only, but for a
 * server asked as this machine itself. There the prefix, by which browsers refuse it from anywhere but this very host, isn't possible.
 */
const NAME = '__Host-hearsay';
const LOCAL_NAME = 'hearsay';

const isLocal = ({ host = '' }: IncomingHttpHeaders) => isLoopback(withoutPort(host));
const nameFor = (headers: IncomingHttpHeaders) => (isLocal(headers) ? LOCAL_NAME : NAME);

/** The secret that a request's cookie holds, or null. */
export function secretIn(headers: IncomingHttpHeaders): string | null {
  return parseCookie(headers.cookie ?? '')[nameFor(headers)] || null;
}

/** The value of `set-cookie` that hands out a secret for some seconds, or with 0 takes it back. */
export function cookieWith(headers: IncomingHttpHeaders, secret: string, seconds: number): string {
  return stringifySetCookie({
    name: nameFor(headers),
    value: secret,
    path: '/',
    maxAge: seconds,
    httpOnly: true,
    sameSite: 'strict',
    secure: !isLocal(headers),
  });
}

export const noCookie = (headers: IncomingHttpHeaders): string => cookieWith(headers, '', 0);
