import { Arg, Args, Ctx, Field, ID, InputType, ObjectType, Query, Resolver } from 'type-graphql';
import { seesRecord } from '../domain/gate.js';
import type { Certainty as CertaintyWord } from '../domain/interval.js';
import { under } from '../errors.js';
import type { LinkCursor, LinkOrder } from '../store/link.js';
import { countRelationships, type RelationshipEdge as Row, relationshipsPage } from '../store/relationship-list.js';
import { type Connection, connect, connectionType, type Edge, PageArgs } from './connection.js';
import type { Context } from './context.js';
import { Certainty } from './enums.js';
import { LinksFilter } from './links-filter.js';
import { linkFilterOf, RelationshipOrder, sortOfLinks } from './partner.js';
import { Period, type PeriodSource, periodFor } from './period.js';
import { seenIds } from './person.js';
import { Relationship, type RelationshipSource, relationshipFor } from './relationship.js';

@InputType({ description: 'Which relationships to list; what is left out filters nothing.' })
export class RelationshipFilter extends LinksFilter {
  @Field(() => [ID], { nullable: true, description: 'Only those of these people, by id or slug; 100 at most.' })
  people?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether accounts differ: a matching period is denied by a side, or its start, parting or end is contested. With false, of none.',
  })
  contested?: boolean | null;
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
    const matching = {
      ...under('filter', () => linkFilterOf(context, filter ?? {})),
      people: await seenIds(context, filter?.people, 'filter.people'),
      contested: filter?.contested ?? null,
    };
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
