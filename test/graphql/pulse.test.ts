import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/errors.js';
import type { Reads } from '../../src/graph/graph.js';
import { createPulse } from '../../src/graphql/pulse.js';

/** A graph whose last change has these numbers, look after look; null is an outage. */
function looking(...seqs: (number | null)[]) {
  const looks: number[] = [];
  const graph: Reads = {
    async read() {
      const seq = seqs[looks.push(looks.length) - 1] ?? null;
      if (seq === null) throw new AppError('UNAVAILABLE', 'It is away.');
      return [{ seq }];
    },
  };
  const warnings: string[] = [];
  const log = { warn: (_details: object, message: string) => warnings.push(message) };
  return { looks, warnings, pulse: createPulse({ graph, intervalMs: 1, log }) };
}

const { signal } = new AbortController();

describe('the pulse', () => {
  test('looks once for all who wait, and not while nobody does', async () => {
    const { looks, pulse } = looking(7, 8);

    const seen = await Promise.all(Array.from({ length: 8 }, () => pulse.look(signal)));
    await wait(20);

    expect([seen, looks.length]).toEqual([Array(8).fill(7), 1]);
    expect(await pulse.look(signal)).toBe(8);
  });

  test('answers null in an outage, says so once, and looks again', async () => {
    const { warnings, pulse } = looking(7, null, null, 8, null);

    const seen = [];
    for (let n = 0; n < 5; n += 1) seen.push(await pulse.look(signal));

    expect([seen, warnings.length]).toEqual([[7, null, null, 8, null], 2]);
  });

  test('lets go of whoever leaves, and of nobody else', async () => {
    const { pulse } = looking(7);
    const leaving = new AbortController();

    const both = [pulse.look(leaving.signal), pulse.look(signal)];
    leaving.abort();

    expect(await Promise.all(both)).toEqual([null, 7]);
    expect(await pulse.look(leaving.signal)).toBeNull();
  });
});
