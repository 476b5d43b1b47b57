import { describe, expect, it } from 'vitest';
import type { ProjectedPeriod } from '../../src/domain/evidence.js';
import { held, over, overlapped, statusOf } from '../../src/domain/interval.js';
import { notesOf, projectRelationship } from '../../src/domain/projection.js';
import {
  ANN,
  agent,
  BO,
  citation,
  claim,
  dataset,
  day,
  days,
  denial,
  fan,
  life,
  outlet,
  period,
  principal,
  record,
  relationship,
  unnamed,
  withVerdict,
} from '../support/evidence.js';

/** The only period of a couple, projected from its claims. */
function projectOne(...claims: Parameters<typeof period>[1]): ProjectedPeriod {
  const [only] = projectRelationship(relationship([period('MARRIED', claims)])).periods;
  return only as ProjectedPeriod;
}

const heldIn = ({ bounds }: ProjectedPeriod, edtf: string) => held(bounds, days(edtf).min, days(edtf).max);
const asStretch = ({
  fromMin,
  fromMax,
  toMin,
  toMax,
}: {
  fromMin: number;
  fromMax: number;
  toMin: number;
  toMax: number;
}) => ({
  startMin: fromMin,
  startMax: fromMax,
  endMin: toMin,
  endMax: toMax,
});
const togetherIn = (stretch: Parameters<typeof asStretch>[0], edtf: string) =>
  held(asStretch(stretch), days(edtf).min, days(edtf).max);

describe('golden vectors of time', () => {
  it('T1: a start on a day of the year in which it ended holds on that day', () => {
    const married = projectOne(claim('START', '2010-05-01'), claim('END', '2010'));

    expect(heldIn(married, '2010-05-01')).toBe('YES');
    expect(married.start.contested || married.end.contested).toBe(false);
  });

  it('T2: start and end in one year hold at some time in it', () => {
    const married = projectOne(claim('START', '2010'), claim('END', '2010'));

    expect(heldIn(married, '2010')).toBe('YES');
    expect(married.bounds).toMatchObject({ startMin: day('2010-01-01'), endMax: day('2010-12-31') });
  });

  it('T4: an end in the past is over', () => {
    const { bounds, end } = projectOne(claim('START', '2010'), claim('END', '2012'));

    expect(statusOf(bounds, end.state, day('2026-08-22'))).toBe('ENDED');
  });

  it('T5: an announced end in this year may be over, and reads ENDING', () => {
    const announced = claim('END', { date: { edtf: '2026' }, announced: true }, record('2026-02'));
    const { bounds, end } = projectOne(claim('START', '2010'), announced);

    expect(over(bounds, end.state, day('2026-08-22'))).toBe('POSSIBLE');
    expect(statusOf(bounds, end.state, day('2026-08-22'))).toBe('ENDING');
  });

  it('T6: a day in the year of the end is possible', () => {
    expect(heldIn(projectOne(claim('START', '2012'), claim('END', '2014')), '2014-06-15')).toBe('POSSIBLE');
  });

  it('T8: ended, unstated and ongoing are three answers', () => {
    const states = [[claim('END', 'ENDED')], [], [claim('END', 'ONGOING')]].map(
      (ends) => projectOne(claim('START', '2010'), ...ends).end.state,
    );

    expect(states).toEqual(['ENDED', 'UNSTATED', 'ONGOING']);
  });

  it('T10: dating again later is a second period beside the first', () => {
    const first = period('DATING', [claim('START', '2012'), claim('END', '2013')]);
    const again = period('DATING', [claim('START', '2015')]);

    const { periods, stretches, contradictions } = projectRelationship(relationship([again, first]));

    expect(periods.map(({ id }) => id)).toEqual([first.period.id, again.period.id]);
    expect(stretches.map(({ periods: ids }) => ids)).toEqual([[first.period.id], [again.period.id]]);
    expect(contradictions).toEqual([]);
  });

  it('T31: parted before the divorce, a new love overlaps with the law and not with togetherness', () => {
    const [marriage] = projectRelationship(
      relationship([
        period('MARRIED', [claim('START', '2011-08-20'), claim('APART', '2011-10-31'), claim('END', '2013-06-03')]),
      ]),
    ).stretches;
    const law = projectOne(claim('START', '2011-08-20'), claim('APART', '2011-10-31'), claim('END', '2013-06-03'));
    const [dating] = projectRelationship(relationship([period('DATING', [claim('START', '2012-04')])])).stretches;
    if (!marriage || !dating) throw new Error('two stretches');
    const love = asStretch(dating);

    expect(overlapped(asStretch(marriage), love)).toBe('NO');
    expect(overlapped(law.bounds, love)).toBe('YES');
    expect(marriage.state).toBe('DATED');
  });

  it('T32: the day on which one became the other counts as together; without that it is possible', () => {
    const couple = (...reasons: Parameters<typeof period>[1]) =>
      projectRelationship(
        relationship([
          period('DATING', [claim('START', '1990'), claim('END', '1995'), ...reasons]),
          period('MARRIED', [claim('START', '1995'), claim('END', '2005')]),
        ]),
      ).stretches.map((stretch) => togetherIn(stretch, '1995-06'));

    expect(couple(claim('END_REASON', 'PROGRESSED'))).toEqual(['YES']);
    expect(couple()).toEqual(['POSSIBLE', 'POSSIBLE']);
  });

  it('T37: divorced and remarried on the same day is no overlap', () => {
    const before = projectOne(claim('START', '2000'), claim('END', '2010-05-01'));
    const after = projectOne(claim('START', '2010-05-01'), claim('END', '2012'));

    expect(overlapped(before.bounds, after.bounds)).toBe('NO');
  });

  it('T29: ends in a year in which the next began possibly overlap', () => {
    const before = projectOne(claim('START', '2010'), claim('END', '2014'));
    const after = projectOne(claim('START', '2014-03'), claim('END', '2016'));

    expect(overlapped(before.bounds, after.bounds)).toBe('POSSIBLE');
  });
});

describe('golden vectors of evidence', () => {
  it('T11: a vaguer date agrees, adds nothing, and is read where the exact one is rejected', () => {
    const start = claim('START', '2010');
    const exact = claim('END', '2014-06-12');
    const vague = claim('END', '2014');

    const both = projectOne(start, exact, vague);
    const without = projectOne(start, withVerdict('REJECTED', exact), vague);

    expect(both.end).toEqual({ ...projectOne(start, exact).end, why: [exact.claim.id] });
    expect(both.end.date?.edtf).toBe('2014-06-12');
    expect(without.end.date?.edtf).toBe('2014');
    expect(notesOf([exact, vague]).map(({ agreesWith }) => agreesWith)).toEqual([null, exact.claim.id]);
  });

  it('T12: a third date contests once it is accepted, and changes nothing before', () => {
    const start = claim('START', '2010');
    const accepted = [start, claim('END', '2014-06-12'), claim('END', '2014')];
    const other = claim('END', '2016');
    const couple = (verdict: 'PROPOSED' | 'ACCEPTED') =>
      projectRelationship(
        relationship([period('MARRIED', [...accepted, withVerdict(verdict, other)], { id: 'prd_1' })]),
      );

    const before = couple('PROPOSED');
    const after = couple('ACCEPTED');

    expect(before).toEqual(projectRelationship(relationship([period('MARRIED', accepted, { id: 'prd_1' })])));
    expect(after.periods[0]?.end).toMatchObject({ contested: true, date: { edtf: '[2014-06-12..2016-12-31]' } });
    expect(after.periods[0]?.bounds).toMatchObject({ endMin: day('2014-06-12'), endMax: day('2016-12-31') });
    expect(after.contradictions).toMatchObject([
      { type: 'DATES_EXCLUDE', field: 'END', claims: [accepted[1]?.claim.id, other.claim.id].sort() },
    ]);
  });

  it('T13: a claim with one of two citations rejected still stands', () => {
    const married = projectOne(claim('START', '2010', record(), citation('RECORD', '2024', { verdict: 'REJECTED' })));

    expect(married.standing).toBe(3);
    expect(married.start.date?.edtf).toBe('2010');
  });

  it('T14: a claim without an accepted citation is out of the projection', () => {
    const married = projectOne(claim('START', '2010', citation('RECORD', '2024', { verdict: 'REJECTED' })));

    expect(married.standing).toBe(0);
    expect(married.start.date).toBeNull();
    expect(married.startKnown).toBe(false);
  });

  it('T15: a marriage whose end is rejected shows its end unstated', () => {
    const married = projectOne(claim('START', '2010'), withVerdict('REJECTED', claim('END', '2014')));

    expect(married.standing).toBe(3);
    expect(married.end).toMatchObject({ state: 'UNSTATED', date: null, reason: null });
    expect(married.endRumoured).toBe(false);
  });

  it('T30: five copies of one agency text and an interview are two sources', () => {
    const agency = { roots: [{ id: 'art_agency', outlet: 'Agency' }] };
    const copies = ['A', 'B', 'C', 'D', 'E'].map((name) => citation('OUTLET', '2020', { outlet: name, ...agency }));

    const [note] = notesOf([claim('START', '2010', ...copies, principal(ANN))]);

    expect(note?.independentSources).toBe(2);
    expect(projectOne(claim('START', '2010', ...copies)).standing).toBe(1);
  });

  it('T33: a rumour, a denial by the agent of one, a confirmation by that one', () => {
    const rumour = claim('EXISTS', 'PRESENT', outlet('A', '2014-01'));
    const denied = denial('EXISTS', 'PAST', agent(ANN, '2014-02'));
    const confirmed = claim('EXISTS', 'PRESENT', principal(ANN, '2014-03'));

    const told = [[rumour], [rumour, denied], [rumour, denied, confirmed]].map((claims) => projectOne(...claims));

    expect(told.map(({ standing }) => standing)).toEqual([1, 1, 3]);
    expect(told.map(({ contested }) => contested)).toEqual([false, true, false]);
    expect(told[2]?.denials).toEqual([denied.claim.id]);
  });

  it('T34: a fan claims and the star denies: rumoured, then contested', () => {
    const claimed = claim('EXISTS', 'PAST', fan(ANN, '2014-01'));
    const denied = denial('EXISTS', 'PAST', principal(BO, '2014-02'));
    const couple = (...claims: (typeof claimed)[]) => projectRelationship(relationship([period('DATING', claims)]));

    const [before, after] = [couple(claimed), couple(claimed, denied)];

    expect([before.standing, before.contested]).toEqual([1, false]);
    expect([after.standing, after.contested]).toEqual([1, true]);
    expect(after.contradictions).toMatchObject([{ type: 'SIDES_DISAGREE', field: 'EXISTS', resolution: null }]);
  });

  it('T35: an unnamed end of a confirmed marriage is shown as rumoured, and not as an end', () => {
    const married = projectOne(claim('START', '2010'), claim('END', 'ENDED', unnamed('2020')));

    expect(married.standing).toBe(3);
    expect(married.end).toMatchObject({ state: 'UNSTATED', date: null });
    expect(married.endRumoured).toBe(true);
    expect(married.bounds.endMax).toBe(1_000_000_000);
  });
});

describe('a rumoured end or parting', () => {
  const married = claim('START', '2010');
  const rumoured = [claim('END', '2012', unnamed()), claim('APART', 'PARTED', unnamed())];
  const flags = (...claims: Parameters<typeof period>[1]) => {
    const { endRumoured, apartRumoured } = projectOne(married, ...claims);
    return [endRumoured, apartRumoured];
  };

  it('is told where no other is established, going on or not', () => {
    expect(flags()).toEqual([false, false]);
    expect(flags(...rumoured)).toEqual([true, true]);
    expect(flags(...rumoured, claim('END', 'ONGOING', record('2011')))).toEqual([true, true]);
  });

  it('is not told beside an established one', () => {
    expect(flags(...rumoured, claim('END', 'ENDED'), claim('APART', '2011'))).toEqual([false, false]);
    expect(flags(...rumoured, claim('END_REASON', 'PROGRESSED'))).toEqual([false, true]);
  });
});

describe('the bar', () => {
  it('lets a rumour bound a rumour, and keeps it from bounding what is reported', () => {
    const rumours = [claim('START', '2010', unnamed()), claim('END', '2012', unnamed())];

    expect(projectOne(...rumours).end.date?.edtf).toBe('2012');
    expect(projectOne(...rumours, claim('EXISTS', 'PAST', dataset())).end.date).toBeNull();
  });

  it('counts the citations of claims inside an interval for the wider claim', () => {
    const married = projectOne(
      claim('EXISTS', 'PAST', record()),
      claim('START', '2014', outlet('A')),
      claim('START', '2014-06', outlet('B')),
    );

    expect(married.start.date?.edtf).toBe('2014');
    expect(married.start.standing).toBe(1);
  });

  it('is not lowered by a denial', () => {
    const married = projectOne(
      claim('EXISTS', 'PAST', principal(ANN, '2014')),
      denial('EXISTS', 'PAST', principal(BO, '2015')),
      claim('START', '2010', unnamed('2013')),
    );

    expect(married.standing).toBe(1);
    expect(married.start.date).toBeNull();
  });
});

describe('what articles bound', () => {
  it('takes a present state as held on the days of the article', () => {
    const { bounds, lastConfirmed, end } = projectOne(claim('EXISTS', 'PRESENT', record('2014-03')));

    expect(bounds).toMatchObject({ startMax: day('2014-03-31'), endMin: day('2014-03-01') });
    expect(end.state).toBe('UNSTATED');
    expect(lastConfirmed).toBe(day('2014-03-01'));
  });

  it('cuts a start at the day of the article and still reads as the source says it', () => {
    const { bounds, start } = projectOne(claim('START', '2013', record('2013-02-10')));

    expect(bounds).toMatchObject({ startMin: day('2013-01-01'), startMax: day('2013-02-10') });
    expect(start.date?.edtf).toBe('2013');
  });

  it('confirms nothing beyond the article, however far off an announced end', () => {
    const announced = claim('END', { date: { edtf: '2027' }, announced: true }, record('2026-02-10'));

    expect(projectOne(claim('START', '2010'), announced).lastConfirmed).toBe(day('2026-02-10'));
  });

  it('gives the best established reason for an end, then the one with more sources', () => {
    const split = claim('END_REASON', 'SPLIT', dataset());
    const reasonOf = (...claims: Parameters<typeof period>[1]) =>
      projectOne(claim('END', '2012'), ...claims).end.reason;

    expect(reasonOf(split, claim('END_REASON', 'DIVORCE', record()))).toBe('DIVORCE');
    expect(reasonOf(split, claim('END_REASON', 'DIVORCE', dataset(), dataset()))).toBe('DIVORCE');
    expect(reasonOf(claim('END_REASON', 'DIVORCE', unnamed()))).toBeNull();
  });

  it('takes a date after the article for a plan, which bounds nothing', () => {
    const { start, bounds } = projectOne(claim('START', '2021', record('2020')));

    expect(start).toMatchObject({ date: null, contested: false });
    expect(bounds.startMin).toBe(-1_000_000_000);
  });

  it('takes no bound for an end from an undated article that says present', () => {
    const { bounds, lastConfirmed } = projectOne(
      claim('EXISTS', 'PRESENT', citation('RECORD', { min: -1_000_000_000, max: day('2020-01-01') })),
    );

    expect(bounds).toMatchObject({ startMax: day('2020-01-01'), endMin: -1_000_000_000 });
    expect(lastConfirmed).toBeNull();
  });

  it('moves a parting behind an article that says present, unless that is later than any parting', () => {
    const parted = claim('APART', '2012', record('2015'));
    const inThatYear = projectOne(parted, claim('EXISTS', 'PRESENT', record('2012-05-01')));
    const later = projectOne(parted, claim('EXISTS', 'PRESENT', record('2013-05-01')));

    expect(inThatYear.bounds.apartMin).toBe(day('2012-05-01'));
    expect(later.bounds.apartMin).toBe(day('2012-01-01'));
    expect(later.apart.contested).toBe(false);
    expect(later.bounds.endMin).toBe(day('2013-05-01'));
  });

  it('ends by death on the earlier death of the two; one known death alone is only the latest day', () => {
    const claims = [claim('START', '1990'), claim('END_REASON', 'DEATH')];
    const endedBy = (ann: ReturnType<typeof life>) => {
      const lives = [ann, life(BO, days('1950'), days('2014-06-12'))] as const;
      return projectRelationship(relationship([period('MARRIED', claims)], { lives })).periods[0];
    };

    const both = endedBy(life(ANN, days('1950'), days('2016')));
    const one = endedBy(life(ANN));

    expect(both?.end).toMatchObject({ state: 'DATED', reason: 'DEATH', date: { edtf: '2014-06-12' } });
    expect(both?.bounds).toMatchObject({ endMin: day('2014-06-12'), endMax: day('2014-06-12') });
    expect(one?.end).toMatchObject({ state: 'ENDED', reason: 'DEATH', date: null });
    expect(one?.bounds).toMatchObject({ endMin: day('1990-01-01'), endMax: day('2014-06-12') });
  });

  it('takes the bound of the event that started it', () => {
    const startedBy = { event: 'evt_1', day: days('2014-05-24'), edtf: '2014-05-24', claim: null };
    const couple = relationship([period('MARRIED', [claim('START', '2014')], { startedBy })]);

    const [married] = projectRelationship(couple).periods;

    expect(married?.start).toMatchObject({ date: { edtf: '2014-05-24' }, contested: false, standing: 2 });
    expect(married?.startKnown).toBe(true);
  });
});

describe('denials of a date', () => {
  it('contest what they contain and narrow nothing', () => {
    const start = claim('START', '2014-06', outlet('A'), outlet('B'));
    const denied = projectOne(start, denial('START', '2014', principal(ANN)));
    const elsewhere = projectOne(start, denial('START', '2015', principal(ANN)));
    const weak = projectOne(start, denial('START', '2014', unnamed()));

    expect(denied.start).toMatchObject({ contested: true, date: { edtf: '2014-06' } });
    expect([elsewhere.start.contested, weak.start.contested]).toEqual([false, false]);
  });

  it('count only with an accepted citation', () => {
    const unsupported = denial('EXISTS', 'PAST', citation('PRINCIPAL', '2020', { side: ANN, verdict: 'PROPOSED' }));

    expect(projectOne(claim('EXISTS', 'PAST'), unsupported)).toMatchObject({ contested: false, denials: [] });
  });

  it('about the relationship contest it, and leave its periods as they are', () => {
    const never = denial('EXISTS', 'PAST', principal(ANN, '2020'));
    const couple = projectRelationship(
      relationship([period('DATING', [claim('EXISTS', 'PAST', dataset())])], { claims: [never] }),
    );

    expect(couple).toMatchObject({ standing: 2, contested: true, denials: [never.claim.id] });
    expect(couple.periods[0]).toMatchObject({ standing: 2, contested: false, denials: [] });
  });

  it('of a present state are listed and change nothing', () => {
    const notDating = denial('EXISTS', 'PRESENT', principal(ANN, '2020'));
    const dated = projectOne(claim('EXISTS', 'PAST', principal(ANN, '2015')), notDating);

    expect(dated).toMatchObject({ standing: 3, contested: false, denials: [notDating.claim.id] });
  });
});
