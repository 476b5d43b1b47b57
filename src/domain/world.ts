import type { AnyRecord, EditInput } from './change.js';
import { pairKeyOf } from './ids.js';
import type { Lookup } from './lookup.js';
import {
  type Citation,
  type Claim,
  type Period,
  type Person,
  type RecordOf,
  type Relationship,
  typeOfId,
} from './records.js';
import { ID_PREFIX, type Kind, type RecordType } from './words.js';

/** What the graph holds of the records that a batch of rows may touch: decisions only, survivors of merges with them. */
export interface Known {
  records: readonly AnyRecord[];
  /** Slugs that are taken, among those that the batch's people would like. */
  slugs: readonly string[];
  /** Ids of what went with somebody who was purged, among those that the batch brings or names. */
  gone: readonly string[];
}

/** A claim with its citations. */
export interface Held {
  claim: Claim;
  citations: Citation[];
}

/**
 * The records around a batch, as they are and as the rows planned so far make them. Planning reads and writes here and nowhere
 * else, so that each row sees what the rows before it decided. What a refused line did can be taken back.
 */
export class World implements Lookup {
  readonly #records = new Map<string, AnyRecord>();
  readonly #slugs = new Set<string>();
  readonly #gone = new Set<string>();
  readonly #aboutSubject = new Map<string, Set<string>>();
  readonly #ofClaim = new Map<string, Set<string>>();
  readonly #ofRelationship = new Map<string, Set<string>>();
  readonly #ofPair = new Map<string, Set<string>>();
  #edits: EditInput[] = [];
  #undo: (() => void)[] = [];

  /** Takes in what the graph holds, where nothing is known yet. */
  learn({ records, slugs, gone }: Known): void {
    for (const slug of slugs) this.#slugs.add(slug);
    for (const id of gone) this.#gone.add(id);
    for (const record of records) if (!this.#records.has(record.id)) this.#put(record);
  }

  get<T extends RecordType>(type: T, id: string): RecordOf[T] | null {
    return typeOfId(id) === type ? ((this.#records.get(id) ?? null) as RecordOf[T] | null) : null;
  }

  /** The record that an id leads to: itself, or whatever it was merged into. */
  survivor<T extends 'Person' | 'Relationship' | 'Period' | 'Event' | 'Article'>(type: T, id: string) {
    let record: RecordOf[T] | null = this.get(type, id);
    while (record?.mergedInto) record = this.get(type, record.mergedInto);
    return record;
  }

  /** Whether a record is not there because of somebody who was taken down or purged. */
  isGone(id: string): boolean {
    return this.#gone.has(id) && !this.#records.has(id);
  }

  /** Leaves out a record because of somebody who was taken down: what names it is left out too. */
  leaveOut(id: string): void {
    this.#gone.add(id);
  }

  /** Adds a record. */
  add<T extends RecordType>(type: T, record: RecordOf[T]): void {
    const { id, ...set } = record;
    this.#edits.push({ type, id, set });
    this.#put(record);
    this.#undo.push(() => this.#drop(record));
  }

  /** Lifts a proposed claim or citation. */
  accept(record: Claim | Citation): void {
    this.edit(typeOfId(record.id) as 'Claim' | 'Citation', record, { verdict: 'ACCEPTED' });
  }

  /** Sets fields of a record, but for those that tell where it hangs. */
  edit<T extends RecordType>(type: T, record: RecordOf[T], set: Partial<RecordOf[T]>): void {
    this.#edits.push({ type, id: record.id, set });
    this.#records.set(record.id, { ...record, ...set });
    this.#undo.push(() => this.#records.set(record.id, record));
  }

  claimsAbout(subject: string): Held[] {
    return this.#all('Claim', this.#aboutSubject.get(subject)).map((claim) => ({
      claim,
      citations: this.#all('Citation', this.#ofClaim.get(claim.id)),
    }));
  }

  /** What these two are to each other, whatever its id: that of a pair whose people were merged is older than the pair. */
  relationshipBetween(kind: Kind, a: string, b: string): Relationship | null {
    const all = this.#all('Relationship', this.#ofPair.get(pairKeyOf(kind, a, b)));
    return all.find(({ mergedInto }) => mergedInto === null) ?? null;
  }

  /** The periods of a relationship that were not merged away. */
  periodsOf(relationship: string): Period[] {
    return this.#all('Period', this.#ofRelationship.get(relationship)).filter(({ mergedInto }) => mergedInto === null);
  }

  /** The slug for somebody new: the wished one, or, where somebody has it, with the beginning of the id behind it. */
  slugFor(wish: string, id: string): string {
    const start = ID_PREFIX.Person.length;
    return this.#slugs.has(wish) ? `${wish}-${id.slice(start, start + 8)}` : wish;
  }

  /** What the rows since the last `keep` or `revert` decided. */
  get edits(): readonly EditInput[] {
    return this.#edits;
  }

  /** Ends a line: its edits are taken over. */
  keep(): EditInput[] {
    const edits = this.#edits;
    this.#edits = [];
    this.#undo = [];
    return edits;
  }

  /** Ends a line: nothing of it happened. */
  revert(): void {
    for (const undo of this.#undo.reverse()) undo();
    this.keep();
  }

  #all<T extends RecordType>(type: T, ids: Iterable<string> | undefined): RecordOf[T][] {
    return [...(ids ?? [])].flatMap((id) => this.get(type, id) ?? []);
  }

  #put(record: AnyRecord): void {
    this.#records.set(record.id, record);
    for (const [index, key] of this.#places(record)) setOf(index, key).add(record.id);
    if ('slug' in record) this.#slugs.add(record.slug);
  }

  #drop(record: AnyRecord): void {
    this.#records.delete(record.id);
    for (const [index, key] of this.#places(record)) index.get(key)?.delete(record.id);
    if ('slug' in record) this.#slugs.delete((record satisfies Person).slug);
  }

  #places(record: AnyRecord): [Map<string, Set<string>>, string][] {
    if ('subject' in record) return [[this.#aboutSubject, record.subject]];
    if ('claim' in record) return [[this.#ofClaim, record.claim]];
    if ('a' in record) return [[this.#ofPair, pairKeyOf(record.kind, record.a, record.b)]];
    return 'relationship' in record ? [[this.#ofRelationship, record.relationship]] : [];
  }
}

function setOf(index: Map<string, Set<string>>, key: string): Set<string> {
  const found = index.get(key) ?? new Set();
  index.set(key, found);
  return found;
}
