import { type GraphQLResolveInfo, Kind as SyntaxKind } from 'graphql';
import { Arg, Ctx, Field, FieldResolver, ID, Info, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import type { Standing as StandingNumber, Stretch } from '../domain/evidence.js';
import { floorFor, seesRecord } from '../domain/gate.js';
import { type Certainty as CertaintyWord, held, type Status as StatusWord, statusOf } from '../domain/interval.js';
import { parseSpan } from '../domain/partial-date.js';
import type { Kind as KindWord } from '../domain/words.js';
import { roleOf } from '../store/edges.js';
import type { StoredRelationship } from '../store/relationship.js';
import { AS_OF, contextAsOf } from './as-of.js';
import { askedStanding, type Context, leastStanding } from './context.js';
import { Certainty, enumOf, Standing, Status } from './enums.js';
import { Node, type NodeSource } from './node.js';
import { DateFact, type StretchOfTime as StretchAnswer, StretchOfTime, stretchOf } from './partial-date.js';
import { EndFact, endFactOf, startFactOf } from './period-fact.js';
import { findPersonAsOf, Person, type PersonSource, partyFor } from './person.js';
import { DateTime, EDTF } from './scalars.js';

export const Kind = enumOf<KindWord>('Kind', 'What two people are to each other.', {
  ROMANTIC: 'A couple, by whatever name: dating, engaged, married.',
  PARENT_CHILD: 'Parent and child.',
  SIBLING: 'Siblings.',
  FRIEND: 'Friends.',
  COLLABORATION: 'They work together.',
  FEUD: 'They are at odds in public.',
});

export type PartyRoleWord = 'PARTNER' | 'PARENT' | 'CHILD' | 'SIBLING' | 'PARTY';

export const PartyRole = enumOf<PartyRoleWord>('PartyRole', 'What a party is in a relationship.', {
  PARTNER: 'One of a couple.',
  PARENT: 'The parent of the other.',
  CHILD: 'The child of the other.',
  SIBLING: 'A sibling of the other.',
  PARTY: 'One of two friends, colleagues or adversaries.',
});

@ObjectType({ simpleResolvers: true, description: 'One of the two people of a relationship.' })
export class Party {
  @Field(() => Person, { description: 'Who it is.' })
  person!: PersonSource;

  @Field(() => PartyRole, { description: 'What they are to the other.' })
  role!: PartyRoleWord;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'When two people were together: REPORTED periods and better, joined where one became the next; of a relationship that is less ' +
    'established than that, its best ones.',
})
export class Together {
  @Field(() => [StretchOfTime], { description: 'The times of being together, in time order.' })
  stretches!: StretchAnswer[];
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'Two people and what they are to each other: one for each pair and kind, the same from both sides. With a minor who is shown by name ' +
    'only, everything but kind, parties and standing is null or empty.',
})
export class Relationship extends Node {
  @Field(() => Kind, { description: 'What the two are to each other.' })
  kind!: KindWord;

  @Field(() => [Party], { description: 'The two people; the parent first, else in a stable order.' })
  parties!: Party[];

  @Field(() => Standing, { description: 'The standing of its best period.' })
  standing!: StandingNumber;

  @Field(() => Status, {
    nullable: true,
    description:
      'The status of its last stretch, whose end may be a parting; null for parents and siblings, and where no stretch is known.',
  })
  status!: StatusWord | null;

  @Field(() => Together, { nullable: true, description: 'When the two were together.' })
  together!: Together | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The number of the last change to the record, for `expectedRevision`.',
  })
  revision!: number | null;
}

/** What stands for a relationship. */
export interface RelationshipSource extends NodeSource {
  stored: StoredRelationship;
  nameOnly: boolean;
}

interface TogetherSource {
  stretches: StretchAnswer[];
  of: readonly Stretch[];
}

/**
 * The stretches that may be shown: REPORTED and better, or, of a relationship that is less, as well established as it is. Whoever shows
 * only with what is CONFIRMED shows only with those that are, but to those who decide.
 */
function seenStretches({ sight }: Context, { parties, shown }: StoredRelationship): Stretch[] {
  const least = Math.max(floorFor(sight, parties), Math.min(Standing.REPORTED, shown.standing));
  return shown.stretches.filter(({ standing }) => standing >= least);
}

const CAN_BE_OVER: readonly KindWord[] = ['ROMANTIC', 'FRIEND', 'COLLABORATION', 'FEUD'];

/** Everything of a relationship that may be shown to somebody who sees both parties; by name only, what tells no date. */
export function relationshipFor(context: Context, stored: StoredRelationship, nameOnly = false): RelationshipSource {
  const { id, kind, standing, revision, parties } = stored;
  const base = {
    ...{ __typename: 'Relationship', stored, nameOnly, id, kind, standing },
    parties: () => [
      { person: partyFor(context, parties[0]), role: roleOf(stored, 'a') },
      { person: partyFor(context, parties[1]), role: roleOf(stored, 'b') },
    ],
  };
  if (nameOnly) return base;
  const status = () => {
    const last = canBeOver(kind) && seenStretches(context, stored).at(-1);
    return last ? statusOf(daysOf(last), last.state, context.sight.today) : null;
  };
  const together = (): TogetherSource => {
    const of = seenStretches(context, stored);
    return { stretches: of.map(stretchOf), of };
  };
  return { ...base, ...{ revision, status, together } };
}

const daysOf = ({ fromMin, fromMax, toMin, toMax }: Stretch) => ({
  ...{ startMin: fromMin, startMax: fromMax },
  ...{ endMin: toMin, endMax: toMax },
});

/** What kinds of relationship can be over; the others have no status. */
export const canBeOver = (kind: KindWord): boolean => CAN_BE_OVER.includes(kind);

/** The relationship as the viewer sees it, or null: gone, hidden, or below the standing. */
export function seenRelationship(
  context: Context,
  stored: StoredRelationship | null,
  minStanding: StandingNumber,
): RelationshipSource | null {
  if (stored === null || stored.standing < minStanding) return null;
  return seesRecord(context.sight, stored.standing, stored.parties) ? relationshipFor(context, stored) : null;
}

/** The relationship with this id, for a look-up. */
export async function findRelationship(context: Context, id: string): Promise<RelationshipSource | null> {
  return seenRelationship(context, await context.loaders.relationships.load(id), leastStanding(context));
}

@Resolver(() => Relationship)
export class RelationshipResolver {
  @Query(() => Relationship, { nullable: true, description: 'A relationship by id; null where there is none.' })
  async relationship(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg('id', () => ID, { description: 'The id.' }) id: string,
    @Arg('asOf', () => DateTime, { nullable: true, description: AS_OF }) asOf?: string | null,
  ): Promise<RelationshipSource | null> {
    const then = await contextAsOf(context, info, asOf);
    if (then === null || !id.startsWith('rel_') || id.length > 100) return null;
    // Its periods don't wait for it: their statement needs the id only.
    const early = asksFor(info, 'periods') ? then.loaders.periodsOf.load(id) : null;
    const [found] = await Promise.all([findRelationship(then, id), early]);
    return found;
  }

  @Query(() => [Relationship], {
    description: 'What two people are or were to each other, by kind; empty where nothing is known.',
  })
  async between(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg('a', () => ID, { description: 'The id or slug of the one.' }) a: string,
    @Arg('b', () => ID, { description: 'The id or slug of the other.' }) b: string,
    @Arg('minStanding', () => Standing, {
      nullable: true,
      defaultValue: Standing.REPORTED,
      description: 'The least standing; below RUMOURED is for REVIEWER and above.',
    })
    minStanding?: StandingNumber | null,
    @Arg('asOf', () => DateTime, { nullable: true, description: AS_OF }) asOf?: string | null,
  ): Promise<RelationshipSource[]> {
    const least = askedStanding(context, minStanding);
    const then = await contextAsOf(context, info, asOf);
    if (then === null) return [];
    const [one, other] = await Promise.all([findPersonAsOf(context, then, a), findPersonAsOf(context, then, b)]);
    if (one === null || other === null || one.id === other.id) return [];
    const all = await then.loaders.between.load([one.id, other.id]);
    return all.flatMap((stored) => seenRelationship(then, stored, least) ?? []);
  }

  @FieldResolver(() => DateFact, {
    nullable: true,
    description: 'When the two came together: the start of the first period of their first stretch.',
  })
  async start(@Root() { stored, nameOnly }: RelationshipSource, @Ctx() context: Context) {
    if (nameOnly) return null;
    const first = seenStretches(context, stored)[0]?.periods[0];
    return startFactOf(await periodOf(context, stored, first));
  }

  @FieldResolver(() => EndFact, {
    nullable: true,
    description: 'How being together ended: the parting, else the end, of the last period of their last stretch.',
  })
  async end(@Root() { stored, nameOnly }: RelationshipSource, @Ctx() context: Context) {
    if (nameOnly) return null;
    const last = seenStretches(context, stored).at(-1)?.periods.at(-1);
    return endFactOf(await periodOf(context, stored, last));
  }
}

/** Whether a field stands in the selection itself; one in a fragment is only found later. */
function asksFor({ fieldNodes }: GraphQLResolveInfo, name: string): boolean {
  const selections = fieldNodes.flatMap(({ selectionSet }) => selectionSet?.selections ?? []);
  return selections.some((selection) => selection.kind === SyntaxKind.FIELD && selection.name.value === name);
}

async function periodOf({ loaders }: Context, { id }: StoredRelationship, wanted: string | undefined) {
  if (wanted === undefined) return undefined;
  return (await loaders.periodsOf.load(id)).find((period) => period.id === wanted);
}

@Resolver(() => Together)
export class TogetherResolver {
  @FieldResolver(() => Certainty, { nullable: true, description: 'Whether the two were together; null without `at`.' })
  held(
    @Root() { of }: TogetherSource,
    @Arg('at', () => EDTF, { nullable: true, description: 'At some time of this date or span.' })
    at?: string | null,
  ): CertaintyWord | null {
    if (at == null) return null;
    const { min, max } = parseSpan(at, 'at');
    const answers = of.map((stretch) => held(daysOf(stretch), min, max));
    return (['YES', 'POSSIBLE'] as const).find((answer) => answers.includes(answer)) ?? 'NO';
  }
}
