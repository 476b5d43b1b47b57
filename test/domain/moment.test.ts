import fc from 'fast-check';
import { expect, test } from 'vitest';
import { momentOf } from '../../src/domain/moment.js';

test('moments compare as their texts do, however many digits they are written with', () => {
  const date = fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true });
  const written = (moment: Date, digits: number) =>
    moment
      .toISOString()
      .replace(/\.(\d{3})Z$/, (_, ms: string) => (digits === 0 && ms === '000' ? 'Z' : `.${ms}${'0'.repeat(digits)}Z`));
  fc.assert(
    fc.property(date, date, fc.nat(6), fc.nat(6), (a, b, one, other) => {
      const [x, y] = [momentOf(written(a, one), 'asOf'), momentOf(written(b, other), 'asOf')];

      expect(Math.sign(x < y ? -1 : x > y ? 1 : 0)).toBe(Math.sign(a.getTime() - b.getTime()));
    }),
  );
});

test.each([
  '',
  'yesterday',
  '2026-03-01',
  '2026-03-01T10:30:00',
  '2026-03-01T10:30:00+01:00',
  '2026-02-30T00:00:00Z',
  '2026-03-01T10:30Z',
  '0'.repeat(100),
])('refuses %s, which is no moment in UTC', (text) => {
  expect(() => momentOf(text, 'asOf')).toThrow(
    expect.objectContaining({ code: 'INVALID_INPUT', details: { field: 'asOf', rule: 'DATE_TIME' } }),
  );
});
