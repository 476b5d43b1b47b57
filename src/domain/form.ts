import type { z } from 'zod';
import { type AppError, invalid } from '../errors.js';

/** What a schema refuses, in our words. */

type Issue = z.core.$ZodIssue;

/** A place in something given, as a client writes it: `claims[0].cite[1].quote`. */
export function pathOf(parts: readonly PropertyKey[]): string {
  return parts.reduce<string>((path, part) => {
    if (typeof part === 'number') return `${path}[${part}]`;
    return path === '' ? String(part) : `${path}.${String(part)}`;
  }, '');
}

/** The rule that an issue breaks: the one that our own checks name, else FORM. */
export function ruleOf(issue: Issue): string {
  return issue.code === 'custom' && issue.params?.rule ? String(issue.params.rule) : 'FORM';
}

/** What is wrong, to be read behind the name of the field. */
export function sayingOf(issue: Issue): string {
  switch (issue.code) {
    case 'custom':
      return issue.message;
    case 'too_big':
      return `takes at most ${issue.maximum}`;
    case 'too_small':
      return `takes at least ${issue.minimum}`;
    case 'invalid_value':
      return `is one of ${issue.values.map(String).join(', ')}`;
    case 'unrecognized_keys':
      return `has no field ${issue.keys.join(', ')}`;
    case 'invalid_type':
      return `is ${issue.expected === 'int' ? 'a whole number' : `of type ${issue.expected}`}`;
    default:
      return 'is not written as it has to be';
  }
}

/** The first refusal as INVALID_INPUT, its field under `prefix`. */
export function formRefused({ issues: [issue] }: z.ZodError, prefix: readonly PropertyKey[]): AppError {
  const field = pathOf([...prefix, ...(issue?.path ?? [])]);
  return invalid(field, issue ? ruleOf(issue) : 'FORM', `${field} ${issue ? sayingOf(issue) : 'does not fit'}.`);
}
