import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { openGraph } from '../../src/graph/open.js';
import { verify } from '../../src/store/verify.js';
import { aToken, bearer, send } from '../http/signing-in.js';
import { start } from '../http/spawned.js';
import { claimsThatWait } from './reviewers.js';

const BATCH = 500;
/** What a batch of this size takes here, about: kills are spread over it. */
const BATCH_MS = 900;
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

/**
 * Kills a server at the graph of `url` in the middle of a batch of 500 decisions, `rounds` times, each at another moment: after each
 * either all of them are decided or none, all if the answer arrived, and `verify` is clean. Answers how often it was all.
 */
export async function survivesKilledBatches(url: string, rounds: number): Promise<number> {
  const graph = await openGraph({ url });
  await graph.createSchema();
  const { ids } = await claimsThatWait(graph, BATCH);
  const { token } = await aToken(graph, { role: 'REVIEWER' });
  await graph.close();

  let all = 0;
  let { verdicts, revision } = await verdictsAt(url);
  for (let round = 0; round < rounds; round += 1) {
    const accepts = verdicts[0] !== 'ACCEPTED';
    const what = accepts ? { decide: 'ACCEPT' } : { decide: 'REJECT', reason: 'WEAK_SOURCE' };
    const decisions = ids.map((claim) => ({ claim, ...what, expectedRevision: revision }));
    const server = start('main.js', { GRAPH_URL: url, PORT: '0', REQUEST_TIMEOUT_MS: '60000' });
    const asked = send(await server.listening, '/graphql', { query: DECIDE, variables: { decisions } }, bearer(token));
    const answered = asked.then(async (answer) => (await answer.json()) as object).catch(() => null);

    await wait(((round * 7 + 3) % (rounds + 1)) * (BATCH_MS / (rounds + 1)));
    server.child.kill('SIGKILL');
    await once(server.child, 'close').catch(() => {});
    const answer = await answered;

    const after = await verdictsAt(url);
    expect(after.verdicts).toHaveLength(1);
    const done = after.verdicts[0] === (accepts ? 'ACCEPTED' : 'REJECTED');
    if (answer !== null) expect([answer, done]).toEqual([{ data: expect.anything() }, true]);
    if (done) all += 1;
    else expect(after).toEqual({ verdicts, revision });
    ({ verdicts, revision } = after);
  }
  return all;
}
