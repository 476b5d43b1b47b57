import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isNear, match, nameOf, type Why, wanted } from '../../src/questions/search-match.js';

const why = (text: string, ...names: string[]): Why | null => match(wanted(text), names.map(nameOf))?.why ?? null;

describe('a name', () => {
  test.each([
    ['Kim Kardashian', 'kim kardashian', 'EXACT'],
    ['Beyoncé Knowles', 'BEYONCE KNOWLES', 'EXACT'],
    ['Beyonce Knowles', 'Beyoncé  Knowles', 'EXACT'],
    ['Sinéad O’Connor', "sinead o'connor", 'EXACT'],
    ['Sinéad O’Connor', 'sinead oconnor', 'EXACT'],
    ['Jean-Luc Godard', 'jean luc godard', 'EXACT'],
    ['Jean-Luc Godard', 'jeanluc godard', 'EXACT'],
    ['J. K. Rowling', 'jk rowling', 'EXACT'],
    ['JK Rowling', 'j.k. rowling', 'EXACT'],
    ['Kim Kardashian', '#kimkardashian', 'EXACT'],
    ['Kim Kardashian', 'kardashian, kim', 'WORDS'],
    ['Kim Kardashian West', 'west kim', 'WORDS'],
    ['Robert Pattinson', 'r. pattinson', 'PREFIX'],
    ['Robert Pattinson', 'robert p', 'PREFIX'],
    ['Jennifer Lopez', 'j lo', 'PREFIX'],
    ['Kim Kardashian', 'kim kardas', 'PREFIX'],
    ['Kim Kardashian', 'kim kardashain', 'NEAR'],
    ['Kim Kardashian', 'kim kadashian', 'NEAR'],
    ['Kim Kardashian', 'kim kardaschian', 'NEAR'],
    ['Kanye West', 'knye west', 'NEAR'],
    ['周杰倫', '周杰倫', 'EXACT'],
    ['周杰倫', '周杰', 'WORDS'],
    ['محمد عبده', 'عبده محمد', 'WORDS'],
    ['أحمد زكي', 'احمد زكي', 'EXACT'],
    ['Алла Пугачёва', 'пугачева', 'WORDS'],
    ['Алла Пугачёва', 'алла пугач', 'PREFIX'],
    ['김연아', '김연아', 'EXACT'],
    ['김연아', '김여', 'PREFIX'],
    ['김연아', '김', 'PREFIX'],
  ])('%s answers to "%s" as %s', (name, text, expected) => {
    expect(why(text, name)).toBe(expected);
  });

  test.each([
    ['Kim Kardashian', 'kim jenner'],
    ['Kim Kardashian', 'kar kim'],
    ['Kim Kardashian', 'kim kim'],
    ['Joan Rivers', 'john rivers'],
    ['Kim Kardashian', 'kim kradsahian'],
    ['Rowling', 'r rowling'],
    ['周杰倫', '王'],
    ['Kim Kardashian', '*'],
    ['Kim Kardashian', 'name:kim'],
    ['Kim Kardashian', 'kim~ OR kanye'],
    ['★', '★'],
  ])('%s does not answer to "%s"', (name, text) => {
    expect(why(text, name)).toBeNull();
  });

  test('that answers best is the one that is told', () => {
    const names = ['Kimberly Noel Kardashian', 'Kim Kardashian West', 'Kim Kardashian'].map(nameOf);

    expect(match(wanted('kim kardashian'), names)).toEqual({ why: 'EXACT', name: 'Kim Kardashian' });
    expect(match(wanted('kardashian kim'), names)).toEqual({ why: 'WORDS', name: 'Kim Kardashian West' });
  });

  test('answers with an alias to words of both, as the first', () => {
    const names = ['Kim Kardashian', 'Kimberly West'].map(nameOf);

    expect(match(wanted('kim west'), names)).toEqual({ why: 'WORDS', name: 'Kim Kardashian' });
  });
});

describe('a text', () => {
  test('without a letter or digit asks for nothing', () => {
    for (const text of ['', '   ', '*', '?!', '“”', '👩‍❤️‍👨']) expect(wanted(text).words).toEqual([]);
  });

  test('above 500 characters is refused by field and rule', () => {
    expect(wanted('a'.repeat(500)).words).toHaveLength(1);
    expect(() => wanted('a'.repeat(10_000))).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: { field: 'text', rule: 'TEXT_LENGTH' } }),
    );
  });

  test('never throws for another reason, and every name answers exactly to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
        const { words } = wanted(text);
        expect(why(text, text)).toBe(words.length === 0 ? null : 'EXACT');
      }),
    );
  });
});

test('words are near when one edit or swap apart, the longer of five letters or more', () => {
  const letter = fc.constantFrom('a', 'b', 'c');
  const word = fc.array(letter, { minLength: 3, maxLength: 7 }).map((letters) => letters.join(''));
  fc.assert(
    fc.property(word, word, (one, other) => {
      const long = Math.max(one.length, other.length) >= 5;
      expect(isNear(one, other)).toBe(long && edits(one).has(other));
    }),
    { numRuns: 3000 },
  );
});

/** Every word that is at most one edit away, by making them all. */
function edits(word: string): Set<string> {
  const all = new Set([word]);
  for (let at = 0; at <= word.length; at += 1) {
    const [before, after] = [word.slice(0, at), word.slice(at)];
    all.add(before + after.slice(1));
    all.add(before + (after[1] ?? '') + (after[0] ?? '') + after.slice(2));
    for (const letter of 'abc') {
      all.add(before + letter + after);
      if (after !== '') all.add(before + letter + after.slice(1));
    }
  }
  return all;
}
