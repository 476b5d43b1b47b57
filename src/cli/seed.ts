import { parseArgs } from 'node:util';
import { SEEDS } from '../config.js';
import { exitWith } from '../exit.js';
import { seed, stayEmpty } from '../ingest/first-start.js';
import { onGraph } from './graph-command.js';

/** `npm run seed`: loads the demo graph, or with `--empty` prepares an empty graph that the server doesn't fill. */
const options = {
  empty: { type: 'boolean', default: false },
  dir: { type: 'string', default: SEEDS },
} as const;

function chosen() {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return exitWith(error);
  }
}

const { empty, dir } = chosen();
await onGraph(async ({ graph, log, now }) => {
  if (empty) {
    await stayEmpty(graph);
    console.log('The graph is empty, and stays so when it is served.');
    return 0;
  }
  await seed(graph, { dir, now, log });
  console.log('The demo graph is loaded.');
  return 0;
});
