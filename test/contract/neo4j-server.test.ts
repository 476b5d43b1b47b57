import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import neo4j from 'neo4j-driver';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openGraph } from '../../src/graph/open.js';
import { freePort, NEWEST, type Neo4j, startNeo4j } from '../support/neo4j/start.js';

const PASSWORD = 'correct horse';
const MINUTE = 60_000;
const isHere = inject('neo4j').offers.some(({ version, why }) => version === NEWEST && why === null);

/** The tests build on each other: one server that asks for a password, stops, and comes back. */
describe.skipIf(!isHere)('A Neo4j that asks for a password', () => {
  let home = '';
  let port = 0;
  let server: Neo4j;
  const start = () => startNeo4j(NEWEST, { auth: true, port, home });

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'hearsay-auth-'));
    port = await freePort();
    server = await start();
  }, MINUTE);
  afterAll(async () => {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  });

  test('says that the first password must be changed', async () => {
    await expect(openGraph({ url: server.url, user: 'neo4j', password: 'neo4j' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('must be changed'),
      details: { field: 'GRAPH_PASSWORD' },
    });
  });

  test('lets the right password in, on bolt:// and on neo4j://', async () => {
    await changePassword(server.url);

    for (const url of [server.url, server.url.replace('bolt:', 'neo4j:')]) {
      const graph = await openGraph({ url, user: 'neo4j', password: PASSWORD, database: 'neo4j' });
      expect(await graph.read('RETURN 1 AS x')).toEqual([{ x: 1 }]);
      expect(await graph.write((tx) => tx.run('RETURN 2 AS x'))).toEqual([{ x: 2 }]);
      await graph.close();
    }
  });

  test.each([
    ['a wrong password', { user: 'neo4j', password: 'wrong' }, 'GRAPH_PASSWORD'],
    ['nobody', {}, 'GRAPH_USER'],
    ['a database that is not there', { user: 'neo4j', password: PASSWORD, database: 'elsewhere' }, 'GRAPH_DATABASE'],
  ])('refuses %s in one line', async (_, place, field) => {
    for (const url of [server.url, server.url.replace('bolt:', 'neo4j:')]) {
      const error = await openGraph({ url, ...place }).catch((thrown: unknown) => thrown);

      expect(error).toMatchObject({ code: 'INVALID_INPUT', details: { field, rule: 'REFUSED_BY_GRAPH' } });
      expect((error as Error).message).toContain(url);
      expect((error as Error).message).not.toMatch(/\n|wrong|correct horse/);
    }
  });

  test(
    'is UNAVAILABLE while it is down, and answers again when it is back',
    async () => {
      const graph = await openGraph({ url: server.url, user: 'neo4j', password: PASSWORD });
      await graph.write((tx) => tx.run("CREATE (:Person {id: 'kept'})"));

      await server.stop();
      const gone = { code: 'UNAVAILABLE', message: 'The graph does not answer.', details: { rule: 'LOST' } };
      await expect(graph.read('RETURN 1 AS x')).rejects.toMatchObject(gone);
      await expect(graph.write((tx) => tx.run('RETURN 1 AS x'))).rejects.toMatchObject(gone);
      server = await start();

      expect(await graph.read('MATCH (p:Person) RETURN p.id AS id')).toEqual([{ id: 'kept' }]);
      await graph.write((tx) => tx.run("CREATE (:Person {id: 'new'})"));
      await graph.close();
    },
    MINUTE,
  );
});

async function changePassword(url: string): Promise<void> {
  const driver = neo4j.driver(url, neo4j.auth.basic('neo4j', 'neo4j'));
  await driver.executeQuery(
    'ALTER CURRENT USER SET PASSWORD FROM $old TO $new',
    { old: 'neo4j', new: PASSWORD },
    { database: 'system' },
  );
  await driver.close();
}
