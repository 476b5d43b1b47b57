import { beforeEach, describe, expect, test } from 'vitest';
import { relationshipId } from '../../src/domain/ids.js';
import { purgePerson } from '../../src/editing/purge.js';
import type { Graph, Transaction } from '../../src/graph/graph.js';
import { commit } from '../../src/store/commit.js';
import { enginesHere } from '../support/engines.js';
import { editorOf } from '../support/random-steps.js';
import { Telling } from '../support/telling.js';
import { ask } from './asking.js';
import { Purging } from './purging.js';
import { linesOf, NAME, placesOf, SLUG, TEXT, TRACES, tellEverywhere, tracesIn, ZEPH } from './somebody-everywhere.js';

/** A request about somebody else that names her. */
const ASK = `MATCH (p:Person {id: $id}) CREATE (t:Takedown {id: 'tkd_other', status: 'OPEN', urgent: true, due: false, sort: '0|1',
  at: '2026-02-01T00:00:00.000Z', reason: 'Zephyrine Quillfeather told lies'}) CREATE (t)-[:ASKS_ABOUT]->(p)`;

describe.each(enginesHere())('a purge on $name', ({ fresh }) => {
  let graph: Graph;
  let story: Telling;
  let desk: Purging;
  beforeEach(async () => {
    graph = await fresh();
    story = new Telling(graph);
    desk = new Purging(graph, story);
  });

  test('leaves no trace of anybody who was everywhere (T27)', async () => {
    const { ann, bo, twin, paper } = await tellEverywhere(graph, story);
    // History: renamed, undone, re-described, a text changed, a takedown asked for, opened claims, resolutions.
    story.edit('Person', ZEPH, { name: 'Zoe Nonsuch', description: 'Of Xanadu once' });
    const renamed = await story.tell({ note: 'Nonsuch now' });
    await desk.asAdmin('mutation ($c: ID!) { undoChange(change: $c, note: "not Nonsuch") { change { id } } }', {
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
    const { takedowns } = await desk.asAdmin<{ takedowns: { nodes: { id: string }[] } }>(
      '{ takedowns { nodes { id } } }',
    );
    await desk.asAdmin(
      'mutation ($id: ID!) { decideTakedown(id: $id, decision: REFUSE, note: "The flautist stays") { takedown { id } } }',
      { id: takedowns.nodes[0]?.id },
    );
    await asksAbout(SLUG, 'I am still Quillo');
    await graph.write((transaction) => transaction.run(ASK, { id: bo }));
    const { contradictions } = await desk.asAdmin<{ contradictions: { nodes: { id: string }[] } }>(
      '{ contradictions(first: 100) { nodes { id } } }',
    );
    expect(contradictions.nodes.length).toBeGreaterThan(1);
    for (const { id } of contradictions.nodes)
      await desk.asAdmin(
        'mutation ($id: ID!) { resolveContradiction(id: $id, kind: UNRESOLVABLE, note: "Quillo and Zephyrine Quillfeather disagree") { change { id } } }',
        { id },
      );
    await desk.expectClean();
    const before = await graph.read('MATCH (n:Person {id: $id}) RETURN n.name AS name', { id: ZEPH });
    expect(before).toEqual([{ name: NAME }]);
    expect(await desk.search('Quillo')).toContain(ZEPH);
    expect((await tracesIn(graph)).length).toBeGreaterThan(40);
    await desk.remove(ZEPH);

    const { data, errors } = await desk.purge(ZEPH, { note: `${NAME} wrote to us`, key: 'once' });

    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      purgePerson: {
        tombstone: { __typename: 'Tombstone', id: ZEPH },
        change: { action: 'purgePerson', actor: 'Ada' },
      },
    });
    expect(JSON.stringify(data)).not.toMatch(TRACES);
    await desk.expectGone(ZEPH, twin);
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
      expect(await desk.search(text)).toEqual([]);
    const told = await desk.asAdmin<Record<string, unknown>>(
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

  test('does nothing where its last statement fails', async () => {
    await tellEverywhere(graph, story);
    await desk.remove(ZEPH);
    const before = await linesOf(graph);
    const failing = failingAt(graph, 'forgetTakedownNotes');

    await expect(purgePerson(editorOf({ graph: failing, id: 'p' }), failing, WISH)).rejects.toThrow(
      'forgetTakedownNotes',
    );

    expect((await linesOf(graph)).sort()).toEqual(before.sort());
  });

  test('takes what others write meanwhile before it, and refuses what they write of her after it', async () => {
    await tellEverywhere(graph, story);
    await desk.remove(ZEPH);
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

    const results = await Promise.allSettled([write(1), write(2), desk.purge(ZEPH), write(3), write(4)]);

    const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    for (const failure of failures) expect(failure).toMatchObject({ code: 'REFUSED', details: { rule: 'PURGED' } });
    expect(await tracesIn(graph)).toEqual([]);
    expect((await placesOf(graph, [ZEPH])).filter((place) => !place.startsWith('Person.'))).toEqual([
      'Edit.recordId',
      'TOUCHES',
    ]);
    await desk.expectClean();
  });
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
