import { beforeEach, describe, expect, test } from 'vitest';
import { basisOf } from '../../src/domain/contradiction.js';
import type { CitedClaim } from '../../src/domain/evidence.js';
import type { Graph } from '../../src/graph/graph.js';
import { citedClaims } from '../../src/store/answered.js';
import { enginesHere } from '../support/engines.js';
import { answerOf, ask } from './asking.js';
import { order, refusal } from './ordering.js';
import { Registers } from './registers.js';

const REVIEWER = { role: 'REVIEWER' } as const;
const RESOLVE =
  'resolveContradiction(id: $id, kind: $kind, prefer: $prefer, note: $note, expectedRevision: $revision) { change { id } contradiction { id status resolution { kind prefer note actor revision } } }';
const TYPES = { id: 'ID!', kind: 'ResolutionKind!', prefer: 'ID', note: 'String', revision: 'Int' };

interface Node {
  id: string;
  type: string;
  status: string;
  claims: { id: string }[];
}

describe.each(enginesHere())('A contradiction on $name', ({ fresh }) => {
  let graph: Graph;
  let registers: Registers;
  let story: Registers['story'];
  let [ann, bo, cy] = ['', '', ''];
  beforeEach(async () => {
    graph = await fresh();
    registers = await Registers.of(graph);
    ({ story, ann, bo, cy } = registers);
  });

  const says: Registers['says'] = (...said) => registers.says(...said);
  const period: Registers['period'] = (...of) => registers.period(...of);

  /** All contradictions, once the graph is found clean. */
  const all = (filter = '') => registers.contradictions<Node>('id type status claims { id }', filter);

  async function theOnly(): Promise<string> {
    const found = await all();
    expect(found).toHaveLength(1);
    return String(found[0]?.id);
  }

  const statuses = async () => (await all()).map(({ type, status }) => `${type} ${status}`).sort();

  const resolve = (variables: object, as = 'Vera') =>
    order(graph, RESOLVE, TYPES, { ...variables }, { ...REVIEWER, as });
  const refused = (variables: object, as = 'Vera') =>
    refusal(graph, RESOLVE, TYPES, { note: 'So it is', kind: 'UNRESOLVABLE', ...variables }, { ...REVIEWER, as });

  const startOf = async (a: string, b: string) =>
    (
      await answerOf<{ between: { periods: { start: object }[] }[] }>(
        graph,
        `{ between(a: "${a}", b: "${b}") { periods { start { contested date { edtf } } } } }`,
        REVIEWER,
      )
    ).between[0]?.periods[0]?.start;
  const birthOf = async (person: string) =>
    (
      await answerOf<{ person: { birth: object | null } }>(
        graph,
        `{ person(id: "${person}") { birth { date { edtf } } } }`,
        REVIEWER,
      )
    ).person.birth;

  /** Ann and Bo began in 1990 as one record says, and Bo was born in 1995 as another does. */
  async function beforeBirth() {
    const romance = period(ann, bo, 'DATING');
    const start = says(romance, 'START', '1990');
    const born = says(bo, 'BIRTH', '1995');
    return { start, born, id: await theOnly() };
  }

  test('is answered once, by who has seen the answer before, and undo opens it again (T12)', async () => {
    const marriage = period(ann, bo);
    const [a, b] = [says(marriage, 'END', '2014-06-12'), says(marriage, 'END', '2016')];
    says(marriage, 'END', '2014');
    const id = await theOnly();
    const end = async () =>
      (
        await answerOf<{ between: { periods: { end: object }[] }[] }>(
          graph,
          `{ between(a: "${ann}", b: "${bo}") { periods { end { contested date { earliest latest } } } } }`,
        )
      ).between[0]?.periods[0]?.end;
    expect(await end()).toEqual({ contested: true, date: { earliest: '2014-06-12', latest: '2016-12-31' } });

    const court = { id, kind: 'PREFER', prefer: b, note: 'The court says so' };
    expect(await refused({ ...court, note: ' ' })).toMatchObject({ code: 'INVALID_INPUT', rule: 'NOTE' });
    expect(await refused({ ...court, prefer: null })).toMatchObject({ code: 'INVALID_INPUT', rule: 'PREFER' });
    expect(await refused({ ...court, kind: 'UNRESOLVABLE' })).toMatchObject({ code: 'INVALID_INPUT', rule: 'PREFER' });
    expect(await refused({ ...court, id: 'con_nobody' })).toMatchObject({ code: 'NOT_FOUND', field: 'id' });
    const first = await resolve(court, 'Ann');
    expect(first).toMatchObject({
      contradiction: { id, status: 'RESOLVED', resolution: { kind: 'PREFER', prefer: b, actor: 'Ann' } },
    });
    expect(await end()).toMatchObject({ contested: false, date: { earliest: '2016-01-01' } });
    expect(await resolve(court, 'Ann'), 'said again').toMatchObject({ change: null });

    const late = await refused({ ...court, prefer: a });
    expect(late).toMatchObject({
      code: 'CONFLICT',
      actor: 'Ann',
      kind: 'PREFER',
      note: 'The court says so',
      prefer: b,
    });
    const over = await resolve({ ...court, prefer: a, revision: late?.revision });
    expect(await end()).toMatchObject({ contested: false, date: { latest: '2014-06-12' } });
    for (const { change } of [over, first] as unknown as { change: { id: string } }[])
      await order(graph, 'undoChange(change: $id, force: true) { change { id } }', { id: 'ID!' }, change);
    expect(await end()).toMatchObject({ contested: true });
    expect(await statuses()).toEqual(['DATES_EXCLUDE OPEN']);
  });

  test('is answered by one of two who answer at once, and the other reads what the first says', async () => {
    const { id } = await beforeBirth();
    const answers = await Promise.all(
      ['Di', 'Eve'].map((as) =>
        ask(
          graph,
          `mutation { resolveContradiction(id: "${id}", kind: DIFFERENT_THINGS, note: "As ${as} says") { change { id } } }`,
          {
            ...REVIEWER,
            as,
          },
        ),
      ),
    );

    const refusals = answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions));
    expect(refusals).toHaveLength(1);
    expect(refusals[0]).toMatchObject({
      code: 'CONFLICT',
      kind: 'DIFFERENT_THINGS',
      note: `As ${refusals[0]?.actor} says`,
    });
    expect(await statuses()).toEqual(['BEFORE_BIRTH RESOLVED']);
  });

  test('between a start and a birth ends by preferring the birth, which silences the start', async () => {
    const { born, id } = await beforeBirth();
    expect(await startOf(ann, bo)).toMatchObject({ contested: true, date: { edtf: '1990' } });

    await resolve({ id, kind: 'PREFER', prefer: born, note: 'The register of births' });

    expect(await startOf(ann, bo)).toMatchObject({ contested: false, date: null });
    expect(await birthOf(bo)).toEqual({ date: { edtf: '1995' } });
    expect(await statuses()).toEqual(['BEFORE_BIRTH RESOLVED']);
  });

  test('between a start and a birth takes no birth from a person, of whom others know nothing', async () => {
    const { start, born, id } = await beforeBirth();

    expect(await refused({ id, kind: 'PREFER', prefer: start })).toMatchObject({
      ...{ code: 'REFUSED', rule: 'LIFE_STANDS', field: 'prefer', claim: born },
    });

    story.edit('Claim', born, { verdict: 'REJECTED' });
    expect(await all()).toEqual([]);
    expect(await startOf(ann, bo)).toMatchObject({ contested: false, date: { edtf: '1990' } });
  });

  test('that an older Hearsay has answered for the start is shown as answered, and leaves the person the birth', async () => {
    const { start, born, id } = await beforeBirth();
    const [a, b] = await citedClaims(graph, [start, born]);
    const resolution = { claims: [start, born].sort(), kind: 'PREFER', prefer: start, note: 'Seen there' };
    story.edit('Resolution', 'res_old', { ...resolution, basis: basisOf(a as CitedClaim, b as CitedClaim) });
    story.edit('Person', ann, { visibility: 'REMOVED' });
    const year = says(period(bo, cy, 'DATING'), 'START', '1991');

    expect(await statuses()).toEqual(['BEFORE_BIRTH OPEN']);
    const other = (await all())[0]?.id;
    await resolve({ id: other, kind: 'PREFER', prefer: born, note: 'The register' });

    expect(await birthOf(bo)).toEqual({ date: { edtf: '1995' } });
    expect(await startOf(bo, cy), year).toMatchObject({ contested: false, date: null });
    story.edit('Person', ann, { visibility: 'PUBLIC' });
    expect(await statuses()).toEqual(['BEFORE_BIRTH RESOLVED', 'BEFORE_BIRTH RESOLVED']);
    expect(await startOf(ann, bo)).toMatchObject({ contested: true, date: { edtf: '1990' } });
    expect(await all(`(filter: { person: "${ann}" })`)).toMatchObject([{ id }]);
  });

  test('is open again once either claim has a quote more, wherever the claim stands', async () => {
    for (const side of ['start', 'born'] as const) {
      const found = await beforeBirth();
      await resolve({ id: found.id, kind: 'PREFER', prefer: found.born, note: 'The register' });
      expect(await startOf(ann, bo)).toMatchObject({ date: null });

      story.cite(found[side], { evidence: 'RECORD' });
      expect(await statuses()).toEqual(['BEFORE_BIRTH OPEN']);
      expect(await startOf(ann, bo)).toMatchObject({ contested: true, date: { edtf: '1990' } });
      for (const claim of [found.start, found.born]) story.edit('Claim', claim, { verdict: 'REJECTED' });
      expect(await all()).toEqual([]);
    }
  });

  test('is not settled by a claim that has given way itself', async () => {
    const { born, id } = await beforeBirth();
    await resolve({ id, kind: 'PREFER', prefer: born, note: 'The register' });
    const other = says(bo, 'BIRTH', '1960');
    const doubt = (await all()).find(({ type }) => type === 'IDENTITY_DOUBT');
    expect(await startOf(ann, bo)).toMatchObject({ date: null });

    await resolve({ id: doubt?.id, kind: 'PREFER', prefer: other, note: 'The better register' });

    expect(await startOf(ann, bo)).toMatchObject({ contested: false, date: { edtf: '1990' } });
    expect(await statuses()).toEqual(['IDENTITY_DOUBT RESOLVED']);
    story.cite(other, { evidence: 'RECORD' });
    expect(await statuses(), 'void, and so the first answer counts again').toEqual(['IDENTITY_DOUBT OPEN']);
    expect(await startOf(ann, bo)).toMatchObject({ date: null });
  });

  test('of somebody who was too young can be both true, or take the start away', async () => {
    const romance = period(ann, bo, 'DATING');
    const [start, born] = [says(romance, 'START', '2005'), says(bo, 'BIRTH', '1995')];
    const id = await theOnly();

    const both = await resolve({ id, kind: 'DIFFERENT_THINGS', note: 'So it was' });
    expect(await startOf(ann, bo)).toMatchObject({ contested: false, date: { edtf: '2005' } });
    const { revision } = (both as unknown as { contradiction: { resolution: { revision: number } } }).contradiction
      .resolution;
    expect(await refused({ id, kind: 'PREFER', prefer: start, revision })).toMatchObject({ rule: 'LIFE_STANDS' });
    await resolve({ id, kind: 'PREFER', prefer: born, note: 'No', revision });
    expect(await startOf(ann, bo)).toMatchObject({ date: null });
    expect(await birthOf(bo)).toEqual({ date: { edtf: '1995' } });
    expect(await statuses()).toEqual(['UNDER_AGE RESOLVED']);
  });

  test('of an event silences its day, where the event depends on who was born', async () => {
    const met = story.event(
      'MET',
      [ann, bo].map((person) => ({ person, role: 'PARTY' as const })),
    );
    const [date, born] = [says(met, 'DATE', '1990'), says(bo, 'BIRTH', '1995')];
    const id = await theOnly();
    const day = async () =>
      (await answerOf<{ event: { date: object | null } }>(graph, `{ event(id: "${met}") { date { edtf } } }`, REVIEWER))
        .event.date;

    expect(await refused({ id, kind: 'PREFER', prefer: date })).toMatchObject({ rule: 'LIFE_STANDS' });
    await resolve({ id, kind: 'PREFER', prefer: born, note: 'The register' });
    expect([await day(), await birthOf(bo)]).toEqual([null, { date: { edtf: '1995' } }]);
    expect(await statuses()).toEqual(['BEFORE_BIRTH RESOLVED']);

    const roles = { [ann]: 'PARTY', [bo]: 'GUEST' } as const;
    story.edit('Event', met, { participants: Object.entries(roles).map(([person, role]) => ({ person, role })) });
    await story.tell();
    expect(await day(), 'who is a guest takes nothing from it').toEqual({ edtf: '1990' });
    expect(await statuses()).toEqual(['BEFORE_BIRTH RESOLVED']);
    const revision = (await refused({ id, kind: 'UNRESOLVABLE', note: 'No' }))?.revision;
    expect(await refused({ id, kind: 'PREFER', prefer: born, revision })).toMatchObject({ rule: 'GUEST' });
  });

  test('of marriages has no side to prefer, and is void once either is told otherwise', async () => {
    const [first, second] = [period(ann, bo), period(ann, cy)];
    says(first, 'START', '2000');
    const end = says(first, 'END', '2010');
    const start = says(second, 'START', '2008');
    const id = await theOnly();
    expect(await refused({ id, kind: 'PREFER', prefer: end })).toMatchObject({
      code: 'REFUSED',
      rule: 'NO_PREFERENCE',
    });

    for (const claim of [end, start]) {
      await resolve({ id, kind: 'DIFFERENT_THINGS', note: 'She had two husbands' });
      expect(await statuses()).toEqual(['MARRIAGE_OVERLAP RESOLVED']);
      story.cite(claim, { evidence: 'RECORD' });
      expect(await statuses()).toEqual(['MARRIAGE_OVERLAP OPEN']);
    }
  });

  test('leaves its answer in the history of everybody whom it concerns', async () => {
    const [first, second] = [period(ann, bo), period(ann, cy)];
    says(first, 'START', '2000');
    says(first, 'END', '2010');
    says(second, 'START', '2008');
    await resolve({ id: await theOnly(), kind: 'UNRESOLVABLE', note: 'Nobody knows' });

    for (const person of [ann, bo, cy]) {
      const query = `{ person(id: "${person}") { history(first: 1) { nodes { action note } } } }`;
      expect(await answerOf(graph, query, REVIEWER), person).toEqual({
        person: { history: { nodes: [{ action: 'resolveContradiction', note: 'Nobody knows' }] } },
      });
    }
  });

  test('is found by type, person and state, and below everybody whom it concerns', async () => {
    period(bo, cy, 'DATING');
    const { id } = await beforeBirth();
    says(cy, 'BIRTH', '1970');
    says(cy, 'BIRTH', '1980');
    const doubt = (await all()).find((each) => each.id !== id)?.id;

    const ids = async (filter: string) => (await all(`(filter: {${filter}})`)).map((each) => each.id);
    expect(await ids('types: [IDENTITY_DOUBT, MARRIAGE_OVERLAP]')).toEqual([doubt]);
    expect(await ids('types: []')).toEqual([]);
    expect(await ids(`person: "${ann}"`)).toEqual([id]);
    expect(await ids(`person: "${cy}", status: OPEN`)).toEqual([doubt]);
    expect(await ids(`person: "${cy}", status: RESOLVED`)).toEqual([]);
    expect(await ids(`person: "${bo}", types: [IDENTITY_DOUBT]`)).toEqual([]);
    expect(await ids('person: "nobody"')).toEqual([]);
    const below = await answerOf(
      graph,
      `{ between(a: "${ann}", b: "${bo}") { contradictions { totalCount nodes { id } } } person(id: "${bo}") { contradictions { totalCount nodes { id } } } }`,
      REVIEWER,
    );
    const one = { contradictions: { totalCount: 1, nodes: [{ id }] } };
    expect(below).toEqual({ between: [one], person: one });

    story.edit('Person', ann, { visibility: 'REMOVED' });
    expect(await ids(`person: "${bo}"`), 'one whom it concerns is hidden').toEqual([]);
    expect(await refused({ id })).toMatchObject({ code: 'NOT_FOUND', field: 'id' });
  });
});
