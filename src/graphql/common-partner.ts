import { Args, ArgsType, Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import type { Standing as StandingNumber } from '../domain/evidence.js';
import { type CommonPartner, commonPartners, countCommonPartners } from '../questions/common-partners.js';
import { type Connection, connect, connectionType, type Edge, PageArgs, sortText } from './connection.js';
import { askedStanding, type Context } from './context.js';
import { Standing } from './enums.js';
import { findPerson, Person, type PersonSource } from './person.js';
import { Relationship, type RelationshipSource, seenRelationship } from './relationship.js';

@ArgsType()
export class CommonPartnerArgs extends PageArgs {
  @Field(() => ID, { description: 'The id or slug of the one.' })
  a!: string;

  @Field(() => ID, { description: 'The id or slug of the other.' })
  b!: string;

  @Field(() => Standing, {
    nullable: true,
    defaultValue: Standing.REPORTED,
    description: 'The least standing of a period; below RUMOURED is for REVIEWER and above.',
  })
  minStanding?: StandingNumber | null;
}

@ObjectType({ simpleResolvers: true, description: 'Somebody with whom both were.' })
export class CommonPartnerEdge {
  @Field(() => String, { description: 'Its place in the list, for `after`.' })
  cursor!: string;

  @Field(() => Person, { description: 'Who it is.' })
  node!: PersonSource;

  @Field(() => Relationship, { description: 'Their relationship with `a`.' })
  withA!: RelationshipSource;

  @Field(() => Relationship, { description: 'Their relationship with `b`.' })
  withB!: RelationshipSource;
}

export const CommonPartnerConnection = connectionType(
  'CommonPartner',
  () => Person,
  'the people with whom both were, by name (accents and case ignored), then id',
  CommonPartnerEdge,
);

type CommonPartnerRow = Edge<PersonSource> & Pick<CommonPartnerEdge, 'withA' | 'withB'>;

interface Found {
  sort: string;
  /** Null where something of it is gone since it was found. */
  row: Omit<CommonPartnerRow, 'cursor'> | null;
}

@Resolver()
export class CommonPartnerResolver {
  @Query(() => CommonPartnerConnection, {
    description:
      'With whom two people both were, at whatever time: relationships of kind ROMANTIC. Nobody where one of the two is unknown, or both ' +
      'are one. `overlaps` asks who was with both at the same time.',
  })
  commonPartners(
    @Ctx() context: Context,
    @Args(() => CommonPartnerArgs) args: CommonPartnerArgs,
  ): Connection<CommonPartnerRow> {
    const { graph, sight } = context;
    const { a, b } = args;
    const question = { a, b, minStanding: askedStanding(context, args.minStanding) };
    return connect<Found, { sort: string }, CommonPartnerRow>({
      sort: sortText('NAME'),
      args,
      read: async (page) => {
        const found = await commonPartners(graph, question, page, sight);
        return Promise.all(found.map((one) => foundIn(context, one, question.minStanding)));
      },
      cursorOf: ({ sort }) => ({ sort }),
      shape: ({ row }) => row,
      count: () => countCommonPartners(graph, question, sight),
    });
  }
}

async function foundIn(
  context: Context,
  { person, relationships, sort }: CommonPartner,
  minStanding: StandingNumber,
): Promise<Found> {
  const [node, ...both] = await Promise.all([
    findPerson(context, person),
    ...relationships.map(async (id) =>
      seenRelationship(context, await context.loaders.relationships.load(id), minStanding),
    ),
  ]);
  const [withA, withB] = both;
  return { sort, row: node && withA && withB ? { node, withA, withB } : null };
}
