import { beforeEach, describe, expect, test } from 'vitest';
import type { Evidence } from '../../src/domain/words.js';
import type { Graph } from '../../src/graph/graph.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { type Asking, answerOf } from './asking.js';
import { order, refusal } from './ordering.js';

const REVIEWER = { role: 'REVIEWER' } as const;
const DECIDE = 'decideClaims(decisions: $decisions) { change { id edits { type recordId } } }';
const DECISIONS = { decisions: '[DecisionInput!]!' };
const UNDO = 'undoChange(change: $id) { conflicts { rule } }';

interface Decided {
  change: { id: string; edits: object[] };
}

describe.each(enginesHere())('what sources say of people, on $name,', ({ name, fresh }) => {
  let graph: Graph;
  let story: Telling;
  beforeEach(async () => {
    graph = await fresh();
    story = new Telling(graph);
  });
  const clean = async () => expect((await verify(graph)).differences).toEqual([]);
  const accept = async (claim: string, expectedRevision: number) =>
    (await order(
      graph,
      DECIDE,
      DECISIONS,
      { decisions: [{ claim, decide: 'ACCEPT', expectedRevision }] },
      REVIEWER,
    )) as unknown as Decided;

  const proposedName = async (person: string, text: string, evidence: Evidence = 'RECORD') => {
    const claim = story.claim(person, 'NAME', { text }, { evidence, verdict: 'PROPOSED' });
    return { claim, revision: Number((await story.tell())?.seq) };
  };
  const called = async (slug: string, text: string, asking: Asking = {}) => {
    const { person, search } = await answerOf<{
      person: { aliases: { name: string; kind: string | null }[] };
      search: { edges: { why: string; matchedName: string }[] };
    }>(
      graph,
      'query ($slug: ID!, $text: String!) { person(id: $slug) { aliases { name kind } } search(text: $text) { edges { why matchedName } } }',
      { ...asking, variables: { slug, text } },
    );
    return { aliases: person.aliases, found: search.edges };
  };

  test('a name shows and is found once it is accepted at REPORTED or better, and no more when that is undone', async () => {
    const zoe = story.person('Zoe Quill', { slug: 'zoe', aliases: [{ name: 'Zo', kind: 'NICKNAME' }] });
    await story.tell();
    const recorded = [{ name: 'Zo', kind: 'NICKNAME' }];
    const { claim, revision } = await proposedName(zoe, 'Zenobia Marsh');
    const before = await called('zoe', 'Zenobia Marsh');

    const { change } = await accept(claim, revision);

    expect(before).toEqual({ aliases: recorded, found: [] });
    expect(await called('zoe', 'Zenobia Marsh')).toEqual({
      aliases: [...recorded, { name: 'Zenobia Marsh', kind: null }],
      found: [{ why: 'EXACT', matchedName: 'Zenobia Marsh' }],
    });
    await clean();
    await order(graph, UNDO, { id: 'ID!' }, { id: change.id });
    expect(await called('zoe', 'Zenobia Marsh')).toEqual(before);
    const same = await proposedName(zoe, 'Zo');
    await accept(same.claim, same.revision);
    const rumour = await proposedName(zoe, 'Zenobia Marsh', 'UNNAMED_SOURCE');
    await accept(rumour.claim, rumour.revision);
    expect(await called('zoe', 'Zenobia Marsh')).toEqual(before);
    await clean();
  });

  test('whom an accepted claim names took part in the event, until that is undone', async () => {
    const [ann, bo, old] = [story.person('Ann'), story.person('Bo', { slug: 'bo' }), story.person('Bob')];
    const event = story.event('APPEARANCE', [{ person: ann, role: 'PARTY' }], '2010');
    const claim = story.claim(event, 'PARTICIPANT', { person: old, role: 'GUEST' }, { verdict: 'PROPOSED' });
    const revision = Number((await story.tell())?.seq);
    const MERGE = 'mergePeople(keep: $bo, from: $old) { change { seq } }';
    await order(graph, MERGE, { bo: 'ID!', old: 'ID!' }, { bo, old });
    const denied = story.claim(event, 'PARTICIPANT', { person: bo, role: 'PARTY' }, { polarity: 'DENIES' });
    await story.tell();
    const took = async () => {
      const { node, person } = await answerOf<{ node: { participants: object[] }; person: { events: object } }>(
        graph,
        'query ($event: ID!) { node(id: $event) { ... on Event { participants { role person { name } } } } person(id: "bo") { events { totalCount } timeline { totalCount } } }',
        { variables: { event } },
      );
      return { participants: node.participants, ...person };
    };
    const before = await took();

    const { change } = await accept(claim, revision);

    const none = { events: { totalCount: 0 }, timeline: { totalCount: 0 } };
    expect(before).toEqual({ participants: [{ role: 'PARTY', person: { name: 'Ann' } }], ...none });
    expect(await took()).toEqual({
      participants: [...before.participants, { role: 'GUEST', person: { name: 'Bo' } }],
      ...{ events: { totalCount: 1 }, timeline: { totalCount: 1 } },
    });
    expect(change.edits).toContainEqual({ type: 'Event', recordId: event });
    expect(denied).toMatch(/^clm_/);
    await clean();
    await order(graph, UNDO, { id: 'ID!' }, { id: change.id });
    expect(await took()).toEqual(before);
    await clean();
  });

  // What is decided above the engine needs no second one.
  if (name !== 'memory:') return;

  test('a name of somebody LIMITED is told to readers, and finds them, once it is CONFIRMED', async () => {
    const zoe = story.person('Zoe Quill', { slug: 'zoe', visibility: 'LIMITED' });
    await story.tell();
    const { claim, revision } = await proposedName(zoe, 'Zenobia Quill', 'WITNESS');
    await accept(claim, revision);
    const told = { aliases: [{ name: 'Zenobia Quill', kind: null }] };

    expect(await called('zoe', 'Zenobia', REVIEWER)).toMatchObject({ ...told, found: [{ why: 'WORDS' }] });
    expect(await called('zoe', 'Zenobia')).toEqual({ aliases: [], found: [] });
    // By what readers are told, they find as they would if the other name weren't there.
    expect(await called('zoe', 'Quills')).toMatchObject({ found: [{ why: 'NEAR', matchedName: 'Zoe Quill' }] });
    const sure = await proposedName(zoe, 'Zenobia Quill');
    story.cite(claim, { evidence: 'RECORD' });
    await story.tell();
    expect(sure.revision).toBeGreaterThan(revision);
    expect(await called('zoe', 'Zenobia')).toMatchObject({ ...told, found: [{ why: 'WORDS' }] });
    await clean();
  });

  test('an event is recorded with whom its claims name, and a second child is born of no one claim', async () => {
    const [ann, bo, cy] = [story.person('Ann'), story.person('Bo'), story.person('Cy')];
    const by = story.article('The Example');
    await story.tell();
    const cite = [{ article: by, quote: 'They were there.', evidence: 'RECORD' }];
    const child = (person: string) => ({ field: 'PARTICIPANT', value: { person, role: 'CHILD' }, cite });
    const parent = { field: 'PARTICIPANT', value: { person: bo, role: 'PARENT' }, cite };
    const RECORD = 'recordEvent(input: $input, claims: $claims) { event { participants { role person { name } } } }';
    const types = { input: 'EventInput!', claims: '[ClaimInput!]!' };
    const input = { kind: 'BIRTH', participants: [{ person: ann, role: 'CHILD' }] };

    const made = await order(graph, RECORD, types, { input, claims: [parent, child(ann)] });

    expect(made).toEqual({
      event: {
        participants: [
          { role: 'CHILD', person: { name: 'Ann' } },
          { role: 'PARENT', person: { name: 'Bo' } },
        ],
      },
    });
    expect(await refusal(graph, RECORD, types, { input, claims: [child(cy)] })).toMatchObject({
      ...{ code: 'INVALID_INPUT', rule: 'BIRTH_CHILD' },
    });
    await clean();
  });
});
