import { Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import type { Certainty as CertaintyWord } from '../domain/interval.js';
import { invalid } from '../errors.js';
import { type Overlap as Found, overlaps, type Side } from '../questions/overlaps.js';
import type { StoredPerson } from '../store/person.js';
import type { StoredRelationship } from '../store/relationship.js';
import { Claim, type ClaimSource, findClaim } from './claim.js';
import type { Context } from './context.js';
import { AtLeast, type AtLeastWord, Certainty, Standing } from './enums.js';
import { boundsOf, StretchOfTime } from './partial-date.js';
import { Person, type PersonSource, personFor } from './person.js';
import { Relationship, type RelationshipSource, seenRelationship } from './relationship.js';

const DEFAULT_OVERLAPS = 100;
const MOST_OVERLAPS = 500;
const { REPORTED } = Standing;

@ArgsType()
export class OverlapArgs {
  @Field(() => ID, { description: 'The id or slug of somebody.' })
  person!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The id or slug of a second person: asks for the others whom both were with at the same time.',
  })
  and?: string | null;

  @Field(() => AtLeast, {
    nullable: true,
    defaultValue: 'CERTAIN',
    description: 'How certain an overlap must be, by togetherness or in law.',
  })
  certainty?: AtLeastWord | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: DEFAULT_OVERLAPS,
    description: `How many at most, 1 to ${MOST_OVERLAPS}. Otherwise INVALID_INPUT, rule LIMIT.`,
  })
  first?: number | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'Two times of being together, REPORTED or better, that overlap: one with the one, one with the other.',
})
export class Overlap {
  @Field(() => Person, { description: 'Whom they were with first; with `and`, the third whom both were with.' })
  with!: PersonSource;

  @Field(() => Person, { description: 'Whom they were with later; with `and`, that second person.' })
  other!: PersonSource;

  @Field(() => [Relationship], {
    description: 'The relationship of the first of the two times, and that of the second.',
  })
  relationships!: RelationshipSource[];

  @Field(() => Certainty, {
    description:
      'Whether the two times share more than a boundary; bounds of an end that nobody tells make it POSSIBLE.',
  })
  certainty!: CertaintyWord;

  @Field(() => Certainty, {
    description:
      'Whether one of the two couples was married in law while the other was together, or married in law. A marriage lasts until it ends ' +
      'in law, whatever the parting; this alone is no affair.',
  })
  legallyMarried!: CertaintyWord;

  @Field(() => [StretchOfTime], { description: 'The two times, in the order of `relationships`.' })
  stretches!: StretchOfTime[];
}

interface OverlapSource {
  found: Found;
}

/** An overlap with its relationships, or null where one is gone by now. */
function overlapFor(context: Context, found: Found, of: ReadonlyMap<string, StoredRelationship>): OverlapSource | null {
  const { certainty, legallyMarried, sides } = found;
  const [one, other] = sides.map(({ relationship }) =>
    seenRelationship(context, of.get(relationship) ?? null, REPORTED),
  );
  const [first, second] = [partyOf(one, found.with), partyOf(other, found.other)];
  if (!one || !other || !first || !second) return null;
  const source = {
    ...{ found, certainty, legallyMarried, relationships: [one, other] },
    with: () => personFor(context, first),
    other: () => personFor(context, second),
    stretches: () => sides.map(stretchOf),
  };
  return source;
}

function partyOf(relationship: RelationshipSource | null | undefined, id: string): StoredPerson | undefined {
  return relationship?.stored.parties.find((party) => party.id === id);
}

function stretchOf({ together: { periods, ...time } }: Side): StretchOfTime {
  return { bounds: boundsOf({ ...time, apartMin: 0, apartMax: 0 }, false), periods };
}

@Resolver(() => Overlap)
export class OverlapResolver {
  @Query(() => [Overlap], {
    description:
      'With whom somebody was while with somebody else: every two times of being together with different people that overlap, or of which ' +
      'one overlaps a marriage in law of the other. Only romances that are REPORTED or better; the most certain first, then the latest. ' +
      'Empty where somebody is unknown. TOO_COMPLEX for whoever has more than 1,000 romances.',
  })
  async overlaps(@Ctx() context: Context, @Args(() => OverlapArgs) args: OverlapArgs): Promise<OverlapSource[]> {
    const { person, and = null, certainty } = args;
    const first = args.first ?? DEFAULT_OVERLAPS;
    if (first < 1 || first > MOST_OVERLAPS) throw invalid('first', 'LIMIT', `\`first\` is from 1 to ${MOST_OVERLAPS}.`);
    const question = { person, and, certainty: certainty ?? 'CERTAIN', first };
    const found = await overlaps(context.graph, question, context.sight);
    const ids = [...new Set(found.flatMap(({ sides }) => sides.map(({ relationship }) => relationship)))];
    const stored = await Promise.all(ids.map((id) => context.loaders.relationships.load(id)));
    const byId = new Map(stored.flatMap((one) => (one === null ? [] : [[one.id, one] as const])));
    return found.flatMap((one) => overlapFor(context, one, byId) ?? []);
  }

  @FieldResolver(() => [Claim], {
    description: 'The claims that decide the bounds of the two times and of the marriages in them, by id.',
  })
  async claims(@Root() { found }: OverlapSource, @Ctx() context: Context): Promise<ClaimSource[]> {
    const lists = await Promise.all(
      found.sides.map(({ relationship }) => context.loaders.periodsOf.load(relationship)),
    );
    const within = new Set(found.sides.flatMap(({ together }) => together.periods));
    const periods = lists.flat().filter(({ id }) => within.has(id));
    const why = periods.flatMap(({ shown: { start, apart, end } }) =>
      [start, apart, end].flatMap((field) => field.why),
    );
    const claims = await Promise.all([...new Set(why)].sort().map((id) => findClaim(context, id)));
    return claims.filter((claim) => claim !== null);
  }
}
