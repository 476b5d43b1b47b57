import { basename, extname } from 'node:path';
import { AppError } from '../errors.js';
import { readCsv } from './couples-csv.js';
import type { LoadReport } from './load.js';
import { type Line, readRows } from './rows.js';

/**
 * Reads a file by its ending: `.csv` of a known form, `.jsonl` or `.json` of rows (docs/rows.md). `retrieved` is the day that a CSV
 * file speaks of, `YYYY-MM-DD`. @throws AppError for another ending, and what the readers throw.
 */
export function readFileAs(path: string, text: string, retrieved: string): Line[] {
  const ending = extname(path).toLowerCase();
  if (ending === '.csv') return readCsv(text, { namespace: basename(path, extname(path)), retrieved });
  if (ending === '.jsonl' || ending === '.json') return readRows(text);
  throw new AppError('INVALID_INPUT', `${basename(path)} is none of .csv, .jsonl, .json`, { rule: 'FILE' });
}

/** The report as lines for people: every problem with its line, field and rule, then the counts. */
export function reportLines(report: LoadReport): string[] {
  const problems = report.problems.map(
    ({ line, field, rule, message, leaves }) =>
      `line ${line}: ${leaves === 'ROW' ? 'skipped' : 'loaded without'} ${[field, rule].filter(Boolean).join(' ')}: ${message}`,
  );
  const records = Object.entries(report.records).map(([type, count]) => `${count} ${type}`);
  const { read, loaded, unchanged, skipped, changes } = report;
  return [
    ...problems,
    `${read} lines read: ${loaded} loaded, ${unchanged} unchanged, ${skipped} skipped; ${problems.length} problems.`,
    `${changes} ${changes === 1 ? 'change' : 'changes'}${records.length > 0 ? `, which brought ${records.join(', ')}` : ''}.`,
  ];
}
