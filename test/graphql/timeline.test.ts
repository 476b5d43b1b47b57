import { describe, expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { enginesHere } from '../support/engines.js';
import { aStory, type Story } from '../support/story.js';
import { type Asking, answerOf, ask } from './asking.js';

const FIELDS =
  'totalCount pageInfo { hasNextPage endCursor } edges { cursor other { name } silence { from to years } node { __typename ... on Period { type } ... on Event { kind participants { person { name } } } } }';

interface Edge {
  cursor: string;
  other: { name: string } | null;
  silence: { from: number; to: number; years: number } | null;
  node: { __typename: string; type?: string; kind?: string; participants?: { person: { name: string } }[] };
}

interface Timeline {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  edges: Edge[];
}

const shown = ({ edges }: Timeline) =>
  edges.map(({ other, node, silence }) => [
    ...(silence ? [`${silence.from}–${silence.to}: ${silence.years}`] : []),
    node.type ?? node.kind,
    ...(other ? [other.name] : (node.participants ?? []).map(({ person }) => person.name)),
  ]);

async function timelineOf(graph: Graph, args = '', asking: Asking = {}): Promise<Timeline> {
  const query = `{ person(id: "ann") { timeline${args && `(${args})`} { ${FIELDS} } } }`;
  return (await answerOf<{ person: { timeline: Timeline } }>(graph, query, asking)).person.timeline;
}

/** What happened to Ann, told out of order: the letters in front are the order in which it stands on her timeline. */
function aLife(story: Story): { ann: string; bo: string; cy: string } {
  const [ann, bo, cy] = [story.aPerson('Ann'), story.aPerson('Bo'), story.aPerson('Cy')];
  story.anEvent('OTHER', { [ann]: 'SUBJECT' });
  const early = story.anArticle('An early source', { published: '2005-01-01' });
  story.aPeriod('FRIEND', 'UNSPECIFIED', ann, cy, { article: early });
  story.aPeriod('ROMANTIC', 'DATING', ann, cy, { start: '2014', end: '2015' });
  story.anEvent('APPEARANCE', { [ann]: 'SUBJECT', [cy]: 'GUEST' }, { start: '2014-01-01' });
  story.aMarriage(ann, bo, { start: '2001-05', end: '2009-02-03' });
  story.anEvent('WEDDING', { [ann]: 'PARTY', [bo]: 'PARTY' }, { start: '2001-05-05' });
  story.anEvent('INTERVIEW', { [ann]: 'SUBJECT' }, { start: '[..1999]' });
  return { ann, bo, cy };
}

const LIFE = [
  ['INTERVIEW', 'Ann'],
  ['2000–2000: 1', 'MARRIED', 'Bo'],
  ['WEDDING', 'Ann', 'Bo'],
  ['2010–2013: 4', 'APPEARANCE', 'Ann', 'Cy'],
  ['DATING', 'Cy'],
];
const UNDATED = [
  ['UNSPECIFIED', 'Cy'],
  ['OTHER', 'Ann'],
];

describe.each(enginesHere())('A timeline on $name', (engine) => {
  const lived = async () => {
    const story = aStory();
    const people = aLife(story);
    const graph = await engine.fresh();
    await story.commitTo(graph);
    return { graph, story, ...people };
  };

  test('has periods and events in one order, the years between of which nothing is told, and what has no date last', async () => {
    const { graph } = await lived();

    const timeline = await timelineOf(graph);

    expect(shown(timeline)).toEqual([...LIFE, ...UNDATED]);
    expect(timeline.totalCount).toBe(7);
  });

  test('has a period of which only the end is told where it can have begun at the latest', async () => {
    const { graph, story, ann, bo } = await lived();
    story.aPeriod('COLLABORATION', 'UNSPECIFIED', ann, bo, { end: '2012' });
    await story.commitTo(graph);

    expect(shown(await timelineOf(graph))).toEqual([
      ...LIFE.slice(0, 3),
      ['UNSPECIFIED', 'Bo'],
      ['2013–2013: 1', ...(LIFE[3] ?? []).slice(1)],
      ...LIFE.slice(4),
      ...UNDATED,
    ]);
  });

  test('is the same page by page', async () => {
    const { graph, story, ann } = await lived();
    for (let i = 0; i < 3; i += 1) story.anEvent('APPEARANCE', { [ann]: 'SUBJECT' }, { start: '2014-01-01' });
    await story.commitTo(graph);
    const whole = await timelineOf(graph);

    for (const first of [1, 2, 3]) {
      const edges: Edge[] = [];
      let page = await timelineOf(graph, `first: ${first}`);
      edges.push(...page.edges);
      while (page.pageInfo.hasNextPage) {
        page = await timelineOf(graph, `first: ${first}, after: "${page.pageInfo.endCursor}"`);
        edges.push(...page.edges);
      }
      expect(edges).toEqual(whole.edges);
    }
  });

  test('repeats and loses nothing when something is told between two pages (T22)', async () => {
    const { graph, story, ann, bo } = await lived();
    const first = await timelineOf(graph, 'first: 3');
    story.anEvent('SPLIT', { [ann]: 'PARTY', [bo]: 'PARTY' }, { start: '2009-01' });
    story.anEvent('MET', { [ann]: 'PARTY', [bo]: 'PARTY' }, { start: '1999-06' });
    await story.commitTo(graph);

    const rest = await timelineOf(graph, `first: 100, after: "${first.pageInfo.endCursor}"`);

    expect([...shown(first), ...shown(rest)]).toEqual([
      ...LIFE.slice(0, 3),
      ['SPLIT', 'Ann', 'Bo'],
      ...LIFE.slice(3),
      ...UNDATED,
    ]);
  });

  test('takes what held or happened in some years, or may have', async () => {
    const { graph } = await lived();

    const between = await timelineOf(graph, 'from: "2009", to: "2014-01"');
    const before = await timelineOf(graph, 'to: "2000"');

    expect(shown(between)).toEqual([
      ['MARRIED', 'Bo'],
      ['2010–2013: 4', 'APPEARANCE', 'Ann', 'Cy'],
      ['DATING', 'Cy'],
      ...UNDATED,
    ]);
    expect(between.totalCount).toBe(5);
    expect(shown(before)).toEqual([['INTERVIEW', 'Ann'], ...UNDATED]);
    expect(shown(await timelineOf(graph, 'from: "2015-06"'))).toEqual([['DATING', 'Cy'], ...UNDATED]);
  });

  test('keeps to the standing asked for, and refuses years that end before they begin', async () => {
    const story = aStory();
    const [ann, bo] = [story.aPerson('Ann'), story.aPerson('Bo')];
    story.aPeriod('ROMANTIC', 'DATING', ann, bo, { start: '2001', evidence: 'OUTLET' });
    story.anEvent('SPLIT', { [ann]: 'PARTY', [bo]: 'PARTY' }, { start: '2003', evidence: 'OUTLET' });
    const graph = await engine.fresh();
    await story.commitTo(graph);
    const refusal = async (args: string) =>
      (await ask(graph, `{ person(id: "ann") { timeline(${args}) { totalCount } } }`)).errors[0]?.extensions;

    expect(await timelineOf(graph)).toMatchObject({ totalCount: 0, edges: [] });
    expect(await timelineOf(graph, 'minStanding: RUMOURED')).toMatchObject({ totalCount: 2, edges: [{}, {}] });
    expect(await refusal('minStanding: PROPOSED')).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await refusal('from: "2002", to: "2001"')).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'to',
      rule: 'DATE_ORDER',
    });
    expect(await refusal('from: "last year"')).toMatchObject({ code: 'INVALID_INPUT', field: 'from', rule: 'EDTF' });
    expect(await refusal('after: "WyJOQU1FIl0"')).toMatchObject({ code: 'INVALID_INPUT', rule: 'CURSOR' });
  });

  test('loses hidden guests, and events and periods that depend on somebody hidden', async () => {
    const { graph, story, ann, cy } = await lived();
    const secret = story.aPerson('Secret', { visibility: 'PRIVATE' });
    const child = story.aPerson('Child', { adult: false });
    story.aBirth(child, '2014');
    story.aPeriod('PARENT_CHILD', 'BIOLOGICAL', ann, child, { start: '2014' });
    story.aMarriage(ann, secret, { start: '2011' });
    story.anEvent('WEDDING', { [ann]: 'PARTY', [secret]: 'PARTY' }, { start: '2011' });
    story.anEvent('BIRTH', { [child]: 'CHILD', [ann]: 'PARENT' }, { start: '2014' });
    story.anEvent('APPEARANCE', { [ann]: 'SUBJECT', [cy]: 'GUEST', [secret]: 'GUEST' }, { start: '2014-02' });
    await story.commitTo(graph);

    const timeline = await timelineOf(graph);

    expect(shown(timeline)).toEqual([...LIFE, ['APPEARANCE', 'Ann', 'Cy'], ...UNDATED]);
    expect(timeline.totalCount).toBe(8);
    expect((await timelineOf(graph, '', { role: 'REVIEWER' })).totalCount).toBe(12);
  });

  test('is two statements whatever the number of people, and two more for the counts', async () => {
    const { graph } = await lived();

    const one = await ask(
      graph,
      `{ person(id: "ann") { timeline { nodes { id ... on Period { relationship { parties { person { name } } } } } } } }`,
    );
    const all = await ask(graph, `{ people { nodes { timeline { ${FIELDS} } } } }`);

    expect(one.statements).toEqual(['people', 'timelinePeriods', 'timelineEvents']);
    expect(one.waits).toBe(2);
    expect([...all.statements].sort()).toEqual([
      ...['countTimelineEvents', 'countTimelinePeriods', 'peoplePage', 'timelineEvents', 'timelinePeriods'],
    ]);
  });
});
