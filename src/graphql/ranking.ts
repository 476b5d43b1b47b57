import { Arg, Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { invalid } from '../errors.js';
import { type Ranking as Found, MOST_PLACES, rankings } from '../questions/rankings.js';
import type { RankingBy } from '../store/rankings.js';
import type { Context } from './context.js';
import { enumOf, Standing } from './enums.js';
import { Person, type PersonSource, personFor } from './person.js';
import { Range } from './range.js';
import { Relationship, type RelationshipSource, seenRelationship } from './relationship.js';

const DEFAULT_FIRST = 10;

export const RankingOrder = enumOf<RankingBy>('RankingBy', 'What a ranking is by.', {
  MOST_PARTNERS: 'With how many different people somebody was together.',
  LONGEST: 'The days of the longest time that two were together without a break, so far.',
  MOST_REUNIONS: 'How often two came back to each other, after at least one whole day that was certainly apart.',
});

@ObjectType({ simpleResolvers: true, description: 'A place in a ranking: of a person, or of a couple.' })
export class Ranking {
  @Field(() => Relationship, { nullable: true, description: 'The couple of LONGEST and MOST_REUNIONS, else null.' })
  relationship!: RelationshipSource | null;

  @Field(() => Person, { nullable: true, description: 'The person of MOST_PARTNERS, else null.' })
  person!: PersonSource | null;

  @Field(() => Range, { description: 'Partners, days or reunions. Places are by `min`, which is what is certain.' })
  value!: Range;
}

function rankingFor(context: Context, { person, relationship, value }: Found): Ranking | null {
  if (person !== null) return { person: personFor(context, person), relationship: null, value };
  const couple = seenRelationship(context, relationship, Standing.REPORTED);
  return couple && { person: null, relationship: couple, value };
}

@Resolver(() => Ranking)
export class RankingResolver {
  @Query(() => [Ranking], {
    description:
      'Who comes first among romances that are REPORTED or better. Only what is certain counts: a vague date moves nobody up, and what may ' +
      'have overlapped is in no ranking. Ties stand by name, or by the id of the relationship.',
  })
  async rankings(
    @Ctx() context: Context,
    @Arg('by', () => RankingOrder, { description: 'What it is by.' }) by: RankingBy,
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: DEFAULT_FIRST,
      description: 'How many places at most, 1 to 100. Otherwise INVALID_INPUT, rule LIMIT.',
    })
    first?: number | null,
  ): Promise<Ranking[]> {
    const places = first ?? DEFAULT_FIRST;
    if (places < 1 || places > MOST_PLACES) throw invalid('first', 'LIMIT', `\`first\` is from 1 to ${MOST_PLACES}.`);
    const { graph, sight, loaders, memory } = context;
    const found = await rankings(graph, memory, by, places, sight);
    loaders.prime.people(found.flatMap(({ person }) => person ?? []));
    loaders.prime.relationships(found.flatMap(({ relationship }) => relationship ?? []));
    return found.flatMap((place) => rankingFor(context, place) ?? []);
  }
}
