import { GraphQLID } from 'graphql';
import { type ClassType, Ctx, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import type { RecordType as RecordTypeWord } from '../domain/words.js';
import type { InTheWay } from '../store/later.js';
import { Change, type ChangeSource, changeCardFor, RecordType } from './change.js';
import type { Context } from './context.js';
import { enumOf } from './enums.js';
import { portionResolver } from './portion.js';

export const UndoRule = enumOf<InTheWay['rule']>('UndoRule', 'Why something can not simply be taken back.', {
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
  rule!: InTheWay['rule'];
}

@Resolver(() => UndoConflict)
class UndoConflictResolver {
  @FieldResolver(() => Change, {
    nullable: true,
    description:
      'The newest change since that set the field, made the record again or removed it, or edited what hangs on it; null where nobody knows, and where that is of somebody REMOVED, below ADMIN.',
  })
  async by(@Root() conflict: InTheWay, @Ctx() { loaders }: Context): Promise<ChangeSource | null> {
    const later = await loaders.laterChanges.load(conflict);
    return later && changeCardFor(later);
  }
}

/** What goes with `UndoConflict`. */
export const CONFLICT_RESOLVERS = [
  UndoConflictResolver,
  portionResolver(() => UndoConflict, {
    list: 'dependents',
    count: 'dependentCount',
    of: () => GraphQLID,
    listed:
      'The ids of what refers to the record and stays, under the rule DEPENDENTS; but for what is about somebody REMOVED, below ADMIN.',
    counted: 'How many they are.',
  }),
] as const;

/** What an undo left alone, as a whole; an answer brings a part. */
export interface LeftAlone {
  conflicts: InTheWay[];
}

/** The resolver of that on an answer. */
export const leftAloneResolver = (on: () => ClassType, what: string) =>
  portionResolver(on, {
    list: 'conflicts',
    count: 'conflictCount',
    of: () => UndoConflict,
    listed: `What ${what} left alone.`,
    counted: `How much ${what} left alone.`,
  });
