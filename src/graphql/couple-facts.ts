import { Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { floorFor } from '../domain/gate.js';
import {
  ageAtStart,
  ageGap,
  daysSinceAnother,
  daysTogether,
  longestOf,
  placeAmong,
} from '../questions/couple-facts.js';
import type { StoredPerson } from '../store/person.js';
import { daysOf, shownStretches } from '../store/romances.js';
import type { Context } from './context.js';
import { Person, type PersonSource, partyFor } from './person.js';
import { Range } from './range.js';
import { Relationship, type RelationshipSource } from './relationship.js';

@ObjectType({ simpleResolvers: true, description: 'What a relationship was in the life of one of the two.' })
export class CoupleSide {
  @Field(() => Person, { description: 'Whose side it is.' })
  person!: PersonSource;

  @Field(() => Range, {
    nullable: true,
    description: 'Age in whole years when the two came together; null where birth or start is unknown.',
  })
  ageAtStart!: Range | null;

  @Field(() => Range, {
    nullable: true,
    description:
      'As which partner of this person the other came, counted by the first start with each; null where no time together is shown.',
  })
  place!: Range | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many partners of this person are known, the other among them; null above 1,000.',
  })
  partners!: number | null;

  @Field(() => Range, {
    nullable: true,
    description:
      'Days from the last day with anybody who came before to the start with the other, 0 where that still went on; null where it is not ' +
      'certain that anybody came before, or where nobody tells the start.',
  })
  daysSinceAnother!: Range | null;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'What can be worked out about a couple from the births that are shown and the times of being together that are REPORTED or better: ' +
    'ranges that hold for every day that the dates allow.',
})
export class CoupleFacts {
  @Field(() => [CoupleSide], { description: 'Both sides, in the order of `parties`.' })
  sides!: CoupleSide[];

  @Field(() => Range, {
    nullable: true,
    description: 'Whole years from the one birth to the other; null where one is unknown.',
  })
  ageGap!: Range | null;

  @Field(() => Range, {
    nullable: true,
    description:
      'Days together in all times, up to today; null where no time together is shown. Where nobody tells an end, it may be today.',
  })
  daysTogether!: Range | null;

  @Field(() => Range, {
    nullable: true,
    description: 'Days of the longest time together without a break, up to today.',
  })
  longestStretch!: Range | null;

  @Field(() => [Person], {
    description:
      'The children of both, by birth or adoption, by name; as far as this viewer sees them, minors with a name only. Step-children are none.',
  })
  children!: PersonSource[];
}

type Facts = Omit<CoupleFacts, 'sides' | 'children'> & {
  sides: () => Promise<(Omit<CoupleSide, 'person'> & { person: () => PersonSource })[]>;
  children: () => Promise<PersonSource[]>;
};

function factsFor(context: Context, { stored }: RelationshipSource): Facts {
  const [a, b] = stored.parties;
  const times = shownStretches(stored.shown.stretches, floorFor(context.sight, [a, b])).map(daysOf);
  return {
    sides: () => Promise.all([sideFor(context, stored.id, a), sideFor(context, stored.id, b)]),
    ageGap: ageGap(birthFor(context, a), birthFor(context, b)),
    daysTogether: daysTogether(times, context.sight.today),
    longestStretch: longestOf(times, context.sight.today),
    children: () => childrenOf(context, a, b),
  };
}

async function sideFor(context: Context, relationship: string, person: StoredPerson) {
  const { romances, truncated } = await context.loaders.romancesOf.load(person.id);
  const times = romances.find((romance) => romance.relationship === relationship)?.together ?? [];
  return {
    person: () => partyFor(context, person),
    ageAtStart: ageAtStart(birthFor(context, person), deathFor(context, person), times),
    place: truncated ? null : placeAmong(relationship, romances),
    partners: truncated ? null : romances.length,
    daysSinceAnother: truncated ? null : daysSinceAnother(relationship, romances),
  };
}

/** Dates of a life as far as the viewer sees them. */
const birthFor = (context: Context, person: StoredPerson) => dateFor(context, person, person.shown.birth);
const deathFor = (context: Context, person: StoredPerson) => dateFor(context, person, person.shown.death);

function dateFor({ sight }: Context, person: StoredPerson, { date, standing }: StoredPerson['shown']['birth']) {
  return standing >= floorFor(sight, [person]) ? date : null;
}

async function childrenOf(context: Context, a: StoredPerson, b: StoredPerson): Promise<PersonSource[]> {
  const { loaders } = context;
  const [ofOne, ofOther] = await Promise.all([loaders.childrenOf.load(a.id), loaders.childrenOf.load(b.id)]);
  const ids = new Set(ofOther.map(({ id }) => id));
  return ofOne.filter(({ id }) => ids.has(id)).map((child) => partyFor(context, child));
}

@Resolver(() => Relationship)
export class CoupleFactsResolver {
  @FieldResolver(() => CoupleFacts, {
    nullable: true,
    description: 'What can be worked out about the two as a couple; null for any kind but ROMANTIC.',
  })
  coupleFacts(@Root() relationship: RelationshipSource, @Ctx() context: Context): Facts | null {
    if (relationship.nameOnly || relationship.stored.kind !== 'ROMANTIC') return null;
    return factsFor(context, relationship);
  }
}
