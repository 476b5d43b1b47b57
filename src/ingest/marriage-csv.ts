import { type CsvRecord, csvRecords } from './csv.js';
import { endClaims, readsCause } from './end-cause.js';
import type { RawLine } from './rows.js';

/** The columns of a file of marriages with births, as a query over Wikidata answers it. */
export const MARRIAGE_COLUMNS = ['person', 'spouse', 'start', 'end', 'end_cause', 'person_born', 'spouse_born'];

export interface MarriageOptions {
  /** The key of somebody by name: the file knows people by name only. */
  keyOf: (name: string) => string;
  /** The key of the article that stands for the file. */
  article: string;
}

/** Turns each record into rows: both people with their births, and their marriage. 1 January is the year; every quote is the record. */
export function marriageRows(text: string, options: MarriageOptions): RawLine[] {
  return csvRecords(text).map((record) => ({
    line: record.line,
    rows: rowsOf(record, options),
    problems: record.problems,
  }));
}

function rowsOf(record: CsvRecord, { keyOf, article }: MarriageOptions): unknown[] {
  const a = record.name('person');
  const b = record.name('spouse');
  if (a === null || b === null) return [];
  const cite = { article, quote: record.raw, evidence: 'DATASET' };
  const born = (name: string, column: string) => {
    const date = record.date(column);
    const claims = date === null ? [] : [{ field: 'BIRTH', value: { date }, cite }];
    return { row: 'person', key: keyOf(name), name, claims };
  };
  const people = [born(a, 'person_born'), born(b, 'spouse_born')];
  const claims = marriageClaims(record).map((claim) => ({ ...claim, cite }));
  return [...people, { row: 'relationship', kind: 'ROMANTIC', type: 'MARRIED', a: keyOf(a), b: keyOf(b), claims }];
}

/** What a record says of a marriage by its `start`, `end` and `end_cause`: at least that there was one. */
export function marriageClaims(record: CsvRecord): { field: string; value: unknown }[] {
  const cause = record.cell('end_cause');
  if (!readsCause(cause)) record.refuse('end_cause', 'END_CAUSE', `${JSON.stringify(cause)} is no known word`, 'CELL');
  const start = record.date('start');
  const end = endClaims(record.date('end'), cause);
  const claims = [...(start === null ? [] : [{ field: 'START', value: { date: start } }]), ...end];
  return claims.length > 0 ? claims : [{ field: 'EXISTS', value: { state: 'PAST' } }];
}
