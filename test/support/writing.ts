import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import { openGraph } from '../../src/graph/open.js';
import { verify } from '../../src/store/verify.js';

/** Another process that does as writer.mjs says, and the lines that it prints. */
export function startWriter(...args: string[]): { child: ChildProcess; lines: AsyncIterableIterator<string> } {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'writer.mjs'), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { child, lines };
}

/**
 * Kills a process that writes to the embedded graph at `url` without warning, `rounds` times, each at another moment, and looks
 * after each: every person that it acknowledged is there, at most one more, and `verify` is clean.
 */
export async function survivesKills(url: string, rounds: number): Promise<void> {
  let next = 0;
  for (let round = 0; round < rounds; round += 1) {
    const { child, lines } = startWriter(url, 'people', String(next));
    const acknowledged: number[] = [];
    const reading = (async () => {
      for await (const line of lines) acknowledged.push(Number(line));
    })();
    while (acknowledged.length === 0) await wait(5);
    await wait(20 + ((round * 37) % 150));
    child.kill('SIGKILL');
    await once(child, 'close');
    await reading;

    const graph = await openGraph({ url });
    const [row] = await graph.read('MATCH (p:Person) RETURN count(p) AS people');
    const last = (acknowledged.at(-1) ?? -1) + 1;
    expect([last, last + 1]).toContain(row?.people);
    expect((await verify(graph)).differences).toEqual([]);
    await graph.close();
    next = Number(row?.people);
  }
  expect(next).toBeGreaterThan(rounds);
}
