import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { openGraph } from '../../src/graph/open.js';
import { stayEmpty } from '../../src/ingest/first-start.js';
import { buildOnce } from '../support/build-once.js';

const ROOT = join(import.meta.dirname, '../..');

/** What a process printed and how it ended. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

export interface Spawned {
  child: ChildProcess;
  /** Resolves with the address once the server listens. */
  listening: Promise<string>;
  ended: Promise<Ended>;
}

/** Waits for what `npm start` would build. */
export const build = (): Promise<void> => buildOnce(inject('builder').port);

/** A folder that goes with the test. */
export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hearsay-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The GRAPH_URL of a graph in a file that stays empty: a server has to load nothing before it listens. It goes with the test. */
export async function anEmptyGraph(): Promise<string> {
  const url = `file:${join(await aFolder(), 'graph')}`;
  const graph = await openGraph({ url });
  await graph.createSchema();
  await stayEmpty(graph);
  await graph.close();
  return url;
}

/** Starts a file of the build with these settings and no others; it ends with the test at the latest. */
export function start(file: string, settings: Record<string, string>, args: string[] = []): Spawned {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [join(ROOT, 'dist', file), ...args], {
    cwd: ROOT,
    env: { PATH, HOME, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  let tell: (address: string) => void = () => {};
  const listening = new Promise<string>((resolve) => {
    tell = resolve;
  });
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
    const address = /"msg":"Server listening at ([^"]+)"/.exec(out)?.[1];
    if (address) tell(address);
  });
  child.stderr.on('data', (chunk) => {
    err += String(chunk);
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, out, err }));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const early = ended.then((end) => {
    throw new Error(`ended before it listened: ${JSON.stringify(end)}`);
  });
  const either = Promise.race([listening, early]);
  // A test that waits for the end alone has no use for either.
  either.catch(() => {});
  return { child, listening: either, ended };
}
