import { expect } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { verify } from '../../src/store/verify.js';
import { aToken, send, signedIn } from '../http/signing-in.js';
import { seeded } from './random-history.js';
import { Telling } from './telling.js';

const DECIDE =
  'mutation ($decisions: [DecisionInput!]!) { decideClaims(decisions: $decisions) { change { seq } claims { verdict } } }';

interface Decided {
  claim: string;
  by: string;
  verdict: string;
  code: unknown;
  /** Who is told to have decided it, to whoever comes second. */
  actor: unknown;
}

/** So many claims about one person that wait, and the revision that they have. */
export async function claimsThatWait(graph: Graph, count: number): Promise<{ ids: string[]; revision: number }> {
  const story = new Telling(graph);
  const person = story.person('Ann');
  const trade = (n: number) => ({ text: `trade ${n}` });
  const ids = Array.from({ length: count }, (_, n) =>
    story.claim(person, 'OCCUPATION', trade(n), { verdict: 'PROPOSED' }),
  );
  return { ids, revision: Number((await story.tell())?.seq) };
}

/** So many claims at a time are decided by the last two of them, who leave out what a CONFLICT names and send the rest again. */
const BATCH = 4;

interface Reviewer {
  n: number;
  by: string;
  url: string;
  session: Record<string, string>;
}

/** Goes through the claims in an order of their own; answers what came of each. */
async function decideAll({ n, by, url, session }: Reviewer, ids: readonly string[], revision: number) {
  const random = seeded(n + 1);
  const places = ids.map((id) => ({ id, place: random() })).sort((a, b) => a.place - b.place);
  const what = n % 2 === 0 ? { decide: 'ACCEPT' } : { decide: 'REJECT', reason: 'WEAK_SOURCE' };
  const verdict = n % 2 === 0 ? 'ACCEPTED' : 'REJECTED';
  const decided: Decided[] = [];
  for (let left = places.map(({ id }) => id); left.length > 0; ) {
    const batch = left.slice(0, n < 6 ? 1 : BATCH);
    const decisions = batch.map((claim) => ({ claim, ...what, expectedRevision: revision }));
    const answer = await send(url, '/graphql', { query: DECIDE, variables: { decisions } }, session);
    const { errors } = (await answer.json()) as { errors?: { extensions: Record<string, unknown> }[] };
    const { code = null, actor, record } = errors?.[0]?.extensions ?? {};
    const over = code === null ? batch : [String(record)];
    decided.push(...over.map((claim) => ({ claim, by, verdict, code, actor })));
    if (!over.every((claim) => batch.includes(claim))) throw new Error(JSON.stringify(errors));
    left = left.filter((claim) => !over.includes(claim));
  }
  return decided;
}

/**
 * Eight reviewers, each with a session of their own at one of the servers, decide the same claims at once, one by one or in batches, each
 * in another order: every claim is decided once, as whoever was first says; all others get a CONFLICT that names claim and reviewer; and
 * the log has each decision.
 */
export async function decideAtOnce(graph: Graph, servers: readonly string[], count: number): Promise<void> {
  const { ids, revision } = await claimsThatWait(graph, count);
  const reviewers = await Promise.all(
    Array.from({ length: 8 }, async (_, n): Promise<Reviewer> => {
      const { token } = await aToken(graph, { name: `Reviewer ${n}`, role: 'REVIEWER' });
      const url = String(servers[n % servers.length]);
      return { n, by: `Reviewer ${n}`, url, session: await signedIn(url, token) };
    }),
  );

  const all = await Promise.all(reviewers.map((reviewer) => decideAll(reviewer, ids, revision)));

  const decided = all.flat();
  for (const own of all) expect(own.map(({ claim }) => claim).sort()).toEqual([...ids].sort());
  const first = new Map(decided.filter(({ code }) => code === null).map((each) => [each.claim, each]));
  expect(decided.filter(({ code }) => code === null)).toHaveLength(count);
  expect([...first.keys()].sort()).toEqual([...ids].sort());
  for (const { claim, code, actor } of decided.filter((each) => each.code !== null))
    expect([code, actor]).toEqual(['CONFLICT', first.get(claim)?.by]);
  const kept =
    await graph.read(`MATCH (c:Claim) MATCH (e:Edit {recordId: c.id})<-[:MADE]-(h:Change {action: 'decideClaims'})
    RETURN c.id AS claim, c.verdict AS verdict, h.actor AS by`);
  expect(kept.sort((a, b) => (String(a.claim) < String(b.claim) ? -1 : 1))).toEqual(
    [...ids].sort().map((claim) => ({ claim, verdict: first.get(claim)?.verdict, by: first.get(claim)?.by })),
  );
  expect((await verify(graph)).differences).toEqual([]);
}
