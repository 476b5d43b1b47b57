import { beforeEach, describe, expect, test } from 'vitest';
import { updateArticle } from '../../src/editing/article.js';
import type { Editor } from '../../src/editing/editor.js';
import { undo, undoBatch } from '../../src/editing/undo.js';
import { undoPreview } from '../../src/editing/undo-plan.js';
import type { Graph } from '../../src/graph/graph.js';
import { loadRecords } from '../../src/store/load.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';

describe.each(enginesHere({ all: true }))('undo on $name', ({ fresh }) => {
  let graph: Graph;
  let story: Telling;
  let undos = 0;
  const editor = (): Editor => {
    undos += 1;
    return { graph, actor: 'bo', at: '2026-02-01T00:00:00Z', changeId: `chg_undo${undos}`, note: null };
  };
  const record = async (id: string) => (await loadRecords(graph, [id])).get(id)?.record;
  const clean = async () => expect((await verify(graph)).differences).toEqual([]);
  beforeEach(async () => {
    graph = await fresh();
    story = new Telling(graph);
  });

  test('puts fields back, and a later edit of another field is no conflict', async () => {
    const ann = story.person('Ann');
    await story.tell();
    story.edit('Person', ann, { name: 'Anna', description: 'A singer' });
    const renamed = await story.tell();
    story.edit('Person', ann, { externalIds: ['wikidata:Q1'] });
    await story.tell();

    const undone = await undo(editor(), String(renamed?.id), false);

    expect(undone.conflicts).toEqual([]);
    expect(await record(ann)).toMatchObject({ name: 'Ann', description: null, externalIds: ['wikidata:Q1'] });
    await clean();
  });

  test('lists a field that was changed since and leaves it alone; force overwrites it (T26)', async () => {
    const ann = story.person('Ann');
    await story.tell();
    story.edit('Person', ann, { name: 'Anna', description: 'A singer' });
    const first = await story.tell();
    story.edit('Person', ann, { name: 'Anne' });
    await story.tell();

    const gentle = await undo(editor(), String(first?.id), false);
    expect(gentle.conflicts).toMatchObject([{ recordId: ann, type: 'Person', field: 'name', rule: 'CHANGED' }]);
    expect(await record(ann)).toMatchObject({ name: 'Anne', description: null });

    await expect(undo(editor(), String(first?.id), false)).rejects.toMatchObject({ code: 'CONFLICT' });
    await undo(editor(), String(first?.id), true);
    expect(await record(ann)).toMatchObject({ name: 'Ann' });
    await clean();
  });

  test('takes lists back item by item', async () => {
    const ann = story.person('Ann', { externalIds: ['a:1', 'a:2'] });
    await story.tell();
    story.edit('Person', ann, { externalIds: ['a:1', 'b:3'] });
    const change = await story.tell();
    story.edit('Person', ann, { externalIds: ['a:1', 'b:3', 'c:4'] });
    await story.tell();

    expect((await undo(editor(), String(change?.id), false)).conflicts).toEqual([]);
    expect(await record(ann)).toMatchObject({ externalIds: ['a:1', 'c:4', 'a:2'] });
  });

  test('removes what a change made, unless it was edited since or others refer to it', async () => {
    const [ann, bo] = [story.person('Ann'), story.person('Bo')];
    const made = await story.tell();
    story.marriage(ann, bo, { start: '2010' });
    const married = await story.tell();

    await expect(undo(editor(), String(made?.id), false)).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { conflicts: [{ rule: 'DEPENDENTS' }, { rule: 'DEPENDENTS' }] },
    });
    await undo(editor(), String(married?.id), false);
    await undo(editor(), String(made?.id), false);

    expect((await verify(graph)).counts).toEqual({});
    await clean();
  });

  test('with force takes along whatever refers to what it removes', async () => {
    const [ann, bo] = [story.person('Ann'), story.person('Bo')];
    const made = await story.tell();
    story.marriage(ann, bo, { start: '2010' });
    await story.tell();

    const preview = await undoPreview(graph, String(made?.id), true, { level: 2 });
    await undo(editor(), String(made?.id), true);

    expect(preview.edits.length).toBe(8);
    expect((await verify(graph)).counts).toEqual({ Article: 1 });
    await clean();
  });

  test('an undo can be undone', async () => {
    const [ann, bo] = [story.person('Ann'), story.person('Bo')];
    const marriage = story.marriage(ann, bo, { start: '2010' });
    const made = await story.tell();
    const { change } = await undo(editor(), String(made?.id), false);
    expect(await record(marriage)).toBeUndefined();

    await undo(editor(), String(change?.id), false);

    expect(await record(marriage)).toMatchObject({ type: 'MARRIED' });
    await clean();
  });

  test('takes a batch back, newest first, and says what it left alone', async () => {
    const [ann, bo] = [story.person('Ann'), story.person('Bo')];
    await story.tell({ batch: 'b' });
    story.marriage(ann, bo, { start: '2010' });
    await story.tell({ batch: 'b' });
    story.edit('Person', bo, { name: 'Bob' });
    await story.tell();

    const undone = await undoBatch(editor(), 'b');

    expect(undone.map(({ conflicts }) => conflicts.map(({ recordId, rule }) => [recordId, rule]))).toEqual([
      [],
      [[bo, 'CHANGED']],
    ]);
    expect((await verify(graph)).counts).toEqual({ Person: 1 });
    await clean();
    await expect(undoBatch(editor(), 'none')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test.each(Object.entries(BATCHES))('takes back whole a batch that %s', async (_what, tell) => {
    const before = story.person('Before', { externalIds: ['wikidata:Q1', 'wikidata:Q2'] });
    await story.tell();
    const first = await record(before);
    await tell(story, before, () => story.tell({ batch: 'b' }));

    const undone = await undoBatch(editor(), 'b');

    expect(undone.flatMap(({ conflicts }) => conflicts)).toEqual([]);
    expect((await verify(graph)).counts).toEqual({ Person: 1 });
    expect(await record(before)).toEqual(first);
    await clean();
  });

  const WORDS = 'They met. They wed.';
  const reword = async (id: string, text: string) =>
    updateArticle(editor(), id, { text, mentionsReviewed: true }, null, {
      revision: (await loadRecords(graph, [id])).get(id)?.revision as number,
    });

  test('of a text reopens what was quoted from it since, moves what stands elsewhere, and loses the mentions that it lost', async () => {
    const [ann, bo] = [story.person('Ann'), story.person('Bo')];
    const marriage = story.marriage(ann, bo);
    const end = story.claim(marriage, 'END', { state: 'ENDED' });
    const article = story.article('News', { text: WORDS });
    await story.tell();
    const change = await reword(article, `Ann is here. ${WORDS} They split.`);
    const met = story.cite(end, { by: article, quoted: { quote: 'They met.', from: 13 } });
    const ended = story.claim(
      marriage,
      'END',
      { state: 'ONGOING' },
      { by: article, quoted: { quote: 'They split.', from: 33 } },
    );
    const mentions = [{ person: ann, part: 'TEXT', surface: 'Ann', from: 0, to: 3 }] as const;
    story.edit('Article', article, { mentions });
    await story.tell();

    const { conflicts } = await undo(editor(), String(change?.id), false);

    expect(conflicts).toEqual([]);
    expect(await record(article)).toMatchObject({ text: WORDS, version: 1, mentions: [] });
    expect(await record(met)).toMatchObject({ from: 0, to: 9, verdict: 'ACCEPTED' });
    expect(await record(ended)).toMatchObject({ verdict: 'PROPOSED', verdictNote: 'unsupported' });
    await clean();
  });

  test('of a text that was changed since gives no quote a place where it does not stand', async () => {
    const [ann, bo] = [story.person('Ann'), story.person('Bo')];
    const start = story.claim(story.marriage(ann, bo), 'START', { date: { edtf: '2010' } });
    const article = story.article('News', { text: WORDS });
    const wed = story.cite(start, { by: article, quoted: { quote: 'They wed.', from: 10 } });
    await story.tell();
    const change = await reword(article, `First. ${WORDS}`);
    await reword(article, `First. ${WORDS} More.`);

    const refused = undo(editor(), String(change?.id), false);

    await expect(refused).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await record(wed)).toMatchObject({ from: 17, to: 26, verdict: 'ACCEPTED' });
    await undo(editor(), String(change?.id), true);
    expect(await record(article)).toMatchObject({ text: WORDS });
    expect(await record(wed)).toMatchObject({ from: 10, to: 19 });
    await clean();
  });

  test('goes on with a batch of which somebody else has taken a change back already', async () => {
    story.person('Ann');
    const first = await story.tell({ batch: 'b' });
    story.person('Bo');
    const last = await story.tell({ batch: 'b' });
    await undo({ ...editor(), actor: 'cy' }, String(last?.id), false);

    const undone = await undoBatch(editor(), 'b');

    expect(undone.map(({ change, conflicts }) => [change?.undoes, conflicts])).toEqual([
      [undefined, []],
      [first?.id, []],
    ]);
    // Whoever finished it has what they want.
    expect((await undoBatch(editor(), 'b')).map(({ change }) => change)).toEqual([null, null]);
    await expect(undoBatch({ ...editor(), actor: 'cy' }, 'b')).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { rule: 'UNDONE', field: 'batch', actor: 'bo' },
    });
    expect((await verify(graph)).counts).toEqual({});
    await clean();
  });

  test('goes on with a batch where it was interrupted, under the same id', async () => {
    story.person('Ann');
    await story.tell({ batch: 'b' });
    story.person('Bo');
    const last = await story.tell({ batch: 'b' });
    const order = editor();
    await undo({ ...order, changeId: `${order.changeId}x0` }, String(last?.id), false);

    const undone = await undoBatch(order, 'b');

    expect(undone.map(({ change }) => change?.id)).toEqual([`${order.changeId}x0`, `${order.changeId}x1`]);
    expect((await verify(graph)).counts).toEqual({});
    await clean();
  });
});

/** What a batch may do, again and again, to the records that it makes and to one that was there before. */
const BATCHES: Record<string, (story: Telling, before: string, next: () => Promise<unknown>) => Promise<void>> = {
  'edits what it made, lists too': async (story, before, next) => {
    const nickname = (name: string) => ({ name, kind: 'NICKNAME' as const });
    const ann = story.person('Ann', { aliases: ['x', 'y'].map(nickname) });
    await next();
    story.edit('Person', ann, { aliases: ['y'].map(nickname) });
    story.edit('Person', before, { externalIds: ['wikidata:Q2', 'wikidata:Q3'] });
    await next();
    story.edit('Person', ann, { name: 'Anna', aliases: ['z', 'y'].map(nickname) });
    story.edit('Person', before, { externalIds: [] });
    await next();
  },
  'takes back its own quotes and decides anew': async (story, before, next) => {
    const claim = story.claim(before, 'OCCUPATION', { text: 'singer' });
    await next();
    const second = story.cite(claim);
    await next();
    story.edit('Citation', second, { verdict: 'REJECTED' });
    await next();
    story.edit('Claim', claim, { verdict: 'REJECTED' });
    await next();
  },
  'removes what it made and makes it again': async (story, _before, next) => {
    const ann = story.person('Ann');
    await next();
    story.edit('Person', ann, null);
    await next();
    story.edit('Person', ann, { name: 'Ann', slug: 'ann-again' });
    await next();
  },
  'ties later records to earlier ones': async (story, before, next) => {
    const ann = story.person('Ann');
    const period = story.marriage(ann, before, { start: '2010' });
    await next();
    const both = [ann, before].map((person) => ({ person, role: 'PARTY' as const }));
    story.edit('Period', period, { startedBy: story.event('WEDDING', both, '2010') });
    await next();
  },
};
