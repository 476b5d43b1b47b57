import type { AnyRecord } from '../domain/change.js';
import { groupBy } from '../domain/group.js';
import { type Lookup, peopleNeeded, peopleOf } from '../domain/lookup.js';
import { typeOfId } from '../domain/records.js';
import { rollBack } from '../domain/roll-back.js';
import type { RecordType } from '../domain/words.js';
import { AppError } from '../errors.js';
import type { Reads } from '../graph/graph.js';
import { type EditSince, editsSince, type Named, namedInLogsOf, namedSince } from './edits-since.js';
import { hangingOn, WAYS, type WayName } from './hanging.js';
import { loadRecords, type Stored } from './load.js';
import { type Goal, reachFound, stepFrom, UPWARD, upwardOf } from './past-ways.js';

/** Records that are looked at for one moment at most. */
export const MOST_RECORDS = 20_000;

/** A record now and then. */
export interface Known {
  is: Stored | null;
  was: AnyRecord | null;
  /** Edits since. */
  edits: EditSince[];
}

interface Descent {
  name: WayName;
  owner: string;
}

/**
 * The records of a graph as they were after change `seq`, found as far as is asked for. What hangs on a record now is read from the
 * graph; what hung on it then is among that, or has an edit since whose `before` names the record: such edits touch its people, and
 * are looked for there. Statements are one for each type or way of a level, whatever the number of records.
 */
export class PastWorld {
  private readonly known = new Map<string, Known>();
  private readonly begun = new Set<string>();
  private readonly reached = new Set<string>();
  private readonly logsOf = new Set<string>();
  private readonly names = new Map<string, Named[]>();
  private edits = 0;
  /** The records as they were; only those that have been looked at. */
  readonly past = this.lookupBy(({ was }) => was);
  /** The records as they are; only those that have been looked at. */
  readonly today = this.lookupBy(({ is }) => is?.record ?? null);

  constructor(
    private readonly graph: Reads,
    readonly seq: number,
  ) {}

  /** Finds all that the goals take, and answers the ids of the records that were there then and had not been reached before. */
  async reach(goals: readonly Goal[]): Promise<string[]> {
    const fresh = new Set<string>();
    let next = this.begin(goals);
    while (next.length > 0) {
      const descents: Descent[] = [];
      while (next.length > 0) {
        await this.look(next.map(({ id }) => id));
        next = this.begin(next.flatMap((goal) => this.follow(goal, descents, fresh)));
      }
      next = this.begin(await this.descend(descents));
    }
    return [...fresh];
  }

  get(id: string): Known | undefined {
    return this.known.get(id);
  }

  private lookupBy(pick: (known: Known) => AnyRecord | null): Lookup {
    const find = (id: string) => {
      const known = this.known.get(id);
      return known === undefined ? null : pick(known);
    };
    return { get: (type, id) => (typeOfId(id) === type ? (find(id) as never) : null) };
  }

  /** The goals that nobody has set before. */
  private begin(goals: readonly Goal[]): Goal[] {
    const fresh = goals.filter(({ reach, id }) => !this.begun.has(`${reach} ${id}`));
    for (const { reach, id } of fresh) this.begun.add(`${reach} ${id}`);
    return fresh;
  }

  private follow({ reach, id }: Goal, descents: Descent[], fresh: Set<string>): Goal[] {
    const record = this.known.get(id)?.was;
    if (!record) return [];
    if (!this.reached.has(id)) fresh.add(id);
    this.reached.add(id);
    const { leads, ways } = stepFrom(reach, record);
    descents.push(...ways.map((name) => ({ name, owner: id })));
    // Whoever asks for what was merged then is answered by its survivor.
    const survivor = 'mergedInto' in record && record.mergedInto !== null ? [{ reach, id: record.mergedInto }] : [];
    return [...leads, ...survivor];
  }

  /** Makes these records known. A record is read before its edits: an edit that comes in between is then rolled back, not missed. */
  private async look(ids: readonly string[], found: readonly Stored[] = []): Promise<void> {
    const given = new Map(found.map((stored) => [stored.record.id, stored]));
    const unknown = [...new Set([...ids, ...given.keys()])].filter((id) => !this.known.has(id));
    if (this.known.size + unknown.length > MOST_RECORDS) throw tooWide(this.known.size + unknown.length);
    const loaded = await loadRecords(
      this.graph,
      unknown.filter((id) => !given.has(id)),
    );
    const edits = await editsSince(this.graph, unknown, this.seq, this.edits);
    this.edits += edits.length;
    const ofRecord = groupBy(edits, ({ recordId }) => recordId);
    for (const id of unknown) {
      const is = given.get(id) ?? loaded.get(id) ?? null;
      const own = ofRecord.get(id) ?? [];
      this.known.set(id, { is, edits: own, was: rollBack(is?.record ?? null, own) });
    }
  }

  /** Follows ways down, and answers what hung there. */
  private async descend(descents: readonly Descent[]): Promise<Goal[]> {
    const ways = [...groupBy(descents, ({ name }) => name)];
    const found = await Promise.all(
      ways.map(([name, some]) =>
        hangingOn(
          this.graph,
          name,
          some.flatMap(({ owner }) => this.known.get(owner)?.was ?? []),
          MOST_RECORDS + 1,
        ),
      ),
    );
    await this.readLogs(descents);
    const named = descents.flatMap((descent) => this.namedFor(descent));
    await this.look(named, found.flat());
    return ways.flatMap(([name, some], place) => {
      const keys = new Set(some.map(({ owner }) => this.keyOf(name, owner)));
      const now = (found[place] ?? []).map(({ record }) => record.id);
      return [...new Set([...now, ...some.flatMap((descent) => this.namedFor(descent))])]
        .filter((id) => this.hung(name, id, keys))
        .map((id) => ({ reach: reachFound(name, id), id }));
    });
  }

  private hung(name: WayName, id: string, keys: ReadonlySet<string>): boolean {
    const record = this.known.get(id)?.was;
    return record != null && WAYS[name].namesIn(record).some((key) => keys.has(key));
  }

  private namedFor({ name, owner }: Descent): string[] {
    const type = WAYS[name].type;
    const named = this.names.get(this.keyOf(name, owner)) ?? [];
    return named.filter((each) => each.type === type).map(({ recordId }) => recordId);
  }

  /** The id by which what hangs on the owner names it. */
  private keyOf(name: WayName, owner: string): string {
    const record = this.known.get(owner)?.was;
    return name === 'eventsOfBoth' && record && 'a' in record ? record.a : owner;
  }

  /** Looks for edits that name the owners: in the logs of their people, and all over the log where those don't tell everything. */
  private async readLogs(descents: readonly Descent[]): Promise<void> {
    const people = new Set<string>();
    const needles = new Map<string, { id: string; type: RecordType }>();
    for (const { name, owner } of descents) {
      const needle = { id: this.keyOf(name, owner), type: WAYS[name].type };
      if (name === 'citationsIn' || name === 'copiesOf' || !this.isSteady(owner))
        needles.set(`${needle.type} ${needle.id}`, needle);
      else for (const person of peopleOf(this.past, owner)) if (!this.logsOf.has(person)) people.add(person);
    }
    const rows = await Promise.all([
      namedInLogsOf(this.graph, [...people], this.seq),
      namedSince(this.graph, [...needles.values()], this.seq),
    ]);
    for (const person of people) this.logsOf.add(person);
    for (const row of rows.flat()) {
      for (const name of row.names) this.names.set(name, [...(this.names.get(name) ?? []), row]);
    }
  }

  /**
   * Whether everything that hung on a record since the moment has touched the people that it had then: neither it nor what it hangs on
   * has moved to other people since, and one of them at least has been there all the time.
   */
  private isSteady(id: string): boolean {
    const people = peopleOf(this.past, id);
    return !this.hasMoved(id) && people.some((person) => this.hasStayed(person));
  }

  private hasStayed(person: string): boolean {
    const known = this.known.get(person);
    return known?.is != null && known.edits.every(({ before, removed }) => before !== null && !removed);
  }

  /** Whether a record, or what it hangs on, depended on others at some time since. */
  private hasMoved(id: string): boolean {
    const known = this.known.get(id);
    const type = typeOfId(id);
    if (known?.was == null || type === null) return true;
    const { was, is, edits } = known;
    const upward = upwardOf(type, was);
    const others: object[] = [is?.record ?? {}, ...edits.map(({ before }) => before ?? {})];
    const moved = others
      .filter((fields) => UPWARD[type].some((field) => field in fields))
      .some((fields) => upwardOf(type, { ...was, ...fields }).join() !== upward.join());
    return moved || upward.some((above) => typeOfId(above) !== 'Person' && this.hasMoved(above));
  }

  /** The people on whom a record depends today, though it was about others then; none for one that has not moved. */
  async peopleToday(ids: readonly string[]): Promise<Map<string, string[]>> {
    const moved = ids.filter((id) => this.known.get(id)?.is != null && this.hasMoved(id));
    let above = moved;
    while (above.length > 0) {
      above = above.flatMap((id) => {
        const type = typeOfId(id);
        const record = this.known.get(id)?.is?.record;
        return type === null || record === undefined ? [] : upwardOf(type, record);
      });
      await this.look(above);
    }
    return new Map(moved.map((id) => [id, peopleNeeded(this.today, id)]));
  }
}

function tooWide(records: number): AppError {
  const message = `At least ${records} records would have to be looked at; ask for less at once.`;
  return new AppError('TOO_COMPLEX', message, { field: 'asOf', rule: 'AS_OF_RECORDS', records, limit: MOST_RECORDS });
}
