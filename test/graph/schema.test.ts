import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { RECORD_SCHEMA } from '../../src/domain/records.js';
import { embeddedSchema, neo4jSchema, UNIQUE } from '../../src/graph/constraints.js';
import { refuseOlder } from '../../src/graph/open-neo4j.js';
import { constraintsFile } from '../../src/graph/schema.js';

test('schema/constraints.cypher says what the code creates (HEARSAY_WRITE=1 writes it)', async () => {
  const path = new URL('../../schema/constraints.cypher', import.meta.url);
  if (process.env.HEARSAY_WRITE === '1') await writeFile(path, constraintsFile());

  expect(await readFile(path, 'utf8')).toBe(constraintsFile());
});

test('every record has a unique id', () => {
  for (const label of Object.keys(RECORD_SCHEMA)) expect(UNIQUE).toContainEqual([label, 'id']);
});

test('no two constraints or indexes share a name, which Neo4j would take for the same one', () => {
  for (const statements of [neo4jSchema(), embeddedSchema()]) {
    const names = statements.map((statement) => statement.split(' ')[2]);
    expect(new Set(names).size).toBe(names.length);
  }
});

test('the embedded engine gets an index for every constraint', () => {
  const statements = embeddedSchema().join('\n');

  for (const [label, property] of UNIQUE) expect(statements).toContain(`FOR (n:${label}) ON (n.${property})`);
});

test.each(['5.26.0', '5.26', '5.27-aura', '2025.01.0', '2026.09.0', '6.0'])('Neo4j %s is new enough', (version) => {
  expect(() => refuseOlder(version, 'bolt://graph')).not.toThrow();
});

test.each(['5.25.1', '5.3.0', '4.4.38', '3.5'])('Neo4j %s is refused by name', (version) => {
  expect(() => refuseOlder(version, 'bolt://graph')).toThrow(
    `Neo4j ${version} at bolt://graph is too old: Hearsay needs Neo4j 5.26 or later.`,
  );
});

test.each([undefined, null, 'x'])('a server that calls its version %s is refused', (version) => {
  expect(() => refuseOlder(version, 'bolt://graph')).toThrow('The server at bolt://graph is too old');
});
