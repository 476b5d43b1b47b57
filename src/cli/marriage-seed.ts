import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { AppError } from '../errors.js';
import { exitWith } from '../exit.js';
import { marriageSeed } from '../ingest/marriage-seed.js';
import { readRows } from '../ingest/rows.js';

/**
 * `node dist/cli/marriage-seed.js MARRIAGES.csv OUT.jsonl SEED.json...`: makes the seed of couples from a CSV of marriages of actors;
 * couples among the people of the other seeds are always taken (seeds/README.md).
 */
try {
  const [csv, out, ...seeds] = parseArgs({ allowPositionals: true }).positionals;
  if (csv === undefined || out === undefined)
    throw new AppError('INVALID_INPUT', 'Name the CSV file, the file to write, and the seeds beside it.');
  const texts = await Promise.all(seeds.map((seed) => readFile(seed, 'utf8')));
  const rows = texts.flatMap(readRows).flatMap((line) => line.rows);
  const known = new Set(rows.flatMap((row) => (row.row === 'person' ? row.key : [])));
  const seed = marriageSeed(await readFile(csv, 'utf8'), known);
  await writeFile(out, seed.map((row) => `${JSON.stringify(row)}\n`).join(''));
  console.log(`${seed.length} rows written to ${out}.`);
} catch (error) {
  exitWith(error);
}
