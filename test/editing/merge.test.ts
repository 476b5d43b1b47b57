import { beforeEach, describe, expect, test } from 'vitest';
import { idFromKey, relationshipId } from '../../src/domain/ids.js';
import type { Editor } from '../../src/editing/editor.js';
import { markDifferent, mergePeople, mergePreview } from '../../src/editing/merge.js';
import { undo } from '../../src/editing/undo.js';
import type { Graph } from '../../src/graph/graph.js';
import { loadRecords } from '../../src/store/load.js';
import { people } from '../../src/store/person.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';

describe.each(enginesHere({ all: true }))('merge on $name', ({ fresh }) => {
  let graph: Graph;
  let story: Telling;
  let orders = 0;
  const editor = (): Editor => {
    orders += 1;
    return { graph, actor: 'bo', at: '2026-02-01T00:00:00Z', changeId: `chg_order${orders}`, note: null };
  };
  const merge = (keep: string, from: string) => mergePeople(editor(), { keep, from, large: false });
  const record = async (id: string) => (await loadRecords(graph, [id])).get(id)?.record;
  const clean = async () => expect((await verify(graph)).differences).toEqual([]);
  const decisions = async () =>
    (await graph.read('MATCH (n) WHERE n.revision IS NOT NULL RETURN n.id AS id ORDER BY id')).map(({ id }) =>
      String(id),
    );
  const snapshot = async () => {
    const found = await loadRecords(graph, await decisions());
    return Object.fromEntries([...found].map(([id, { record: each }]) => [id, each]));
  };
  beforeEach(async () => {
    graph = await fresh();
    story = new Telling(graph);
  });

  test('moves everything that hangs on the one to the other, whose ids lead on for ever (T19)', async () => {
    const [kim, k, kanye] = [story.person('Kim Kardashian'), story.person('Kim K.'), story.person('Kanye')];
    const marriage = story.marriage(k, kanye, { start: '2014-05-24' });
    story.born(k, '1980-10-21');
    const mention = { surface: 'Kim K.', part: 'TITLE', from: 0, to: 6, person: k } as const;
    const article = story.article('Kim K. and Kanye', { mentions: [mention] });
    const wedding = story.event(
      'WEDDING',
      [k, kanye].map((person) => ({ person, role: 'PARTY' as const })),
      '2014-05-24',
    );
    story.claim(k, 'OCCUPATION', { text: 'designer' }, { evidence: 'PRINCIPAL', side: k });
    await story.tell();
    const slug = String(((await record(k)) as { slug: string }).slug);

    await merge(kim, k);

    expect(await record(relationshipId('ROMANTIC', k, kanye))).toMatchObject({ a: [kim, kanye].sort()[0] });
    expect(await record(kim)).toMatchObject({ aliases: [{ name: 'Kim K.', kind: 'SPELLING' }] });
    expect(await record(article)).toMatchObject({ mentions: [{ person: kim }] });
    expect(await record(wedding)).toMatchObject({ participants: [{ person: kim }, { person: kanye }] });
    expect((await people(graph, [k, slug])).map((person) => person?.id)).toEqual([kim, kim]);
    expect(await record(marriage)).toMatchObject({ relationship: relationshipId('ROMANTIC', k, kanye) });
    await clean();
  });

  test('unifies relationships and periods with the same other; dated beats undated; a reunion stays', async () => {
    const [ann, anne, bo] = [story.person('Ann'), story.person('Anne'), story.person('Bo')];
    const undated = story.marriage(ann, bo);
    const dated = story.marriage(anne, bo, { start: '2010', end: '2012' });
    const again = story.period(relationshipId('ROMANTIC', anne, bo), 'MARRIED', { start: '2015', end: '2016' });
    const friends = story.period(story.relationship('FRIEND', anne, bo), 'UNSPECIFIED');
    await story.tell();
    const preview = await mergePreview(graph, ann, anne);

    await merge(ann, anne);

    const kept = relationshipId('ROMANTIC', ann, bo);
    expect(preview.unifies).toContainEqual({ from: relationshipId('ROMANTIC', anne, bo), into: kept });
    expect(await record(undated)).toMatchObject({ mergedInto: dated });
    const [said] = await graph.read(
      'MATCH (r:Relationship {id: $kept})<-[:ABOUT]-(c:Claim) RETURN count(c) AS claims',
      { kept },
    );
    expect(said).toEqual({ claims: 1 });
    expect(await record(dated)).toMatchObject({ relationship: kept, mergedInto: null });
    expect(await record(again)).toMatchObject({ relationship: kept, mergedInto: null });
    expect(await record(friends)).toMatchObject({ mergedInto: null });
    await clean();
  });

  test('an undated period takes the date of the one that it unifies with, whichever side it is on', async () => {
    for (const [first, second] of [
      [{}, { start: '2010' }],
      [{ start: '2010' }, {}],
    ] as const) {
      const [ann, anne, bo] = [story.person('Ann'), story.person('Anne'), story.person('Bo')];
      const [a, b] = [story.marriage(ann, bo, first), story.marriage(anne, bo, second)];
      await story.tell();

      await merge(ann, anne);

      const [undated, dated] = 'start' in first ? [b, a] : [a, b];
      expect(await record(undated)).toMatchObject({ mergedInto: dated });
      expect(await record(dated)).toMatchObject({
        relationship: relationshipId('ROMANTIC', ann, bo),
        mergedInto: null,
      });
    }
    await clean();
  });

  test('refuses two who have a relationship with each other, are marked as different, or where one is hidden (T16)', async () => {
    const [ann, bo, cy, di] = [
      story.person('Ann'),
      story.person('Bo'),
      story.person('Cy'),
      story.person('Di', { visibility: 'PRIVATE' }),
    ];
    story.marriage(ann, bo);
    await story.tell();
    await markDifferent(editor(), ann, cy);
    const before = await snapshot();

    await expect(merge(ann, bo)).rejects.toMatchObject({ code: 'REFUSED', details: { rule: 'EACH_OTHER' } });
    await expect(merge(cy, ann)).rejects.toMatchObject({
      code: 'REFUSED',
      details: { field: 'from', rule: 'NOT_SAME_AS' },
    });
    await expect(merge(ann, di)).rejects.toMatchObject({ code: 'REFUSED', details: { rule: 'VISIBILITY' } });
    await expect(merge(ann, ann)).rejects.toMatchObject({ code: 'REFUSED', details: { refusals: [{ rule: 'SELF' }] } });
    await expect(merge(ann, 'per_nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await markDifferent(editor(), ann, cy)).toBeNull();
    expect(await snapshot()).toEqual(before);
  });

  test.each(['PROPOSED', 'REJECTED'] as const)(
    'goes on where what the two have with each other is %s, which comes back with its undoing',
    async (verdict) => {
      const [ann, anne, anna, bo] = story.people('Ann', 'Anne', 'Anna', 'Bo');
      const untold = story.marriage(ann, anne, { start: '2010' }, { verdict });
      // What is a pointer to it since an earlier merge goes along.
      story.marriage(anna, anne, { start: '2010' }, { verdict });
      story.marriage(anne, bo, { start: '2015' });
      const one = story.claim(untold, 'END', { date: { edtf: '2012' } }, { verdict });
      const other = story.claim(untold, 'END', { date: { edtf: '2013' } }, { verdict });
      const answer = { claims: [one, other], kind: 'UNRESOLVABLE', note: 'Who knows', basis: 'x' };
      story.edit('Resolution', idFromKey('Resolution', 'r'), answer);
      await story.tell();
      await merge(ann, anna);
      const before = await snapshot();
      const preview = await mergePreview(graph, ann, anne);

      const change = await merge(ann, anne);

      const removed = (change?.edits ?? []).filter(({ after }) => after === null).map(({ recordId }) => recordId);
      expect([...preview.removes].sort()).toEqual(removed.sort());
      expect(removed).toEqual(expect.arrayContaining([untold, one, other, relationshipId('ROMANTIC', ann, anne)]));
      expect([preview.refusals, preview.edits.length]).toEqual([[], change?.edits.length]);
      await clean();
      expect((await undo(editor(), String(change?.id), false)).conflicts).toEqual([]);
      expect(await snapshot()).toEqual(before);
      await clean();
    },
  );

  test('makes nobody parent and child of one: the roles that something accepted tells stay, two that are told are refused', async () => {
    const [ann, anne, bo] = story.people('Ann', 'Anne', 'Bo');
    const family = (a: string, b: string, verdict: 'PROPOSED' | 'ACCEPTED') =>
      story.period(story.relationship('PARENT_CHILD', a, b), 'BIOLOGICAL', {}, { verdict });
    const untold = family(ann, bo, 'PROPOSED');
    const told = family(bo, anne, 'ACCEPTED');
    await story.tell();
    const before = await snapshot();

    const change = await merge(ann, anne);

    expect(await record(relationshipId('PARENT_CHILD', bo, anne))).toMatchObject({ a: bo, b: ann, mergedInto: null });
    expect([await record(untold), await record(told)]).toEqual([undefined, expect.objectContaining({ id: told })]);
    await clean();
    await undo(editor(), String(change?.id), false);
    const other = await merge(anne, ann);
    expect(await record(relationshipId('PARENT_CHILD', ann, bo))).toBeUndefined();
    await clean();
    await undo(editor(), String(other?.id), false);
    expect(await snapshot()).toEqual(before);

    story.claim(untold, 'EXISTS', { state: 'PRESENT' });
    await story.tell();
    await expect(merge(ann, anne)).rejects.toMatchObject({ code: 'REFUSED', details: { rule: 'PARENT_AND_CHILD' } });
  });

  test('is undone to the original records, and a later edit is listed as a conflict (T17)', async () => {
    const [ann, anne, bo, cy] = [story.person('Ann'), story.person('Anne'), story.person('Bo'), story.person('Cy')];
    story.marriage(ann, bo, { start: '2010' });
    story.marriage(anne, bo, { start: '2010-05' });
    story.marriage(anne, cy, { start: '2015' });
    story.born(anne, '1980');
    await story.tell();
    const before = await snapshot();
    const change = await merge(ann, anne);

    const copy = await undo(editor(), String(change?.id), false);
    expect(copy.conflicts).toEqual([]);
    expect(await snapshot()).toEqual(before);
    await clean();

    const again = await merge(ann, anne);
    const marriage = relationshipId('ROMANTIC', anne, cy);
    story.edit('Person', ann, { description: 'A singer', externalIds: ['x:1'] });
    story.edit('Person', anne, { mergedInto: null });
    await story.tell();
    const undone = await undo(editor(), String(again?.id), false);

    expect(undone.conflicts).toEqual([]);
    expect(await record(marriage)).toMatchObject(before[marriage] as object);
    expect(await record(ann)).toMatchObject({ ...before[ann], description: 'A singer', externalIds: ['x:1'] });
    await clean();
  });

  test('two merges: undoing the first leaves the second (T18)', async () => {
    const [ann, anne, anna, bo] = [story.person('Ann'), story.person('Anne'), story.person('Anna'), story.person('Bo')];
    story.marriage(anne, bo, { start: '2010' });
    story.period(story.relationship('FRIEND', anna, bo), 'UNSPECIFIED');
    await story.tell();
    const first = await merge(ann, anne);
    await merge(ann, anna);

    const undone = await undo(editor(), String(first?.id), false);

    expect(undone.conflicts).toEqual([]);
    expect(await record(anne)).toMatchObject({ mergedInto: null });
    expect(await record(anna)).toMatchObject({ mergedInto: ann });
    expect(await record(ann)).toMatchObject({ aliases: [{ name: 'Anna' }] });
    await clean();
  });

  test('two merges of people with one partner: undoing the first gives back nothing that is said of the second', async () => {
    const [ann, anne, anna, bo, cy] = ['Ann', 'Anne', 'Anna', 'Bo', 'Cy'].map((name) => story.person(name)) as [
      string,
      string,
      string,
      string,
      string,
    ];
    story.marriage(anne, bo, { start: '2010' });
    story.marriage(anna, bo, { start: '2004' });
    story.marriage(ann, cy, { start: '1990' });
    const withAnne = story.marriage(anne, cy, { start: '2010' });
    const withAnna = story.marriage(anna, cy, { start: '2010' });
    await story.tell();
    const before = await snapshot();
    const [ofAnne, ofAnna] = [relationshipId('ROMANTIC', anne, bo), relationshipId('ROMANTIC', anna, bo)];

    const first = await merge(ann, anne);
    const second = await merge(ann, anna);
    const merged = await snapshot();
    const undone = await undo(editor(), String(first?.id), false);

    expect(new Set(undone.conflicts.map(({ rule, recordId, dependents }) => [rule, recordId, ...dependents]))).toEqual(
      new Set([
        ['DEPENDENTS', ofAnne, ofAnna],
        ['DEPENDENTS', withAnne, withAnna],
      ]),
    );
    expect(await record(anne)).toEqual(before[anne]);
    expect([await record(ofAnne), await record(withAnne)]).toEqual([merged[ofAnne], merged[withAnne]]);
    await clean();
    await undo(editor(), String(second?.id), false);
    await undo(editor(), String(first?.id), false);
    expect(await snapshot()).toEqual(before);
  });

  test('a period recorded while two people were one stays with who stayed when they are parted, and is listed', async () => {
    const [ann, anne, bo] = [story.person('Ann'), story.person('Anne'), story.person('Bo')];
    story.marriage(anne, bo, { start: '2004', end: '2010' });
    await story.tell();
    const before = await snapshot();
    const moved = relationshipId('ROMANTIC', anne, bo);
    const change = String((await merge(ann, anne))?.id);
    const again = story.period(moved, 'MARRIED', { start: '2015' });
    await story.tell();
    const both = await record(moved);

    const undone = await undo(editor(), change, false);

    expect(undone.conflicts).toEqual([
      expect.objectContaining({ recordId: moved, rule: 'DEPENDENTS', dependents: [again] }),
    ]);
    expect([await record(moved), await record(anne)]).toEqual([both, before[anne]]);
    await clean();
    story.edit('Period', again, null);
    for (const [id, { type }] of await loadRecords(graph, await decisions()))
      if (!(id in before) && id !== again) story.edit(type, id, null);
    await story.tell();
    await undo(editor(), change, false);
    expect(await snapshot()).toEqual(before);
  });

  test('what was itself merged since stays with whoever has it when an earlier merge is undone', async () => {
    const [ann, anne, anna, bo] = [story.person('Ann'), story.person('Anne'), story.person('Anna'), story.person('Bo')];
    story.marriage(anne, bo, { start: '2010' });
    story.marriage(anna, bo, { start: '2004' });
    await story.tell();
    const before = await snapshot();
    const ofAnne = relationshipId('ROMANTIC', anne, bo);
    const first = await merge(ann, anne);
    const second = await merge(anna, ann);

    const undone = await undo(editor(), String(first?.id), false);

    expect(undone.conflicts).toContainEqual(
      expect.objectContaining({ recordId: ofAnne, rule: 'CHANGED', field: 'mergedInto' }),
    );
    await clean();
    await undo(editor(), String(second?.id), false);
    await undo(editor(), String(first?.id), false);
    expect(await snapshot()).toEqual(before);
  });

  test('is not done again by undoing its undo where somebody has come to hang on whoever would go, or hides them', async () => {
    const [ann, anne, bo] = [story.person('Ann'), story.person('Anne'), story.person('Bo')];
    story.marriage(anne, bo, { start: '2010' });
    await story.tell();
    const undone = await undo(editor(), String((await merge(ann, anne))?.id), false);
    const again = () => undo(editor(), String(undone.change?.id), true);
    story.edit('Person', anne, { visibility: 'PRIVATE' });
    await story.tell();
    const parted = await snapshot();

    await expect(again()).rejects.toMatchObject({ code: 'REFUSED', details: { rule: 'VISIBILITY', record: anne } });
    expect(await snapshot()).toEqual(parted);

    story.edit('Person', anne, { visibility: 'PUBLIC' });
    story.marriage(ann, anne, { start: '2020' });
    await story.tell();
    await expect(again()).rejects.toMatchObject({ code: 'REFUSED', details: { rule: 'MERGED', record: anne } });
    await clean();
  });

  test('a name that a later merge gave on, and a place that one more took, are listed and left when an earlier one is undone', async () => {
    const [ann, anne, anna, bo] = story.people('Ann', 'Anne', 'Anna', 'Bo');
    const party = (person: string) => ({ person, role: 'PARTY' as const });
    const event = story.event('APPEARANCE', [party(anne), party(bo)]);
    await story.tell();
    const before = await snapshot();
    const first = await merge(ann, anne);
    const second = await merge(ann, bo);
    const third = await merge(anna, ann);

    const undone = await undo(editor(), String(first?.id), false);

    const held = undone.conflicts.map(({ recordId, rule, field }) => [recordId, rule, field]);
    expect(held).toEqual(
      expect.arrayContaining([
        [event, 'CHANGED', 'participants'],
        [ann, 'CHANGED', 'mergedInto'],
      ]),
    );
    expect(await record(event)).toMatchObject({ participants: [party(anna)] });
    await clean();
    for (const change of [third, second, first]) await undo(editor(), String(change?.id), false);
    expect(await snapshot()).toEqual(before);
  });

  test('nothing new hangs on somebody who was merged away', async () => {
    const [ann, anne, bo] = [story.person('Ann'), story.person('Anne'), story.person('Bo')];
    await story.tell();
    await merge(ann, anne);
    story.marriage(anne, bo);

    await expect(story.tell()).rejects.toMatchObject({ code: 'REFUSED', details: { rule: 'MERGED' } });
  });
});
