import { describe, expect, test } from 'vitest';
import { fieldsWithout } from '../../src/domain/purge-fields.js';
import { type Known, purgedNames, textWithout, wordsIn } from '../../src/domain/purge-names.js';

const NOBODY: Known = { names: [], unsure: [], slugs: [], externalIds: [], now: [] };
const told = (text: string, known: Partial<Known>, spellings: string[] = [], others: string[] = []) =>
  textWithout(
    text,
    purgedNames(
      { ...NOBODY, ...known },
      spellings,
      others.map((name) => ({ name })),
    ),
  );

describe('any text loses', () => {
  test.each<[string, string, Partial<Known>]>([
    ['a full name, and then single ones', '████ ███████, or ████', { names: ['Jola Quimper', 'Jojo'] }],
    ['no single name', 'Jola Quimper, or Jojo', { names: ['Jojo'] }],
    ['no name that nobody accepted', 'Jola Quimper, or Jojo', { unsure: ['Jola Quimper'] }],
  ])('%s', (_, expected, known) => {
    expect(told('Jola Quimper, or Jojo', known)).toBe(expected.replace('████ ███████', '█'.repeat(12)));
  });

  test.each([
    ['Q123456', 'See Q123456 in 2014'],
    ['1234567', 'See 1234567 in 2014'],
    ['20141', 'See 20141 in 2014'],
    ['2014', 'See 2014 in 2014'],
  ])('the number of an index, and none that is a common one: %s', (number, text) => {
    const isRare = number.length > 5;

    expect(told(text, { externalIds: [`demo:${number}`] })).toBe(
      isRare ? text.replace(number, '█'.repeat(number.length)) : text,
    );
  });

  test('a name that somebody else has too only as a spelling that was given', () => {
    const known = { names: ['Jola Quimper'], slugs: ['jola-quimper'] };

    expect(told('JOLA QUIMPER', known, [], ['Jola Quimper'])).toBe('JOLA QUIMPER');
    expect(told('JOLA QUIMPER', known, ['Jola Quimper'], ['Jola Quimper'])).toBe('█'.repeat(12));
  });
});

test('what they were called and somebody else is now was never theirs', () => {
  const known = { ...NOBODY, names: ['Jola Quimper', 'Bo Stone', 'Bo'], externalIds: ['demo:Q123456', 'demo:Q654321'] };
  const now = ['Jola Quimper', 'demo:Q123456', 'Q123456'];
  const { near } = purgedNames(
    { ...known, now },
    [],
    [{ name: 'Bo Stone', slug: 'bo', externalIds: ['demo:Q654321'] }],
  );

  expect(near.map(({ words }) => words.join(' '))).toEqual(['jola quimper', 'demo q123456', 'q123456']);
});

test('an address is picked by words that it writes in bytes', () => {
  const { everywhere } = purgedNames({ ...NOBODY, names: ['Анна Петрова'] }, []);
  const words = wordsIn(everywhere, ['Анна Петрова']);

  for (const name of ['Анна_Петрова', 'анна-петрова', 'АННА'])
    expect(words.some((word) => encodeURIComponent(name).toLowerCase().includes(word))).toBe(true);
});

test('where two are mentioned in the same words, the other keeps what is not hers', () => {
  const mention = (surface: string, from: number, person: string) => ({
    ...{ surface, part: 'TEXT' as const, from, to: from + surface.length, person },
  });
  const both = mention('Ann and Zoe', 10, 'per_ann');
  const again = mention('Ann and Zoe', 40, 'per_ann');
  const without = { isGone: (id: string) => id === 'per_zoe', names: purgedNames(NOBODY, []) };

  const { mentions } = fieldsWithout('Article', { mentions: [both, mention('Zoe', 18, 'per_zoe'), again] }, without);

  expect(mentions).toEqual([{ ...both, surface: 'Ann and ███' }, again]);
});
