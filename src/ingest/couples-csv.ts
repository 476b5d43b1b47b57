import { AppError } from '../errors.js';
import { type CsvRecord, csvRecords, headerOf } from './csv.js';
import { MARRIAGE_COLUMNS, marriageClaims, marriageRows } from './marriage-csv.js';
import { type Line, parseLines, type RawLine } from './rows.js';

/** The columns of a file that puts couples and relatives of many sources together. */
export const COUPLE_COLUMNS = ['person_a', 'person_b', 'type', 'start', 'end', 'end_cause', 'source'];

export interface CsvOptions {
  /** Sets the keys of this file's people and sources apart from those of others; its name, as a rule. */
  namespace: string;
  /** The day of which the file speaks, `YYYY-MM-DD`: the day it was retrieved. */
  retrieved: string;
}

/**
 * Reads a CSV file of one of the known forms, told apart by their columns, as rows; its sources become articles of kind DATASET.
 * People are known by name only: one name is one person of this file, homonyms and fictional people included.
 * @throws AppError INVALID_INPUT for other columns or broken quoting.
 */
export function readCsv(text: string, options: CsvOptions): Line[] {
  const columns = headerOf(text);
  const has = (wanted: readonly string[]) => wanted.every((column) => columns.includes(column));
  if (has(COUPLE_COLUMNS)) return parseLines([...sourceRows(options), ...coupleRows(text, options)]);
  if (has(MARRIAGE_COLUMNS)) {
    const article = `${options.namespace}:file`;
    const row = { row: 'article', key: article, kind: 'DATASET', title: `Marriages, ${options.namespace}` };
    const rows = marriageRows(text, { keyOf: (name) => personKey(options, name), article });
    return parseLines([{ line: 1, rows: [{ ...row, retrieved: options.retrieved }] }, ...rows]);
  }
  const forms = [COUPLE_COLUMNS, MARRIAGE_COLUMNS].map((form) => form.join(',')).join(' or ');
  throw new AppError('INVALID_INPUT', `The columns are not ${forms}`, { rule: 'COLUMNS' });
}

const personKey = ({ namespace }: CsvOptions, name: string) => `${namespace}:person:${name}`;
const sourceKey = ({ namespace }: CsvOptions, source: string) => `${namespace}:source:${source}`;

/** What the sources draw from, so that two extracts of one encyclopedia are not counted as two sources. */
const BASED_ON: Readonly<Record<string, readonly string[]>> = {
  Wikipedia: [],
  Wikidata: [],
  Freebase: [],
  DBpedia: ['Wikipedia'],
  YAGO: ['Wikipedia'],
  wikipedia_infobox: ['Wikipedia'],
  wikipedia_usfilm: ['Wikipedia'],
  wikipedia_imdbtop: ['Wikipedia'],
  wikidata_kashik: ['Wikidata'],
  dbpedia_snorkel: ['DBpedia'],
  yago11k: ['YAGO'],
  fb13: ['Freebase'],
  fb15k237: ['Freebase'],
};

/** Articles for all sources, on the line of the header. */
function sourceRows(options: CsvOptions): RawLine[] {
  const rows = Object.entries(BASED_ON).map(([source, basedOn]) => ({
    row: 'article',
    key: sourceKey(options, source),
    kind: 'DATASET',
    title: basedOn.length === 0 ? source : `${source}, drawn from ${basedOn.join(', ')}`,
    outlet: source,
    retrieved: options.retrieved,
    basedOn: basedOn.map((name) => sourceKey(options, name)),
  }));
  return [{ line: 1, rows }];
}

function coupleRows(text: string, options: CsvOptions): RawLine[] {
  return csvRecords(text).map((record) => ({
    line: record.line,
    rows: rowsOf(record, options),
    problems: record.problems,
  }));
}

/** Kind and period type of each type in the file. */
const FORM_OF: Readonly<Record<string, { kind: string; type: string }>> = {
  MARRIED: { kind: 'ROMANTIC', type: 'MARRIED' },
  DATED: { kind: 'ROMANTIC', type: 'DATING' },
  ROMANTIC: { kind: 'ROMANTIC', type: 'UNSPECIFIED' },
  BREAKUP: { kind: 'ROMANTIC', type: 'UNSPECIFIED' },
  PARENT_OF: { kind: 'PARENT_CHILD', type: 'UNSPECIFIED' },
  SIBLING: { kind: 'SIBLING', type: 'UNSPECIFIED' },
  FRIEND: { kind: 'FRIEND', type: 'UNSPECIFIED' },
};

function rowsOf(record: CsvRecord, options: CsvOptions): unknown[] {
  const names = [record.name('person_a'), record.name('person_b')];
  const form = FORM_OF[record.cell('type')] ?? record.refuse('type', 'TYPE', 'is no known type', 'ROW');
  const source = record.cell('source');
  if (!(source in BASED_ON)) record.refuse('source', 'SOURCE', `${JSON.stringify(source)} is no known source`, 'ROW');
  if (record.problems.length > 0) return [];
  const cite = { article: sourceKey(options, source), quote: record.raw, evidence: 'DATASET' };
  const people = names
    .flatMap((name) => name ?? [])
    .map((name) => ({ row: 'person', key: personKey(options, name), name }));
  const [a, b] = people.map(({ key }) => key);
  const claims = marriageClaims(record).map((claim) => ({ ...claim, cite }));
  return [...people, ...breakUp(record, people, cite, options), { row: 'relationship', ...form, a, b, claims }];
}

/**
 * BREAKUP says that two who were a couple broke up, and not when: an event. It ends no period, since the two may have come back or
 * married since; that they were a couple is said by the relationship row.
 */
function breakUp(record: CsvRecord, people: readonly { key: string }[], cite: unknown, options: CsvOptions): unknown[] {
  if (record.cell('type') !== 'BREAKUP') return [];
  const keys = people.map(({ key }) => key).sort();
  const participants = keys.map((person) => ({ person, role: 'PARTY' }));
  const claims = [{ field: 'EXISTS', value: { state: 'PAST' }, cite }];
  const key = `${options.namespace}:break-up:${JSON.stringify(keys)}`;
  return [{ row: 'event', key, kind: 'SPLIT', participants, claims }];
}
