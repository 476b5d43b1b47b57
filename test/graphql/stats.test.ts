import { describe, expect, test } from 'vitest';
import { enginesHere } from '../support/engines.js';
import { aStory } from '../support/story.js';
import { ask, NOON } from './asking.js';

const QUERY = `{ stats { people relationships byVerdict { ACCEPTED } waiting lastChange { seq } articles byOutlet { outlet articles }
  byKind { kind byStanding { CONFIRMED } } freshness { published retrieved } } }`;

describe.each(enginesHere())('Stats on $name', (engine) => {
  test('are counted once until something changes, for each kind of viewer and for each day', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    const [ann, bo] = [story.aPerson('Ann'), story.aPerson('Bo', { visibility: 'PRIVATE' })];
    story.aMarriage(ann, bo);
    await story.commitTo(graph);
    const asked = async (asking = {}) => {
      const { data, statements } = await ask(graph, QUERY, asking);
      return { ...(data?.stats as Record<string, unknown>), counted: statements.length > 1, statements };
    };

    const first = await asked();
    const again = await asked();
    const reviewer = await asked({ role: 'REVIEWER' });
    const tomorrow = await asked({ now: NOON + 86_400_000 });
    story.change('Person', bo, { visibility: 'PUBLIC' });
    await story.commitTo(graph);
    const changed = await asked({ now: NOON + 86_400_000 });

    expect(first).toMatchObject({ people: 1, relationships: 0, waiting: null, lastChange: null, counted: true });
    expect(again).toEqual({ ...first, counted: false, statements: ['graphSeq'] });
    expect(reviewer).toMatchObject({ people: 2, relationships: 1, waiting: 0, lastChange: { seq: 1 }, counted: true });
    expect(tomorrow).toMatchObject({ people: 1, relationships: 0, counted: true });
    expect(changed).toMatchObject({ people: 2, relationships: 1, lastChange: null, counted: true });
  });

  test('tell of what kinds relationships are, and how far which sources reach', async () => {
    const graph = await engine.fresh();
    const story = aStory();
    story.aMarriage(story.aPerson('Ann'), story.aPerson('Bo'));
    await story.commitTo(graph);

    const { data } = await ask(graph, QUERY);

    expect(data?.stats).toMatchObject({
      articles: 1,
      byOutlet: [{ outlet: 'Register of s', articles: 1 }],
      byKind: [{ kind: 'ROMANTIC', byStanding: { CONFIRMED: 1 } }],
      freshness: { published: '2020-01-01', retrieved: '2020-01-01' },
    });
  });

  test('are not remembered where counting fails', async () => {
    const graph = await engine.fresh();
    const failing = {
      read: (statement: string, ...rest: never[]) => failOn(statement) ?? graph.read(statement, ...rest),
    };
    let fails = true;
    const failOn = (statement: string) =>
      fails && statement.includes('countEvents') ? Promise.reject(new Error('lost')) : null;

    const failed = await ask(failing, QUERY);
    fails = false;
    const then = await ask(failing, QUERY);

    expect(failed.errors).toHaveLength(1);
    expect(then.data?.stats).toMatchObject({ people: 0 });
  });
});
