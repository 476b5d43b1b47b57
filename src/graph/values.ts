import type { Params, Row, Value } from './graph.js';

/**
 * Parameters as the engines take them: undefined becomes null, each whole number goes through `whole`.
 * Throws for what the engines would change or answer differently to: NaN, infinities, whole numbers beyond 2^53, and objects
 * that are neither lists nor plain maps.
 */
export function encode(params: Params, whole: (value: number) => unknown): { [key: string]: unknown } {
  return encodeMap(params, '$', whole);
}

function encodeMap(map: Params, path: string, whole: (value: number) => unknown): { [key: string]: unknown } {
  const encoded: { [key: string]: unknown } = {};
  for (const key of Object.keys(map)) {
    encoded[key] = encodeValue(map[key], path === '$' ? `$${key}` : `${path}.${key}`, whole);
  }
  return encoded;
}

function encodeValue(value: unknown, path: string, whole: (value: number) => unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return encodeNumber(value, path, whole);
  if (Array.isArray(value)) return value.map((item) => encodeValue(item, path, whole));
  if (isPlain(value)) return encodeMap(value as Params, path, whole);
  throw new TypeError(`${path} is no value that the graph keeps: ${Object.prototype.toString.call(value)}`);
}

function encodeNumber(value: number, path: string, whole: (value: number) => unknown): unknown {
  if (!Number.isFinite(value)) throw new RangeError(`${path} is ${value}, which the graph can't keep`);
  if (!Number.isInteger(value)) return value;
  if (!Number.isSafeInteger(value))
    throw new RangeError(`${path} is ${value}, beyond the whole numbers that are exact`);
  return whole(value);
}

/** The rows, once it is certain that they hold plain values only. Throws for nodes, edges, paths and numbers that aren't exact. */
export function plainRows(rows: readonly unknown[]): Row[] {
  for (const row of rows) {
    for (const [key, value] of Object.entries(row as object)) refuseUnplain(value, key);
  }
  return rows as Row[];
}

function refuseUnplain(value: unknown, column: string): asserts value is Value {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (typeof value === 'number' || typeof value === 'bigint') {
    throw new RangeError(`The column ${column} holds a number that is not exact here`);
  }
  if (Array.isArray(value)) {
    for (const item of value) refuseUnplain(item, column);
    return;
  }
  if (!isPlain(value) || isEmbeddedEntity(value)) {
    throw new TypeError(`The column ${column} holds a node, an edge or another object; return its properties instead`);
  }
  for (const item of Object.values(value)) refuseUnplain(item, column);
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The embedded engine answers nodes and edges as plain maps that name their inner number. */
function isEmbeddedEntity(value: object): boolean {
  return '_id' in value && ('_labels' in value || '_type' in value);
}
