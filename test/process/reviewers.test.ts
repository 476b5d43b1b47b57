import { describe, test } from 'vitest';
import { serving } from '../http/serving.js';
import { enginesHere } from '../support/engines.js';
import { decideAtOnce } from '../support/reviewers.js';

const FREELY = { rateLimit: 0, signInLimit: 0, requestTimeoutMs: 60_000 };

const engines = enginesHere({ all: true });

describe.each(engines)('8 reviewers who decide the same claims at once, on $name,', ({ fresh }) => {
  test('decide each once, and nobody loses work without a CONFLICT', { timeout: 120_000 }, async () => {
    const graph = await fresh();
    const { url } = await serving(FREELY, graph);

    await decideAtOnce(graph, [url], 24);
  });
});

// An embedded graph has one process: only Neo4j has two servers.
describe.each(engines.filter(({ name }) => name.startsWith('Neo4j')))('at two servers on $name', (engine) => {
  test('they decide each once just as well', { timeout: 120_000 }, async () => {
    const graph = await engine.fresh();
    const [one, other] = [await serving(FREELY, graph), await serving(FREELY, await engine.again())];

    await decideAtOnce(graph, [one.url, other.url], 24);
  });
});
