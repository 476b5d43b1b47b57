import { beforeAll, describe, expect, test } from 'vitest';
import { verify } from '../../src/store/verify.js';
import { build } from '../http/spawned.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { startWriter } from '../support/writing.js';

beforeAll(build, 60_000);
const engines = enginesHere({ all: true });
const servers = engines.filter(({ name }) => name.startsWith('Neo4j'));

// An embedded graph has one process: only Neo4j has two servers.
describe.each(servers)('two servers on $name', ({ fresh, url }) => {
  test('that edit one record at once: exactly one wins, the other gets CONFLICT', { timeout: 60_000 }, async () => {
    const graph = await fresh();
    const story = new Telling(graph);
    const ann = story.person('Ann');
    await story.tell();
    const writers = ['Anna', 'Anne'].map((name) => startWriter(url(), 'rename', ann, '1', name));
    for (const { lines } of writers) expect((await lines.next()).value).toBe('ready');

    for (const { child } of writers) child.stdin?.write('go\n');
    const answers = await Promise.all(writers.map(async ({ lines }) => (await lines.next()).value));

    expect(answers.sort()).toEqual(['CONFLICT', 'done']);
    expect((await verify(graph)).differences).toEqual([]);
  });
});

describe.each(engines)('many writers on $name', ({ fresh }) => {
  test('have one order: 40 changes at once are 40 seqs, and none is lost', { timeout: 60_000 }, async () => {
    const graph = await fresh();
    const tell = async (n: number) => {
      const story = new Telling(graph);
      story.edit('Person', `per_n${n}`, { name: `N ${n}`, slug: `n-${n}` });
      return story.tell({ id: `chg_n${n}` });
    };

    const changes = await Promise.all(Array.from({ length: 40 }, (_, n) => tell(n)));

    expect(changes.map((change) => change?.seq).sort((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 40 }, (_, n) => n + 1),
    );
    expect(await verify(graph)).toMatchObject({ counts: { Person: 40 }, differences: [] });
  });
});
