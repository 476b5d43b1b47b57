import { ID_PREFIX } from '../domain/words.js';

type Key = readonly [label: string, property: string];

const LABELS_WITH_ID = [
  ...Object.keys(ID_PREFIX),
  'Change',
  'Edit',
  'Contradiction',
  'Graph',
  'Token',
  'Takedown',
  'Opening',
];

/** What no two nodes of a label share (design.md, section 2). A node without the property is not looked at. */
export const UNIQUE: readonly Key[] = [
  ...LABELS_WITH_ID.map((label): Key => [label, 'id']),
  ['Person', 'slug'],
  ['Article', 'url'],
  ['Relationship', 'pairKey'],
  ['Change', 'seq'],
  ['Token', 'hash'],
  ['Session', 'hash'],
];

/** What statements look up by an exact value. */
const LOOKED_UP: readonly Key[] = [
  ['Edit', 'recordId'],
  ['Change', 'undoes'],
  ['Opening', 'claim'],
];

/** The same where the embedded engine goes by a value, and Neo4j by an order. */
const PICKED: readonly Key[] = [['Claim', 'waiting']];

/** What statements order or cut by. The embedded engine has no index that keeps an order, so these are Neo4j's only. */
const ORDERED: readonly Key[] = [
  ['Person', 'sort'],
  ['Person', 'folded'],
  ['Person', 'born'],
  ['Event', 'sort'],
  ['Article', 'sort'],
  ['Claim', 'sort'],
  ['Claim', 'oldest'],
  ['Claim', 'strongest'],
  ['Takedown', 'sort'],
  ['Change', 'at'],
];

/** The statements that give Neo4j its constraints, which own an index each, and its indexes. */
export function neo4jSchema(): string[] {
  return [...UNIQUE.map(constraint), ...[...LOOKED_UP, ...ORDERED].map(index)];
}

/** The statements for the embedded engine, where a constraint makes no index: without one every insert reads the whole label. */
export function embeddedSchema(): string[] {
  return [...UNIQUE.map(constraint), ...[...UNIQUE, ...LOOKED_UP, ...PICKED].map(index)];
}

function constraint([label, property]: Key): string {
  return `CREATE CONSTRAINT ${nameOf(label, property)}_unique IF NOT EXISTS FOR (n:${label}) REQUIRE n.${property} IS UNIQUE`;
}

function index([label, property]: Key): string {
  return `CREATE INDEX ${nameOf(label, property)} IF NOT EXISTS FOR (n:${label}) ON (n.${property})`;
}

function nameOf(label: string, property: string): string {
  return `${label}_${property}`.toLowerCase();
}
