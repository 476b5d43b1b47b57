import { GraphQLID } from 'graphql';
import { Arg, Args, Ctx, Extensions, Field, ID, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import type { Refusal } from '../domain/merge.js';
import { markDifferent, mergePeople, mergePreview, type ToldRefusal } from '../editing/merge.js';
import { recordsWithheld } from '../store/history.js';
import { Change, changeFor } from './change.js';
import { type Context, onlyFor } from './context.js';
import { enumOf } from './enums.js';
import { forRole, namedPerson, WriteArgs, write } from './mutation.js';
import type { NodeSource } from './node.js';
import { findPerson, Person, type PersonSource } from './person.js';
import { portionResolver } from './portion.js';

export const MergeRule = enumOf<Refusal['rule']>('MergeRule', 'Why two people can not be merged.', {
  SELF: 'They are one person already.',
  EACH_OTHER: 'There is a relationship between the two of which something is accepted.',
  NOT_SAME_AS: 'Somebody has marked them as different.',
  VISIBILITY: 'One of them was removed, or shows to fewer than the other.',
  PARENT_AND_CHILD: 'Somebody would be parent and child of one person, and something is accepted of both.',
});

@ObjectType({ simpleResolvers: true, description: 'Why a merge is refused.' })
export class MergeRefusal {
  @Field(() => MergeRule, { description: 'The rule.' })
  rule!: Refusal['rule'];

  @Field(() => String, { description: 'What it says here.' })
  message!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The record that stands in the way; null where it is about somebody REMOVED, below ADMIN.',
  })
  record!: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'Two records that a merge makes one.' })
export class Unification {
  @Field(() => ID, { description: 'The one that becomes a pointer.' })
  from!: string;

  @Field(() => ID, { description: 'The one that stays.' })
  into!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What a merge would do now.' })
export class MergePreview {
  @Field(() => Int, { description: 'How many records it would change.' })
  records!: number;

  @Field(() => Int, {
    description:
      'The number of the newest change to anything of either person that decides what it does, for `expectedRevision`.',
  })
  revision!: number;
}

/** A preview with its lists as a whole. */
interface PreviewSource extends MergePreview {
  moves: string[];
  unifies: Unification[];
  removes: string[];
  refusals: ToldRefusal[];
}

/** What goes with `MergeResolver`: the lists of its preview. */
export const MERGE_PORTIONS = (
  [
    {
      list: 'moves',
      count: 'moveCount',
      of: () => GraphQLID,
      listed: 'The records that move to whoever stays, as they are, in their order.',
      counted: 'How many records move.',
    },
    {
      list: 'unifies',
      count: 'unifyCount',
      of: () => Unification,
      listed: 'The relationships and periods that become one.',
      counted: 'How many become one with another.',
    },
    {
      list: 'removes',
      count: 'removeCount',
      of: () => GraphQLID,
      listed:
        'What nothing accepted tells and what can not come along: a relationship of the two with each other, or in the opposite roles, with all that hangs on it. It is gone until the merge is undone.',
      counted: 'How many records go.',
    },
    {
      list: 'refusals',
      count: 'refusalCount',
      of: () => MergeRefusal,
      listed: 'Why it would be refused; empty where it would be done.',
      counted: 'How many reasons there are to refuse it.',
    },
  ] as const
).map((portion) => portionResolver(() => MergePreview, portion));

@ObjectType({ simpleResolvers: true, description: 'What a decision about two people did.' })
export class MergePayload {
  @Field(() => Change, { nullable: true, description: 'The change; null where it was so already.' })
  change!: NodeSource | null;

  @Field(() => Person, { nullable: true, description: 'Who stays; of two different people the first.' })
  person!: PersonSource | null;
}

const KEEP = 'The id or slug of the person who stays.';
const FROM = 'The id or slug of the person who is merged into them.';

@Resolver()
export class MergeResolver {
  @Query(() => MergePreview, {
    description: 'What merging two people would do now. NOT_FOUND for somebody unknown. For REVIEWER and above.',
  })
  async mergePreview(
    @Ctx() context: Context,
    @Arg('keep', () => ID, { description: KEEP }) keep: string,
    @Arg('from', () => ID, { description: FROM }) from: string,
  ): Promise<PreviewSource> {
    onlyFor(context, 'REVIEWER', 'mergePreview is');
    const [stays, goes] = await bothNamed(context, { keep, from });
    const plan = await mergePreview(context.graph, stays, goes, context.sight);
    const { moves, unifies, removes, refusals, edits, revision } = plan;
    const ids = edits.map(({ id }) => id);
    const withheld = await recordsWithheld(context.graph, [...ids, ...moves], context.sight);
    const isTold = (id: string) => !withheld.has(id);
    return {
      moves: moves.filter(isTold),
      unifies: unifies.filter(({ from: id }) => isTold(id)),
      removes: removes.filter(isTold),
      refusals,
      records: ids.filter(isTold).length,
      revision,
    };
  }

  @Extensions(forRole('EDITOR'))
  @Mutation(() => MergePayload, {
    description:
      'Merges one person into another; whoever asks for the other finds them. REFUSED by the rules of MergeRule, and, where very many records would change, by MERGE_SIZE unless `large` is true.',
  })
  async mergePeople(
    @Ctx() context: Context,
    @Args(() => WriteArgs) args: WriteArgs,
    @Arg('keep', () => ID, { description: KEEP }) keep: string,
    @Arg('from', () => ID, { description: FROM }) from: string,
    @Arg('large', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: 'Merges also where more than 2,000 records change.',
    })
    large: boolean | null,
    @Arg('expectedRevision', () => Int, {
      nullable: true,
      description:
        'The `revision` that mergePreview told: where anything that decides what it does was changed since, CONFLICT.',
    })
    seen?: number | null,
  ): Promise<MergePayload> {
    const change = await write(context, 'mergePeople', args, async (editor) => {
      const [stays, goes] = await bothNamed(context, { keep, from });
      const order = { keep: stays, from: goes, large: large ?? false, seen: seen ?? null, sight: context.sight };
      return mergePeople(editor, order);
    });
    return { change: change && changeFor(change), person: await findPerson(context, keep) };
  }

  @Extensions(forRole('EDITOR'))
  @Mutation(() => MergePayload, {
    description: 'Marks two people as different for good: they are not suggested as one again, and can not be merged.',
  })
  async markDifferent(
    @Ctx() context: Context,
    @Args(() => WriteArgs) args: WriteArgs,
    @Arg('a', () => ID, { description: 'The id or slug of one.' }) a: string,
    @Arg('b', () => ID, { description: 'The id or slug of the other.' }) b: string,
  ): Promise<MergePayload> {
    const change = await write(context, 'markDifferent', args, async (editor) => {
      const [one, other] = await bothNamed(context, { a, b });
      return markDifferent(editor, one, other);
    });
    return { change: change && changeFor(change), person: await findPerson(context, a) };
  }
}

/** The ids of the two people that these arguments name. Throws NOT_FOUND with the argument. */
async function bothNamed(context: Context, refs: Record<string, string>): Promise<[string, string]> {
  const found: string[] = [];
  for (const [field, ref] of Object.entries(refs)) found.push((await namedPerson(context, ref, field)).id);
  return found as [string, string];
}
