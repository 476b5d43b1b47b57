import { beforeAll, describe, test } from 'vitest';
import { build } from '../http/spawned.js';
import { enginesHere } from '../support/engines.js';
import { survivesKilledBatches } from '../support/killed-batches.js';

beforeAll(build, 60_000);

// What is in memory goes with its process.
const engines = enginesHere({ all: true }).filter(({ name }) => name !== 'memory:');

describe.each(engines)('a server on $name that is killed in the middle of 500 decisions', (engine) => {
  test('has made all of them or none', { timeout: 180_000 }, async () => {
    const graph = await engine.fresh();
    await graph.close();

    // A Neo4j rolls back what a connection leaves: while the records are written, and while the change is.
    await survivesKilledBatches(engine.url(), engine.name === 'file:' ? 4 : 2);
  });
});
