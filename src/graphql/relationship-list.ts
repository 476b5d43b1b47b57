import { Arg, Args, Ctx, Field, ID, InputType, ObjectType, Query, Resolver } from 'type-graphql';
import type { Standing as StandingNumber } from '../domain/evidence.js';
import { seesRecord } from '../domain/gate.js';
import type { Certainty as CertaintyWord } from '../domain/interval.js';
import type { Kind as KindWord, PeriodType as PeriodTypeWord } from '../domain/records.js';
import { invalid } from '../errors.js';
import type { LinkCursor, LinkOrder } from '../store/link.js';
import { countRelationships, type RelationshipEdge as Row, relationshipsPage } from '../store/relationship-list.js';
import { type Connection, connect, connectionType, type Edge, PageArgs } from './connection.js';
import type { Context } from './context.js';
import { AtLeast, type AtLeastWord, Certainty, Standing } from './enums.js';
import { linkFilterOf, RelationshipOrder, sortOfLinks } from './partner.js';
import { Period, type PeriodSource, PeriodType, periodFor } from './period.js';
import { findPerson } from './person.js';
import { Kind, Relationship, type RelationshipSource, relationshipFor } from './relationship.js';
import { EDTF } from './scalars.js';

const MOST_PEOPLE = 100;

@InputType({ description: 'Which relationships to list; what is left out filters nothing.' })
export class RelationshipFilter {
  @Field(() => [Kind], { nullable: true, description: 'Only of these kinds.' })
  kinds?: KindWord[] | null;

  @Field(() => [PeriodType], { nullable: true, description: 'Only with periods of these types.' })
  types?: PeriodTypeWord[] | null;

  @Field(() => EDTF, {
    nullable: true,
    description: 'Only those that held at some time of this date or span, as in `partners`.',
  })
  at?: string | null;

  @Field(() => AtLeast, {
    nullable: true,
    defaultValue: 'POSSIBLE',
    description: 'How certain a match of `at` must be.',
  })
  certainty?: AtLeastWord | null;

  @Field(() => Standing, {
    nullable: true,
    defaultValue: Standing.REPORTED,
    description: 'The least standing of a period; below RUMOURED is FORBIDDEN below REVIEWER.',
  })
  minStanding?: StandingNumber | null;

  @Field(() => [ID], { nullable: true, description: 'Only those of these people, by id or slug; 100 at most.' })
  people?: string[] | null;
}

@ObjectType({ simpleResolvers: true, description: 'A relationship that matches.' })
export class RelationshipEdge {
  @Field(() => String, { description: 'Its place in the list, for `after`.' })
  cursor!: string;

  @Field(() => Relationship, { description: 'The relationship.' })
  node!: RelationshipSource;

  @Field(() => [Period], { description: 'The periods that match, in time order.' })
  periods!: PeriodSource[];

  @Field(() => Certainty, {
    nullable: true,
    description: 'Whether a match held then, YES if any is certain; null without `at`.',
  })
  certainty!: CertaintyWord | null;
}

export const RelationshipConnection = connectionType(
  'Relationship',
  () => Relationship,
  'relationships, by start',
  RelationshipEdge,
);

interface RelationshipRow extends Edge<RelationshipSource> {
  periods: () => PeriodSource[];
  certainty: CertaintyWord | null;
}

@Resolver(() => Relationship)
export class RelationshipListResolver {
  @Query(() => RelationshipConnection, {
    description: 'All relationships, or those that match: who was together in June 2014.',
  })
  async relationships(
    @Ctx() context: Context,
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => RelationshipFilter, { nullable: true, description: 'Which ones.' })
    filter?: RelationshipFilter | null,
    @Arg('orderBy', () => RelationshipOrder, {
      nullable: true,
      defaultValue: 'START_DESC',
      description: 'The order of the list.',
    })
    orderBy?: LinkOrder | null,
  ): Promise<Connection<RelationshipRow>> {
    const { graph, sight } = context;
    const order = orderBy ?? 'START_DESC';
    const matching = { ...linkFilterOf(context, filter ?? {}), people: await peopleOf(context, filter?.people) };
    return connect<Row, LinkCursor, RelationshipRow>({
      sort: sortOfLinks(order),
      args,
      read: ({ first, after }) => relationshipsPage(graph, { ...matching, orderBy: order, first, after }, sight),
      cursorOf: ({ cursor }) => cursor,
      shape: (row) => rowOf(context, row),
      count: () => countRelationships(graph, matching, sight),
    });
  }
}

function rowOf(context: Context, { relationship, periods, certainty }: Row) {
  context.loaders.prime.links([{ relationship, periods }]);
  if (!seesRecord(context.sight, relationship.standing, relationship.parties)) return null;
  return {
    node: relationshipFor(context, relationship),
    periods: () => periods.map((period) => periodFor(context, period, relationship)),
    certainty,
  };
}

/** The ids of those whom the viewer sees; whoever is hidden filters like somebody unknown. */
async function peopleOf(context: Context, refs: readonly string[] | null | undefined): Promise<string[] | null> {
  if (refs == null) return null;
  if (refs.length > MOST_PEOPLE)
    throw invalid('filter.people', 'TOO_MANY', `A filter takes at most ${MOST_PEOPLE} people.`);
  const found = await Promise.all(refs.map((ref) => findPerson(context, ref)));
  return [...new Set(found.flatMap((person) => person?.id ?? []))].sort();
}
