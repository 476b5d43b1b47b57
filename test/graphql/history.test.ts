import { describe, expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { type Asking, answerOf, ask } from './asking.js';

const REVIEWER: Asking = { role: 'REVIEWER' };
const ADMIN: Asking = { role: 'ADMIN' };

interface ChangeAnswer {
  seq: number;
  actor: string;
  action: string;
  note: string | null;
  editCount: number;
  edits: { type: string; recordId: string; place: number; before: string | null; after: string | null }[];
}

interface Page {
  totalCount: number;
  nodes: ChangeAnswer[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

const CHANGES =
  '{ totalCount nodes { seq actor action note editCount edits { type recordId place before after } } pageInfo { hasNextPage endCursor } }';

describe.each(enginesHere())('The log on $name', (engine) => {
  async function aStory() {
    const graph = await engine.fresh();
    const story = new Telling(graph);
    const [ann, bo, cy] = [story.person('Ann'), story.person('Bo'), story.person('Cy')];
    await story.tell({ action: 'begin' });
    return { graph, story, ann, bo, cy };
  }

  const feed = async (graph: Graph, args: string, asking = REVIEWER) =>
    (await answerOf<{ changes: Page }>(graph, `{ changes(${args}) ${CHANGES} }`, asking)).changes;
  const seqsIn = ({ nodes }: Page) => nodes.map(({ seq }) => seq);
  const historyOf = async (graph: Graph, id: string, args = 'first: 100', asking = REVIEWER) => {
    const type = { per: 'Person', rel: 'Relationship', prd: 'Period', clm: 'Claim', art: 'Article', evt: 'Event' }[
      id.slice(0, 3)
    ];
    const query = `{ node(id: "${id}") { ... on ${type} { history(${args}) ${CHANGES} } } }`;
    const { node } = await answerOf<{ node: { history: Page | null } }>(graph, query, asking);
    return node.history;
  };

  test('is a feed: every change once and in order, whoever writes between two pages', async () => {
    const { graph, story, ann } = await aStory();
    let written = 0;
    const write = async (count: number) => {
      for (let n = 0; n < count; n += 1) {
        written += 1;
        story.edit('Person', ann, { name: `Ann ${written}` });
        await story.tell();
      }
    };
    await write(7);

    const seen: number[] = [];
    for (let since = '0'; ; ) {
      const page = await feed(graph, `since: "${since}", first: 3`);
      if (page.nodes.length === 0) break;
      seen.push(...seqsIn(page));
      since = String(seen.at(-1));
      if (seen.length < 12) await write(2);
    }
    expect(seen).toEqual(Array.from({ length: seen.length }, (_, n) => n + 1));
    expect(seen.length).toBe(1 + written);

    const first = await feed(graph, 'since: "2", first: 4');
    const next = await feed(graph, `since: "2", first: 4, after: "${first.pageInfo.endCursor}"`);
    expect([seqsIn(first), seqsIn(next), first.totalCount]).toEqual([[3, 4, 5, 6], [7, 8, 9, 10], 12]);
    expect(await feed(graph, `since: "${seen.length}"`)).toMatchObject({
      nodes: [],
      totalCount: 0,
      pageInfo: { hasNextPage: false },
    });
  });

  test('says so to whoever comes with a number or a cursor that this log has not reached', async () => {
    const { graph, story, ann } = await aStory();
    const cursorIn = (order: string) => Buffer.from(JSON.stringify([order, { seq: 2 }])).toString('base64url');

    const refused = async (args: string) =>
      (await ask(graph, `{ changes(${args}) { nodes { seq } } }`, REVIEWER)).errors[0]?.extensions;
    const told = { code: 'INVALID_INPUT', rule: 'SINCE', field: 'since' };
    expect(await refused('since: "2"')).toMatchObject(told);
    expect(await refused('since: "2", filter: { actor: "ann" }')).toMatchObject(told);
    const cursor = { code: 'INVALID_INPUT', rule: 'CURSOR', field: 'after' };
    expect(await refused(`since: "0", after: "${cursorIn('SEQ_ASC')}"`)).toMatchObject(cursor);
    expect(await refused(`after: "${cursorIn('SEQ_DESC')}"`)).toMatchObject(cursor);
    story.edit('Person', ann, { name: 'Anne' });
    await story.tell();
    expect(seqsIn(await feed(graph, 'since: "2"'))).toEqual([]);
  });

  test('is listed from the newest without since, and no cursor of the one order is one of the other', async () => {
    const { graph, story, ann } = await aStory();
    for (const name of ['Anna', 'Annie']) {
      story.edit('Person', ann, { name });
      await story.tell({ action: 'rename' });
    }

    const page = await feed(graph, 'first: 2');
    expect([seqsIn(page), page.totalCount, page.pageInfo.hasNextPage]).toEqual([[3, 2], 3, true]);
    const { endCursor } = page.pageInfo;
    expect(seqsIn(await feed(graph, `first: 2, after: "${endCursor}"`))).toEqual([1]);
    const { errors } = await ask(graph, `{ changes(since: "0", after: "${endCursor}") { totalCount } }`, REVIEWER);
    expect(errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', rule: 'CURSOR' });
    for (const since of ['-1', '1.5', 'chg_1', '', '99999999999999999999']) {
      const wrong = await ask(graph, `{ changes(since: "${since}") { totalCount } }`, REVIEWER);
      expect(wrong.errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', rule: 'SINCE', field: 'since' });
    }
  });

  test('is filtered by record, actor, action and batch', async () => {
    const { graph, story, ann, bo } = await aStory();
    story.edit('Person', ann, { name: 'Anna' });
    await story.tell({ actor: 'vera', action: 'rename', batch: 'b1' });
    story.edit('Person', bo, { name: 'Bob' });
    await story.tell({ actor: 'vera', action: 'rename' });
    story.edit('Person', bo, { name: 'Bobby' });
    await story.tell({ actor: 'will', action: 'correct', batch: 'b1' });

    const found = async (filter: string, since = '') => {
      const page = await feed(graph, `${since}filter: {${filter}}`);
      expect(page.totalCount).toBe(page.nodes.length);
      return seqsIn(page);
    };
    expect(await found(`record: "${bo}"`)).toEqual([4, 3, 1]);
    expect(await found(`record: "${bo}"`, 'since: "1", ')).toEqual([3, 4]);
    expect(await found('actor: "vera"')).toEqual([3, 2]);
    expect(await found('action: "correct"')).toEqual([4]);
    expect(await found('batch: "b1"', 'since: "0", ')).toEqual([2, 4]);
    expect(await found(`batch: "b1", record: "${bo}", actor: "will"`)).toEqual([4]);
    expect(await found('actor: "nobody"')).toEqual([]);
  });

  test('is cut to a time, from a moment on and before another, to the fraction of a second', async () => {
    const { graph, story, ann } = await aStory();
    const moments = [
      '2026-03-01T23:59:59.999Z',
      '2026-03-02T00:00:00Z',
      '2026-03-02T12:00:00.5Z',
      '2026-03-03T00:00:00Z',
    ];
    for (const [place, at] of moments.entries()) {
      story.edit('Person', ann, { name: `Ann ${place}` });
      await story.tell({ at, actor: place === 2 ? 'vera' : 'will', action: 'rename' });
    }

    const found = async (filter: string, since = '') => {
      const page = await feed(graph, `${since}filter: {${filter}}`);
      expect(page.totalCount).toBe(page.nodes.length);
      return seqsIn(page);
    };
    const day = 'from: "2026-03-02T00:00:00Z", until: "2026-03-03T00:00:00.000Z"';
    expect(await found(day)).toEqual([4, 3]);
    expect(await found(day, 'since: "3", ')).toEqual([4]);
    expect(await found(`${day}, actor: "vera", record: "${ann}"`)).toEqual([4]);
    expect(await found('from: "2026-03-02T12:00:00.500Z"')).toEqual([5, 4]);
    expect(await found('from: "2026-03-02T12:00:00.5001Z"')).toEqual([5]);
    expect(await found('from: "2026-03-02T00:00:00Z", until: "2026-03-02T12:00:00.5Z"')).toEqual([3]);
    expect(await found('from: "2026-03-02T00:00:00Z", until: "2026-03-02T12:00:00.5001Z"')).toEqual([4, 3]);
    expect(await found('until: "2026-03-02T00:00:00Z", from: "2026-03-02T00:00:00Z"')).toEqual([]);
    const count = (filter: string) => `changes(filter: { action: "rename", ${day}${filter} }) { totalCount }`;
    const counted = await ask(graph, `{ mine: ${count(', actor: "vera"')} all: ${count('')} }`, REVIEWER);
    expect(counted.data).toEqual({ mine: { totalCount: 1 }, all: { totalCount: 2 } });
    expect(counted.statements).toEqual(['seqNow', 'seqNow', 'countChanges', 'countChanges']);
    for (const [filter, rule, field] of [
      ['from: "2026-03-02"', 'DATE_TIME', 'filter.from'],
      ['until: "yesterday"', 'DATE_TIME', 'filter.until'],
      ['from: "2026-03-02T00:00:00.001Z", until: "2026-03-02T00:00:00Z"', 'DATE_ORDER', 'filter.until'],
    ]) {
      const { errors } = await ask(graph, `{ changes(filter: {${filter}}) { totalCount } }`, REVIEWER);
      expect(errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', rule, field });
    }
  });

  test('tells each edit with what was before and after, in order, in pages of its own', async () => {
    const { graph, story, ann, bo } = await aStory();
    story.edit('Person', bo, { name: 'Bob', aliases: [{ name: 'Bo', kind: 'NICKNAME' }] });
    story.edit('Person', ann, null);
    await story.tell({ note: 'Why not.' });

    const [change] = (await feed(graph, 'first: 1')).nodes;
    expect(change).toMatchObject({ seq: 2, actor: 'ann', note: 'Why not.', editCount: 2 });
    expect(
      change?.edits.map(({ recordId, place, before, after }) => [
        recordId,
        place,
        JSON.parse(before ?? 'null'),
        JSON.parse(after ?? 'null'),
      ]),
    ).toEqual([
      [bo, 0, { aliases: [], name: 'Bo' }, { aliases: [{ kind: 'NICKNAME', name: 'Bo' }], name: 'Bob' }],
      [ann, 1, expect.objectContaining({ id: ann, name: 'Ann' }), null],
    ]);
    const query = (args: string) => `{ node(id: "chg_1") { ... on Change { edits(${args}) { recordId } } } }`;
    const idsOf = async (args: string) =>
      (await answerOf<{ node: { edits: { recordId: string }[] } }>(graph, query(args), REVIEWER)).node.edits.map(
        ({ recordId }) => recordId,
      );
    expect(await idsOf('first: 2')).toHaveLength(2);
    expect([...(await idsOf('first: 2')), ...(await idsOf('after: 1'))]).toEqual(await idsOf('first: 100'));
    expect((await ask(graph, query('first: 101'), REVIEWER)).errors[0]?.extensions).toMatchObject({
      rule: 'PAGE_SIZE',
    });
  });

  test('leads from each edit to its record as it is now, and to nothing where that is gone or hidden', async () => {
    const { graph, story, ann, bo, cy } = await aStory();
    const [dee, kim, cyd] = [story.person('Dee'), story.person('Kim'), story.person('Cyd')];
    const dating = story.period(story.relationship('ROMANTIC', ann, bo), 'DATING', { start: '2001' });
    await story.tell();
    story.edit('Person', ann, { name: 'Anna' });
    story.edit('Period', dating, null);
    story.edit('Person', cyd, { mergedInto: cy });
    story.edit('Person', dee, { visibility: 'REMOVED' });
    story.edit('Person', kim, { visibility: 'PRIVATE' });
    const [told] = (await feed(graph, 'first: 1')).nodes;
    for (const { type, recordId } of told?.edits ?? [])
      if (type === 'Claim' || type === 'Citation') story.edit(type, recordId, null);
    await story.tell();

    const recordsFor = async (asking: Asking, change = 3) => {
      const query = `{ node(id: "chg_${change}") { ... on Change { edits { recordId record { __typename id ... on Person { name } } } } } }`;
      type Told = { node: { edits: { recordId: string; record: object | null }[] } | null };
      const { node } = await answerOf<Told>(graph, query, asking);
      return new Map(node?.edits.map(({ recordId, record }) => [recordId, record]));
    };
    const records = await recordsFor(ADMIN);
    expect(records.get(ann)).toEqual({ __typename: 'Person', id: ann, name: 'Anna' });
    expect(records.get(cyd)).toEqual({ __typename: 'Person', id: cy, name: 'Cy' });
    expect(records.get(dee)).toEqual({ __typename: 'Person', id: dee, name: 'Dee' });
    expect(records.get(dating)).toBeNull();
    expect([...(await recordsFor(REVIEWER)).keys()]).not.toContain(dee);
    expect((await recordsFor(REVIEWER)).get(kim)).toEqual({ __typename: 'Person', id: kim, name: 'Kim' });
    await story.purge(dee);
    expect((await recordsFor(ADMIN)).get(dee)).toEqual({ __typename: 'Tombstone', id: dee });
  });

  test('is a history of each record and of what hangs on it, the newest first', async () => {
    const { graph, story, ann, bo, cy } = await aStory();
    const relationship = story.relationship('ROMANTIC', ann, bo);
    const period = story.period(relationship, 'DATING', { start: '2001' });
    await story.tell();
    const article = story.article('Of Cy', {
      mentions: [{ surface: 'Of', part: 'TITLE', from: 0, to: 2, person: cy }],
    });
    const claim = story.born(cy, '1970');
    await story.tell();
    const end = story.claim(period, 'END', { date: { edtf: '2010' } }, { by: article });
    await story.tell();
    story.edit('Claim', end, { verdict: 'REJECTED', verdictNote: 'No.' });
    await story.tell();

    const seqs = async (id: string) => {
      const page = await historyOf(graph, id);
      expect(page?.totalCount).toBe(page?.nodes.length);
      return page && seqsIn(page);
    };
    expect(await seqs(ann)).toEqual([5, 4, 2, 1]);
    expect(await seqs(cy)).toEqual([3, 1]);
    expect(await seqs(relationship)).toEqual([5, 4, 2]);
    expect(await seqs(period)).toEqual([5, 4, 2]);
    expect(await seqs(claim)).toEqual([3]);
    expect(await seqs(article)).toEqual([4, 3]);
    const first = await historyOf(graph, ann, 'first: 3');
    expect(seqsIn(first as Page)).toEqual([5, 4, 2]);
    const rest = await historyOf(graph, ann, `first: 3, after: "${first?.pageInfo.endCursor}"`);
    expect([seqsIn(rest as Page), rest?.pageInfo.hasNextPage]).toEqual([[1], false]);
  });

  test('keeps what was removed from a couple in their history, and ends at a moment of the past', async () => {
    const { graph, story, ann, bo } = await aStory();
    const relationship = story.relationship('ROMANTIC', ann, bo);
    const period = story.period(relationship, 'DATING', { start: '2001' });
    await story.tell({ at: '2026-02-01T00:00:00Z' });
    story.edit('Period', 'prd_gone', { relationship, type: 'MARRIED' });
    await story.tell({ at: '2026-03-01T00:00:00Z' });
    story.edit('Period', 'prd_gone', null);
    await story.tell({ at: '2026-04-01T00:00:00Z' });

    expect(seqsIn((await historyOf(graph, relationship)) as Page)).toEqual([4, 3, 2]);
    expect(seqsIn((await historyOf(graph, period)) as Page)).toEqual([2]);
    const query = `{ relationship(id: "${relationship}", asOf: "2026-03-15T00:00:00Z") { history { totalCount nodes { seq } } } }`;
    expect(await answerOf(graph, query, REVIEWER)).toEqual({
      relationship: { history: { totalCount: 2, nodes: [{ seq: 3 }, { seq: 2 }] } },
    });
  });

  test.each([
    ['READER', 'UNAUTHENTICATED'],
    ['CONTRIBUTOR', 'FORBIDDEN'],
  ] as const)('is nothing for %s: %s', async (role, code) => {
    const { graph, ann } = await aStory();
    const asking = { role };

    expect(await historyOf(graph, ann, '', asking).catch(() => null)).toBeNull();
    const query = `{ person(id: "${ann}") { name history { totalCount } contradictions { totalCount } } change: node(id: "chg_1") { id } }`;
    expect(await answerOf(graph, query, asking)).toEqual({
      person: { name: 'Ann', history: null, contradictions: null },
      change: null,
    });
    for (const field of ['changes', 'changes(since: "0")', 'contradictions']) {
      const { data, errors } = await ask(graph, `{ ${field} { totalCount } }`, asking);
      expect([data, errors.map(({ extensions }) => extensions.code)]).toEqual([null, [code]]);
    }
  });

  test('withholds from reviewers what touches somebody who was removed, and the note with it', async () => {
    const { graph, story, ann, bo, cy } = await aStory();
    story.edit('Person', ann, { name: 'Anna' });
    story.edit('Person', bo, { name: 'Bob' });
    await story.tell({ note: 'Both asked.' });
    story.edit('Person', bo, { mergedInto: cy });
    await story.tell();
    story.edit('Person', cy, { visibility: 'REMOVED' });
    await story.tell({ note: 'Cy asked to go.' });

    const told = async (asking: Asking) =>
      (await feed(graph, 'since: "0"', asking)).nodes.map(({ note, edits, editCount }) => {
        expect(editCount).toBe(edits.length);
        return [note, edits.map(({ recordId }) => recordId)];
      });
    expect(await told(ADMIN)).toEqual([
      [null, [ann, bo, cy]],
      ['Both asked.', [ann, bo]],
      [null, [bo]],
      ['Cy asked to go.', [cy]],
    ]);
    expect(await told(REVIEWER)).toEqual([
      [null, [ann]],
      [null, [ann]],
      [null, []],
      [null, []],
    ]);
    expect(seqsIn(await feed(graph, `filter: {record: "${bo}"}`))).toEqual([]);
    expect(seqsIn((await historyOf(graph, ann)) as Page)).toEqual([2, 1]);
  });

  test('is a page in as many statements for many changes as for one', async () => {
    const { graph, story, ann } = await aStory();
    for (let n = 0; n < 20; n += 1) {
      story.edit('Person', ann, { name: `Ann ${n}` });
      await story.tell();
    }
    const statements = async (query: string) => (await ask(graph, query, REVIEWER)).statements;
    const recorded = async () => {
      story.marriage(story.person('Dee'), story.person('Eve'), { start: '2001', end: '2005' });
      story.event('WEDDING', [{ person: ann, role: 'PARTY' }], '2001');
      await story.tell();
      const records = '{ changes(first: 20) { nodes { edits { record { id ... on Person { name } } } } } }';
      return (await statements(records)).toSorted();
    };

    const few = await recorded();
    for (let n = 0; n < 3; n += 1) await recorded();
    expect(await recorded()).toEqual(few);
    const RECORDS = ['articles', 'citations', 'claims', 'events', 'people', 'periods', 'relationships'];
    expect(few).toEqual([...RECORDS, 'changesBySeq', 'editsOf', 'seqNow'].toSorted());
    expect(
      await statements(`{ changes(since: "0", first: 20) { nodes { seq editCount edits { recordId } } } }`),
    ).toEqual(['seqNow', 'changesBySeq', 'countEditsOf', 'editsOf']);
    expect(
      await statements(`{ person(id: "${ann}") { history(first: 20) { nodes { seq edits { recordId } } } } }`),
    ).toEqual(['people', 'historyOfPeople', 'changesBySeq', 'editsOf']);
  });
});
