import { Arg, Args, Ctx, Extensions, Field, ID, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { markDifferent, mergePeople } from '../editing/merge.js';
import { Change, changeFor } from './change.js';
import { type Context, onlyFor } from './context.js';
import { MergePreview, type PreviewSource, previewFor } from './merge-preview.js';
import { forRole, namedPerson, WriteArgs, write } from './mutation.js';
import type { NodeSource } from './node.js';
import { findPerson, Person, type PersonSource } from './person.js';

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
    return previewFor(context, stays, goes);
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
