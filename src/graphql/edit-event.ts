import { Arg, Args, Ctx, Extensions, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { Participant as ParticipantRecord } from '../domain/records.js';
import type { EventKind as EventKindWord, RoleInEvent as RoleWord } from '../domain/words.js';
import { recordEvent, updateEvent } from '../editing/event.js';
import { Change, changeFor } from './change.js';
import { ClaimInput, sayingsFor } from './claim-input.js';
import type { Context } from './context.js';
import { Event, EventKind, type EventSource, findEvent, RoleInEvent } from './event.js';
import { EditArgs, editedIn, forRole, given, namedPerson, namedRecord, WriteArgs, write } from './mutation.js';
import type { NodeSource } from './node.js';

@InputType({ description: 'Somebody who took part in an event.' })
export class ParticipantInput {
  @Field(() => ID, { description: 'The id or slug of who it is.' })
  person!: string;

  @Field(() => RoleInEvent, { description: 'As what.' })
  role!: RoleWord;
}

@InputType({ description: 'Something that happened.' })
export class EventInput {
  @Field(() => EventKind, { description: 'What happened.' })
  kind!: EventKindWord;

  @Field(() => [ParticipantInput], { description: 'Who took part: one at least; in a BIRTH exactly one CHILD.' })
  participants!: ParticipantInput[];
}

@InputType({ description: 'What is changed of an event: what is left out stays as it is.' })
export class EventPatch {
  @Field(() => EventKind, { nullable: true, description: 'What happened.' })
  kind?: EventKindWord;

  @Field(() => [ParticipantInput], { nullable: true, description: 'All who took part.' })
  participants?: ParticipantInput[];
}

@ObjectType({ simpleResolvers: true, description: 'What an edit of an event did.' })
export class EventPayload {
  @Field(() => Change, { nullable: true, description: 'The change; null where nothing changed.' })
  change!: NodeSource | null;

  @Field(() => Event, { nullable: true, description: 'The event as it is now.' })
  event!: EventSource | null;
}

@Resolver()
export class EditEventResolver {
  @Extensions(forRole('EDITOR'))
  @Mutation(() => EventPayload, {
    description:
      'Records what happened, as decided: its claims and quotes are ACCEPTED. Without a claim and a quote: INVALID_INPUT, rule CITED.',
  })
  async recordEvent(
    @Ctx() context: Context,
    @Args(() => WriteArgs) args: WriteArgs,
    @Arg('input', () => EventInput, { description: 'What, and who took part.' }) input: EventInput,
    @Arg('claims', () => [ClaimInput], { description: 'What sources say: one claim at least.' }) claims: ClaimInput[],
  ): Promise<EventPayload> {
    const fields = { kind: input.kind, participants: await participantsOf(context, input.participants, 'input') };
    const sayings = await sayingsFor(context, claims);
    const change = await write(context, 'recordEvent', args, (editor) => recordEvent(editor, fields, sayings));
    const [id] = editedIn(change, 'Event');
    return { change: change && changeFor(change), event: id === undefined ? null : await findEvent(context, id) };
  }

  @Extensions(forRole('EDITOR'))
  @Mutation(() => EventPayload, {
    description:
      'Changes what an event was, or who took part. Whoever is quoted about it as one who did stays (REFUSED, rule SIDE).',
  })
  async updateEvent(
    @Ctx() context: Context,
    @Args(() => EditArgs) args: EditArgs,
    @Arg('id', () => ID, { description: 'The id.' }) ref: string,
    @Arg('set', () => EventPatch, { description: 'What is changed.' }) { kind, participants }: EventPatch,
  ): Promise<EventPayload> {
    const id = await namedRecord(context, 'Event', ref, 'id');
    const fields = given({ kind, participants: participants && (await participantsOf(context, participants, 'set')) });
    const change = await write(context, 'updateEvent', args, (editor) =>
      updateEvent(editor, id, fields, args.expectedRevision),
    );
    return { change: change && changeFor(change), event: await findEvent(context, id) };
  }
}

async function participantsOf(
  context: Context,
  inputs: readonly ParticipantInput[],
  path: string,
): Promise<ParticipantRecord[]> {
  const found: ParticipantRecord[] = [];
  for (const [at, { person, role }] of inputs.entries()) {
    const { id } = await namedPerson(context, person, `${path}.participants[${at}].person`);
    found.push({ person: id, role });
  }
  return found;
}
