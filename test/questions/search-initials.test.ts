import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Entry, weightOf } from '../../src/questions/search-entry.js';
import { Initials } from '../../src/questions/search-initials.js';
import { nameOf } from '../../src/questions/search-match.js';

const DAYS = [10, 20, 30];
const person = fc.record({
  at: fc.nat(11),
  name: fc.constantFrom('Ann', 'Bo Ann', 'Bo'),
  linkedFrom: fc.array(fc.constantFrom(5, 15, 25, 35), { maxLength: 3 }),
});
const step = fc.oneof(
  person.map(({ at, name, linkedFrom }) => ({
    put: entryOf(
      at,
      name,
      linkedFrom.sort((one, other) => one - other),
    ),
  })),
  fc.nat(11).map((at) => ({ remove: String(at) })),
  fc.constantFrom(...DAYS).map((day) => ({ ask: day })),
);

function entryOf(at: number, name: string, linkedFrom: number[]): Entry {
  const sort = `${name}${at}`;
  return {
    id: String(at),
    type: 'PERSON',
    names: [nameOf(name)],
    veiled: false,
    sort,
    weight: { linkedFrom },
    card: '',
  };
}

test('who begins with a letter comes in the order of any day, whoever came and went before', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const initials = new Initials();
      const there = new Map<string, Entry>();
      for (const one of [...steps, ...DAYS.map((ask) => ({ ask }))]) {
        if ('ask' in one) expect(initials.of('a', one.ask)).toEqual(ordered([...there.values()], one.ask));
        else {
          const id = 'put' in one ? one.put.id : one.remove;
          const known = there.get(id);
          if (known !== undefined) initials.remove(known);
          there.delete(id);
          if (!('put' in one)) continue;
          there.set(id, one.put);
          initials.put(one.put);
        }
      }
    }),
  );
});

function ordered(entries: readonly Entry[], day: number): Entry[] {
  return entries
    .filter(({ names }) => names[0]?.written !== 'Bo')
    .sort((a, b) => weightOf(b, day) - weightOf(a, day) || (a.sort < b.sort ? -1 : 1));
}
