import { beforeEach, describe, expect, test } from 'vitest';
import { relationshipId } from '../../src/domain/ids.js';
import type { Graph } from '../../src/graph/graph.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { answerOf, ask } from './asking.js';
import { order, refusal } from './ordering.js';

const PROPOSE =
  'proposeClaims(statements: $statements) { change { id seq edits { type recordId after } } claims { id } }';
const STATEMENTS = { statements: '[StatementInput!]!' };
const CONTRIBUTOR = { role: 'CONTRIBUTOR' } as const;
const REVIEWER = { role: 'REVIEWER' } as const;

interface Proposed {
  change: { id: string; seq: number; edits: { type: string; recordId: string; after: string }[] } | null;
  claims: object[];
}

describe.each(enginesHere())('proposing on $name', ({ name, fresh }) => {
  let graph: Graph;
  let story: Telling;
  let x: string;
  let y: string;
  beforeEach(async () => {
    graph = await fresh();
    story = new Telling(graph);
    [x, y] = [story.person('Xan'), story.person('Yve')];
    await story.tell();
  });
  const clean = async () => expect((await verify(graph)).differences).toEqual([]);
  const article = async (published: string, more: object = {}) => {
    const id = story.article(`Of ${published}`, { published, ...more });
    await story.tell();
    return id;
  };
  const cite = (by: string, evidence = 'OUTLET', side?: string) => ({
    article: by,
    quote: 'So they say.',
    evidence,
    side,
  });
  const exists = (state: string, by: object, polarity = 'ASSERTS') => ({
    field: 'EXISTS',
    value: { state },
    polarity,
    cite: [by],
  });
  const pair = (type = 'DATING') => ({ kind: 'ROMANTIC', a: x, b: y, type });
  const propose = async (claims: object[], about: object = { pair: pair() }) =>
    (await order(
      graph,
      PROPOSE,
      STATEMENTS,
      { statements: [{ ...about, claims }] },
      CONTRIBUTOR,
    )) as unknown as Proposed;
  const acceptAll = async ({ change }: Proposed) => {
    const claims = (change?.edits ?? []).filter(({ type }) => type === 'Claim').map(({ recordId }) => recordId);
    const decisions = claims.map((claim) => ({ claim, decide: 'ACCEPT', expectedRevision: change?.seq }));
    await order(
      graph,
      'decideClaims(decisions: $decisions) { change { id } }',
      { decisions: '[DecisionInput!]!' },
      { decisions },
      REVIEWER,
    );
  };
  /** What reviewers know of the two, and how often readers see them together, by what they ask for. */
  const known = async () => {
    const BETWEEN =
      'query ($x: ID!, $y: ID!, $least: Standing!) { between(a: $x, b: $y, minStanding: $least) { standing periods(minStanding: $least) { contested } } person(id: $x) { partners(minStanding: $least) { totalCount } timeline { totalCount } } }';
    const asked = async (least: string, asking: object) => {
      const { between, person } = await answerOf<{
        between: { standing: string; periods: { contested: boolean }[] }[];
        person: { partners: { totalCount: number }; timeline: { totalCount: number } };
      }>(graph, BETWEEN, { ...asking, variables: { x, y, least } });
      return { pair: between[0], seen: [between.length, person.partners.totalCount, person.timeline.totalCount] };
    };
    const { pair: pairNow } = await asked('PROPOSED', REVIEWER);
    const { pair: rumour } = await asked('RUMOURED', {});
    return {
      standing: pairNow?.standing,
      contested: pairNow?.periods[0]?.contested,
      toReaders: (await asked('REPORTED', {})).seen,
      toReadersWhoAsk: rumour?.standing ?? null,
    };
  };
  const HIDDEN = [0, 0, 0];

  test('a rumour, X’s agent denies it, X confirms it: hidden from readers until then (T33)', async () => {
    const rumour = await propose([exists('PRESENT', cite(await article('2015')))]);
    expect(rumour.claims).toEqual([]);
    expect(await known()).toMatchObject({ standing: 'PROPOSED', toReaders: HIDDEN, toReadersWhoAsk: null });

    await acceptAll(rumour);
    const rumoured = { standing: 'RUMOURED', toReaders: HIDDEN, toReadersWhoAsk: 'RUMOURED' };
    expect(await known()).toEqual({ ...rumoured, contested: false });
    await acceptAll(await propose([exists('PAST', cite(await article('2016'), 'REPRESENTATIVE', x), 'DENIES')]));
    expect(await known()).toEqual({ ...rumoured, contested: true });
    await acceptAll(await propose([exists('PAST', cite(await article('2017'), 'PRINCIPAL', x))]));
    expect(await known()).toEqual({
      ...{ standing: 'CONFIRMED', contested: false, toReaders: [1, 1, 1], toReadersWhoAsk: 'CONFIRMED' },
    });
    await clean();
  });

  test.each([
    ['of whom nobody has established anything', 'LIMITED', null],
    ['whose outlet names nobody', 'PUBLIC', 'RUMOURED'],
  ] as const)(
    'a fan %s claims an affair, the star denies: a rumour both times, then contested, hidden both times (T34)',
    async (_fan, visibility, toReadersWhoAsk) => {
      story.edit('Person', y, { visibility });
      await story.tell();
      const by = await article('2015');
      const word = visibility === 'LIMITED' ? cite(by, 'PRINCIPAL', y) : cite(by, 'UNNAMED_SOURCE');

      await acceptAll(await propose([exists('PRESENT', word)]));

      const hidden = { standing: 'RUMOURED', toReaders: HIDDEN, toReadersWhoAsk };
      expect(await known()).toEqual({ ...hidden, contested: false });
      await acceptAll(await propose([exists('PAST', cite(await article('2016'), 'PRINCIPAL', x), 'DENIES')]));
      expect(await known()).toEqual({ ...hidden, contested: true });
      await clean();
    },
  );

  test('an unnamed source that says a confirmed marriage is over is a rumour of its end (T35)', async () => {
    const marriage = story.marriage(x, y, { start: '2010' });
    await story.tell();

    await acceptAll(
      await propose(
        [{ field: 'END', value: { state: 'ENDED' }, cite: [cite(await article('2015'), 'UNNAMED_SOURCE')] }],
        { pair: pair('MARRIED') },
      ),
    );

    const PERIOD = 'query ($id: ID!) { node(id: $id) { ... on Period { standing end { state } endRumoured } } }';
    expect(await answerOf(graph, PERIOD, { variables: { id: marriage } })).toEqual({
      node: { standing: 'CONFIRMED', end: { state: 'UNSTATED' }, endRumoured: true },
    });
    await clean();
  });

  test('what is there is not proposed again, what was rejected not from the same article', async () => {
    const by = await article('2015');
    const first = await propose([exists('PAST', cite(by))]);
    const again = await propose([exists('PAST', cite(by))]);
    const claim = first.change?.edits.find(({ type }) => type === 'Claim')?.recordId;
    await order(
      graph,
      'decideClaims(decisions: $d) { change { id } }',
      { d: '[DecisionInput!]!' },
      { d: [{ claim, decide: 'REJECT', reason: 'WEAK_SOURCE', expectedRevision: 3 }] },
      REVIEWER,
    );
    const same = await propose([exists('PAST', cite(by))]);
    const other = await propose([exists('PAST', cite(await article('2016')))]);

    expect([again.change, same.change]).toEqual([null, null]);
    expect(other.change?.edits.map(({ type }) => type)).toContain('Claim');
    await clean();
  });

  test('a person is spoken of by id or slug', async () => {
    const job = (text: string, by: string) => ({ field: 'OCCUPATION', value: { text }, cite: [cite(by)] });
    const by = await article('2015');
    const { person } = await answerOf<{ person: { slug: string } }>(graph, `{ person(id: "${x}") { slug } }`, REVIEWER);
    const told = await propose([job('singer', by)], { subject: person.slug });

    expect(JSON.parse(told.change?.edits[0]?.after ?? '{}')).toMatchObject({ subject: x });
    expect(await refusal(graph, PROPOSE, STATEMENTS, { statements: [] }, CONTRIBUTOR)).toEqual({
      ...{ code: 'INVALID_INPUT', field: 'statements', rule: 'EMPTY' },
    });
    expect(
      await refusal(graph, PROPOSE, STATEMENTS, { statements: [{ subject: 'nobody', claims: [job('x', by)] }] }),
    ).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('everything of one order is matched to what the order makes, and it is done once for its key', async () => {
    const by = await article('2015');
    const date = (edtf: string) => ({ field: 'START', value: { date: edtf }, cite: [cite(by)] });
    const statements = [
      { pair: pair(), claims: [date('2010')] },
      { pair: pair(), claims: [date('2010-05')] },
      { pair: pair('MARRIED'), claims: [date('2012')] },
    ];
    const KEYED = PROPOSE.replace('$statements', '$statements, key: "feed-1"');

    const made = (await order(graph, KEYED, STATEMENTS, { statements }, CONTRIBUTOR)) as unknown as Proposed;
    const again = await order(graph, KEYED, STATEMENTS, { statements }, CONTRIBUTOR);

    const types = (made.change?.edits ?? []).map(({ type }) => type);
    expect(types.filter((type) => type === 'Period')).toHaveLength(2);
    expect(types.filter((type) => type === 'Claim')).toHaveLength(3);
    expect(again).toEqual(made);
    await clean();
  });

  test('a contributor speaks of nobody who is hidden from them, and accepts nothing', async () => {
    const by = await article('2015');
    const hidden = story.person('Gone', { visibility: 'PRIVATE' });
    const claim = story.claim(x, 'OCCUPATION', { text: 'singer' }, { evidence: 'RECORD' });
    await story.tell();
    const about = (pairOf: object) =>
      refusal(
        graph,
        PROPOSE,
        STATEMENTS,
        { statements: [{ pair: pairOf, claims: [exists('PAST', cite(by))] }] },
        CONTRIBUTOR,
      );
    const ADD = 'addCitation(claim: $claim, cite: $cite, accept: $accept) { change { edits { after } } }';
    const types = { claim: 'ID!', cite: 'CitationInput!', accept: 'Boolean' };

    expect(await about({ ...pair(), b: hidden })).toEqual({ code: 'NOT_FOUND', field: 'statements[0].pair.b' });
    expect(await refusal(graph, ADD, types, { claim, cite: cite(by), accept: true }, CONTRIBUTOR)).toMatchObject({
      code: 'FORBIDDEN',
      field: 'accept',
    });
    const added = await order(graph, ADD, types, { claim, cite: cite(by) }, CONTRIBUTOR);
    expect(added).toMatchObject({ change: { edits: [{ after: expect.stringContaining('"verdict":"PROPOSED"') }] } });
    expect(await refusal(graph, ADD, types, { claim, cite: cite(by) }, CONTRIBUTOR)).toMatchObject({
      code: 'REFUSED',
      rule: 'REPEATED',
    });
    await clean();
  });

  test('reviewers decide what is not confirmed of LIMITED people, which shows nowhere else yet', async () => {
    story.edit('Person', y, { visibility: 'LIMITED' });
    await story.tell();
    const { change } = await propose([exists('PAST', cite(await article('2015')))]).catch(() => ({ change: null }));
    const claim = change?.edits.find(({ type }) => type === 'Claim')?.recordId;
    const D = 'mutation ($d: [DecisionInput!]!) { decideClaims(decisions: $d) { claims { id verdict } } }';

    const { data, errors } = await ask(graph, D, {
      ...REVIEWER,
      variables: { d: [{ claim, decide: 'ACCEPT', expectedRevision: 4 }] },
    });

    expect(errors).toEqual([]);
    expect(data).toEqual({ decideClaims: { claims: [{ id: claim, verdict: 'ACCEPTED' }] } });
    await clean();
  });

  // What is decided above the engine needs no second one.
  if (name !== 'memory:') return;

  test('a statement without a claim, and a claim without a quote, leaves nothing behind', async () => {
    const uncited = { field: 'EXISTS', value: { state: 'PAST' }, cite: [] };
    const refusedFor = (claims: object[], about: object) =>
      refusal(graph, PROPOSE, STATEMENTS, { statements: [{ ...about, claims }] }, CONTRIBUTOR);

    for (const claims of [[], [uncited]])
      for (const about of [{ pair: pair() }, { subject: x }])
        expect(await refusedFor(claims, about)).toMatchObject({ code: 'INVALID_INPUT', rule: 'CITED' });
    expect(await graph.read('MATCH (r:Relationship) RETURN r.id AS id')).toEqual([]);
  });

  test('an editor accepts what they say of a given period at once, and with one change takes it back', async () => {
    const [first, again] = [
      story.marriage(x, y, { start: '2000', end: '2001' }),
      story.period(relationshipId('ROMANTIC', x, y), 'MARRIED', { start: '2005' }, { evidence: 'RECORD' }),
    ];
    await story.tell();
    const by = await article('2015');
    const statements = [
      {
        subject: again,
        claims: [{ field: 'END', value: { date: '2010' }, cite: [cite(by, 'RECORD')] }],
      },
    ];
    const ACCEPTED = PROPOSE.replace('$statements', '$statements, accept: true').replace(
      '{ id } }',
      '{ id verdict } }',
    );
    const ends = async () =>
      (
        await answerOf<{ nodes: { end: object }[] }>(
          graph,
          'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Period { end { state date { edtf } } } } }',
          { variables: { ids: [first, again] } },
        )
      ).nodes.map(({ end }) => end);
    const before = await ends();

    const { change, claims } = (await order(graph, ACCEPTED, STATEMENTS, { statements })) as unknown as Proposed;

    expect(claims).toEqual([{ id: expect.stringMatching(/^clm_/), verdict: 'ACCEPTED' }]);
    expect(await ends()).toEqual([before[0], { state: 'DATED', date: { edtf: '2010' } }]);
    const UNDO = 'undoChange(change: $id) { conflicts { rule } }';
    await order(graph, UNDO, { id: 'ID!' }, { id: change?.id });
    expect(await ends()).toEqual(before);
    expect(await refusal(graph, ACCEPTED, STATEMENTS, { statements }, REVIEWER)).toEqual({
      ...{ code: 'FORBIDDEN', field: 'accept', needed: 'EDITOR' },
    });
    await clean();
  });

  test('an editor overrules by the way nobody who rejected it from the same article, and accepts what waits', async () => {
    const by = await article('2015');
    const statements = [{ subject: x, claims: [{ field: 'OCCUPATION', value: { text: 'diver' }, cite: [cite(by)] }] }];
    const ACCEPTED = PROPOSE.replace('$statements', '$statements, accept: true');
    const waiting = await propose(statements[0]?.claims ?? [], { subject: x });
    const claim = waiting.change?.edits.find(({ type }) => type === 'Claim')?.recordId;
    const accepted = (await order(graph, ACCEPTED, STATEMENTS, { statements })) as unknown as Proposed;
    const decision = { claim, decide: 'REJECT', reason: 'OTHER', expectedRevision: accepted.change?.seq };
    const DECIDE = 'decideClaims(decisions: $d) { change { id } }';
    await order(graph, DECIDE, { d: '[DecisionInput!]!' }, { d: [decision] }, REVIEWER);

    const conflict = await refusal(graph, ACCEPTED, STATEMENTS, { statements });

    expect(accepted.claims).toEqual([{ id: claim }]);
    expect(conflict).toMatchObject({ code: 'CONFLICT', rule: 'REJECTED', record: claim });
    await clean();
  });

  test('what moved with a merge is found under the pair that it is of now', async () => {
    const xanthe = story.person('Xanthe');
    const marriage = story.marriage(xanthe, y, { start: '2014' });
    await story.tell();
    const MERGE = 'mergePeople(keep: $x, from: $xanthe) { change { id } }';
    await order(graph, MERGE, { x: 'ID!', xanthe: 'ID!' }, { x, xanthe });
    const start = { field: 'START', value: { date: '2014' }, cite: [cite(await article('2015'))] };

    const proposed = await propose([start], { pair: pair('MARRIED') });
    const RECORD = 'recordRelationship(of: $of, claims: $c) { relationship { periods { id } } }';
    const types = { of: 'PairInput!', c: '[ClaimInput!]!' };
    const recorded = await order(graph, RECORD, types, { of: pair('MARRIED'), c: [start] });

    expect(proposed.change?.edits.map(({ type }) => type)).toEqual(['Citation']);
    expect(recorded).toEqual({ relationship: { periods: [{ id: marriage }] } });
    await clean();
  });
});
