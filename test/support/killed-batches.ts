import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { openGraph } from '../../src/graph/open.js';
import { verify } from '../../src/store/verify.js';
import { aToken, bearer, send } from '../http/signing-in.js';
import { start } from '../http/spawned.js';
import { claimsThatWait } from './reviewers.js';

const BATCH = 500;
/** Statements that write what a batch decides, in their order. */
const WRITES = ['updateClaim', 'createEdits', 'updateCitation', 'drawTouches'];
const DECIDE = 'mutation ($decisions: [DecisionInput!]!) { decideClaims(decisions: $decisions) { change { seq } } }';

/** The verdicts of all claims, each once, and their newest revision. */
async function verdictsAt(url: string): Promise<{ verdicts: string[]; revision: number }> {
  const graph = await openGraph({ url });
  const rows = await graph.read('MATCH (c:Claim) RETURN DISTINCT c.verdict AS verdict');
  const [newest] = await graph.read('MATCH (n) WHERE n:Claim OR n:Citation RETURN max(n.revision) AS revision');
  expect((await verify(graph)).differences).toEqual([]);
  await graph.close();
  return { verdicts: rows.map(({ verdict }) => String(verdict)), revision: Number(newest?.revision) };
}

/** When a server is killed that has been sent a batch. */
type Moment = () => Promise<unknown>;

interface Attempt {
  /** What the server has answered; null where it was killed before that. */
  answer: object | null;
  /** From the question to the answer or the kill, milliseconds. */
  ms: number;
}

/** Sends a batch to a server of its own at the graph of `url`, which is killed at the moment, at the latest once it has answered. */
async function attempt(url: string, token: string, decisions: object[], moment: Moment): Promise<Attempt> {
  const server = start('main.js', { GRAPH_URL: url, PORT: '0', REQUEST_TIMEOUT_MS: '60000' });
  const address = await server.listening;
  const begun = Date.now();
  const asked = send(address, '/graphql', { query: DECIDE, variables: { decisions } }, bearer(token));
  const answered = asked.then(async (answer) => (await answer.json()) as object).catch(() => null);
  await Promise.race([answered, moment()]);
  const ms = Date.now() - begun;
  server.child.kill('SIGKILL');
  await server.ended;
  return { answer: await answered, ms };
}

const never: Moment = () => new Promise(() => {});

/** The moment at which a Neo4j runs a statement of this name; the graph is open as long as somebody looks. */
async function whileItRuns(graph: Graph, name: string): Promise<void> {
  for (let runs = false; !runs; ) {
    const rows = await graph.read('SHOW TRANSACTIONS YIELD currentQuery RETURN currentQuery AS query');
    runs = rows.some(({ query }) => String(query).startsWith(`/* ${name} */`));
  }
}

/**
 * Kills a server at the graph of `url` in the middle of a batch of 500 decisions, `rounds` times: on Neo4j while one of the statements
 * runs that write it, on the embedded engine spread over the time that a batch takes. After each either all of them are decided or none,
 * all if the answer arrived, and `verify` is clean. Answers how often it was all.
 */
export async function survivesKilledBatches(url: string, rounds: number): Promise<number> {
  const graph = await openGraph({ url });
  await graph.createSchema();
  const { ids } = await claimsThatWait(graph, BATCH);
  const { token } = await aToken(graph, { role: 'REVIEWER' });
  const isEmbedded = url.startsWith('file:');
  if (isEmbedded) await graph.close();

  let all = 0;
  let wholeMs = 0;
  let { verdicts, revision } = await verdictsAt(url);
  // The first is let alone, for the time that it takes.
  for (let round = isEmbedded ? -1 : 0; round < rounds; round += 1) {
    const accepts = verdicts[0] !== 'ACCEPTED';
    const what = accepts ? { decide: 'ACCEPT' } : { decide: 'REJECT', reason: 'WEAK_SOURCE' };
    const decisions = ids.map((claim) => ({ claim, ...what, expectedRevision: revision }));
    const part = (((round * 7 + 3) % rounds) + 1) / (rounds + 1);
    const inTheMiddle: Moment = isEmbedded
      ? () => wait(part * wholeMs)
      : () => whileItRuns(graph, String(WRITES[round % WRITES.length]));
    const { answer, ms } = await attempt(url, token, decisions, round < 0 ? never : inTheMiddle);

    const after = await verdictsAt(url);
    expect(after.verdicts).toHaveLength(1);
    const done = after.verdicts[0] === (accepts ? 'ACCEPTED' : 'REJECTED');
    if (answer !== null) expect([answer, done]).toEqual([{ data: expect.anything() }, true]);
    if (!done) expect(after).toEqual({ verdicts, revision });
    if (round < 0) wholeMs = ms;
    else if (done) all += 1;
    ({ verdicts, revision } = after);
  }
  await graph.close();
  return all;
}
