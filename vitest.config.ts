import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // The CommonJS and the ES build of graphql refuse each other's types; this pins everybody to one of them.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts'],
    // Generous, because a Neo4j shares the machine with the tests.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // One process imports the server once for all its files; what it keeps between two requests hangs on a graph, and each suite has its own.
    isolate: false,
    // Two at least: while the suites of one file wait for Neo4j, those of another run on the embedded engine.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    runner: 'test/support/runner.ts',
    globalSetup: ['test/support/global-setup.ts'],
  },
});
