import { beforeEach, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { loadRecords } from '../../src/store/load.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';

describe.each(enginesHere({ all: true }))('commit on $name', ({ fresh }) => {
  let graph: Graph;
  let story: Telling;
  beforeEach(async () => {
    graph = await fresh();
    story = new Telling(graph);
  });

  const seq = async () => (await graph.read("MATCH (g:Graph {id: 'graph'}) RETURN g.seq AS seq"))[0]?.seq;
  const node = async (id: string) => (await loadRecords(graph, [id])).get(id);
  const links = async () =>
    graph.read(
      'MATCH (a:Person)-[l:LINKED]->(b:Person) RETURN a.id AS a, b.id AS b, l {.*} AS props ORDER BY l.periodId',
    );

  test('writes records, what derives from them and the change, and verifies clean', async () => {
    const [ann, bo] = [story.person('Ann'), story.person('Bo')];
    story.article('Register of marriages', { kind: 'RECORD' });
    const marriage = story.marriage(ann, bo, { start: '2010-05-01', end: '2014' });

    const change = await story.tell({ note: 'first' });

    expect(change).toMatchObject({ seq: 1, actor: 'ann', note: 'first' });
    expect(await seq()).toBe(1);
    expect((await node(marriage))?.props).toMatchObject({ standing: 3, startKnown: true, startMin: 14_730 });
    expect(await links()).toHaveLength(1);
    expect((await verify(graph)).differences).toEqual([]);
  });

  test('answers a change that is there instead of writing it twice', async () => {
    story.person('Ann');
    const first = await story.tell({ id: 'chg_same' });
    story.person('Bo');
    const again = await story.tell({ id: 'chg_same' });

    expect(again).toEqual(first);
    expect(await seq()).toBe(1);
    expect((await verify(graph)).counts).toEqual({ Person: 1 });
  });

  test('drops edits that change nothing; a change without any writes nothing', async () => {
    const ann = story.person('Ann');
    await story.tell();
    story.edit('Person', ann, { name: 'Ann' });

    expect(await story.tell()).toBeNull();
    expect(await seq()).toBe(1);
  });

  test('refuses a stale edit, says who changed what, and leaves nothing behind', async () => {
    const ann = story.person('Ann');
    await story.tell();
    story.edit('Person', ann, { name: 'Anna' });
    await story.tell({ actor: 'bo', expected: { [ann]: 1 } });
    story.edit('Person', ann, { description: 'A singer' });

    await expect(story.tell({ expected: { [ann]: 1 } })).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { record: ann, revision: 2, actor: 'bo', changed: ['name'] },
    });
    expect((await node(ann))?.record).toMatchObject({ name: 'Anna', description: null });
    expect(await seq()).toBe(2);
  });

  test('a refused record in the middle rolls the whole change back', async () => {
    story.person('Ann');
    story.period('rel_nowhere', 'MARRIED');

    await expect(story.tell()).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { rule: 'UNKNOWN_RECORD' } });
    expect((await verify(graph)).counts).toEqual({});
    expect(await seq()).toBe(0);
  });

  test('a claim whose last accepted citation goes becomes PROPOSED and leaves the projection (T13, T14)', async () => {
    const [ann, bo] = [story.person('Ann'), story.person('Bo')];
    const marriage = story.marriage(ann, bo);
    const start = story.claim(marriage, 'START', { date: { edtf: '2010' } }, { evidence: 'RECORD' });
    const second = story.cite(start, { evidence: 'WITNESS' });
    await story.tell();
    const [first] = await graph.read(
      'MATCH (c:Claim {id: $start})-[:HAS]->(t:Citation) WHERE t.id <> $second RETURN t.id AS id',
      { start, second },
    );

    story.edit('Citation', second, { verdict: 'REJECTED' });
    await story.tell();
    expect((await node(start))?.record).toMatchObject({ verdict: 'ACCEPTED' });

    story.edit('Citation', String(first?.id), { verdict: 'REJECTED' });
    await story.tell();
    expect((await node(start))?.record).toMatchObject({ verdict: 'PROPOSED', verdictNote: 'unsupported' });
    expect((await node(marriage))?.props.startKnown).toBe(false);
    expect((await verify(graph)).differences).toEqual([]);
  });

  test('accepting a claim without an accepted citation is refused', async () => {
    const ann = story.person('Ann');
    story.claim(ann, 'BIRTH', { date: { edtf: '1980' } }, { citation: 'PROPOSED' });

    await expect(story.tell()).rejects.toMatchObject({ code: 'REFUSED', details: { rule: 'UNSUPPORTED' } });
  });

  test('a birth that becomes known clamps every romance of that person', async () => {
    const [ann, bo] = [story.person('Ann'), story.person('Bo')];
    const marriage = story.marriage(ann, bo);
    await story.tell();
    const before = (await node(marriage))?.props.startMin;

    story.born(ann, '1980-01-01');
    await story.tell();

    expect(Number((await node(marriage))?.props.startMin)).toBeGreaterThan(Number(before));
    expect((await verify(graph)).differences).toEqual([]);
  });

  test('undated articles, visibility, agencies and events change what depends on them', async () => {
    const [ann, bo] = [story.person('Ann'), story.person('Bo', { visibility: 'LIMITED' })];
    const agency = story.article('Agency');
    const copy = story.article('Copy', { basedOn: [agency] });
    const other = story.article('Other', { published: null });
    const dated = story.period(story.relationship('ROMANTIC', ann, bo), 'DATING', { start: '2015' }, { by: copy });
    story.cite(story.claim(dated, 'EXISTS', { state: 'PRESENT' }, { by: other, evidence: 'PRINCIPAL', side: bo }), {
      by: agency,
    });
    await story.tell();
    expect((await verify(graph)).differences).toEqual([]);
    expect((await node(dated))?.props.standing).toBe(1);

    story.edit('Person', bo, { visibility: 'PUBLIC' });
    await story.tell();
    expect((await verify(graph)).differences).toEqual([]);
    expect((await node(dated))?.props.standing).toBe(3);

    story.edit('Article', agency, { outlet: 'Renamed', published: '2021-02' });
    story.edit('Article', other, { published: '2019' });
    const wedding = story.event(
      'WEDDING',
      [
        { person: ann, role: 'PARTY' },
        { person: bo, role: 'PARTY' },
      ],
      '2018-03-04',
    );
    const married = story.marriage(ann, bo);
    story.edit('Period', married, { startedBy: wedding });
    await story.tell();
    expect((await verify(graph)).differences).toEqual([]);
    expect((await node(married))?.props).toMatchObject({ startKnown: true, startMin: 17_594, startMax: 17_594 });
  });

  test('who is known from an event only comes of age by when its articles first told of it, and not once they are out of it', async () => {
    const [ann, bo] = [story.person('Ann', { adult: false }), story.person('Bo')];
    const told = story.article('Told', { published: '2000-01-01' });
    const subjects = [ann, bo].map((person) => ({ person, role: 'SUBJECT' as const }));
    const met = story.event('MET', subjects, '1999', { by: told });
    await story.tell();
    const adultFrom = async () => (await node(ann))?.props.adultFrom;
    expect(await adultFrom()).toBe(17_532);

    story.edit('Article', told, { published: '2010-01-01' });
    await story.tell();
    expect((await verify(graph)).differences).toEqual([]);
    expect(await adultFrom()).toBe(21_184);

    story.edit('Event', met, { participants: subjects.slice(1) });
    await story.tell();
    expect((await verify(graph)).differences).toEqual([]);
    expect(await adultFrom()).toBe(1_000_000_000);
  });

  test('two relationships change pairs in one change, whichever comes first', async () => {
    const [ann, bo, cy] = [story.person('Ann'), story.person('Bo'), story.person('Cy')];
    const [one, other] = [story.relationship('PARENT_CHILD', ann, bo), story.relationship('PARENT_CHILD', ann, cy)];
    await story.tell();
    const swap = (first: string, second: string, pairs: readonly [string, string]) => {
      story.edit('Relationship', first, { b: pairs[0] });
      story.edit('Relationship', second, { b: pairs[1] });
      return story.tell();
    };

    await swap(one, other, [cy, bo]);
    await swap(other, one, [cy, bo]);

    expect([(await node(one))?.record, (await node(other))?.record]).toMatchObject([{ b: bo }, { b: cy }]);
    expect((await verify(graph)).differences).toEqual([]);
  });

  test('refuses to remove what others refer to, and removes it with them', async () => {
    const [ann, bo] = [story.person('Ann'), story.person('Bo')];
    const marriage = story.marriage(ann, bo);
    await story.tell();
    story.edit('Period', marriage, null);
    await expect(story.tell()).rejects.toMatchObject({ code: 'REFUSED', details: { rule: 'DEPENDENTS' } });

    const hanging = await graph.read(
      'MATCH (d:Period)<-[:ABOUT]-(c:Claim)-[:HAS]->(t:Citation) RETURN c.id AS claim, t.id AS citation',
    );
    for (const { claim, citation } of hanging) {
      story.edit('Citation', String(citation), null);
      story.edit('Claim', String(claim), null);
    }
    story.edit('Period', marriage, null);
    await story.tell();

    expect(await links()).toEqual([]);
    expect((await verify(graph)).differences).toEqual([]);
  });

  test('an article is not based on itself, however far around', async () => {
    const first = story.article('First');
    const second = story.article('Second', { basedOn: [first] });
    await story.tell();
    story.edit('Article', first, { basedOn: [second] });

    await expect(story.tell()).rejects.toMatchObject({ code: 'REFUSED', details: { rule: 'CYCLE' } });
  });

  test('an article is not dated before what it tells', async () => {
    const [ann, bo] = [story.person('Ann'), story.person('Bo')];
    const article = story.article('Report');
    story.marriage(ann, bo, { start: '2015' });
    await story.tell();
    story.edit('Article', article, { published: '2014' });

    await expect(story.tell()).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { rule: 'FUTURE' } });
  });

  test('sources that exclude each other leave one contradiction, which goes with its claim (T12)', async () => {
    const [ann, bo] = [story.person('Ann'), story.person('Bo')];
    const marriage = story.marriage(ann, bo, { end: '2014-06-12' });
    const other = story.claim(marriage, 'END', { date: { edtf: '2016' } }, { evidence: 'RECORD' });
    await story.tell();
    const contradictions = () =>
      graph.read('MATCH (k:Contradiction)-[:BETWEEN]->(c:Claim) RETURN k.type AS type, c.id AS claim');
    expect(await contradictions()).toHaveLength(2);
    expect((await verify(graph)).differences).toEqual([]);

    story.edit('Claim', other, { verdict: 'REJECTED' });
    await story.tell();
    expect(await contradictions()).toEqual([]);
    expect((await verify(graph)).differences).toEqual([]);
  });
});
