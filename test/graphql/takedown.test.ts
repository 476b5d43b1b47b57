import { beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '../../src/domain/gate.js';
import type { Graph } from '../../src/graph/graph.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { type Answer, type Asking, answerOf, ask, NOON } from './asking.js';

const REASON = 'She is my daughter. Zmqx.';
const CONTACT = 'parent@family.example';
const RECEIPT = { requestTakedown: { received: true, message: 'Thank you. A person decides, soon.' } };

const REQUEST = `mutation ($person: ID!, $reason: String!, $contact: String, $key: String) {
  requestTakedown(person: $person, reason: $reason, contact: $contact, key: $key) { received message } }`;
const DECIDE = `mutation ($id: ID!, $decision: TakedownDecision!, $note: String, $key: String) {
  decideTakedown(id: $id, decision: $decision, note: $note, key: $key) { change { id action actor note edits { recordId before after } }
    takedown { id status urgent person { name visibility } reason contact at hid decidedBy decidedAt note } } }`;
const LIST = `query ($status: TakedownStatus, $first: Int, $after: String) { takedowns(status: $status, first: $first, after: $after) { totalCount
  pageInfo { hasNextPage endCursor } nodes { id status urgent times person { id name visibility } reason contact at hid decidedBy decidedAt note } } }`;

interface Listed {
  id: string;
  urgent: boolean;
  person: { id: string; name: string; visibility: string } | null;
  [field: string]: unknown;
}
interface Page {
  takedowns: { totalCount: number; nodes: Listed[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}

describe.each(enginesHere())('takedown requests on $name', ({ fresh }) => {
  let graph: Graph;
  let story: Telling;
  let clock = NOON;
  beforeEach(async () => {
    graph = await fresh();
    story = new Telling(graph);
    clock = NOON;
  });

  const request = (person: string, more: object = {}, asking: Asking = {}): Promise<Answer> => {
    clock += 1000;
    const variables = { person, reason: REASON, contact: CONTACT, ...more };
    return ask(graph, REQUEST, { now: clock, ...asking, variables });
  };
  const list = (status = 'OPEN', role: Role = 'REVIEWER') =>
    answerOf<Page>(graph, LIST, { role, variables: { status } }).then(({ takedowns }) => takedowns);
  const onlyOne = async () => String((await list()).nodes[0]?.id);
  const decide = (id: string, decision: 'GRANT' | 'REFUSE', more: object = {}, as = 'Rae', role: Role = 'REVIEWER') =>
    ask(graph, DECIDE, { role, as, now: clock, variables: { id, decision, ...more } });
  const visibility = async (id: string) =>
    (
      await answerOf<{ person: { visibility: string } }>(graph, `{ person(id: "${id}") { visibility } }`, {
        role: 'ADMIN',
      })
    ).person.visibility;
  const isShown = async (id: string) => (await ask(graph, `{ person(id: "${id}") { id } }`)).data?.person !== null;
  const changes = async (filter = '{}') =>
    (
      await answerOf<{ changes: { nodes: { id: string; action: string; actor: string; note: string | null }[] } }>(
        graph,
        `{ changes(filter: ${filter}) { nodes { id action actor note } } }`,
        { role: 'ADMIN' },
      )
    ).changes.nodes;
  const setVisibility = async (id: string, to: string) => {
    const { person } = await answerOf<{ person: { revision: number } }>(graph, `{ person(id: "${id}") { revision } }`, {
      role: 'ADMIN',
    });
    await answerOf(
      graph,
      `mutation { setVisibility(id: "${id}", visibility: ${to}, expectedRevision: ${person.revision}) { change { id } } }`,
      { role: 'ADMIN' },
    );
  };
  /** One of each whom a request could be about, by a name in lower case. */
  const everyKind = async () => {
    const ids = {
      public: story.person('Public'),
      limited: story.person('Limited', { visibility: 'LIMITED' }),
      child: story.person('Child', { adult: false }),
      private: story.person('Private', { visibility: 'PRIVATE' }),
      removed: story.person('Removed', { visibility: 'REMOVED' }),
      into: story.person('Into', { visibility: 'LIMITED' }),
      merged: story.person('Merged', { visibility: 'LIMITED' }),
    };
    story.article('A source');
    story.born(ids.child, '2015-03-01');
    await story.tell();
    story.edit('Person', ids.merged, { mergedInto: ids.into });
    await story.tell();
    return ids;
  };

  test('hide at once whoever isn’t established, by one change of an actor of its own, and wait for all others', async () => {
    const ids = await everyKind();

    for (const id of Object.values(ids)) expect((await request(id)).data).toEqual(RECEIPT);

    const { nodes } = await list('OPEN', 'ADMIN');
    expect(nodes.map(({ person, urgent, hid }) => [person?.name, person?.visibility, urgent, hid])).toEqual([
      ['Public', 'PUBLIC', true, null],
      ['Limited', 'PRIVATE', false, 'LIMITED'],
      ['Child', 'PRIVATE', false, 'PUBLIC'],
      ['Private', 'PRIVATE', false, null],
      ['Into', 'PRIVATE', false, 'LIMITED'],
    ]);
    expect(await Promise.all(Object.values(ids).map(isShown))).toEqual([true, ...Array(6).fill(false)]);
    const byItself = {
      id: expect.stringMatching(/^chg_/),
      action: 'requestTakedown',
      actor: 'takedown',
      note: 'Hidden until a request to take them down is decided.',
    };
    expect((await changes()).slice(0, -2)).toEqual([byItself, byItself, byItself]);
    expect(await verify(graph)).toMatchObject({ differences: [] });
  });

  test('are answered by the same statements whoever is asked about, known or not, for the first time or again', async () => {
    const ids = await everyKind();
    const askedBefore = [ids.limited, ids.public];
    for (const id of askedBefore) await request(id);
    const refs = [
      ...Object.values(ids),
      'limited-1',
      'nobody',
      'per_nobody',
      'rel_nobody',
      'tkd_nobody',
      '🜁',
      '%',
      '"',
    ];

    const names: string[][] = [];
    const answers: unknown[] = [];
    for (const ref of refs) {
      const seen: string[] = [];
      const listening: Graph = Object.create(graph, {
        write: {
          value: (work: Parameters<Graph['write']>[0]) =>
            graph.write((transaction) =>
              work({
                run: (statement, params) => {
                  seen.push(statement);
                  return transaction.run(statement, params);
                },
                read: (statement, params) => {
                  seen.push(statement.replace(/by id|by slug|id: key|slug: key/g, 'by key'));
                  return transaction.read(statement, params);
                },
              }),
            ),
        },
      });
      const { data, errors, statements } = await ask(listening, REQUEST, {
        mostHidden: 0,
        variables: { person: ref, reason: REASON },
      });
      answers.push([data, errors, statements]);
      // What comes after is the hiding, which nobody waits for.
      names.push(seen.slice(0, seen.findIndex((statement) => statement.includes('createTakedown')) + 1));
    }

    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify([RECEIPT, [], []])]),
    );
    expect(names[0]).toHaveLength(6);
    expect(names).toEqual(names.map(() => names[0]));
  });

  test('are one while one is open, whatever name is used, and may come again after a refusal', async () => {
    const ids = await everyKind();

    for (const ref of [ids.into, ids.merged, 'into-5', 'merged-6', ids.into])
      await request(ref, { reason: `About ${ref}` });
    const first = await list();
    await decide(String(first.nodes[0]?.id), 'REFUSE');
    await request(ids.merged, { reason: 'Once more' });

    expect(first.nodes).toMatchObject([{ reason: `About ${ids.into}`, times: 5 }]);
    expect((await list()).nodes).toMatchObject([
      { reason: 'Once more', times: 1, person: { id: ids.into }, hid: null, urgent: true },
    ]);
    // A person has said that they may show: only a person takes that back.
    expect(await visibility(ids.into)).toBe('LIMITED');
    expect((await list('REFUSED')).totalCount).toBe(1);
  });

  test('of one key are one, also after the decision', async () => {
    const { limited } = await everyKind();

    for (const _ of [1, 2]) await request(limited, { key: 'k1' });
    expect((await list()).nodes).toMatchObject([{ times: 1 }]);
    await decide(await onlyOne(), 'REFUSE');
    const again = await request(limited, { key: 'k1' });

    expect(again.data).toEqual(RECEIPT);
    expect((await list()).totalCount).toBe(0);
    await request(limited, { key: 'k2' });
    expect((await list()).totalCount).toBe(1);
  });

  test('a hundred at the same moment about one person are one request and one change', async () => {
    const { limited } = await everyKind();
    const before = (await changes()).length;

    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => request(limited, { reason: `Reason ${n}` })),
    );

    expect(answers.map(({ data }) => data)).toEqual(answers.map(() => RECEIPT));
    expect((await list()).totalCount).toBe(1);
    expect((await changes()).length).toBe(before + 1);
  }, 60_000);

  test('hide so many in an hour and no more, whoever asks at once; beyond that they wait, urgent', async () => {
    const ids = Array.from({ length: 12 }, (_, n) => story.person(`P ${n}`, { visibility: 'LIMITED' }));
    await story.tell();

    await Promise.all(ids.slice(0, 8).map((id) => request(id, {}, { mostHidden: 5 })));
    const { nodes } = await list();
    clock += 3_601_000;
    await request(String(ids[8]), {}, { mostHidden: 5 });
    await request(String(ids[9]), {}, { mostHidden: 0 });

    expect(nodes.map(({ urgent, hid }) => [urgent, hid])).toEqual([
      ...Array(3).fill([true, null]),
      ...Array(5).fill([false, 'LIMITED']),
    ]);
    expect(await Promise.all(ids.slice(8).map(visibility))).toEqual(['PRIVATE', 'LIMITED', 'LIMITED', 'LIMITED']);
  });

  test('hide ten times as many at a time, however long nobody decides', async () => {
    const ids = Array.from({ length: 13 }, (_, n) => story.person(`P ${n}`, { visibility: 'LIMITED' }));
    await story.tell();
    const inAnHour = async (id: string | undefined) => {
      clock += 3_601_000;
      await request(String(id), {}, { mostHidden: 1 });
    };

    for (const id of ids.slice(0, 12)) await inAnHour(id);
    const { nodes } = await list();
    await decide(String(nodes.find(({ hid }) => hid !== null)?.id), 'GRANT');
    await inAnHour(ids[12]);

    expect(await Promise.all(ids.slice(9).map(visibility))).toEqual(['PRIVATE', 'LIMITED', 'LIMITED', 'PRIVATE']);
  });

  test('refuse texts that are empty or too long by what they say alone, and leave nothing behind', async () => {
    const { limited } = await everyKind();
    const refusal = async (more: object) => {
      const { errors, statements } = await request(limited, more);
      return [errors[0]?.extensions, statements];
    };
    const rule = (field: string) => [{ code: 'INVALID_INPUT', field, rule: 'TEXT_LENGTH' }, []];

    expect(await refusal({ person: ' ' })).toEqual(rule('person'));
    expect(await refusal({ person: 'x'.repeat(201) })).toEqual(rule('person'));
    expect(await refusal({ reason: '\n\t' })).toEqual(rule('reason'));
    expect(await refusal({ reason: 'x'.repeat(2001) })).toEqual(rule('reason'));
    expect(await refusal({ contact: 'x'.repeat(301) })).toEqual(rule('contact'));
    expect(await refusal({ key: '' })).toEqual([{ code: 'INVALID_INPUT', field: 'key', rule: 'KEY' }, []]);
    expect((await list()).totalCount).toBe(0);
    expect(await isShown(limited)).toBe(true);
  });

  test('keep what is said as it is said, whatever it is', async () => {
    const { limited } = await everyKind();
    const reason = `🜁 Ünï\u202eẅ ' OR 1=1 // \`MATCH (n) DETACH DELETE n\` {"$ne": null} <script>${'é'.repeat(1800)}`;

    await request(limited, { reason, contact: '  ' });

    expect((await list()).nodes).toMatchObject([{ reason, contact: null }]);
  });

  test('are for reviewers to read, with whom they are about as reviewers see them', async () => {
    const { limited, public: known, private: hidden, removed } = await everyKind();
    for (const id of [limited, hidden, known, removed]) await request(id);
    await setVisibility(hidden, 'REMOVED');

    const page = (after: string | null) =>
      answerOf<Page>(graph, LIST, { role: 'REVIEWER', variables: { first: 1, after } });
    const [one] = [await page(null)];
    const two = await page(one?.takedowns.pageInfo.endCursor ?? null);

    expect([...(one?.takedowns.nodes ?? []), ...two.takedowns.nodes]).toMatchObject([
      { status: 'OPEN', urgent: true, person: { name: 'Public' }, reason: REASON, contact: CONTACT },
      {
        urgent: false,
        person: { name: 'Limited', visibility: 'PRIVATE' },
        at: expect.stringMatching(/^2026-08-22T12:00:0/),
      },
    ]);
    expect([one?.takedowns.totalCount, two.takedowns.pageInfo.hasNextPage]).toEqual([2, false]);
    expect((await list('OPEN', 'ADMIN')).totalCount).toBe(3);
    for (const [role, code] of [
      ['READER', 'UNAUTHENTICATED'],
      ['CONTRIBUTOR', 'FORBIDDEN'],
    ] as const)
      expect((await ask(graph, LIST, { role })).errors[0]?.extensions.code).toBe(code);
  });

  test('T27: granted, the person is gone for all but admins, and nothing of who asked and why is left', async () => {
    const { limited } = await everyKind();
    await request(limited);
    const id = await onlyOne();

    const { data, errors } = await decide(id, 'GRANT', { note: 'A parent asks.', key: 'g1' });

    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      decideTakedown: {
        change: { action: 'decideTakedown', actor: 'Rae' },
        takedown: {
          ...{ id, status: 'GRANTED', urgent: false, person: null, reason: null, contact: null, hid: 'LIMITED' },
          ...{ decidedBy: 'Rae', decidedAt: new Date(clock).toISOString(), note: 'A parent asks.' },
        },
      },
    });
    expect(await visibility(limited)).toBe('REMOVED');
    const rows = await graph.read('MATCH (t:Takedown) RETURN t {.*} AS kept, COUNT { (t)-[]-() } AS edges');
    expect(rows).toMatchObject([{ edges: 0 }]);
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${limited}|daughter|family.example`));
    const found = await ask(
      graph,
      `{ node(id: "${limited}") { __typename id } person(id: "limited-1") { id } search(text: "Limited") { totalCount } }`,
    );
    expect(found.data).toEqual({
      node: { __typename: 'Tombstone', id: limited },
      person: null,
      search: { totalCount: 0 },
    });
    expect((await decide(id, 'GRANT', { key: 'g1' })).data).toMatchObject({
      decideTakedown: { change: { action: 'decideTakedown' } },
    });
    expect(await verify(graph)).toMatchObject({ differences: [] });
  });

  test('granted, they are for an admin to bring back', async () => {
    const { limited } = await everyKind();
    await request(limited);
    await decide(await onlyOne(), 'GRANT');
    const [granted, hiding] = await changes();
    const undo = (change: string | undefined, role: Role) =>
      ask(graph, `mutation { undoChange(change: "${change}") { change { id } } }`, { role });

    // Who is REMOVED is nobody for an editor, and so is what was done about them.
    for (const id of [granted?.id, hiding?.id])
      expect(await undo(id, 'EDITOR')).toMatchObject({ data: { undoChange: { change: null } }, errors: [] });
    expect(await visibility(limited)).toBe('REMOVED');
    expect((await undo(granted?.id, 'ADMIN')).errors).toEqual([]);
    expect((await undo(hiding?.id, 'EDITOR')).errors[0]?.extensions).toMatchObject({
      code: 'FORBIDDEN',
      rule: 'VISIBILITY',
    });
    expect(await visibility(limited)).toBe('PRIVATE');
  });

  test('refused, the person shows again to whom they showed, if nobody changed that since', async () => {
    const { limited, child, into, public: known } = await everyKind();
    for (const id of [limited, child, into, known]) await request(id);
    const ids = Object.fromEntries((await list()).nodes.map(({ id, person }) => [person?.name, id]));
    await answerOf(
      graph,
      `mutation { updatePerson(id: "${limited}", set: { description: "A singer" }, expectedRevision: 3) { change { id } } }`,
      { role: 'EDITOR' },
    );
    await setVisibility(into, 'LIMITED');
    await setVisibility(into, 'PRIVATE');

    const decided = [];
    for (const name of ['Limited', 'Child', 'Into', 'Public'])
      decided.push((await decide(String(ids[name]), 'REFUSE', { note: 'No.' })).data);

    const change = { action: 'decideTakedown', actor: 'Rae', note: 'No.' };
    expect(decided).toMatchObject(
      [change, change, null, null].map((each) => ({
        decideTakedown: { change: each, takedown: { status: 'REFUSED', reason: null, contact: null, note: 'No.' } },
      })),
    );
    expect(await Promise.all([limited, child, into, known].map(visibility))).toEqual([
      'LIMITED',
      'PUBLIC',
      'PRIVATE',
      'PUBLIC',
    ]);
  });

  test('follow whom they are about into whom they are merged', async () => {
    const { limited, into, private: hidden } = await everyKind();
    for (const id of [limited, into, hidden]) await request(id);
    const merge = (keep: string, from: string) =>
      answerOf(graph, `mutation { mergePeople(keep: "${keep}", from: "${from}") { change { id } } }`, {
        role: 'EDITOR',
      });
    await merge(hidden, limited);

    const { nodes } = await list();
    await request(limited);
    await merge(into, hidden);
    const again = await list();
    const refused = await decide(String(again.nodes[1]?.id), 'REFUSE');

    expect(nodes.map(({ person }) => person?.name)).toEqual(['Private', 'Into', 'Private']);
    expect(again.nodes.map(({ person }) => person?.name)).toEqual(['Into', 'Into', 'Into']);
    // Somebody PRIVATE is part of them now.
    expect(refused.data).toMatchObject({ decideTakedown: { change: null } });
    expect([(await list()).totalCount, (await list('REFUSED')).totalCount]).toEqual([0, 3]);
    expect(await visibility(into)).toBe('PRIVATE');
  });

  test('are decided once, by whoever is first; the same again by the same is done', async () => {
    const { limited } = await everyKind();
    await request(limited);
    const id = await onlyOne();

    const race = await Promise.all([decide(id, 'GRANT', {}, 'Rae'), decide(id, 'REFUSE', {}, 'Bo')]);
    const [status] = ['GRANTED', 'REFUSED'].filter((_, n) => race[n]?.errors.length === 0);
    const [who, what] = status === 'GRANTED' ? (['Rae', 'GRANT'] as const) : (['Bo', 'REFUSE'] as const);
    const again = await decide(id, what, {}, who);
    const otherwise = await decide(id, what === 'GRANT' ? 'REFUSE' : 'GRANT', {}, who);

    expect(race.flatMap(({ errors }) => errors.map(({ extensions }) => extensions))).toEqual([
      { code: 'CONFLICT', field: 'id', decision: status, actor: who, at: expect.stringMatching(/^2026-08-22T12/) },
    ]);
    expect(again.data).toMatchObject({ decideTakedown: { change: null, takedown: { status } } });
    expect(otherwise.errors[0]?.extensions.code).toBe('CONFLICT');
    expect((await decide('tkd_nobody', 'GRANT')).errors[0]?.extensions).toEqual({ code: 'NOT_FOUND', field: 'id' });
  });

  test('about somebody whom a reviewer doesn’t see are not there for them', async () => {
    const { private: hidden } = await everyKind();
    await request(hidden);
    const id = await onlyOne();
    await setVisibility(hidden, 'REMOVED');

    expect((await decide(id, 'REFUSE')).errors[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await decide(id, 'REFUSE', {}, 'Ada', 'ADMIN')).data).toMatchObject({ decideTakedown: { change: null } });
  });

  test('are forgotten at once with a person whose creation is undone', async () => {
    const made = story.person('Made by mistake');
    await story.tell();
    await request(made);
    const [creation] = await changes();

    await answerOf(graph, `mutation { undoChange(change: "${creation?.id}") { change { id } } }`, { role: 'ADMIN' });

    expect(await graph.read('MATCH (t:Takedown) RETURN t.id AS id')).toEqual([]);
  });

  test('say why and who asks in no change, history or moment of the past', async () => {
    const { limited, child } = await everyKind();
    for (const id of [limited, child]) await request(id);
    await decide(await onlyOne(), 'GRANT');

    const rows = await graph.read('MATCH (n) WHERE n:Change OR n:Edit OR n:Person RETURN n {.*} AS kept');
    const answers = await answerOf(
      graph,
      `{ changes { nodes { note edits { before after } } } person(id: "${child}", asOf: "${new Date(clock + 1000).toISOString()}") { name description history { nodes { note edits { before after } } } } }`,
      { role: 'ADMIN', now: clock + 60_000 },
    );

    expect(rows.length).toBeGreaterThan(10);
    expect(JSON.stringify([rows, answers])).not.toMatch(/daughter|family\.example|Zmqx/);
  });
});
