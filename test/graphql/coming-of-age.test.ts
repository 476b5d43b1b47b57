import { describe, expect, test } from 'vitest';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { answerOf, ask } from './asking.js';

const NORTH = '{ person(id: "north-1") { name birth { date { edtf } } } people { totalCount } }';
const noonOf = (iso: string) => Date.parse(`${iso}T12:00:00Z`);

describe.each(enginesHere())('somebody born on 2013-06-15, on $name', ({ fresh }) => {
  test('is a minor on 2031-06-14 and an adult on 2031-06-15, with no write in between (T38)', async () => {
    const graph = await fresh();
    const story = new Telling(graph);
    story.person('Kim');
    story.born(story.person('North', { adult: false }), '2013-06-15');
    await story.tell();

    const before = await ask(graph, NORTH, { now: noonOf('2031-06-14') });
    const after = await ask(graph, NORTH, { now: noonOf('2031-06-15') });

    expect(before.data).toEqual({ person: null, people: { totalCount: 1 } });
    expect(after.data).toEqual({
      person: { name: 'North', birth: { date: { edtf: '2013-06-15' } } },
      people: { totalCount: 2 },
    });
  });

  test('is a minor whatever wedding is told of, for no editor can prefer one at 6 to the birth', async () => {
    const graph = await fresh();
    const story = new Telling(graph);
    const north = story.person('North', { adult: true });
    story.born(north, '2013-06-15');
    const wedding = story.marriage(north, story.person('Kim'), {});
    const start = story.claim(wedding, 'START', { date: { edtf: '2020-01-01' } }, { evidence: 'RECORD' });
    await story.tell();
    const now = noonOf('2026-08-22');
    const asReviewer = { now, role: 'REVIEWER' } as const;
    const nodes = 'contradictions { nodes { id type } }';
    const found = await answerOf<{ contradictions: { nodes: { id: string; type: string }[] } }>(
      graph,
      `{ ${nodes} }`,
      asReviewer,
    );
    const [contradiction] = found.contradictions.nodes;
    const prefer = `resolveContradiction(id: "${contradiction?.id}", kind: PREFER, prefer: "${start}", note: "It was so") { change { id } }`;

    const resolved = await ask(graph, `mutation { ${prefer} }`, asReviewer);

    expect(contradiction?.type).toBe('UNDER_AGE');
    expect(resolved.errors).toMatchObject([{ extensions: { code: 'REFUSED', rule: 'LIFE_STANDS' } }]);
    expect((await ask(graph, NORTH, { now })).data).toEqual({ person: null, people: { totalCount: 1 } });
  });
});
