import type { AnyRecord } from './change.js';
import { essentialTo } from './life.js';
import { type Event, type RecordOf, typeOfId } from './records.js';
import type { RecordType } from './words.js';

/** Finds records by id: those of a change as they will be, else those of the graph. Null where there is none. */
export interface Lookup {
  get<T extends RecordType>(type: T, id: string): RecordOf[T] | null;
}

export function lookupOf(records: ReadonlyMap<string, AnyRecord | null>): Lookup {
  return {
    get: (type, id) => (typeOfId(id) === type ? ((records.get(id) ?? null) as never) : null),
  };
}

/** The people that a record is about, of an event all who took part. Empty where the record's own references are gone. */
export function peopleOf(lookup: Lookup, id: string, ofEvent = everybodyAt): string[] {
  switch (typeOfId(id)) {
    case 'Person':
      return [id];
    case 'Relationship': {
      const relationship = lookup.get('Relationship', id);
      return relationship ? [relationship.a, relationship.b] : [];
    }
    case 'Period':
      return peopleThrough(lookup, lookup.get('Period', id)?.relationship, ofEvent);
    case 'Event': {
      const event = lookup.get('Event', id);
      return event ? ofEvent(event) : [];
    }
    case 'Article':
      return [...new Set(lookup.get('Article', id)?.mentions.map(({ person }) => person))];
    case 'Claim':
      return peopleThrough(lookup, lookup.get('Claim', id)?.subject, ofEvent);
    case 'Citation':
      return peopleThrough(lookup, lookup.get('Citation', id)?.claim, ofEvent);
    case 'Resolution':
      return [...new Set(lookup.get('Resolution', id)?.claims.flatMap((claim) => peopleOf(lookup, claim, ofEvent)))];
    case null:
      return [];
  }
}

function peopleThrough(lookup: Lookup, id: string | undefined, ofEvent: typeof everybodyAt): string[] {
  return id === undefined ? [] : peopleOf(lookup, id, ofEvent);
}

function everybodyAt({ participants }: Event): string[] {
  return [...new Set(participants.map(({ person }) => person))];
}

/** Those of them of whom whoever is hidden hides it: of an event those on whom it depends, or all where there is nobody such. */
export function peopleNeeded(lookup: Lookup, id: string): string[] {
  return peopleOf(lookup, id, (event) => {
    const essential = essentialTo(event);
    return essential.length > 0 ? essential : everybodyAt(event);
  });
}

/** An id that a record refers to. */
export interface Reference {
  id: string;
  /** The decision that does: `participants`. */
  decision: string;
  /** Where in it, to be named in a refusal: `Event.participants[1].person`. */
  field: string;
}

/** All that a record refers to. */
export function referencesOf(type: RecordType, record: AnyRecord): Reference[] {
  return REFERENCES[type](record as never)
    .filter((reference): reference is [string, string] => reference[1] !== null)
    .map(([path, id]) => ({ id, decision: path.replace(/\W.*/, ''), field: `${type}.${path}` }));
}

const REFERENCES: { [T in RecordType]: (record: RecordOf[T]) => (readonly [string, string | null])[] } = {
  Person: (p) => [...listed('notSameAs', p.notSameAs), ['mergedInto', p.mergedInto]],
  Relationship: (r) => [
    ['a', r.a],
    ['b', r.b],
    ['mergedInto', r.mergedInto],
  ],
  Period: (p) => [
    ['relationship', p.relationship],
    ['startedBy', p.startedBy],
    ['endedBy', p.endedBy],
    ['mergedInto', p.mergedInto],
  ],
  Event: (e) => [
    ...e.participants.map(({ person }, at) => [`participants[${at}].person`, person] as const),
    ['mergedInto', e.mergedInto],
  ],
  Article: (a) => [
    ...listed('basedOn', a.basedOn),
    ...a.mentions.map(({ person }, at) => [`mentions[${at}].person`, person] as const),
    ['mergedInto', a.mergedInto],
  ],
  Claim: (c) => [['subject', c.subject], ...participantOf(c)],
  Citation: (c) => [
    ['claim', c.claim],
    ['article', c.article],
    ['side', c.side],
  ],
  Resolution: (r) => listed('claims', r.claims),
};

const listed = (field: string, ids: readonly string[]) => ids.map((id, at) => [`${field}[${at}]`, id] as const);

function participantOf(claim: RecordOf['Claim']): (readonly [string, string])[] {
  return 'person' in claim.value ? [['value.person', claim.value.person]] : [];
}
