import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type NamedAt, WITHHELD, withhold } from '../../src/domain/withhold.js';

const at = (text: string, surface: string, offset = 0): NamedAt => {
  const from = text.indexOf(surface) + offset;
  return { surface, from, to: from + surface.length };
};

describe('withholding names', () => {
  test('replaces the place of a name and leaves the same word elsewhere', () => {
    const title = 'West and West';

    expect(withhold(title, [{ surface: 'West', from: 9, to: 13 }], 0)).toBe(`West and ${WITHHELD}`);
  });

  test('counts the places of a quote from where the quote begins in the text', () => {
    const text = 'At last Ann met Bo in Rome.';
    const quote = text.slice(8);

    expect(withhold(quote, [at(text, 'Bo')], 8)).toBe(`Ann met ${WITHHELD} in Rome.`);
    expect(withhold(quote, [at(text, 'At last')], 8)).toBe(quote);
  });

  test('withholds the half of a name on which a quote begins or ends', () => {
    const text = 'Ann Lee met Bo Low.';

    expect(withhold(text.slice(4, 14), [at(text, 'Ann Lee'), at(text, 'Bo Low')], 4)).toBe(
      `${WITHHELD} met ${WITHHELD}`,
    );
  });

  test('makes one gap of names that overlap and two of names that touch', () => {
    const text = 'Ann Lee Low';

    expect(withhold(text, [at(text, 'Ann Lee'), at(text, 'Lee Low')], 0)).toBe(WITHHELD);
    expect(withhold(text, [at(text, 'Ann Lee'), at(text, 'Lee')], 0)).toBe(`${WITHHELD} Low`);
    expect(withhold('AnnBo', [at('AnnBo', 'Ann'), at('AnnBo', 'Bo')], 0)).toBe(WITHHELD + WITHHELD);
  });

  test('withholds every whole word where no places are kept, whatever its case', () => {
    const quote = 'WEST said that Western papers got West’s age wrong; (West).';

    expect(withhold(quote, [{ surface: 'West', from: 0, to: 4 }], null)).toBe(
      `${WITHHELD} said that Western papers got ${WITHHELD}’s age wrong; (${WITHHELD}).`,
    );
  });

  test('falls back to whole words where something else stands at the place', () => {
    expect(withhold('He and Ann', [{ surface: 'Ann', from: 0, to: 3 }], 0)).toBe(`He and ${WITHHELD}`);
  });

  test('finds names in scripts without spaces, and names of signs', () => {
    expect(withhold('昨天王菲和他', [{ surface: '王菲', from: 90, to: 92 }], null)).toBe(`昨天${WITHHELD}和他`);
    expect(
      withhold(
        'with P!nk (A$AP)',
        [
          { surface: 'A$AP', from: 0, to: 4 },
          { surface: 'P!nk', from: 0, to: 4 },
        ],
        null,
      ),
    ).toBe(`with ${WITHHELD} (${WITHHELD})`);
  });

  test.each(['Jean-Luc', 'O/Neil (Jr.)', '[Bo] {x}', 'a|b^c$', 'Lo\\w', 'Ke$ha + 1?', 'St. *'])(
    'finds %s, whatever its signs mean to a pattern',
    (surface) => {
      expect(withhold(`Met ${surface}, and left.`, [{ surface, from: 90, to: 99 }], null)).toBe(
        `Met ${WITHHELD}, and left.`,
      );
    },
  );

  test('counts in UTF-16 code units and leaves no half of a character behind', () => {
    const text = '💍 Ann 💔';

    expect(withhold(text, [{ surface: 'Ann', from: 3, to: 6 }], 0)).toBe(`💍 ${WITHHELD} 💔`);
    expect(withhold(text, [{ surface: text.slice(1, 6), from: 1, to: 6 }], 0)).toBe(`${WITHHELD} 💔`);
  });

  test('leaves a text alone that names nobody hidden', () => {
    expect(withhold('Ann met Bo.', [], 0)).toBe('Ann met Bo.');
    expect(withhold('', [{ surface: 'Ann', from: 0, to: 3 }], 0)).toBe('');
  });

  test('keeps exactly the signs outside of the hidden places, in order', () => {
    const text = 'abcdefghijklmnopqrst';
    const span = fc.tuple(fc.nat(19), fc.integer({ min: 1, max: 6 })).map(([from, length]): NamedAt => {
      const to = Math.min(text.length, from + length);
      return { surface: text.slice(from, to), from, to };
    });

    fc.assert(
      fc.property(fc.array(span, { maxLength: 5 }), (spans) => {
        const hidden = (place: number) => spans.some(({ from, to }) => from <= place && place < to);
        const kept = [...text].filter((_, place) => !hidden(place)).join('');

        expect(withhold(text, spans, 0).replaceAll(WITHHELD, '')).toBe(kept);
      }),
    );
  });
});
