import { beforeEach, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { type Asking, ask } from './asking.js';

const EDITOR = { role: 'EDITOR' } as const;
const ADMIN = { role: 'ADMIN' } as const;
const MARK =
  'mutation ($a: ID!, $b: ID!, $key: String) { markDifferent(a: $a, b: $b, key: $key) { change { id actor at action } person { revision } } }';
const PROPOSE =
  'mutation ($s: [StatementInput!]!, $key: String, $note: String) { proposeClaims(statements: $s, key: $key, note: $note) { change { id } claims { id } } }';
const MERGE =
  'mutation ($keep: ID!, $from: ID!, $seen: Int) { mergePeople(keep: $keep, from: $from, expectedRevision: $seen, key: "k") { change { id } } }';
const UNDO =
  'mutation ($change: ID!, $force: Boolean) { undoChange(change: $change, force: $force, key: "k") { change { id } } }';
const UNDO_BATCH = 'mutation ($batch: String!) { undoBatch(batch: $batch, key: "k") { changes { id } } }';
const DECIDE =
  'mutation ($d: [DecisionInput!]!) { decideClaims(decisions: $d, key: "k") { change { id note } claims { id } } }';
const PURGE =
  'mutation ($id: ID!, $spellings: [String!]) { purgePerson(id: $id, spellings: $spellings, key: "k") { change { id } } }';

describe.each(enginesHere())('keys on $name', ({ fresh }) => {
  let graph: Graph;
  let story: Telling;
  let [ann, bo, by] = ['', '', ''];
  beforeEach(async () => {
    graph = await fresh();
    story = new Telling(graph);
    [ann, bo, by] = [story.person('Ann'), story.person('Bo'), story.article('The Example')];
    await story.tell();
  });
  const seq = async () => Number((await graph.read("MATCH (g:Graph {id: 'graph'}) RETURN g.seq AS seq"))[0]?.seq);
  const clean = async () => expect((await verify(graph)).differences).toEqual([]);
  const inputs = async () => (await graph.read('MATCH (c:Change) RETURN c.input AS input ORDER BY c.seq')).slice(1);
  const job = (text: string) => ({
    field: 'OCCUPATION',
    value: { text },
    cite: [{ article: by, quote: `She is a ${text}.`, evidence: 'OUTLET' }],
  });
  const jobs = (...texts: string[]) => [{ subject: ann, claims: texts.map(job) }];
  const done = async (query: string, variables: object, asking: Asking = EDITOR) => {
    const { data, errors } = await ask(graph, query, { ...asking, variables: { ...variables } });
    expect(errors).toEqual([]);
    return Object.values(data ?? {})[0] as { change: { id: string }; changes?: { id: string }[] };
  };
  /** What is refused, having written nothing. */
  const refused = async (query: string, variables: object, asking: Asking = EDITOR) => {
    const before = await seq();
    const { errors } = await ask(graph, query, { ...asking, variables: { ...variables } });
    expect(await seq()).toBe(before);
    return errors[0]?.extensions;
  };
  const other = (change: string) => ({
    ...{ code: 'CONFLICT', field: 'key', rule: 'KEY', change },
    at: '2026-08-22T12:00:00.000Z',
  });

  test('let an order be done once, whoever loses the answer, and each actor has keys of their own', async () => {
    const first = await done(MARK, { a: ann, b: bo, key: 'k1' });
    const again = await done(MARK, { a: ann, b: bo, key: 'k1' });
    const others = await done(MARK, { a: ann, b: bo, key: 'k1' }, { ...EDITOR, as: 'Bo' });

    expect(first).toEqual({
      change: {
        id: expect.stringMatching(/^chg_/),
        actor: 'Vera',
        at: '2026-08-22T12:00:00.000Z',
        action: 'markDifferent',
      },
      person: { revision: 2 },
    });
    expect(again).toEqual(first);
    expect(others).toEqual({ change: null, person: { revision: 2 } });
    expect(await seq()).toBe(2);
  });

  test('are refused where they are empty or endless', async () => {
    for (const key of ['', 'k'.repeat(201)])
      expect(await refused(MARK, { a: ann, b: bo, key })).toMatchObject({
        ...{ code: 'INVALID_INPUT', field: 'key', rule: 'KEY' },
      });
  });

  test('stand for what was ordered: another order is told which change it would be lost for', async () => {
    const { change } = await done(PROPOSE, { s: jobs('singer'), key: 'feed' });

    expect(await refused(PROPOSE, { s: jobs('singer', 'dancer'), key: 'feed' })).toEqual(other(change.id));

    await done(PROPOSE, { s: jobs('singer', 'dancer'), key: 'feed' }, { ...EDITOR, as: 'Bo' });
    await done(PROPOSE, { s: jobs('painter') });
    await clean();
  });

  test('stand for the same order however its fields are sorted, whyever it is, and whatever is read since', async () => {
    const [one] = jobs('singer');
    const proposed = await done(PROPOSE, { s: [one], key: 'feed', note: 'From the feed' });
    const sorted = [{ claims: one?.claims, subject: ann }];
    const claim = story.claim(bo, 'OCCUPATION', { text: 'baker' }, { by, verdict: 'PROPOSED' });
    const revision = (await story.tell())?.seq;
    const decision = { claim, decide: 'ACCEPT', expectedRevision: revision };
    const decided = await done(DECIDE, { d: [decision] });

    expect(await done(PROPOSE, { s: sorted, key: 'feed' })).toEqual(proposed);
    expect(await done(DECIDE, { d: [{ ...decision, expectedRevision: 99 }] })).toEqual(decided);
    expect(await refused(DECIDE, { d: [{ ...decision, decide: 'SEND_BACK' }] })).toEqual(other(decided.change.id));
  });

  test('of two other orders at once let one be done, and tell the other', async () => {
    const words = ['singer', 'dancer', 'painter', 'baker'];

    const answers = await Promise.all(
      words.map((word) => ask(graph, PROPOSE, { ...EDITOR, variables: { s: jobs(word), key: 'feed' } })),
    );

    const refusals = answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions));
    const [made] = answers.flatMap(({ data }) => data?.proposeClaims ?? []) as { change: { id: string } }[];
    expect(refusals).toEqual(words.slice(1).map(() => other(String(made?.change.id))));
    expect(await seq()).toBe(2);
    await clean();
  });

  test('of merges and undos stand for one of them', async () => {
    const cy = story.person('Cy');
    const told = await story.tell();
    const merged = await done(MERGE, { keep: ann, from: bo, seen: 2 });

    expect(await done(MERGE, { keep: ann, from: bo, seen: 1 })).toEqual(merged);
    expect(await refused(MERGE, { keep: ann, from: cy })).toEqual(other(merged.change.id));

    const undone = await done(UNDO, { change: merged.change.id });
    expect(await done(UNDO, { change: merged.change.id })).toEqual(undone);
    expect(await refused(UNDO, { change: told?.id })).toEqual(other(undone.change.id));
    expect(await refused(UNDO, { change: merged.change.id, force: true })).toEqual(other(undone.change.id));
    await clean();
  });

  test('of a batch stand for that batch, of which any part is undone', async () => {
    for (const batch of ['b', 'b', 'c']) {
      story.person(`Of ${batch}`);
      await story.tell({ batch });
    }
    // Of the newest nothing is left: the first change of the undo is of the other.
    await done(UNDO, { change: 'chg_3' });
    const first = await done(UNDO_BATCH, { batch: 'b' });

    expect(first.changes).toHaveLength(1);
    expect(await done(UNDO_BATCH, { batch: 'b' })).toEqual(first);
    expect(await refused(UNDO_BATCH, { batch: 'c' })).toEqual(other(String(first.changes?.[0]?.id)));
  });

  test('of changes that keep no digest answer whatever is ordered', async () => {
    const first = await done(PROPOSE, { s: jobs('singer'), key: 'feed' });
    await graph.write((transaction) => transaction.run('MATCH (c:Change) REMOVE c.input'));

    expect(await done(PROPOSE, { s: jobs('dancer'), key: 'feed' })).toEqual(first);
    await clean();
  });

  test('let nobody prove a guess about somebody purged, and name the purge by the person alone', async () => {
    const proposed = await done(PROPOSE, { s: jobs('singer'), key: 'feed' });
    await done(PROPOSE, { s: [{ subject: bo, claims: [job('baker')] }], key: 'bo' });
    await done(PROPOSE, { s: [{ subject: bo, claims: [job('friend of Annie')] }], key: 'friend' });
    story.edit('Person', ann, { visibility: 'REMOVED' });
    story.edit('Person', bo, { visibility: 'REMOVED' });
    await story.tell();
    const purged = await done(PURGE, { id: ann, spellings: ['Annie'] }, ADMIN);

    expect(await inputs()).toEqual(
      [null, expect.any(String), null, null, expect.any(String)].map((input) => ({ input })),
    );
    expect((await done(PURGE, { id: ann }, ADMIN)).change).toEqual(purged.change);
    expect(await refused(PURGE, { id: bo }, ADMIN)).toEqual(other(purged.change.id));
    await clean();
    const kept = { id: proposed.change.id, input: '0'.repeat(64) };
    await graph.write((transaction) => transaction.run('MATCH (c:Change {id: $id}) SET c.input = $input', kept));
    const { differences } = await verify(graph);
    expect(new Set(differences.map(({ what, stored }) => `${what} ${stored}`))).toEqual(
      new Set([`digest of a purged order ${proposed.change.id}`]),
    );
  });
});
