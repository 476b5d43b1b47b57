import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Graph } from '../graph/graph.js';
import { type Audience, TRANSPORTS } from './audience.js';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * `/metrics` in the Prometheus text format: requests by route and status with their latency, statements, subscriptions,
 * and the process.
 */
export function serveMetrics(
  app: FastifyInstance,
  graph: Pick<Graph, 'statements' | 'engine'>,
  audience: Pick<Audience, 'subscribers'>,
): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'hearsay_request_duration_seconds',
    help: 'How long requests took until they were answered.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [registry],
  });
  new Counter({
    name: 'hearsay_graph_statements_total',
    help: 'Statements that the graph was asked to run since this process opened it.',
    labelNames: ['engine'],
    registers: [registry],
    collect() {
      this.reset();
      this.inc({ engine: graph.engine }, graph.statements);
    },
  });
  new Gauge({
    name: 'hearsay_subscriptions',
    help: 'Subscriptions that are open.',
    labelNames: ['transport'],
    registers: [registry],
    collect() {
      for (const transport of TRANSPORTS) this.set({ transport }, audience.subscribers(transport));
    },
  });

  app.addHook('onResponse', async (request, reply) => {
    // The route, not the path: a label for each path that a stranger makes up would grow without end.
    const route = request.routeOptions.url ?? 'none';
    duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
  });
  app.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
}
