import { expect, test } from 'vitest';
import { Operations } from '../../src/graph/operations.js';

const asItIs = (error: unknown) => error;

test('closing waits for what runs, also for what its caller has given up', async () => {
  const operations = new Operations(asItIs);
  const events: string[] = [];
  let finish = () => {};
  const work = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const operation = operations.run({ deadlineMs: 5 }, 1_000, (limit) =>
    limit.race(operations.track(work.then(() => events.push('finished')))),
  );
  await expect(operation).rejects.toMatchObject({ code: 'UNAVAILABLE' });

  const closed = operations.close(() => {
    events.push('released');
  });
  finish();
  await closed;

  expect(events).toEqual(['finished', 'released']);
});

test('closing leaves behind what never ends', async () => {
  const operations = new Operations(asItIs, 10);
  let released = 0;
  const release = () => {
    released += 1;
  };
  void operations.track(new Promise(() => {}));

  await operations.close(release);
  await operations.close(release);

  expect(released).toBe(1);
});

test('nothing begins once the graph closes', async () => {
  const operations = new Operations(asItIs);
  void operations.close(() => {});
  let ran = false;

  const late = operations.run({}, 1_000, async () => {
    ran = true;
  });

  await expect(late).rejects.toMatchObject({ code: 'UNAVAILABLE', details: { rule: 'CLOSED' } });
  expect(ran).toBe(false);
});
