/**
 * The one JSON text of a value: keys sorted, undefined properties left out as JSON does. Equal values have equal texts, so it
 * serves for before and after, and for comparing.
 */
export function canonical(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  // `fromEntries` defines its keys, so that a key such as `__proto__` stays one.
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}
