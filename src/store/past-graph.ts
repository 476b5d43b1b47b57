import type { AnyRecord, Applied } from '../domain/change.js';
import { floorOf, type GateCard, gateOf, MERGED_GATE, type Sight, seesPerson } from '../domain/gate.js';
import { groupBy } from '../domain/group.js';
import { lookupOf } from '../domain/lookup.js';
import { type Article, type Mention, type Person, typeOfId } from '../domain/records.js';
import { blackenNames, withhold } from '../domain/withhold.js';
import type { RecordType, Visibility } from '../domain/words.js';
import type { Graph, Operation, Params, Reads, Row, Transaction } from '../graph/graph.js';
import { derive } from './derive.js';
import { revisionsAt } from './edits-since.js';
import { goalsOf } from './past-goals.js';
import { type Goal, upwardOf } from './past-ways.js';
import { PastWorld } from './past-world.js';
import { runRows, saveRecords, UPDATE } from './save.js';

/**
 * A graph as it was after change `seq`, for one viewer: it answers the statements of the store, and grows by what each of them asks
 * about. Records are written into `scratch`, an empty graph of this process, and derived there as a commit derives them. Today's gate
 * applies: whoever is hidden today is hidden here, whatever they were then, and what belongs to somebody else today is there only if
 * the viewer sees them too; who has left the graph is for REVIEWER and above.
 */
export class PastGraph implements Reads {
  private readonly world: PastWorld;
  private readonly written = new Map<string, AnyRecord>();
  private readonly hidden = new Set<string>();
  private readonly gates = new Map<string, Row>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly graph: Reads,
    private readonly scratch: Graph,
    private readonly seq: number,
    private readonly sight: Sight,
  ) {
    this.world = new PastWorld(graph, seq);
  }

  async read(statement: string, params: Params = {}, operation?: Operation): Promise<Row[]> {
    await this.grow(goalsOf(statement, params));
    return this.scratch.read(statement, params, operation);
  }

  close(): Promise<void> {
    return this.last.catch(() => {}).then(() => this.scratch.close());
  }

  /** One after the other: what one statement has brought, the next finds there. */
  private grow(goals: readonly Goal[]): Promise<void> {
    const grown = this.last.catch(() => {}).then(() => this.growBy(goals));
    this.last = grown;
    return grown;
  }

  private async growBy(goals: readonly Goal[]): Promise<void> {
    const ids = await this.world.reach(goals);
    if (ids.length === 0) return;
    const gates = await this.gatesFor(ids);
    const shown = await this.shownOf(ids, gates);
    const applied = shown.map((id) => created(id, this.asTold(this.recordOf(id), gates)));
    const revisions = await this.revisionsOf(shown);
    for (const { edit, after } of applied) if (after !== null) this.written.set(edit.recordId, after);
    await this.scratch.write(async (transaction) => {
      await saveRecords(transaction, applied, 0);
      await saveProps(transaction, revisions);
      await derive(transaction, applied, lookupOf(this.written), new Map());
      // Deriving takes the gate of then for people on whom something new sheds light.
      await saveProps(transaction, this.gates);
    });
  }

  private recordOf(id: string): AnyRecord {
    const record = this.world.get(id)?.was;
    if (!record) throw new Error(`${id} was not there`);
    return record;
  }

  /** The gates of today of whomever these records, as they were or are, may tell. Sets what the people among them are shown by. */
  private async gatesFor(ids: readonly string[]): Promise<Gates> {
    const named = ids.flatMap((id) => [
      ...mentionsIn(this.world.get(id)?.is?.record ?? null).map(({ person }) => person),
      ...this.speakerOf(id),
    ]);
    const moved = await this.world.peopleToday(ids);
    const people = ids.filter((id) => typeOfId(id) === 'Person');
    const gates = await gatesToday(this.graph, [...people, ...named, ...[...moved.values()].flat()]);
    for (const id of people) this.gates.set(id, gateOfThen(this.recordOf(id) as Person, gates.get(id)));
    return { moved, isHidden: (person) => isHidden(this.sight, gates.get(person)) };
  }

  /** For whom a quote of then speaks. */
  private speakerOf(id: string): string[] {
    const record = this.world.get(id)?.was;
    return record != null && 'quote' in record && record.side !== null ? [record.side] : [];
  }

  /** Those that don't tell of somebody who is hidden today, or hang on what does. */
  private async shownOf(ids: readonly string[], { moved, isHidden: hidden }: Gates): Promise<string[]> {
    const own = new Set(ids.filter((id) => [...(moved.get(id) ?? []), ...this.speakerOf(id)].some(hidden)));
    const tells = (id: string): boolean => {
      const type = typeOfId(id);
      const record = this.world.get(id)?.was;
      if (this.hidden.has(id) || own.has(id)) return true;
      return type !== null && record != null && upwardOf(type, record).some(tells);
    };
    const shown = ids.filter((id) => !tells(id));
    const kept = new Set(shown);
    for (const id of ids) if (!kept.has(id)) this.hidden.add(id);
    return shown;
  }

  /**
   * A record without the names of those whom a text is known by today to name, and who are hidden; whoever is LIMITED today is so for
   * readers, since what is derived rests on it.
   */
  private asTold(record: AnyRecord, gates: Gates): AnyRecord {
    if ('visibility' in record) {
      const isLimited = this.sight.level === 0 && Number(this.gates.get(record.id)?.floor ?? 0) > 0;
      return isLimited && record.visibility === 'PUBLIC' ? { ...record, visibility: 'LIMITED' } : record;
    }
    if ('quote' in record)
      return { ...record, quote: withhold(record.quote, this.hiddenIn(record.article, 'TEXT', gates), record.from) };
    if (!('mentionsReviewed' in record)) return record;
    const now = this.world.get(record.id)?.is?.record as Article | undefined;
    return {
      ...record,
      title: withhold(record.title, this.hiddenIn(record.id, 'TITLE', gates), 0),
      text: record.text && blackenNames(record.text, this.hiddenIn(record.id, 'TEXT', gates)),
      mentionsReviewed: record.mentionsReviewed && (now?.mentionsReviewed ?? true),
    };
  }

  private hiddenIn(article: string, part: Mention['part'], gates: Gates): Mention[] {
    const mentions = mentionsIn(this.world.get(article)?.is?.record ?? null);
    return mentions.filter((mention) => mention.part === part && gates.isHidden(mention.person));
  }

  /** What was not edited since has the revision that it has today. */
  private async revisionsOf(ids: readonly string[]): Promise<Map<string, Row>> {
    const edited = ids.filter((id) => this.world.get(id)?.edits.length !== 0);
    const before = await revisionsAt(this.graph, edited, this.seq);
    return new Map(ids.map((id) => [id, { revision: before.get(id) ?? this.world.get(id)?.is?.revision ?? 0 }]));
  }
}

interface Gates {
  /** The people of today of what has moved to other people since. */
  moved: ReadonlyMap<string, readonly string[]>;
  isHidden(person: string): boolean;
}

/** Whether the viewer may not see somebody today; who has left the graph is nobody's business below REVIEWER. */
function isHidden(sight: Sight, today: GateCard | undefined): boolean {
  return today === undefined ? sight.level < 1 : !seesPerson(sight, today);
}

/** What somebody is shown by: today's numbers, unless they were merged away then. */
function gateOfThen({ visibility, mergedInto }: Person, today: GateCard | undefined): Row {
  if (mergedInto !== null) return { gate: MERGED_GATE };
  return today === undefined ? { gate: Math.max(1, gateOf(visibility, null)) } : { ...today };
}

const mentionsIn = (record: AnyRecord | null): Mention[] =>
  record !== null && 'mentions' in record ? record.mentions : [];

function created(recordId: string, after: AnyRecord): Applied {
  const type = typeOfId(recordId) as RecordType;
  return { edit: { type, recordId, before: null, after: { ...after } }, before: null, after };
}

async function saveProps(transaction: Transaction, propsOf: ReadonlyMap<string, Row>): Promise<void> {
  const groups = groupBy(propsOf, ([id]) => typeOfId(id) as RecordType);
  for (const [type, some] of groups) {
    await runRows(
      transaction,
      UPDATE[type],
      some.map(([id, props]) => ({ id, props })),
    );
  }
}

const GATES = `/* gatesToday */ UNWIND $ids AS id MATCH (o:Person {id: id})-[:MERGED_INTO*0..]->(p:Person) WHERE p.mergedInto IS NULL
  RETURN id, o.visibility AS own, p.gate AS gate, p.floor AS floor, p.adultFrom AS adultFrom`;

/** The gates of people today; of somebody merged since the survivor's, or their own where that is stricter. */
async function gatesToday(graph: Reads, people: readonly string[]): Promise<Map<string, GateCard>> {
  const ids = [...new Set(people)];
  if (ids.length === 0) return new Map();
  const rows = await graph.read(GATES, { ids });
  return new Map(
    rows.map(({ id, own, gate, floor, adultFrom }) => [
      String(id),
      {
        gate: Math.max(Number(gate), gateOf(own as Visibility, null)),
        floor: Math.max(Number(floor), floorOf(own as Visibility)),
        adultFrom: Number(adultFrom),
      },
    ]),
  );
}
