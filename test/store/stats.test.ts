import { describe, expect, test } from 'vitest';
import type { Sight } from '../../src/domain/gate.js';
import { stats } from '../../src/store/stats.js';
import { enginesHere } from '../support/engines.js';
import { World } from '../support/world.js';

const READER: Sight = { level: 0, minors: 'name-only', today: 100 };
const REVIEWER: Sight = { level: 1, minors: 'show', today: 100 };

describe.each(enginesHere({ all: true }))('stats on $name', (engine) => {
  test('of an empty graph are zeros', async () => {
    const graph = await engine.fresh();

    expect(await stats(graph, REVIEWER)).toEqual({
      people: 0,
      relationships: 0,
      claims: 0,
      sources: { articles: 0, outlets: [], latest: { published: null, retrieved: null } },
      events: 0,
      byKind: [],
      byStanding: { PROPOSED: 0, RUMOURED: 0, REPORTED: 0, CONFIRMED: 0 },
      byVerdict: { PROPOSED: 0, ACCEPTED: 0, REJECTED: 0 },
      waiting: 0,
      contradictions: 0,
      lastChange: null,
    });
  });

  test('count what the sight sees, and nothing of the desk’s work for readers', async () => {
    const world = new World();
    const [ann, bo, kid] = [world.person('Ann'), world.person('Bo'), world.person('Kid', { adultFrom: 101 })];
    const romance = world.relationship('ROMANTIC', ann, bo);
    world.period(romance, { standing: 1 });
    world.period(romance, { standing: 2 });
    world.period(world.relationship('FRIEND', ann, bo), { standing: 1 });
    world.period(world.relationship('FEUD', ann, bo), { standing: 0 });
    world.period(world.relationship('PARENT_CHILD', ann, kid), { standing: 3 });
    world.event('MET', [
      [ann, 'PARTY'],
      [bo, 'PARTY'],
    ]);
    world.event('BIRTH', [[kid, 'CHILD']]);
    const claims = [world.claim(ann), world.claim(romance)] as const;
    world.claim(kid);
    world.claim(ann, { verdict: 'PROPOSED' });
    world.claim(ann, { verdict: 'REJECTED' });
    const daily = world.article(1, { outlet: 'Daily', published: '1970-01-02' });
    world.citation(claims[0], daily);
    world.citation(claims[0], world.article(5, { outlet: 'Daily' }));
    world.citation(claims[0], world.article(3, { outlet: 'Courier' }));
    world.citation(claims[0], world.article(3));
    world.article(7, { outlet: 'Unseen' });
    world.contradiction('con_1', claims, null);
    world.contradiction('con_2', claims, 'res_1');
    world.node('Change', { id: 'chg_1', seq: 0, at: '2026-01-01T00:00:00Z' });
    const graph = await engine.fresh();
    await world.plant(graph);

    expect(await stats(graph, READER)).toEqual({
      people: 2,
      relationships: 1,
      claims: 2,
      sources: {
        articles: 4,
        outlets: [
          { outlet: 'Daily', articles: 2 },
          { outlet: 'Courier', articles: 1 },
        ],
        latest: { published: 1, retrieved: 5 },
      },
      events: 1,
      byKind: [
        { kind: 'ROMANTIC', byStanding: { PROPOSED: null, RUMOURED: 0, REPORTED: 1, CONFIRMED: 0 } },
        { kind: 'FRIEND', byStanding: { PROPOSED: null, RUMOURED: 1, REPORTED: 0, CONFIRMED: 0 } },
      ],
      byStanding: { PROPOSED: null, RUMOURED: 1, REPORTED: 1, CONFIRMED: 0 },
      byVerdict: { PROPOSED: null, ACCEPTED: 2, REJECTED: null },
      waiting: null,
      contradictions: null,
      lastChange: null,
    });
    expect(await stats(graph, REVIEWER)).toEqual({
      people: 3,
      relationships: 2,
      claims: 5,
      sources: {
        articles: 5,
        outlets: [
          { outlet: 'Daily', articles: 2 },
          { outlet: 'Courier', articles: 1 },
          { outlet: 'Unseen', articles: 1 },
        ],
        latest: { published: 1, retrieved: 7 },
      },
      events: 2,
      byKind: [
        { kind: 'ROMANTIC', byStanding: { PROPOSED: 0, RUMOURED: 0, REPORTED: 1, CONFIRMED: 0 } },
        { kind: 'PARENT_CHILD', byStanding: { PROPOSED: 0, RUMOURED: 0, REPORTED: 0, CONFIRMED: 1 } },
        { kind: 'FRIEND', byStanding: { PROPOSED: 0, RUMOURED: 1, REPORTED: 0, CONFIRMED: 0 } },
        { kind: 'FEUD', byStanding: { PROPOSED: 1, RUMOURED: 0, REPORTED: 0, CONFIRMED: 0 } },
      ],
      byStanding: { PROPOSED: 1, RUMOURED: 1, REPORTED: 1, CONFIRMED: 1 },
      byVerdict: { PROPOSED: 1, ACCEPTED: 3, REJECTED: 1 },
      waiting: 1,
      contradictions: 1,
      lastChange: { seq: 0, at: '2026-01-01T00:00:00Z' },
    });
  });
});
