import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ChainAnswer, findChains, type Through } from '../../src/questions/chain.js';
import type { ChainReads } from '../../src/questions/chain-search.js';
import { refuteByForce } from '../support/chains-by-force.js';
import { anEdge, aSpan, type Edge, edgesAmong, readerOf, THROUGH_ALL, throughAmong } from '../support/links.js';

const PEOPLE = ['per_A', 'per_B', 'per_C', 'per_D', 'per_E', 'per_F'];

function ask(edges: readonly Edge[], from: string, to: string, through: Partial<Through> = {}, more: Asked = {}) {
  const all = { ...THROUGH_ALL, ...through };
  const { maxHops = 8, alternatives = 20, read = readerOf(edges, all, more.most), maxPeople } = more;
  return findChains(read, { from, to, through: all, maxHops, alternatives }, maxPeople);
}

interface Asked {
  maxHops?: number;
  alternatives?: number;
  most?: number;
  maxPeople?: number;
  read?: ChainReads;
}

const walksOf = (answer: ChainAnswer) =>
  answer.type === 'ChainsFound'
    ? answer.chains.map(({ people }) => people.map((id) => id.replace('per_', '')).join(''))
    : answer.type;

/** A–B–C–… */
const path = (...people: string[]) => people.slice(1).map((person, i) => anEdge(people[i] ?? '', person));
const [A, B, C, D, E, F] = ['per_A', 'per_B', 'per_C', 'per_D', 'per_E', 'per_F'] as const;

describe('a chain', () => {
  test('is as short as brute force finds it, all of them, the strongest first', async () => {
    const others = PEOPLE.slice(1, -1);
    await fc.assert(
      fc.asyncProperty(
        edgesAmong(PEOPLE),
        throughAmong(others),
        fc.integer({ min: 1, max: 5 }),
        (edges, through, maxHops) => refuteByForce(edges, A, F, through, { maxHops }),
      ),
      { numRuns: 1000 },
    );
  });

  test('is never wrong where a read has more links than it answers', async () => {
    await fc.assert(
      fc.asyncProperty(edgesAmong(PEOPLE), throughAmong([]), fc.integer({ min: 1, max: 8 }), (edges, through, most) =>
        refuteByForce(edges, A, F, through, { maxHops: 8, most }),
      ),
      { numRuns: 300 },
    );
  });

  test('reads the same from both ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        edgesAmong(PEOPLE),
        throughAmong(PEOPLE.slice(1, -1)),
        fc.integer({ min: 1, max: 5 }),
        async (edges, given, maxHops) => {
          const through = { ...given, inTimeOrder: false };

          const there = await ask(edges, A, F, through, { maxHops });
          const back = await ask(edges, F, A, through, { maxHops });

          expect(back).toMatchObject({ type: there.type, examined: (there as { examined: number }).examined });
          if (there.type !== 'ChainsFound' || back.type !== 'ChainsFound') return;
          expect(back.chains.map(({ people }) => people.toReversed())).toEqual(
            there.chains.map(({ people }) => people),
          );
          expect(back.chains.map(({ links }) => links.toReversed().map(({ periodId }) => periodId))).toEqual(
            there.chains.map(({ links }) => links.map(({ periodId }) => periodId)),
          );
          expect(back.chains.map(({ weakest }) => weakest?.periodId)).toEqual(
            there.chains.map(({ weakest }) => weakest?.periodId),
          );
        },
      ),
    );
  });

  test('never gets longer by another link', async () => {
    const edge = edgesAmong(PEOPLE, 1).filter(({ length }) => length === 1);
    await fc.assert(
      fc.asyncProperty(edgesAmong(PEOPLE), edge, throughAmong([]), async (edges, more, through) => {
        const before = await ask(edges, A, F, through);
        const after = await ask([...edges, ...more.map((one) => ({ ...one, periodId: 'prd_new' }))], A, F, through);

        if (before.type !== 'ChainsFound') return;
        expect(after).toMatchObject({ type: 'ChainsFound' });
        expect(lengthOf(after)).toBeLessThanOrEqual(lengthOf(before));
      }),
    );
  });

  test('is nobody and no link from a person to the same person', async () => {
    const answer = await ask([], A, A);

    expect(answer).toEqual({
      type: 'ChainsFound',
      chains: [{ people: [A], links: [], weakest: null }],
      examined: 1,
      truncated: false,
    });
  });

  test('names its weakest link', async () => {
    const edges = [anEdge(A, B), anEdge(C, B, { standing: 1 }), anEdge(C, D, { standing: 2 })];

    const answer = await ask(edges, A, D);

    const weakest = { from: B, to: C, periodId: 'prd_per_Cper_B', standing: 1 };
    expect(answer).toMatchObject({ type: 'ChainsFound', chains: [{ weakest }] });
  });

  test('is carried by the best established of parallel periods, then the most certain, the earliest, the smallest id', async () => {
    const periods = [
      anEdge(A, B, { periodId: 'prd_1', standing: 2 }),
      anEdge(A, B, { periodId: 'prd_2', own: aSpan(40, 60, 90) }),
      anEdge(A, B, { periodId: 'prd_3', own: aSpan(30, 30, 90) }),
      anEdge(A, B, { periodId: 'prd_5', own: aSpan(20, 20, 90) }),
      anEdge(A, B, { periodId: 'prd_4', own: aSpan(20, 20, 90) }),
    ];
    const carrying = async (edges: Edge[]) => {
      const answer = await ask(edges, A, B, { at: { min: 50, max: 50 } });
      return answer.type === 'ChainsFound' ? answer.chains.map(({ links }) => links[0]) : [];
    };

    expect(await carrying(periods)).toMatchObject([{ periodId: 'prd_4', certainty: 'YES' }]);
    expect(await carrying(periods.slice(0, 3))).toMatchObject([{ periodId: 'prd_3', certainty: 'YES' }]);
    expect(await carrying(periods.slice(0, 1))).toMatchObject([{ periodId: 'prd_1', standing: 2 }]);
  });

  test('is carried by the best established period also where another link is weaker', async () => {
    const edges = [
      anEdge(A, B, { standing: 1 }),
      anEdge(B, C, { periodId: 'prd_1', standing: 2 }),
      anEdge(B, C, { periodId: 'prd_2', standing: 3 }),
    ];

    expect(await ask(edges, A, C)).toMatchObject({ chains: [{ links: [{ standing: 1 }, { periodId: 'prd_2' }] }] });
  });

  test('has one entry for a pair that dated and then married', async () => {
    const edges = [anEdge(A, B, { periodId: 'prd_1', type: 'DATING' }), anEdge(A, B, { periodId: 'prd_2' })];

    expect(walksOf(await ask(edges, A, B))).toEqual(['AB']);
  });

  test('says whether there are more as short as those asked for', async () => {
    const edges = [...path(A, C, B), ...path(A, D, B), ...path(A, E, B)];

    const two = await ask(edges, A, B, {}, { alternatives: 2 });
    const three = await ask(edges, A, B, {}, { alternatives: 3 });

    expect([walksOf(two), walksOf(three)]).toEqual([
      ['ACB', 'ADB'],
      ['ACB', 'ADB', 'AEB'],
    ]);
    expect([two, three]).toMatchObject([{ truncated: true }, { truncated: false }]);
  });
});

describe('in time order', () => {
  test('a later walk to a person is taken where the earlier one came too late (T36)', async () => {
    const edges = [
      anEdge(A, B, { own: aSpan(2010) }),
      anEdge(A, C, { own: aSpan(2000) }),
      anEdge(C, B, { own: aSpan(2001) }),
      anEdge(B, D, { own: aSpan(2005) }),
    ];

    expect(walksOf(await ask(edges, A, D, { inTimeOrder: true }))).toEqual(['ACBD']);
    expect(walksOf(await ask(edges, A, D))).toEqual(['ABD']);
    expect(walksOf(await ask(edges, D, A, { inTimeOrder: true }))).toEqual(['DBA']);
  });

  test('tells which link may not have been in order', async () => {
    const edges = [anEdge(A, B, { own: aSpan(10, 20) }), anEdge(B, C, { own: aSpan(15, 30) })];

    const possible = await ask(edges, A, C, { inTimeOrder: true });
    const certain = await ask(edges, A, C, { inTimeOrder: true, certainty: 'CERTAIN' });

    const links = [{ certainty: 'YES' }, { certainty: 'POSSIBLE' }];
    expect(possible).toMatchObject({ chains: [{ links, weakest: { certainty: 'POSSIBLE' } }] });
    expect(certain.type).toBe('NoChain');
  });

  test('a link starts where the two were first together, and with types where the period did', async () => {
    const edges = [anEdge(A, B, { own: aSpan(10) }), anEdge(B, C, { own: aSpan(20), together: aSpan(5) })];

    expect(walksOf(await ask(edges, A, C, { inTimeOrder: true }))).toBe('NoChain');
    expect(walksOf(await ask(edges, A, C, { inTimeOrder: true, types: ['MARRIED'] }))).toEqual(['ABC']);
  });
});

describe('without a chain', () => {
  test('people of different components, and people too far apart, get different answers (T20)', async () => {
    const edges = [...path(A, B, C), ...path(D, E)];

    expect(await ask(edges, A, D)).toMatchObject({ type: 'NoChain' });
    expect(await ask(edges, A, C, {}, { maxHops: 1 })).toMatchObject({ type: 'LimitReached', limit: 'HOPS', hops: 1 });
  });

  test('a search that met too many people says so', async () => {
    const edges = path(A, C, D, E, B);

    const answer = await ask(edges, A, B, {}, { maxPeople: 4 });

    expect(answer).toMatchObject({ type: 'LimitReached', limit: 'PEOPLE', advice: expect.stringContaining('Narrow') });
  });

  test('a search whose time is over says how far it came', async () => {
    const edges = path(A, C, D, E, B);
    const reader = readerOf(edges, THROUGH_ALL);
    let reads = 0;
    const steps: ChainReads['steps'] = (people, among) => {
      reads += 1;
      return reads < 3 ? reader.steps(people, among) : Promise.resolve(null);
    };
    const read = { ...reader, steps };

    for (const inTimeOrder of [false, true]) {
      reads = 0;
      const answer = await ask(edges, A, B, { inTimeOrder }, { read });
      expect(answer).toMatchObject({ type: 'LimitReached', limit: 'TIME', hops: 2 });
    }
  });

  test('a hub with more links than are read is left aside, and found from the other side', async () => {
    const crowd = Array.from({ length: 50 }, (_, i) => anEdge(C, `per_x${i}`));
    const edges = [...path(A, C, B, D), ...crowd];

    expect(walksOf(await ask(edges, A, D, {}, { most: 10 }))).toEqual(['ACBD']);
    expect(walksOf(await ask(edges, C, D, {}, { most: 10 }))).toEqual(['CBD']);
    expect(walksOf(await ask(edges, C, B, { inTimeOrder: true }, { most: 10 }))).toEqual(['CB']);
    expect(await ask(edges, C, E, {}, { most: 10 })).toMatchObject({ type: 'NoChain' });
    expect(await ask(edges, C, D, { inTimeOrder: true }, { most: 10 })).toMatchObject({ limit: 'PEOPLE' });
  });

  test('two hubs that are linked find each other', async () => {
    const crowd = [A, B].flatMap((hub) => Array.from({ length: 50 }, (_, i) => anEdge(hub, `per_${hub}x${i}`)));

    expect(walksOf(await ask([...crowd, anEdge(A, B)], A, B, {}, { most: 10 }))).toEqual(['AB']);
    expect(await ask(crowd, A, B, {}, { most: 10 })).toMatchObject({ type: 'LimitReached', limit: 'PEOPLE' });
  });

  test('hundreds of chains as short are not all compared', async () => {
    const between = Array.from({ length: 300 }, (_, i) => `per_x${String(i).padStart(3, '0')}`);
    const edges = between.flatMap((other) => path(A, other, B));

    for (const inTimeOrder of [false, true]) {
      const reader = readerOf(edges, THROUGH_ALL);
      const links: ChainReads['links'] = (people, among) => {
        expect(people).toHaveLength(1 + 200);
        return reader.links(people, among);
      };
      const answer = await ask(edges, A, B, { inTimeOrder }, { alternatives: 2, read: { ...reader, links } });

      expect(walksOf(answer)).toEqual(['Ax000B', 'Ax001B']);
      expect(answer).toMatchObject({ examined: 302, truncated: true });
    }
  });

  test('hundreds that are not in order don’t hide the one that is', async () => {
    const between = Array.from({ length: 300 }, (_, i) => `per_x${i}`);
    const late = between.flatMap((other) => [anEdge(A, other, { own: aSpan(5) }), anEdge(other, B, { own: aSpan(3) })]);

    const answer = await ask([...late, ...path(A, 'per_z', B)], A, B, { inTimeOrder: true });

    expect(walksOf(answer)).toEqual(['AzB']);
  });

  test('a graph that changed under the search says so', async () => {
    const read = { ...readerOf(path(A, B), THROUGH_ALL), links: readerOf([], THROUGH_ALL).links };

    await expect(ask([], A, B, {}, { read })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      details: { rule: 'CHANGED' },
    });
  });

  test('somebody to avoid is on no chain', async () => {
    const edges = [...path(A, C, B), ...path(A, D, E, B)];

    expect(walksOf(await ask(edges, A, B, { avoid: [C] }))).toEqual(['ADEB']);
  });
});

test('reads one frontier a hop, and two more where frontiers are too large', async () => {
  await fc.assert(
    fc.asyncProperty(edgesAmong(PEOPLE), fc.boolean(), fc.option(fc.nat(6)), async (edges, inTimeOrder, most) => {
      const reader = readerOf(edges, THROUGH_ALL, most ?? Number.POSITIVE_INFINITY);
      let reads = 0;
      const steps: ChainReads['steps'] = (people, among) => {
        reads += people.length > 0 ? 1 : 0;
        return reader.steps(people, among);
      };
      const read = { ...reader, steps };

      const answer = await ask(edges, A, F, { inTimeOrder }, { read, maxHops: 6 });

      const hops = answer.type === 'ChainsFound' ? lengthOf(answer) : 6;
      expect(reads).toBeLessThanOrEqual(hops + (most === null ? 0 : 2));
    }),
  );
});

function lengthOf(answer: ChainAnswer): number {
  return answer.type === 'ChainsFound' ? (answer.chains[0]?.links.length ?? 0) : Number.POSITIVE_INFINITY;
}
