import { readFile } from 'node:fs/promises';

/**
 * Looks into the log of a server that was started and stopped: it was ready in time after its build, and stopped as it should.
 * Use: node server-log.mjs <log> <milliseconds>
 */
const [path, limit] = process.argv.slice(2);
const lines = (await readFile(path, 'utf8'))
  .split('\n')
  .filter((line) => line.startsWith('{'))
  .map((line) => JSON.parse(line));
const find = (msg) => lines.find((line) => line.msg === msg);
const { ms } = find('ready') ?? {};
if (!(ms <= Number(limit))) throw new Error(`ready after ${ms} ms, and ${limit} is the limit`);
if (!find('stopped')) throw new Error('the server did not stop when it was told to');
console.log(`The server was ready ${ms} ms after its build, and stopped when it was told to.`);
