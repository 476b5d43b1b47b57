import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { basisOf } from '../../src/domain/contradiction.js';
import { isoOf } from '../../src/domain/day.js';
import type { CitedBy, CitedClaim, Interval, RelationshipEvidence } from '../../src/domain/evidence.js';
import { projectRelationship } from '../../src/domain/projection.js';
import type { PeriodType } from '../../src/domain/words.js';
import {
  ANN,
  BO,
  change,
  citation,
  claim,
  dataset,
  day,
  denial,
  life,
  outlet,
  period,
  principal,
  record,
  relationship,
  unnamed,
} from '../support/evidence.js';

const year = fc.integer({ min: 2010, max: 2016 }).map(String);
const date = fc.oneof(
  year,
  year.map((y) => `${y}-05`),
  year.map((y) => `${y}-05-24`),
  year.map((y) => `[..${y}]`),
);
const source: fc.Arbitrary<CitedBy> = fc.oneof(
  year.map((y) => record(y)),
  year.map((y) => dataset(y)),
  year.map((y) => unnamed(y)),
  fc.tuple(fc.constantFrom('A', 'B', 'C'), year).map(([name, y]) => outlet(name, y)),
  fc.tuple(fc.constantFrom(ANN, BO), year).map(([side, y]) => principal(side, y)),
);
const sources = fc.array(source, { minLength: 1, maxLength: 2 });

const anyClaim: fc.Arbitrary<CitedClaim> = fc.oneof(
  fc
    .tuple(fc.constantFrom('START', 'APART', 'END'), date, sources)
    .map(([field, edtf, by]) => claim(field, edtf, ...by)),
  fc.tuple(fc.constantFrom('PRESENT', 'PAST'), sources).map(([state, by]) => claim('EXISTS', state, ...by)),
  fc.tuple(fc.constantFrom('ENDED', 'ONGOING'), sources).map(([state, by]) => claim('END', state, ...by)),
  sources.map((by) => claim('APART', 'PARTED', ...by)),
  fc
    .tuple(fc.constantFrom('PROGRESSED', 'SPLIT', 'DEATH'), sources)
    .map(([reason, by]) => claim('END_REASON', reason, ...by)),
  sources.map((by) => denial('EXISTS', 'PAST', ...by)),
  fc.tuple(fc.constantFrom('START', 'END'), date, sources).map(([field, edtf, by]) => denial(field, edtf, ...by)),
);

const type = fc.constantFrom<PeriodType>('DATING', 'ENGAGED', 'MARRIED', 'PARTNERSHIP', 'UNSPECIFIED');

const anyRelationship: fc.Arbitrary<RelationshipEvidence> = fc
  .record({
    periods: fc.array(fc.tuple(type, fc.array(anyClaim, { maxLength: 6 })), { minLength: 1, maxLength: 4 }),
    own: fc.array(anyClaim, { maxLength: 2 }),
    born: fc.integer({ min: 1985, max: 1998 }),
    reconciled: fc.array(year, { maxLength: 2 }),
    prefers: fc.array(fc.tuple(fc.nat(100), fc.nat(100)), { maxLength: 2 }),
  })
  .map(({ periods: all, own, born, reconciled, prefers }) => {
    const periods = all.map(([ofType, claims], i) => period(ofType, claims, { id: `prd_${i}` }));
    const claims = periods.flatMap((each) => each.claims);
    const resolutions = prefers.flatMap(([i, j], at) => {
      const [a, b] = [claims[i % (claims.length || 1)], claims[j % (claims.length || 1)]];
      if (!a || !b || a === b) return [];
      const pair: [string, string] = [a.claim.id, b.claim.id];
      return [
        {
          id: `res_${at}`,
          claims: pair,
          kind: 'PREFER' as const,
          prefer: a.claim.id,
          note: 'So.',
          basis: basisOf(a, b),
        },
      ];
    });
    const lives = [life(ANN, yearOf(born)), life(BO, yearOf(1990), yearOf(2015))] as const;
    return relationship(periods, {
      claims: own,
      lives,
      resolutions,
      reconciliations: reconciled.map((y) => yearOf(Number(y))),
    });
  });

function yearOf(of: number): Interval {
  return { min: day(`${of}-01-01`), max: day(`${of}-12-31`) };
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const rest = [...items];
  return items.map((_, i) => rest.splice((seed * 31 + i * 7) % rest.length, 1)[0] as T);
}

/** The same evidence in another order: periods, claims, citations, everything that has one. */
function reordered(evidence: RelationshipEvidence, seed: number): RelationshipEvidence {
  const claims = (all: readonly CitedClaim[]) =>
    shuffled(all, seed).map((each) => ({ ...each, citations: shuffled(each.citations, seed + 1) }));
  return {
    ...evidence,
    claims: claims(evidence.claims),
    periods: shuffled(evidence.periods, seed + 2).map((each) => ({ ...each, claims: claims(each.claims) })),
    reconciliations: shuffled(evidence.reconciliations, seed),
    resolutions: shuffled(evidence.resolutions, seed),
  };
}

describe('a projection', () => {
  it('is the same in every order of its evidence', () => {
    fc.assert(
      fc.property(anyRelationship, fc.nat(1000), (evidence, seed) => {
        expect(projectRelationship(reordered(evidence, seed))).toEqual(projectRelationship(evidence));
      }),
      { numRuns: 250 },
    );
  });

  it('of a withdrawn claim is the projection without it', () => {
    fc.assert(
      fc.property(anyRelationship, fc.nat(3), fc.nat(5), (evidence, p, c) => {
        const withdrawing = (edit: (each: CitedClaim) => CitedClaim[]) =>
          projectRelationship({
            ...evidence,
            resolutions: [],
            periods: evidence.periods.map((each, i) => ({
              ...each,
              claims: each.claims.flatMap((one, j) => (i === p && j === c ? edit(one) : [one])),
            })),
          });

        expect(withdrawing((one) => [change(one, { verdict: 'PROPOSED' })])).toEqual(withdrawing(() => []));
      }),
      { numRuns: 200 },
    );
  });

  it('never leaves a bound without a day, and keeps starts before ends unless it is contested', () => {
    fc.assert(
      fc.property(anyRelationship, (evidence) => {
        for (const { bounds, start, end, parted } of projectRelationship(evidence).periods) {
          expect(bounds.startMin).toBeLessThanOrEqual(bounds.startMax);
          expect(bounds.endMin).toBeLessThanOrEqual(bounds.endMax);
          if (parted) expect(bounds.apartMin).toBeLessThanOrEqual(bounds.apartMax);
          if (start.contested || end.contested) continue;
          expect(bounds.startMin).toBeLessThanOrEqual(bounds.endMin);
          expect(bounds.startMax).toBeLessThanOrEqual(bounds.endMax);
        }
      }),
      { numRuns: 250 },
    );
  });

  it('puts every period that is not rejected into exactly one stretch', () => {
    fc.assert(
      fc.property(anyRelationship, (evidence) => {
        const { periods, stretches } = projectRelationship(evidence);

        const inStretches = stretches.flatMap((stretch, i) => stretch.periods.map((id) => [id, i]));
        const expected = periods.filter(({ standing }) => standing >= 0).map(({ id, stretch }) => [id, stretch]);
        expect(inStretches.sort()).toEqual(expected.sort());
      }),
      { numRuns: 200 },
    );
  });
});

const FIRST = day('2010-01-01');

/** What true sources say about a couple that got together, maybe parted, and ended, on these days. */
const truth = fc
  .record({
    days: fc.array(fc.integer({ min: 0, max: 1500 }), { minLength: 3, maxLength: 3 }),
    parts: fc.boolean(),
    told: fc.array(
      fc.record({
        what: fc.nat(7),
        at: fc.integer({ min: 0, max: 2000 }),
        blur: fc.nat(2),
        before: fc.nat(400),
        after: fc.nat(400),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  })
  .map(({ days: [a = 0, b = 0, c = 0], parts, told }) => {
    const [start, parting, end] = [a, b, c].sort((x, y) => x - y).map((at) => FIRST + at) as [number, number, number];
    const apart = parts ? parting : end;
    const claims = told.flatMap(({ what, at, blur, before, after }) => {
      const now = FIRST + at;
      const by = citation('DATASET', { min: now - blur, max: now + blur });
      const around = (exact: number) => `[${isoOf(exact - before)}..${isoOf(exact + after)}]`;
      if (what === 0 && start <= now - blur) return [claim('START', around(start), by)];
      if (what === 1 && end <= now - blur) return [claim('END', around(end), by)];
      if (what === 2 && parts && apart <= now - blur) return [claim('APART', around(apart), by)];
      if (what === 3 && start <= now - blur && now + blur <= apart) return [claim('EXISTS', 'PRESENT', by)];
      if (what === 4 && start <= now - blur) return [claim('EXISTS', 'PAST', by)];
      if (what === 5 && end <= now - blur) return [claim('END', 'ENDED', by)];
      if (what === 6 && parts && apart <= now - blur) return [claim('APART', 'PARTED', by)];
      if (what === 7 && start <= now - blur && now + blur <= end) return [claim('END', 'ONGOING', by)];
      return [];
    });
    return { start, apart, end, claims };
  });

describe('sources that are all right', () => {
  it('never exclude what happened, and contest nothing', () => {
    fc.assert(
      fc.property(truth, ({ start, apart, end, claims }) => {
        const { periods, contradictions, stretches } = projectRelationship(relationship([period('MARRIED', claims)]));

        expect(contradictions).toEqual([]);
        for (const { bounds, start: shown, end: ended, parted } of periods) {
          expect([shown.contested, ended.contested]).toEqual([false, false]);
          expect(bounds.startMin <= start && start <= bounds.startMax).toBe(true);
          expect(bounds.endMin <= end && end <= bounds.endMax).toBe(true);
          if (parted) expect(bounds.apartMin <= apart && apart <= bounds.apartMax).toBe(true);
        }
        for (const { toMin, toMax } of stretches) {
          const until = periods[0]?.parted ? apart : end;
          expect(toMin <= until && until <= toMax).toBe(true);
        }
      }),
      { numRuns: 1500 },
    );
  });
});
