// A second process that writes to a graph, on the build of the sources. Arguments: the graph's URL and what to do.
// `people FROM`: commits one person after the other for ever, and prints each one's number once it is acknowledged.
// `rename ID REVISION NAME`: edits one record once, and prints `done` or the error's code.

import { openGraph } from '../../dist/graph/open.js';
import { commit } from '../../dist/store/commit.js';

const [url, order, ...args] = process.argv.slice(2);
const graph = await openGraph({ url });
await graph.createSchema();
const say = (line) => process.stdout.write(`${line}\n`);
const change = (id, edits, expected = {}) =>
  commit(graph, { id: `chg_${id}`, at: '2026-01-01T00:00:00Z', actor: 'writer', action: 'wrote', edits, expected });

if (order === 'people') {
  for (let n = Number(args[0]); ; n += 1) {
    const set = { name: `Person ${n}`, slug: `person-${n}`, visibility: 'PUBLIC', adult: true };
    await change(`w${n}`, [{ type: 'Person', id: `per_w${n}`, set }]);
    say(n);
  }
} else if (order === 'rename') {
  const [id, revision, name] = args;
  say('ready');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  try {
    await change(`r${name}`, [{ type: 'Person', id, set: { name } }], { [id]: Number(revision) });
    say('done');
  } catch (error) {
    say(error.code);
  }
  await graph.close();
  process.exit(0);
}
