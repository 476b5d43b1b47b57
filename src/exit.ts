import { AppError } from './errors.js';

/**
 * Ends the process with code 1 after a failure: one line on standard error for one that the reader can mend, and everything
 * about one that nobody expected.
 */
export function exitWith(error: unknown): never {
  if (error instanceof AppError) process.stderr.write(`hearsay: ${lineOf(error)}\n`);
  else if (isMisuse(error)) process.stderr.write(`hearsay: ${error.message.split('\n')[0]}\n`);
  else console.error(error);
  process.exit(1);
}

/** The message, behind the name of the setting at fault where it doesn't say that itself. */
function lineOf({ message, details: { field } }: AppError): string {
  return field === undefined || message.includes(field) ? message : `${field}: ${message}`;
}

/** A wrong option of a command, as `parseArgs` throws it. */
function isMisuse(error: unknown): error is Error {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
