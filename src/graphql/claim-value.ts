import { createUnionType, Field, Int, ObjectType } from 'type-graphql';
import { seesPerson } from '../domain/gate.js';
import { boundsOfDateValue, type DateParts, partsOfDate } from '../domain/partial-date.js';
import type { DateValue as StoredDate, ClaimValue as StoredValue } from '../domain/records.js';
import type { EndReason as EndReasonWord } from '../domain/words.js';
import type { Context } from './context.js';
import { enumOf } from './enums.js';
import { type EventSource, RoleInEvent } from './event.js';
import { PartialDate } from './partial-date.js';
import { EndReason } from './period-fact.js';
import { Person, type PersonSource, personFor } from './person.js';

export type ClaimedStateWord = 'PRESENT' | 'PAST' | 'PARTED' | 'ENDED' | 'ONGOING';

export const ClaimedState = enumOf<ClaimedStateWord>('ClaimedState', 'What a claim without a date says.', {
  PRESENT: 'EXISTS: it holds when the source speaks.',
  PAST: 'EXISTS: it held at some time.',
  PARTED: 'APART: the two have parted.',
  ENDED: 'END: it is over.',
  ONGOING: 'END: it goes on.',
});

@ObjectType({ simpleResolvers: true, description: 'A claim that something exists, has ended or goes on.' })
export class StateValue {
  @Field(() => ClaimedState, { description: 'What is claimed.' })
  state!: ClaimedStateWord;
}

@ObjectType({ simpleResolvers: true, description: 'A claim of a date.' })
export class DateValue {
  @Field(() => PartialDate, { description: 'The date, with the margin that its source states.' })
  date!: DateParts;

  @Field(() => Int, { nullable: true, description: 'The margin that the source states, in days to each side.' })
  marginDays!: number | null;

  @Field(() => Boolean, { description: 'An end that was told as still to come.' })
  announced!: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'A claim of why something ended.' })
export class ReasonValue {
  @Field(() => EndReason, { description: 'The reason.' })
  reason!: EndReasonWord;
}

@ObjectType({ simpleResolvers: true, description: 'A claim of a place, a name or an occupation.' })
export class TextValue {
  @Field(() => String, { description: 'The words.' })
  text!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A claim that somebody took part in an event.' })
export class ParticipantValue {
  @Field(() => Person, { nullable: true, description: 'Who; null where the viewer sees nobody there.' })
  person!: PersonSource | null;

  @Field(() => RoleInEvent, { description: 'As what.' })
  role!: EventSource['stored']['participants'][number]['role'];
}

export const ClaimValue = createUnionType({
  name: 'ClaimValue',
  description: 'What a claim says, in one form for each field.',
  types: () => [StateValue, DateValue, ReasonValue, TextValue, ParticipantValue] as const,
  resolveType: (value: object) => formOf(value),
});

function formOf(value: object): string {
  if ('date' in value) return 'DateValue';
  if ('reason' in value) return 'ReasonValue';
  if ('text' in value) return 'TextValue';
  return 'role' in value ? 'ParticipantValue' : 'StateValue';
}

/** What stands for a claim's value. */
export function valueFor(context: Context, value: StoredValue): object {
  if ('date' in value) {
    const announced = 'announced' in value && value.announced === true;
    return { date: () => partsOfValue(value.date), marginDays: value.date.marginDays ?? null, announced };
  }
  return 'person' in value ? { role: value.role, person: () => personOf(context, value.person) } : value;
}

function partsOfValue(value: StoredDate): DateParts {
  const { edtf, min, max } = boundsOfDateValue(value);
  return partsOfDate({ edtf, text: value.text ?? null, min, max });
}

async function personOf(context: Context, id: string): Promise<PersonSource | null> {
  const stored = await context.loaders.people.load(id);
  return stored !== null && seesPerson(context.sight, stored) ? personFor(context, stored) : null;
}
