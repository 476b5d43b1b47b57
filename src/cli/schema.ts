import { readFile, writeFile } from 'node:fs/promises';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { createSchema } from '../graphql/schema.js';

/** `npm run schema` writes schema/schema.graphql; with `--check` it writes nothing, and exits 1 where the file differs. */
const FILE = new URL('../../schema/schema.graphql', import.meta.url);

const printed = `${printSchema(lexicographicSortSchema(createSchema()))}\n`;

if (process.argv.includes('--check')) {
  const kept = await readFile(FILE, 'utf8').catch(() => '');
  if (kept !== printed) {
    process.stderr.write('schema/schema.graphql is not what the code says: run npm run schema.\n');
    process.exitCode = 1;
  }
} else {
  await writeFile(FILE, printed);
}
