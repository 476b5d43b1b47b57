import { describe, expect, test } from 'vitest';
import { placeOfQuote, placesOfMentions } from '../../src/domain/places.js';

describe('the place of a quote', () => {
  test('is counted in UTF-16 code units', () => {
    expect(placeOfQuote('😀 They wed.', 'They wed.')).toEqual({ from: 3, to: 12 });
  });

  test('is refused where the quote stands nowhere, elsewhere, or more than once', () => {
    const text = 'They met. They met.';

    expect(placeOfQuote(text, 'They wed.')).toMatch('does not stand');
    expect(placeOfQuote(text, 'They met.', 1)).toMatch('does not stand');
    expect(placeOfQuote(text, 'They met.')).toMatch('more than once');
    expect(placeOfQuote(text, 'They met.', 10)).toEqual({ from: 10, to: 19 });
  });
});

describe('the places of mentions', () => {
  const mention = (person: string, surface: string, part: 'TITLE' | 'TEXT' = 'TEXT') => ({ person, surface, part });
  const title = 'West marries';

  test('are all words that read so, but not inside a longer mention or another word', () => {
    const text = 'West and North West. Western West.';
    const mentions = [mention('kanye', 'West'), mention('north', 'North West'), mention('kanye', 'West', 'TITLE')];

    const places = placesOfMentions({ title, text, mentions }, (key) => `per_${key}`);

    expect(places).toEqual([
      { surface: 'West', part: 'TITLE', from: 0, to: 4, person: 'per_kanye' },
      { surface: 'West', part: 'TEXT', from: 0, to: 4, person: 'per_kanye' },
      { surface: 'North West', part: 'TEXT', from: 9, to: 19, person: 'per_north' },
      { surface: 'West', part: 'TEXT', from: 29, to: 33, person: 'per_kanye' },
    ]);
  });

  test('are refused where a surface stands nowhere', () => {
    const mentions = [mention('kanye', 'West', 'TITLE'), mention('north', 'North West')];

    expect(placesOfMentions({ title, text: 'Nobody.', mentions }, String)).toEqual({
      place: 1,
      message: '"North West" does not stand in the text',
    });
  });

  test.each([undefined, 3])('are refused where a surface has no letter, and looked for no longer than that', (from) => {
    const mentions = [{ ...mention('kanye', ''), from }];

    expect(placesOfMentions({ title, text: 'Nobody.', mentions }, String)).toMatchObject({ place: 0 });
  });
});
