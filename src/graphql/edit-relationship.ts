import { Arg, Args, Ctx, Extensions, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { Kind as KindWord, PeriodType as PeriodTypeWord } from '../domain/words.js';
import { recordRelationship, updatePeriod, updateRelationship } from '../editing/relationship.js';
import type { Pair } from '../editing/say.js';
import { relationshipsBetween } from '../store/relationship.js';
import { Change, changeFor } from './change.js';
import { ClaimInput, sayingsFor } from './claim-input.js';
import type { Context } from './context.js';
import { EditArgs, forRole, given, namedPerson, namedRecord, WriteArgs, write } from './mutation.js';
import type { NodeSource } from './node.js';
import { findPeriod, Period, type PeriodSource, PeriodType } from './period.js';
import { findRelationship, Kind, Relationship, type RelationshipSource } from './relationship.js';

@InputType({ description: 'Two people, and what they are or were to each other.' })
export class PairInput {
  @Field(() => Kind, { description: 'What they are to each other.' })
  kind!: KindWord;

  @Field(() => ID, { description: 'The id or slug of one; of parent and child, the parent.' })
  a!: string;

  @Field(() => ID, { description: 'The id or slug of the other.' })
  b!: string;

  @Field(() => PeriodType, { nullable: true, defaultValue: 'UNSPECIFIED', description: 'What the period is.' })
  type?: PeriodTypeWord | null;

  @Field(() => ID, { nullable: true, description: 'The event that began it, if it makes a period.' })
  startedBy?: string | null;

  @Field(() => ID, { nullable: true, description: 'The event that ended it, if it makes a period.' })
  endedBy?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Makes a period of its own, also where it may be one that is there: the two came back to each other.',
  })
  separate?: boolean | null;
}

@InputType({ description: 'What is changed of a relationship: what is left out stays as it is.' })
export class RelationshipPatch {
  @Field(() => ID, {
    nullable: true,
    description:
      'Of PARENT_CHILD: the id or slug of the one of the two who is the parent; else INVALID_INPUT, rule PARTY. What is said of the two is said of these roles then.',
  })
  parent?: string | null;
}

@InputType({ description: 'What is changed of a period: what is left out stays as it is.' })
export class PeriodPatch {
  @Field(() => PeriodType, { nullable: true, description: 'What it is.' })
  type?: PeriodTypeWord;

  @Field(() => ID, {
    nullable: true,
    description:
      'The event that began it, which gives its date where it depends on nobody but the two (PARTY, CHILD) and is established: REPORTED, of somebody LIMITED CONFIRMED. Null for none.',
  })
  startedBy?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The event that ended it, which gives its date as that of `startedBy` does; null for none.',
  })
  endedBy?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'What was recorded of two people.' })
export class RelationshipPayload {
  @Field(() => Change, { nullable: true, description: 'The change; null where all of it was there already.' })
  change!: NodeSource | null;

  @Field(() => Relationship, { nullable: true, description: 'The relationship as it is now.' })
  relationship!: RelationshipSource | null;
}

@ObjectType({ simpleResolvers: true, description: 'What an edit of a period did.' })
export class PeriodPayload {
  @Field(() => Change, { nullable: true, description: 'The change; null where nothing changed.' })
  change!: NodeSource | null;

  @Field(() => Period, { nullable: true, description: 'The period as it is now.' })
  period!: PeriodSource | null;
}

@Resolver()
export class EditRelationshipResolver {
  @Extensions(forRole('EDITOR'))
  @Mutation(() => RelationshipPayload, {
    description:
      'Records what two people are or were to each other, as decided: its claims and quotes are ACCEPTED. They go to the period that they fit, or make one. Parent and child who were only proposed the other way round are turned, and what waits for them is rejected; once that is accepted: REFUSED, rule PARENT_AND_CHILD. Without a claim and a quote: INVALID_INPUT, rule CITED; a parting or an end before its start, or an end before the parting: DATE_ORDER.',
  })
  async recordRelationship(
    @Ctx() context: Context,
    @Args(() => WriteArgs) args: WriteArgs,
    @Arg('of', () => PairInput, { description: 'Who, and what.' }) of: PairInput,
    @Arg('claims', () => [ClaimInput], { description: 'What sources say: one claim at least.' }) claims: ClaimInput[],
  ): Promise<RelationshipPayload> {
    const pair = await pairOf(context, of, 'of');
    const sayings = await sayingsFor(context, claims);
    const change = await write(context, 'recordRelationship', args, (editor) =>
      recordRelationship(editor, pair, sayings),
    );
    const [between = []] = await relationshipsBetween(context.graph, [[pair.a, pair.b]]);
    const id = between.find(({ kind }) => kind === pair.kind)?.id;
    return { change: change && changeFor(change), relationship: id ? await findRelationship(context, id) : null };
  }

  @Extensions(forRole('EDITOR'))
  @Mutation(() => RelationshipPayload, {
    description: 'Turns the roles of a relationship that was recorded the wrong way round.',
  })
  async updateRelationship(
    @Ctx() context: Context,
    @Args(() => EditArgs) args: EditArgs,
    @Arg('id', () => ID, { description: 'The id.' }) ref: string,
    @Arg('set', () => RelationshipPatch, { description: 'What is changed.' }) set: RelationshipPatch,
  ): Promise<RelationshipPayload> {
    const id = await namedRecord(context, 'Relationship', ref, 'id');
    const fields = given({
      parent: set.parent == null ? undefined : (await namedPerson(context, set.parent, 'set.parent')).id,
    });
    const change = await write(context, 'updateRelationship', args, (editor) =>
      updateRelationship(editor, id, fields, args.expectedRevision),
    );
    return { change: change && changeFor(change), relationship: await findRelationship(context, id) };
  }

  @Extensions(forRole('EDITOR'))
  @Mutation(() => PeriodPayload, {
    description: 'Changes what a period is and what began or ended it. What is claimed of it stays with it.',
  })
  async updatePeriod(
    @Ctx() context: Context,
    @Args(() => EditArgs) args: EditArgs,
    @Arg('id', () => ID, { description: 'The id.' }) ref: string,
    @Arg('set', () => PeriodPatch, { description: 'What is changed.' }) set: PeriodPatch,
  ): Promise<PeriodPayload> {
    const id = await namedRecord(context, 'Period', ref, 'id');
    const fields = given({
      type: set.type,
      startedBy: set.startedBy && (await namedRecord(context, 'Event', set.startedBy, 'set.startedBy')),
      endedBy: set.endedBy && (await namedRecord(context, 'Event', set.endedBy, 'set.endedBy')),
    });
    const change = await write(context, 'updatePeriod', args, (editor) =>
      updatePeriod(editor, id, fields, args.expectedRevision),
    );
    return { change: change && changeFor(change), period: await findPeriod(context, id) };
  }
}

/** The two people with everything that is named found. Throws NOT_FOUND with the field. */
export async function pairOf(context: Context, input: PairInput, field: string): Promise<Pair> {
  const { kind, type, startedBy, endedBy, separate } = input;
  const event = async (id: string | null | undefined, name: string) =>
    id == null ? null : namedRecord(context, 'Event', id, `${field}.${name}`);
  return {
    kind,
    a: (await namedPerson(context, input.a, `${field}.a`)).id,
    b: (await namedPerson(context, input.b, `${field}.b`)).id,
    type: type ?? 'UNSPECIFIED',
    startedBy: await event(startedBy, 'startedBy'),
    endedBy: await event(endedBy, 'endedBy'),
    separate: separate ?? false,
    at: field,
  };
}
