import { verify } from '../store/verify.js';
import type { Difference } from '../store/verify-world.js';
import { onGraph } from './graph-command.js';

/** `npm run verify`: prints whatever in the graph does not follow from its decisions, and exits 1 where there is anything. */
await onGraph(async ({ graph }) => {
  const { counts, differences } = await verify(graph);
  for (const difference of differences) console.log(lineOf(difference));
  const looked = Object.entries(counts).map(([type, count]) => `${count} ${type}`);
  console.log(`${differences.length} differences in ${looked.join(', ') || 'an empty graph'}.`);
  return differences.length === 0 ? 0 : 1;
});

function lineOf({ record, what, stored, expected }: Difference): string {
  return `${record} ${what}: is ${JSON.stringify(stored)}, should be ${JSON.stringify(expected)}`;
}
