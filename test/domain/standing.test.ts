import { describe, expect, it } from 'vitest';
import { acceptedOf } from '../../src/domain/accepted.js';
import type { CitedClaim, Interval } from '../../src/domain/evidence.js';
import { rule, standingOf } from '../../src/domain/standing.js';
import type { Evidence } from '../../src/domain/words.js';
import {
  ANN,
  agent,
  BO,
  citation,
  claim,
  dataset,
  denial,
  outlet,
  principal,
  record,
  unnamed,
  withVerdict,
} from '../support/evidence.js';

/** One statement of a small world: days 1 to 2, a side that is PUBLIC (Ann) and one that is not (Bo). */
interface Statement {
  evidence: Evidence;
  side: string | null;
  asserts: boolean;
  day: Interval;
  outlet?: string;
}

const WHENEVER = { min: 1, max: 2 };
const POOL: Statement[] = [
  ...(['PRINCIPAL', 'REPRESENTATIVE'] as const).flatMap((evidence) =>
    [ANN, BO].flatMap((side) =>
      [true, false].flatMap((asserts) =>
        [{ min: 1, max: 1 }, { min: 2, max: 2 }, WHENEVER].map((day) => ({ evidence, side, asserts, day })),
      ),
    ),
  ),
  ...(['RECORD', 'WITNESS', 'DATASET', 'UNNAMED_SOURCE'] as const).map((evidence) => without(evidence)),
  { ...without('OUTLET'), outlet: 'A' },
  { ...without('OUTLET'), outlet: 'B' },
  { ...without('OUTLET'), asserts: false, outlet: 'A' },
];

function without(evidence: Evidence): Statement {
  return { evidence, side: null, asserts: true, day: WHENEVER };
}

/** The table as section 4 of the design tells it, read aloud. */
function oracle(all: Statement[]) {
  const position = (side: string): 'asserts' | 'denies' | 'unclear' | 'silent' => {
    const own = all.filter((s) => s.side === side);
    const last = own.filter((s) => !own.some((t) => t.day.min > s.day.max));
    const saying = (some: Statement[]) => new Set(some.map(({ asserts }) => asserts));
    const inPerson = last.filter((s) => s.evidence === 'PRINCIPAL');
    for (const some of [last, inPerson]) {
      if (saying(some).size === 1) return some[0]?.asserts ? 'asserts' : 'denies';
    }
    return own.length === 0 ? 'silent' : 'unclear';
  };
  const [ann, bo] = [position(ANN), position(BO)];
  const asserted = all.filter(({ asserts }) => asserts);
  const says = (evidence: Evidence, from?: string) =>
    asserted.some((s) => s.evidence === evidence && (from === undefined || s.outlet === from));
  const contested = [ann, bo].some((is) => is === 'denies' || is === 'unclear');
  if (says('RECORD')) return { standing: 3, contested };
  if (ann === 'asserts' && bo !== 'denies') return { standing: 3, contested };
  if (says('WITNESS') || says('DATASET') || (says('OUTLET', 'A') && says('OUTLET', 'B')))
    return { standing: 2, contested };
  return { standing: asserted.length > 0 ? 1 : 0, contested };
}

function claimOf({ evidence, side, asserts, day, outlet: name }: Statement): CitedClaim {
  const cited = citation(evidence, day, {
    ...(side === null ? {} : { side, sideIsPublic: side === ANN }),
    ...(name === undefined ? {} : { outlet: name }),
  });
  return asserts ? claim('EXISTS', 'PAST', cited) : denial('EXISTS', 'PAST', cited);
}

describe('standing', () => {
  it('is the table for every combination of up to three statements', () => {
    const pool = POOL.map((statement) => ({ statement, claim: claimOf(statement) }));
    const wrong: unknown[] = [];
    const check = (some: typeof pool) => {
      const { standing, contested } = standingOf(some.map((each) => each.claim));
      const expected = oracle(some.map(({ statement }) => statement));
      if (standing !== expected.standing || contested !== expected.contested) {
        wrong.push({ said: some.map(({ statement }) => statement), standing, contested, expected });
      }
    };
    check([]);
    for (const [i, a] of pool.entries()) {
      check([a]);
      for (const [j, b] of pool.slice(i + 1).entries()) {
        check([a, b]);
        for (const c of pool.slice(i + j + 2)) check([a, b, c]);
      }
    }

    expect(wrong.slice(0, 3)).toEqual([]);
  });

  it('is REJECTED where every assertion is, and PROPOSED while one waits', () => {
    const rejected = withVerdict('REJECTED', claim('EXISTS', 'PAST'));
    const proposed = withVerdict('PROPOSED', claim('START', '2014'));

    expect(standingOf([rejected]).standing).toBe(-1);
    expect(standingOf([rejected, proposed]).standing).toBe(0);
    expect(standingOf([]).standing).toBe(0);
  });

  it('takes a start, a parting or an end as saying that it was, and an end reason not', () => {
    const fields = [claim('START', '2014'), claim('APART', 'PARTED'), claim('END', '2015'), claim('DATE', '2014')];

    expect(fields.map((each) => standingOf([each]).standing)).toEqual([3, 3, 3, 3]);
    expect(standingOf([claim('END_REASON', 'SPLIT')]).standing).toBe(0);
  });

  it('counts outlets of one publisher, and copies of one text, once', () => {
    const copies = ['A', 'B'].map((name) =>
      citation('OUTLET', '2020', { outlet: name, roots: [{ id: 'art_1', outlet: 'C' }] }),
    );
    const unknown = [citation('OUTLET', '2020'), citation('OUTLET', '2020')];

    expect(standingOf([claim('EXISTS', 'PAST', outlet('A'), outlet(' a '))]).standing).toBe(1);
    expect(standingOf([claim('EXISTS', 'PAST', ...copies)]).standing).toBe(1);
    expect(standingOf([claim('EXISTS', 'PAST', ...unknown)]).standing).toBe(1);
    expect(standingOf([claim('EXISTS', 'PAST', outlet('A'), outlet('B'))]).standing).toBe(2);
  });

  it('keeps what remains when sides disagree, and names the claims in which they do', () => {
    const yes = claim('EXISTS', 'PAST', principal(ANN, '2014'));
    const no = denial('EXISTS', 'PAST', agent(BO, '2013'));

    expect(standingOf([yes, no])).toEqual({
      standing: 1,
      contested: true,
      disagreements: [[yes.claim.id, no.claim.id]],
    });
    expect(standingOf([yes, no, claim('EXISTS', 'PAST', dataset())]).standing).toBe(2);
    expect(standingOf([yes, no, claim('EXISTS', 'PAST', record())])).toMatchObject({ standing: 3, contested: true });
  });

  it('hears what a resolution prefers', () => {
    const yes = claim('EXISTS', 'PAST', principal(ANN, '2014'));
    const no = denial('EXISTS', 'PAST', principal(BO, '2013'));

    expect(standingOf([yes, no], 'EXISTS', new Set([yes.claim.id]))).toMatchObject({ standing: 3, contested: false });
    expect(standingOf([yes, no], 'EXISTS', new Set([no.claim.id]))).toMatchObject({ standing: 1, contested: true });
  });

  it('finds two words of one side that differ on one day', () => {
    const yes = claim('EXISTS', 'PAST', principal(ANN, '2014-01-01'));
    const no = denial('EXISTS', 'PAST', principal(ANN, '2014-01-01'));

    expect(standingOf([yes, no, claim('EXISTS', 'PAST', unnamed())])).toEqual({
      standing: 1,
      contested: true,
      disagreements: [[yes.claim.id, no.claim.id]],
    });
  });

  it('serves any other field by its own claims', () => {
    const named = [claim('NAME', 'Ann Bee', outlet('A')), claim('EXISTS', 'PAST', record())];

    expect(standingOf(named, 'NAME').standing).toBe(1);
    expect(rule(acceptedOf(named), []).standing).toBe(3);
  });
});
