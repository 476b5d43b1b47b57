import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { openGraph } from '../../src/graph/open.js';
import { seed, seedFirstStart, stayEmpty } from '../../src/ingest/first-start.js';
import { noteSeeding, seedingOf } from '../../src/store/aside.js';
import { Story } from '../support/story.js';

const SEEDED = ['Ann', 'Bo'];

/** An empty graph, and a folder of seeds that names two people in two files. */
async function aStart() {
  const graph = await openGraph({ url: 'memory:' });
  await graph.createSchema();
  const dir = await mkdtemp(join(tmpdir(), 'hearsay-seeds-'));
  onTestFinished(async () => {
    await graph.close();
    await rm(dir, { recursive: true, force: true });
  });
  for (const [index, name] of SEEDED.entries()) {
    await writeFile(join(dir, `${index}.jsonl`), `${JSON.stringify({ row: 'person', key: `test:${name}`, name })}\n`);
  }
  return { graph, options: { dir, now: () => 0, log: { info: () => {} } } };
}

async function namesIn(graph: Graph): Promise<unknown[]> {
  const rows = await graph.read('MATCH (p:Person) RETURN p.name AS name ORDER BY name');
  return rows.map(({ name }) => name);
}

describe('the first start', () => {
  it('fills a graph that nothing was ever written to', async () => {
    const { graph, options } = await aStart();

    await seedFirstStart(graph, options);

    expect(await namesIn(graph)).toEqual(SEEDED);
    expect(await seedingOf(graph)).toEqual({ seeding: 'DONE', written: true });
  });

  it('is the only one that does', async () => {
    const { graph, options } = await aStart();
    await seedFirstStart(graph, options);
    await writeFile(join(options.dir, '9.jsonl'), `${JSON.stringify({ row: 'person', key: 'test:Cy', name: 'Cy' })}\n`);

    await seedFirstStart(graph, options);

    expect(await namesIn(graph)).toEqual(SEEDED);
  });

  it('goes on where a load was cut off', async () => {
    const { graph, options } = await aStart();
    await seed(graph, options);
    await writeFile(join(options.dir, '9.jsonl'), `${JSON.stringify({ row: 'person', key: 'test:Cy', name: 'Cy' })}\n`);
    await noteSeeding(graph, 'BEGUN');

    await seedFirstStart(graph, options);

    expect(await namesIn(graph)).toEqual([...SEEDED, 'Cy']);
  });

  it('leaves a graph alone that holds somebody’s own work', async () => {
    const { graph, options } = await aStart();
    const story = new Story();
    story.aPerson('Dee');
    await story.commitTo(graph);

    await seedFirstStart(graph, options);

    expect(await namesIn(graph)).toEqual(['Dee']);
    expect(await seedingOf(graph)).toEqual({ seeding: null, written: true });
  });

  it('leaves a graph empty that was prepared so', async () => {
    const { graph, options } = await aStart();
    await stayEmpty(graph);

    await seedFirstStart(graph, options);

    expect(await namesIn(graph)).toEqual([]);
  });
});

describe('preparing an empty graph', () => {
  it('is refused where something was written, and leaves it there', async () => {
    const { graph, options } = await aStart();
    await seed(graph, options);

    const refused = stayEmpty(graph);

    await expect(refused).rejects.toMatchObject({
      code: 'REFUSED',
      details: { field: 'GRAPH_URL', rule: 'NOT_EMPTY' },
    });
    expect(await namesIn(graph)).toEqual(SEEDED);
  });
});
