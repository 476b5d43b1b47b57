import type { AnyRecord } from '../domain/change.js';
import { type RecordOf, typeOfId } from '../domain/records.js';
import type { RecordType } from '../domain/words.js';
import type { WayName } from './hanging.js';

/**
 * How far a record has to be known for it to be shown as it was: alone (`record`), as evidence (`source`), with all that its own
 * projection rests on (`card` for a person, the name of its type for the others), or with all that is listed below it: `ties` are a
 * person's relationships and events, `rivals` also what their partners were in, as a `couple` what its parties were in, `named` the
 * articles too, `cited` what an article is cited for, `copies` and `mentioned` what
 * stands in those lists.
 */
export type Reach =
  | 'record'
  | 'source'
  | 'card'
  | 'ties'
  | 'rivals'
  | 'named'
  | 'relationship'
  | 'couple'
  | 'period'
  | 'event'
  | 'claim'
  | 'citation'
  | 'resolution'
  | 'cited'
  | 'copies'
  | 'mentioned';

/** One record to be reached. */
export interface Goal {
  reach: Reach;
  id: string;
}

interface Step {
  /** What else has to be reached, as the record itself says. */
  leads: Goal[];
  /** The ways down that have to be followed. */
  ways: WayName[];
}

const goals = (reach: Reach, ids: readonly (string | null)[]): Goal[] =>
  ids.flatMap((id) => (id === null ? [] : [{ reach, id }]));

/** What it takes to reach a record: never more than its evidence and what is listed below it, so that reaching one does not reach all. */
export const STEPS: Record<Reach, (record: never) => Step> = {
  record: () => ({ leads: [], ways: [] }),
  source: ({ basedOn, mentions }: RecordOf['Article']) => ({
    // Who is named must be there for their names to be withheld; no more is told of them.
    leads: [...goals('source', basedOn), ...goals('record', [...new Set(mentions.map(({ person }) => person))])],
    ways: [],
  }),
  card: () => ({ leads: [], ways: ['claimsAboutPerson'] }),
  ties: ({ id }: RecordOf['Person']) => ({ leads: goals('card', [id]), ways: ['relationshipsOf', 'eventsOf'] }),
  rivals: ({ id }: RecordOf['Person']) => ({ leads: goals('ties', [id]), ways: ['couplesOf'] }),
  named: ({ id }: RecordOf['Person']) => ({ leads: goals('ties', [id]), ways: ['articlesNaming'] }),
  relationship: ({ a, b }: RecordOf['Relationship']) => ({
    leads: goals('card', [a, b]),
    ways: ['periodsOf', 'claimsAboutRelationship', 'eventsOfBoth'],
  }),
  couple: ({ id, a, b }: RecordOf['Relationship']) => ({
    leads: [...goals('relationship', [id]), ...goals('ties', [a, b])],
    ways: [],
  }),
  period: ({ relationship, startedBy, endedBy }: RecordOf['Period']) => ({
    leads: [...goals('relationship', [relationship]), ...goals('event', [startedBy, endedBy])],
    ways: ['claimsAboutPeriod'],
  }),
  event: ({ participants }: RecordOf['Event']) => ({
    leads: goals('card', [...new Set(participants.map(({ person }) => person))]),
    ways: ['claimsAboutEvent'],
  }),
  claim: ({ subject, value }: RecordOf['Claim']) => ({
    leads: [...goals(wholeReachOf(subject), [subject]), ...goals('card', 'person' in value ? [value.person] : [])],
    ways: ['citationsOf', 'resolutionsOn'],
  }),
  citation: ({ claim, article, side }: RecordOf['Citation']) => ({
    leads: [...goals('claim', [claim]), ...goals('source', [article]), ...goals('card', [side])],
    ways: [],
  }),
  resolution: ({ claims }: RecordOf['Resolution']) => ({ leads: goals('claim', claims), ways: [] }),
  cited: ({ id }: RecordOf['Article']) => ({ leads: goals('source', [id]), ways: ['citationsIn'] }),
  copies: ({ id }: RecordOf['Article']) => ({ leads: goals('source', [id]), ways: ['copiesOf'] }),
  mentioned: ({ id, mentions }: RecordOf['Article']) => ({
    leads: [...goals('source', [id]), ...goals('card', [...new Set(mentions.map(({ person }) => person))])],
    ways: [],
  }),
};

const WHOLE: Record<RecordType, Reach> = {
  Person: 'card',
  Relationship: 'relationship',
  Period: 'period',
  Event: 'event',
  Article: 'cited',
  Claim: 'claim',
  Citation: 'citation',
  Resolution: 'resolution',
};

/** The reach with which a record of this id is whole. */
export function wholeReachOf(id: string): Reach {
  const type = typeOfId(id);
  return type === null ? 'record' : WHOLE[type];
}

/** The reach with which a record that was found in some way down is reached. */
export function reachFound(way: WayName, id: string): Reach {
  return way === 'couplesOf' ? 'couple' : wholeReachOf(id);
}

/** The step from a record. */
export function stepFrom(reach: Reach, record: AnyRecord): Step {
  return STEPS[reach](record as never);
}

/** The fields by which a record says on what it depends, up to the people. */
export const UPWARD: Record<RecordType, readonly string[]> = {
  Person: [],
  Relationship: ['a', 'b'],
  Period: ['relationship'],
  Event: ['participants'],
  Article: [],
  Claim: ['subject'],
  Citation: ['claim'],
  Resolution: ['claims'],
};

/** The ids in these fields, sorted, each once. */
export function upwardOf(type: RecordType, record: object): string[] {
  const fields = new Map(Object.entries(record));
  const ids = UPWARD[type].flatMap((field) => {
    const value: unknown = fields.get(field) ?? [];
    return (Array.isArray(value) ? value : [value]).map((item) => (typeof item === 'string' ? item : item.person));
  });
  return [...new Set<string>(ids)].sort();
}
