import { join } from 'node:path';
import { beforeAll, test } from 'vitest';
import { aFolder, build } from '../http/spawned.js';
import { survivesKills } from '../support/writing.js';

beforeAll(build, 60_000);

test('an embedded graph survives 20 kills of its process during writes', async () => {
  await survivesKills(`file:${join(await aFolder(), 'graph')}`, 20);
});
