import 'reflect-metadata';
import type { FastifyInstance } from 'fastify';
import { type Config, configFrom, SEEDS } from './config.js';
import { AppError } from './errors.js';
import { exitWith } from './exit.js';
import type { Graph } from './graph/graph.js';
import { openGraph } from './graph/open.js';
import { refuseOlderSchema } from './graph/schema.js';
import { createApp } from './http/app.js';
import { createDeskLink, type DeskLink } from './http/desk-link.js';
import { isLoopback } from './http/loopback.js';
import { seedFirstStart } from './ingest/first-start.js';
import { createLog, type Logger } from './log.js';
import { hasTokens } from './store/aside.js';

/** How long a stop waits for the requests that run, milliseconds; container engines kill after 10 s by default. */
const STOP_MS = 9_000;

interface Server {
  app: FastifyInstance;
  graph: Graph;
}

/** Opens the graph, fills it if it is new, and listens. Whatever is wrong with the settings is an AppError. */
async function start(config: Config, log: Logger): Promise<Server> {
  const now = Date.now;
  const graph = await openGraph(config.graph);
  try {
    await graph.createSchema();
    await refuseOlderSchema(graph);
    await seedFirstStart(graph, { dir: SEEDS, now, log });
    const deskLink = await deskLinkFor(config, graph, now);
    const app = await createApp({ graph, config, log, now, deskLink });
    await listen(app, config);
    if (deskLink) show(deskLink, app.listeningOrigin);
    log.info({ ms: Math.round(performance.now()), engine: graph.engine }, 'ready');
    return { app, graph };
  } catch (error) {
    await graph.close();
    throw error;
  }
}

/**
 * A way in for whoever starts a server for themselves: at a terminal, where nobody else can reach it, and until the first token is
 * given out.
 */
async function deskLinkFor({ host }: Config, graph: Graph, now: () => number): Promise<DeskLink | null> {
  const isAlone = isLoopback(host) && process.stderr.isTTY;
  return isAlone && !(await hasTokens(graph)) ? createDeskLink(now) : null;
}

/** To the terminal only: what goes into the log may be kept, and sent elsewhere. */
function show({ code }: DeskLink, origin: string): void {
  process.stderr.write(`\nSign in as an admin, once and within ten minutes: ${origin}/sign-in#code=${code}\n\n`);
}

async function listen(app: FastifyInstance, { host, port }: Config): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw cannotListen(error, host, port);
  }
}

function cannotListen(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const refuse = (field: string, message: string) =>
    new AppError('UNAVAILABLE', message, { field, rule: String(code) }, { cause: error });
  switch (code) {
    case 'EADDRINUSE':
      return refuse('PORT', `Port ${port} of ${host} is in use: stop what listens there, or set PORT.`);
    case 'EACCES':
      return refuse('PORT', `This user may not listen on port ${port}: set PORT to 1024 or above.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return refuse('HOST', `HOST ${host} is no address of this machine.`);
    default:
      return error;
  }
}

/** Stops at the first SIGTERM or SIGINT: no new requests, those that run are answered, the graph is closed. A second one forces. */
function stopOnSignal({ app, graph }: Server, log: Logger): void {
  let stopping = false;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping');
    const late = setTimeout(() => {
      log.warn('requests still run; their connections are closed');
      app.server.closeAllConnections();
    }, STOP_MS);
    await app.close();
    clearTimeout(late);
    await graph.close();
    log.info('stopped');
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

async function main(): Promise<void> {
  const config = configFrom(process.env);
  const log = createLog(config.logLevel);
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error) => {
      log.fatal({ err: error }, event);
      process.exit(1);
    });
  }
  const server = await start(config, log);
  stopOnSignal(server, log);
}

await main().catch(exitWith);
