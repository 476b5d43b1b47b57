import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { Standing as StandingNumber } from '../domain/evidence.js';
import { type DateParts, partsOfDate } from '../domain/partial-date.js';
import type { EventKind as EventKindWord, RoleInEvent as RoleWord } from '../domain/words.js';
import { type EventOrder as EventOrderWord, eventSeenBy, type StoredEvent } from '../store/event.js';
import type { Page, SortCursor } from '../store/page.js';
import {
  type Connection,
  connect,
  connectionType,
  type Edge,
  emptyConnection,
  PageArgs,
  sortText,
} from './connection.js';
import { askedStanding, type Context, leastStanding } from './context.js';
import { enumOf, Standing } from './enums.js';
import { Node, type NodeSource } from './node.js';
import { PartialDate } from './partial-date.js';
import { Person, type PersonSource, personFor } from './person.js';
import { Relationship, type RelationshipSource, seenRelationship } from './relationship.js';

export const EventKind = enumOf<EventKindWord>('EventKind', 'What happened.', {
  MET: 'They met.',
  ENGAGEMENT: 'They got engaged.',
  WEDDING: 'They married.',
  BIRTH: 'A child was born.',
  SPLIT: 'They split.',
  DIVORCE_FILED: 'A divorce was filed for.',
  DIVORCE_FINAL: 'A divorce became final.',
  RECONCILIATION: 'They came back to each other.',
  APPEARANCE: 'They appeared in public.',
  INTERVIEW: 'An interview was given.',
  DEATH: 'Somebody died.',
  OTHER: 'Anything else.',
});

export const RoleInEvent = enumOf<RoleWord>('RoleInEvent', 'As what somebody took part.', {
  PARTY: 'One of those whom it is about: a bride, a groom, one of a couple.',
  CHILD: 'The child that was born.',
  PARENT: 'A parent of that child.',
  GUEST: 'Somebody who was there.',
  SUBJECT: 'Whom an interview or a death is about.',
  INTERVIEWER: 'Who asked.',
  OTHER: 'Anything else.',
});

export const EventOrder = enumOf<EventOrderWord>(
  'EventOrder',
  'By date, then id; events without a date come last both ways.',
  {
    DATE_ASC: 'The earliest first.',
    DATE_DESC: 'The latest first.',
  },
);

@ObjectType({ simpleResolvers: true, description: 'Somebody who took part in an event.' })
export class Participant {
  @Field(() => Person, { description: 'Who it is.' })
  person!: PersonSource;

  @Field(() => RoleInEvent, { description: 'As what.' })
  role!: RoleWord;
}

@ArgsType()
export class EventArgs extends PageArgs {
  @Field(() => Standing, {
    nullable: true,
    defaultValue: Standing.REPORTED,
    description: 'The least standing; below RUMOURED is for REVIEWER and above.',
  })
  minStanding?: StandingNumber | null;

  @Field(() => EventOrder, { nullable: true, defaultValue: 'DATE_ASC', description: 'The order of the list.' })
  orderBy?: EventOrderWord | null;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'Something that happened, with those who took part.',
})
export class Event extends Node {
  @Field(() => EventKind, { description: 'What happened.' })
  kind!: EventKindWord;

  @Field(() => PartialDate, { nullable: true, description: 'When; null where nobody says it well enough to count.' })
  date!: DateParts | null;

  @Field(() => String, { nullable: true, description: 'Where, where somebody says it.' })
  place!: string | null;

  @Field(() => [Participant], { description: 'Those who took part, as far as this viewer sees them.' })
  participants!: Participant[];

  @Field(() => Standing, {
    description:
      'How well it is established that it happened. What a participant says who is neither PARTY nor CHILD counts only while they are PUBLIC: it would tell those who see the event, and not them.',
  })
  standing!: StandingNumber;

  @Field(() => Boolean, { description: 'Whether accepted claims deny it or exclude each other over its date.' })
  contested!: boolean;

  @Field(() => Int, { description: 'The number of the last change to the record, for `expectedRevision`.' })
  revision!: number;
}

/** What stands for an event; `stored` holds only the participants whom the viewer sees. */
export interface EventSource extends NodeSource {
  stored: StoredEvent;
}

/** An event whose hidden participants have been left out (`eventSeenBy`, or a list). */
export function eventFor(context: Context, stored: StoredEvent): EventSource {
  const { id, kind, standing, revision, people, participants, shown } = stored;
  context.loaders.prime.people(people);
  const byId = new Map(people.map((person) => [person.id, person]));
  const source = {
    ...{ __typename: 'Event', stored, id, kind, standing, revision },
    date: () => (shown.date.date === null ? null : partsOfDate(shown.date.date)),
    place: shown.place?.text ?? null,
    contested: shown.contested || shown.date.contested,
    participants: () =>
      participants.flatMap(({ person, role }) => {
        const found = byId.get(person);
        return found === undefined ? [] : [{ person: personFor(context, found), role }];
      }),
  };
  return source;
}

/** The event with this id, for a look-up. */
export async function findEvent(context: Context, id: string): Promise<EventSource | null> {
  const stored = await context.loaders.events.load(id);
  const seen = stored && eventSeenBy(context.sight, stored, leastStanding(context));
  return seen && eventFor(context, seen);
}

export const EventConnection = connectionType('Event', () => Event, 'events, by date, then id');

export type Events = Connection<Edge<EventSource>>;

/** A list of events, read and counted as told. Throws INVALID_INPUT, FORBIDDEN. */
export function eventsOf(
  context: Context,
  args: EventArgs,
  read: (args: Page<SortCursor> & { minStanding: StandingNumber; orderBy: EventOrderWord }) => Promise<StoredEvent[]>,
  count: (minStanding: StandingNumber) => Promise<number>,
): Events {
  const minStanding = askedStanding(context, args.minStanding);
  const orderBy = args.orderBy ?? 'DATE_ASC';
  return connect({
    sort: sortText(orderBy),
    args,
    read: ({ first, after }) => read({ minStanding, orderBy, first, after }),
    cursorOf: ({ cursor }) => cursor,
    shape: (stored) => ({ node: eventFor(context, stored) }),
    count: () => count(minStanding),
  });
}

@Resolver(() => Event)
export class EventResolver {
  @Query(() => Event, { nullable: true, description: 'An event by id; null where there is none.' })
  async event(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'The id.' }) id: string,
  ): Promise<EventSource | null> {
    return id.startsWith('evt_') && id.length <= 100 ? findEvent(context, id) : null;
  }

  @FieldResolver(() => Relationship, {
    nullable: true,
    description: 'The romantic relationship of the two whom it is about; null where it is about others than two.',
  })
  async relationship(@Root() { stored }: EventSource, @Ctx() context: Context): Promise<RelationshipSource | null> {
    const parties = stored.participants.filter(({ role }) => role === 'PARTY').map(({ person }) => person);
    const [a, b] = parties;
    if (a === undefined || b === undefined || parties.length > 2 || a === b) return null;
    const all = await context.loaders.between.load([a, b]);
    return seenRelationship(context, all.find(({ kind }) => kind === 'ROMANTIC') ?? null, Standing.REPORTED);
  }
}

@Resolver(() => Person)
export class EventsOfPersonResolver {
  @FieldResolver(() => EventConnection, { description: 'The events in which the person took part.' })
  events(@Root() person: PersonSource, @Ctx() context: Context, @Args(() => EventArgs) args: EventArgs): Events {
    const { loaders } = context;
    const list = eventsOf(
      context,
      args,
      (page) => loaders.eventsOfPeople(page).load(person.id),
      (least) => loaders.eventCountsOfPeople(least).load(person.id),
    );
    return person.nameOnly ? emptyConnection() : list;
  }
}

@Resolver(() => Relationship)
export class EventsOfRelationshipResolver {
  @FieldResolver(() => EventConnection, { description: 'The events in which both of the two took part.' })
  events(
    @Root() relationship: RelationshipSource,
    @Ctx() context: Context,
    @Args(() => EventArgs) args: EventArgs,
  ): Events {
    const { loaders } = context;
    const list = eventsOf(
      context,
      args,
      (page) => loaders.eventsOfPairs(page).load(relationship.id),
      (least) => loaders.eventCountsOfPairs(least).load(relationship.id),
    );
    return relationship.nameOnly ? emptyConnection() : list;
  }
}
