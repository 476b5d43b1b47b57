import { ArgsType, Field, Int } from 'type-graphql';
import { pageSize } from './connection.js';

/** Lists that are worked out as a whole, and of which an answer brings a part: what a preview tells of very many records. */

const DEFAULT_FIRST = 20;

@ArgsType()
export class PortionArgs {
  @Field(() => Int, {
    nullable: true,
    defaultValue: DEFAULT_FIRST,
    description: 'How many at most, 1 to 100. Otherwise INVALID_INPUT, rule PAGE_SIZE.',
  })
  first?: number | null;

  @Field(() => Int, { nullable: true, description: 'Only those after this place in the whole list, counted from 0.' })
  after?: number | null;
}

/** The part of a list that is asked for. Throws INVALID_INPUT, rule PAGE_SIZE. */
export function portionOf<Item>(all: readonly Item[], { first, after }: PortionArgs): Item[] {
  const size = pageSize(first);
  const from = Math.max(0, (after ?? -1) + 1);
  return all.slice(from, from + size);
}
