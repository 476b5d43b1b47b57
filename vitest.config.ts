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
    globalSetup: ['test/support/global-setup.ts'],
  },
});
