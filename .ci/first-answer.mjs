import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

/**
 * Asks a server that has just been started the first question of a README, and compares what it says with the answer there.
 * Use: node first-answer.mjs <README.md> <address> [seconds until it must be ready]
 */
const [readmePath, address, seconds = '60'] = process.argv.slice(2);
const readme = await readFile(readmePath, 'utf8');
const blockOf = (language) => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\\n\`\`\``).exec(readme)?.[1];
const question = blockOf('graphql');
const expected = JSON.parse(blockOf('json'));

async function isReady() {
  try {
    return (await fetch(`${address}/health/ready`)).ok;
  } catch {
    return false;
  }
}

const began = Date.now();
while (!(await isReady())) {
  if (Date.now() - began > Number(seconds) * 1_000) throw new Error(`not ready after ${seconds} s`);
  await wait(200);
}
const answer = await fetch(`${address}/graphql`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query: question }),
});
const said = await answer.json();
if (!isDeepStrictEqual(said, expected)) {
  console.error(`The first question of README is answered differently:\n${JSON.stringify(said, null, 2)}`);
  process.exit(1);
}
console.log(
  `Ready after ${((Date.now() - began) / 1_000).toFixed(1)} s, and the first question of README is answered as it says.`,
);
