import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { relationshipId } from '../../src/domain/ids.js';
import type { Graph } from '../../src/graph/graph.js';
import { openGraph } from '../../src/graph/open.js';
import { load } from '../../src/ingest/load.js';
import { readRows } from '../../src/ingest/rows.js';
import { familyOf, knownNamesOf, soughtOf } from '../../src/store/purge-names.js';
import { purgeWorld } from '../../src/store/purge-world.js';
import { verify } from '../../src/store/verify.js';
import { Telling } from '../support/telling.js';
import { answerOf, ask, NOON } from './asking.js';
import { Purging } from './purging.js';
import { KEY, linesOf, NAME, TRACES, tellEverywhere, tellHer, tracesIn, ZEPH } from './somebody-everywhere.js';

const MENTIONS = [{ surface: 'Newcomer', part: 'TITLE', person: 'demo:new' }];
const ROWS = JSON.stringify([
  { row: 'person', key: KEY, name: NAME },
  { row: 'person', key: 'demo:new', name: 'Newcomer' },
  { row: 'article', key: 'demo:life', kind: 'NEWS', title: `The life of ${NAME}`, retrieved: '2026-01-01' },
  {
    row: 'article',
    key: 'demo:copy',
    kind: 'NEWS',
    title: `Again ${NAME}`,
    retrieved: '2026-01-01',
    basedOn: ['demo:life'],
  },
  {
    row: 'article',
    key: 'demo:paper',
    kind: 'NEWS',
    title: `Newcomer and ${NAME}`,
    retrieved: '2026-01-01',
    mentions: MENTIONS,
  },
]);
/** Rows that came later: an article that names her, and what somebody else did by it. */
const LATER = JSON.stringify([
  {
    ...{ row: 'article', key: 'demo:late', kind: 'NEWS', title: `Late: ${NAME}`, retrieved: '2026-01-01' },
    mentions: [{ surface: NAME, part: 'TITLE', person: KEY }],
  },
  {
    ...{ row: 'person', key: 'demo:new', name: 'Newcomer' },
    claims: [
      { field: 'BIRTH', value: { date: '1980' }, cite: [{ article: 'demo:late', quote: 'Born.', evidence: 'OUTLET' }] },
    ],
  },
]);
const OPTIONS = { accept: true, visibility: 'PUBLIC', adults: true, actor: 'Ira', now: () => NOON } as const;

interface Purged {
  change: { id: string; edits: { purged: boolean; recordId: string; before: unknown; after: unknown }[] };
}

/** The statements behind all of this have run on every engine in purge.test.ts. */
describe('a purge', () => {
  let graph: Graph;
  let story: Telling;
  let desk: Purging;
  beforeEach(async () => {
    graph = await openGraph({ url: 'memory:' });
    await graph.createSchema();
    story = new Telling(graph);
    desk = new Purging(graph, story);
  });
  afterEach(() => graph.close());

  test('lets the rest of the past stand, and tells nothing of hers', async () => {
    const { ann, bo, party, paper } = await tellEverywhere(graph, story);
    const removed = await desk.remove(ZEPH);
    const { data } = await desk.purge(ZEPH);
    const { change } = Object(data).purgePerson as Purged;

    const own = change.edits.find(({ recordId }) => recordId === ZEPH);
    expect(own).toMatchObject({ purged: true, before: null, after: null });
    const moments = ['2026-01-01T00:00:01Z', '2026-01-01T00:00:02Z', '2026-01-01T00:00:03Z', '2026-01-01T00:00:04Z'];
    for (const asOf of moments) {
      const then = await desk.asAdmin<Record<string, unknown>>(
        `query ($z: ID!, $ann: ID!, $bo: ID!, $paper: ID!, $at: DateTime!, $life: ID!) { z: person(id: $z, asOf: $at) { id } person(id: $ann, asOf: $at) { name relationships { nodes { name } } events { nodes { participants { person { id } } } } }
          relationship(id: $life, asOf: $at) { id } between(a: $ann, b: $bo, asOf: $at) { id } article(id: $paper, asOf: $at) { title text mentions { person { id } } } }`,
        { z: ZEPH, ann, bo, paper, at: asOf, life: relationshipId('ROMANTIC', ZEPH, ann) },
      );
      expect(JSON.stringify(then)).not.toMatch(TRACES);
      expect(JSON.stringify(then)).not.toContain(ZEPH);
      expect(then).toMatchObject({ z: null, relationship: null, person: { name: 'Ann' } });
    }
    const { changes, event } = await desk.asAdmin<{ changes: { nodes: { id: string; seq: number }[] }; event: object }>(
      `query ($e: ID!) { event: node(id: $e) { ... on Event { participants { person { name } } } }
        changes(first: 100) { nodes { id seq note batch action editCount edits { recordId purged before after } } } }`,
      { e: party },
    );
    expect(event).toEqual({ participants: [{ person: { name: 'Ann' } }] });
    expect(JSON.stringify(changes)).not.toMatch(TRACES);
    expect(changes.nodes.map(({ seq }) => seq).sort()).toEqual([...changes.nodes.keys()].map((at) => at + 1));

    const UNDO =
      'mutation ($c: ID!, $f: Boolean) { undoChange(change: $c, force: $f) { change { id } conflicts { recordId rule } } }';
    const undo = async (id: string | undefined, force: boolean) => {
      const { data, errors } = await ask(graph, UNDO, { role: 'ADMIN', variables: { c: id, f: force } });
      return data?.undoChange ?? { ...errors[0]?.extensions, change: null };
    };
    const conflicts = expect.arrayContaining([expect.objectContaining({ recordId: ZEPH, rule: 'PURGED' })]);
    for (const id of [removed?.id, change.id])
      for (const force of [false, true]) expect(await undo(id, force)).toMatchObject({ change: null, conflicts });
    await desk.expectClean();
    // The rest can still be taken back, newest first, and nothing of hers comes with it.
    for (const { id } of changes.nodes) await undo(id, true);
    await desk.expectClean();
    expect(await tracesIn(graph)).toEqual([]);
  }, 120_000);

  test('is not undone by an import of the same rows, which are reported', async () => {
    await load(graph, readRows(ROWS), { ...OPTIONS, batch: 'one' });
    await desk.remove(ZEPH);
    await desk.purge(ZEPH);

    const report = await load(graph, readRows(ROWS), { ...OPTIONS, batch: 'two' });
    const strict = await load(graph, readRows(ROWS), { ...OPTIONS, batch: 'three', strict: true });

    const skipped = ['key', 'key', 'key'].map((field) => ({ field, rule: 'REMOVED' }));
    for (const each of [report, strict])
      expect(each).toMatchObject({ read: 5, skipped: 3, unchanged: 2, changes: 0, problems: skipped });
    const later = await load(graph, readRows(LATER), { ...OPTIONS, batch: 'four', strict: true });
    expect(later).toMatchObject({ skipped: 2, problems: [{ rule: 'REMOVED' }, { rule: 'REMOVED' }] });
    expect(await tracesIn(graph)).toEqual([]);
    await desk.expectClean();
  });

  test('finds what had been theirs before: taken back, unified, aimed elsewhere, let go, opened', async () => {
    const [ann, bo] = [story.person('Ann'), story.person('Bo')];
    const twin = story.person('Featherquill, Z.');
    tellHer(story);
    const own = story.article('Of Zephyrine Quillfeather', {
      mentions: [{ surface: NAME, part: 'TITLE', from: 3, to: 3 + NAME.length, person: ZEPH }],
    });
    const copy = story.article('Once more: Zephyrine Quillfeather', { basedOn: [own] });
    for (const one of [ZEPH, twin])
      story.period(story.relationship('FRIEND', one, bo), 'UNSPECIFIED', { start: '2002' }, { by: copy });
    const life = story.period(story.relationship('ROMANTIC', ZEPH, bo), 'DATING', { start: '2002' }, { by: copy });
    const aimed = story.claim(life, 'END', { date: { edtf: '2004' } }, { by: copy });
    const couple = story.period(
      story.relationship('ROMANTIC', ann, bo),
      'DATING',
      { start: '2003' },
      { by: copy, evidence: 'RECORD' },
    );
    const met = story.event(
      'MET',
      [
        { person: ZEPH, role: 'GUEST' },
        { person: ann, role: 'PARTY' },
      ],
      '2001',
      { by: copy },
    );
    const letter = story.article('A letter', {
      text: 'Quillo came.',
      mentions: [{ surface: 'Quillo', part: 'TEXT', from: 0, to: 6, person: ZEPH }],
    });
    await story.tell();
    const feud = story.period(story.relationship('FEUD', ZEPH, ann), 'UNSPECIFIED', { start: '2001' }, { by: copy });
    story.claim(feud, 'END', { date: { edtf: '2004', text: 'in Xanadu' } }, { by: copy });
    story.claim(ZEPH, 'NAME', { text: 'Whisperwood' }, { by: copy });
    const feuded = await story.tell({ note: 'Whisperwood feuded' });
    await desk.asAdmin('mutation ($c: ID!) { undoChange(change: $c) { change { id } } }', { c: feuded?.id });
    await desk.asAdmin('mutation ($k: ID!, $f: ID!) { mergePeople(keep: $k, from: $f) { change { id } } }', {
      ...{ k: ZEPH, f: twin },
    });
    await desk.asAdmin('mutation ($c: ID!) { openClaim(id: $c) { claim { id } } }', { c: aimed });
    story.edit('Claim', aimed, { subject: couple, verdictNote: 'Not of Zephyrine Quillfeather' });
    story.edit('Event', met, { participants: [{ person: ann, role: 'PARTY' }] });
    story.edit('Article', letter, { mentions: [] });
    await story.tell();
    await desk.remove(ZEPH);
    await desk.expectClean();

    const { errors } = await desk.purge(ZEPH, { spellings: ['Quillo'] });

    expect(errors).toEqual([]);
    await desk.expectGone(ZEPH, twin);
    const left = await graph.read('MATCH (n:Claim) WHERE n.subject = $couple RETURN n.id AS id', { couple });
    expect(left.map(({ id }) => id)).toContain(aimed);
    const then = await desk.asAdmin<Record<string, unknown>>(
      'query ($ann: ID!, $at: DateTime!) { person(id: $ann, asOf: $at) { name relationships { nodes { name } } events { nodes { id } } } }',
      { ann, at: '2026-01-01T00:00:02Z' },
    );
    expect(then).toMatchObject({ person: { name: 'Ann', relationships: { nodes: [{ name: 'Bo' }] } } });
  }, 120_000);

  test('lets nothing refer to who is gone', async () => {
    const { ann } = await tellEverywhere(graph, story);
    await desk.remove(ZEPH);
    await desk.purge(ZEPH);
    story.edit('Person', ann, { notSameAs: [ZEPH] });

    await expect(story.tell()).rejects.toMatchObject({ code: 'REFUSED', details: { rule: 'PURGED' } });
    for (const set of [{ name: 'Zoe' }, null]) {
      story.edit('Person', ZEPH, set);
      await expect(story.tell()).rejects.toMatchObject({ code: 'REFUSED', details: { rule: 'PURGED', record: ZEPH } });
    }
    const again = await desk.purge(ZEPH);
    const shown = await ask(
      graph,
      'mutation ($id: ID!) { setVisibility(id: $id, visibility: PUBLIC, expectedRevision: 1) { change { id } } }',
      { role: 'ADMIN', variables: { id: ZEPH } },
    );

    const asks = 'mutation ($p: ID!) { requestTakedown(person: $p, reason: "Once more") { received } }';
    await ask(graph, asks, { variables: { p: ZEPH } });

    expect(await graph.read('MATCH (t:Takedown) RETURN t.id AS id')).toEqual([]);
    for (const { errors } of [again, shown]) expect(errors[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    await desk.expectClean();
  });

  test('refuses who is still shown, who was merged away, a stale revision and bad spellings, and leaves everything', async () => {
    const { twin } = await tellEverywhere(graph, story);
    const before = await linesOf(graph);
    const refusals = [await desk.purge(ZEPH), await desk.purge(twin), await desk.purge(ZEPH, { spellings: [' '] })].map(
      ({ errors }) => errors[0]?.extensions.rule,
    );
    const after = await linesOf(graph);
    await desk.remove(ZEPH);
    const stale = await desk.purge(ZEPH, { revision: 1 });

    expect(refusals).toEqual(['NOT_REMOVED', 'MERGED', 'SPELLINGS']);
    expect(after).toEqual(before);
    expect(stale.errors[0]?.extensions).toMatchObject({ code: 'CONFLICT' });
    expect((await tracesIn(graph)).length).toBeGreaterThan(20);
  });

  test('takes nothing from a namesake, nor a word that somebody has only proposed', async () => {
    const [ann, bo] = [story.person('Ann'), story.person('Bo')];
    tellHer(story, 'REMOVED');
    const other = story.person(NAME, { visibility: 'PUBLIC', description: `${NAME}, a pilot` });
    story.edit('Person', ann, { description: `Once with ${NAME}` });
    story.edit('Person', bo, { description: `Flew with ${NAME} over Oak Hall` });
    story.claim(ZEPH, 'NAME', { text: 'Oak Hall' }, { verdict: 'PROPOSED', by: story.article('Of the hall') });
    story.period(story.relationship('ROMANTIC', ZEPH, ann), 'DATING', { start: '2001' });
    await story.tell();
    story.edit('Person', ann, { description: 'A dancer' });
    await story.tell();

    const { errors } = await desk.purge(ZEPH);

    expect(errors).toEqual([]);
    const { nodes } = await desk.asAdmin<{ nodes: object[] }>(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Person { name description } } }',
      { ids: [other, bo] },
    );
    expect(nodes).toEqual([
      { name: NAME, description: `${NAME}, a pilot` },
      { name: 'Bo', description: `Flew with ${NAME} over Oak Hall` },
    ]);
    // Whoever was with her was with nobody else of that name.
    const edits = await graph.read('MATCH (e:Edit {recordId: $ann}) RETURN e.before AS before, e.after AS after', {
      ann,
    });
    expect(JSON.stringify(edits)).toContain('Once with █');
    expect(JSON.stringify(edits)).not.toContain(NAME);
    await desk.expectClean();
  });

  test('blackens the row of a data set as a whole, wherever it is cited, for it tells of two', async () => {
    const [bo, cy] = [story.person('Bo'), story.person('Cy')];
    story.edit('Person', ZEPH, { name: 'Quillo', slug: 'quillo', visibility: 'REMOVED', adult: true });
    const by = story.article('Marriages', { kind: 'DATASET' });
    const row = (quote: string) => ({ by, evidence: 'DATASET', quoted: { quote, from: null } }) as const;
    const hers = row('Quillo,Bo,1964,1975,,1946-05-20,1935-02-16');
    story.marriage(ZEPH, bo, { start: '1964', end: '1975' }, hers);
    story.born(ZEPH, '1946-05-20', hers);
    story.born(bo, '1935-02-16', hers);
    story.born(cy, '1935-02-16', row('Cy,Quentin,1964,1975,,1935-02-16,1946-05-20'));
    await story.tell();

    const { errors } = await desk.purge(ZEPH);

    expect(errors).toEqual([]);
    const quotes = await graph.read('MATCH (t:Citation) RETURN t.quote AS quote ORDER BY quote');
    expect(quotes.map(({ quote }) => quote)).toEqual([
      'Cy,Quentin,1964,1975,,1935-02-16,1946-05-20',
      '█'.repeat(hers.quoted.quote.length),
    ]);
    expect((await linesOf(graph)).filter((line) => /1946-05-20|1975/.test(line) && !line.includes('Quentin'))).toEqual(
      [],
    );
    const { person } = await desk.asAdmin<{ person: object }>(
      'query ($bo: ID!) { person(id: $bo) { birth { date { edtf } } } }',
      { bo },
    );
    expect(person).toEqual({ birth: { date: { edtf: '1935-02-16' } } });
    await desk.expectClean();
  });

  test('makes nobody a minor whom only what goes told to be none', async () => {
    const [bo, cy, di] = ['Bo', 'Cy', 'Di'].map((name) => story.person(name, { adult: false })) as [
      string,
      string,
      string,
    ];
    tellHer(story);
    story.article('Of them', { published: '1990' });
    story.marriage(ZEPH, bo, { start: '1990' });
    story.period(story.relationship('FRIEND', ZEPH, cy), 'UNSPECIFIED', { start: '1989' });
    story.article('Of them again', { published: '2025' });
    story.period(story.relationship('FRIEND', ZEPH, di), 'UNSPECIFIED', { start: '2024' });
    for (const one of [bo, cy, di]) story.claim(one, 'OCCUPATION', { text: 'dancer' });
    await story.tell();
    const SEEN = '{ people { nodes { name } } }';
    const before = await answerOf<object>(graph, SEEN);
    await desk.remove(ZEPH);

    await desk.purge(ZEPH);

    expect(before).toEqual({ people: { nodes: ['Bo', 'Cy', NAME].map((name) => ({ name })) } });
    expect(await answerOf(graph, SEEN)).toEqual({ people: { nodes: [{ name: 'Bo' }, { name: 'Cy' }] } });
    await desk.expectClean();
  });

  test('leaves alone whoever was taken for them once, and what was theirs then', async () => {
    const [cy, bo] = [story.person('Cy'), story.person('Bo Stone', { externalIds: ['demo:Q654321'] })];
    tellHer(story);
    const life = story.marriage(bo, cy, { start: '2001' }, { evidence: 'RECORD' });
    const title = 'Bo Stone and Zephyrine Quillfeather';
    const place = { surface: NAME, part: 'TITLE' as const, from: 13, to: title.length, person: ZEPH };
    const article = story.article(title, { url: 'https://example.org/Q654321', mentions: [place] });
    story.born(bo, '1970', { by: article, evidence: 'RECORD' });
    const told = await story.tell();
    const { mergePeople } = await desk.asAdmin<{ mergePeople: { change: { id: string } } }>(
      'mutation ($k: ID!, $f: ID!) { mergePeople(keep: $k, from: $f) { change { id } } }',
      { k: ZEPH, f: bo },
    );
    await desk.asAdmin('mutation ($c: ID!) { undoChange(change: $c) { change { id } } }', { c: mergePeople.change.id });
    const HIS = `query ($bo: ID!, $article: ID!, $at: DateTime) { now: node(id: $bo) { ... on Person { name externalIds birth { date { edtf } } } }
      person(id: $bo, asOf: $at) { name birth { date { edtf } } partners { edges { node { name } periods { id start { date { edtf } } } } } } article(id: $article) { url } }`;
    const ask = () => desk.asAdmin<object>(HIS, { bo, article, at: told?.at });
    const before = await ask();
    await desk.remove(ZEPH);

    const { errors } = await desk.purge(ZEPH);

    expect(errors).toEqual([]);
    expect(await ask()).toEqual(before);
    expect(JSON.stringify(before)).toContain(life);
    const titles = await graph.read('MATCH (n:Article {id: $article}) RETURN n.title AS title', { article });
    expect(titles).toEqual([{ title: `Bo Stone and ${'█'.repeat(NAME.length)}` }]);
    await desk.expectClean();
  });

  test.each<[string, string]>([
    ["MATCH (e:Edit {recordId: $id}) WITH e LIMIT 1 SET e.before = '{}' RETURN e.id", 'content of a purged edit'],
    [
      "MATCH (e:Edit {recordId: $id}) WITH e LIMIT 1 REMOVE e.purged SET e.after = '{}' RETURN e.id",
      'edit of somebody purged',
    ],
    [
      'MATCH (e:Edit {recordId: $ann}) WITH e LIMIT 1 MATCH (p:Person {id: $id}) CREATE (e)-[:TOUCHES]->(p) RETURN e.id',
      'edit that touches somebody purged',
    ],
    [
      'MATCH (p:Person {id: $id}) CREATE (t:Takedown {id: $ann})-[:ASKS_ABOUT]->(p) RETURN t.id',
      'request about somebody purged',
    ],
    ['MATCH (p:Person {id: $id}) SET p.description = $ann RETURN p.id', 'rule PURGED'],
  ])('is known by verify to have left nothing: %s', async (damage, what) => {
    const ann = story.person('Ann');
    tellHer(story, 'REMOVED');
    await story.tell();
    await desk.purge(ZEPH);
    await desk.expectClean();
    await graph.write((transaction) => transaction.run(damage, { id: ZEPH, ann }));

    const { differences } = await verify(graph);

    expect(differences.map((difference) => difference.what)).toContain(what);
  });

  test('refuses whoever has too much', async () => {
    await tellEverywhere(graph, story);
    const family = await familyOf(graph, ZEPH);
    const sought = await soughtOf(graph, await knownNamesOf(graph, family), [], family);

    await expect(purgeWorld(graph, family, sought, 20_000, 10)).rejects.toMatchObject({
      ...{ code: 'REFUSED', details: { rule: 'PURGE_SIZE', limit: 10 } },
    });
  });

  test('answers the same order again, and takes the spellings that it is given out of every text', async () => {
    const ann = story.person('Ann', { description: 'Knew Zq well' });
    tellHer(story, 'REMOVED');
    await story.tell();

    const first = await desk.purge(ZEPH, { spellings: ['Zq'], key: 'k' });
    const again = await desk.purge(ZEPH, { spellings: ['Zq'], key: 'k' });

    expect(again.data).toEqual(first.data);
    expect(first.errors).toEqual([]);
    const { person } = await desk.asAdmin<{ person: object }>('query ($id: ID!) { person(id: $id) { description } }', {
      id: ann,
    });
    expect(person).toEqual({ description: 'Knew ██ well' });
    await desk.expectClean();
  });
});
