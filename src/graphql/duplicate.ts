import { Arg, Ctx, Field, Float, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { DuplicateReason as Reason } from '../domain/duplicate.js';
import { duplicatesOf } from '../questions/duplicates.js';
import { pageSize } from './connection.js';
import { type Context, onlyFor } from './context.js';
import { enumOf } from './enums.js';
import { namedPerson } from './mutation.js';
import { findPerson, Person, type PersonSource } from './person.js';

const DEFAULT_SUGGESTIONS = 10;

export const DuplicateReason = enumOf<Reason>('DuplicateReason', 'What speaks for two people being one.', {
  NAME: 'A name of the one is a name of the other, but for accents, case and signs.',
  NAME_NEARLY:
    'A name of the one has the words of a name of the other, some perhaps unfinished or with a letter wrong.',
  BIRTH: 'They were born on the same day, or within the same month.',
  DEATH: 'They died on the same day, or within the same month.',
  SHARED_LINKS: 'Both are linked to the same person.',
  EXTERNAL_ID: 'Another source has them under one id.',
});

@ObjectType({ simpleResolvers: true, description: 'Somebody who may be the same person.' })
export class Duplicate {
  @Field(() => Person, { description: 'The other.' })
  person!: PersonSource;

  @Field(() => Float, {
    description: 'From 0.4 to 1: one less the product of what each reason leaves to doubt. Nothing is merged by it.',
  })
  score!: number;

  @Field(() => [DuplicateReason], { description: 'What speaks for it.' })
  reasons!: Reason[];
}

@Resolver()
export class DuplicateResolver {
  @Query(() => [Duplicate], {
    description:
      'People who may be the same as this one, best first, then by id. Left out are those marked as different, linked with each other, or with lives that exclude each other. Looks at the 50 best finds for their names, so an empty answer promises nothing. NOT_FOUND for somebody unknown. For REVIEWER and above.',
  })
  async duplicates(
    @Ctx() context: Context,
    @Arg('person', () => ID, { description: 'Whose: id or slug.' }) ref: string,
    @Arg('first', () => Int, {
      defaultValue: DEFAULT_SUGGESTIONS,
      description: 'How many at most, 1 to 100. Otherwise INVALID_INPUT, rule PAGE_SIZE.',
    })
    first: number,
  ): Promise<Duplicate[]> {
    onlyFor(context, 'REVIEWER', 'duplicates are');
    const person = await namedPerson(context, ref, 'person');
    const found = await duplicatesOf(context.graph, context.search, person, context.sight, pageSize(first));
    const sources = await Promise.all(found.map(({ id }) => findPerson(context, id)));
    return found.flatMap(({ score, reasons }, i) => {
      const source = sources[i];
      return source ? [{ person: source, score, reasons }] : [];
    });
  }
}
