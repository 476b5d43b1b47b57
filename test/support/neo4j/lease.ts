import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { type Neo4j, startNeo4j } from './start.js';

/**
 * Gives each Neo4j of a test run to one test file at a time: it has one database, and a suite starts by emptying it. A file holds it
 * as long as its connection to this server is open, so one that crashes gives it back too.
 */
export interface Leases {
  port: number;
  close(): Promise<void>;
}

export interface Lease {
  url: string;
  /** Nobody has had this Neo4j before. */
  isFirst: boolean;
  giveBack(): void;
}

type Answer = Omit<Lease, 'giveBack'> | { error: string };

/** A Neo4j and who waits for it; it starts when somebody is first to ask. */
class Queue {
  private started: Promise<Neo4j> | null = null;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly version: string) {}

  add(socket: Socket): void {
    this.last = this.last.then(() => this.serve(socket)).catch(() => {});
  }

  async stop(): Promise<void> {
    const neo4j = await this.started?.catch(() => null);
    await neo4j?.stop();
  }

  private async serve(socket: Socket): Promise<void> {
    if (socket.destroyed) return;
    const closed = once(socket, 'close');
    const isFirst = this.started === null;
    this.started ??= startNeo4j(this.version);
    const answer: Answer = await this.started.then(
      ({ url }) => ({ url, isFirst }),
      (error: unknown) => ({ error: String(error) }),
    );
    socket.write(`${JSON.stringify(answer)}\n`);
    if (!socket.destroyed) await closed;
  }
}

/** Opens the server that leases these versions. */
export async function openLeases(versions: readonly string[]): Promise<Leases> {
  const queues = new Map(versions.map((version) => [version, new Queue(version)]));
  const sockets = new Set<Socket>();
  const server = createServer(async (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    queues.get(await lineOf(socket))?.add(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();

  return {
    port: typeof address === 'object' && address ? address.port : 0,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await Promise.all([...queues.values()].map((queue) => queue.stop()));
    },
  };
}

/** Waits for the turn of whoever asks for this version. */
export async function takeLease(port: number, version: string): Promise<Lease> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${version}\n`);
  const answer = JSON.parse(await lineOf(socket)) as Answer;
  if ('error' in answer) throw new Error(answer.error);
  return { ...answer, giveBack: () => socket.destroy() };
}

async function lineOf(socket: Socket): Promise<string> {
  const [line] = (await once(createInterface(socket), 'line')) as [string];
  return line;
}
