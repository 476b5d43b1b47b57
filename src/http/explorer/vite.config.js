import { defineConfig } from 'vite';

/** Builds GraphiQL with everything it needs, and lays the plain pages beside it: `dist/http/pages` is all that is served. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: '../pages',
  logLevel: 'error',
  build: {
    outDir: '../../../dist/http/pages',
    emptyOutDir: true,
    // The editor of GraphiQL is one large library.
    chunkSizeWarningLimit: 4_000,
    rolldownOptions: {
      input: `${import.meta.dirname}/graphiql.html`,
      checks: { moduleLevelDirective: false },
    },
  },
});
