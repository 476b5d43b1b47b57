import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '../..');
const run = promisify(execFile);

export interface Builder {
  port: number;
  close(): void;
}

/**
 * Builds what `npm start` would, once in a test run and only when a file asks: a second build would write files that servers of
 * other test files are reading.
 */
export async function openBuilder(): Promise<Builder> {
  let built: Promise<string> | null = null;
  const server = createServer(async (socket) => {
    socket.on('error', () => {});
    built ??= run('npm', ['run', '--silent', 'build'], { cwd: ROOT }).then(() => '', String);
    socket.end(`${JSON.stringify(await built)}\n`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { port: typeof address === 'object' && address ? address.port : 0, close: () => void server.close() };
}

/** Waits until the build of this run is there. */
export async function buildOnce(port: number): Promise<void> {
  const [line] = (await once(createInterface(connect(port, '127.0.0.1')), 'line')) as [string];
  const failure = String(JSON.parse(line));
  if (failure !== '') throw new Error(failure);
}
