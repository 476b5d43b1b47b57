import { Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { stats } from '../store/stats.js';
import type { Context } from './context.js';
import { DateTime } from './scalars.js';

@ObjectType({ simpleResolvers: true, description: 'Relationships by the standing of their best period.' })
export class CountByStanding {
  @Field(() => Int, { nullable: true, description: 'PROPOSED; for REVIEWER and above, else null.' })
  PROPOSED!: number | null;

  @Field(() => Int, { description: 'RUMOURED.' })
  RUMOURED!: number;

  @Field(() => Int, { description: 'REPORTED.' })
  REPORTED!: number;

  @Field(() => Int, { description: 'CONFIRMED.' })
  CONFIRMED!: number;
}

@ObjectType({ simpleResolvers: true, description: 'Claims by what was decided about them.' })
export class CountByVerdict {
  @Field(() => Int, { nullable: true, description: 'PROPOSED; for REVIEWER and above, else null.' })
  PROPOSED!: number | null;

  @Field(() => Int, { nullable: true, description: 'ACCEPTED.' })
  ACCEPTED!: number | null;

  @Field(() => Int, { nullable: true, description: 'REJECTED; for REVIEWER and above, else null.' })
  REJECTED!: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'The last change that was made.' })
export class LastChange {
  @Field(() => Int, { description: 'Its number; changes are counted from 1.' })
  seq!: number;

  @Field(() => DateTime, { description: 'When it was made.' })
  at!: string;
}

@ObjectType({ simpleResolvers: true, description: 'How much there is of everything, as far as the viewer sees it.' })
export class Stats {
  @Field(() => Int, { description: 'People.' })
  people!: number;

  @Field(() => Int, { description: 'Relationships, REPORTED and better.' })
  relationships!: number;

  @Field(() => Int, { description: 'Claims.' })
  claims!: number;

  @Field(() => Int, { description: 'Articles.' })
  articles!: number;

  @Field(() => Int, { description: 'Events.' })
  events!: number;

  @Field(() => CountByStanding, { description: 'Relationships by standing.' })
  byStanding!: CountByStanding;

  @Field(() => CountByVerdict, { description: 'Claims by verdict.' })
  byVerdict!: CountByVerdict;

  @Field(() => Int, {
    nullable: true,
    description: 'Claims that wait for a decision, as `reviewQueue` lists them; for REVIEWER and above, else null.',
  })
  waiting!: number | null;

  @Field(() => Int, { nullable: true, description: 'Contradictions that are open; for REVIEWER and above, else null.' })
  contradictions!: number | null;

  @Field(() => LastChange, { nullable: true, description: 'The last change; for REVIEWER and above, else null.' })
  lastChange!: LastChange | null;
}

@Resolver(() => Stats)
export class StatsResolver {
  @Query(() => Stats, { description: 'How much there is of everything.' })
  stats(@Ctx() { graph, sight, memory }: Context): Promise<Stats> {
    return memory.recall(graph, sight, 'stats', () => stats(graph, sight));
  }
}
