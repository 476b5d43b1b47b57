import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { type Neo4j, startNeo4j } from './start.js';

/**
 * Gives the Neo4js of a test run to one test file at a time: each of them has one database, and a suite starts by emptying it.
 * A file holds them as long as its connection to this server is open, so one that crashes gives them back too.
 */
export interface Leases {
  port: number;
  close(): Promise<void>;
}

export interface Lease {
  /** The address of each version. */
  urls: Record<string, string>;
  giveBack(): void;
}

type Answer = { urls: Record<string, string> } | { error: string };

/** Opens the server that leases these versions; they start when the first file asks. */
export async function openLeases(versions: readonly string[]): Promise<Leases> {
  let started: Promise<Neo4j[]> | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const sockets = new Set<Socket>();

  const serve = async (socket: Socket): Promise<void> => {
    if (socket.destroyed) return;
    const closed = once(socket, 'close');
    started ??= Promise.all(versions.map((version) => startNeo4j(version)));
    const answer: Answer = await started.then(
      (all) => ({ urls: Object.fromEntries(all.map(({ version, url }) => [version, url])) }),
      (error: unknown) => ({ error: String(error) }),
    );
    socket.write(`${JSON.stringify(answer)}\n`);
    if (!socket.destroyed) await closed;
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    last = last.then(() => serve(socket)).catch(() => {});
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();

  return {
    port: typeof address === 'object' && address ? address.port : 0,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      const all = await (started ?? Promise.resolve([])).catch(() => []);
      await Promise.all(all.map((neo4j) => neo4j.stop()));
    },
  };
}

/** Waits for this file's turn. */
export async function takeLease(port: number): Promise<Lease> {
  const socket = connect(port, '127.0.0.1');
  const [line] = (await once(createInterface(socket), 'line')) as [string];
  const answer = JSON.parse(line) as Answer;
  if ('error' in answer) throw new Error(answer.error);
  return { urls: answer.urls, giveBack: () => socket.destroy() };
}
