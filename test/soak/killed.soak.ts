import { join } from 'node:path';
import { test } from 'vitest';
import { aFolder } from '../http/spawned.js';
import { survivesKills } from '../support/writing.js';

test('an embedded graph survives 20 kills of its process during writes', async () => {
  await survivesKills(`file:${join(await aFolder(), 'graph')}`, 20);
});
