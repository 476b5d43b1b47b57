import { fileURLToPath } from 'node:url';
import files from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { allowExplorer } from './headers.js';

/** The built pages lie beside this file; the explorer among them exists only after a build. */
const PAGES = fileURLToPath(new URL('pages/', import.meta.url));

/** `/` says what this is, `/graphiql` is a GraphiQL that works offline: all files come from this server. */
export async function servePages(app: FastifyInstance): Promise<void> {
  // Each file is a route of its own, so that no path is ever looked up on the disk.
  await app.register(files, {
    root: PAGES,
    wildcard: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      // The build puts a hash of its content into the name of an asset, so what a name stands for never changes.
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.get('/graphiql', async (_request, reply) => {
    allowExplorer(reply);
    return reply.sendFile('graphiql.html');
  });
}
