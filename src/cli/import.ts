import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { actorName } from '../domain/actor.js';
import { AppError } from '../errors.js';
import { exitWith } from '../exit.js';
import { readFileAs, reportLines } from '../ingest/import-file.js';
import { load } from '../ingest/load.js';
import { onGraph } from './graph-command.js';

/**
 * `npm run import -- FILE --as NAME`: loads a file of rows or of a known CSV form. The decisions about it are NAME's and are
 * recorded with every change: --accept, --visibility PUBLIC|LIMITED|PRIVATE, --adults. What is skipped is
 * printed, and stops nothing without --strict.
 */
const options = {
  as: { type: 'string' },
  accept: { type: 'boolean', default: false },
  adults: { type: 'boolean', default: false },
  visibility: { type: 'string', default: 'LIMITED' },
  strict: { type: 'boolean', default: false },
  batch: { type: 'string' },
  retrieved: { type: 'string' },
} as const;

const chosen = z.object({
  file: z.string('name one file: npm run import -- FILE --as NAME'),
  as: actorName('says whose decision this is: --as NAME'),
  accept: z.boolean(),
  adults: z.boolean(),
  visibility: z.enum(['PUBLIC', 'LIMITED', 'PRIVATE']),
  strict: z.boolean(),
  batch: z.string().trim().min(1).max(200).optional(),
  retrieved: z.iso.date().optional(),
});

function choose(): z.output<typeof chosen> {
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const parsed = chosen.safeParse({ ...values, file: positionals.length === 1 ? positionals[0] : undefined });
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new AppError('INVALID_INPUT', `${issue?.path.join('.')}: ${issue?.message}`, { rule: 'ARGUMENT' });
  } catch (error) {
    return exitWith(error);
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new AppError('INVALID_INPUT', `${path} can't be read: ${String(error)}`, { rule: 'FILE' }, { cause: error });
  }
}

const { file, as: actor, batch, retrieved, ...decisions } = choose();
await onGraph(async ({ graph, log, now }) => {
  const today = new Date(now()).toISOString().slice(0, 10);
  const lines = readFileAs(file, await textOf(file), retrieved ?? today);
  const name = batch ?? `import/${basename(file)}/${today}`;
  const progress = (read: number) => log.info({ read, of: lines.length }, 'importing');
  const report = await load(graph, lines, { ...decisions, actor, batch: name, now, progress });
  for (const line of reportLines(report)) console.log(line);
  console.log(`The batch is "${name}".`);
  return 0;
});
