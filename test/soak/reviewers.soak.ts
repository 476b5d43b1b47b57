import { describe, test } from 'vitest';
import { serving } from '../http/serving.js';
import { enginesHere } from '../support/engines.js';
import { decideAtOnce } from '../support/reviewers.js';

const FREELY = { rateLimit: 0, signInLimit: 0, requestTimeoutMs: 60_000 };

describe.each(enginesHere({ all: true }))('500 claims on $name', ({ name, fresh, again }) => {
  test('that 8 reviewers decide at once, on Neo4j at two servers, are each decided once', async () => {
    const graph = await fresh();
    const urls = [(await serving(FREELY, graph)).url];
    if (name.startsWith('Neo4j')) urls.push((await serving(FREELY, await again())).url);

    await decideAtOnce(graph, urls, 500);
  });
});
