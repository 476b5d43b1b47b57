import {
  Arg,
  Args,
  type ClassType,
  Ctx,
  Extensions,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { RecordType as RecordTypeWord } from '../domain/records.js';
import type { UndoConflict as Conflict, UndoPlan } from '../domain/undo.js';
import { type Allow, shownOtherwise, type Undone, undo, undoBatch, undoneIn, undoPreview } from '../editing/undo.js';
import { AppError } from '../errors.js';
import type { Reads } from '../graph/graph.js';
import { newestRevision } from '../store/conflict.js';
import { Change, changeFor, RecordType } from './change.js';
import { type Context, onlyFor } from './context.js';
import { enumOf } from './enums.js';
import { editorFor, forRole, WriteArgs, write } from './mutation.js';
import type { NodeSource } from './node.js';
import { may } from './permission.js';
import { PortionArgs, portionOf } from './portion.js';

export const UndoRule = enumOf<Conflict['rule']>('UndoRule', 'Why something can not simply be taken back.', {
  CHANGED: 'A later change set the field otherwise.',
  DEPENDENTS: 'Other records have come to refer to it.',
  EXISTS: 'It is there again.',
  GONE: 'It was removed since.',
  PURGED: 'It was emptied when somebody was purged: nobody knows what it did, and `force` does not help.',
});

@ObjectType({ simpleResolvers: true, description: 'Something that an undo leaves alone, unless it is forced.' })
export class UndoConflict {
  @Field(() => RecordType, { description: 'What the record is.' })
  type!: RecordTypeWord;

  @Field(() => ID, { description: 'The record.' })
  recordId!: string;

  @Field(() => String, { nullable: true, description: 'The field; null where the record itself stands in the way.' })
  field!: string | null;

  @Field(() => UndoRule, { description: 'Why.' })
  rule!: Conflict['rule'];
}

type RefusalRule = 'ROLE' | 'VISIBILITY';

export const UndoRefusalRule = enumOf<RefusalRule>('UndoRefusalRule', 'Why an undo is refused to somebody.', {
  ROLE: 'It is for EDITOR and above, and for no token that only reads.',
  VISIBILITY: 'It sets to whom a person shows: that is for ADMIN.',
});

@ObjectType({ simpleResolvers: true, description: 'Why an undo would be refused to the viewer.' })
export class UndoRefusal {
  @Field(() => UndoRefusalRule, { description: 'The rule.' })
  rule!: RefusalRule;

  @Field(() => ID, { nullable: true, description: 'The person whom it is about; null where it is about the viewer.' })
  record!: string | null;
}

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

/** What was or would be left alone, as a whole; an answer brings a part. */
interface LeftAlone {
  conflicts: Conflict[];
}

interface PreviewSource extends UndoPreview, LeftAlone {
  records: UndoneRecord[];
}

interface BatchSource extends LeftAlone {
  changes: NodeSource[];
}

@Resolver(() => UndoPreview)
export class UndoPreviewResolver {
  @FieldResolver(() => [UndoneRecord], { description: 'What would go back, in its order.' })
  records(@Root() { records }: PreviewSource, @Args(() => PortionArgs) args: PortionArgs): UndoneRecord[] {
    return portionOf(records, args);
  }

  @FieldResolver(() => Int, { description: 'How many records would go back.' })
  recordCount(@Root() { records }: PreviewSource): number {
    return records.length;
  }
}

@Resolver(() => UndoBatchPayload)
export class UndoBatchPayloadResolver {
  @FieldResolver(() => [Change], { description: 'The changes that the undo is made of, newest of the batch first.' })
  changes(@Root() { changes }: BatchSource, @Args(() => PortionArgs) args: PortionArgs): NodeSource[] {
    return portionOf(changes, args);
  }

  @FieldResolver(() => Int, { description: 'How many changes it is made of.' })
  changeCount(@Root() { changes }: BatchSource): number {
    return changes.length;
  }
}

function leftAloneResolver(type: () => ClassType, what: string): ClassType {
  @Resolver(type)
  class LeftAloneResolver {
    @FieldResolver(() => [UndoConflict], { description: `What ${what} left alone.` })
    conflicts(@Root() { conflicts }: LeftAlone, @Args(() => PortionArgs) args: PortionArgs): Conflict[] {
      return portionOf(conflicts, args);
    }

    @FieldResolver(() => Int, { description: `How much ${what} left alone.` })
    conflictCount(@Root() { conflicts }: LeftAlone): number {
      return conflicts.length;
    }
  }
  return LeftAloneResolver;
}

/** What goes with `UndoResolver`: the lists of what it answers. */
export const UNDONE_RESOLVERS = [
  ...[UndoPreviewResolver, UndoBatchPayloadResolver],
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
  ): Promise<PreviewSource> {
    onlyFor(context, 'REVIEWER', 'undoPreview is');
    const plan = await undoPreview(context.graph, change, force ?? false, context.sight);
    const { edits, conflicts } = plan;
    const records = edits.map(({ type, id, set }) => ({ type, recordId: id, fields: set && Object.keys(set) }));
    const refusal = await refusalOf(context, context.graph, plan);
    return { records, conflicts, refusal, revision: await newestRevision(context.graph, undoneIn(plan)) };
  }

  @Extensions(forRole('EDITOR'))
  @Mutation(() => UndoPayload, {
    description:
      'Takes a change back by an ordinary change: what is free goes back, the rest is listed and left alone, but for what touches somebody REMOVED, which is for ADMIN alone. CONFLICT, with the list, where nothing is free; CONFLICT, rule UNDONE, with `actor`, `at` and the undoing `change`, where somebody else has undone it.',
  })
  async undoChange(
    @Ctx() context: Context,
    @Args(() => WriteArgs) args: WriteArgs,
    @Arg('change', () => ID, { description: CHANGE }) id: string,
    @Arg('force', () => Boolean, { nullable: true, defaultValue: false, description: FORCE }) force: boolean | null,
    @Arg('expectedRevision', () => Int, { nullable: true, description: SEEN }) seen?: number | null,
  ): Promise<UndoPayload & LeftAlone> {
    let conflicts: Conflict[] = [];
    const change = await write(context, 'undoChange', args, async (editor) => {
      const allow = mayTakeBack(context);
      const undone = await undo(editor, id, force ?? false, { seen: seen ?? null, allow, sight: context.sight });
      conflicts = undone.conflicts;
      return undone.change;
    });
    return { change: change && changeFor(change), conflicts };
  }

  @Extensions(forRole('EDITOR'))
  @Mutation(() => UndoBatchPayload, {
    description:
      'Takes a batch back, newest change first, each by a change of its own. NOT_FOUND for an unknown batch.',
  })
  async undoBatch(
    @Ctx() context: Context,
    @Args(() => WriteArgs) args: WriteArgs,
    @Arg('batch', () => String, { description: 'The name of the batch, as its changes carry it.' }) batch: string,
  ): Promise<BatchSource> {
    const undone: Undone[] = await undoBatch(editorFor(context, 'undoBatch', args), batch, {
      allow: mayTakeBack(context),
      sight: context.sight,
    });
    return {
      changes: undone.flatMap(({ change }) => (change === null ? [] : [changeFor(change)])),
      conflicts: undone.flatMap(({ conflicts }) => conflicts),
    };
  }
}

/** By which rule it is refused to the viewer: to whom a person shows is for an admin to set, and so to take back. */
async function refusalOf({ viewer }: Context, graph: Reads, plan: UndoPlan): Promise<UndoRefusal | null> {
  if (!may(viewer, 'EDITOR')) return { rule: 'ROLE', record: null };
  const record = may(viewer, 'ADMIN') ? null : await shownOtherwise(graph, plan);
  return record === null ? null : { rule: 'VISIBILITY', record };
}

const mayTakeBack =
  (context: Context): Allow =>
  async (graph, plan) => {
    const refusal = await refusalOf(context, graph, plan);
    if (refusal === null) return;
    const message = 'It sets to whom a person shows: that is for ADMIN to take back.';
    throw new AppError('FORBIDDEN', message, { ...refusal });
  };
