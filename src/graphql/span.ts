import { UNBOUNDED } from '../domain/day.js';
import type { Interval } from '../domain/evidence.js';
import { parseSpan } from '../domain/partial-date.js';
import { invalid } from '../errors.js';

interface Ends {
  from: string | null | undefined;
  to: string | null | undefined;
}

/**
 * The days from the first of `from` to the last of `to`; an end that isn't given is open, and without both there is nothing to ask.
 * `names` are what the two are called in a refusal. Throws INVALID_INPUT, rules EDTF and DATE_ORDER.
 */
export function spanOf({ from, to }: Ends, names: Record<keyof Ends, string>): Interval | null {
  if (from == null && to == null) return null;
  const min = from == null ? -UNBOUNDED : parseSpan(from, names.from).min;
  const max = to == null ? UNBOUNDED : parseSpan(to, names.to).max;
  if (min > max) throw invalid(names.to, 'DATE_ORDER', `\`${names.to}\` is before \`${names.from}\`.`);
  return { min, max };
}
