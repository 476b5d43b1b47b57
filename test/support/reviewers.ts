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

/**
 * Eight reviewers, each with a session of their own at one of the servers, decide the same claims at once, each in another order:
 * every claim is decided once, as whoever was first says; all others get a CONFLICT that names them; and the log has each decision.
 */
export async function decideAtOnce(graph: Graph, servers: readonly string[], count: number): Promise<void> {
  const { ids, revision } = await claimsThatWait(graph, count);
  const reviewers = await Promise.all(
    Array.from({ length: 8 }, async (_, n) => {
      const { token } = await aToken(graph, { name: `Reviewer ${n}`, role: 'REVIEWER' });
      const url = String(servers[n % servers.length]);
      return { n, by: `Reviewer ${n}`, url, session: await signedIn(url, token) };
    }),
  );

  const all = await Promise.all(
    reviewers.map(async ({ n, by, url, session }) => {
      const random = seeded(n + 1);
      const order = ids.map((id) => ({ id, place: random() })).sort((a, b) => a.place - b.place);
      const decided: Decided[] = [];
      for (const { id: claim } of order) {
        const what = n % 2 === 0 ? { decide: 'ACCEPT' } : { decide: 'REJECT', reason: 'WEAK_SOURCE' };
        const variables = { decisions: [{ claim, ...what, expectedRevision: revision }] };
        const answer = await send(url, '/graphql', { query: DECIDE, variables }, session);
        const { errors } = (await answer.json()) as { errors?: { extensions: Record<string, unknown> }[] };
        const { code = null, actor } = errors?.[0]?.extensions ?? {};
        decided.push({ claim, by, verdict: n % 2 === 0 ? 'ACCEPTED' : 'REJECTED', code, actor });
      }
      return decided;
    }),
  );

  const decided = all.flat();
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
