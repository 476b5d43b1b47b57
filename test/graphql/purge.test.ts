import { beforeEach, describe, expect, test } from 'vitest';
import { relationshipId } from '../../src/domain/ids.js';
import { purgePerson } from '../../src/editing/purge.js';
import type { Graph, Transaction } from '../../src/graph/graph.js';
import { load } from '../../src/ingest/load.js';
import { readRows } from '../../src/ingest/rows.js';
import { commit } from '../../src/store/commit.js';
import { familyOf, knownNamesOf, purgeWorld, soughtOf } from '../../src/store/purge-world.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { editorOf } from '../support/random-steps.js';
import { Telling } from '../support/telling.js';
import { type Asking, answerOf, ask, NOON } from './asking.js';
import {
  KEY,
  linesOf,
  NAME,
  orphansIn,
  placesOf,
  SLUG,
  TEXT,
  TRACES,
  tellEverywhere,
  tracesIn,
  ZEPH,
} from './somebody-everywhere.js';

/** A request about somebody else that names her. */
const ASK = `MATCH (p:Person {id: $id}) CREATE (t:Takedown {id: 'tkd_other', status: 'OPEN', urgent: true, due: false, sort: '0|1',
  at: '2026-02-01T00:00:00.000Z', reason: 'Zephyrine Quillfeather told lies'}) CREATE (t)-[:ASKS_ABOUT]->(p)`;

const ROWS = JSON.stringify([
  { row: 'person', key: KEY, name: NAME },
  { row: 'person', key: 'demo:new', name: 'Newcomer' },
]);
const OPTIONS = { accept: true, visibility: 'PUBLIC', adults: true, actor: 'Ira', now: () => NOON } as const;

const PURGE = `mutation ($id: ID!, $spellings: [String!], $revision: Int, $note: String, $key: String) {
  purgePerson(id: $id, spellings: $spellings, expectedRevision: $revision, note: $note, key: $key) {
    tombstone { __typename id } change { id seq action actor note editCount edits { type recordId purged before after } } } }`;

interface Purged {
  change: { id: string; edits: { purged: boolean; recordId: string; before: unknown; after: unknown }[] };
}

describe.each(enginesHere())('a purge on $name', ({ fresh }) => {
  let graph: Graph;
  let story: Telling;
  beforeEach(async () => {
    graph = await fresh();
    story = new Telling(graph);
  });
  const clean = async () => expect((await verify(graph)).differences).toEqual([]);
  const asAdmin = <Data>(query: string, variables: object = {}, asking: Asking = {}) =>
    answerOf<Data>(graph, query, { role: 'ADMIN', as: 'Ada', ...asking, variables: { ...variables } });
  const remove = async (id: string) => {
    story.edit('Person', id, { visibility: 'REMOVED' });
    return story.tell({ note: `${NAME} asked for it` });
  };
  const purge = (id: string, more: object = {}) =>
    ask(graph, PURGE, { role: 'ADMIN', as: 'Ada', variables: { id, ...more } });

  test('leaves no trace of anybody who was everywhere (T27)', async () => {
    const { ann, bo, twin, paper } = await tellEverywhere(graph, story);
    // History: renamed, undone, re-described, a text changed, a takedown asked for, opened claims, resolutions.
    story.edit('Person', ZEPH, { name: 'Zoe Nonsuch', description: 'Of Xanadu once' });
    const renamed = await story.tell({ note: 'Nonsuch now' });
    await asAdmin('mutation ($c: ID!) { undoChange(change: $c, note: "not Nonsuch") { change { id } } }', {
      c: renamed?.id,
    });
    story.edit('Person', ann, { description: 'Was married to Zephyrine Quillfeather' });
    story.edit('Article', paper, { text: `${TEXT} Quillo again.`, version: 2 });
    await story.tell({ note: 'About Ann’s Zéphyrine Quillfeather' });
    story.edit('Person', ann, { description: 'A dancer' });
    story.edit('Person', bo, { description: 'Danced with Zoé Nonsuch' });
    await story.tell({ note: 'Ýrsa Brákborn'.normalize('NFD') });
    const asksAbout = (person: string, reason: string) =>
      ask(
        graph,
        'mutation ($p: ID!, $r: String!) { requestTakedown(person: $p, reason: $r, contact: "q@brackenpoint.example") { received } }',
        { variables: { p: person, r: reason } },
      );
    await asksAbout(SLUG, 'I am Quillo of Brackenpoint');
    const { takedowns } = await asAdmin<{ takedowns: { nodes: { id: string }[] } }>('{ takedowns { nodes { id } } }');
    await asAdmin(
      'mutation ($id: ID!) { decideTakedown(id: $id, decision: REFUSE, note: "The flautist stays") { takedown { id } } }',
      { id: takedowns.nodes[0]?.id },
    );
    await asksAbout(SLUG, 'I am still Quillo');
    await graph.write((transaction) => transaction.run(ASK, { id: bo }));
    const { contradictions } = await asAdmin<{ contradictions: { nodes: { id: string }[] } }>(
      '{ contradictions(first: 100) { nodes { id } } }',
    );
    expect(contradictions.nodes.length).toBeGreaterThan(1);
    for (const { id } of contradictions.nodes)
      await asAdmin(
        'mutation ($id: ID!) { resolveContradiction(id: $id, kind: UNRESOLVABLE, note: "Quillo and Zephyrine Quillfeather disagree") { change { id } } }',
        { id },
      );
    await clean();
    const before = await graph.read('MATCH (n:Person {id: $id}) RETURN n.name AS name', { id: ZEPH });
    expect(before).toEqual([{ name: NAME }]);
    expect(await search('Quillo')).toContain(ZEPH);
    expect((await tracesIn(graph)).length).toBeGreaterThan(40);
    await remove(ZEPH);

    const { data, errors } = await purge(ZEPH, { note: `${NAME} wrote to us`, key: 'once' });

    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      purgePerson: {
        tombstone: { __typename: 'Tombstone', id: ZEPH },
        change: { action: 'purgePerson', actor: 'Ada' },
      },
    });
    expect(JSON.stringify(data)).not.toMatch(TRACES);
    await clean();
    expect(await tracesIn(graph)).toEqual([]);
    expect(await placesOf(graph, [ZEPH, twin])).toEqual([
      'Edit.recordId',
      'Person.born',
      'Person.id',
      'Person.sort',
      'TOUCHES',
    ]);
    expect(await orphansIn(graph)).toEqual([]);
    const titles = await graph.read('MATCH (n:Article) RETURN n.title AS title ORDER BY title');
    expect(titles.map(({ title }) => title)).toEqual([
      'Ann hears the ████████',
      ...['Ann, Bo and', 'The life of'].map((words) => `${words} ${'█'.repeat(NAME.length)}`),
      '██████ speaks',
    ]);

    for (const text of [
      NAME,
      'Quillo',
      'Zeffy Moonhollow',
      'Yrsa Brakborn',
      'Featherquill',
      'Nonsuch',
      'ゼフィリン',
      SLUG,
    ])
      expect(await search(text)).toEqual([]);
    const told = await asAdmin<Record<string, unknown>>(
      `query ($z: ID!, $t: ID!, $ann: ID!, $paper: ID!, $rel: ID!) {
        node(id: $z) { __typename id } twin: node(id: $t) { __typename } person(id: "${SLUG}") { id } z: person(id: $z) { id }
        by: person(externalId: { source: "wikidata", id: "Q99887766" }) { id } other: person(externalId: { source: "imdb", id: "zq-moon" }) { id }
        rel: relationship(id: $rel) { id } stats { people }
        ann: person(id: $ann) { description relationships { nodes { name } } history(first: 100) { nodes { note edits { before after purged } } } }
        article(id: $paper) { title url author text } takedowns { totalCount } contradictions { totalCount } people { totalCount nodes { name } } }`,
      { z: ZEPH, t: twin, ann, paper, rel: relationshipId('ROMANTIC', ZEPH, ann) },
    );
    expect(JSON.stringify(told)).not.toMatch(TRACES);
    expect(told).toMatchObject({
      ...{
        node: { __typename: 'Tombstone', id: ZEPH },
        twin: { __typename: 'Tombstone' },
        person: null,
        z: null,
        by: null,
      },
      ...{
        other: null,
        rel: null,
        stats: { people: 2 },
        takedowns: { totalCount: 1 },
        people: { nodes: [{ name: 'Ann' }, { name: 'Bo' }] },
      },
    });
    const black = (words: string) => '█'.repeat(words.length);
    expect((told.article as { text: string }).text).toBe(
      `Ann met ${black('ZEPHYRINE Quillfeather')} at Oak Hall. ${black('Zéphyrine-Quillfeather')}’s friend Bo danced with ${black('Quillo')}. Ann and Bo married in 2010. ${black('Ýrsa Brakborn')} sang. ${black('Quillo')} again.`,
    );
  }, 120_000);

  test('lets the rest of the past stand, and tells nothing of hers', async () => {
    const { ann, bo, party, paper } = await tellEverywhere(graph, story);
    const removed = await remove(ZEPH);
    const { data } = await purge(ZEPH);
    const { change } = Object(data).purgePerson as Purged;

    const own = change.edits.find(({ recordId }) => recordId === ZEPH);
    expect(own).toMatchObject({ purged: true, before: null, after: null });
    const moments = ['2026-01-01T00:00:01Z', '2026-01-01T00:00:02Z', '2026-01-01T00:00:03Z', '2026-01-01T00:00:04Z'];
    for (const asOf of moments) {
      const then = await asAdmin<Record<string, unknown>>(
        `query ($z: ID!, $ann: ID!, $bo: ID!, $paper: ID!, $at: DateTime!, $life: ID!) { z: person(id: $z, asOf: $at) { id } person(id: $ann, asOf: $at) { name relationships { nodes { name } } events { nodes { participants { person { id } } } } }
          relationship(id: $life, asOf: $at) { id } between(a: $ann, b: $bo, asOf: $at) { id } article(id: $paper, asOf: $at) { title text mentions { person { id } } } }`,
        { z: ZEPH, ann, bo, paper, at: asOf, life: relationshipId('ROMANTIC', ZEPH, ann) },
      );
      expect(JSON.stringify(then)).not.toMatch(TRACES);
      expect(JSON.stringify(then)).not.toContain(ZEPH);
      expect(then).toMatchObject({ z: null, relationship: null, person: { name: 'Ann' } });
    }
    const { changes, event } = await asAdmin<{ changes: { nodes: { id: string; seq: number }[] }; event: object }>(
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
    await clean();
    // The rest can still be taken back, newest first, and nothing of hers comes with it.
    for (const { id } of changes.nodes) await undo(id, true);
    await clean();
    expect(await tracesIn(graph)).toEqual([]);
  }, 120_000);

  test('is not undone by an import of the same rows, which are reported', async () => {
    await load(graph, readRows(ROWS), { ...OPTIONS, batch: 'one' });
    await remove(ZEPH);
    await purge(ZEPH);

    const report = await load(graph, readRows(ROWS), { ...OPTIONS, batch: 'two' });

    const strict = await load(graph, readRows(ROWS), { ...OPTIONS, batch: 'three', strict: true });

    for (const each of [report, strict])
      expect(each).toMatchObject({ read: 2, skipped: 1, unchanged: 1, changes: 0, problems: [{ rule: 'REMOVED' }] });
    expect(await tracesIn(graph)).toEqual([]);
    await clean();
  });

  test('finds what had been theirs before: taken back, unified, aimed elsewhere, let go, opened', async () => {
    const [ann, bo] = [story.person('Ann'), story.person('Bo')];
    const twin = story.person('Featherquill, Z.');
    story.edit('Person', ZEPH, { name: NAME, slug: SLUG, visibility: 'PUBLIC', adult: true });
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
    await asAdmin('mutation ($c: ID!) { undoChange(change: $c) { change { id } } }', { c: feuded?.id });
    await asAdmin('mutation ($k: ID!, $f: ID!) { mergePeople(keep: $k, from: $f) { change { id } } }', {
      ...{ k: ZEPH, f: twin },
    });
    await asAdmin('mutation ($c: ID!) { openClaim(id: $c) { claim { id } } }', { c: aimed });
    story.edit('Claim', aimed, { subject: couple, verdictNote: 'Not of Zephyrine Quillfeather' });
    story.edit('Event', met, { participants: [{ person: ann, role: 'PARTY' }] });
    story.edit('Article', letter, { mentions: [] });
    await story.tell();
    await remove(ZEPH);
    await clean();

    const { errors } = await purge(ZEPH, { spellings: ['Quillo'] });

    expect(errors).toEqual([]);
    await clean();
    expect(await tracesIn(graph)).toEqual([]);
    expect(await placesOf(graph, [ZEPH, twin])).toEqual([
      'Edit.recordId',
      'Person.born',
      'Person.id',
      'Person.sort',
      'TOUCHES',
    ]);
    expect(await orphansIn(graph)).toEqual([]);
    const left = await graph.read('MATCH (n:Claim) WHERE n.subject = $couple RETURN n.id AS id', { couple });
    expect(left.map(({ id }) => id)).toContain(aimed);
    const then = await asAdmin<Record<string, unknown>>(
      'query ($ann: ID!, $at: DateTime!) { person(id: $ann, asOf: $at) { name relationships { nodes { name } } events { nodes { id } } } }',
      { ann, at: '2026-01-01T00:00:02Z' },
    );
    expect(then).toMatchObject({ person: { name: 'Ann', relationships: { nodes: [{ name: 'Bo' }] } } });
  }, 120_000);

  test('lets nothing refer to who is gone', async () => {
    const { ann } = await tellEverywhere(graph, story);
    await remove(ZEPH);
    await purge(ZEPH);
    story.edit('Person', ann, { notSameAs: [ZEPH] });

    await expect(story.tell()).rejects.toMatchObject({ code: 'REFUSED', details: { rule: 'PURGED' } });
    for (const set of [{ name: 'Zoe' }, null]) {
      story.edit('Person', ZEPH, set);
      await expect(story.tell()).rejects.toMatchObject({ code: 'REFUSED', details: { rule: 'PURGED', record: ZEPH } });
    }
    const again = await purge(ZEPH);
    const shown = await ask(
      graph,
      'mutation ($id: ID!) { setVisibility(id: $id, visibility: PUBLIC, expectedRevision: 1) { change { id } } }',
      { role: 'ADMIN', variables: { id: ZEPH } },
    );

    const asks = 'mutation ($p: ID!) { requestTakedown(person: $p, reason: "Once more") { received } }';
    await ask(graph, asks, { variables: { p: ZEPH } });

    expect(await graph.read('MATCH (t:Takedown) RETURN t.id AS id')).toEqual([]);
    for (const { errors } of [again, shown]) expect(errors[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    await clean();
  });

  test('refuses who is still shown, who was merged away, a stale revision and bad spellings, and leaves everything', async () => {
    const { twin } = await tellEverywhere(graph, story);
    const before = await linesOf(graph);
    const refusals = [await purge(ZEPH), await purge(twin), await purge(ZEPH, { spellings: [' '] })].map(
      ({ errors }) => errors[0]?.extensions.rule,
    );
    const after = await linesOf(graph);
    await remove(ZEPH);
    const stale = await purge(ZEPH, { revision: 1 });

    expect(refusals).toEqual(['NOT_REMOVED', 'MERGED', 'SPELLINGS']);
    expect(after).toEqual(before);
    expect(stale.errors[0]?.extensions).toMatchObject({ code: 'CONFLICT' });
    expect((await tracesIn(graph)).length).toBeGreaterThan(20);
  });

  test('takes nothing from a namesake, nor a word that somebody has only proposed', async () => {
    const [ann, bo] = [story.person('Ann'), story.person('Bo')];
    story.edit('Person', ZEPH, { name: NAME, slug: SLUG, visibility: 'REMOVED', adult: true });
    const other = story.person(NAME, { visibility: 'PUBLIC', description: `${NAME}, a pilot` });
    story.edit('Person', ann, { description: `Once with ${NAME}` });
    story.edit('Person', bo, { description: `Flew with ${NAME} over Oak Hall` });
    story.claim(ZEPH, 'NAME', { text: 'Oak Hall' }, { verdict: 'PROPOSED', by: story.article('Of the hall') });
    story.period(story.relationship('ROMANTIC', ZEPH, ann), 'DATING', { start: '2001' });
    await story.tell();
    story.edit('Person', ann, { description: 'A dancer' });
    await story.tell();

    const { errors } = await purge(ZEPH);

    expect(errors).toEqual([]);
    const { nodes } = await asAdmin<{ nodes: object[] }>(
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
    await clean();
  });

  test.each(['advanceSeq', 'emptyEditsOf', 'forgetTakedownNotes'])('does nothing where %s fails', async (name) => {
    await tellEverywhere(graph, story);
    await remove(ZEPH);
    const before = await linesOf(graph);
    const failing = failingAt(graph, name);

    await expect(purgePerson(editorOf({ graph: failing, id: 'p' }), failing, WISH)).rejects.toThrow(name);

    expect((await linesOf(graph)).sort()).toEqual(before.sort());
  });

  test('takes what others write meanwhile before it, and refuses what they write of her after it', async () => {
    await tellEverywhere(graph, story);
    await remove(ZEPH);
    const mention = { surface: 'flautist', part: 'TITLE' as const, from: 4, to: 12, person: ZEPH };
    const write = (at: number) =>
      commit(graph, {
        ...{ id: `chg_meanwhile${at}`, at: '2026-02-01T00:00:00Z', actor: 'bo', action: 'addArticle' },
        edits: [
          {
            ...{ type: 'Article', id: `art_meanwhile${at}` },
            set: { title: 'The flautist', kind: 'NEWS', retrieved: 20_000, mentions: [mention] },
          },
        ],
      });

    const results = await Promise.allSettled([write(1), write(2), purge(ZEPH), write(3), write(4)]);

    const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    for (const failure of failures) expect(failure).toMatchObject({ code: 'REFUSED', details: { rule: 'PURGED' } });
    expect(await tracesIn(graph)).toEqual([]);
    expect((await placesOf(graph, [ZEPH])).filter((place) => !place.startsWith('Person.'))).toEqual([
      'Edit.recordId',
      'TOUCHES',
    ]);
    await clean();
  });

  test('refuses whoever has too much', async () => {
    await tellEverywhere(graph, story);
    const family = await familyOf(graph, ZEPH);
    const sought = await soughtOf(graph, await knownNamesOf(graph, family), [], family);

    await expect(purgeWorld(graph, family, sought, 10)).rejects.toMatchObject({
      ...{ code: 'REFUSED', details: { rule: 'PURGE_SIZE', limit: 10 } },
    });
  });

  test('answers the same order again, and takes the spellings that it is given out of every text', async () => {
    const ann = story.person('Ann', { description: 'Knew Zq well' });
    story.edit('Person', ZEPH, { name: NAME, slug: SLUG, visibility: 'REMOVED', adult: true });
    await story.tell();

    const first = await purge(ZEPH, { spellings: ['Zq'], key: 'k' });
    const again = await purge(ZEPH, { spellings: ['Zq'], key: 'k' });

    expect(again.data).toEqual(first.data);
    expect(first.errors).toEqual([]);
    const { person } = await asAdmin<{ person: object }>('query ($id: ID!) { person(id: $id) { description } }', {
      id: ann,
    });
    expect(person).toEqual({ description: 'Knew ██ well' });
    await clean();
  });

  const search = async (text: string) =>
    (
      await asAdmin<{ search: { nodes: { id?: string }[] } }>(
        'query ($t: String!) { search(text: $t) { nodes { ... on Person { id } } } }',
        { t: text },
      )
    ).search.nodes.map(({ id }) => id);
});

const WISH = { person: ZEPH, spellings: [], seen: null };

/** The graph, but that a writing statement of this name fails, as when the process ends there. */
function failingAt(graph: Graph, name: string): Graph {
  const failing = (transaction: Transaction): Transaction => ({
    read: (statement, params) => transaction.read(statement, params),
    run: async (statement, params) => {
      if (statement.startsWith(`/* ${name} */`)) throw new Error(name);
      return transaction.run(statement, params);
    },
  });
  return new Proxy(graph, {
    get: (target, key, self) =>
      key === 'write'
        ? (work: (transaction: Transaction) => Promise<unknown>) => target.write((one) => work(failing(one)))
        : Reflect.get(target, key, self),
  });
}
