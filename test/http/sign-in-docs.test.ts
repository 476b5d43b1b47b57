import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { CREDENTIAL_RULES } from '../../src/http/unauthenticated.js';

it('docs/sign-in.md lists every rule by which a credential is refused', async () => {
  const text = await readFile(new URL('../../docs/sign-in.md', import.meta.url), 'utf8');
  const table = text.split('## Refusals')[1] ?? '';
  const rules = table.split('\n').filter((line) => line.startsWith('| `'));

  const listed = rules.flatMap((line) =>
    [...(line.split('|')[1] ?? '').matchAll(/`([A-Z_]+)`/g)].map(([, rule]) => rule),
  );

  expect([...listed].sort()).toEqual([...CREDENTIAL_RULES].sort());
});
