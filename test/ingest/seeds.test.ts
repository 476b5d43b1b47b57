import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Certainty } from '../../src/domain/interval.js';
import { parseSpan } from '../../src/domain/partial-date.js';
import type { Kind, PeriodType } from '../../src/domain/words.js';
import type { Graph } from '../../src/graph/graph.js';
import type { LoadReport } from '../../src/ingest/load.js';
import { loadSeeds } from '../../src/ingest/seed.js';
import { eventsOfPairs } from '../../src/store/event.js';
import { type LinkEdge, linksPage } from '../../src/store/link.js';
import { people } from '../../src/store/person.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';

const dir = fileURLToPath(new URL('../../seeds/', import.meta.url));
const options = { dir, now: () => Date.UTC(2026, 10, 25), log: { info: () => undefined } };
const READER = { level: 0, minors: 'name-only', today: 20_782 } as const;

interface Asked {
  at?: string;
  types?: PeriodType[];
  kinds?: Kind[];
  certainty?: 'CERTAIN' | 'POSSIBLE';
}

describe.each(enginesHere({ all: true }))('the seeds on $name', ({ fresh }) => {
  let graph: Graph;
  let reports: LoadReport[];
  beforeAll(async () => {
    graph = await fresh();
    reports = await loadSeeds(graph, options);
  }, 600_000);

  async function partners(slug: string, { at, types, kinds = ['ROMANTIC'], certainty = 'POSSIBLE' }: Asked = {}) {
    const [person] = await people(graph, [slug]);
    const filter = { kinds, types: types ?? null, at: at === undefined ? null : parseSpan(at), certainty };
    const page = { orderBy: 'START_DESC', first: 100, after: null, minStanding: 2 } as const;
    const [edges = []] = await linksPage(graph, [person?.id ?? ''], { ...filter, ...page }, READER);
    return edges;
  }

  async function whom(slug: string, asked: Asked): Promise<Record<string, Certainty | null>> {
    return Object.fromEntries((await partners(slug, asked)).map(({ other, certainty }) => [other.name, certainty]));
  }

  const between = async (a: string, b: string) => (await partners(a)).find(({ other }) => other.slug === b) as LinkEdge;
  const stretches = ({ relationship }: LinkEdge) => relationship.shown.stretches.length;

  test('load whole, are loaded once, and follow from their decisions', async () => {
    const again = await loadSeeds(graph, options);

    expect(reports.flatMap(({ problems }) => problems)).toEqual([]);
    expect(again.map(({ changes }) => changes)).toEqual(reports.map(() => 0));
    expect((await verify(graph)).differences).toEqual([]);
  });

  test('answer whom Kim Kardashian was with, and with whom married', async () => {
    expect(await whom('kim-kardashian', { at: '2011-09' })).toEqual({ 'Kris Humphries': 'YES' });
    expect(await whom('kim-kardashian', { at: '2012-06' })).toEqual({ 'Kanye West': 'POSSIBLE' });
    expect(await whom('kim-kardashian', { at: '2012-06', types: ['MARRIED'] })).toEqual({ 'Kris Humphries': 'YES' });
    expect(await whom('kim-kardashian', { at: '2010' })).toEqual({});
    expect(await whom('kim-kardashian', { at: '2013-09' })).toEqual({ 'Kanye West': 'YES' });
    expect(await whom('kim-kardashian', { at: '2018' })).toEqual({ 'Kanye West': 'YES' });
    expect(await whom('kim-kardashian', { at: '2024', certainty: 'CERTAIN' })).toEqual({});
  });

  test('have the meeting of 2007 as an event of the two, confirmed by her word', async () => {
    const { relationship } = await between('kim-kardashian', 'kanye-west');

    const [events = []] = await eventsOfPairs(
      graph,
      [relationship.id],
      { first: 50, after: null, minStanding: 2, orderBy: 'DATE_ASC' },
      READER,
    );

    const met = events.find(({ kind }) => kind === 'MET');
    expect(met).toMatchObject({ standing: 3, shown: { date: { date: { edtf: '2007', text: 'years before' } } } });
    expect(events.map(({ kind }) => kind)).toContain('OTHER');
  });

  test('name a minor as a child of adults at CONFIRMED, and tell nothing else', async () => {
    for (const parent of ['kim-kardashian', 'kanye-west']) {
      const [child, ...others] = await partners(parent, { kinds: ['PARENT_CHILD'] });

      expect(others).toEqual([]);
      expect(child).toMatchObject({ other: { name: 'North West' }, nameOnly: true, periods: [] });
    }
  });

  test('hold the hard cases: reunions, a filing taken back, an end without a date, law and life apart', async () => {
    expect(stretches(await between('elizabeth-taylor', 'richard-burton'))).toBe(2);
    expect(stretches(await between('frida-kahlo', 'diego-rivera'))).toBe(2);
    expect(stretches(await between('natalie-wood', 'robert-wagner'))).toBe(2);
    expect(stretches(await between('lucille-ball', 'desi-arnaz'))).toBe(1);
    expect(await whom('lucille-ball', { at: '1950' })).toEqual({ 'Desi Arnaz': 'YES' });
    expect((await between('greta-garbo', 'john-gilbert')).periods[0]?.shown.end).toMatchObject({
      state: 'ENDED',
      date: null,
    });
    expect(await whom('wallis-simpson', { at: '1937-01' })).toEqual({ 'Edward VIII': 'YES' });
    expect(await whom('wallis-simpson', { at: '1937-01', types: ['MARRIED'] })).toEqual({ 'Ernest Simpson': 'YES' });
    expect(await whom('spencer-tracy', { at: '1950' })).toEqual({
      'Katharine Hepburn': 'YES',
      'Louise Tracy': 'YES',
    });
  });

  test('hold a denial that was later confirmed by both', async () => {
    const [dating] = (await between('elizabeth-taylor', 'richard-burton')).periods;

    expect(dating).toMatchObject({ type: 'DATING', standing: 3, shown: { contested: false } });
    expect(dating?.shown.denials).toHaveLength(1);
  });

  test('hold a start on which sources disagree, as a contested range', async () => {
    const [marriage] = (await between('richard-burton', 'sybil-christopher')).periods;

    expect(marriage?.shown.start).toMatchObject({ contested: true, date: { edtf: '[1949-02-01..1949-02-05]' } });
  });

  test('show readers between 400 and 600 people, in a chain of six from June Allyson to Connie Stevens', async () => {
    const rows = await graph.read(
      `MATCH (a:Person)-[l:LINKED]->(b:Person) WHERE l.kind = 'ROMANTIC' AND l.standing >= 2 AND l.standing >= a.floor AND l.standing >= b.floor
       RETURN a.slug AS a, b.slug AS b`,
    );
    const chain = ['june-allyson', 'dick-powell', 'joan-blondell', 'mike-todd', 'elizabeth-taylor', 'eddie-fisher'];
    const links = new Set(rows.flatMap(({ a, b }) => [`${a} ${b}`, `${b} ${a}`]));

    const shown = new Set(rows.flatMap(({ a, b }) => [a, b]));
    expect(shown.size).toBeGreaterThanOrEqual(400);
    expect(shown.size).toBeLessThanOrEqual(600);
    for (const [at, slug] of chain.entries()) expect(links).toContain(`${slug} ${chain[at + 1] ?? 'connie-stevens'}`);
  });
});
