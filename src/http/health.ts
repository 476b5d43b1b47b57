import type { FastifyInstance } from 'fastify';
import type { Reads } from '../graph/graph.js';

const PROBE = `// health ready
MATCH (g:Graph {id: 'graph'}) RETURN g.version AS version`;
const PROBE_DEADLINE_MS = 2_000;

/**
 * `/health/live`: the process runs. `/health/ready`: it can answer, for the graph has just answered it; 503 otherwise, also
 * while the server is closing.
 */
export function serveHealth(app: FastifyInstance, graph: Reads): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.get('/health/live', async () => ({ status: 'live' }));
  app.get('/health/ready', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    if (closing) return reply.code(503).send({ status: 'closing' });
    try {
      await graph.read(PROBE, {}, { deadlineMs: PROBE_DEADLINE_MS });
      return { status: 'ready' };
    } catch (error) {
      request.log.warn({ err: error }, 'the graph does not answer');
      return reply.code(503).send({ status: 'unavailable' });
    }
  });
}
