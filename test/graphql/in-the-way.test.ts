import { beforeEach, describe, expect, test } from 'vitest';
import { relationshipId } from '../../src/domain/ids.js';
import type { Graph } from '../../src/graph/graph.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { answerOf, ask } from './asking.js';

interface Conflict {
  recordId: string;
  field: string | null;
  rule: string;
  by: { id: string; actor: string } | null;
  dependents: string[];
  dependentCount: number;
}

const CONFLICTS = 'conflicts(first: 100) { recordId field rule by { id actor } dependentCount dependents }';

describe.each(enginesHere())('what stands in the way of an undo on $name', ({ fresh }) => {
  let graph: Graph;
  let story: Telling;
  beforeEach(async () => {
    graph = await fresh();
    story = new Telling(graph);
  });
  const told = async (actor: string) => String((await story.tell({ actor }))?.id);
  const previewed = async (change: string, role: 'REVIEWER' | 'ADMIN' = 'REVIEWER') =>
    (
      await answerOf<{ undoPreview: { conflicts: Conflict[] } }>(
        graph,
        `{ undoPreview(change: "${change}") { ${CONFLICTS} } }`,
        { role },
      )
    ).undoPreview.conflicts;
  const refused = async (change: string) =>
    (await ask(graph, `mutation { undoChange(change: "${change}") { change { id } } }`, { role: 'EDITOR' })).errors[0]
      ?.extensions;
  const nothing = { dependents: [], dependentCount: 0 };

  test('names the newest change of that field, not of a part of another by that name, nor of another record', async () => {
    const [ann, bo] = [story.person('Ann'), story.person('Bo')];
    await told('Ed');
    story.edit('Person', ann, { name: 'Anna', description: 'A singer' });
    story.edit('Person', bo, { name: 'Bob' });
    const first = await told('Ed');
    story.edit('Person', ann, { name: 'Anne' });
    await told('Fay');
    story.edit('Person', ann, { name: 'Annie', description: 'A painter' });
    const renamed = await told('Gil');
    story.edit('Person', ann, { aliases: [{ name: 'A.', kind: 'NICKNAME' }] });
    await told('Hal');
    story.edit('Person', ann, { description: 'A writer' });
    story.edit('Person', bo, { name: 'Bobby' });
    const last = await told('Ida');

    const conflicts = await previewed(first);

    const about = (recordId: string, field: string, id: string, actor: string) => ({
      ...{ recordId, field, rule: 'CHANGED', by: { id, actor }, ...nothing },
    });
    expect(conflicts).toHaveLength(3);
    expect(conflicts).toEqual(
      expect.arrayContaining([
        about(ann, 'name', renamed, 'Gil'),
        about(ann, 'description', last, 'Ida'),
        about(bo, 'name', last, 'Ida'),
      ]),
    );
    const extensions = await refused(first);
    expect(extensions).toMatchObject({ code: 'CONFLICT' });
    expect(extensions?.conflicts).toEqual(
      expect.arrayContaining([
        {
          ...{ recordId: ann, type: 'Person', field: 'name', rule: 'CHANGED', dependents: [] },
          by: { id: renamed, seq: 4, actor: 'Gil', at: expect.stringMatching(/^2026-/) },
        },
      ]),
    );
  });

  test('names what hangs on a record, and the newest change that touched that', async () => {
    const [ann, bo] = [story.person('Ann'), story.person('Bo')];
    const made = await told('Ed');
    const claim = story.claim(ann, 'OCCUPATION', { text: 'singer' });
    await told('Fay');
    story.relationship('FRIEND', ann, bo);
    const friends = await told('Gil');
    const tie = relationshipId('FRIEND', ann, bo);

    const conflicts = await previewed(made);

    expect(conflicts.map(({ dependents, ...rest }) => ({ ...rest, dependents: [...dependents].sort() }))).toEqual([
      ...[bo, ann].map((recordId) => {
        const dependents = recordId === ann ? [claim, tie].sort() : [tie];
        const by = { id: friends, actor: 'Gil' };
        return { recordId, field: null, rule: 'DEPENDENTS', by, dependents, dependentCount: dependents.length };
      }),
    ]);
    expect((await refused(made))?.conflicts).toMatchObject([
      { recordId: bo, dependents: [tie], by: { actor: 'Gil' } },
      { recordId: ann, by: { actor: 'Gil' } },
    ]);
  });

  test('tells nothing of what is about somebody REMOVED, below ADMIN', async () => {
    const ann = story.person('Ann');
    const made = await told('Ed');
    const secret = story.person('Secret', { visibility: 'REMOVED' });
    story.relationship('FRIEND', ann, secret);
    const friends = await told('Fay');
    const tie = relationshipId('FRIEND', ann, secret);
    const about = { recordId: ann, field: null, rule: 'DEPENDENTS' };

    expect(await previewed(made)).toEqual([{ ...about, by: null, ...nothing }]);
    expect(await previewed(made, 'ADMIN')).toEqual([
      { ...about, by: { id: friends, actor: 'Fay' }, dependents: [tie], dependentCount: 1 },
    ]);
    expect((await refused(made))?.conflicts).toEqual([{ ...about, type: 'Person', by: null, dependents: [] }]);
  });

  test('names who edited what was made, removed it, or made it again; of what was purged nobody knows', async () => {
    const [ann, bo, cy, dot] = ['Ann', 'Bo', 'Cy', 'Dot'].map((name) => story.person(name, { visibility: 'REMOVED' }));
    const made = await told('Ed');
    for (const id of [bo, dot]) story.edit('Person', String(id), { description: 'A singer' });
    const described = await told('Ed');
    story.edit('Person', String(cy), null);
    const removed = await told('Ed');
    story.edit('Person', String(ann), { description: 'A dancer' });
    const danced = await told('Fay');
    story.edit('Person', String(bo), null);
    const gone = await told('Gil');
    story.edit('Person', String(cy), { name: 'Cy', slug: 'cy' });
    const again = await told('Hal');
    story.edit('Person', String(cy), { description: 'A diver' });
    await told('Ida');
    await story.purge(String(dot));

    const seenOf = async (change: string) =>
      (await previewed(change, 'ADMIN')).map(({ recordId, rule, by }) => [recordId, rule, by?.id]);
    const purged = [dot, 'PURGED', undefined];
    expect(await seenOf(made)).toEqual(expect.arrayContaining([[ann, 'CHANGED', danced], purged]));
    expect(await seenOf(described)).toEqual([purged, [bo, 'GONE', gone]]);
    expect(await seenOf(removed)).toEqual([[cy, 'EXISTS', again]]);
  });
});
