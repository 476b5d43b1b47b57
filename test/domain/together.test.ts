import { describe, expect, it } from 'vitest';
import type { Interval, Stretch } from '../../src/domain/evidence.js';
import { projectRelationship } from '../../src/domain/projection.js';
import { claim, day, days, period, relationship, unnamed, withVerdict } from '../support/evidence.js';

type Claims = Parameters<typeof period>[1];

const marriage = (...rest: Claims) => period('MARRIED', [claim('START', '2000-06-01'), ...rest]);

function stretchesOf(periods: ReturnType<typeof period>[], reconciliations: Interval[] = []): Stretch[] {
  return projectRelationship(relationship(periods, { reconciliations })).stretches;
}

describe('together', () => {
  it('ends at the parting, while the marriage goes on', () => {
    const [stretch] = stretchesOf([marriage(claim('APART', '2010'), claim('END', '2012-03-01'))]);

    expect(stretch).toMatchObject({ toMin: day('2010-01-01'), toMax: day('2010-12-31'), state: 'DATED' });
  });

  it('reads a parting without a date as ended', () => {
    expect(stretchesOf([marriage(claim('APART', 'PARTED'))])).toMatchObject([{ state: 'ENDED' }]);
  });

  it('goes on to the end after a reconciliation', () => {
    const [stretch] = stretchesOf([marriage(claim('APART', '2010'), claim('END', '2012-03-01'))], [days('2011-05')]);

    expect(stretch).toMatchObject({ toMin: day('2012-03-01'), toMax: day('2012-03-01') });
  });

  it('does not count a reconciliation before the parting, or after the end', () => {
    const parted = marriage(claim('APART', '2010'), claim('END', '2012-03-01'));

    expect(stretchesOf([parted], [days('2009'), days('2015')])).toMatchObject([{ toMax: day('2010-12-31') }]);
  });

  it('ends at the parting or at the end where a reconciliation may have been before the parting', () => {
    const parted = marriage(claim('APART', '2010'), claim('END', '2012-03-01'));

    expect(stretchesOf([parted], [days('2010-06')])).toMatchObject([
      { toMin: day('2010-01-01'), toMax: day('2012-03-01') },
    ]);
  });

  it('runs through what became the next, across three stages', () => {
    const became = claim('END_REASON', 'PROGRESSED');
    const dating = period('DATING', [claim('START', '1998'), became]);
    const engaged = period('ENGAGED', [claim('START', '1999'), became]);
    const married = marriage(claim('END', '2005'));

    const stretches = stretchesOf([married, engaged, dating]);

    expect(stretches.map(({ periods }) => periods)).toEqual([[dating, engaged, married].map((each) => each.period.id)]);
    expect(stretches).toMatchObject([{ fromMin: day('1998-01-01'), toMax: day('2005-12-31'), fromKnown: true }]);
  });

  it('runs through what became the next, whatever else is rumoured in between', () => {
    const dating = period('DATING', [claim('START', '1990'), claim('END_REASON', 'PROGRESSED')]);
    const married = period('MARRIED', [claim('START', '1995'), claim('END', '2005')]);
    const rumour = period('UNSPECIFIED', [claim('START', '1992', unnamed())]);

    const stretches = stretchesOf([dating, rumour, married]);

    const ids = ({ period: { id } }: typeof dating) => id;
    expect(stretches.map(({ periods }) => periods)).toEqual([[dating, married].map(ids), [rumour].map(ids)]);
    expect(stretches[0]).toMatchObject({ fromMin: day('1990-01-01'), toMax: day('2005-12-31'), standing: 3 });
  });

  it('takes what became nothing that we know as ended', () => {
    const { periods, stretches } = projectRelationship(
      relationship([period('DATING', [claim('START', '1998'), claim('END_REASON', 'PROGRESSED')])]),
    );

    expect(periods).toMatchObject([{ becomes: null, end: { state: 'ENDED', reason: 'PROGRESSED' } }]);
    expect(stretches).toHaveLength(1);
  });

  it('gives a rumour a stretch of its own, and a rejected period none', () => {
    const rumour = period('DATING', [claim('START', '1998', unnamed()), claim('END_REASON', 'PROGRESSED', unnamed())]);
    const rejected = period('DATING', [withVerdict('REJECTED', claim('START', '1990'))]);

    const { periods, stretches } = projectRelationship(relationship([marriage(), rumour, rejected]));

    expect(stretches.map(({ standing }) => standing)).toEqual([1, 3]);
    expect(periods.find(({ id }) => id === rejected.period.id)).toMatchObject({ standing: -1, stretch: null });
  });

  it('caps what nobody ends at the start of the next', () => {
    const [dating, married] = stretchesOf([period('DATING', [claim('START', '1998')]), marriage()]);

    expect(dating).toMatchObject({ toMax: day('2000-06-01'), state: 'UNSTATED' });
    expect(married).toMatchObject({ toMax: 1_000_000_000 });
  });
});
