import { beforeEach, describe, expect, test } from 'vitest';
import type { ClaimValue } from '../../src/domain/records.js';
import { MOST_BESIDE } from '../../src/domain/vicinity.js';
import type { Field } from '../../src/domain/words.js';
import type { Graph } from '../../src/graph/graph.js';
import { enginesHere } from '../support/engines.js';
import { seeded } from '../support/random-history.js';
import { type Said, Telling } from '../support/telling.js';
import { type Answer, answerOf, ask, NOON } from './asking.js';
import { order } from './ordering.js';

const REVIEWER = { role: 'REVIEWER' } as const;
const SHOWN = '{ date { edtf } standing contested }';
const HINT = `hint { kind consequence opens truncated independentSources against { id } before ${SHOWN} after ${SHOWN} }`;

interface Hinted {
  id: string;
  revision: number;
  hint: {
    kind: string;
    consequence: string;
    opens: number;
    truncated: boolean;
    independentSources: number;
    against: { id: string } | null;
    before: object;
    after: object;
  };
  competing: { id: string }[];
  rejectedBefore: object[];
}

describe.each(enginesHere())('A claim that waits on $name', ({ fresh }) => {
  let graph: Graph;
  let story: Telling;
  let ann: string;
  let marriage: string;
  beforeEach(async () => {
    graph = await fresh();
    story = new Telling(graph);
    ann = story.person('Ann');
    marriage = story.marriage(ann, story.person('Bo'), { start: '2010' });
    await story.tell();
  });

  const record = { evidence: 'RECORD' } as const;
  const says = (field: Field, value: ClaimValue, said: Said = {}, subject = marriage) =>
    story.claim(subject, field, value, { ...record, ...said });
  const date = (edtf: string) => ({ date: { edtf } });
  const asked = async (id: string, fields = HINT) =>
    (
      await answerOf<{ node: Hinted }>(
        graph,
        `{ node(id: "${id}") { ... on Claim { id revision ${fields} } } }`,
        REVIEWER,
      )
    ).node;
  const decide = (decision: object) =>
    order(
      graph,
      'decideClaims(decisions: $decisions) { change { id } }',
      { decisions: '[DecisionInput!]!' },
      { decisions: [decision] },
      REVIEWER,
    );

  const CASES: [string, () => string | null, Field, ClaimValue, object, object][] = [
    ['NEW', () => null, 'END', date('2014'), { kind: 'NEW', opens: 0 }, { date: { edtf: '2014' }, contested: false }],
    [
      'MORE_PRECISE than a vaguer date',
      () => says('END', date('2014')),
      'END',
      date('2014-06-12'),
      { kind: 'MORE_PRECISE', opens: 0 },
      { date: { edtf: '2014-06-12' } },
    ],
    [
      'in agreement with a more precise date',
      () => says('END', date('2014-06-12')),
      'END',
      date('2014'),
      { kind: 'AGREES', opens: 0 },
      { date: { edtf: '2014-06-12' } },
    ],
    [
      'in conflict with another date',
      () => says('END', date('2014-06-12')),
      'END',
      date('2016'),
      { kind: 'CONFLICTS', opens: 1 },
      { contested: true, date: { edtf: '[2014-06-12..2016-12-31]' } },
    ],
    [
      'the SAME as another, in whatever words',
      () => says('END', { date: { edtf: '2014', text: 'that year' } }),
      'END',
      date('2014'),
      { kind: 'SAME', opens: 0, independentSources: 2 },
      { date: { edtf: '2014' } },
    ],
  ];
  test.each(CASES)(
    'is hinted to be %s, and accepting it does what the hint says',
    async (_, told, field, value, hint, after) => {
      const against = told();
      if (against !== null) await story.tell();
      story.article('Another source');
      const claim = says(field, value, { verdict: 'PROPOSED' });
      await story.tell();

      const { revision, hint: hinted } = await asked(claim);
      expect(hinted).toMatchObject({ ...hint, after, against: against && { id: against } });
      await decide({ claim, decide: 'ACCEPT', expectedRevision: revision });

      const { node } = await answerOf<{ node: { end: object } }>(
        graph,
        `{ node(id: "${marriage}") { ... on Period { end ${SHOWN} } } }`,
      );
      expect(node.end).toEqual(hinted.after);
      expect((await asked(claim)).hint).toBeNull();
      const { contradictions } = await answerOf<{ contradictions: { totalCount: number } }>(
        graph,
        '{ contradictions { totalCount } }',
        REVIEWER,
      );
      expect(contradictions.totalCount).toBe(hinted.opens);
    },
  );

  const openNow = async () => {
    const { contradictions } = await answerOf<{ contradictions: { nodes: { id: string; type: string }[] } }>(
      graph,
      '{ contradictions(first: 100) { nodes { id type } } }',
      REVIEWER,
    );
    return new Map(contradictions.nodes.map(({ id, type }) => [id, type]));
  };
  /** The types of what accepting a claim opens, once the hint has told how many they are. */
  const opensAsHinted = async (claim: string) => {
    const [was, { revision, hint }] = [await openNow(), await asked(claim)];
    await decide({ claim, decide: 'ACCEPT', expectedRevision: revision });
    const opened = [...(await openNow())].filter(([id]) => !was.has(id)).map(([, type]) => type);
    expect({ claim, opens: hint.opens }).toEqual({ claim, opens: opened.length });
    expect(hint.kind === 'CONFLICTS' || opened.length === 0).toBe(true);
    return opened.sort();
  };

  const ELSEWHERE: [string, () => string, string[]][] = [
    ['a birth after a romance', () => waits('BIRTH', '2015', ann), ['BEFORE_BIRTH']],
    ['a birth that makes a romance too early', () => waits('BIRTH', '2000', ann), ['UNDER_AGE']],
    [
      'a death before what is told of three people',
      () => {
        story.marriage(ann, story.person('Cy'), { start: '2013' });
        story.event('MET', [{ person: ann, role: 'PARTY' }], '2016');
        return waits('DEATH', '2009', ann);
      },
      ['AFTER_DEATH', 'AFTER_DEATH', 'AFTER_DEATH'],
    ],
    [
      'the start of a second marriage during the first',
      () => {
        says('END', date('2016'));
        return waits('START', '2012', story.marriage(ann, story.person('Cy')));
      },
      ['MARRIAGE_OVERLAP'],
    ],
    [
      'the end of a first marriage after the second began',
      () => {
        story.marriage(ann, story.person('Cy'), { start: '2012', end: '2018' });
        return waits('END', '2016', marriage);
      },
      ['MARRIAGE_OVERLAP'],
    ],
    [
      'the day of a wedding after the marriage ended',
      () => {
        const cy = story.person('Cy');
        const wedding = story.event(
          'WEDDING',
          [ann, cy].map((person) => ({ person, role: 'PARTY' })),
        );
        story.edit('Period', story.marriage(ann, cy, { end: '2014' }), { startedBy: wedding });
        return waits('DATE', '2016', wedding);
      },
      ['DATES_EXCLUDE'],
    ],
    [
      'who was at an event after they had died',
      () => {
        const bo = story.person('Bo');
        says('DEATH', date('2009'), {}, bo);
        const met = story.event('MET', [{ person: ann, role: 'PARTY' }], '2016');
        return says('PARTICIPANT', { person: bo, role: 'GUEST' }, { verdict: 'PROPOSED' }, met);
      },
      ['AFTER_DEATH'],
    ],
  ];
  const waits = (field: Field, edtf: string, subject: string) =>
    says(field, date(edtf), { verdict: 'PROPOSED' }, subject);
  test.each(ELSEWHERE)('opens in other records what accepting it does: %s', async (_, told, types) => {
    const claim = told();
    await story.tell();

    expect(await opensAsHinted(claim)).toEqual(types);
  });

  test.each([1, 2, 3])('opens what its hint says, whatever is accepted before (seed %i)', async (seed) => {
    const random = seeded(seed);
    // No two say the same: which of equal claims stands for them in a contradiction is no news, and has another id.
    const years = Array.from({ length: 30 }, (_, at) => ({ year: String(1980 + at), order: random() }))
      .sort((a, b) => a.order - b.order)
      .map(({ year }) => year);
    const [cy, dee] = [story.person('Cy'), story.person('Dee')];
    const wedding = story.event(
      'WEDDING',
      [cy, dee].map((person) => ({ person, role: 'PARTY' })),
    );
    const couples = [marriage, story.marriage(ann, cy), story.marriage(cy, dee)];
    story.edit('Period', couples[2] ?? '', { startedBy: wedding });
    const dated = [
      ...[ann, cy].flatMap((person) => (['BIRTH', 'DEATH'] as const).map((field) => [field, person] as const)),
      ...couples.flatMap((couple) => (['START', 'END'] as const).map((field) => [field, couple] as const)),
      ['DATE', wedding] as const,
    ];
    const claims = [...dated, ...dated].map(([field, subject], at) => {
      story.article('A source of its own');
      return { claim: waits(field, years[at] ?? '', subject), order: random() };
    });
    await story.tell();

    const opened = [];
    for (const { claim } of claims.sort((a, b) => a.order - b.order)) opened.push(...(await opensAsHinted(claim)));
    expect(new Set(opened).size).toBeGreaterThan(2);
  });

  test('is the SAME, and opens nothing, where its contradiction only takes the place of an equal one', async () => {
    says('END', date('2016'));
    const equal = ['One', 'Two', 'Three', 'Four'].map((title) => {
      story.article(title);
      return says('END', date('2014'), { verdict: 'PROPOSED' });
    });
    await story.tell();

    const seen = [];
    // The one with the lowest id stands for all.
    for (const claim of equal.sort().reverse()) {
      const { revision, hint } = await asked(claim);
      await decide({ claim, decide: 'ACCEPT', expectedRevision: revision });
      seen.push({ kind: hint.kind, opens: hint.opens, open: [...(await openNow()).keys()] });
    }

    const [first, ...others] = seen;
    expect(first).toMatchObject({ kind: 'CONFLICTS', opens: 1 });
    expect(others.map(({ kind, opens, open }) => ({ kind, opens, open: open.length }))).toEqual(
      others.map(() => ({ kind: 'SAME', opens: 0, open: 1 })),
    );
    expect(new Set(seen.flatMap(({ open }) => open)).size).toBeGreaterThan(1);
  });

  const AROUND: [string, (hidden: string | null) => string][] = [
    [
      'a birth after a romance with them, and an event of which they are a party',
      (hidden) => {
        if (hidden) {
          story.marriage(ann, hidden, { start: '2008' });
          story.event(
            'MET',
            [ann, hidden].map((person) => ({ person, role: 'PARTY' })),
            '2001',
          );
        }
        return waits('BIRTH', '2012', ann);
      },
    ],
    [
      'the start of a marriage during that with them',
      (hidden) => {
        says('END', date('2011'));
        if (hidden) story.marriage(ann, hidden, { start: '2012', end: '2020' });
        return waits('START', '2014', story.marriage(ann, story.person('Cy'), { end: '2019' }));
      },
    ],
    [
      'the day of an event before they were born',
      (hidden) => {
        if (hidden) story.born(hidden, '1990');
        const guest = hidden ? [{ person: hidden, role: 'GUEST' as const }] : [];
        return waits('DATE', '1980', story.event('APPEARANCE', [{ person: ann, role: 'GUEST' }, ...guest]));
      },
    ],
    [
      'the day of an event that dates a marriage of theirs',
      (hidden) => {
        const cy = story.person('Cy');
        const guests = [ann, cy, hidden ?? []].flat().map((person) => ({ person, role: 'GUEST' as const }));
        const party = story.event('APPEARANCE', guests);
        if (hidden) story.edit('Period', story.marriage(hidden, cy, { end: '2014' }), { startedBy: party });
        return waits('DATE', '2016', party);
      },
    ],
  ];
  test.each(AROUND)('tells a reviewer nothing of somebody who is removed: %s', async (_, told) => {
    const hintTo = async (hidden: string | null, role: 'REVIEWER' | 'ADMIN' = 'REVIEWER') => {
      const claim = told(hidden);
      await story.tell();
      const { node } = await answerOf<{ node: Hinted }>(
        graph,
        `{ node(id: "${claim}") { ... on Claim { id ${HINT} competing { id } } } }`,
        { role },
      );
      return { ...node, id: null };
    };
    const world = async () => {
      graph = await fresh();
      story = new Telling(graph);
      ann = story.person('Ann');
      marriage = story.marriage(ann, story.person('Bo'), { start: '2010' });
    };

    const without = await hintTo(null);
    await world();
    const removed = await hintTo(story.person('Removed', { visibility: 'REMOVED' }));
    await world();
    const shown = await hintTo(story.person('Private', { visibility: 'PRIVATE' }));
    await world();
    const toAdmin = await hintTo(story.person('Removed', { visibility: 'REMOVED' }), 'ADMIN');

    expect(removed).toEqual(without);
    expect(shown.hint.opens).toBeGreaterThan(without.hint.opens);
    expect(toAdmin).toEqual(shown);
  });

  test('looks at a part of what depends on somebody with very many relationships, and says so', async () => {
    for (let n = 0; n <= MOST_BESIDE; n += 1)
      story.period(story.relationship('FRIEND', ann, story.person(`Friend ${n}`)), 'UNSPECIFIED');
    const [ofAnn, ofBo] = [waits('DEATH', '2009', ann), waits('END', '2012', marriage)];
    await story.tell();

    expect((await asked(ofAnn)).hint).toMatchObject({
      truncated: true,
      consequence: expect.stringContaining('More depends on it than was looked at: it may open more.'),
    });
    expect((await asked(ofBo)).hint).toMatchObject({ kind: 'NEW', truncated: false });
  });

  test('is NEW where only what nobody has accepted is vaguer', async () => {
    says('END', date('2014'), { verdict: 'PROPOSED' });
    says('END', date('201X'), { verdict: 'REJECTED' });
    const claim = says('END', date('2014-06-12'), { verdict: 'PROPOSED' });
    await story.tell();

    expect((await asked(claim)).hint).toMatchObject({ kind: 'NEW', against: null });
  });

  test('conflicts where it reopens what somebody has answered', async () => {
    const [one, other] = [says('END', date('2014')), says('END', date('2016'))];
    await story.tell();
    const { contradictions } = await answerOf<{ contradictions: { nodes: { id: string }[] } }>(
      graph,
      '{ contradictions { nodes { id } } }',
      REVIEWER,
    );
    await order(
      graph,
      'resolveContradiction(id: $id, kind: PREFER, prefer: $prefer, note: "The register") { change { id } }',
      { id: 'ID!', prefer: 'ID' },
      { id: contradictions.nodes[0]?.id, prefer: one },
      REVIEWER,
    );
    story.article('Another source');
    story.cite(other, { ...record, verdict: 'PROPOSED' });
    await story.tell();

    expect((await asked(other)).hint).toMatchObject({ kind: 'CONFLICTS', opens: 1, against: { id: one } });
  });

  test('is hinted at whatever it is about: people, events, relationships, and what is denied', async () => {
    const event = story.event('MET', [{ person: ann, role: 'PARTY' }], '2001-05');
    says('OCCUPATION', { text: 'singer' }, {}, ann);
    story.article('Another source', { outlet: 'The Daily' });
    const waiting = (field: Field, value: ClaimValue, subject: string, said: Said = {}) =>
      says(field, value, { verdict: 'PROPOSED', ...said }, subject);
    const birth = waiting('BIRTH', date('1980'), ann);
    const job = waiting('OCCUPATION', { text: 'singer' }, ann);
    const met = waiting('DATE', date('2001-06'), event);
    const place = waiting('PLACE', { text: 'Paris' }, event);
    const friends = waiting('EXISTS', { state: 'PAST' }, story.relationship('FRIEND', ann, story.person('Cy')));
    const denied = waiting('START', date('2010'), marriage, { polarity: 'DENIES' });
    const rumour = waiting('END', date('2014'), marriage, { evidence: 'UNNAMED_SOURCE' });
    await story.tell();
    const hinted = async (id: string) => (await asked(id)).hint;
    const nothing = { date: null, standing: 'PROPOSED', contested: false };

    expect(await hinted(birth)).toMatchObject({
      kind: 'NEW',
      before: nothing,
      after: { date: { edtf: '1980' }, standing: 'CONFIRMED' },
    });
    expect(await hinted(job)).toMatchObject({ kind: 'SAME', independentSources: 2, after: { standing: 'CONFIRMED' } });
    expect(await hinted(met)).toMatchObject({ kind: 'CONFLICTS', opens: 1, after: { contested: true } });
    expect(await hinted(place)).toMatchObject({ kind: 'NEW', before: nothing, after: { standing: 'CONFIRMED' } });
    expect(await hinted(friends)).toMatchObject({ kind: 'NEW', before: nothing, after: { standing: 'CONFIRMED' } });
    expect(await hinted(denied)).toMatchObject({ kind: 'CONFLICTS', opens: 0, after: { contested: true } });
    expect(await hinted(rumour)).toMatchObject({
      kind: 'NEW',
      after: { date: null, standing: 'RUMOURED' },
      consequence: 'Nothing like it is accepted yet. Standing becomes RUMOURED.',
    });
  });

  test('tells in words what would come of it', async () => {
    says('END', date('2014'), { evidence: 'WITNESS' });
    await story.tell();
    story.article('Another source');
    const exact = says('END', date('2014-06-12'), { verdict: 'PROPOSED' });
    const other = says('END', date('2016'), { verdict: 'PROPOSED' });
    const job = says('OCCUPATION', { text: 'singer' }, { verdict: 'PROPOSED' }, ann);
    await story.tell();

    expect((await asked(exact)).hint.consequence).toBe(
      'More precise than what is accepted, which stays beside it. The date becomes 2014-06-12, and was 2014. Standing becomes CONFIRMED.',
    );
    expect((await asked(other)).hint.consequence).toBe(
      'It can not be true with what is accepted. Opens a contradiction. The date becomes [2014-01-01..2016-12-31], and was 2014. The field becomes contested. Standing becomes CONFIRMED.',
    );
    expect((await asked(job)).hint.consequence).toBe('Nothing like it is accepted yet. Standing becomes CONFIRMED.');
  });

  test('of which only a quote waits is another source for itself', async () => {
    const claim = says('END', date('2014'), { evidence: 'WITNESS' });
    await story.tell();
    story.article('Another source');
    story.cite(claim, { ...record, verdict: 'PROPOSED' });
    await story.tell();

    expect((await asked(claim)).hint).toMatchObject({
      kind: 'SAME',
      against: { id: claim },
      independentSources: 2,
      consequence:
        'Another source for what is accepted. The date stays 2014. Standing becomes CONFIRMED. 2 independent sources say so then.',
    });
  });

  test('has beside it what is accepted of the same field, and when the same was rejected before, by whom and why', async () => {
    const [first, second] = [says('END', date('2014')), says('END', date('2016'))];
    says('END', date('2018'), { verdict: 'REJECTED' });
    says('START', date('2011'));
    const claim = says('END', date('2015'), { verdict: 'PROPOSED' });
    story.article('Another source');
    story.cite(second);
    const twin = says('END', { date: { edtf: '2015', text: 'then' } }, { verdict: 'PROPOSED' });
    await story.tell();
    const fields = 'competing { id } rejectedBefore { claim { id } actor at reason note }';
    const calm = await asked(claim, fields);

    const { revision } = await asked(twin, '');
    await decide({
      claim: twin,
      decide: 'REJECT',
      reason: 'WRONG_PERSON',
      note: 'Another: Ann',
      expectedRevision: revision,
    });

    expect(calm).toMatchObject({ competing: [{ id: second }, { id: first }], rejectedBefore: [] });
    expect((await asked(claim, fields)).rejectedBefore).toEqual([
      {
        claim: { id: twin },
        actor: 'Vera',
        at: new Date(NOON).toISOString(),
        reason: 'WRONG_PERSON',
        note: 'Another: Ann',
      },
    ]);
    await decide({ claim: twin, decide: 'SEND_BACK', expectedRevision: revision + 1 });
    expect(await asked(twin, fields)).toMatchObject({
      rejectedBefore: [{ claim: { id: twin }, reason: 'WRONG_PERSON' }],
    });
  });

  test('was not rejected before where that was undone, and was where the undoing was', async () => {
    const claim = says('END', date('2015'), { verdict: 'PROPOSED' });
    await story.tell();
    const { revision } = await asked(claim, '');
    const rejections = async () => (await asked(claim, 'rejectedBefore { reason note }')).rejectedBefore;
    const changeOf = ({ change }: { change?: { id: string } }) => String(change?.id);
    const undo = (change: string) =>
      order(graph, 'undoChange(change: $change) { change { id } }', { change: 'ID!' }, { change }, REVIEWER);
    const rejected = await decide({ claim, decide: 'REJECT', reason: 'OTHER', note: 'No', expectedRevision: revision });

    const undone = await undo(changeOf(rejected));
    expect(await rejections()).toEqual([]);
    await undo(changeOf(undone));

    expect(await rejections()).toEqual([{ reason: 'OTHER', note: 'No' }]);
  });

  test('tells the others for ten minutes who has opened it, and stands in no history', async () => {
    const claim = says('END', date('2014'), { verdict: 'PROPOSED' });
    await story.tell();
    const open = (as: string, now = NOON) =>
      answerOf(graph, `mutation { openClaim(id: "${claim}") { claim { id } } }`, { ...REVIEWER, as, now });
    const openedBy = async (as: string, now = NOON) =>
      (
        await answerOf<{ node: { openedBy: object } }>(
          graph,
          `{ node(id: "${claim}") { ... on Claim { openedBy { name at } } } }`,
          {
            ...REVIEWER,
            as,
            now,
          },
        )
      ).node.openedBy;
    const minutes = (count: number) => NOON + count * 60_000;
    const at = (now: number) => new Date(now).toISOString();

    expect(await openedBy('Vera')).toBeNull();
    expect(await open('Vera')).toEqual({ openClaim: { claim: { id: claim } } });
    expect([await openedBy('Ann'), await openedBy('Vera')]).toEqual([{ name: 'Vera', at: at(NOON) }, null]);
    await open('Cy', minutes(1));
    expect(await openedBy('Ann', minutes(1))).toEqual({ name: 'Cy', at: at(minutes(1)) });
    await open('Vera', minutes(9));
    expect(await openedBy('Ann', minutes(18))).toEqual({ name: 'Vera', at: at(minutes(9)) });
    expect(await openedBy('Ann', minutes(19))).toBeNull();
    const { changes, node } = await answerOf<{ changes: object; node: object }>(
      graph,
      `{ changes { totalCount } node(id: "${claim}") { ... on Claim { history { totalCount } } } }`,
      REVIEWER,
    );
    expect([changes, node]).toEqual([{ totalCount: 2 }, { history: { totalCount: 1 } }]);
  });

  test('tells nobody below REVIEWER any of this', async () => {
    const claim = says('END', date('2014'));
    await story.tell();
    story.article('Another source');
    story.cite(claim, { ...record, verdict: 'PROPOSED' });
    await story.tell();
    await answerOf(graph, `mutation { openClaim(id: "${claim}") { claim { id } } }`, REVIEWER);
    const all = 'waiting { what } hint { kind } competing { id } rejectedBefore { at } openedBy { name }';
    const query = `{ node(id: "${claim}") { ... on Claim { ${all} } } }`;

    for (const role of ['READER', 'CONTRIBUTOR'] as const)
      expect(await answerOf(graph, query, { role, as: 'Ann' })).toEqual({
        node: { waiting: null, hint: null, competing: null, rejectedBefore: null, openedBy: null },
      });
    const refused = await ask(graph, `mutation { openClaim(id: "${claim}") { claim { id } } }`, {
      role: 'CONTRIBUTOR',
    });
    expect(refused.errors[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('tells none of this as of the past, where nothing can be decided', async () => {
    const claim = says('OCCUPATION', { text: 'singer' }, { verdict: 'PROPOSED' }, ann);
    await story.tell();
    await answerOf(graph, `mutation { openClaim(id: "${claim}") { claim { id } } }`, { ...REVIEWER, as: 'Ann' });
    const all = 'id verdict waiting { what } hint { kind } competing { id } rejectedBefore { at } openedBy { name }';
    const query = (asOf: string) => `{ person(id: "${ann}"${asOf}) { claims { nodes { ${all} } } } }`;

    const told = await answerOf(graph, query(', asOf: "2026-02-01T00:00:00Z"'), REVIEWER);

    const nothing = { waiting: null, hint: null, competing: null, rejectedBefore: null, openedBy: null };
    expect(told).toEqual({ person: { claims: { nodes: [{ id: claim, verdict: 'PROPOSED', ...nothing }] } } });
    expect(await answerOf(graph, query(''), REVIEWER)).toMatchObject({
      person: { claims: { nodes: [{ waiting: { what: 'CLAIM' }, hint: { kind: 'NEW' }, openedBy: { name: 'Ann' } }] } },
    });
  });

  test('is read with its neighbours in as many statements for 20 claims as for 10', async () => {
    const others = Array.from({ length: 6 }, (_, at) => story.person(`Person ${at}`));
    for (const [at, other] of others.entries()) {
      const couple = story.marriage(ann, other, { start: '2000' });
      const event = story.event('MET', [{ person: other, role: 'PARTY' }], '2001');
      says('END', date(`${2003 + at}`), {}, couple);
      says('END', date(`${2004 + at}`), { verdict: 'PROPOSED' }, couple);
      says('BIRTH', date('1980'), { verdict: 'PROPOSED' }, other);
      says('DATE', date('2002'), { verdict: 'PROPOSED' }, event);
      says('EXISTS', { state: 'PAST' }, { verdict: 'PROPOSED' }, story.relationship('ROMANTIC', ann, other));
    }
    await story.tell();
    const page = (first: number): Promise<Answer> =>
      ask(
        graph,
        `{ reviewQueue(first: ${first}) { totalCount nodes { field subject { id } waiting { since } ${HINT} competing { id } rejectedBefore { actor claim { id } }
          openedBy { name } citations(first: 3) { nodes { quote article { title } context { before quote after } } } } } }`,
        REVIEWER,
      );

    const [one, some, many] = [await page(1), await page(10), await page(20)];

    expect([one.errors, some.errors, many.errors]).toEqual([[], [], []]);
    expect((many.data as { reviewQueue: { nodes: object[] } }).reviewQueue.nodes).toHaveLength(20);
    expect(many.statements.sort()).toEqual(some.statements.sort());
    expect([one, many].map(({ statements }) => statements.length)).toEqual([27, 36]);
  });
});
