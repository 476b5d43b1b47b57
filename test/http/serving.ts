import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { type Config, configFrom } from '../../src/config.js';
import type { Graph } from '../../src/graph/graph.js';
import { openGraph } from '../../src/graph/open.js';
import { type AppParts, createApp } from '../../src/http/app.js';

export interface Serving {
  url: string;
  graph: Graph;
  /** What was logged so far, one parsed line each. */
  lines: Record<string, unknown>[];
  /** Stops the server, as a signal does. */
  stop: () => Promise<void>;
}

/** A server over an empty graph in memory, on a free port of 127.0.0.1, that ends with the test. */
export async function serving(
  settings: Partial<Config> = {},
  given?: Graph,
  parts: Partial<Pick<AppParts, 'now' | 'deskLink'>> = {},
): Promise<Serving> {
  const graph = given ?? (await openGraph({ url: 'memory:' }));
  if (!given) await graph.createSchema();
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const app = await createApp({
    graph,
    config: { ...configFrom({}), requestTimeoutMs: 5_000, maxBodyBytes: 10_000, ...settings },
    log,
    now: Date.now,
    ...parts,
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(async () => {
    await app.close();
    await graph.close();
  });
  return { url, graph, lines, stop: () => app.close() };
}

/** Posts a body as it is, as JSON by its content type. */
export function post(url: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
}

export const ask = (url: string, query: string, variables: object = {}): Promise<Response> =>
  post(url, JSON.stringify({ query, variables }));
