import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { jarsOf } from './jars.js';
import { findJdk, OLDEST_JAVA } from './jdk.js';

/** The newest Neo4j that the suites run on, and the oldest that Hearsay takes. */
export const NEWEST = '2026.09.0';
export const OLDEST = '5.26.0';

const MAIN = join(import.meta.dirname, 'Main.java');
const STOP_MS = 15_000;
const FLAGS = [
  '-Xmx1g',
  '-XX:TieredStopAtLevel=1',
  // The two Neo4js share a few cores with the tests, which the threads of the usual collector take from them.
  '-XX:+UseSerialGC',
  ...['nio', 'io', 'util.concurrent'].map((name) => `--add-opens=java.base/java.${name}=ALL-UNNAMED`),
  '--add-opens=java.base/sun.nio.ch=ALL-UNNAMED',
  '--enable-native-access=ALL-UNNAMED',
];

export interface Neo4j {
  url: string;
  version: string;
  stop(): Promise<void>;
}

export interface Launch {
  /** Asks for user and password; both are `neo4j` at first, and the password must be changed. */
  auth?: boolean;
  /** A port that is free; by default any. */
  port?: number;
  /** A home folder that outlives this Neo4j; by default a fresh one that goes with it. */
  home?: string;
}

/** Why this machine can't run that Neo4j, or null if it can. The first call for a version fetches it. */
export function whyNoNeo4j(version: string): string | null {
  if (findJdk() === null) return `no JDK ${OLDEST_JAVA} or later was found`;
  try {
    jarsOf(version);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Starts a Neo4j on 127.0.0.1 and answers once it takes connections. It ends with this process at the latest. */
export async function startNeo4j(version: string, launch: Launch = {}): Promise<Neo4j> {
  const jdk = findJdk();
  if (jdk === null) throw new Error(`No JDK ${OLDEST_JAVA} or later was found`);
  const home = launch.home ?? mkdtempSync(join(tmpdir(), 'hearsay-neo4j-'));
  const port = launch.port ?? (await freePort());
  const child = spawn(
    join(jdk, 'bin', 'java'),
    [...FLAGS, '-cp', join(jarsOf(version), '*'), MAIN, home, String(port), launch.auth ? 'auth' : 'open'],
    { stdio: 'pipe' },
  );
  await ready(child, version);
  return {
    url: `bolt://127.0.0.1:${port}`,
    version,
    async stop() {
      await end(child, launch.home ? 'SIGTERM' : 'SIGKILL');
      if (!launch.home) rmSync(home, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** A port on 127.0.0.1 that nobody uses at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port was given');
  return address.port;
}

function ready(child: ChildProcess, version: string): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-20_000);
      if (/^ready$/m.test(said)) resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Neo4j ${version} ended with ${code}:\n${said.slice(-3_000)}`)));
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  const late = Symbol('late');
  if ((await Promise.race([ended, wait(STOP_MS, late, { ref: false })])) !== late) return;
  child.kill('SIGKILL');
  await ended;
}
