import { join } from 'node:path';
import { beforeAll, test } from 'vitest';
import { aFolder, build } from '../http/spawned.js';
import { survivesKills } from '../support/writing.js';

beforeAll(build, 60_000);

test('an embedded graph whose process is killed keeps every acknowledged change and verifies clean', {
  timeout: 60_000,
}, async () => {
  await survivesKills(`file:${join(await aFolder(), 'graph')}`, 3);
});
