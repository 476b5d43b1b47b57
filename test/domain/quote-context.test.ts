import { describe, expect, test } from 'vitest';
import { quoteContext } from '../../src/domain/quote-context.js';

const TEXT = 'Ann 😀 wed Bo 😀 gladly.';
const QUOTE = { from: TEXT.indexOf('wed'), to: TEXT.indexOf('wed') + 6 };
const around = (before: number, after: number) => quoteContext(TEXT, QUOTE, { before, after });

describe('A quote in context', () => {
  test('has as much of the text around it as asked for, and no more than there is', () => {
    expect(around(0, 0)).toEqual({ before: '', quote: 'wed Bo', after: '' });
    expect(around(4, 4)).toEqual({ before: ' 😀 ', quote: 'wed Bo', after: ' 😀 ' });
    expect(around(2000, 2000)).toEqual({ before: 'Ann 😀 ', quote: 'wed Bo', after: ' 😀 gladly.' });
  });

  test.each([
    ['before', around(2, 0).before, ' '],
    ['after', around(0, 2).after, ' '],
  ])('cuts no character in two %s', (_, told, expected) => {
    expect(told).toBe(expected);
  });

  test('has no part that is cut out of half a character at its edge', () => {
    const smile = { from: TEXT.indexOf('😀') + 2, to: TEXT.indexOf('😀') + 3 };

    expect(quoteContext(TEXT, smile, { before: 1, after: 0 })).toEqual({ before: '', quote: ' ', after: '' });
  });
});
