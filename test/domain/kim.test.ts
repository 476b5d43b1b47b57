import { describe, expect, it } from 'vitest';
import type { CitedBy, CitedClaim, PeriodEvidence, ProjectedRelationship } from '../../src/domain/evidence.js';
import { type Certainty, held } from '../../src/domain/interval.js';
import { projectEvent, projectRelationship } from '../../src/domain/projection.js';
import { citation, claim, days, life, outlet, period, record, relationship, subject } from '../support/evidence.js';

/** The story that this project started from, as evidence (issue 3). */

const KIM = 'per_kim';
const KRIS = 'per_kris';
const KANYE = 'per_kanye';

/** Kim's own words in an interview whose page shows no date, read in 2026. */
const interview = (): CitedBy =>
  citation(
    'PRINCIPAL',
    { min: -1_000_000_000, max: days('2026-08-22').min },
    { side: KIM, outlet: 'Access Hollywood' },
  );

const lives = (other: string) => [life(KIM, days('1980-10-21')), life(other, days('1977'))] as const;

function humphries(): ProjectedRelationship {
  return projectRelationship(
    relationship(
      [
        period('MARRIED', [
          claim('START', '2011-08-20', record('2011-09')),
          claim('APART', '2011-10-31', outlet('People', '2011-11'), outlet('TMZ', '2011-10-31')),
          claim('END', '2013-06-03', record('2013-06-04')),
          claim('END', 'ENDED', interview()),
          claim('END_REASON', 'DIVORCE', record('2013-06-04')),
        ]),
      ],
      { lives: lives(KRIS) },
    ),
  );
}

function west(): ProjectedRelationship {
  const dating: CitedClaim[] = [claim('START', '2012', interview()), claim('END_REASON', 'PROGRESSED', interview())];
  const engaged: CitedClaim[] = [
    claim('START', '2013-10-21', outlet('People', '2013-10-22'), outlet('E!', '2013-10-22')),
    claim('END_REASON', 'PROGRESSED', outlet('People', '2014-05-25'), outlet('E!', '2014-05-25')),
  ];
  const married: CitedClaim[] = [
    claim('START', '2014-05-24', record('2014-05-30')),
    claim('EXISTS', 'PRESENT', interview()),
    claim('EXISTS', 'PRESENT', record('2019-03-01')),
    claim('APART', '2021-02-19', record('2021-02-20')),
    claim('END', '2022-03-02', record('2022-03-03')),
  ];
  const periods: PeriodEvidence[] = [period('MARRIED', married), period('DATING', dating), period('ENGAGED', engaged)];
  return projectRelationship(relationship(periods, { lives: lives(KANYE) }));
}

/** Together at some time in these days, by any stretch; in law, by any period. */
function partnerAt({ stretches }: ProjectedRelationship, edtf: string): Certainty {
  const { min, max } = days(edtf);
  return best(
    stretches.map(({ fromMin, fromMax, toMin, toMax }) =>
      held({ startMin: fromMin, startMax: fromMax, endMin: toMin, endMax: toMax }, min, max),
    ),
  );
}

function inLawAt({ periods }: ProjectedRelationship, edtf: string): Certainty {
  return best(periods.map(({ bounds }) => held(bounds, days(edtf).min, days(edtf).max)));
}

const best = (all: Certainty[]): Certainty => (['YES', 'POSSIBLE'] as const).find((one) => all.includes(one)) ?? 'NO';

describe('Kim', () => {
  it('was with Humphries in September 2011, and in June 2012 only in law', () => {
    const couple = humphries();

    expect(partnerAt(couple, '2011-09')).toBe('YES');
    expect(partnerAt(couple, '2012-06')).toBe('NO');
    expect(inLawAt(couple, '2012-06')).toBe('YES');
    expect(inLawAt(couple, '2013-07')).toBe('NO');
  });

  it('was possibly with West in June 2012, not in 2010, and certainly in 2018', () => {
    const couple = west();

    expect(partnerAt(couple, '2010')).toBe('NO');
    expect(partnerAt(couple, '2012-06')).toBe('POSSIBLE');
    expect(partnerAt(couple, '2013-01')).toBe('YES');
    expect(partnerAt(couple, '2018')).toBe('YES');
  });

  it('is certainly with nobody in 2024', () => {
    expect([humphries(), west()].map((couple) => partnerAt(couple, '2024'))).toEqual(['NO', 'NO']);
  });

  it('has one stretch with West, from dating to the filing', () => {
    const { stretches, periods, contradictions } = west();

    expect(periods.map(({ start }) => start.date?.edtf)).toEqual(['2012', '2013-10-21', '2014-05-24']);
    expect(periods.map(({ end }) => [end.date?.edtf, end.reason])).toEqual([
      ['2013-10-21', 'PROGRESSED'],
      ['2014-05-24', 'PROGRESSED'],
      ['2022-03-02', null],
    ]);
    expect(stretches).toMatchObject([
      {
        fromMin: days('2012').min,
        fromMax: days('2012').max,
        toMin: days('2021-02-19').min,
        toMax: days('2021-02-19').min,
      },
    ]);
    expect(contradictions).toEqual([]);
  });

  it('stands confirmed with both', () => {
    expect([humphries().standing, west().standing]).toEqual([3, 3]);
    expect(west().periods.map(({ standing }) => standing)).toEqual([3, 2, 3]);
  });

  it('met West in 2007, which is an event', () => {
    const met = projectEvent(
      subject('evt_met', [claim('DATE', '2007', outlet('Getty', '2007'), outlet('People', '2015'))]),
    );

    expect(met).toMatchObject({ standing: 2, date: { date: { edtf: '2007' } } });
    expect(partnerAt(west(), '2007')).toBe('NO');
  });
});
