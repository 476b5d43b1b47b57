import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hashOf, isWholeToken, SECRET_BYTES, secretOf, TOKEN_PREFIX, tokenOf } from '../../src/domain/token.js';

const bytes = fc.uint8Array({ minLength: SECRET_BYTES, maxLength: SECRET_BYTES });

it('makes tokens of one form that know themselves', () => {
  fc.assert(
    fc.property(bytes, (random) => {
      const token = tokenOf(random);

      expect(token).toMatch(/^hearsay_[0-9A-Za-z]{39}$/);
      expect(isWholeToken(token)).toBe(true);
    }),
  );
});

it('keeps every bit of the random bytes, so that two tokens differ', () => {
  fc.assert(
    fc.property(bytes, bytes, (one, other) => {
      const same = one.every((byte, at) => byte === other[at]);

      expect(tokenOf(one) === tokenOf(other)).toBe(same);
      expect(secretOf(one) === secretOf(other)).toBe(same);
      expect(hashOf(tokenOf(one)) === hashOf(tokenOf(other))).toBe(same);
    }),
  );
  expect(secretOf(new Uint8Array(SECRET_BYTES).fill(255))).toHaveLength(33);
});

it('tells a token in which one letter is another', () => {
  fc.assert(
    fc.property(bytes, fc.nat(38), fc.constantFrom(...'09AZaz'), (random, at, letter) => {
      const token = tokenOf(random);
      const place = TOKEN_PREFIX.length + at;
      fc.pre(token[place] !== letter);

      expect(isWholeToken(token.slice(0, place) + letter + token.slice(place + 1))).toBe(false);
    }),
  );
});

it.each(['', 'hearsay_', 'hearsay_x', `${tokenOf(new Uint8Array(24))}0`, tokenOf(new Uint8Array(24)).slice(0, -1)])(
  'takes %j for no token',
  (text) => {
    expect(isWholeToken(text)).toBe(false);
  },
);

it('stores a SHA-256 hash of 64 hexadecimal digits', () => {
  expect(hashOf('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
