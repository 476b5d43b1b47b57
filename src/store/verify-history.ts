import { canonical } from '../domain/canonical.js';
import type { AnyRecord, Change, Edit } from '../domain/change.js';
import { lookupOf, peopleOf } from '../domain/lookup.js';
import { typeOfId } from '../domain/records.js';
import type { Reads, Row } from '../graph/graph.js';
import { changeOf } from './change.js';
import { upwardOf } from './past-ways.js';
import type { Difference, World } from './verify-world.js';

/** Changes a statement; an import writes thousands of edits in one. */
const PORTION = 5;

const CHANGES =
  '/* pageChanges */ MATCH (c:Change) WHERE c.seq > $after RETURN c {.*} AS change ORDER BY c.seq LIMIT $limit';
const EDITS = `/* editsOfChanges */ UNWIND $ids AS id MATCH (c:Change {id: id})-[:MADE]->(e:Edit)
  RETURN id, e {.*} AS props, [(e)-[:TOUCHES]->(p:Person) | p.id] AS touches`;
const SEQ = "/* seqNow */ MATCH (g:Graph {id: 'graph'}) RETURN g.seq AS seq";

/**
 * Plays the whole log from the start and compares: seqs without a gap, undos of what was before them, each edit's `before` with what
 * the record was, the people that it touches, and at the end every record and revision with what is stored. What a purge has emptied
 * may have done anything to its record: from there on only what later edits say of it is known, and compared.
 */
export async function compareHistory(graph: Reads, world: World): Promise<Difference[]> {
  const played = new Played();
  const differences: Difference[] = [];
  const known = new Set<string>();
  let seq = 0;
  for (;;) {
    const rows = await graph.read(CHANGES, { after: seq, limit: PORTION });
    if (rows.length === 0) break;
    const ids = rows.map(({ change }) => (change as Row).id ?? null);
    const edits = await graph.read(EDITS, { ids });
    for (const { change: node } of rows as { change: Row }[]) {
      const own = edits.filter(({ id }) => id === node.id);
      const change = changeOf(
        node,
        own.map(({ props }) => props as Row),
      );
      if (change.seq !== seq + 1)
        differences.push({ record: change.id, what: 'seq', stored: change.seq, expected: seq + 1 });
      if (change.undoes !== null && !known.has(change.undoes))
        differences.push({ record: change.id, what: 'undoes', stored: change.undoes, expected: 'an earlier change' });
      known.add(change.id);
      seq = change.seq;
      differences.push(...played.play(change, touchesOf(own)));
    }
  }
  const [graphNode] = await graph.read(SEQ);
  if (graphNode?.seq !== seq)
    differences.push({ record: 'graph', what: 'seq', stored: graphNode?.seq ?? null, expected: seq });
  return [...differences, ...played.compare(world)];
}

function touchesOf(rows: readonly Row[]): Map<number, string[]> {
  return new Map(rows.map(({ props, touches }) => [Number((props as Row).place), touches as string[]]));
}

/** The records as the log leaves them, one change after the other. */
class Played {
  private readonly records = new Map<string, AnyRecord | null>();
  private readonly revisions = new Map<string, number>();
  private readonly lookup = lookupOf(this.records);

  /** Records of which only some fields are known, or not even those. */
  private readonly blurred = new Set<string>();

  play(change: Change, touches: ReadonlyMap<number, string[]>): Difference[] {
    const differences: Difference[] = [];
    const was = change.edits.map(({ recordId }) => peopleOf(this.lookup, recordId));
    const blurred = change.edits.map(({ recordId }) => this.isBlurred(recordId));
    for (const edit of change.edits) differences.push(...this.apply(edit, change.seq));
    change.edits.forEach((edit, place) => {
      if (edit.purged || blurred[place] || this.isBlurred(edit.recordId)) return;
      const people = new Set([...(was[place] ?? []), ...peopleOf(this.lookup, edit.recordId)]);
      const wanted = [...people].filter((person) => this.lookup.get('Person', person) !== null).sort();
      const there = [...(touches.get(place) ?? [])].sort();
      const lost = wanted.filter((person) => !there.includes(person));
      const more = there.filter((person) => !wanted.includes(person));
      if (more.length > 0)
        differences.push({
          record: change.id,
          what: `touches of ${edit.recordId}`,
          stored: more.join(),
          expected: null,
        });
      for (const person of lost) this.missing.push({ change: change.id, record: edit.recordId, person });
    });
    return differences;
  }

  private missing: { change: string; record: string; person: string }[] = [];

  /** Whether nobody knows on whom a record depends: a purge has emptied an edit of it, or of what it hangs on. */
  private isBlurred(id: string): boolean {
    const record = this.records.get(id);
    const type = typeOfId(id);
    return (
      this.blurred.has(id) ||
      (record != null && type !== null && upwardOf(type, record).some((up) => this.isBlurred(up)))
    );
  }

  private blur(recordId: string, seq: number): Difference[] {
    this.blurred.add(recordId);
    this.records.delete(recordId);
    this.revisions.set(recordId, seq);
    return [];
  }

  private apply({ recordId, before, after, purged }: Edit, seq: number): Difference[] {
    if (purged) return this.blur(recordId, seq);
    if (this.blurred.has(recordId)) return this.applyBlurred({ recordId, before, after }, seq);
    const known = this.records.get(recordId) ?? null;
    const fields = Object.fromEntries(
      Object.keys(before ?? {}).map((field) => [field, (known as Row | null)?.[field]]),
    );
    const expected = known === null ? null : fields;
    // A person who is removed takes the edges along; who comes back has only those drawn since.
    if (after === null) this.missing = this.missing.filter(({ person }) => person !== recordId);
    this.records.set(recordId, after === null ? null : ({ ...known, ...after } as AnyRecord));
    this.revisions.set(recordId, seq);
    if (canonical(before) === canonical(expected)) return [];
    return [
      { record: recordId, what: `before, in change ${seq}`, stored: canonical(before), expected: canonical(expected) },
    ];
  }

  /** Applies an edit to a record of which some fields are known: a creation or removal tells all of it. */
  private applyBlurred({ recordId, before, after }: Omit<Edit, 'type'>, seq: number): Difference[] {
    const known = this.records.get(recordId) as Row | undefined;
    const told = Object.keys(before ?? {}).filter((field) => known !== undefined && field in known);
    const wrong = told.filter((field) => canonical((before as Row)[field]) !== canonical(known?.[field]));
    if (before === null || after === null) this.blurred.delete(recordId);
    this.records.set(recordId, after === null ? null : ({ ...known, ...after } as AnyRecord));
    this.revisions.set(recordId, seq);
    return wrong.map((field) => ({
      record: recordId,
      what: `before, ${field} in change ${seq}`,
      stored: canonical((before as Row)[field]),
      expected: canonical(known?.[field]),
    }));
  }

  /** A record as far as the log tells it. */
  private toldOf(id: string, record: AnyRecord | null): AnyRecord | null {
    if (record === null || !this.blurred.has(id)) return record;
    const known: object = this.records.get(id) ?? {};
    return Object.fromEntries(Object.entries(record).filter(([field]) => field in known)) as unknown as AnyRecord;
  }

  /** What the log leaves against what is stored. */
  compare(world: World): Difference[] {
    const differences: Difference[] = [];
    for (const id of new Set([...this.records.keys(), ...world.nodes.keys()])) {
      const stored = world.nodes.get(id);
      const told = this.toldOf(id, stored?.record ?? null);
      const played = this.records.get(id) ?? (told !== null && this.blurred.has(id) ? ({} as AnyRecord) : null);
      if (canonical(told) !== canonical(played)) {
        differences.push({
          record: id,
          what: 'record, by the log',
          stored: canonical(told),
          expected: canonical(played),
        });
      } else if (stored && stored.revision !== this.revisions.get(id)) {
        differences.push({
          record: id,
          what: 'revision',
          stored: stored.revision,
          expected: this.revisions.get(id) ?? null,
        });
      }
    }
    const lost = this.missing.filter(({ person }) => world.nodes.has(person));
    return [
      ...differences,
      ...lost.map(({ change, record, person }) => ({
        record: change,
        what: `touches of ${record}`,
        stored: null,
        expected: person,
      })),
    ];
  }
}
