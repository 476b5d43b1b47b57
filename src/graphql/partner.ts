import { Args, ArgsType, Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { z } from 'zod';
import type { Standing as StandingNumber } from '../domain/evidence.js';
import type { Certainty as CertaintyWord } from '../domain/interval.js';
import { parseSpan } from '../domain/partial-date.js';
import { KINDS, type Kind as KindWord, type PeriodType as PeriodTypeWord } from '../domain/words.js';
import type { LinkCursor, LinkEdge, LinkFilter, LinkOrder } from '../store/link.js';
import {
  type Connection,
  connect,
  connectionType,
  type Edge,
  emptyConnection,
  PageArgs,
  type Sort,
} from './connection.js';
import { askedStanding, type Context } from './context.js';
import { AtLeast, type AtLeastWord, Certainty, enumOf, Standing } from './enums.js';
import { Period, type PeriodSource, PeriodType, periodFor } from './period.js';
import { namedOnly, Person, type PersonSource, personFor } from './person.js';
import { Kind, Relationship, type RelationshipSource, relationshipFor } from './relationship.js';
import { EDTF } from './scalars.js';

export const RelationshipOrder = enumOf<LinkOrder>(
  'RelationshipOrder',
  'By the start of the match; then by id. Unknown starts come last both ways.',
  {
    START_DESC: 'The latest start first: by the latest such match of each.',
    START_ASC: 'The earliest start first: by the earliest such match of each.',
  },
);

/** Which matches a list of relationships takes. */
@ArgsType()
export class MatchArgs extends PageArgs {
  @Field(() => EDTF, {
    nullable: true,
    description:
      'Only those that held at some time of this date or span. Without `types` it asks whether the two were together, with `types` whether ' +
      'a period of these types held: a marriage outlasts a parting.',
  })
  at?: string | null;

  @Field(() => [PeriodType], { nullable: true, description: 'Only periods of these types.' })
  types?: PeriodTypeWord[] | null;

  @Field(() => AtLeast, {
    nullable: true,
    defaultValue: 'POSSIBLE',
    description: 'How certain a match of `at` must be.',
  })
  certainty?: AtLeastWord | null;

  @Field(() => Standing, {
    nullable: true,
    defaultValue: Standing.REPORTED,
    description: 'The least standing of a period; below RUMOURED is for REVIEWER and above.',
  })
  minStanding?: StandingNumber | null;

  @Field(() => RelationshipOrder, { nullable: true, defaultValue: 'START_DESC', description: 'The order of the list.' })
  orderBy?: LinkOrder | null;
}

@ArgsType()
export class RelationshipArgs extends MatchArgs {
  @Field(() => [Kind], { nullable: true, description: 'Only of these kinds; all where none is given.' })
  kinds?: KindWord[] | null;
}

@ObjectType({ simpleResolvers: true, description: 'A relationship, seen from one of the two.' })
export class PartnerEdge {
  @Field(() => String, { description: 'Its place in the list, for `after`.' })
  cursor!: string;

  @Field(() => Person, { description: 'The other of the two.' })
  node!: PersonSource;

  @Field(() => Relationship, { description: 'The relationship of the two.' })
  relationship!: RelationshipSource;

  @Field(() => [Period], {
    description: 'The periods that match, in time order; none of a minor who is shown by name only.',
  })
  periods!: PeriodSource[];

  @Field(() => Certainty, {
    nullable: true,
    description: 'Whether a match held then, YES if any is certain; null without `at`.',
  })
  certainty!: CertaintyWord | null;
}

export const PartnerConnection = connectionType(
  'Partner',
  () => Person,
  'the people somebody is or was in a relationship with, one entry a relationship, by start',
  PartnerEdge,
);

export interface PartnerSource extends Edge<PersonSource> {
  relationship: RelationshipSource;
  periods: () => PeriodSource[];
  certainty: CertaintyWord | null;
}

/** The order of the lists of relationships; of the one order a cursor is refused in the other. */
export const sortOfLinks = (order: LinkOrder): Sort<LinkCursor> => ({
  name: order,
  cursor: z.strictObject({ start: z.int(), id: z.string().min(1) }),
});

/** The matches asked for, in one canonical form. Throws INVALID_INPUT for `at`, FORBIDDEN for `minStanding`. */
export function linkFilterOf(context: Context, args: Omit<RelationshipArgs, keyof PageArgs>): LinkFilter {
  return {
    kinds: KINDS.filter((kind) => args.kinds == null || args.kinds.includes(kind)),
    types: args.types == null ? null : [...new Set(args.types)].sort(),
    at: args.at == null ? null : parseSpan(args.at, 'at'),
    certainty: args.certainty ?? 'POSSIBLE',
    minStanding: askedStanding(context, args.minStanding),
  };
}

function partnersOf(person: PersonSource, context: Context, args: RelationshipArgs): Connection<PartnerSource> {
  const filter = linkFilterOf(context, args);
  const orderBy = args.orderBy ?? 'START_DESC';
  const { loaders } = context;
  const list = connect<LinkEdge, LinkCursor, PartnerSource>({
    sort: sortOfLinks(orderBy),
    args,
    read: ({ first, after }) => loaders.links({ ...filter, orderBy, first, after }).load(person.id),
    cursorOf: ({ cursor }) => cursor,
    shape: (edge) => partnerOf(context, edge),
    count: () => loaders.linkCounts(filter).load(person.id),
  });
  return person.nameOnly ? emptyConnection() : list;
}

function partnerOf(context: Context, { other, relationship, periods, certainty, nameOnly }: LinkEdge) {
  return {
    node: nameOnly ? namedOnly(other) : personFor(context, other),
    relationship: relationshipFor(context, relationship, nameOnly),
    periods: () => periods.map((period) => periodFor(context, period, relationship)),
    certainty,
  };
}

@Resolver(() => Person)
export class PartnerResolver {
  @FieldResolver(() => PartnerConnection, {
    description: 'Whom the person is or was with: relationships of kind ROMANTIC.',
  })
  partners(
    @Root() person: PersonSource,
    @Ctx() context: Context,
    @Args(() => MatchArgs) args: MatchArgs,
  ): Connection<PartnerSource> {
    return partnersOf(person, context, { ...args, kinds: ['ROMANTIC'] });
  }

  @FieldResolver(() => PartnerConnection, { description: 'All relationships of the person, of every kind or of some.' })
  relationships(
    @Root() person: PersonSource,
    @Ctx() context: Context,
    @Args(() => RelationshipArgs) args: RelationshipArgs,
  ): Connection<PartnerSource> {
    return partnersOf(person, context, args);
  }
}
