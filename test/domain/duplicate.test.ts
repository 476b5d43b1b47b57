import { describe, expect, it } from 'vitest';
import { type Likeness, suggest } from '../../src/domain/duplicate.js';

const like = (
  id: string,
  given: Partial<Likeness> & { externalIds?: string[]; notSameAs?: string[] } = {},
): Likeness => {
  const { externalIds = [], notSameAs = [], ...rest } = given;
  return { person: { id, externalIds, notSameAs }, birth: null, death: null, linked: new Set(), ...rest };
};
const on = (day: number) => ({ min: day, max: day });

describe('a suggested duplicate', () => {
  it('adds up independent reasons without ever being certain', () => {
    const one = like('a', { birth: on(1), death: on(9), linked: new Set(['x']), externalIds: ['w:1'] });
    const other = like('b', { birth: on(1), death: on(9), linked: new Set(['x', 'y']), externalIds: ['w:1', 'v:2'] });

    expect(suggest(one, other, 'NAME')).toEqual({
      id: 'b',
      score: 0.98,
      reasons: ['EXTERNAL_ID', 'NAME', 'BIRTH', 'DEATH', 'SHARED_LINKS'],
    });
    expect(suggest(one, like('b', { birth: on(1) }), 'NAME_NEARLY')).toMatchObject({
      score: 0.55,
      reasons: ['NAME_NEARLY', 'BIRTH'],
    });
  });

  it('takes a shared year for no reason, and a birth that excludes the other for a no', () => {
    const year = { min: 0, max: 364 };

    expect(suggest(like('a', { birth: year }), like('b', { birth: year }), 'NAME')?.reasons).toEqual(['NAME']);
    expect(suggest(like('a', { birth: year }), like('b', { birth: on(20) }), 'NAME')?.reasons).toEqual([
      'NAME',
      'BIRTH',
    ]);
    expect(suggest(like('a', { birth: year }), like('b', { birth: on(400) }), 'NAME')).toBeNull();
    expect(suggest(like('a', { death: on(1) }), like('b', { death: on(2) }), 'NAME')).toBeNull();
  });

  it('is nobody who was marked as different, on either side, nor who is linked with the other', () => {
    expect(suggest(like('a', { notSameAs: ['b'] }), like('b'), 'NAME')).toBeNull();
    expect(suggest(like('a'), like('b', { notSameAs: ['a'] }), 'NAME')).toBeNull();
    expect(suggest(like('a', { linked: new Set(['b']) }), like('b'), 'NAME')).toBeNull();
    expect(suggest(like('a'), like('a'), 'NAME')).toBeNull();
    expect(suggest(like('a'), like('b'), null)).toBeNull();
  });
});
