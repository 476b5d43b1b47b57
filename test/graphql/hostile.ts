import { getNamedType, getNullableType, isEnumType, isListType, isNonNullType } from 'graphql';
import { typeOfId } from '../../src/domain/records.js';
import { least, type Place, places } from './arguments.js';
import { argsOf, given, type Order } from './order-forms.js';
import type { Somebody } from './orders.js';

const LONG = 'x'.repeat(100_000);
/** By the scalar; of a part that was walked in another order the first two alone. */
const HOSTILE: Record<string, readonly unknown[]> = {
  String: ['', 'x\ud800', 'Ann \u202eob', '\u200b', LONG],
  ID: ['nobody', '', 'x\ud800', LONG, 'per_'],
  EDTF: ['9999', '', '0000', '-9999', '9999-99-99', '2014-02-30', '[..2014]', '[2014..]', '2014/2012'],
  Int: [-1, 0, 1, 2 ** 31 - 1],
};
/** Of arguments that every order takes alike. */
const EVERYWHERE: Record<string, readonly unknown[]> = { key: ['', LONG, 'taken'], note: ['x\ud800', '\u200b', LONG] };

/** Ids of others in the place of one: those of its type, and one of another; where none is, one of every type. */
function idsFor(value: unknown, others: readonly Somebody[]): string[] {
  const type = typeof value === 'string' ? typeOfId(value) : null;
  const all = others.map((of) => Object.values(of).filter((id) => typeOfId(String(id)) !== null) as string[]);
  if (type === null) return [...new Map(all.flat().map((id) => [id.slice(0, 4), id])).values()];
  const same = all.flatMap((ids) => ids.find((id) => typeOfId(id) === type) ?? []);
  const other = all.flat().find((id) => typeOfId(id) !== type);
  return [...same, `${String(value).slice(0, 4)}none`, String(other)];
}

/** What somebody may put in a place, whether or not it fits there. */
function hostile({ path, type, value }: Place, others: readonly Somebody[]): readonly unknown[] {
  const nullable = getNullableType(type);
  const none = isNonNullType(type) ? [] : [null];
  if (isListType(nullable)) {
    const [item = least(nullable.ofType)] = Array.isArray(value) ? value : [];
    return [...none, [], [item, item], Array(typeof item === 'object' ? 101 : 1_001).fill(item)];
  }
  const named = getNamedType(type);
  if (isEnumType(named)) return [...none, ...named.getValues().flatMap(({ name }) => (name === value ? [] : name))];
  if (EVERYWHERE[path]) return EVERYWHERE[path];
  return [
    ...none,
    ...(HOSTILE[named.name] ?? []).filter((one) => one !== value),
    ...(named.name === 'ID' ? idsFor(value, others) : []),
  ];
}

/** The places of an order with what is to be put there; a place that was walked in another form of it is left out. */
export function walkOnce() {
  // By what is walked, whether something stood there then: a place where nothing did is walked once more where something does.
  const walked = new Map<string, boolean>();
  const isWalked = (what: string, value: unknown) => {
    const before = walked.get(what);
    walked.set(what, before === true || value !== undefined);
    return before === true || (before === false && value === undefined);
  };
  return (order: Order, of: Somebody) =>
    places(argsOf(order), given(order, of)).flatMap(({ path, name, value }) => {
      if (isWalked(`${order.name} ${path}`, value)) return [];
      const isKnown = isWalked(name, value);
      const seeds = (place: Place, others: readonly Somebody[]) => {
        const all = hostile(place, others);
        // What a part takes is the same in every order: there it is only seen that its paths are right.
        return isKnown ? all.filter((seed) => seed !== null).slice(0, 2) : all;
      };
      return [{ path, seeds }];
    });
}
