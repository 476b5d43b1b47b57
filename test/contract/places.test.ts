import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { openGraph } from '../../src/graph/open.js';
import { freePort } from '../support/neo4j/start.js';

const folder = mkdtempSync(join(tmpdir(), 'hearsay-places-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Another process that opens the file and keeps it until it is told to end. */
async function holder(path: string) {
  const script = `
    const db = require('@grafeo-db/js').GrafeoDB.create(process.argv[1]);
    console.log('held');
    process.stdin.on('end', () => { db.close(); process.exit(0); }).resume();`;
  const child = spawn(process.execPath, ['-e', script, path], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return {
    async end() {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}

describe('A graph in a file', () => {
  test('is made with its folders, and is there again after it was closed', async () => {
    const url = `file:${join(folder, 'new', 'folders', 'graph')}`;
    const graph = await openGraph({ url });
    await graph.createSchema();
    await graph.write((tx) => tx.run("CREATE (:Person {id: 'a'})"));
    await graph.close();

    const again = await openGraph({ url });

    await again.createSchema();
    expect(await again.read('MATCH (p:Person) RETURN p.id AS id')).toEqual([{ id: 'a' }]);
    await expect(again.write((tx) => tx.run("CREATE (:Person {id: 'a'})"))).rejects.toMatchObject({ code: 'CONFLICT' });
    await again.close();
  });

  test('may be named from the working folder, or as a file URL', async () => {
    const path = join(folder, 'named graph');

    await (await openGraph({ url: `file:${relative(process.cwd(), path)}` })).close();
    expect(existsSync(path)).toBe(true);
    const graph = await openGraph({ url: pathToFileURL(path).href });

    await expect(openGraph({ url: `file:${path}` })).rejects.toMatchObject({ details: { rule: 'HELD' } });
    await graph.close();
  });

  test('that another process holds is refused until that process ends', async () => {
    const path = join(folder, 'held');
    const other = await holder(path);

    await expect(openGraph({ url: `file:${path}` })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: `Another process holds the graph at ${path}; only one can open it at a time.`,
      details: { field: 'GRAPH_URL', rule: 'HELD' },
    });

    await other.end();
    await (await openGraph({ url: `file:${path}` })).close();
  });

  test.each<[string, (path: string) => string]>([
    [
      'is a folder',
      (path) => {
        mkdirSync(path);
        return path;
      },
    ],
    [
      'is something else',
      (path) => {
        writeFileSync(path, 'a shopping list');
        return path;
      },
    ],
    [
      'has a file for a folder',
      (path) => {
        writeFileSync(path, '');
        return join(path, 'graph');
      },
    ],
  ])('that %s is refused in one line that names it', async (name, make) => {
    const path = make(join(folder, name));

    const error = await openGraph({ url: `file:${path}` }).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code: 'INVALID_INPUT', details: { field: 'GRAPH_URL', rule: 'GRAPH_FILE' } });
    expect((error as Error).message).toMatch(/^Can't open the graph at [^\n]+$/);
    expect((error as Error).message).toContain(path);
  });
});

describe('GRAPH_URL', () => {
  test.each([
    ['', 'must begin with'],
    ['./data/graph', 'must begin with'],
    ['http://127.0.0.1:7474', 'must begin with'],
    ['memory:x', 'takes nothing'],
    ['file:', 'needs a path'],
    ['file://elsewhere/graph', 'is no file URL'],
    ['bolt://', 'host and port'],
    ['bolt://127.0.0.1:99999', 'is no address'],
    ['neo4j://127.0.0.1/hearsay', 'GRAPH_DATABASE'],
  ])('%j is refused: %s', async (url, message) => {
    await expect(openGraph({ url })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining(message),
      details: { field: 'GRAPH_URL' },
    });
  });

  test('with a password in it is refused without repeating it', async () => {
    const error = await openGraph({ url: 'bolt://neo4j:s3cret@127.0.0.1' }).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('GRAPH_PASSWORD') });
    expect((error as Error).message).not.toContain('s3cret');
  });

  test.each([
    [{ user: 'neo4j' }, 'GRAPH_PASSWORD'],
    [{ password: 'x' }, 'GRAPH_USER'],
  ])('needs both user and password: %j', async (half, field) => {
    const place = { url: 'bolt://127.0.0.1', ...half };

    await expect(openGraph(place)).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { field } });
  });

  test.each(['bolt', 'neo4j', 'bolt+s', 'neo4j+ssc'])('%s:// where nothing listens is refused', async (scheme) => {
    const url = `${scheme}://127.0.0.1:${await freePort()}`;

    await expect(openGraph({ url })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringContaining(`No Neo4j answers at ${url}`),
      details: { field: 'GRAPH_URL', rule: 'LOST' },
    });
  });
});
