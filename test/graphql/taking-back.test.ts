import { beforeEach, describe, expect, test } from 'vitest';
import { relationshipId } from '../../src/domain/ids.js';
import type { Graph } from '../../src/graph/graph.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { answerOf, ask } from './asking.js';

interface Taken {
  change: { id: string; note: string } | null;
  conflicts: object[];
}

describe.each(enginesHere())('taking back on $name', ({ fresh }) => {
  let graph: Graph;
  let story: Telling;
  beforeEach(async () => {
    graph = await fresh();
    story = new Telling(graph);
  });
  const clean = async () => expect((await verify(graph)).differences).toEqual([]);
  const nameOf = async (id: string) =>
    (
      await answerOf<{ person: { name: string } | null }>(graph, 'query ($id: ID!) { person(id: $id) { name } }', {
        variables: { id },
      })
    ).person?.name;

  const UNDO = `mutation ($change: ID!, $force: Boolean) { undoChange(change: $change, force: $force) {
    change { id note } conflicts { recordId type field rule } } }`;
  const undo = async (change: string | undefined, force = false) =>
    (await answerOf<{ undoChange: Taken }>(graph, UNDO, { role: 'EDITOR', variables: { change, force } })).undoChange;

  const MERGE = 'mutation ($keep: ID!, $from: ID!) { mergePeople(keep: $keep, from: $from) { change { id } } }';
  /** Merges two people and answers the id of the change. */
  const merge = async (keep: string, from: string) => {
    const order = { role: 'EDITOR', variables: { keep, from } } as const;
    const { mergePeople } = await answerOf<{ mergePeople: { change: { id: string } } }>(graph, MERGE, order);
    return mergePeople.change.id;
  };

  test('lists what was changed since and leaves it alone; force overwrites it (T26)', async () => {
    const ann = story.person('Ann');
    await story.tell();
    story.edit('Person', ann, { name: 'Anna', description: 'A singer' });
    const first = await story.tell();
    story.edit('Person', ann, { name: 'Anne' });
    await story.tell();
    const conflicts = [{ recordId: ann, type: 'Person', field: 'name', rule: 'CHANGED' }];

    const preview = await answerOf(
      graph,
      'query ($c: ID!) { undoPreview(change: $c) { records { recordId type fields } conflicts { recordId type field rule } } }',
      { role: 'REVIEWER', variables: { c: first?.id } },
    );
    expect(preview).toEqual({
      undoPreview: { records: [{ recordId: ann, type: 'Person', fields: ['description'] }], conflicts },
    });
    expect(await undo(first?.id)).toMatchObject({ change: { note: `undo of ${first?.id}` }, conflicts });
    expect(await nameOf(ann)).toBe('Anne');

    const refused = await ask(graph, UNDO, { role: 'EDITOR', variables: { change: first?.id } });
    expect(refused.errors[0]?.extensions).toMatchObject({ code: 'CONFLICT', conflicts });
    await undo(first?.id, true);
    expect(await nameOf(ann)).toBe('Ann');
    await clean();
  });

  test('takes a batch back, newest first', async () => {
    const ann = story.person('Ann');
    await story.tell({ batch: 'b1' });
    story.person('Bo');
    await story.tell({ batch: 'b1' });

    const { undoBatch } = await answerOf<{ undoBatch: { changes: object[] } }>(
      graph,
      'mutation { undoBatch(batch: "b1") { changes { note edits { recordId after } } conflicts { rule } } }',
      { role: 'EDITOR' },
    );

    expect(undoBatch.changes).toHaveLength(2);
    expect(await nameOf(ann)).toBeUndefined();
    await clean();
  });

  test('of who a person shows to is for ADMIN', async () => {
    const ann = story.person('Ann');
    await story.tell();
    story.edit('Person', ann, { visibility: 'PRIVATE' });
    const taken = await story.tell({ batch: 'takedown' });

    const one = await ask(graph, UNDO, { role: 'EDITOR', variables: { change: taken?.id } });
    const all = await ask(graph, 'mutation { undoBatch(batch: "takedown") { changes { id } } }', { role: 'EDITOR' });

    for (const { errors } of [one, all])
      expect(errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', rule: 'VISIBILITY' });
    expect(await nameOf(ann)).toBeUndefined();
  });

  const MAKE = `mutation ($v: Visibility) { createPerson(input: { name: "Cleo", visibility: $v }) {
    change { id } person { id slug visibility } } }`;
  const made = async (v: string) =>
    (
      await answerOf<{ createPerson: { change: { id: string }; person: { id: string } } }>(graph, MAKE, {
        role: 'EDITOR',
        variables: { v },
      })
    ).createPerson;
  const shows = async (id: string) =>
    (
      await answerOf<{ person: { visibility: string } | null }>(graph, `{ person(id: "${id}") { visibility } }`, {
        role: 'ADMIN',
      })
    ).person?.visibility;
  const mayTakeBack = async (change: string | undefined, role: 'REVIEWER' | 'EDITOR' | 'ADMIN') =>
    (
      await answerOf<{ undoPreview: { refusal: object | null } }>(
        graph,
        'query ($c: ID!) { undoPreview(change: $c, force: true) { refusal { rule record } } }',
        { role, variables: { c: change } },
      )
    ).undoPreview.refusal;

  test.each(['PUBLIC', 'LIMITED', 'PRIVATE'])(
    'of an undo brings back whom an editor made %s, as they were',
    async (v) => {
      const { change, person } = await made(v);
      const gone = await undo(change.id);
      expect(await shows(person.id)).toBeUndefined();

      expect(await mayTakeBack(gone.change?.id, 'EDITOR')).toBeNull();
      await undo(gone.change?.id);

      expect(await shows(person.id)).toBe(v);
      await clean();
    },
  );

  test('of an undo shows nobody to more than they last showed to', async () => {
    const { change, person } = await made('PUBLIC');
    const first = await undo(change.id);
    const back = await undo(first.change?.id);
    story.edit('Person', person.id, { visibility: 'PRIVATE' });
    await story.tell();
    const refusal = { rule: 'VISIBILITY', record: person.id };
    const refused = async (id: string | undefined) => {
      expect(await mayTakeBack(id, 'EDITOR')).toEqual(refusal);
      expect(await mayTakeBack(id, 'ADMIN')).toBeNull();
      const { errors } = await ask(graph, UNDO, { role: 'EDITOR', variables: { change: id, force: true } });
      expect(errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', ...refusal });
    };

    await refused(first.change?.id);
    const second = await undo(back.change?.id, true);
    await refused(first.change?.id);
    await undo(second.change?.id);

    expect(await shows(person.id)).toBe('PRIVATE');
    await clean();
  });

  test('of whom an administrator removed, and then took out, is for ADMIN', async () => {
    const { change, person } = await made('PUBLIC');
    story.edit('Person', person.id, { visibility: 'REMOVED' });
    await story.tell();
    const { undoChange } = await answerOf<{ undoChange: Taken }>(graph, UNDO, {
      role: 'ADMIN',
      variables: { change: change.id, force: true },
    });

    expect(await mayTakeBack(undoChange.change?.id, 'EDITOR')).toEqual({ rule: 'VISIBILITY', record: person.id });
    const { errors } = await ask(graph, UNDO, { role: 'EDITOR', variables: { change: undoChange.change?.id } });
    expect(errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', rule: 'VISIBILITY' });
  });

  test('by somebody else is a conflict that names who, when and by which change; once more by the same is done', async () => {
    const ann = story.person('Ann');
    await story.tell();
    story.edit('Person', ann, { name: 'Anna' });
    const renamed = await story.tell();
    const ONCE =
      'mutation ($change: ID!) { undoChange(change: $change, note: "A slip") { change { id at } conflicts { rule } } }';
    const variables = { change: renamed?.id };
    const by = (as: string) => ask(graph, ONCE, { role: 'EDITOR', as, variables });
    const first = (await by('Vera')).data?.undoChange as { change: { id: string; at: string } };

    expect((await by('Vera')).data).toEqual({ undoChange: { change: null, conflicts: [] } });
    const { id, at } = first.change;
    expect((await by('Wim')).errors).toMatchObject([
      { extensions: { code: 'CONFLICT', rule: 'UNDONE', field: 'change', change: id, actor: 'Vera', at } },
    ]);
    const log = await answerOf(graph, '{ changes { nodes { id undoes { id } undoneBy { id actor } } } }', {
      role: 'REVIEWER',
    });
    expect(log).toMatchObject({
      changes: {
        nodes: [
          { id, undoes: { id: renamed?.id }, undoneBy: null },
          { id: renamed?.id, undoes: null, undoneBy: { id, actor: 'Vera' } },
          { undoes: null, undoneBy: null },
        ],
      },
    });
    await clean();
    await graph.write((transaction) =>
      transaction.run('MATCH (c:Change {id: $id}) SET c.undoes = $other', { id, other: 'chg_none' }),
    );
    expect((await verify(graph)).differences).toMatchObject([{ record: id, what: 'undoes', stored: 'chg_none' }]);
  });

  test('is told to reviewers, not to whose proposal it was', async () => {
    const ann = story.person('Ann');
    const article = story.article('Ann sings');
    await story.tell();
    const cite = `[{article: "${article}", quote: "She sings.", evidence: OUTLET}]`;
    const said = `{subject: "${ann}", claims: [{field: OCCUPATION, value: {text: "singer"}, cite: ${cite}}]}`;
    const propose = async (role: 'CONTRIBUTOR' | 'REVIEWER') =>
      (
        await answerOf<{ proposeClaims: { change: { id: string; undoneBy: { id: string } | null } } }>(
          graph,
          `mutation { proposeClaims(key: "k", statements: [${said}]) { change { id undoes { id } undoneBy { id } } } }`,
          { role },
        )
      ).proposeClaims.change;
    const proposed = await propose('CONTRIBUTOR');
    const taken = await undo(proposed.id);

    expect(await propose('CONTRIBUTOR')).toEqual({ id: proposed.id, undoes: null, undoneBy: null });
    expect((await propose('REVIEWER')).undoneBy).toEqual({ id: taken.change?.id });
  });

  test('leads on from change to change when whoever it was about is purged', async () => {
    const ann = story.person('Ann');
    await story.tell();
    story.edit('Person', ann, { name: 'Anna' });
    const renamed = await story.tell();
    const { change } = await undo(renamed?.id);
    story.edit('Person', ann, { visibility: 'REMOVED' });
    await story.tell();

    await story.purge(ann);

    const LINKS =
      'query ($id: ID!) { node(id: $id) { ... on Change { undoes { id edits { purged before after } } } } }';
    expect(await answerOf(graph, LINKS, { role: 'ADMIN', variables: { id: change?.id } })).toEqual({
      node: { undoes: { id: renamed?.id, edits: [{ purged: true, before: null, after: null }] } },
    });
    await clean();
  });

  test('of a merge gives the original records back, and lists what was edited since as a conflict (T17)', async () => {
    const [kim, k, kanye] = [
      story.person('Kim'),
      story.person('K.', { description: 'A designer' }),
      story.person('Kanye'),
    ];
    const marriage = story.marriage(k, kanye, { start: '2014-05-24' });
    await story.tell();
    const both =
      'query ($a: ID!, $b: ID!) { a: person(id: $a) { name aliases { name } } b: person(id: $b) { id name aliases { name } description partners { nodes { name } } } }';
    const seen = () => answerOf(graph, both, { variables: { a: kim, b: k } });
    const before = await seen();
    const merged = await merge(kim, k);
    story.edit('Person', kim, { description: 'A designer and heiress' });
    story.claim(marriage, 'END', { date: { edtf: '2019-11-29' } }, { evidence: 'RECORD' });
    await story.tell();

    const undone = await undo(merged);

    expect(undone.conflicts).toEqual([{ recordId: kim, type: 'Person', field: 'description', rule: 'CHANGED' }]);
    expect(await seen()).toEqual(before);
    const PARTNERS =
      'query ($id: ID!) { person(id: $id) { partners { edges { periods { end { date { edtf } } } } } } }';
    expect(await answerOf(graph, PARTNERS, { variables: { id: k } })).toEqual({
      person: { partners: { edges: [{ periods: [{ end: { date: { edtf: '2019-11-29' } } }] }] } },
    });
    await clean();
  });

  test('of a merge leaves alone the alias that it brought and somebody edited since, and lists it (T17)', async () => {
    const [kim, k] = [story.person('Kim'), story.person('K.')];
    await story.tell();
    const merged = await merge(kim, k);
    story.edit('Person', kim, { aliases: ['K.', 'Kiki'].map((name) => ({ name, kind: 'NICKNAME' as const })) });
    await story.tell();
    const aliases = async () =>
      (await answerOf<{ person: { aliases: object[] } }>(graph, `{ person(id: "${kim}") { aliases { name kind } } }`))
        .person.aliases;

    const { conflicts } = await undo(merged);

    expect(conflicts).toEqual([{ recordId: kim, type: 'Person', field: 'aliases', rule: 'CHANGED' }]);
    expect(await nameOf(k)).toBe('K.');
    expect(await aliases()).toEqual(['K.', 'Kiki'].map((name) => ({ name, kind: 'NICKNAME' })));
    await undo(merged, true);
    expect(await aliases()).toEqual([{ name: 'Kiki', kind: 'NICKNAME' }]);
    await clean();
  });

  test('of one of two merges leaves the other (T18)', async () => {
    const [kim, k, kk] = [story.person('Kim'), story.person('K.'), story.person('Kim K.')];
    const kanye = story.person('Kanye');
    story.marriage(k, kanye, { start: '2014-05-24' });
    await story.tell();
    const TOLD =
      'mutation ($keep: ID!, $from: ID!) { mergePeople(keep: $keep, from: $from) { change { id } person { id name aliases { name } } } }';
    const mergeInto = async (from: string) =>
      (
        await answerOf<{ mergePeople: { change: { id: string } } }>(graph, TOLD, {
          role: 'EDITOR',
          variables: { keep: kim, from },
        })
      ).mergePeople;

    const preview = await answerOf<{ mergePreview: object }>(
      graph,
      'query ($keep: ID!, $from: ID!) { mergePreview(keep: $keep, from: $from) { moves unifies { from into } refusals { rule } records } }',
      { role: 'REVIEWER', variables: { keep: kim, from: k } },
    );
    const first = await mergeInto(k);
    const second = await mergeInto(kk);
    story.edit('Person', kim, { name: 'Kim West' });
    await story.tell();
    const undone = await undo(first.change.id);

    expect(preview.mergePreview).toMatchObject({ unifies: [{ from: k, into: kim }], refusals: [], records: 3 });
    expect(first).toMatchObject({ person: { id: kim, name: 'Kim', aliases: [{ name: 'K.' }] } });
    expect(undone.conflicts).toEqual([]);
    expect([await nameOf(k), await nameOf(kk), await nameOf(kim)]).toEqual(['K.', 'Kim West', 'Kim West']);
    expect((await undo(second.change.id)).conflicts).toEqual([]);
    expect(await nameOf(kk)).toBe('Kim K.');
    await clean();
  });

  test('of a merge is for ADMIN where whoever stayed was hidden since, for the other would show again', async () => {
    const [kim, k] = [story.person('Kim'), story.person('K.')];
    await story.tell();
    const merged = await merge(kim, k);
    expect(await mayTakeBack(merged, 'EDITOR')).toBeNull();
    story.edit('Person', kim, { visibility: 'PRIVATE' });
    await story.tell();

    const { errors } = await ask(graph, UNDO, { role: 'EDITOR', variables: { change: merged } });

    expect(await mayTakeBack(merged, 'EDITOR')).toEqual({ rule: 'VISIBILITY', record: k });
    expect(errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', rule: 'VISIBILITY', record: k });
    expect(await nameOf(k)).toBeUndefined();
    expect(await mayTakeBack(merged, 'ADMIN')).toBeNull();
  });

  test('of a merge gives an editor no half of it back where the other half is about somebody REMOVED', async () => {
    const [kim, k] = [story.person('Kim'), story.person('Evelyn')];
    await story.tell();
    const merged = await merge(kim, k);
    const parted = await undo(merged);
    story.edit('Person', k, { visibility: 'REMOVED' });
    await story.tell();

    const { undoChange } = await answerOf<{ undoChange: Taken }>(graph, UNDO, {
      role: 'EDITOR',
      variables: { change: parted.change?.id },
    });

    expect(undoChange).toMatchObject({ change: null, conflicts: [] });
    const { person } = await answerOf<{ person: object }>(graph, `{ person(id: "${kim}") { aliases { name } } }`);
    expect(person).toEqual({ aliases: [] });
  });

  test('refuses to merge partners (T16), and says by which rule', async () => {
    const [a, b] = [story.person('A'), story.person('B')];
    story.marriage(a, b, { start: '2014' });
    await story.tell();

    const { errors } = await ask(
      graph,
      'mutation ($a: ID!, $b: ID!) { mergePeople(keep: $a, from: $b) { change { id } } }',
      { role: 'EDITOR', variables: { a, b } },
    );

    expect(errors[0]?.extensions).toMatchObject({ code: 'REFUSED', rule: 'EACH_OTHER' });
    await clean();
  });

  test('a merge refused for what is about somebody REMOVED tells the rule, and the record to ADMIN alone', async () => {
    const [ann, anne, secret] = [story.person('Ann'), story.person('Anne'), story.person('Secret')];
    story.period(story.relationship('PARENT_CHILD', ann, secret), 'BIOLOGICAL');
    story.period(story.relationship('PARENT_CHILD', secret, anne), 'BIOLOGICAL');
    story.edit('Person', secret, { visibility: 'REMOVED' });
    await story.tell();
    const family = relationshipId('PARENT_CHILD', ann, secret);
    const PREVIEWED = `{ mergePreview(keep: "${ann}", from: "${anne}") { refusalCount refusals { rule record } } }`;
    const MERGED = `mutation { mergePeople(keep: "${ann}", from: "${anne}") { change { id } } }`;

    for (const [role, record] of [['EDITOR', null] as const, ['ADMIN', family] as const]) {
      const reason = { rule: 'PARENT_AND_CHILD', record };
      const merge = await ask(graph, MERGED, { role });
      expect(await answerOf(graph, PREVIEWED, { role })).toEqual({
        mergePreview: { refusalCount: 1, refusals: [reason] },
      });
      expect(merge.errors[0]?.extensions).toMatchObject({ code: 'REFUSED', ...reason, refusals: [reason] });
      expect(JSON.stringify(merge.errors).includes(family)).toBe(role === 'ADMIN');
    }
    await clean();
  });

  test('tells what would be done a part at a time, and how much it is', async () => {
    const [kim, k] = [story.person('Kim'), story.person('K.')];
    const claims = ['singer', 'painter', 'writer'].map((text) => story.claim(k, 'OCCUPATION', { text }));
    const told = await story.tell();
    const merge = `mergePreview(keep: "${kim}", from: "${k}")`;
    const undo = `undoPreview(change: "${told?.id}")`;
    const preview = await answerOf<Record<'merge' | 'rest' | 'undo' | 'after', Record<string, string[]>>>(
      graph,
      `{ merge: ${merge} { moveCount moves(first: 2) unifyCount unifies { from } refusalCount } rest: ${merge} { moves(after: 1) unifies(after: 0) { into } }
        undo: ${undo} { recordCount conflictCount records(first: 1) { recordId } } after: ${undo} { records(first: 100, after: 0) { recordId } } }`,
      { role: 'REVIEWER' },
    );

    expect(preview.merge).toMatchObject({ moveCount: 3, unifyCount: 1, unifies: [{ from: k }], refusalCount: 0 });
    expect([...(preview.merge.moves ?? []), ...(preview.rest.moves ?? [])].sort()).toEqual(claims.sort());
    expect(preview.rest).toMatchObject({ moves: [expect.anything()], unifies: [] });
    expect(preview.undo).toMatchObject({ recordCount: told?.edits.length, conflictCount: 0 });
    const records = [...(preview.undo.records ?? []), ...(preview.after.records ?? [])];
    expect(new Set(records.map((each) => JSON.stringify(each))).size).toBe(told?.edits.length);
    for (const first of [0, 101])
      expect((await ask(graph, `{ ${merge} { moves(first: ${first}) } }`, { role: 'REVIEWER' })).errors).toMatchObject([
        { extensions: { code: 'INVALID_INPUT', rule: 'PAGE_SIZE', field: 'first' } },
      ]);
  });

  test('previews are for reviewers and above', async () => {
    const { errors } = await ask(graph, '{ undoPreview(change: "chg_1") { records { recordId } } }', {
      role: 'CONTRIBUTOR',
    });
    const merge = await ask(graph, '{ mergePreview(keep: "a", from: "b") { records } }');

    expect(errors[0]?.extensions.code).toBe('FORBIDDEN');
    expect(merge.errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});
