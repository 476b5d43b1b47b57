import { beforeEach, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { enginesHere } from '../support/engines.js';
import { answerOf, ask } from './asking.js';
import { Registers } from './registers.js';

const REVIEWER = { role: 'REVIEWER' } as const;

interface Found {
  type: string;
  field: string;
  subject: { id: string };
  claims: { id: string }[];
}

describe.each(enginesHere({ neo4j: false }))('What contradicts what on $name', ({ fresh }) => {
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

  /** All contradictions, by type and field with their claims sorted, once the graph is found clean. */
  async function all(): Promise<{ type: string; field: string; subject: string; claims: string[] }[]> {
    const found = await registers.contradictions<Found>('type field subject { id } claims { id }');
    const { stats } = await answerOf<{ stats: { contradictions: number } }>(
      graph,
      '{ stats { contradictions } }',
      REVIEWER,
    );
    expect(stats.contradictions).toBe(found.length);
    return found
      .map(({ type, field, subject, claims }) => ({
        ...{ type, field, subject: subject.id },
        claims: claims.map(({ id }) => id).sort(),
      }))
      .sort((a, b) => (`${a.type}${a.field}` < `${b.type}${b.field}` ? -1 : 1));
  }

  const between = (a: string, b: string) => [a, b].sort();

  const periodNow = async (a: string, b: string) =>
    (
      await answerOf<{ between: { periods: object[] }[] }>(
        graph,
        `{ between(a: "${a}", b: "${b}") { periods(minStanding: RUMOURED) { start { contested date { edtf } } end { contested date { edtf } } } } }`,
        REVIEWER,
      )
    ).between[0]?.periods[0];

  test('a marriage that had not ended when the next began, between the claims that say so', async () => {
    const [first, second] = [period(ann, bo), period(ann, cy)];
    says(first, 'START', '2000');
    const ended = says(first, 'END', '2010');
    expect(await all()).toEqual([]);

    const began = says(second, 'START', '2008-05-01');
    const overlap = { type: 'MARRIAGE_OVERLAP', field: 'START', subject: second, claims: between(ended, began) };
    expect(await all()).toEqual([overlap]);
    expect(await periodNow(ann, cy)).toMatchObject({ start: { contested: false } });

    story.edit('Claim', ended, { verdict: 'REJECTED' });
    expect(await all()).toEqual([]);
    const again = says(first, 'END', '2009');
    expect(await all()).toEqual([{ ...overlap, claims: between(again, began) }]);
    story.edit('Claim', began, { verdict: 'REJECTED' });
    says(second, 'START', '2009');
    expect(await all(), 'they may have parted before').toEqual([]);
  });

  test('a marriage that is told to go on when the next began, but no romance, rumour or remarriage', async () => {
    const [first, second] = [period(ann, bo), period(ann, cy)];
    says(first, 'START', '2000');
    const register = story.article('A register', { published: '2012-01-01', kind: 'RECORD' });
    const present = story.claim(first, 'EXISTS', { state: 'PRESENT' }, { evidence: 'RECORD', by: register });
    const began = says(second, 'START', '2008');
    expect(await all()).toMatchObject([{ type: 'MARRIAGE_OVERLAP', claims: between(present, began) }]);

    story.edit('Period', second, { type: 'DATING' });
    expect(await all()).toEqual([]);
    story.edit('Period', second, { type: 'MARRIED' });
    expect(await all()).toHaveLength(1);
    for (const claim of [present, began]) {
      const [citation] = await graph.read('MATCH (:Claim {id: $claim})-[:HAS]->(t:Citation) RETURN t.id AS id', {
        claim,
      });
      story.edit('Citation', String(citation?.id), { evidence: 'UNNAMED_SOURCE' });
    }
    expect(await all()).toEqual([]);
  });

  test('a marriage on the day of the divorce is none (T37)', async () => {
    const [first, second] = [period(ann, bo), period(ann, cy)];
    says(first, 'END', '2010-06-01');
    says(second, 'START', '2010-06-01');
    expect(await all()).toEqual([]);
  });

  test('what somebody did before they were born, whichever is said last', async () => {
    const romance = period(ann, bo, 'DATING');
    const start = says(romance, 'START', '1990');
    const met = story.event('MET', [
      { person: ann, role: 'PARTY' },
      { person: bo, role: 'PARTY' },
    ]);
    const date = says(met, 'DATE', '1989');
    expect(await all()).toEqual([]);

    const born = says(bo, 'BIRTH', '1995');
    expect(await all()).toEqual([
      { type: 'BEFORE_BIRTH', field: 'DATE', subject: met, claims: between(date, born) },
      { type: 'BEFORE_BIRTH', field: 'START', subject: romance, claims: between(start, born) },
    ]);
    expect(await periodNow(ann, bo)).toMatchObject({ start: { contested: true, date: { edtf: '1990' } } });
    const event = await answerOf(graph, `{ event(id: "${met}") { date { edtf } } }`, REVIEWER);
    expect(event).toEqual({ event: { date: { edtf: '1989' } } });

    story.edit('Claim', born, { verdict: 'REJECTED' });
    expect(await all()).toEqual([]);
    expect(await periodNow(ann, bo)).toMatchObject({ start: { contested: false } });
  });

  test('an article that tells of a romance before a birth', async () => {
    const old = story.article('An old one', { published: '1950', kind: 'RECORD' });
    const told = story.period(story.relationship('ROMANTIC', ann, bo), 'DATING', {}, { by: old, evidence: 'RECORD' });
    story.article('A new one', { kind: 'RECORD' });
    says(ann, 'BIRTH', '1960');
    expect(await all()).toMatchObject([{ type: 'BEFORE_BIRTH', field: 'START', subject: told }]);
  });

  test('what began or ended after a death, but no event that is about the dead', async () => {
    const romance = period(ann, bo);
    const [died] = [says(bo, 'DEATH', '2005')];
    const end = says(romance, 'END', '2010');
    const start = says(romance, 'START', '2007');
    const interview = story.event('INTERVIEW', [
      { person: ann, role: 'INTERVIEWER' },
      { person: bo, role: 'SUBJECT' },
    ]);
    says(interview, 'DATE', '2008');
    expect(await all()).toEqual([
      { type: 'AFTER_DEATH', field: 'END', subject: romance, claims: between(end, died) },
      { type: 'AFTER_DEATH', field: 'START', subject: romance, claims: between(start, died) },
    ]);
    expect(await periodNow(ann, bo)).toMatchObject({ start: { contested: true }, end: { contested: true } });

    says(interview, 'DATE', '1999-01-01', 'WITNESS');
    story.edit('Event', interview, { participants: [ann, bo].map((person) => ({ person, role: 'PARTY' as const })) });
    expect((await all()).filter(({ field }) => field === 'DATE').map(({ type }) => type)).toEqual([
      'AFTER_DEATH',
      'DATES_EXCLUDE',
    ]);
  });

  test('a romance before somebody was 16, if its date is stated; and it contests nothing', async () => {
    const romance = period(ann, bo, 'DATING');
    const early = story.article('Early', { published: '2011-06-14', kind: 'RECORD' });
    story.claim(romance, 'EXISTS', { state: 'PAST' }, { by: early, evidence: 'RECORD' });
    story.article('Late', { kind: 'RECORD' });
    const born = says(ann, 'BIRTH', '1995-06-15');
    expect(await all()).toEqual([]);

    const start = says(romance, 'START', '2011-06-14');
    expect(await all()).toMatchObject([{ type: 'UNDER_AGE', subject: romance, claims: between(start, born) }]);
    expect(await periodNow(ann, bo)).toMatchObject({ start: { contested: false } });
    story.edit('Claim', start, { verdict: 'REJECTED' });
    says(romance, 'START', '2011-06');
    expect(await all()).toEqual([]);
  });

  test('births more than a year apart, which may be of two people', async () => {
    const [one, near] = [says(ann, 'BIRTH', '1970-01-01'), says(ann, 'BIRTH', '1971-01-02')];
    expect(await all()).toMatchObject([{ type: 'DATES_EXCLUDE', field: 'BIRTH', claims: between(one, near) }]);

    story.edit('Claim', near, { verdict: 'REJECTED' });
    const far = says(ann, 'BIRTH', '1971-01-03');
    expect(await all()).toMatchObject([
      { type: 'IDENTITY_DOUBT', field: 'BIRTH', subject: ann, claims: between(one, far) },
    ]);
  });

  test('what a fan claims and the star denies (T34), but not what the star comes to confirm (T33)', async () => {
    const romance = story.period(story.relationship('ROMANTIC', ann, bo), 'DATING', {}, { evidence: 'UNNAMED_SOURCE' });
    const fan = story.person('Fan', { visibility: 'LIMITED' });
    const affair = story.relationship('ROMANTIC', bo, fan);
    const said = story.claim(affair, 'EXISTS', { state: 'PAST' }, { evidence: 'PRINCIPAL', side: fan });
    const denies = (subject: string, published: string) => {
      const by = story.article('A denial', { published });
      return story.claim(
        subject,
        'EXISTS',
        { state: 'PAST' },
        { by, evidence: 'PRINCIPAL', side: bo, polarity: 'DENIES' },
      );
    };
    const denied = denies(affair, '2019');
    denies(romance, '2019');
    expect(await all()).toEqual([
      { type: 'SIDES_DISAGREE', field: 'EXISTS', subject: affair, claims: between(said, denied) },
    ]);

    const by = story.article('A confirmation', { published: '2020' });
    story.claim(romance, 'EXISTS', { state: 'PAST' }, { by, evidence: 'PRINCIPAL', side: bo });
    expect(await all()).toHaveLength(1);
  });

  test('is nothing that readers are told', async () => {
    says(ann, 'BIRTH', '1970');
    says(ann, 'BIRTH', '1980');
    await story.tell();

    const { errors } = await ask(graph, '{ contradictions { totalCount } }');
    expect(errors[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await answerOf(graph, `{ person(id: "${ann}") { contradictions { totalCount } } }`)).toEqual({
      person: { contradictions: null },
    });
  });
});
