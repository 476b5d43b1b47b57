import type { Change } from '../../src/domain/change.js';
import type { Person, RecordOf } from '../../src/domain/records.js';
import type { RecordType } from '../../src/domain/words.js';
import type { Stored } from '../../src/store/load.js';

/** Of whom something is told now, and the records by which it is. */
interface Told {
  people: readonly string[];
  by: readonly string[];
}

/** One person whom something is really about, and since when each merge holds for it. */
interface About {
  person: string;
  merges: Map<string, number>;
}

/** A step that can be taken back: a merge, or the undo of `undoes`. */
type Deed = { id: string } & ({ keep: string; from: string } | { undoes: string });

/**
 * Remembers whom everything in a graph is really about, and which merges hold for it; so it can say of whom it has to be told, whatever
 * was merged and taken back in whatever order. What an undo lists it may leave alone: the merge then goes on holding for that.
 */
export class Truth {
  private readonly about = new Map<string, About[]>();
  private readonly deeds = new Map<string, Deed>();
  private readonly did = new Map<string, Set<About>>();
  private told = new Map<string, Told>();
  private time = 0;

  /** What is new is about those of whom it is told. */
  learn(world: readonly Stored[]): void {
    this.told = toldIn(world);
    for (const [key, { people }] of this.told) {
      if (!this.about.has(key))
        this.about.set(
          key,
          people.map((person) => ({ person, merges: new Map() })),
        );
    }
  }

  merged(id: string, keep: string, from: string): void {
    this.time += 1;
    this.deeds.set(id, { id, keep, from });
    const all = [...this.about.values()].flat();
    this.did.set(id, new Set(all));
    for (const each of all) each.merges.set(id, this.time);
  }

  /** `listed` are the records that the undo names as in its way. */
  undone({ id }: Change, undoes: string, listed: ReadonlySet<string>, world: readonly Stored[]): void {
    this.time += 1;
    this.deeds.set(id, { id, undoes });
    this.did.set(id, new Set());
    const now = toldIn(world);
    for (const [key, abouts] of this.about) {
      const by = [
        ...(this.told.get(key)?.by ?? []),
        ...(now.get(key)?.by ?? []),
        ...abouts.flatMap((each) => this.way(each)),
      ];
      const isFree = !by.some((record) => listed.has(record));
      const back = isFree ? abouts : this.freed(key, undoes, now.get(key)?.people ?? []);
      for (const each of back) if (this.did.get(undoes)?.has(each)) this.hold(id, each, true);
    }
  }

  /** Whether there is something for which a deed still holds. */
  holds(id: string): boolean {
    return (this.did.get(id)?.size ?? 0) > 0;
  }

  /** What isn't told of those of whom it has to be told. */
  wrong(world: readonly Stored[], merges = true): string[] {
    return [...toldIn(world)].flatMap(([key, { people }]) => {
      const expected = (this.about.get(key) ?? []).map((each) => (merges ? this.survivor(each) : each.person));
      const [is, should] = [setOf(people), setOf(expected)];
      return is === should ? [] : [`${key} is told of ${is} instead of ${should}`];
    });
  }

  /** Of what is listed, that which the undo takes back nevertheless: as many as explain of whom it is told now. */
  private freed(key: string, undoes: string, people: readonly string[]): readonly About[] {
    const abouts = this.about.get(key) ?? [];
    const found = this.explained(abouts, undoes, people);
    if (found !== undefined || !isTag(key)) return found ?? [];
    // A name that a merge gave on stays there, and is again that of whoever had it.
    const both = [...abouts, ...abouts.map((each) => this.copy(each))];
    this.about.set(key, both);
    return this.explained(both, undoes, people) ?? [];
  }

  private copy(about: About): About {
    const copy = { ...about, merges: new Map(about.merges) };
    for (const held of this.did.values()) if (held.has(about)) held.add(copy);
    return copy;
  }

  private explained(abouts: readonly About[], undoes: string, people: readonly string[]): About[] | undefined {
    const some = Array.from({ length: 2 ** abouts.length }, (_, set) => abouts.filter((_, i) => (set >> i) % 2 === 1));
    const explains = (set: readonly About[]) => {
      const where = abouts.map((each) => this.survivor(set.includes(each) ? this.without(undoes, each) : each));
      return setOf(where) === setOf(people);
    };
    return some.find(explains);
  }

  private without(undoes: string, about: About): About {
    if (!this.did.get(undoes)?.has(about)) return about;
    const copy = { ...about, merges: new Map(about.merges) };
    const { merge, holds } = this.mergeOf(undoes);
    if (holds) copy.merges.delete(merge);
    else copy.merges.set(merge, this.time);
    return copy;
  }

  /** The merge that a deed does, or, where it doesn't hold, takes back. */
  private mergeOf(id: string): { merge: string; holds: boolean } {
    const deed = this.deeds.get(id);
    if (deed === undefined || !('undoes' in deed)) return { merge: id, holds: true };
    const { merge, holds } = this.mergeOf(deed.undoes);
    return { merge, holds: !holds };
  }

  private hold(id: string, about: About, holds: boolean): void {
    const deed = this.deeds.get(id) as Deed;
    if (holds) this.did.get(id)?.add(about);
    else this.did.get(id)?.delete(about);
    if ('undoes' in deed) this.hold(deed.undoes, about, !holds);
    else if (holds) about.merges.set(id, this.time);
    else about.merges.delete(id);
  }

  private survivor(about: About): string {
    return this.way(about).at(-1) as string;
  }

  /** Who it was told of, one after the other, by the merges that hold for it. */
  private way({ person, merges }: About): string[] {
    const inTime = [...merges].sort(([, a], [, b]) => a - b).map(([id]) => this.deeds.get(id) as Deed);
    const way = [person];
    for (const deed of inTime) if ('from' in deed && deed.from === way.at(-1)) way.push(deed.keep);
    return way;
  }
}

const isTag = (key: string) => key.startsWith('named ');
const setOf = (people: readonly string[]) => [...new Set(people)].sort().join(' and ');

/** Of whom everything is told: people, their names and ids, relationships, periods, events, claims, who a quote is from, mentions. */
function toldIn(world: readonly Stored[]): Map<string, Told> {
  const told = new Map<string, Told>();
  const records = new Map(world.map(({ record }) => [record.id, record]));
  const follow = (id: string): string[] => {
    const record = records.get(id);
    const next = record && 'mergedInto' in record ? record.mergedInto : null;
    return next === null ? [id] : [id, ...follow(next)];
  };
  const of = <T extends RecordType>(type: T) =>
    world.filter((stored) => stored.type === type).map(({ record }) => record as RecordOf[T]);
  const hanging = (type: RecordType, id: string): Told => {
    const by = follow(id);
    const end = by.at(-1) as string;
    if (type === 'Person') return { people: [end], by };
    const record = records.get(end) as RecordOf['Relationship' | 'Period' | 'Event'];
    if ('a' in record) return { people: [record.a, record.b], by };
    if ('participants' in record) return { people: record.participants.map(({ person }) => person), by };
    const above = hanging('Relationship', record.relationship);
    return { people: above.people, by: [...by, ...above.by] };
  };
  for (const { type, record } of world) {
    if (type === 'Person' || type === 'Relationship' || type === 'Period' || type === 'Event')
      told.set(record.id, hanging(type, record.id));
  }
  for (const { id, subject } of of('Claim')) {
    const above = hanging(typeIn(world, subject), subject);
    told.set(id, { people: above.people, by: [id, ...above.by] });
  }
  for (const { id, side } of of('Citation')) if (side !== null) told.set(id, { people: [side], by: [id] });
  for (const { id, mentions } of of('Article'))
    for (const { part, from, person } of mentions) told.set(`${id} ${part} ${from}`, { people: [person], by: [id] });
  for (const [tag, people] of tagged(of('Person').filter(({ mergedInto }) => mergedInto === null)))
    told.set(`named ${tag}`, { people, by: people });
  return told;
}

const typeIn = (world: readonly Stored[], id: string) => (world.find(({ record }) => record.id === id) as Stored).type;

/** Who bears each name and each id elsewhere. */
function tagged(people: readonly Person[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { id, name, aliases, externalIds } of people)
    for (const tag of new Set([name, ...aliases.map((alias) => alias.name), ...externalIds]))
      found.set(tag, [...(found.get(tag) ?? []), id]);
  return found;
}
