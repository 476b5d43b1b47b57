import { describe, expect, test } from 'vitest';
import { readRows } from '../../src/ingest/rows.js';

const PERSON = { row: 'person', key: 'ann', name: 'Ann' };
const CITE = { article: 'paper', quote: 'They married.', evidence: 'OUTLET' };
const MARRIAGE = {
  row: 'relationship',
  kind: 'ROMANTIC',
  type: 'MARRIED',
  a: 'ann',
  b: 'bo',
  claims: [{ field: 'START', value: { date: '2011' }, cite: CITE }],
};

const linesOf = (...rows: object[]) => readRows(rows.map((row) => JSON.stringify(row)).join('\n'));
const problemOf = (row: object) => linesOf(row)[0]?.problems[0];

describe('rows', () => {
  test('are read from JSON lines and from a JSON array, with a byte order mark and empty lines', () => {
    const lines = readRows(`\uFEFF${JSON.stringify(PERSON)}\n\n${JSON.stringify(MARRIAGE)}\n`);
    const array = readRows(JSON.stringify([PERSON, MARRIAGE]));

    expect(lines.map(({ line }) => line)).toEqual([1, 3]);
    expect(array.map(({ line }) => line)).toEqual([1, 2]);
    expect(lines.map(({ rows }) => rows)).toEqual(array.map(({ rows }) => rows));
  });

  test('that are no JSON are problems of their line and stop nothing', () => {
    const lines = readRows(`${JSON.stringify(PERSON)}\n{"row": \n${JSON.stringify(MARRIAGE)}`);

    expect(lines.map(({ rows }) => rows.length)).toEqual([1, 0, 1]);
    expect(lines[1]?.problems[0]).toMatchObject({ line: 2, rule: 'JSON', leaves: 'ROW' });
  });

  test.each([
    ['a standing', { ...MARRIAGE, standing: 3 }],
    ['a bound', { ...MARRIAGE, startMin: 15_000 }],
    ['LINKED', { ...MARRIAGE, LINKED: {} }],
    ['an age gate', { ...PERSON, adultFrom: 0 }],
    ['an id', { ...PERSON, id: 'per_1' }],
    ['a row of another kind', { row: 'LINKED', a: 'ann', b: 'bo' }],
    ['a bound in a claim', { ...MARRIAGE, claims: [{ ...MARRIAGE.claims[0], min: 1 }] }],
    ['an accepted verdict', { ...MARRIAGE, claims: [{ ...MARRIAGE.claims[0], verdict: 'ACCEPTED' }] }],
    ['a removed person', { ...PERSON, visibility: 'REMOVED' }],
  ])('refuse %s: they hold decisions only', (_, row) => {
    const [line] = linesOf(row);

    expect(line?.rows).toEqual([]);
    expect(line?.problems).toHaveLength(1);
    expect(line?.problems[0]).toMatchObject({ line: 1, rule: 'FORM', leaves: 'ROW' });
  });

  test('say which field is wrong, inside of unions too', () => {
    const claim = { field: 'END', value: { date: { edtf: '2011-02-30' } }, cite: CITE };

    expect(problemOf({ ...MARRIAGE, claims: [claim] })).toMatchObject({
      field: 'claims[0].value.date.edtf',
      rule: 'EDTF',
    });
    expect(problemOf({ ...MARRIAGE, claims: [{ ...claim, value: { date: 'spring' } }] })?.rule).toBe('EDTF');
    expect(problemOf({ ...MARRIAGE, type: 'STEP' })?.field).toBe('type');
    expect(problemOf({ ...MARRIAGE, claims: [{ field: 'BIRTH', value: { date: '1980' }, cite: CITE }] })?.field).toBe(
      'claims[0].field',
    );
    expect(problemOf({ ...MARRIAGE, b: 'ann' })).toMatchObject({ field: 'b', rule: 'SELF_PAIR' });
    expect(problemOf({ ...PERSON, name: ' ' })).toMatchObject({ field: 'name', rule: 'TEXT_LENGTH' });
    expect(problemOf({ ...PERSON, name: 'Ann \ud83d' })).toMatchObject({ field: 'name', rule: 'TEXT' });
    expect(problemOf({ ...PERSON, aliases: [{ name: 'Ann\0Doe', kind: 'SPELLING' }] })).toMatchObject({
      field: 'aliases[0].name',
      rule: 'TEXT',
    });
  });

  test('read a text of one line as one, however it is broken, and leave what may have several lines', () => {
    const name = (text: string) => ({ field: 'NAME', value: { text }, cite: { ...CITE, quote: 'Ann\nDoe' } });
    const [line] = linesOf({
      ...{ ...PERSON, key: 'ann\r\ndoe', name: ' Ann \r\n Doe\n', description: 'A singer\nof songs' },
      ...{ aliases: [{ name: 'Ann\u2028\tD.', kind: 'SPELLING' }], claims: [name('Annie\v\u0085Doe'), name('A  Doe')] },
    });

    expect(line?.rows[0]).toMatchObject({
      ...{ key: 'ann doe', name: 'Ann Doe', description: 'A singer\nof songs', aliases: [{ name: 'Ann D.' }] },
      claims: [{ value: { text: 'Annie Doe' }, cite: [{ quote: 'Ann\nDoe' }] }, { value: { text: 'A  Doe' } }],
    });
    expect(problemOf({ ...PERSON, name: '\r\n' })).toMatchObject({ field: 'name', rule: 'TEXT_LENGTH' });
  });

  test('keep one form of equal dates', () => {
    const dated = (date: unknown) =>
      linesOf({ ...MARRIAGE, claims: [{ field: 'START', value: { date }, cite: CITE }] })[0]?.rows[0];

    expect(dated('2014-00-00')).toEqual(dated({ edtf: '2014' }));
  });
});
