import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Limit } from '../../src/graph/limit.js';
import { Turns } from '../../src/graph/turns.js';

test('never more than so many have a turn, everybody who waits gets one, in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 3 }),
      fc.array(fc.record({ ticks: fc.nat(3), gone: fc.boolean() }), { maxLength: 20 }),
      async (places, visitors) => {
        const turns = new Turns(places);
        const order: number[] = [];
        let inside = 0;
        const visit = async ({ ticks, gone }: { ticks: number; gone: boolean }, index: number) => {
          const caller = new AbortController();
          const limit = new Limit({ signal: caller.signal }, 10_000);
          const turn = turns.take(limit);
          if (gone) caller.abort();
          const done = await turn.catch(() => null);
          limit.end();
          if (done === null) return;
          order.push(index);
          inside += 1;
          expect(inside).toBeLessThanOrEqual(places);
          for (let tick = 0; tick < ticks; tick += 1) await new Promise((next) => setImmediate(next));
          inside -= 1;
          done();
        };

        await Promise.all(visitors.map(visit));

        expect(order).toEqual(order.toSorted((a, b) => a - b));
        const stayed = visitors.flatMap(({ gone }, index) => (gone ? [] : [index]));
        for (const index of stayed) expect(order).toContain(index);
        const last = await Promise.all(Array.from({ length: places }, () => turns.take(new Limit({}, 1_000))));
        expect(last).toHaveLength(places);
      },
    ),
    { numRuns: 50 },
  );
});
