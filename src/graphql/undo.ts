import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Extensions, Field, ID, Info, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import type { RecordType as RecordTypeWord } from '../domain/words.js';
import { type Undone, undo, undoBatch } from '../editing/undo.js';
import { undoneIn, undoPreview } from '../editing/undo-plan.js';
import { newestRevision } from '../store/conflict.js';
import { Change, changeFor, RecordType } from './change.js';
import { type Context, onlyFor } from './context.js';
import { editorFor, forRole, WriteArgs, write } from './mutation.js';
import type { NodeSource } from './node.js';
import { portionResolver } from './portion.js';
import { CONFLICT_RESOLVERS, type LeftAlone, leftAloneResolver } from './undo-conflict.js';
import { mayTakeBack, refusalOf, UndoRefusal } from './undo-refusal.js';

@ObjectType({ simpleResolvers: true, description: 'A record that an undo would put back, or remove.' })
export class UndoneRecord {
  @Field(() => RecordType, { description: 'What the record is.' })
  type!: RecordTypeWord;

  @Field(() => ID, { description: 'The record.' })
  recordId!: string;

  @Field(() => [String], { nullable: true, description: 'The fields that go back; null where it would be removed.' })
  fields!: string[] | null;
}

@ObjectType({ simpleResolvers: true, description: 'What an undo would do now.' })
export class UndoPreview {
  @Field(() => Int, { description: 'The newest `revision` of all these records, for `expectedRevision`.' })
  revision!: number;

  @Field(() => UndoRefusal, {
    nullable: true,
    description:
      'By which rule `undoChange` would be refused to the viewer whatever is free; null where it would not. What each record must be is looked at by the undo itself.',
  })
  refusal!: UndoRefusal | null;
}

@ObjectType({ simpleResolvers: true, description: 'What an undo did.' })
export class UndoPayload {
  @Field(() => Change, { nullable: true, description: 'The change that the undo is; null where nothing was left.' })
  change!: NodeSource | null;
}

@ObjectType({ description: 'What taking a batch back did.' })
export class UndoBatchPayload {}

interface PreviewSource extends UndoPreview, LeftAlone {
  records: UndoneRecord[];
}

interface BatchSource extends LeftAlone {
  changes: NodeSource[];
}

/** What goes with `UndoResolver`: the lists of what it answers. */
export const UNDONE_RESOLVERS = [
  ...CONFLICT_RESOLVERS,
  portionResolver(() => UndoPreview, {
    list: 'records',
    count: 'recordCount',
    of: () => UndoneRecord,
    listed: 'What would go back, in its order.',
    counted: 'How many records would go back.',
  }),
  portionResolver(() => UndoBatchPayload, {
    list: 'changes',
    count: 'changeCount',
    of: () => Change,
    listed: 'The changes that the undo is made of, newest of the batch first.',
    counted: 'How many changes it is made of.',
  }),
  leftAloneResolver(() => UndoPreview, 'would be'),
  leftAloneResolver(() => UndoPayload, 'was'),
  leftAloneResolver(() => UndoBatchPayload, 'was'),
] as const;

const CHANGE = 'The id of the change.';
const SEEN = 'The `revision` that undoPreview told: where something of it was changed since, CONFLICT.';
const FORCE = 'Overwrites what was changed since, and removes what has come to refer to what goes.';

@Resolver()
export class UndoResolver {
  @Query(() => UndoPreview, {
    description: 'What undoing a change would do now. NOT_FOUND for an unknown one. For REVIEWER and above.',
  })
  async undoPreview(
    @Ctx() context: Context,
    @Arg('change', () => ID, { description: CHANGE }) change: string,
    @Arg('force', () => Boolean, { nullable: true, defaultValue: false, description: FORCE }) force: boolean | null,
    @Info() { schema }: GraphQLResolveInfo,
  ): Promise<PreviewSource> {
    onlyFor(context, 'REVIEWER', 'undoPreview is');
    const plan = await undoPreview(context.graph, change, force ?? false, context.sight);
    const { edits, conflicts } = plan;
    const records = edits.map(({ type, id, set }) => ({ type, recordId: id, fields: set && Object.keys(set) }));
    const refusal = await refusalOf(context, schema, context.graph, { change, force: force ?? false, plan });
    return { records, conflicts, refusal, revision: await newestRevision(context.graph, undoneIn(plan)) };
  }

  @Extensions(forRole('REVIEWER'))
  @Mutation(() => UndoPayload, {
    description:
      'Takes a change back by an ordinary change: what is free goes back, the rest is listed and left alone, but for what touches somebody REMOVED, which is for ADMIN alone. A REVIEWER takes back what they did themselves by a mutation that a REVIEWER may use, or that undo of theirs, and without `force`; the rest is for EDITOR and above, else FORBIDDEN by the rules of UndoRefusalRule. CONFLICT, with the list, where nothing is free; CONFLICT, rule UNDONE, with `actor`, `at` and the undoing `change`, where somebody else has undone it.',
  })
  async undoChange(
    @Ctx() context: Context,
    @Args(() => WriteArgs) args: WriteArgs,
    @Arg('change', () => ID, { description: CHANGE }) id: string,
    @Arg('force', () => Boolean, { nullable: true, defaultValue: false, description: FORCE }) force: boolean | null,
    @Arg('expectedRevision', () => Int, { nullable: true, description: SEEN }) seen: number | null | undefined,
    @Info() { schema }: GraphQLResolveInfo,
  ): Promise<UndoPayload & LeftAlone> {
    let conflicts: LeftAlone['conflicts'] = [];
    const change = await write(context, 'undoChange', args, async (editor) => {
      const allow = mayTakeBack(context, schema);
      const undone = await undo(editor, id, force ?? false, { seen: seen ?? null, allow, sight: context.sight });
      conflicts = undone.conflicts;
      return undone.change;
    });
    return { change: change && changeFor(change), conflicts };
  }

  @Extensions(forRole('EDITOR'))
  @Mutation(() => UndoBatchPayload, {
    description:
      'Takes a batch back, newest change first, each by a change of its own. NOT_FOUND for an unknown batch; CONFLICT, rule UNDONE, as for `undoChange`, where nothing is left of it.',
  })
  async undoBatch(
    @Ctx() context: Context,
    @Args(() => WriteArgs) args: WriteArgs,
    @Arg('batch', () => String, { description: 'The name of the batch, as its changes carry it.' }) batch: string,
    @Info() { schema }: GraphQLResolveInfo,
  ): Promise<BatchSource> {
    const undone: Undone[] = await undoBatch(editorFor(context, 'undoBatch', args), batch, {
      allow: mayTakeBack(context, schema),
      sight: context.sight,
    });
    return {
      changes: undone.flatMap(({ change }) => (change === null ? [] : [changeFor(change)])),
      conflicts: undone.flatMap(({ conflicts }) => conflicts),
    };
  }
}
