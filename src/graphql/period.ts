import { Arg, Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import type { Standing as StandingNumber } from '../domain/evidence.js';
import { seesRecord } from '../domain/gate.js';
import {
  type Certainty as CertaintyWord,
  type Duration as DurationAnswer,
  duration,
  held,
  heldThroughout,
  type Status as StatusWord,
  statusOf,
} from '../domain/interval.js';
import { isoOrNull, parseSpan } from '../domain/partial-date.js';
import type { PeriodType as PeriodTypeWord } from '../domain/words.js';
import type { StoredPeriod } from '../store/period.js';
import type { StoredRelationship } from '../store/relationship.js';
import { askedStanding, type Context, leastStanding } from './context.js';
import { Certainty, enumOf, Standing, Status } from './enums.js';
import { Node, type NodeSource } from './node.js';
import { Bounds, boundsOf, DateFact, factOf } from './partial-date.js';
import { EndFact, lawfulEndOf } from './period-fact.js';
import { canBeOver, Relationship, type RelationshipSource, relationshipFor } from './relationship.js';
import { EDTF } from './scalars.js';

export const PeriodType = enumOf<PeriodTypeWord>('PeriodType', 'What a period of a relationship is.', {
  DATING: 'Dating.',
  ENGAGED: 'Engaged to be married.',
  MARRIED: 'Married; it ends when the marriage ends in law.',
  PARTNERSHIP: 'A registered or settled partnership.',
  BIOLOGICAL: 'Parent and child by birth.',
  ADOPTIVE: 'Parent and child by adoption.',
  STEP: 'Parent and child by marriage.',
  UNSPECIFIED: 'No source says.',
});

type HowWord = 'SOME_TIME' | 'THROUGHOUT';

export const How = enumOf<HowWord>('How', 'For how much of the days asked about.', {
  SOME_TIME: 'On one of the days at least.',
  THROUGHOUT: 'On every one of the days.',
});

@ObjectType({
  simpleResolvers: true,
  description: 'How long something lasted, from start to end; within one day is 0 days.',
})
export class Duration {
  @Field(() => Int, { description: 'At least this many days.' })
  minDays!: number;

  @Field(() => Int, { nullable: true, description: 'At most this many days; null where a side is open.' })
  maxDays!: number | null;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A stretch of a relationship with a type. Coming back to each other is a second period.',
})
export class Period extends Node {
  @Field(() => PeriodType, { description: 'What it is.' })
  type!: PeriodTypeWord;

  @Field(() => Relationship, { description: 'The relationship that it is part of.' })
  relationship!: RelationshipSource;

  @Field(() => DateFact, { description: 'When it began.' })
  start!: DateFact;

  @Field(() => DateFact, {
    nullable: true,
    description: 'When the two parted before it ended; null where nobody says so.',
  })
  apart!: DateFact | null;

  @Field(() => EndFact, { description: 'How and when it ended; a marriage, in law.' })
  end!: EndFact;

  @Field(() => Boolean, { description: 'Whether an end is told only by sources that are not good enough to count.' })
  endRumoured!: boolean;

  @Field(() => Boolean, { description: 'Whether a parting is told only by sources that are not good enough to count.' })
  apartRumoured!: boolean;

  @Field(() => Standing, { description: 'How well it is established that there was such a period.' })
  standing!: StandingNumber;

  @Field(() => Boolean, { description: 'Whether a side denies it.' })
  contested!: boolean;

  @Field(() => Status, { nullable: true, description: 'Where it stands today; null for parents and siblings.' })
  status!: StatusWord | null;

  @Field(() => String, {
    nullable: true,
    description: 'The last day on which an accepted source says or implies that it held, as `2014-05-24`.',
  })
  lastConfirmed!: string | null;

  @Field(() => Bounds, { description: 'Its bounds after everything that is known of it and of the lives of the two.' })
  bounds!: Bounds;

  @Field(() => Duration, { description: 'How long it lasted.' })
  duration!: DurationAnswer;

  @Field(() => Int, { description: 'The number of the last change to the record, for `expectedRevision`.' })
  revision!: number;
}

/** What stands for a period. */
export interface PeriodSource extends NodeSource {
  stored: StoredPeriod;
}

/** Everything of a period that may be shown to somebody who sees its relationship. */
export function periodFor(context: Context, stored: StoredPeriod, of: StoredRelationship): PeriodSource {
  const { id, type, standing, revision, shown } = stored;
  const { bounds, parted, start, apart, end, endRumoured, apartRumoured, contested, lastConfirmed } = shown;
  const source = {
    ...{ __typename: 'Period', stored, id, type, standing, revision },
    ...{ endRumoured, apartRumoured, contested },
    relationship: () => relationshipFor(context, of),
    start: () => factOf(start),
    apart: () => (parted ? factOf(apart) : null),
    end: () => lawfulEndOf(stored),
    status: () => (canBeOver(of.kind) ? statusOf(bounds, end.state, context.sight.today) : null),
    lastConfirmed: lastConfirmed === null ? null : isoOrNull(lastConfirmed),
    bounds: () => boundsOf(bounds, parted),
    duration: () => duration(bounds),
  };
  return source;
}

/** The period as the viewer sees it, or null: hidden, or below the standing. */
export function seenPeriod(
  context: Context,
  stored: StoredPeriod,
  of: StoredRelationship,
  minStanding: StandingNumber,
): PeriodSource | null {
  if (stored.standing < minStanding || !seesRecord(context.sight, stored.standing, of.parties)) return null;
  return periodFor(context, stored, of);
}

/** The period with this id, for a look-up. */
export async function findPeriod(context: Context, id: string): Promise<PeriodSource | null> {
  const stored = await context.loaders.periods.load(id);
  // Nothing takes as many statements as what is hidden.
  const of = await context.loaders.relationships.load(stored?.relationship ?? id);
  return stored && of && seenPeriod(context, stored, of, leastStanding(context));
}

@Resolver(() => Period)
export class PeriodResolver {
  @FieldResolver(() => Certainty, { nullable: true, description: 'Whether it held then; null without `at`.' })
  held(
    @Root() { stored }: PeriodSource,
    @Arg('at', () => EDTF, { nullable: true, description: 'The date or span asked about.' }) at?: string | null,
    @Arg('how', () => How, {
      nullable: true,
      defaultValue: 'SOME_TIME',
      description: 'At some time of it, or throughout.',
    })
    how?: HowWord | null,
  ): CertaintyWord | null {
    if (at == null) return null;
    const { min, max } = parseSpan(at, 'at');
    return (how === 'THROUGHOUT' ? heldThroughout : held)(stored.shown.bounds, min, max);
  }
}

@Resolver(() => Relationship)
export class PeriodsOfRelationshipResolver {
  @FieldResolver(() => [Period], { description: 'Its periods in time order: by latest start, earliest start, id.' })
  async periods(
    @Root() { stored, nameOnly }: RelationshipSource,
    @Ctx() context: Context,
    @Arg('types', () => [PeriodType], { nullable: true, description: 'Only of these types.' })
    types?: PeriodTypeWord[] | null,
    @Arg('at', () => EDTF, {
      nullable: true,
      description: 'Only those that held, or may have, at some time of this date or span.',
    })
    at?: string | null,
    @Arg('minStanding', () => Standing, {
      nullable: true,
      defaultValue: Standing.REPORTED,
      description: 'The least standing; below RUMOURED is for REVIEWER and above.',
    })
    minStanding?: StandingNumber | null,
  ): Promise<PeriodSource[]> {
    const least = askedStanding(context, minStanding);
    const days = at == null ? null : parseSpan(at, 'at');
    if (nameOnly) return [];
    const all = await context.loaders.periodsOf.load(stored.id);
    return all
      .filter(({ type }) => types == null || types.includes(type))
      .filter(({ shown }) => days === null || held(shown.bounds, days.min, days.max) !== 'NO')
      .flatMap((period) => seenPeriod(context, period, stored, least) ?? []);
  }
}
