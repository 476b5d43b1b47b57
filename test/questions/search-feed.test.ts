import { beforeEach, describe, expect, test } from 'vitest';
import type { Graph, Reads } from '../../src/graph/graph.js';
import { createSearch, type Search } from '../../src/questions/search.js';
import { enginesHere } from '../support/engines.js';
import type { Telling } from '../support/telling.js';
import { READER, Searching } from './searching.js';

const idsOf = async (search: Search, text: string) =>
  (await search.search({ text, types: ['PERSON'], first: 100, after: null }, READER)).hits.map(({ id }) => id);

describe.each(enginesHere({ all: true }))('the index of names on $name', (engine) => {
  let searching: Searching;
  let graph: Graph;
  let story: Telling;
  let search: Search;

  beforeEach(async () => {
    searching = new Searching(await engine.fresh());
    ({ graph, story, search } = searching);
  });

  test('notices where an article’s outlet, or that of what it is based on, takes a link from readers', async () => {
    const [amy, bea, cy, x] = story.people('Amy Bell', 'Bea Bell', 'Cy Bell', 'X');
    const [agency, daily, other] = ['Agency', 'Daily', 'Other'].map((outlet) => story.article('News', { outlet }));
    const copy = story.article('Copy', { outlet: 'Copy', basedOn: [agency as string] });
    for (const [person, sources] of [
      [cy, [daily, other]],
      [bea, [daily, copy]],
    ] as const) {
      const period = story.period(
        story.relationship('ROMANTIC', person, x),
        'DATING',
        {},
        { by: sources[0] as string },
      );
      story.claim(period, 'EXISTS', { state: 'PAST' }, { by: sources[1] as string });
    }
    await story.tell();
    expect(await idsOf(search, 'bell')).toEqual([bea, cy, amy]);

    story.edit('Article', agency as string, { outlet: 'Daily' });
    await story.tell();
    expect(await idsOf(search, 'bell')).toEqual([cy, amy, bea]);

    story.edit('Article', other as string, { outlet: 'Daily' });
    await story.tell();
    expect(await idsOf(search, 'bell')).toEqual([amy, bea, cy]);
  });

  test('catches up with many changes at once', async () => {
    await search.ready();
    const made: string[] = [];
    for (let i = 0; i < 12; i += 1) {
      made.push(story.person(`Maria ${String.fromCharCode(65 + i)}`));
      await story.tell();
    }

    expect(await idsOf(search, 'maria')).toEqual(made);
  });

  test('begins anew where the graph is an earlier one, or too far ahead', async () => {
    const ann = story.person('Ann');
    await story.tell();
    await search.ready();
    const setSeq = (seq: number) =>
      graph.write((transaction) => transaction.run("MATCH (g:Graph {id: 'graph'}) SET g.seq = $seq", { seq }));
    const rename = (name: string) =>
      graph.write((transaction) => transaction.run('MATCH (p:Person {id: $id}) SET p.name = $name', { id: ann, name }));

    await rename('Ben');
    await setSeq(0);
    expect(await idsOf(search, 'ben')).toEqual([ann]);

    await rename('Cem');
    await setSeq(5000);
    expect(await idsOf(search, 'cem')).toEqual([ann]);
  });

  test('can be asked again after the graph has failed it, while loading and while following', async () => {
    let broken = true;
    const failing: Reads = {
      read: (...statement) => (broken ? Promise.reject(new Error('down')) : graph.read(...statement)),
    };
    const shaky = createSearch({ graph: failing });
    await expect(shaky.ready()).rejects.toThrow('down');
    await expect(idsOf(shaky, 'ann')).rejects.toThrow('down');

    broken = false;
    expect(await idsOf(shaky, 'ann')).toEqual([]);
    const ann = story.person('Ann');
    await story.tell();
    broken = true;
    await expect(idsOf(shaky, 'ann')).rejects.toThrow('down');
    broken = false;
    expect(await idsOf(shaky, 'ann')).toEqual([ann]);
  });
});
