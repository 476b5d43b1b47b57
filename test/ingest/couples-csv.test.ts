import { describe, expect, test } from 'vitest';
import { readCsv } from '../../src/ingest/couples-csv.js';
import type { RowOf } from '../../src/ingest/row-schema.js';
import type { Line } from '../../src/ingest/rows.js';

const COUPLES = 'person_a,person_b,type,start,end,end_cause,source';
const MARRIAGES = 'person,spouse,start,end,end_cause,person_born,spouse_born,country,occupation';
const options = { namespace: 'file', retrieved: '2026-11-25' };

const couple = (record: string) => readCsv(`${COUPLES}\n${record}\n`, options)[1] as Line;
const marriage = (record: string) => readCsv(`${MARRIAGES}\n${record}\n`, options)[1] as Line;
const related = ({ rows }: Line) => rows.find((row) => row.row === 'relationship') as RowOf<'relationship'>;
const said = (line: Line) => related(line).claims.map(({ field, value }) => ({ field, ...value }));

describe('a file of couples', () => {
  test.each([
    ['MARRIED', 'ROMANTIC', 'MARRIED'],
    ['DATED', 'ROMANTIC', 'DATING'],
    ['ROMANTIC', 'ROMANTIC', 'UNSPECIFIED'],
    ['BREAKUP', 'ROMANTIC', 'UNSPECIFIED'],
    ['PARENT_OF', 'PARENT_CHILD', 'UNSPECIFIED'],
    ['SIBLING', 'SIBLING', 'UNSPECIFIED'],
    ['FRIEND', 'FRIEND', 'UNSPECIFIED'],
  ])('has %s as %s, %s; that it was at all is what a row without dates says', (type, kind, period) => {
    const line = couple(`Ann,Bo,${type},,,,fb15k237`);

    expect(related(line)).toMatchObject({ kind, type: period, a: 'file:person:Ann', b: 'file:person:Bo' });
    expect(said(line)).toEqual([{ field: 'EXISTS', state: 'PAST' }]);
  });

  test('has a break-up as an undated event, which ends nothing', () => {
    const line = couple('Bo,Ann,BREAKUP,,,,fb15k237');

    expect(line.rows.find(({ row }) => row === 'event')).toMatchObject({ kind: 'SPLIT' });
    expect(said(line).map(({ field }) => field)).toEqual(['EXISTS']);
  });

  test.each([
    [
      'div',
      [
        { field: 'END', date: { edtf: '1995' } },
        { field: 'END_REASON', reason: 'DIVORCE' },
      ],
    ],
    [
      'd',
      [
        { field: 'END', date: { edtf: '1995' } },
        { field: 'END_REASON', reason: 'DEATH' },
      ],
    ],
    [
      'died',
      [
        { field: 'END', date: { edtf: '1995' } },
        { field: 'END_REASON', reason: 'DEATH' },
      ],
    ],
    [
      'ann',
      [
        { field: 'END', date: { edtf: '1995' } },
        { field: 'END_REASON', reason: 'ANNULMENT' },
      ],
    ],
    ['sep', [{ field: 'APART', date: { edtf: '1995' } }]],
    ['', [{ field: 'END', date: { edtf: '1995' } }]],
  ])('reads the end cause "%s"', (cause, claims) => {
    expect(said(couple(`Ann,Bo,MARRIED,,1995,${cause},wikipedia_usfilm`))).toEqual(claims);
  });

  test('knows an end without a date, and says nothing of an end that is not there', () => {
    expect(said(couple('Ann,Bo,MARRIED,1990,,divorce,wikidata_kashik'))).toContainEqual({
      field: 'END',
      state: 'ENDED',
    });
    expect(said(couple('Ann,Bo,MARRIED,1990,,,wikidata_kashik'))).toEqual([{ field: 'START', date: { edtf: '1990' } }]);
  });

  test('takes 1 January for the year, in both forms of a file', () => {
    const year = { field: 'START', date: { edtf: '1990' } };

    expect(said(couple('Ann,Bo,MARRIED,1990-01-01,,,yago11k'))).toEqual([year]);
    expect(said(marriage('Ann,Bo,1990-01-01,,,,,,'))).toEqual([year]);
    expect(said(marriage('Ann,Bo,1990-01-02,,,,,,'))).toEqual([{ field: 'START', date: { edtf: '1990-01-02' } }]);
  });

  test('quotes the record as it stands, under its source', () => {
    const line = couple('"Ann ""A"", Jr.",Bo,MARRIED,1990,,,yago11k');

    expect(related(line).claims[0]?.cite).toEqual([
      { article: 'file:source:yago11k', quote: '"Ann ""A"", Jr.",Bo,MARRIED,1990,,,yago11k', evidence: 'DATASET' },
    ]);
  });

  test('reads a name that is broken within its cell as the name on one line, in keys of events too', () => {
    const broken = couple('"Ann\r\nLee",Bo,BREAKUP,,,,fb15k237');
    const lines = ({ rows }: Line) => rows.map((row) => ({ ...row, claims: [] }));

    expect(broken.problems).toEqual([]);
    expect(lines(broken)).toEqual(lines(couple('Ann Lee,Bo,BREAKUP,,,,fb15k237')));
    expect(related(broken).claims[0]?.cite[0]?.quote).toBe('"Ann\r\nLee",Bo,BREAKUP,,,,fb15k237');
  });

  test('names what its sources draw from, so that two extracts of one encyclopedia are one source', () => {
    const articles = readCsv(`${COUPLES}\n`, options)[0]?.rows as RowOf<'article'>[];
    const basedOn = (source: string) => articles.find(({ key }) => key === `file:source:${source}`)?.basedOn;

    expect(basedOn('wikipedia_infobox')).toEqual(basedOn('wikipedia_usfilm'));
    expect(basedOn('dbpedia_snorkel')).toEqual(['file:source:DBpedia']);
    expect(basedOn('DBpedia')).toEqual(['file:source:Wikipedia']);
  });

  test('leaves out what it can not read, with line, field and rule', () => {
    const unknown = 'http://www.wikidata.org/.well-known/genid/0f28';
    const problem = (line: Line) => ({ ...line.problems[0], rows: line.rows.length });

    expect(problem(couple('David,Maggie,MARRIED,1951,195,,yago11k'))).toMatchObject({
      line: 2,
      field: 'end',
      rule: 'EDTF',
      leaves: 'CELL',
      rows: 3,
    });
    expect(problem(couple('Ann,,MARRIED,,,,yago11k'))).toMatchObject({ field: 'person_b', rule: 'EMPTY', rows: 0 });
    expect(problem(couple('Ann,Bo,LIKES,,,,yago11k'))).toMatchObject({ field: 'type', rule: 'TYPE', rows: 0 });
    expect(problem(couple('Ann,Bo,MARRIED,,,,blog'))).toMatchObject({ field: 'source', rule: 'SOURCE', rows: 0 });
    expect(problem(couple('Ann,Bo,MARRIED,,1990,bored,yago11k'))).toMatchObject({ rule: 'END_CAUSE', rows: 3 });
    expect(problem(marriage('Q5608,Bo,,,,,,,'))).toMatchObject({ field: 'person', rule: 'NO_NAME', rows: 0 });
    expect(problem(marriage(`Ann,${unknown},,,,,,,`))).toMatchObject({ rule: 'UNKNOWN_VALUE', leaves: 'ROW', rows: 0 });
    expect(problem(marriage(`Ann,Bo,1990,${unknown},,,,,`))).toMatchObject({ rule: 'UNKNOWN_VALUE', leaves: 'CELL' });
  });

  test('refuses other columns and broken quoting', () => {
    expect(() => readCsv('a,b\n1,2\n', options)).toThrow(expect.objectContaining({ details: { rule: 'COLUMNS' } }));
    expect(() => readCsv(`${COUPLES}\n"Ann,Bo,MARRIED,,,,yago11k\n`, options)).toThrow(
      expect.objectContaining({ details: { rule: 'CSV' } }),
    );
  });

  test('takes the births that a file of marriages has', () => {
    const [ann, bo] = marriage('Ann,Bo,,,,1980-10-21,,,').rows as RowOf<'person'>[];

    expect(ann?.claims[0]).toMatchObject({ field: 'BIRTH', value: { date: { edtf: '1980-10-21' } } });
    expect(bo?.claims).toEqual([]);
  });
});
