import type { Standing, TextField } from './evidence.js';
import type { Person } from './records.js';
import { REPORTED } from './standing.js';

/**
 * What sources call somebody, beside the names that are recorded, at a standing of REPORTED and `least` or above; the best established
 * first.
 */
export function namesTold(
  { name, aliases }: { name: string; aliases: readonly Pick<Person['aliases'][number], 'name'>[] },
  said: readonly TextField[],
  least: Standing,
): string[] {
  const recorded = new Set([name, ...aliases.map((alias) => alias.name)]);
  const enough = ({ text, standing }: TextField) => standing >= Math.max(REPORTED, least) && !recorded.has(text);
  return said.filter(enough).map(({ text }) => text);
}
