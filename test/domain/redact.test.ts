import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from '../../src/domain/names.js';
import { blacken, redact, soughtNames } from '../../src/domain/redact.js';

const black = (text: string, ...names: string[]) => redact(text, soughtNames(names));

describe('a name is blackened', () => {
  test.each([
    ['Zoë Quill wed.', '█████████ wed.', 'Zoe Quill'],
    ['ZOE  QUILL, 40', '██████████, 40', 'Zoë Quill'],
    ['Zoe\u0308 Quill’s ring', '██████████’s ring', 'Zoë Quill'],
    ['news.example/zoe-quill-weds', 'news.example/█████████-weds', 'Zoë Quill'],
    ['@zoequill', '@████████', 'Zoë Quill'],
    ['Said O’Brien: O`Brien’s', 'Said ███████: ███████’s', "O'Brien"],
    ['Ärger über Łódź', 'Ärger über ████', 'Lodz'],
    ['今天张伟来了', '今天██来了', '张伟'],
    ['😀Zoe😀', '😀███😀', 'Zoe'],
  ])('in %j', (text, expected, name) => {
    expect(black(text, name)).toBe(expected);
  });

  test.each([
    ['Zoebell and AnZoe', 'Zoe'],
    ['Jo anoints', 'Jo An'],
    ['Joan', 'Jo An'],
    ['Zoe. Quill', '—'],
  ])('but not in %j', (text, name) => {
    expect(black(text, name)).toBe(text);
  });

  test('only where nobody else is named', () => {
    expect(
      blacken(
        'Ann and Ann',
        [
          { from: 0, to: 3 },
          { from: 8, to: 11 },
        ],
        [{ from: 8, to: 11 }],
      ),
    ).toBe('███ and Ann');
  });

  test('wherever it stands, and every other place stays where it is', () => {
    const word = fc.stringMatching(/^[A-Za-zéøÅ张]{2,8}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 3 }), fc.string({ unit: 'grapheme' }), (words, other) => {
        const name = words.join(' ');
        const text = `${other} ${name} ${other}`;

        const redacted = black(text, name);

        expect(redacted).toHaveLength(text.length);
        expect(redacted.slice(other.length + 1, other.length + 1 + name.length)).toBe('█'.repeat(name.length));
        expect(` ${fold(redacted)} `).not.toContain(` ${fold(name)} `);
        expect(black(redacted, name)).toBe(redacted);
      }),
    );
  });
});
