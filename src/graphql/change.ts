import { Arg, Ctx, Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { ACTIONS } from '../domain/action.js';
import { canonical } from '../domain/canonical.js';
import type { Change as StoredChange } from '../domain/change.js';
import { ID_PREFIX, type RecordType as RecordTypeWord } from '../domain/words.js';
import { invalid } from '../errors.js';
import { type ChangeCard, type PlacedEdit, recordsWithheld } from '../store/history.js';
import { type Context, is } from './context.js';
import { enumOf } from './enums.js';
import { Node, type NodeSource } from './node.js';
import { DateTime } from './scalars.js';

export const RecordType = enumOf<RecordTypeWord>(
  'RecordType',
  'What a record is.',
  Object.fromEntries(
    Object.entries(ID_PREFIX).map(([type, prefix]) => [type, `Its ids begin with \`${prefix}\`.`]),
  ) as Record<RecordTypeWord, string>,
);

@ObjectType({ simpleResolvers: true, description: 'What a change did to one record.' })
export class Edit {
  @Field(() => RecordType, { description: 'What the record is.' })
  type!: RecordTypeWord;

  @Field(() => ID, { description: 'The record.' })
  recordId!: string;

  @Field(() => Int, { description: 'Its place among those that the viewer is told of, from 0.' })
  place!: number;

  @Field(() => String, {
    nullable: true,
    description: 'The changed fields before, as canonical JSON; null where it was new, or where `purged`.',
  })
  before!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The changed fields after, as canonical JSON; null where it was removed, or where `purged`.',
  })
  after!: string | null;

  @Field(() => Boolean, { description: 'Its content is gone for good, because it was about somebody who was purged.' })
  purged!: boolean;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'One write of decisions: who, when, why and what.',
})
export class Change extends Node {
  @Field(() => Int, { description: 'Its place in the one order of all changes.' })
  seq!: number;

  @Field(() => DateTime, { description: 'When.' })
  at!: string;

  @Field(() => String, { description: 'Who.' })
  actor!: string;

  @Field(() => String, {
    description: `The order that made it, one of ${ACTIONS.map((action) => `\`${action}\``).join(', ')}; \`import\` is that of files and of the demo graph.`,
  })
  action!: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  note!: string | null;

  @Field(() => String, { nullable: true, description: 'The batch that it is part of, for `undoBatch`.' })
  batch!: string | null;
}

/** What stands for a change; `own` are its edits where they are at hand. */
export interface ChangeSource extends NodeSource, Omit<ChangeCard, 'id'> {
  own?: readonly PlacedEdit[];
}

/** A change as it is answered to whoever has just made it. */
export function changeFor({ edits, ...change }: StoredChange): ChangeSource {
  return { ...changeCardFor(change), own: edits.map((edit, place) => ({ ...edit, place })) };
}

/** A change of the log, whose edits are read when they are asked for. */
export function changeCardFor(change: ChangeCard): ChangeSource {
  return { __typename: 'Change', ...change };
}

/** The change with this id, for a look-up: REVIEWER and above. */
export async function findChange(context: Context, id: string): Promise<ChangeSource | null> {
  const change = is(context, 'REVIEWER') ? await context.loaders.changes.load(id) : null;
  return change && changeCardFor(change);
}

const MOST_EDITS = 100;

@Resolver(() => Change)
export class ChangeResolver {
  @FieldResolver(() => [Edit], {
    description:
      'What it did, record by record, in order; 100 at most, an import may have done more. What touches somebody who was REMOVED is left out below ADMIN.',
  })
  async edits(
    @Root() { id, own }: ChangeSource,
    @Ctx() context: Context,
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: MOST_EDITS,
      description: 'How many at most, 1 to 100. Otherwise INVALID_INPUT, rule PAGE_SIZE.',
    })
    first?: number | null,
    @Arg('after', () => Int, { nullable: true, description: 'Only those after this `place`.' }) after?: number | null,
  ): Promise<Edit[]> {
    const page = { first: first ?? MOST_EDITS, after: after ?? -1 };
    if (page.first < 1 || page.first > MOST_EDITS)
      throw invalid('first', 'PAGE_SIZE', `A page holds 1 to ${MOST_EDITS}, not ${page.first}.`);
    const ours = own && (await ownTold(context, own)).filter(({ place }) => place > page.after);
    const edits = ours ?? (await context.loaders.edits(page).load(id));
    return edits.slice(0, page.first).map(told);
  }

  @FieldResolver(() => Change, {
    nullable: true,
    description:
      'The change that it takes back, if it is an undo; older undos name it in their `note` alone. For REVIEWER and above.',
  })
  undoes(@Root() { undoes }: ChangeSource, @Ctx() context: Context): Promise<ChangeSource | null> | null {
    return undoes === null ? null : findChange(context, undoes);
  }

  @FieldResolver(() => Change, {
    nullable: true,
    description:
      'The newest undo of it, in whole or in part, or null; that may have been undone itself. For REVIEWER and above.',
  })
  async undoneBy(@Root() { id }: ChangeSource, @Ctx() context: Context): Promise<ChangeSource | null> {
    const undoing = is(context, 'REVIEWER') ? await context.loaders.undoings.load(id) : null;
    return undoing && changeCardFor(undoing);
  }

  @FieldResolver(() => Int, { description: 'How many edits it has for this viewer.' })
  async editCount(@Root() { id, own }: ChangeSource, @Ctx() context: Context): Promise<number> {
    return own ? (await ownTold(context, own)).length : context.loaders.editCounts.load(id);
  }
}

/** What whoever made a change is told of it: as little of somebody REMOVED as from the log. */
async function ownTold({ graph, sight }: Context, own: readonly PlacedEdit[]): Promise<PlacedEdit[]> {
  const ids = own.map(({ recordId }) => recordId);
  const withheld = await recordsWithheld(graph, ids, sight);
  return own.filter(({ recordId }) => !withheld.has(recordId)).map((edit, place) => ({ ...edit, place }));
}

function told({ type, recordId, place, before, after, purged }: PlacedEdit): Edit {
  return {
    type,
    recordId,
    place,
    purged: purged === true,
    before: before && canonical(before),
    after: after && canonical(after),
  };
}
