import { parseArgs } from 'node:util';
import { exitWith } from '../exit.js';
import type { Graph } from '../graph/graph.js';
import { raiseVersion } from '../graph/schema.js';
import { mend } from '../store/mend.js';
import { verify } from '../store/verify.js';
import type { Difference } from '../store/verify-world.js';
import { onGraph } from './graph-command.js';

/**
 * `npm run verify`: prints whatever in the graph does not follow from its decisions, and exits 1 where there is anything. With
 * `--mend` it first derives again what is derived; what remains then is about decisions, which people mend.
 */
const options = { mend: { type: 'boolean', default: false } } as const;

function chosen() {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return exitWith(error);
  }
}

const { mend: mends } = chosen();
await onGraph(
  async ({ graph }) => {
    if (mends) await mendAndSay(graph);
    const { counts, differences } = await verify(graph);
    for (const difference of differences) console.log(lineOf(difference));
    const looked = Object.entries(counts).map(([type, count]) => `${count} ${type}`);
    console.log(`${differences.length} differences in ${looked.join(', ') || 'an empty graph'}.`);
    return differences.length === 0 ? 0 : 1;
  },
  { anyVersion: true },
);

async function mendAndSay(graph: Graph): Promise<void> {
  const mended = Object.entries(await mend(graph)).map(([what, count]) => `${count} ${what}`);
  await raiseVersion(graph);
  console.log(`Mended: ${mended.join(', ') || 'nothing, all was right'}.`);
}

function lineOf({ record, what, stored, expected }: Difference): string {
  return `${record} ${what}: is ${JSON.stringify(stored)}, should be ${JSON.stringify(expected)}`;
}
