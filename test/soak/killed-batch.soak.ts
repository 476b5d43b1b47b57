import { beforeAll, describe, test } from 'vitest';
import { build } from '../http/spawned.js';
import { enginesHere } from '../support/engines.js';
import { survivesKilledBatches } from '../support/killed-batches.js';

beforeAll(build, 60_000);
const engines = enginesHere({ all: true }).filter(({ name }) => name !== 'memory:');

describe.each(engines)('a server on $name that is killed 20 times in the middle of 500 decisions', (engine) => {
  test('has made all of them or none each time', async () => {
    await (await engine.fresh()).close();

    const all = await survivesKilledBatches(engine.url(), 20);
    console.log(engine.name, `${all} of 20 batches were made`);
  });
});
