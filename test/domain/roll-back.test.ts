import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AnyRecord, applyEdits, type Edit } from '../../src/domain/change.js';
import { rollBack } from '../../src/domain/roll-back.js';

const ID = 'per_ann';

/** What an editor does to the one record: sets some fields, or removes it. */
const wish = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ name: fc.constantFrom('Ann', 'Anna'), adult: fc.boolean() }, { requiredKeys: [] }),
  },
  { weight: 1, arbitrary: fc.constant(null) },
);

type Logged = Edit & { seq: number; place: number };

/** Carries out wishes one after the other: the record after each, and the edits that did something. */
function live(wishes: readonly (object | null)[]): { states: (AnyRecord | null)[]; log: Logged[] } {
  const states: (AnyRecord | null)[] = [null];
  const log: Logged[] = [];
  for (const [seq, wished] of wishes.entries()) {
    const now = states.at(-1) ?? null;
    const made = now === null ? { name: 'Ann', slug: 'ann', ...wished } : wished;
    const set = now === null && wished === null ? {} : made;
    const [applied] =
      set === null || Object.keys(set).length > 0
        ? applyEdits([{ type: 'Person', id: ID, set: set as never }], new Map(now ? [[ID, now]] : []))
        : [];
    if (applied) log.push({ ...applied.edit, seq: seq + 1, place: 0 });
    states.push(applied ? applied.after : now);
  }
  return { states, log };
}

const undoable = ({ before, after, seq, place }: Logged) => ({ before, removed: after === null, seq, place });

test('rolling back to any moment gives what the record was, in whatever order the edits come', () => {
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 20 }), fc.nat(20), fc.func(fc.nat()), (wishes, moment, shuffle) => {
      const { states, log } = live(wishes);
      const seq = Math.min(moment, wishes.length);
      const since = log.filter((edit) => edit.seq > seq).sort((a, b) => shuffle(a.seq) - shuffle(b.seq));

      expect(rollBack(states.at(-1) ?? null, since.map(undoable))).toEqual(states[seq]);
    }),
    { numRuns: 500 },
  );
});

test('two edits of one change are taken back last first', () => {
  const edits = [
    { before: { name: 'A' }, removed: false, seq: 1, place: 0 },
    { before: { name: 'B' }, removed: false, seq: 1, place: 1 },
  ];

  expect(rollBack({ id: ID, name: 'C' } as AnyRecord, edits)).toEqual({ id: ID, name: 'A' });
});

test('what a purge has emptied is no reason to think that a record was not there', () => {
  const emptied = { before: null, removed: true, seq: 2, place: 0 };

  expect(rollBack({ id: ID, name: 'C' } as AnyRecord, [emptied])).toEqual({ id: ID, name: 'C' });
  expect(rollBack(null, [emptied, { before: { name: 'B' }, removed: false, seq: 1, place: 0 }])).toBeNull();
});
