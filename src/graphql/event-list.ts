import { Arg, Args, Ctx, Field, ID, InputType, Query, Resolver } from 'type-graphql';
import type { EventKind as EventKindWord } from '../domain/words.js';
import { countEvents, eventsPage, type EventFilter as StoredFilter } from '../store/event-list.js';
import type { Context } from './context.js';
import { AtLeast, type AtLeastWord } from './enums.js';
import { EventArgs, EventConnection, EventKind, type Events, eventsOf } from './event.js';
import { seenIds } from './person.js';
import { EDTF } from './scalars.js';
import { spanOf } from './span.js';

@InputType({ description: 'Which events to list; what is left out filters nothing.' })
export class EventFilter {
  @Field(() => [EventKind], { nullable: true, description: 'Only of these kinds.' })
  kinds?: EventKindWord[] | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'Only those in which one of these people took part, by id or slug; 100 at most, else INVALID_INPUT, rule TOO_MANY.',
  })
  people?: string[] | null;

  @Field(() => EDTF, {
    nullable: true,
    description: 'Only what happened, or may have, from the first day of this date on. Nothing without a date matches.',
  })
  from?: string | null;

  @Field(() => EDTF, {
    nullable: true,
    description:
      'Only what happened, or may have, up to the last day of this date. Before `from` it is INVALID_INPUT, rule DATE_ORDER.',
  })
  to?: string | null;

  @Field(() => AtLeast, {
    nullable: true,
    defaultValue: 'POSSIBLE',
    description: 'How certain a match of `from` and `to` must be.',
  })
  certainty?: AtLeastWord | null;
}

@Resolver()
export class EventListResolver {
  @Query(() => EventConnection, { description: 'All events, or those that match, by date.' })
  async events(
    @Ctx() context: Context,
    @Args(() => EventArgs) args: EventArgs,
    @Arg('filter', () => EventFilter, { nullable: true, description: 'Which events.' }) filter?: EventFilter | null,
  ): Promise<Events> {
    const { graph, sight } = context;
    const matching = await filterOf(context, filter ?? {});
    return eventsOf(
      context,
      args,
      (page) => eventsPage(graph, page, sight, matching),
      (least) => countEvents(graph, least, sight, matching),
    );
  }
}

async function filterOf(context: Context, { kinds, people, from, to, certainty }: EventFilter): Promise<StoredFilter> {
  return {
    kinds: kinds ?? null,
    people: await seenIds(context, people, 'filter.people'),
    days: spanOf({ from, to }, { from: 'filter.from', to: 'filter.to' }),
    certainty: certainty ?? 'POSSIBLE',
  };
}
