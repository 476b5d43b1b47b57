import { beforeAll, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { aStory } from '../support/story.js';
import { answerOf, ask } from './asking.js';

/** Births and names that repeat, so that lists have ties; every seventh birth is unknown, every fifth vague. */
const PEOPLE = Array.from({ length: 60 }, (_, n) => ({
  name: ['Maria', 'José', 'Zoë', 'Ann'][n % 4] ?? '',
  slug: `p${String(n).padStart(2, '0')}`,
  born: n % 7 === 0 ? null : n % 5 === 0 ? `${1960 + (n % 9)}~` : `${1960 + (n % 9)}-0${1 + (n % 3)}`,
  occupation: n % 3 === 0 ? 'Singer' : n % 3 === 1 ? 'film producer' : null,
  external: n % 4 === 0,
  limited: n % 11 === 0,
  hidden: n % 13 === 0,
  partner: n % 2 === 0 && n < 40,
}));
type Told = (typeof PEOPLE)[number];

const folded = ({ name }: Told) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const yearOf = ({ born, limited }: Told) => (born === null || limited ? null : Number(born.slice(0, 4)));
const monthOf = ({ born }: Told) => (born?.includes('-') ? Number(born.slice(5)) : 1);
const shown = PEOPLE.filter(({ hidden }) => !hidden);

interface Page {
  people: { totalCount: number; nodes: { slug: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}

async function pagesOf(
  graph: Graph,
  filter: string,
  orderBy = 'NAME_ASC',
): Promise<{ slugs: string[]; count: number }> {
  const slugs: string[] = [];
  let after = 'null';
  for (;;) {
    const query = `{ people(first: 7, after: ${after}, filter: { ${filter} }, orderBy: ${orderBy}) { totalCount nodes { slug } pageInfo { hasNextPage endCursor } } }`;
    const { people } = await answerOf<Page>(graph, query);
    slugs.push(...people.nodes.map(({ slug }) => slug));
    if (!people.pageInfo.hasNextPage) return { slugs, count: people.totalCount };
    after = JSON.stringify(people.pageInfo.endCursor);
  }
}

const engines = enginesHere();

describe.each(engines)('Lists that are filtered on $name', (engine) => {
  let graph: Graph;
  let ids: string[] = [];

  beforeAll(async () => {
    graph = await engine.fresh();
    const story = aStory();
    const star = story.aPerson('Star', { slug: 'star', visibility: 'PRIVATE' });
    const other = story.aPerson('Öther', { slug: 'other', aliases: [] });
    ids = PEOPLE.map(({ name, slug, born, occupation, external, limited, hidden }, n) => {
      const visibility = hidden ? 'PRIVATE' : limited ? 'LIMITED' : 'PUBLIC';
      const id = story.aPerson(name, {
        slug,
        visibility,
        externalIds: external ? [`wikidata:Q${n}`] : [`imdb:nm${n}`],
      });
      // A witness establishes what he says, but of somebody LIMITED it isn't shown.
      const cited = limited ? ({ evidence: 'WITNESS' } as const) : {};
      if (born) story.aBirth(id, born, cited);
      if (occupation) story.aClaim(id, 'OCCUPATION', { text: occupation }, cited);
      return id;
    });
    PEOPLE.forEach(({ partner }, n) => {
      story.aMarriage(ids[n] ?? '', star, { start: '1990' });
      if (partner) story.aMarriage(ids[n] ?? '', other, { start: String(1980 + n) });
    });
    await story.commitTo(graph);
  }, 120_000);

  const sluggish = (of: readonly Told[]) => of.map(({ slug }) => slug).sort();
  const without = ({ slugs, count }: { slugs: string[]; count: number }) => {
    expect(count).toBe(slugs.length);
    return slugs.filter((slug) => slug !== 'other').sort();
  };

  test.each([
    ['occupation: "SINGER"', (one: Told) => one.occupation === 'Singer' && !one.limited],
    ['occupation: "film producer"', (one: Told) => one.occupation === 'film producer' && !one.limited],
    ['occupation: "film"', () => false],
    ['externalSource: "wikidata"', (one: Told) => one.external],
    ['externalSource: "wiki"', () => false],
    ['withPartners: true', (one: Told) => one.partner],
    ['withPartners: false', (one: Told) => !one.partner],
    ['contested: true', () => false],
    ['contested: false', () => true],
    ['bornFrom: "1963"', (one: Told) => (yearOf(one) ?? 0) >= 1963],
    ['bornTo: "1963"', (one: Told) => (yearOf(one) ?? 9999) <= 1963],
    ['bornFrom: "1962", bornTo: "1964"', (one: Told) => [1962, 1963, 1964].includes(yearOf(one) ?? 0)],
    [
      'bornFrom: "1962-02", bornTo: "1962-02", certainty: CERTAIN',
      (one: Told) => yearOf(one) === 1962 && one.born === '1962-02',
    ],
    [
      'bornFrom: "1962-02", bornTo: "1962-02"',
      (one: Told) => yearOf(one) === 1962 && (one.born === '1962-02' || one.born === '1962~'),
    ],
    ['ids: ["p01", "p02", "p13", "nobody"]', (one: Told) => ['p01', 'p02'].includes(one.slug)],
    ['ids: []', () => false],
    [
      'occupation: "singer", withPartners: true, bornFrom: "1961"',
      (one: Told) => one.occupation === 'Singer' && !one.limited && one.partner && (yearOf(one) ?? 0) >= 1961,
    ],
  ])('take the people whom %s describes, and count them', async (filter, wanted) => {
    expect(without(await pagesOf(graph, filter))).toEqual(sluggish(shown.filter(wanted)));
  });

  test.each([
    ['NAME_ASC', 1],
    ['NAME_DESC', -1],
  ])('are by name, page after page, in the order %s', async (order, sign) => {
    const { slugs } = await pagesOf(graph, 'externalSource: "wikidata"', order);
    const names = slugs.map((slug) => folded(PEOPLE.find((one) => one.slug === slug) as Told));

    expect(names).toEqual([...names].sort((a, b) => sign * (a < b ? -1 : Number(a > b))));
    expect(new Set(slugs).size).toBe(shown.filter(({ external }) => external).length);
  });

  test.each([
    ['BIRTH_ASC', 1],
    ['BIRTH_DESC', -1],
  ])('are by birth, unknown and unshown ones last, in the order %s', async (order, sign) => {
    const { slugs, count } = await pagesOf(graph, '', order);
    const listed = slugs.flatMap((slug) => PEOPLE.find((one) => one.slug === slug) ?? []);
    const known = listed.filter((one) => yearOf(one) !== null);
    const places = known.map((one) => (yearOf(one) ?? 0) * 12 + monthOf(one));

    expect([new Set(slugs).size, count]).toEqual([slugs.length, shown.length + 1]);
    expect(places).toEqual([...places].sort((a, b) => sign * (a - b)));
    expect(listed.slice(0, known.length)).toEqual(known);
  });

  test('leave nothing that is derived for them to be found by verify', async () => {
    expect((await verify(graph)).differences).toEqual([]);
  });

  test('refuse a span that ends before it begins, dates that are none, and cursors of another order', async () => {
    const refused = async (query: string) =>
      (await ask(graph, query)).errors.map(({ extensions }) => [extensions.field, extensions.rule]);
    const { people } = await answerOf<Page>(
      graph,
      '{ people(first: 1) { totalCount nodes { slug } pageInfo { hasNextPage endCursor } } }',
    );

    expect(await refused('{ people(filter: { bornFrom: "1970", bornTo: "1960" }) { totalCount } }')).toEqual([
      ['filter.bornTo', 'DATE_ORDER'],
    ]);
    expect(await refused('{ people(filter: { bornFrom: "soon" }) { totalCount } }')).toEqual([
      ['filter.bornFrom', 'EDTF'],
    ]);
    expect(await refused('{ events(filter: { from: "1970", to: "1960" }) { totalCount } }')).toEqual([
      ['filter.to', 'DATE_ORDER'],
    ]);
    expect(
      await refused(`{ people(orderBy: BIRTH_ASC, after: "${people.pageInfo.endCursor}") { nodes { slug } } }`),
    ).toEqual([['after', 'CURSOR']]);
    expect(
      await refused(
        `{ people(filter: { ids: ${JSON.stringify(Array.from({ length: 101 }, String))} }) { totalCount } }`,
      ),
    ).toEqual([['filter.ids', 'TOO_MANY']]);
  });
});

describe.each(engines)('Lists of events, articles and relationships on $name', (engine) => {
  let graph: Graph;
  const slugs: Record<string, string> = {};

  beforeAll(async () => {
    graph = await engine.fresh();
    const story = aStory();
    const [ann, bo, cy, di] = story.people('Ann', 'Bo', 'Cy', 'Di');
    const secret = story.aPerson('Secret', { visibility: 'PRIVATE' });
    const paper = story.anArticle('Daily', { kind: 'NEWS', outlet: 'The Daily', published: '2010-05-01' });
    const talk = story.anArticle('Talk', { kind: 'INTERVIEW', outlet: 'Talk', published: '2012' });
    const undated = story.anArticle('Data', { kind: 'DATASET', outlet: 'the daily', published: null });
    Object.assign(slugs, { [paper]: 'paper', [talk]: 'talk', [undated]: 'undated' });
    const wed = story.aMarriage(ann, bo, { start: '2001', article: paper });
    story.aClaim(wed, 'START', { date: { edtf: '2005' } }, { article: talk });
    story.aMarriage(cy, di, { start: '2003', article: undated });
    story.aBirth(cy, '1970', { article: talk });
    story.aBirth(cy, '1980', { article: talk });
    story.aBirth(di, '1970', { article: talk });
    const events = [
      story.anEvent('WEDDING', { [ann]: 'PARTY', [bo]: 'PARTY' }, { start: '2001-06-01', article: paper }),
      story.anEvent(
        'APPEARANCE',
        { [ann]: 'SUBJECT', [secret]: 'GUEST' },
        { start: '[2004-12-01..2005-02-01]', article: talk },
      ),
      story.anEvent('MET', { [cy]: 'PARTY', [di]: 'PARTY' }, { article: paper }),
    ];
    events.forEach((id, n) => {
      slugs[id] = ['wedding', 'appearance', 'met'][n] ?? '';
    });
    await story.commitTo(graph);
  }, 120_000);

  test.each([
    ['events(filter: { kinds: [WEDDING, MET] })', ['wedding', 'met']],
    ['events(filter: { kinds: [] })', []],
    ['events(filter: { people: ["ann", "bo"] })', ['wedding', 'appearance']],
    ['events(filter: { people: ["secret"] })', []],
    ['events(filter: { from: "2005" })', ['appearance']],
    ['events(filter: { from: "2005", certainty: CERTAIN })', []],
    ['events(filter: { from: "2001-06", to: "2005" }, orderBy: DATE_DESC)', ['appearance', 'wedding']],
    ['events(filter: { to: "2001-05" })', []],
    ['articles(filter: { outlet: "THE DAILY" })', ['paper', 'undated']],
    ['articles(filter: { kinds: [INTERVIEW, DATASET] }, orderBy: PUBLISHED_DESC)', ['undated', 'talk']],
    ['articles(filter: { people: ["bo"] })', ['paper', 'talk']],
    ['articles(filter: { people: ["secret"] })', []],
    ['articles(filter: { publishedFrom: "2010-05-02" })', ['talk']],
    ['articles(filter: { publishedFrom: "2012-03", publishedTo: "2012-03", certainty: CERTAIN })', []],
    ['articles(filter: { publishedTo: "2011" }, orderBy: PUBLISHED_ASC)', ['paper']],
    ['articles(orderBy: PUBLISHED_DESC)', ['undated', 'talk', 'paper']],
  ])('%s is what matches, counted', async (list, wanted) => {
    const answer = await answerOf<Record<string, { totalCount: number; nodes: { id: string }[] }>>(
      graph,
      `{ ${list} { totalCount nodes { id } } }`,
    );
    const { totalCount = 0, nodes = [] } = Object.values(answer)[0] ?? {};

    // The register that the story cites by itself is in no list: nobody here has cited it.
    expect(nodes.map(({ id }) => slugs[id])).toEqual(wanted);
    expect(totalCount).toBe(wanted.length);
  });

  test.each([
    ['contested: true', ['Ann', 'Bo']],
    ['contested: false', ['Cy', 'Di']],
    ['contested: true, people: ["cy"]', []],
    ['contested: true, types: [MARRIED], at: "2003"', ['Ann', 'Bo']],
  ])('relationships with %s are those over which accounts differ, or not', async (filter, wanted) => {
    const { relationships } = await answerOf<{
      relationships: { totalCount: number; nodes: { parties: { person: { name: string } }[] }[] };
    }>(graph, `{ relationships(filter: { ${filter} }) { totalCount nodes { parties { person { name } } } } }`);

    const names = relationships.nodes.flatMap(({ parties }) => parties.map(({ person }) => person.name));
    expect(names.sort()).toEqual(wanted);
    expect(relationships.totalCount).toBe(wanted.length / 2);
  });

  test('people of whom accounts differ are found', async () => {
    const answer = await answerOf(graph, '{ people(filter: { contested: true }) { totalCount nodes { name } } }');

    expect(answer).toEqual({ people: { totalCount: 1, nodes: [{ name: 'Cy' }] } });
  });
});
