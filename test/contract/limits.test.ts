import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/errors.js';
import { enginesHere } from '../support/engines.js';

/** Takes each engine about half a second or more; the embedded one can't be told to stop. */
const SLOW = 'UNWIND range(1, 4000) AS a UNWIND range(1, 1250) AS b WITH a * b AS c RETURN sum(c) AS sum';
const MAKE = "CREATE (:Person {id: 'a'})";
const PEOPLE = 'MATCH (p:Person) RETURN count(p) AS people';

describe.each(enginesHere({ all: true }))('Limits on $name', (engine) => {
  test('end a read at its deadline', async () => {
    const graph = await engine.fresh();

    await expect(graph.read(SLOW, {}, { deadlineMs: 100 })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: 'The graph did not answer within 100 ms.',
      details: { rule: 'DEADLINE' },
    });

    expect(await graph.read('RETURN 1 AS x')).toEqual([{ x: 1 }]);
  });

  test('end a read when its caller goes', async () => {
    const graph = await engine.fresh();
    const caller = new AbortController();

    const read = graph.read(SLOW, {}, { signal: caller.signal });
    setTimeout(() => caller.abort(), 50);

    await expect(read).rejects.toMatchObject({ code: 'UNAVAILABLE', details: { rule: 'ABORTED' } });
  });

  test('throw the reason of the signal where that is for the client', async () => {
    const graph = await engine.fresh();
    const reason = new AppError('TOO_COMPLEX', 'Ask for less.');

    await expect(graph.read('RETURN 1 AS x', {}, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test('run nothing for a caller who is gone already', async () => {
    const graph = await engine.fresh();
    const before = graph.statements;

    await expect(graph.read('RETURN 1 AS x', {}, { signal: AbortSignal.abort() })).rejects.toThrow(AppError);
    await expect(graph.write((tx) => tx.run(MAKE), { signal: AbortSignal.abort() })).rejects.toThrow(AppError);

    expect(graph.statements).toBe(before);
  });

  test('end a write at its deadline and leave nothing behind', async () => {
    const graph = await engine.fresh();

    const write = graph.write(
      async (tx) => {
        await tx.run(MAKE);
        await tx.run(SLOW);
      },
      { deadlineMs: 100 },
    );

    await expect(write).rejects.toMatchObject({ code: 'UNAVAILABLE', details: { rule: 'DEADLINE' } });
    await graph.write((tx) => tx.run("CREATE (:Person {id: 'after'})"));
    expect(await graph.read(PEOPLE)).toEqual([{ people: 1 }]);
  });

  test('end a write whose work never comes back, and let the next one write', async () => {
    const graph = await engine.fresh();
    const caller = new AbortController();

    const write = graph.write(
      async (tx) => {
        await tx.run(MAKE);
        setTimeout(() => caller.abort(), 20);
        await new Promise(() => {});
      },
      { signal: caller.signal },
    );

    await expect(write).rejects.toMatchObject({ code: 'UNAVAILABLE', details: { rule: 'ABORTED' } });
    await graph.write((tx) => tx.run(MAKE));
    expect(await graph.read(PEOPLE)).toEqual([{ people: 1 }]);
  });

  test('let a writer give up while it waits for another, and the one behind it go on', async () => {
    const graph = await engine.fresh();
    const lock = "MATCH (g:Graph {id: 'graph'}) SET g.lock = true";
    const letGo = new AbortController();
    const letGone = once(letGo.signal, 'abort');
    const holds = new AbortController();
    const isHeld = once(holds.signal, 'abort');

    const first = graph.write(async (tx) => {
      await tx.run(lock);
      holds.abort();
      await letGone;
    });
    await isHeld;
    const second = graph.write((tx) => tx.run(lock), { deadlineMs: 200 });
    const third = graph.write((tx) => tx.run(lock));

    await expect(second).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    letGo.abort();
    await Promise.all([first, third]);
  });

  test('let running reads finish before the graph closes, and take no new ones', async () => {
    const graph = await engine.fresh();

    const running = graph.read(SLOW);
    const closed = graph.close();

    await expect(graph.read('RETURN 1 AS x')).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      details: { rule: 'CLOSED' },
    });
    await expect(graph.write((tx) => tx.run(MAKE))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await running).toHaveLength(1);
    await closed;
    await graph.close();
  });

  test('keep many reads apart', async () => {
    const graph = await engine.fresh();
    const numbers = Array.from({ length: 200 }, (_, i) => i);

    const answers = await Promise.all(numbers.map((x) => graph.read('RETURN $x AS x', { x })));

    expect(answers.map(([row]) => row?.x)).toEqual(numbers);
  });
});
