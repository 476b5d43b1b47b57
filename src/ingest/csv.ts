import { parse } from 'csv-parse/sync';
import { parsePartialDate, yearIfFirstOfJanuary } from '../domain/partial-date.js';
import { onOneLine } from '../domain/text.js';
import { AppError } from '../errors.js';
import type { Problem } from './rows.js';

/** One record of a CSV file, with what its converter finds wrong. */
export class CsvRecord {
  readonly problems: Problem[] = [];

  constructor(
    /** Line of the file on which the record ends, from 1. */
    readonly line: number,
    /** The record as it stands in the file. */
    readonly raw: string,
    private readonly cells: Readonly<Record<string, string>>,
  ) {}

  /** The cell of a column on one line, trimmed; empty where there is none. */
  cell(column: string): string {
    return onOneLine(this.cells[column] ?? '').trim();
  }

  /** A cell that names somebody, or null with a ROW problem: without a name there is nobody to load. */
  name(column: string): string | null {
    const name = this.cell(column);
    if (name === '') return this.refuse(column, 'EMPTY', 'there is no name', 'ROW');
    if (isUnknownValue(name))
      return this.refuse(column, 'UNKNOWN_VALUE', 'the source knows that there is one, not who', 'ROW');
    if (/^Q\d+$/.test(name)) return this.refuse(column, 'NO_NAME', `${name} is an identifier, no name`, 'ROW');
    return name;
  }

  /** A date cell as EDTF, where 1 January means the year; null where it is empty, or, with a CELL problem, no date. */
  date(column: string): string | null {
    const text = this.cell(column);
    if (text === '') return null;
    if (isUnknownValue(text))
      return this.refuse(column, 'UNKNOWN_VALUE', 'the source knows that there is one, not when', 'CELL');
    try {
      return text.endsWith('-01-01') ? yearIfFirstOfJanuary(text, column) : parsePartialDate(text).edtf;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return this.refuse(column, 'EDTF', error.message, 'CELL');
    }
  }

  refuse(field: string, rule: string, message: string, leaves: Problem['leaves']): null {
    this.problems.push({ line: this.line, field, rule, message, leaves });
    return null;
  }
}

/** Wikidata writes "there is one, but we don't know it" as a blank node. */
function isUnknownValue(text: string): boolean {
  return /^https?:\/\/www\.wikidata\.org\/\.well-known\/genid\//.test(text);
}

/** The column names of a CSV text. */
export function headerOf(text: string): string[] {
  return (parse(text, { bom: true, to: 1 })[0] ?? []) as string[];
}

/** The records of a CSV text with a header, in order. @throws AppError rule CSV where its quoting is broken, with the line. */
export function csvRecords(text: string): CsvRecord[] {
  try {
    const parsed = parse(text, {
      bom: true,
      columns: true,
      info: true,
      raw: true,
      skip_empty_lines: true,
      relax_column_count: true,
    });
    return (parsed as unknown as Parsed[]).map(
      ({ info, raw, record }) => new CsvRecord(info.lines, raw.trim(), record),
    );
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new AppError(
      'INVALID_INPUT',
      `The file is no CSV that can be read: ${message}`,
      { rule: 'CSV' },
      { cause: error },
    );
  }
}

interface Parsed {
  info: { lines: number };
  raw: string;
  record: Record<string, string>;
}
