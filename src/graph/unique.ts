import { AppError } from '../errors.js';

/** The one error for a value that another node of the same label has already. */
export function notUnique(type: string | undefined, field: string | undefined, cause: Error): AppError {
  const what = type && field ? `Another ${type} has the same ${field}.` : 'Another record has the same key.';
  return new AppError('CONFLICT', what, { rule: 'UNIQUE', ...(type && { type }), ...(field && { field }) }, { cause });
}
