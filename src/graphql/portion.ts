import type { GraphQLScalarType } from 'graphql';
import { Args, ArgsType, type ClassType, Field, FieldResolver, Int, Resolver, Root } from 'type-graphql';
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
function portionOf<Item>(all: readonly Item[], { first, after }: PortionArgs): Item[] {
  const size = pageSize(first);
  const from = Math.max(0, (after ?? -1) + 1);
  return all.slice(from, from + size);
}

/** A list on a type, and the field that counts it. */
interface Portion {
  /** The names of both; the source of the type holds the whole list under the first. */
  list: string;
  count: string;
  of: () => ClassType | GraphQLScalarType;
  /** What they are described as. */
  listed: string;
  counted: string;
}

/** The resolver of a list and its count. Its methods have their names, for by these type-graphql tells the fields of a type apart. */
export function portionResolver(on: () => ClassType, { list, count, of, listed, counted }: Portion): ClassType {
  type Source = Record<string, readonly unknown[]>;
  const all = (source: Source) => source[list] ?? [];
  @Resolver(on)
  class PortionResolver {
    @FieldResolver(() => [of()], { description: listed })
    [list](@Root() root: Source, @Args(() => PortionArgs) args: PortionArgs): unknown {
      return portionOf(all(root), args);
    }

    @FieldResolver(() => Int, { description: counted })
    [count](@Root() root: Source): unknown {
      return all(root).length;
    }
  }
  return PortionResolver;
}
