import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNBOUNDED } from '../../src/domain/day.js';
import type { Interval, Life } from '../../src/domain/evidence.js';
import { projectPerson, projectRelationship } from '../../src/domain/projection.js';
import { ANN, ANY, BO, claim, day, days, period, record, relationship, subject } from '../support/evidence.js';

/** A life of which one claim tells the birth and another the death, where they are told. */
function told(id: string, birth: Interval, death: Interval): Life {
  const limit = ({ min, max }: Interval, by: string) => ({
    ...{ min, max, isTold: true },
    from: min === -UNBOUNDED ? null : by,
    to: max === UNBOUNDED ? null : by,
  });
  return { id, floor: 0, birth: limit(birth, `${id} born`), death: limit(death, `${id} died`) };
}

const year = fc.integer({ min: 1940, max: 2020 }).map(String);
const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: null });
const alive = fc.record({
  birth: fc.constantFrom('1950', '1960-05', '1970'),
  death: fc.constantFrom(null, '1990', '1995-03', '2005'),
});
const said = fc.record({
  start: fc.array(year, { maxLength: 2 }),
  apart: maybe(year),
  end: fc.array(year, { maxLength: 2 }),
});

describe('A life', () => {
  it('contests what goes beyond it exactly where a contradiction says so', () => {
    fc.assert(
      fc.property(said, alive, alive, ({ start, apart, end }, ann, bo) => {
        const claims = [
          ...start.map((date) => claim('START', date)),
          ...(apart === null ? [] : [claim('APART', apart)]),
          ...end.map((date) => claim('END', date)),
          claim('EXISTS', 'PAST'),
        ];
        const lives = [ann, bo].map(({ birth, death }, i) =>
          told(i === 0 ? ANN : BO, days(birth), death === null ? ANY : days(death)),
        ) as [Life, Life];

        const projected = projectRelationship(relationship([period('MARRIED', claims)], { lives }));

        const contesting = projected.contradictions.filter(({ type }) => type !== 'UNDER_AGE');
        const [shown] = projected.periods;
        const contested = [shown?.start, shown?.apart, shown?.end].some((field) => field?.contested);
        expect(contested).toBe(contesting.length > 0);
        for (const { field, type } of contesting.filter(({ type }) => type !== 'DATES_EXCLUDE')) {
          const fields = { START: shown?.start, APART: shown?.apart, END: shown?.end } as Record<
            string,
            { contested: boolean } | undefined
          >;
          expect(fields[field]?.contested, `${type} of ${field}`).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('clamps nothing on the side on which something goes beyond it', () => {
    const lives: [Life, Life] = [told(ANN, days('1960'), days('2000')), told(BO, days('1950'), ANY)];
    const married = period('MARRIED', [claim('START', '1955'), claim('END', 'ENDED', record('2010'))]);

    const ended = period('MARRIED', [claim('END', '1955')]);

    const [shown] = projectRelationship(relationship([married], { lives })).periods;
    const [early] = projectRelationship(relationship([ended], { lives })).periods;

    expect(early?.bounds).toMatchObject({ startMin: day('1950-01-01'), startMax: day('1955-12-31') });
    expect([early?.start.contested, early?.end.contested]).toEqual([false, true]);
    expect(shown?.bounds).toMatchObject({ startMin: day('1955-01-01'), endMax: day('2000-12-31') });
    expect([shown?.start.contested, shown?.end.contested]).toEqual([true, false]);
  });

  it('that is not told to whoever sees the person bounds and contests nothing, and still contradicts', () => {
    const [ann, bo] = [told(ANN, days('1960'), days('2000')), told(BO, days('1930'), ANY)];
    const untold = {
      ...ann,
      birth: { ...ann.birth, isTold: false },
      death: { ...ann.death, isTold: false },
    };
    const married = period('MARRIED', [claim('START', '1955'), claim('END', 'ENDED', record('2010'))]);

    const projected = projectRelationship(relationship([married], { lives: [untold, bo] }));

    expect(projected.periods[0]?.bounds).toMatchObject({ startMin: day('1955-01-01'), endMax: day('2010-12-31') });
    expect(projected.periods[0]?.start.contested).toBe(false);
    expect(projected.contradictions).toMatchObject([{ type: 'BEFORE_BIRTH', field: 'START' }]);
  });

  it('has the first of the claims that make each of its bounds, of what is heard', () => {
    const claims = [claim('BIRTH', '1960'), claim('BIRTH', '1960'), claim('DEATH', '1990-05')];
    const [first, , died] = claims.map((each) => each.claim.id);

    expect(projectPerson(subject(ANN, claims)).limits).toEqual({
      birth: { from: first, to: first },
      death: { from: died, to: died },
    });
    expect(projectPerson(subject(ANN, [])).limits).toEqual({
      birth: { from: null, to: null },
      death: { from: null, to: null },
    });
  });
});
