import { canonical } from './canonical.js';
import { groupBy } from './group.js';
import type { RecordOf } from './records.js';
import type { RecordType } from './words.js';

type KeysOf<R> = {
  [F in keyof R as R[F] extends readonly unknown[] ? F : never]: R[F] extends readonly (infer Item)[]
    ? (item: Item) => string
    : never;
};

const itself = (id: string) => id;

/** What an item of each list of a record is known by: however it is edited, with the same key it is the same one. */
const KEYS: { [T in RecordType]: KeysOf<RecordOf[T]> } = {
  Person: { aliases: ({ name }) => name, externalIds: itself, notSameAs: itself },
  Relationship: {},
  Period: {},
  Event: { participants: ({ person }) => person },
  Article: { basedOn: itself, mentions: ({ part, from }) => `${part} ${from}` },
  Claim: {},
  Citation: {},
  Resolution: { claims: itself },
};

/** A field before a change, as it left it, and now. */
export interface Then<Value> {
  was: Value;
  became: Value;
  is: Value;
}

type Lists = Then<readonly unknown[]>;

/** A list without what a change did to it. */
export interface ListUndone {
  value: unknown[];
  /** Whether something of it was done otherwise since, and is left alone. */
  isHeld: boolean;
}

/**
 * A list as it is now without what a change added, and with what it took away, item by item. Others stay where they are. An item that was
 * edited since is left alone; with `force` it is put back too.
 */
export function listWithout(type: RecordType, field: string, lists: Lists, force: boolean): ListUndone {
  const keyOf = (KEYS[type] as Record<string, ((item: never) => string) | undefined>)[field] ?? canonical;
  const [out, back] = [new Set<unknown>(), new Set<unknown>()];
  let isHeld = false;
  for (const part of partsOf(lists, keyOf as (item: unknown) => string)) {
    const outcome = outcomeOf(part);
    const isLeft = outcome === 'HELD' && !force;
    isHeld ||= isLeft;
    if (outcome === 'DONE' || isLeft) continue;
    const [from, to] = outcome === 'FREE' ? [part.added, part.taken] : [part.is, part.was];
    for (const item of part.is) if (has(from, item)) out.add(item);
    for (const item of to) back.add(item);
  }
  const kept = lists.is.filter((item) => !out.has(item));
  return { value: [...kept, ...lists.was.filter((item) => back.has(item))], isHeld };
}

/** The items of one key, and what the change added to them and took from them. */
interface Part extends Lists {
  added: readonly unknown[];
  taken: readonly unknown[];
}

function partsOf(lists: Lists, keyOf: (item: unknown) => string): Part[] {
  const [was, became, is] = [groupBy(lists.was, keyOf), groupBy(lists.became, keyOf), groupBy(lists.is, keyOf)];
  return [...new Set([...was.keys(), ...became.keys()])]
    .map((key) => ({ was: was.get(key) ?? [], became: became.get(key) ?? [], is: is.get(key) ?? [] }))
    .map((part) => ({
      ...part,
      added: without(part.became, part.was),
      taken: without(part.was, part.became),
    }))
    .filter(({ added, taken }) => added.length > 0 || taken.length > 0);
}

/**
 * FREE: what the change did stands there as it left it. DONE: it stands there as before. HELD: neither. Where one of the two is to be
 * told from nothing being there, an item that neither knew is what was made of it since.
 */
function outcomeOf({ was, became, is, added, taken }: Part): 'FREE' | 'DONE' | 'HELD' {
  const isForeign = without(is, [...was, ...became]).length > 0;
  const stands = (there: readonly unknown[], gone: readonly unknown[]) =>
    there.every((item) => has(is, item)) && !gone.some((item) => has(is, item)) && (there.length > 0 || !isForeign);
  if (stands(taken, added)) return 'DONE';
  return stands(added, taken) ? 'FREE' : 'HELD';
}

const has = (items: readonly unknown[], item: unknown) => items.some((other) => canonical(other) === canonical(item));

const without = (items: readonly unknown[], others: readonly unknown[]) => items.filter((item) => !has(others, item));
