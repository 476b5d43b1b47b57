import { canonical } from './canonical.js';
import type { EditInput } from './change.js';
import { isHidden } from './gate.js';
import { placePeriods } from './merge-periods.js';
import {
  clashesOf,
  hangingOn,
  isTold,
  type MergeablePeriod,
  type MergeableRelationship,
  type MergeWorld,
  moved,
  pairOf,
  untoldInTheWay,
  without,
} from './merge-world.js';
import { type Alias, type Person, typeOfId } from './records.js';
import type { RecordType } from './words.js';

export interface Refusal {
  rule: 'SELF' | 'EACH_OTHER' | 'NOT_SAME_AS' | 'VISIBILITY' | 'PARENT_AND_CHILD';
  message: string;
  /** The record that stands in the way. */
  record: string;
}

/** What a merge does: records that move as they are, records that become pointers to a survivor, and why it may not be. */
export interface MergePlan {
  edits: EditInput[];
  moves: string[];
  unifies: { from: string; into: string }[];
  /** What can't come along and nothing accepted tells: it is removed, with all that hangs on it, until the merge is undone. */
  removes: string[];
  /** The names that whoever stays gets as aliases. */
  aliases: Alias[];
  /** In how many places each article names whoever is merged. */
  mentions: { article: string; places: number }[];
  refusals: Refusal[];
}

/**
 * Plans to merge one person into another (design.md, section 5): `from`, and relationships and periods that unify, become
 * pointers; the rest moves; dated beats undated; reunions stay. Pure. A plan with refusals has no edits.
 */
export function planMerge(world: MergeWorld): MergePlan {
  const refusals = refusalsOf(world);
  if (refusals.length > 0) return { ...NOTHING, refusals };
  const removes = hangingOn(untoldInTheWay(world), world);
  const plan = new Planning(without(removes, world));
  for (const relationship of plan.world.ofFrom) plan.relationship(relationship);
  plan.people();
  plan.mentions();
  const removals = removes.map((id): EditInput => ({ type: typeOfId(id) as RecordType, id, set: null }));
  const { moves, unifies, aliases, mentioned: mentions } = plan;
  return { edits: [...removals, ...plan.editOf.values()], moves, unifies, removes, aliases, mentions, refusals };
}

const NOTHING = { edits: [], moves: [], unifies: [], removes: [], aliases: [], mentions: [] };

const MESSAGE = {
  EACH_OTHER: 'The two have a relationship with each other',
  PARENT_AND_CHILD: 'One would be parent and child of the same person',
} as const;

function refusalsOf(world: MergeWorld): Refusal[] {
  const { keep, from, setApart } = world;
  const refusals: Refusal[] = [];
  const refuse = (rule: Refusal['rule'], message: string, record: string) => refusals.push({ rule, message, record });
  if (keep.id === from.id) return [{ rule: 'SELF', message: 'A person is not merged into itself', record: keep.id }];
  for (const { rule, relationships } of clashesOf(world)) {
    const [first] = relationships;
    if (first && relationships.every((each) => isTold(each, world))) refuse(rule, MESSAGE[rule], first.record.id);
  }
  const apart =
    keep.notSameAs.includes(from.id) || from.notSameAs.includes(keep.id) || setApart.some(({ id }) => id === keep.id);
  if (apart) refuse('NOT_SAME_AS', 'The two are marked as different people', from.id);
  const hidden = ({ visibility }: Person) => isHidden(visibility);
  if (hidden(keep) !== hidden(from)) {
    refuse(
      'VISIBILITY',
      'One of the two is hidden and the other is not: make them alike first',
      hidden(from) ? from.id : keep.id,
    );
  }
  return refusals;
}

class Planning {
  readonly editOf = new Map<string, EditInput>();
  readonly moves: string[] = [];
  readonly unifies: { from: string; into: string }[] = [];
  readonly mentioned: MergePlan['mentions'] = [];
  aliases: Alias[] = [];

  constructor(readonly world: MergeWorld) {}

  relationship({ record, periods }: MergeableRelationship): void {
    const { keep, from, ofKeep } = this.world;
    const after = moved(record, from.id, keep.id);
    const same = ofKeep.find(({ record: other }) => pairOf(other) === pairOf(after));
    if (same === undefined) {
      this.set('Relationship', record.id, { a: after.a, b: after.b });
      this.moves.push(record.id);
      return;
    }
    this.unify('Relationship', record.id, same.record.id);
    this.claimsTo(record.id, same.record.id);
    this.periods(same, periods);
  }

  private periods(into: MergeableRelationship, come: readonly MergeablePeriod[]): void {
    const relationship = into.record.id;
    const { moves, unifies, dissolves } = placePeriods(into.periods, come);
    for (const { id } of moves) {
      this.set('Period', id, { relationship });
      this.moves.push(id);
    }
    for (const { pointer, survivor } of unifies) {
      this.unify('Period', pointer.id, survivor.id);
      this.claimsTo(pointer.id, survivor.id);
      this.takeEvents(survivor, pointer);
    }
    for (const { pointer, survivor } of dissolves) {
      this.unify('Period', pointer.id, survivor.id);
      this.claimsTo(pointer.id, relationship);
    }
  }

  /** A survivor that no event starts or ends takes the pointer's. */
  private takeEvents({ record: survivor }: MergeablePeriod, { record: pointer }: MergeablePeriod): void {
    const set = {
      ...(survivor.startedBy === null && pointer.startedBy !== null && { startedBy: pointer.startedBy }),
      ...(survivor.endedBy === null && pointer.endedBy !== null && { endedBy: pointer.endedBy }),
    };
    if (Object.keys(set).length > 0) this.set('Period', survivor.id, set);
  }

  people(): void {
    const { keep, from, setApart } = this.world;
    this.aliases = aliasesFor(keep, from);
    this.gain(keep, {
      aliases: [...keep.aliases, ...this.aliases],
      externalIds: union(keep.externalIds, from.externalIds),
      notSameAs: union(keep.notSameAs, from.notSameAs),
      adult: keep.adult || from.adult,
      description: keep.description ?? from.description,
    });
    this.unify('Person', from.id, keep.id);
    this.claimsTo(from.id, keep.id);
    for (const person of setApart) {
      const others = person.notSameAs.map((id) => (id === from.id ? keep.id : id));
      this.set('Person', person.id, { notSameAs: [...new Set(others)] });
    }
  }

  mentions(): void {
    const { keep, from, events, articles, citations } = this.world;
    const swap = (id: string) => (id === from.id ? keep.id : id);
    for (const { id, participants } of events) {
      const seen = new Map(
        participants.map(({ person, role }) => [`${swap(person)} ${role}`, { person: swap(person), role }]),
      );
      this.set('Event', id, { participants: [...seen.values()] });
      this.moves.push(id);
    }
    for (const { id, mentions } of articles) {
      this.mentioned.push({ article: id, places: mentions.filter(({ person }) => person === from.id).length });
      this.set('Article', id, { mentions: mentions.map((mention) => ({ ...mention, person: swap(mention.person) })) });
    }
    for (const { id } of citations) this.set('Citation', id, { side: keep.id });
  }

  /** Whoever stays is edited only where they get anything. */
  private gain(keep: Person, gained: Partial<Person>): void {
    const isNew = ([field, value]: [string, unknown]) => canonical(value) !== canonical(keep[field as keyof Person]);
    const set = Object.fromEntries(Object.entries(gained).filter(isNew));
    if (Object.keys(set).length > 0) this.set('Person', keep.id, set);
  }

  private claimsTo(subject: string, next: string): void {
    for (const { id } of this.world.claims.filter((claim) => claim.subject === subject)) {
      this.set('Claim', id, { subject: next });
      this.moves.push(id);
    }
  }

  private unify(type: 'Person' | 'Relationship' | 'Period', from: string, into: string): void {
    this.set(type, from, { mergedInto: into });
    this.unifies.push({ from, into });
  }

  /** One edit for each record, however often it is come to: the preview counts them. */
  private set(type: EditInput['type'], id: string, set: EditInput['set']): void {
    const known = this.editOf.get(id);
    if (known) known.set = { ...known.set, ...set };
    else this.editOf.set(id, { type, id, set });
  }
}

const union = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])];

/** The other's aliases, and its name as one, unless the survivor has that name already. */
function aliasesFor(keep: Person, from: Person): Alias[] {
  const known = new Set([keep.name, ...keep.aliases.map(({ name }) => name)]);
  const fresh: Alias[] = [{ name: from.name, kind: 'SPELLING' }, ...from.aliases];
  return fresh.filter(({ name }) => !known.has(name) && known.add(name));
}
