import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from './config.js';

export type { Logger };

/**
 * The log: one JSON object a line, on standard output unless told otherwise. What goes in is chosen where it is logged: never
 * variables, bodies, cookies, tokens or passwords. The headers and fields that carry them are cut out here once more.
 */
export function createLog(level: Config['logLevel'], destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    redact: { paths: ['headers', '*.headers', 'password', '*.password', 'token', '*.token'], remove: true },
    formatters: { level: (label: string) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  return destination ? pino(options, destination) : pino(options);
}
