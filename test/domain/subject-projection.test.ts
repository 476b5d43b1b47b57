import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical } from '../../src/domain/canonical.js';
import { basisOf } from '../../src/domain/contradiction.js';
import { notesOf, projectEvent, projectPerson } from '../../src/domain/projection.js';
import {
  ANN,
  BO,
  claim,
  dataset,
  day,
  days,
  denial,
  life,
  outlet,
  principal,
  record,
  subject,
  unnamed,
  withVerdict,
} from '../support/evidence.js';

describe('a person', () => {
  it('has the birth and death that sources agree on', () => {
    const [birth, exact, death] = [
      claim('BIRTH', '1980', dataset()),
      claim('BIRTH', '1980-10-21'),
      claim('DEATH', '2020'),
    ];

    const ann = projectPerson(subject(ANN, [birth, death, exact]));

    expect(ann.birth).toMatchObject({
      date: { edtf: '1980-10-21' },
      standing: 3,
      contested: false,
      why: [exact.claim.id],
    });
    expect(ann.death).toMatchObject({ date: { edtf: '2020' }, standing: 3 });
    expect(ann.contradictions).toEqual([]);
  });

  it('is born with the doubt of the source that makes the bound, whatever range remains of several', () => {
    const shown = (...dates: string[]) =>
      projectPerson(
        subject(
          ANN,
          dates.map((date) => claim('BIRTH', date)),
        ),
      ).birth.date?.edtf;

    expect(shown('1990~', '[1985..1990-06]')).toBe('[1990-01-01~..1990-06-30]');
    expect(shown('1990?', '[1990-05..1995]')).toBe('[1990-05-01..1990-12-31?]');
    expect(shown('1980~', '1990?')).toBe('[1980-01-01~..1990-12-31?]');
    expect(shown('1990~', '[..1990]', '[1990..]')).toBe('1990~');
  });

  it('is not born by rumour', () => {
    const ann = projectPerson(
      subject(ANN, [claim('BIRTH', '1980', outlet('A')), claim('OCCUPATION', 'Singer', unnamed())]),
    );

    expect(ann.birth).toMatchObject({ date: null, standing: 1 });
    expect(ann.occupations).toEqual([]);
  });

  it('with two births that exclude each other has neither for certain, until one is preferred', () => {
    const [one, other] = [claim('BIRTH', '1980'), claim('BIRTH', '1982')];
    const { claims } = subject(ANN, [one, other]);
    const [a, b] = claims;
    if (!a || !b) throw new Error('two claims');
    const pair: [string, string] = [a.claim.id, b.claim.id];
    const preferring = {
      id: 'res_1',
      claims: pair,
      kind: 'PREFER' as const,
      prefer: a.claim.id,
      note: '',
      basis: basisOf(a, b),
    };

    const [open, resolved] = [projectPerson(subject(ANN, claims)), projectPerson(subject(ANN, claims, [preferring]))];

    expect(open.birth).toMatchObject({ contested: true, date: { edtf: '[1980-01-01..1982-12-31]' } });
    expect(open.contradictions).toMatchObject([{ subject: ANN, field: 'BIRTH', resolution: null }]);
    expect(resolved.birth).toMatchObject({ contested: false, date: { edtf: '1980' } });
    expect(resolved.contradictions).toMatchObject([{ field: 'BIRTH', resolution: 'res_1' }]);
  });

  it('does not die before birth without a contradiction', () => {
    const ann = projectPerson(subject(ANN, [claim('BIRTH', '1980'), claim('DEATH', '1970')]));

    expect([ann.birth.contested, ann.death.contested]).toEqual([true, true]);
    expect(ann.contradictions).toMatchObject([{ type: 'DATES_EXCLUDE', field: 'DEATH' }]);
  });

  it('has names and occupations by how well they are established', () => {
    const ann = projectPerson(
      subject(ANN, [
        claim('OCCUPATION', 'Actor', dataset()),
        claim('OCCUPATION', 'Singer', record()),
        claim('OCCUPATION', 'Baker', dataset(), dataset()),
        withVerdict('REJECTED', claim('OCCUPATION', 'Spy')),
        claim('NAME', 'Ann Bee', principal(ANN)),
      ]),
    );

    expect(ann.occupations.map(({ text, standing }) => [text, standing])).toEqual([
      ['Singer', 3],
      ['Baker', 2],
      ['Actor', 2],
    ]);
    expect(ann.names).toMatchObject([{ text: 'Ann Bee', standing: 3 }]);
  });
});

describe('an event', () => {
  it('is established by its date', () => {
    const wedding = projectEvent(subject('evt_1', [claim('DATE', '2014-05-24', dataset())]));

    expect(wedding).toMatchObject({ standing: 2, contested: false, date: { date: { min: day('2014-05-24') } } });
  });

  it('shows its best established place', () => {
    const places = [claim('PLACE', 'Paris', outlet('A')), claim('PLACE', 'Florence', record()), claim('DATE', '2014')];

    expect(projectEvent(subject('evt_1', places)).place).toMatchObject({ text: 'Florence', standing: 3 });
  });

  it('lends its day to a period whatever the lives of those who took part say to it', () => {
    const day = claim('DATE', '1990');
    const [date] = subject('evt_1', [day]).claims;
    const [born] = subject(ANN, [claim('BIRTH', '1995')]).claims;
    if (!date || !born) throw new Error('two claims');
    const birth = { ...days('1995'), from: born.claim.id, to: born.claim.id, isTold: true };
    const claims: [string, string] = [born.claim.id, date.claim.id];
    const answer = { id: 'res_1', claims, kind: 'PREFER' as const, prefer: born.claim.id, note: '' };

    const wedding = projectEvent({
      ...subject('evt_1', [date], [{ ...answer, basis: basisOf(born, date) }]),
      ...{ others: [born], present: [{ role: 'PARTY', life: { ...life(ANN), birth } }] },
    });

    expect(wedding).toMatchObject({ date: { date: null }, lent: { edtf: '1990', claim: date.claim.id } });
  });

  it('is contested by a participant who denies it', () => {
    const [yes, no] = [
      claim('EXISTS', 'PAST', principal(ANN, '2014')),
      denial('EXISTS', 'PAST', principal(BO, '2014')),
    ];

    const met = projectEvent(subject('evt_1', [yes, no]));

    expect(met).toMatchObject({ standing: 1, contested: true });
    expect(met.contradictions).toMatchObject([{ type: 'SIDES_DISAGREE', subject: 'evt_1', field: 'EXISTS' }]);
  });

  it('of which nobody accepted anything is proposed', () => {
    expect(projectEvent(subject('evt_1', []))).toMatchObject({ standing: 0, place: null, date: { date: null } });
  });
});

describe('a note', () => {
  it('names the most precise accepted claim that a claim agrees with, whatever its own verdict', () => {
    const [year, month, exact] = [claim('END', '2014'), claim('END', '2014-06'), claim('END', '2014-06-12')];
    const ended = claim('END', 'ENDED', record('2015'));
    const proposed = withVerdict('PROPOSED', year);

    const agreeing = (...claims: (typeof year)[]) => notesOf(claims).map(({ agreesWith }) => agreesWith);

    expect(agreeing(proposed, month, exact, ended)).toEqual([exact.claim.id, exact.claim.id, null, exact.claim.id]);
    expect(agreeing(year, withVerdict('PROPOSED', exact))).toEqual([null, null]);
    expect(agreeing(year, claim('END', '2016'), claim('END', 'ONGOING', record('2014')))).toEqual([null, null, null]);
    expect(agreeing(year, denial('END', '2014-06'))).toEqual([null, null]);
  });

  it('is about one subject and field', () => {
    const [start, end] = [claim('START', '2014'), claim('END', '2014-06-12')];
    const [elsewhere] = subject('prd_2', [claim('START', '2014-06')]).claims;
    if (!elsewhere) throw new Error('a claim');

    expect(notesOf([start, end, elsewhere]).map(({ agreesWith }) => agreesWith)).toEqual([null, null, null]);
  });
});

describe('canonical JSON', () => {
  it('is one text for equal values, and reads back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const reversed = JSON.parse(canonical(value), (_, item: unknown) =>
          item && typeof item === 'object' && !Array.isArray(item)
            ? Object.fromEntries(Object.entries(item).reverse())
            : item,
        ) as unknown;

        expect(canonical(reversed)).toBe(canonical(value));
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('sorts keys, keeps lists and leaves undefined out', () => {
    expect(canonical({ b: [2, 1], a: { d: null, c: undefined } })).toBe('{"a":{"d":null},"b":[2,1]}');
  });
});
