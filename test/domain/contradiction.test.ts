import { describe, expect, it } from 'vitest';
import { basisOf } from '../../src/domain/contradiction.js';
import type { CitedClaim, PeriodEvidence } from '../../src/domain/evidence.js';
import { contradictionId } from '../../src/domain/ids.js';
import { projectRelationship } from '../../src/domain/projection.js';
import type { Resolution } from '../../src/domain/records.js';
import {
  ANN,
  change,
  claim,
  day,
  denial,
  period,
  principal,
  record,
  relationship,
  witness,
} from '../support/evidence.js';

function resolution(
  kind: Resolution['kind'],
  [a, b]: [CitedClaim, CitedClaim],
  prefer: CitedClaim | null = null,
): Resolution {
  return {
    id: 'res_1',
    claims: [a.claim.id, b.claim.id],
    kind,
    prefer: prefer?.claim.id ?? null,
    note: 'Because.',
    basis: basisOf(a, b),
  };
}

/** The claims of a period as the projection sees them: about that period. */
function pairOf({ claims }: PeriodEvidence, ...ids: string[]): [CitedClaim, CitedClaim] {
  const [a, b] = claims.filter((each) => ids.includes(each.claim.id));
  if (!a || !b) throw new Error('both claims');
  return [a, b];
}

const threeEnds = () => {
  const [early, late, vague] = [claim('END', '2012'), claim('END', '2016'), claim('END', '[2015..2016]')];
  const married = period('MARRIED', [claim('START', '2010'), early, late, vague]);
  return { early, late, vague, married, pair: pairOf(married, early.claim.id, late.claim.id) };
};

describe('a contradiction', () => {
  it('is known by its two claims', () => {
    const { early, late, married } = threeEnds();

    const { contradictions } = projectRelationship(relationship([married]));

    expect(contradictions).toEqual([
      {
        id: contradictionId([late.claim.id, early.claim.id]),
        type: 'DATES_EXCLUDE',
        subject: married.period.id,
        field: 'END',
        claims: [early.claim.id, late.claim.id],
        resolution: null,
      },
    ]);
  });

  it('of a start after the end leaves both as they are', () => {
    const married = period('MARRIED', [claim('START', '2015'), claim('END', '2012')]);

    const { periods, contradictions } = projectRelationship(relationship([married]));

    expect(contradictions).toMatchObject([{ type: 'DATES_EXCLUDE', field: 'END' }]);
    expect(periods[0]).toMatchObject({ start: { contested: true }, end: { contested: true } });
    expect(periods[0]?.bounds).toMatchObject({ startMin: day('2015-01-01'), endMax: day('2012-12-31') });
  });

  it('between a present state and an earlier end is one', () => {
    const married = period('MARRIED', [claim('END', '2012'), claim('EXISTS', 'PRESENT', record('2014-01-01'))]);

    expect(projectRelationship(relationship([married])).contradictions).toMatchObject([{ field: 'END' }]);
  });

  it('between the end of one and the start of what it became is one of the end', () => {
    const [end, start] = [claim('END', '2012'), claim('START', '2014')];
    const dating = period('DATING', [claim('START', '2010'), end, claim('END_REASON', 'PROGRESSED')]);
    const married = period('MARRIED', [start]);

    const { contradictions, periods } = projectRelationship(relationship([dating, married]));

    expect(contradictions).toMatchObject([
      { subject: dating.period.id, field: 'END', claims: [end.claim.id, start.claim.id] },
    ]);
    expect(periods.map((each) => [each.start.contested, each.end.contested])).toEqual([
      [false, true],
      [true, false],
    ]);
  });
});

describe('a contradiction about the start of what one became', () => {
  it('is one of that start', () => {
    const starts = [claim('START', '2012'), claim('START', '2014')];
    const dating = period('DATING', [claim('START', '2010'), claim('END_REASON', 'PROGRESSED')]);
    const married = period('MARRIED', starts);

    const { contradictions } = projectRelationship(relationship([dating, married]));

    expect(contradictions).toMatchObject([{ subject: married.period.id, field: 'START' }]);
  });
});

describe('a resolution', () => {
  it('that prefers a claim silences whatever cannot be true with it, and stays listed as the answer', () => {
    const { early, late, married, pair } = threeEnds();

    const { periods, contradictions } = projectRelationship(
      relationship([married], { resolutions: [resolution('PREFER', pair, early)] }),
    );

    expect(periods[0]?.end).toMatchObject({ contested: false, date: { edtf: '2012' }, why: [early.claim.id] });
    expect(contradictions).toMatchObject([{ claims: [early.claim.id, late.claim.id], resolution: 'res_1' }]);
  });

  it('that prefers a date says nothing against a side that denies all of it', () => {
    const [early, late] = [claim('START', '2010'), claim('START', '2012')];
    const married = period('MARRIED', [early, late, denial('EXISTS', 'PAST', principal(ANN))]);
    const resolutions = [resolution('PREFER', pairOf(married, early.claim.id, late.claim.id), early)];

    const [shown] = projectRelationship(relationship([married], { resolutions })).periods;

    expect(shown).toMatchObject({ contested: true, start: { date: { edtf: '2010' } } });
  });

  it('of the other kinds leaves the field contested', () => {
    const { married, pair } = threeEnds();

    for (const kind of ['DIFFERENT_THINGS', 'UNRESOLVABLE'] as const) {
      const { periods, contradictions } = projectRelationship(
        relationship([married], { resolutions: [resolution(kind, pair)] }),
      );

      expect(periods[0]?.end.contested).toBe(true);
      expect(contradictions).toMatchObject([{ resolution: 'res_1' }]);
    }
  });

  it('is void once a claim rests on something else', () => {
    const { early, late, married, pair } = threeEnds();
    const resolutions = [resolution('PREFER', pair, early)];
    const another = {
      ...married,
      claims: married.claims.map((each) =>
        each.claim.id === late.claim.id ? { ...each, citations: [...each.citations, witness()] } : each,
      ),
    };

    const { periods, contradictions } = projectRelationship(relationship([another], { resolutions }));

    expect(periods[0]?.end.contested).toBe(true);
    expect(contradictions).toMatchObject([{ resolution: null }]);
  });

  it('of a start after the end frees what it prefers', () => {
    const [start, end] = [claim('START', '2015'), claim('END', '2012')];
    const married = period('MARRIED', [start, end, claim('EXISTS', 'PAST')]);
    const pair = pairOf(married, start.claim.id, end.claim.id);

    const { periods } = projectRelationship(
      relationship([married], { resolutions: [resolution('PREFER', pair, start)] }),
    );

    expect(periods[0]).toMatchObject({ start: { contested: false }, end: { contested: false, date: null } });
  });

  it('silences only the field that it is about', () => {
    const [present, end] = [claim('EXISTS', 'PRESENT', record('2014')), claim('END', '2012', record('2013'))];
    const married = period('MARRIED', [claim('START', '2015', record('2016')), present, end]);
    const pair = pairOf(married, present.claim.id, end.claim.id);

    const { periods } = projectRelationship(
      relationship([married], { resolutions: [resolution('PREFER', pair, present)] }),
    );

    expect(periods[0]).toMatchObject({ start: { contested: true }, end: { contested: false, date: null } });
  });

  it('that silences the only parting leaves none', () => {
    const [apart, end] = [claim('APART', '2016'), claim('END', '2014')];
    const married = period('MARRIED', [apart, end, claim('EXISTS', 'PRESENT', record('2013'))]);
    const pair = pairOf(married, apart.claim.id, end.claim.id);

    const { periods, contradictions } = projectRelationship(
      relationship([married], { resolutions: [resolution('PREFER', pair, end)] }),
    );

    expect(periods[0]).toMatchObject({ parted: false, apart: { date: null, contested: false } });
    expect(contradictions).toMatchObject([{ field: 'END', resolution: 'res_1' }]);
  });

  it('lets nobody win in a circle', () => {
    const ends = [claim('END', '2012'), claim('END', '2014'), claim('END', '2016')];
    const married = period('MARRIED', ends);
    const prefer = (id: string, a: number, b: number) => {
      const pair = pairOf(married, ends[a]?.claim.id ?? '', ends[b]?.claim.id ?? '');
      return { ...resolution('PREFER', pair, ends[a]), id };
    };

    const { periods } = projectRelationship(
      relationship([married], { resolutions: [prefer('res_1', 0, 1), prefer('res_2', 1, 2), prefer('res_3', 2, 0)] }),
    );

    expect(periods[0]?.end).toMatchObject({ contested: true, date: { edtf: '[2012-01-01..2016-12-31]' } });
  });
});

describe('what two claims rest on', () => {
  const [a, b] = [claim('END', '2012'), claim('END', '2016')];

  it('is the same in either order, and whatever a machine proposes', () => {
    const proposed = witness();
    const more = {
      ...a,
      citations: [...a.citations, { ...proposed, citation: { ...proposed.citation, verdict: 'PROPOSED' as const } }],
    };

    expect(basisOf(b, a)).toBe(basisOf(a, b));
    expect(basisOf(more, b)).toBe(basisOf(a, b));
  });

  it('differs with a verdict, a value or an accepted citation', () => {
    const changed = [
      change(a, { verdict: 'REJECTED' }),
      change(a, { value: { state: 'ENDED' } }),
      { ...a, citations: [...a.citations, witness()] },
      { ...a, citations: [] },
    ];

    expect(new Set([a, ...changed].map((each) => basisOf(each, b))).size).toBe(5);
  });
});
