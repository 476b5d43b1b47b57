import { Args, ArgsType, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { Standing as StandingNumber } from '../domain/evidence.js';
import type { StartAndEnd as StoredSpan } from '../domain/interval.js';
import type { Kind as KindWord, PeriodType as PeriodTypeWord } from '../domain/words.js';
import { invalid, under } from '../errors.js';
import { type NetworkLink as FoundLink, MOST_DEPTH, MOST_NETWORK_PEOPLE, network } from '../questions/network.js';
import type { LinkFilter } from '../store/link.js';
import type { Context } from './context.js';
import { Standing } from './enums.js';
import { dayOrNull } from './partial-date.js';
import { linkFilterOf } from './partner.js';
import { PeriodType } from './period.js';
import { findPerson, Person, type PersonSource } from './person.js';
import { Kind } from './relationship.js';
import { RelationshipFilter } from './relationship-list.js';

const DEFAULT_PEOPLE = 200;

@ObjectType({ simpleResolvers: true, description: 'Somebody in a network.' })
export class NetworkPerson {
  @Field(() => Person, { description: 'Who it is.' })
  person!: PersonSource;

  @Field(() => Int, { description: 'How many of their relationships match, with whomever.' })
  degree!: number;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'Between which days something began and ended, inclusive, as days since 1970-01-01; null where unbounded. Bounds may cross.',
})
export class StartAndEnd {
  @Field(() => Int, { nullable: true, description: 'Earliest start.' })
  startMin!: number | null;

  @Field(() => Int, { nullable: true, description: 'Latest start.' })
  startMax!: number | null;

  @Field(() => Int, { nullable: true, description: 'Earliest end.' })
  endMin!: number | null;

  @Field(() => Int, { nullable: true, description: 'Latest end.' })
  endMax!: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'A period that links two people of a network.' })
export class NetworkLink {
  @Field(() => ID, { description: 'The id of its first party; of parent and child the parent.' })
  a!: string;

  @Field(() => ID, { description: 'The id of its second party.' })
  b!: string;

  @Field(() => ID, { description: 'The id of the relationship.' })
  relationshipId!: string;

  @Field(() => ID, { description: 'The id of the period.' })
  periodId!: string;

  @Field(() => Kind, { description: 'What the two are to each other.' })
  kind!: KindWord;

  @Field(() => PeriodType, { description: 'What the period is.' })
  type!: PeriodTypeWord;

  @Field(() => Standing, { description: 'How well the period is established.' })
  standing!: StandingNumber;

  @Field(() => StartAndEnd, { description: 'The bounds of the period; a marriage lasts until it ends in law.' })
  bounds!: StartAndEnd;

  @Field(() => StartAndEnd, { description: 'The bounds of the time of being together that the period belongs to.' })
  together!: StartAndEnd;
}

@ObjectType({
  simpleResolvers: true,
  description: 'The people around some people, and how they are linked to each other.',
})
export class Network {
  @Field(() => [NetworkPerson], {
    description: 'Those it is around, in the order asked for, then hop by hop whoever is linked strongest.',
  })
  people!: NetworkPerson[];

  @Field(() => [NetworkLink], {
    description: 'All links between these people: the best established first, then the latest start, then by id.',
  })
  links!: NetworkLink[];

  @Field(() => Boolean, { description: 'Whether people or links were left out.' })
  truncated!: boolean;

  @Field(() => Int, {
    description: 'How many people were found within reach; there may be more around those who were left out.',
  })
  totalPeople!: number;
}

@ArgsType()
export class NetworkArgs {
  @Field(() => [ID], {
    description: 'The ids or slugs of 1 to 100 people, else INVALID_INPUT, rule LIMIT; whoever is unknown is left out.',
  })
  around!: string[];

  @Field(() => Int, {
    nullable: true,
    defaultValue: 1,
    description: `How many links away at most, 1 to ${MOST_DEPTH}. Otherwise INVALID_INPUT, rule LIMIT.`,
  })
  depth?: number | null;

  @Field(() => RelationshipFilter, {
    nullable: true,
    description: 'Which links count. It takes neither `people` nor `contested`: INVALID_INPUT, rule FILTER.',
  })
  filter?: RelationshipFilter | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: DEFAULT_PEOPLE,
    description: `How many people at most, 1 to ${MOST_NETWORK_PEOPLE}. Otherwise INVALID_INPUT, rule LIMIT.`,
  })
  maxPeople?: number | null;
}

@Resolver()
export class NetworkResolver {
  @Query(() => Network, {
    description:
      'Everybody within one to three links of some people, with every link between them: enough to draw, and to filter by time without ' +
      'another request. Where not all can be shown, those of the best established and then the latest links are.',
  })
  async network(@Ctx() context: Context, @Args(() => NetworkArgs) args: NetworkArgs): Promise<Network> {
    const { around, depth, maxPeople } = args;
    const question = {
      around,
      depth: depth ?? 1,
      filter: filterOf(context, args.filter ?? {}),
      maxPeople: maxPeople ?? DEFAULT_PEOPLE,
    };
    const { people, links, ...rest } = await network(context.graph, question, context.sight);
    const seen = await Promise.all(
      people.map(async ({ id, degree }) => ({ person: await findPerson(context, id), degree })),
    );
    const still = seen.flatMap(({ person, degree }) => (person === null ? [] : [{ person, degree }]));
    const ids = new Set(still.map(({ person }) => person.id));
    return { ...rest, people: still, links: links.filter(({ a, b }) => ids.has(a) && ids.has(b)).map(linkFor) };
  }
}

function filterOf(context: Context, filter: RelationshipFilter): LinkFilter {
  for (const field of ['people', 'contested'] as const) {
    if (filter[field] != null)
      throw invalid(`filter.${field}`, 'FILTER', `A network can’t be filtered by \`${field}\`.`);
  }
  return under('filter', () => linkFilterOf(context, filter));
}

function linkFor({ bounds, together, ...link }: FoundLink): NetworkLink {
  return { ...link, bounds: spanOf(bounds), together: spanOf(together) };
}

function spanOf({ startMin, startMax, endMin, endMax }: StoredSpan): StartAndEnd {
  return {
    startMin: dayOrNull(startMin),
    startMax: dayOrNull(startMax),
    endMin: dayOrNull(endMin),
    endMax: dayOrNull(endMax),
  };
}
