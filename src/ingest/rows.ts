import type { z } from 'zod';
import { pathOf, ruleOf, sayingOf } from '../domain/form.js';
import { type Row, type RowInput, row } from './row-schema.js';

/** Something that the loader does not take, and why. */
export interface Problem {
  /** Line of the file, from 1; in a JSON array the place of the item, from 1. */
  line: number;
  /** The column or path at fault. */
  field: string;
  /** The name of the rule that refused. */
  rule: string;
  message: string;
  /** CELL: left out, while the rest of its row is taken. ROW: the whole row is. */
  leaves: 'ROW' | 'CELL';
}

/** One line of a source as parsed rows, taken or left as a whole. A line with a ROW problem has no rows. */
export interface Line {
  line: number;
  rows: Row[];
  problems: Problem[];
}

/** One line of a source in the row format, not yet parsed. */
export interface RawLine {
  line: number;
  rows: readonly (RowInput | unknown)[];
  problems?: readonly Problem[];
}

/** Parses the rows of each line; what does not fit the schema becomes a problem of its line. */
export function parseLines(lines: Iterable<RawLine>): Line[] {
  return Array.from(lines, parseLine);
}

/**
 * Reads a file of rows: JSON lines, or one JSON array. Empty lines are passed over; a line that is not JSON is a problem of
 * that line (rule JSON).
 */
export function readRows(text: string): Line[] {
  const content = text.replace(/^\uFEFF/, '');
  return content.trimStart().startsWith('[') ? readArray(content) : readJsonLines(content);
}

function readArray(text: string): Line[] {
  const { item, message } = jsonOf(text);
  if (message !== undefined) return [notJson(1, message)];
  return (item as unknown[]).map((each, at) => parseLine({ line: at + 1, rows: [each] }));
}

function readJsonLines(text: string): Line[] {
  return text.split('\n').flatMap((content, at) => {
    if (content.trim() === '') return [];
    const { item, message } = jsonOf(content);
    return [message === undefined ? parseLine({ line: at + 1, rows: [item] }) : notJson(at + 1, message)];
  });
}

function jsonOf(text: string): { item?: unknown; message?: string } {
  try {
    return { item: JSON.parse(text) };
  } catch (error) {
    return { message: error instanceof Error ? error.message : String(error) };
  }
}

function notJson(line: number, message: string): Line {
  return { line, rows: [], problems: [{ line, field: '', rule: 'JSON', message, leaves: 'ROW' }] };
}

function parseLine({ line, rows, problems = [] }: RawLine): Line {
  const parsed = rows.map((each) => row.safeParse(each));
  const found = parsed.flatMap((each) => (each.success ? [] : [problemOf(line, each.error.issues)]));
  const all = [...problems, ...found];
  if (all.some(({ leaves }) => leaves === 'ROW')) return { line, rows: [], problems: all };
  return { line, rows: parsed.flatMap((each) => (each.success ? [each.data] : [])), problems: all };
}

type Issue = z.core.$ZodIssue;

function problemOf(line: number, issues: readonly Issue[]): Problem {
  const { path, issue } = deepest(issues, []);
  return { line, field: pathOf(path), rule: ruleOf(issue), message: sayingOf(issue), leaves: 'ROW' };
}

/** The issue to tell: of a union's branches the one that got furthest, since the others were not meant. */
function deepest(issues: readonly Issue[], prefix: PropertyKey[]): { path: PropertyKey[]; issue: Issue } {
  const found = issues.map((issue) => {
    const path = [...prefix, ...issue.path];
    const branches = issue.code === 'invalid_union' ? issue.errors.filter((errors) => errors.length > 0) : [];
    const inner = branches.map((errors) => deepest(errors, path)).sort((a, b) => b.path.length - a.path.length);
    return inner[0] ?? { path, issue };
  });
  return found[0] as { path: PropertyKey[]; issue: Issue };
}
