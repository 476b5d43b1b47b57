import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** What every personal token begins with, so that scanners for leaked secrets know one when they see it. */
export const TOKEN_PREFIX = 'hearsay_';

/** How many random bytes a secret is made of: 192 bits, which nobody guesses. */
export const SECRET_BYTES = 24;

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Digits to base 62 that hold 24 bytes, and the 32 bits of a checksum. */
const SECRET_LENGTH = 33;
const CHECKSUM_LENGTH = 6;
const FORM = new RegExp(`^${TOKEN_PREFIX}[0-9A-Za-z]{${SECRET_LENGTH + CHECKSUM_LENGTH}}$`);

/** A personal token: the prefix, the bytes to base 62, and a checksum that tells a damaged one without asking the graph. */
export function tokenOf(bytes: Uint8Array): string {
  const body = TOKEN_PREFIX + base62(bytes, SECRET_LENGTH);
  return body + checksumOf(body);
}

/** Random bytes as letters and digits, for a session or a link. */
export function secretOf(bytes: Uint8Array): string {
  return base62(bytes, SECRET_LENGTH);
}

/** Whether a text has the form of a token and its checksum is right. */
export function isWholeToken(text: string): boolean {
  return FORM.test(text) && checksumOf(text.slice(0, -CHECKSUM_LENGTH)) === text.slice(-CHECKSUM_LENGTH);
}

/** What is stored of a secret. A plain hash is enough: a secret is random and long, not a word that somebody chose. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function checksumOf(body: string): string {
  return digits(BigInt(crc32(body)), CHECKSUM_LENGTH);
}

function base62(bytes: Uint8Array, length: number): string {
  return digits(BigInt(`0x${Buffer.from(bytes).toString('hex')}`), length);
}

function digits(number: bigint, length: number): string {
  let rest = number;
  let text = '';
  for (let at = 0; at < length; at += 1) {
    text = DIGITS[Number(rest % 62n)] + text;
    rest /= 62n;
  }
  return text;
}
