import { GraphQLID } from 'graphql';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Refusal } from '../domain/merge.js';
import { type Alias as AliasRecord, typeOfId } from '../domain/records.js';
import type { RecordType as RecordTypeWord } from '../domain/words.js';
import { mergePreview, type ToldRefusal } from '../editing/merge.js';
import { recordsWithheld } from '../store/history.js';
import { RecordType } from './change.js';
import type { Context } from './context.js';
import { enumOf } from './enums.js';
import { Alias } from './person.js';
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

@ObjectType({ simpleResolvers: true, description: 'What a merge would do to the records of one kind.' })
export class MergeCount {
  @Field(() => RecordType, { description: 'What the records are.' })
  type!: RecordTypeWord;

  @Field(() => Int, {
    description:
      'How many it would change: those that move, become one with another or go, and those that get or name something.',
  })
  records!: number;

  @Field(() => Int, { description: 'How many of them move.' })
  moves!: number;

  @Field(() => Int, { description: 'How many of them become one with another.' })
  unifies!: number;

  @Field(() => Int, { description: 'How many of them go.' })
  removes!: number;
}

@ObjectType({ simpleResolvers: true, description: 'What a merge would do now.' })
export class MergePreview {
  @Field(() => Int, { description: 'How many records it would change.' })
  records!: number;

  @Field(() => [MergeCount], { description: 'How many of each kind, of the kinds of which it would change any.' })
  byType!: MergeCount[];

  @Field(() => Int, {
    description: 'In how many places articles name whoever is merged; they name whoever stays then.',
  })
  mentions!: number;

  @Field(() => Int, {
    description:
      'The number of the newest change to anything of either person that decides what it does, for `expectedRevision`.',
  })
  revision!: number;
}

/** A preview with its lists as a whole. */
export interface PreviewSource extends MergePreview {
  moves: string[];
  unifies: Unification[];
  removes: string[];
  aliases: AliasRecord[];
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
      list: 'aliases',
      count: 'aliasCount',
      of: () => Alias,
      listed: 'The names that whoever stays would get as aliases.',
      counted: 'How many aliases they would get.',
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

/** What merging `from` into `keep` would do, as far as the viewer is told of the records. */
export async function previewFor(context: Context, keep: string, from: string): Promise<PreviewSource> {
  const plan = await mergePreview(context.graph, keep, from, context.sight);
  const edited = plan.edits.map(({ id }) => id);
  const withheld = await recordsWithheld(context.graph, [...edited, ...plan.moves], context.sight);
  const told = (ids: readonly string[]) => ids.filter((id) => !withheld.has(id));
  const [records, moves, removes] = [told(edited), told(plan.moves), told(plan.removes)];
  const unifies = plan.unifies.filter(({ from: id }) => !withheld.has(id));
  const places = plan.mentions.filter(({ article }) => !withheld.has(article)).map((each) => each.places);
  const { refusals, aliases, revision } = plan;
  return {
    ...{ moves, unifies, removes, aliases, refusals, revision },
    records: records.length,
    byType: countsOf({ records, moves, unifies: unifies.map(({ from: id }) => id), removes }),
    mentions: places.reduce((sum, each) => sum + each, 0),
  };
}

type Counted = Omit<MergeCount, 'type'>;

function countsOf(ids: Record<keyof Counted, readonly string[]>): MergeCount[] {
  const types = [...new Set(ids.records.map(typeOfId))].filter((type) => type !== null).sort();
  const count = (of: keyof Counted, type: RecordTypeWord) => ids[of].filter((id) => typeOfId(id) === type).length;
  return types.map((type) => ({
    type,
    ...{ records: count('records', type), moves: count('moves', type) },
    ...{ unifies: count('unifies', type), removes: count('removes', type) },
  }));
}
