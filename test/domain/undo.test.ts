import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical } from '../../src/domain/canonical.js';
import type { AnyRecord } from '../../src/domain/change.js';
import { planUndo } from '../../src/domain/undo.js';
import type { RecordType } from '../../src/domain/words.js';

/** What the undo of a change of one list makes of it, and whether it leaves something alone. */
function undone(
  [type, field]: [RecordType, string],
  [was, became, is]: readonly (readonly unknown[])[],
  force = false,
): { list: unknown; isHeld: boolean } {
  const edit = { type, recordId: 'x', before: { [field]: was }, after: { [field]: became } };
  const now = new Map([['x', { record: { [field]: is } as unknown as AnyRecord }]]);
  const { edits, conflicts } = planUndo({ edits: [edit] }, now, force);
  return { list: edits[0]?.set?.[field] ?? is, isHeld: conflicts.length > 0 };
}

const name = (text: string, kind = 'SPELLING') => ({ name: text, kind });
const at = (from: number, person: string) => ({ part: 'TEXT', from, to: from + 3, surface: 'Ann', person });
const as = (role: string, person = 'per_a') => ({ person, role });

/** Before, as the change left it, as it is now; what becomes of it, whether something is left alone, and what force makes of it. */
const EDITED: Record<string, [[RecordType, string], unknown[][], unknown[], boolean, unknown[]?]> = {
  'an alias that came and was edited': [
    ['Person', 'aliases'],
    [[], [name('K')], [name('K', 'NICKNAME'), name('L')]],
    [name('K', 'NICKNAME'), name('L')],
    true,
    [name('L')],
  ],
  'an alias that came and went': [['Person', 'aliases'], [[], [name('K')], [name('L')]], [name('L')], false],
  'an alias that was edited, and again': [
    ['Person', 'aliases'],
    [[name('K')], [name('K', 'NICKNAME')], [name('K', 'STAGE_NAME')]],
    [name('K', 'STAGE_NAME')],
    true,
    [name('K')],
  ],
  'an alias that was edited, and went': [
    ['Person', 'aliases'],
    [[name('K')], [name('K', 'NICKNAME')], []],
    [],
    true,
    [name('K')],
  ],
  'an alias that went and came as another': [
    ['Person', 'aliases'],
    [[name('K')], [], [name('K', 'NICKNAME')]],
    [name('K', 'NICKNAME')],
    true,
    [name('K')],
  ],
  'an alias beside which the same name came': [
    ['Person', 'aliases'],
    [[], [name('K')], [name('K'), name('K', 'NICKNAME')]],
    [name('K', 'NICKNAME')],
    false,
  ],
  'a mention that was bound to somebody, and to somebody else': [
    ['Article', 'mentions'],
    [
      [at(0, 'per_a'), at(9, 'per_a')],
      [at(0, 'per_b'), at(9, 'per_b')],
      [at(0, 'per_c'), at(9, 'per_b')],
    ],
    [at(0, 'per_c'), at(9, 'per_a')],
    true,
    [at(0, 'per_a'), at(9, 'per_a')],
  ],
  'a mention that has moved with its text': [
    ['Article', 'mentions'],
    [[at(0, 'per_a')], [at(0, 'per_b')], [at(4, 'per_b')]],
    [at(4, 'per_b')],
    true,
    [at(4, 'per_b'), at(0, 'per_a')],
  ],
  'a participant who came, in another role since': [
    ['Event', 'participants'],
    [[as('PARTY', 'per_b')], [as('PARTY', 'per_b'), as('GUEST')], [as('PARTY', 'per_b'), as('PARTY')]],
    [as('PARTY', 'per_b'), as('PARTY')],
    true,
    [as('PARTY', 'per_b')],
  ],
  'a role of somebody who has another one since': [
    ['Event', 'participants'],
    [[as('PARTY')], [as('PARTY'), as('PARENT')], [as('PARTY'), as('PARENT'), as('GUEST')]],
    [as('PARTY'), as('GUEST')],
    false,
  ],
  'an external id that was replaced': [
    ['Person', 'externalIds'],
    [
      ['a:1', 'a:2'],
      ['a:1', 'b:3'],
      ['a:1', 'b:3', 'c:4'],
    ],
    ['a:1', 'c:4', 'a:2'],
    false,
  ],
};

describe('undoing what a change did to a list', () => {
  test.each(Object.entries(EDITED))('knows %s', (_what, [list, lists, free, isHeld, forced = free]) => {
    expect(undone(list, lists)).toEqual({ list: free, isHeld });
    expect(undone(list, lists, true)).toEqual({ list: forced, isHeld: false });
  });

  const item = fc.record({ name: fc.constantFrom('K', 'L', 'M'), kind: fc.constantFrom('SPELLING', 'NICKNAME') });
  const list = fc.uniqueArray(item, { selector: canonical, maxLength: 4 });
  const sameItems = (a: unknown, b: unknown) =>
    expect(new Set((a as unknown[]).map(canonical))).toEqual(new Set((b as unknown[]).map(canonical)));

  test('gives back what was where nothing came later, and leaves alone all that it did not touch', () => {
    fc.assert(
      fc.property(list, list, list, fc.boolean(), (was, became, is, force) => {
        const aliases: [RecordType, string] = ['Person', 'aliases'];
        sameItems(undone(aliases, [was, became, became], force).list, was);
        sameItems(undone(aliases, [was, became, was], force).list, was);

        const untouched = is.filter(({ name }) =>
          ['was', 'became'].every((_, at) => [was, became][at]?.every((each) => each.name !== name)),
        );
        const then = undone(aliases, [was, became, is], force);

        expect(then.list).toEqual(expect.arrayContaining(untouched));
        if (!force) sameItems(undone(aliases, [was, became, then.list as unknown[]]).list, then.list);
      }),
    );
  });
});
