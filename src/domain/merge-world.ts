import { inPartyOrder, pairKeyOf } from './ids.js';
import type { MatchablePeriod } from './match.js';
import type { Article, Citation, Claim, Event, Period, Person, Relationship } from './records.js';

/** A period as matching sees it, beside its record. */
export interface MergeablePeriod extends MatchablePeriod {
  record: Period;
}

export interface MergeableRelationship {
  record: Relationship;
  periods: readonly MergeablePeriod[];
}

/** Everything that a merge of `from` into `keep` depends on. Claims are those about any of the records that may go or unify. */
export interface MergeWorld {
  keep: Person;
  from: Person;
  /** The relationships of each, pointers left out. */
  ofKeep: readonly MergeableRelationship[];
  ofFrom: readonly MergeableRelationship[];
  claims: readonly Claim[];
  events: readonly Event[];
  articles: readonly Article[];
  /** Citations that speak for `from`. */
  citations: readonly Citation[];
  /** People who are marked as not being `from`. */
  setApart: readonly Person[];
  /** Whatever hangs on each relationship that nothing accepted tells, and that can't come along. */
  hanging: ReadonlyMap<string, readonly string[]>;
}

/** Relationships that a merge can't bring together: of the two with each other, or in opposite roles with the same person. */
export interface Clash {
  rule: 'EACH_OTHER' | 'PARENT_AND_CHILD';
  /** That of who stays first. */
  relationships: readonly MergeableRelationship[];
}

type Known = Omit<MergeWorld, 'hanging'>;

export function clashesOf({ keep, from, ofKeep, ofFrom }: Known): Clash[] {
  return ofFrom.flatMap((relationship): Clash[] => {
    const { record } = relationship;
    if (record.a === keep.id || record.b === keep.id) return [{ rule: 'EACH_OTHER', relationships: [relationship] }];
    const after = moved(record, from.id, keep.id);
    const same = ofKeep.find(({ record: other }) => pairOf(other) === pairOf(after));
    if (record.kind !== 'PARENT_CHILD' || same === undefined || same.record.a === after.a) return [];
    return [{ rule: 'PARENT_AND_CHILD', relationships: [same, relationship] }];
  });
}

/** Whether anything that is said of a relationship or of its periods is accepted. */
export function isTold({ record, periods }: MergeableRelationship, { claims }: Pick<Known, 'claims'>): boolean {
  const subjects = new Set([record.id, ...periods.map(({ id }) => id)]);
  return claims.some(({ subject, verdict }) => verdict === 'ACCEPTED' && subjects.has(subject));
}

/**
 * The relationships that stand in the way of a merge without anything accepted that tells them; where neither of two is told, that
 * of who is merged away.
 */
export function untoldInTheWay(world: Known): string[] {
  return clashesOf(world).flatMap(({ relationships }) => {
    const untold = relationships.filter((each) => !isTold(each, world));
    return untold.slice(-1).map(({ record }) => record.id);
  });
}

/** These relationships with all that hangs on them. */
export function hangingOn(relationships: readonly string[], { hanging }: MergeWorld): string[] {
  return [...new Set(relationships.flatMap((id) => [id, ...(hanging.get(id) ?? [])]))];
}

/** What is left when these records are gone. */
export function without(removed: readonly string[], world: MergeWorld): MergeWorld {
  const gone = new Set(removed);
  const stays = ({ id }: { id: string }) => !gone.has(id);
  const left = (some: readonly MergeableRelationship[]) => some.filter(({ record }) => stays(record));
  const { ofKeep, ofFrom, claims, citations } = world;
  return {
    ...world,
    ofKeep: left(ofKeep),
    ofFrom: left(ofFrom),
    claims: claims.filter(stays),
    citations: citations.filter(stays),
  };
}

export const pairOf = ({ kind, a, b }: Relationship) => pairKeyOf(kind, a, b);

/** A relationship as it is once one of its parties was merged. */
export function moved(relationship: Relationship, from: string, keep: string): Relationship {
  const swap = (id: string) => (id === from ? keep : id);
  const { kind } = relationship;
  return { ...relationship, ...inPartyOrder(kind, swap(relationship.a), swap(relationship.b)) };
}
