import { canonical } from '../domain/canonical.js';
import type { AnyRecord, Change, Edit } from '../domain/change.js';
import { lookupOf, peopleOf } from '../domain/lookup.js';
import type { Reads, Row } from '../graph/graph.js';
import { changeOf } from './change.js';
import type { Difference, World } from './verify-world.js';

/** Changes a statement; an import writes thousands of edits in one. */
const PORTION = 5;

const CHANGES =
  '/* pageChanges */ MATCH (c:Change) WHERE c.seq > $after RETURN c {.*} AS change ORDER BY c.seq LIMIT $limit';
const EDITS = `/* editsOfChanges */ UNWIND $ids AS id MATCH (c:Change {id: id})-[:MADE]->(e:Edit)
  RETURN id, e {.*} AS props, [(e)-[:TOUCHES]->(p:Person) | p.id] AS touches`;
const SEQ = "/* seqNow */ MATCH (g:Graph {id: 'graph'}) RETURN g.seq AS seq";

/**
 * Plays the whole log from the start and compares: seqs without a gap, each edit's `before` with what the record was, the people
 * that it touches, and at the end every record and revision with what is stored.
 */
export async function compareHistory(graph: Reads, world: World): Promise<Difference[]> {
  const played = new Played();
  const differences: Difference[] = [];
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

  play(change: Change, touches: ReadonlyMap<number, string[]>): Difference[] {
    const differences: Difference[] = [];
    const was = change.edits.map(({ recordId }) => peopleOf(this.lookup, recordId));
    for (const edit of change.edits) differences.push(...this.apply(edit, change.seq));
    change.edits.forEach((edit, place) => {
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

  private apply({ recordId, before, after }: Edit, seq: number): Difference[] {
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

  /** What the log leaves against what is stored. */
  compare(world: World): Difference[] {
    const differences: Difference[] = [];
    for (const id of new Set([...this.records.keys(), ...world.nodes.keys()])) {
      const stored = world.nodes.get(id);
      const played = this.records.get(id) ?? null;
      if (canonical(stored?.record ?? null) !== canonical(played)) {
        differences.push({
          record: id,
          what: 'record, by the log',
          stored: canonical(stored?.record ?? null),
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
