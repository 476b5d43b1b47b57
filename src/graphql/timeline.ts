import { Args, ArgsType, Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { z } from 'zod';
import { UNBOUNDED } from '../domain/day.js';
import type { Interval, Standing as StandingNumber } from '../domain/evidence.js';
import { parseSpan } from '../domain/partial-date.js';
import { invalid } from '../errors.js';
import type { Silence as FoundSilence, TimelineCursor, TimelineRow } from '../questions/timeline.js';
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
import { Standing } from './enums.js';
import { eventFor } from './event.js';
import { Node, type NodeSource } from './node.js';
import { periodFor } from './period.js';
import { Person, type PersonSource, personFor } from './person.js';
import { EDTF } from './scalars.js';

@ArgsType()
export class TimelineArgs extends PageArgs {
  @Field(() => EDTF, {
    nullable: true,
    description: 'Only what held or happened, or may have, from this date on: from its first day.',
  })
  from?: string | null;

  @Field(() => EDTF, {
    nullable: true,
    description:
      'Only what held or happened, or may have, up to the last day of this date. Before `from` it is INVALID_INPUT, rule DATE_ORDER.',
  })
  to?: string | null;

  @Field(() => Standing, {
    nullable: true,
    defaultValue: Standing.REPORTED,
    description: 'The least standing; below RUMOURED is for REVIEWER and above.',
  })
  minStanding?: StandingNumber | null;
}

@ObjectType({ simpleResolvers: true, description: 'Whole calendar years of which nothing is told.' })
export class Silence {
  @Field(() => Int, { description: 'The first of the years.' })
  from!: number;

  @Field(() => Int, { description: 'The last of the years.' })
  to!: number;

  @Field(() => Int, { description: 'How many there are.' })
  years!: number;
}

@ObjectType({ simpleResolvers: true, description: 'One entry of a timeline.' })
export class TimelineEdge {
  @Field(() => String, { description: 'Its place in the list, for `after`.' })
  cursor!: string;

  @Field(() => Node, { description: 'A Period or an Event.' })
  node!: NodeSource;

  @Field(() => Person, { nullable: true, description: 'The other of the two of a period; null for an event.' })
  other!: PersonSource | null;

  @Field(() => Silence, {
    nullable: true,
    description:
      'The years before this entry of which nothing earlier in the list tells: none that a told end can reach, none in which a source says ' +
      'that something held. Null where there are none, and for what nobody tells a start of.',
  })
  silence!: Silence | null;
}

export const TimelineConnection = connectionType(
  'Timeline',
  () => Node,
  'periods and events, by the first day on which each can have begun (where that is open, or only an end is dated, the last such day), then ' +
    'the shorter range, then id; what nothing dates comes last',
  TimelineEdge,
);

interface TimelineSource extends Edge<NodeSource> {
  other: (() => PersonSource) | null;
  silence: Silence | null;
}

const SORT: Sort<TimelineCursor> = {
  name: 'TIMELINE',
  cursor: z.strictObject({ day: z.int(), late: z.int(), id: z.string().min(1), told: z.int() }),
};

/** Throws INVALID_INPUT. */
function daysOf({ from, to }: TimelineArgs): Interval {
  const days = {
    min: from == null ? -UNBOUNDED : parseSpan(from, 'from').min,
    max: to == null ? UNBOUNDED : parseSpan(to, 'to').max,
  };
  if (days.min > days.max) throw invalid('to', 'DATE_ORDER', '`to` lies before `from`.');
  return days;
}

function entryFor(context: Context, { entry, silence }: TimelineRow): Omit<TimelineSource, 'cursor'> {
  const years = silence && silenceOf(silence);
  if (entry.event !== null) return { node: eventFor(context, entry.event), other: null, silence: years };
  const { period, relationship, other } = entry;
  context.loaders.prime.links([{ relationship, periods: [period] }]);
  return { node: periodFor(context, period, relationship), other: () => personFor(context, other), silence: years };
}

const silenceOf = ({ from, to }: FoundSilence): Silence => ({ from, to, years: to - from + 1 });

@Resolver(() => Person)
export class TimelineResolver {
  @FieldResolver(() => TimelineConnection, {
    description:
      'The periods of all relationships of the person and the events in which they took part, in one order. A period stands where it began.',
  })
  timeline(
    @Root() person: PersonSource,
    @Ctx() context: Context,
    @Args(() => TimelineArgs) args: TimelineArgs,
  ): Connection<TimelineSource> {
    const filter = { at: daysOf(args), minStanding: askedStanding(context, args.minStanding) };
    const { loaders } = context;
    const list = connect<TimelineRow, TimelineCursor, TimelineSource>({
      sort: SORT,
      args,
      read: (page) => loaders.timelines({ ...filter, ...page }).load(person.id),
      cursorOf: ({ cursor }) => cursor,
      shape: (row) => entryFor(context, row),
      count: () => loaders.timelineCounts(filter).load(person.id),
    });
    return person.nameOnly ? emptyConnection() : list;
  }
}
