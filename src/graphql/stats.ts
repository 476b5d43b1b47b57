import { Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { isoOrNull } from '../domain/partial-date.js';
import type { Kind as KindWord } from '../domain/words.js';
import { type Stats as Counted, stats } from '../store/stats.js';
import type { Context } from './context.js';
import { Kind } from './relationship.js';
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

@ObjectType({ simpleResolvers: true, description: 'Relationships of one kind by the standing of their best period.' })
export class CountByKind {
  @Field(() => Kind, { description: 'The kind.' })
  kind!: KindWord;

  @Field(() => CountByStanding, { description: 'Those of this kind by standing.' })
  byStanding!: CountByStanding;
}

@ObjectType({ simpleResolvers: true, description: 'How many sources one outlet published.' })
export class CountByOutlet {
  @Field(() => String, { description: 'The outlet, as its articles name it.' })
  outlet!: string;

  @Field(() => Int, { description: 'Articles of it.' })
  articles!: number;
}

@ObjectType({ simpleResolvers: true, description: 'How far the sources reach. Days as `2014-05-24`.' })
export class Freshness {
  @Field(() => String, {
    nullable: true,
    description: 'The day on which, or after which, the latest article appeared; null where none shows a date.',
  })
  published!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The day on which a source was last read; null where there is none.',
  })
  retrieved!: string | null;
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

  @Field(() => [CountByKind], {
    description: 'Relationships by kind, then standing; kinds of which there are none are left out.',
  })
  byKind!: CountByKind[];

  @Field(() => [CountByOutlet], {
    description:
      'Sources by outlet: the twenty outlets with the most articles, the most first, then by name. What has no outlet is left out.',
  })
  byOutlet!: CountByOutlet[];

  @Field(() => Freshness, { description: 'How far the sources reach.' })
  freshness!: Freshness;

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
  async stats(@Ctx() { graph, sight, memory }: Context): Promise<Stats> {
    return shown(await memory.recall(graph, sight, 'stats', () => stats(graph, sight)));
  }
}

function shown({ sources: { articles, outlets, latest }, ...counts }: Counted): Stats {
  const freshness = { published: dayOf(latest.published), retrieved: dayOf(latest.retrieved) };
  return { ...counts, articles, byOutlet: outlets, freshness };
}

const dayOf = (day: number | null) => (day === null ? null : isoOrNull(day));
