import { Arg, Args, Ctx, Field, FieldResolver, ID, InputType, Query, Resolver, Root } from 'type-graphql';
import { z } from 'zod';
import type { ContradictionType as TypeWord } from '../domain/evidence.js';
import type { Field as FieldWord } from '../domain/words.js';
import {
  contradictionsPage,
  countContradictions,
  type IdCursor,
  type StoredContradiction,
  type ContradictionFilter as StoredFilter,
} from '../store/contradiction.js';
import { ClaimField } from './claim.js';
import { type Connection, connect, connectionType, type Edge, PageArgs, type Sort } from './connection.js';
import { type Context, is, onlyFor } from './context.js';
import {
  Contradiction,
  type ContradictionSource,
  ContradictionState,
  ContradictionType,
  contradictionFor,
  type StateWord,
} from './contradiction.js';
import { findPerson, Person, type PersonSource } from './person.js';
import { Relationship, type RelationshipSource } from './relationship.js';

const ContradictionConnection = connectionType('Contradiction', () => Contradiction, 'contradictions, by id');

type Contradictions = Connection<Edge<ContradictionSource>>;

const BY_ID: Sort<IdCursor> = { name: 'ID', cursor: z.strictObject({ id: z.string().min(1) }) };

type ReadContradictions = (page: { first: number; after: IdCursor | null }) => Promise<StoredContradiction[]>;

function contradictionsOf(
  context: Context,
  args: PageArgs,
  read: ReadContradictions,
  count: () => Promise<number>,
): Contradictions {
  return connect({
    sort: BY_ID,
    args,
    read,
    cursorOf: ({ id }) => ({ id }),
    shape: (stored) => ({ node: contradictionFor(context, stored) }),
    count,
  });
}

@InputType({ description: 'Which contradictions to list; what is left out filters nothing.' })
export class ContradictionFilter {
  @Field(() => ContradictionState, { nullable: true, description: 'Only those in this state.' })
  status?: StateWord | null;

  @Field(() => [ContradictionType], { nullable: true, description: 'Only of these types.' })
  types?: TypeWord[] | null;

  @Field(() => ClaimField, { nullable: true, description: 'Only on this field.' })
  field?: FieldWord | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Only those that concern this person, by id or slug; of who is unknown or hidden there is none.',
  })
  person?: string | null;
}

@Resolver()
export class ContradictionListResolver {
  @Query(() => ContradictionConnection, {
    description: 'All contradictions, by id. For REVIEWER and above, else UNAUTHENTICATED or FORBIDDEN.',
  })
  async contradictions(
    @Ctx() context: Context,
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => ContradictionFilter, { nullable: true, description: 'Which contradictions.' })
    filter?: ContradictionFilter | null,
  ): Promise<Contradictions> {
    onlyFor(context, 'REVIEWER', 'Contradictions are');
    const { graph, sight } = context;
    const person = filter?.person == null ? null : ((await findPerson(context, filter.person))?.id ?? '');
    const taken = filterOf(filter, person);
    return contradictionsOf(
      context,
      args,
      (page) => contradictionsPage(graph, page, taken, sight),
      () => countContradictions(graph, taken, sight),
    );
  }
}

function filterOf(filter: ContradictionFilter | null | undefined, person: string | null): StoredFilter {
  const { status = null, types = null, field = null } = filter ?? {};
  return { isOpen: status === null ? null : status === 'OPEN', types, field, person };
}

/** Those about a person, or about the relationship of a pair; null for whoever is no reviewer. */
function contradictionsAbout(
  context: Context,
  args: PageArgs,
  of: 'People' | 'Pairs',
  id: string,
): Contradictions | null {
  if (!is(context, 'REVIEWER')) return null;
  const { loaders } = context;
  return contradictionsOf(
    context,
    args,
    (page) => loaders[`contradictionsOf${of}`](page).load(id),
    () => loaders[`contradictionCountsOf${of}`].load(id),
  );
}

const FOR_REVIEWERS = 'by id. For REVIEWER and above, else null.';

@Resolver(() => Person)
export class ContradictionsOfPersonResolver {
  @FieldResolver(() => ContradictionConnection, {
    nullable: true,
    description: `The contradictions about the person, their relationships and events, ${FOR_REVIEWERS}`,
  })
  contradictions(
    @Root() { id }: PersonSource,
    @Ctx() context: Context,
    @Args(() => PageArgs) args: PageArgs,
  ): Contradictions | null {
    return contradictionsAbout(context, args, 'People', id);
  }
}

@Resolver(() => Relationship)
export class ContradictionsOfRelationshipResolver {
  @FieldResolver(() => ContradictionConnection, {
    nullable: true,
    description: `The contradictions about the relationship and its periods, ${FOR_REVIEWERS}`,
  })
  contradictions(
    @Root() { id }: RelationshipSource,
    @Ctx() context: Context,
    @Args(() => PageArgs) args: PageArgs,
  ): Contradictions | null {
    return contradictionsAbout(context, args, 'Pairs', id);
  }
}
