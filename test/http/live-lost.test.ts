import { describe, expect, test } from 'vitest';
import type { Role } from '../../src/domain/gate.js';
import type { Graph } from '../../src/graph/graph.js';
import { revokeToken } from '../../src/store/aside.js';
import { Telling } from '../support/telling.js';
import { LISTENING, nextOf, refusal, WAYS } from './listening.js';
import { serving } from './serving.js';
import { aToken, bearer, send, signedIn } from './signing-in.js';

/** A server with a clock of its own over a graph with one change. */
async function aServer() {
  const clock = { now: Date.now() };
  const served = await serving({ liveIntervalMs: 10, sessionHours: 24 }, undefined, { now: () => clock.now });
  const story = new Telling(served.graph);
  const ann = story.person('Ann');
  await story.tell();
  return { ...served, clock, story, ann };
}

/** How somebody who listens loses what they may: by a token, or signed in. */
interface Loss {
  as: 'token' | 'session';
  lose: (served: Served, who: Who) => Promise<unknown>;
  /** It is found out by this time, milliseconds. */
  within: number;
  /** Something happens after it; else they are told at the next look. */
  happens: boolean;
  told: object;
}
type Served = Awaited<ReturnType<typeof aServer>>;
type Who = Awaited<ReturnType<typeof aToken>> & { headers: Record<string, string> };

const over = (rule: string) => ({ code: 'UNAUTHENTICATED', rule });
const HOUR = 3_600_000;

const LOSSES: Record<string, Loss> = {
  'a token expires': {
    ...{ as: 'token', within: 0, happens: false, told: over('TOKEN_EXPIRED') },
    lose: async ({ clock }) => {
      clock.now += HOUR;
    },
  },
  'a token is revoked, and something changes after that': {
    ...{ as: 'token', within: 1_000, happens: true, told: over('TOKEN_REVOKED') },
    lose: ({ graph, clock }, { id }) => revokeToken(graph, id, clock.now),
  },
  'a token is revoked while nothing happens': {
    ...{ as: 'token', within: 10_000, happens: false, told: over('TOKEN_REVOKED') },
    lose: ({ graph, clock }, { id }) => revokeToken(graph, id, clock.now),
  },
  'their role becomes that of a contributor': {
    ...{ as: 'token', within: 1_000, happens: true, told: { code: 'FORBIDDEN', needed: 'REVIEWER' } },
    lose: ({ graph }, { id }) => giveRole(graph, id, 'CONTRIBUTOR'),
  },
  'their role becomes that of a contributor while nothing happens': {
    ...{ as: 'token', within: 10_000, happens: false, told: { code: 'FORBIDDEN', needed: 'REVIEWER' } },
    lose: ({ graph }, { id }) => giveRole(graph, id, 'CONTRIBUTOR'),
  },
  'they sign out': {
    ...{ as: 'session', within: 10_000, happens: false, told: over('SESSION') },
    lose: ({ url }, { headers }) => send(url, '/sign-out', {}, headers),
  },
  'a session ends': {
    ...{ as: 'session', within: 0, happens: true, told: over('SESSION') },
    lose: async ({ clock }) => {
      clock.now += 24 * HOUR;
    },
  },
  'the token that a session began with is revoked': {
    ...{ as: 'session', within: 1_000, happens: true, told: over('SESSION') },
    lose: ({ graph, clock }, { id }) => revokeToken(graph, id, clock.now),
  },
};

/** No order changes the role of a token; whoever keeps the graph can, and an identity provider may give another one. */
function giveRole(graph: Graph, id: string, role: Role): Promise<unknown> {
  return graph.write((transaction) => transaction.run('MATCH (t:Token {id: $id}) SET t.role = $role', { id, role }));
}

/** Who asks is looked up in the graph, the same on either engine: test/http/live-feed.test.ts runs the feed itself on both. */
describe('live changes, whatever the engine, end', () => {
  test.each(WAYS.flatMap((way) => Object.entries(LOSSES).map(([how, loss]) => [way, how, loss] as const)))(
    'over %s when %s, and whatever changes after that is not told',
    async (way, _how, { as, lose, within, happens, told }) => {
      const served = await aServer();
      const { url, graph, clock, story, ann } = served;
      const made = await aToken(graph, { expires: as === 'token' ? clock.now + HOUR : null });
      const headers = as === 'token' ? bearer(made.token) : await signedIn(url, made.token);
      const heard = LISTENING[way](url, headers, { variables: { since: '0' } });
      expect((await nextOf(heard)).data?.changes?.seq).toBe(1);

      await lose(served, { ...made, headers });
      clock.now += within;
      if (happens) story.edit('Person', ann, { description: 'A singer' });
      await story.tell();

      expect(await nextOf(heard)).toEqual({ errors: refusal(told) });
      expect((await heard.next()).done).toBe(true);
      const again = await nextOf(LISTENING[way](url, headers, { variables: { since: '0' } }));
      expect(again.data).toBeUndefined();
    },
  );

  test('for an administrator who becomes a reviewer, with what is withheld from those', async () => {
    const { url, graph, clock, story, ann } = await aServer();
    const { id, token } = await aToken(graph, { role: 'ADMIN' });
    const query = 'subscription { changes(since: "1") { note edits { recordId } } }';
    const ways = WAYS.map((way) => LISTENING[way](url, bearer(token), { query }));
    const both = () => Promise.all(ways.map(async (heard) => (await nextOf(heard)).data?.changes));
    story.edit('Person', ann, { visibility: 'REMOVED' });
    await story.tell({ note: 'Ann asked.' });
    const first = await both();

    await giveRole(graph, id, 'EDITOR');
    clock.now += 1_000;
    story.edit('Person', ann, { description: 'A singer' });
    await story.tell({ note: 'Ann sings.' });

    expect(first).toEqual(ways.map(() => ({ note: 'Ann asked.', edits: [{ recordId: ann }] })));
    expect(await both()).toEqual(ways.map(() => ({ note: null, edits: [] })));
  });
});
