import { Field, ObjectType } from 'type-graphql';
import type { DateField, EndState as EndStateWord, Standing as StandingNumber } from '../domain/evidence.js';
import type { DateParts } from '../domain/partial-date.js';
import type { EndReason as EndReasonWord } from '../domain/words.js';
import type { StoredPeriod } from '../store/period.js';
import { enumOf, Standing } from './enums.js';
import { factOf, PartialDate } from './partial-date.js';

export const EndState = enumOf<EndStateWord>(
  'EndState',
  'What is said of an end. No end date alone never means that it goes on.',
  {
    DATED: 'It ended, or will, on a date that is told.',
    ENDED: 'It is over, nobody says since when.',
    ONGOING: 'A source says that it goes on.',
    UNSTATED: 'Nobody says anything of an end.',
  },
);

export const EndReason = enumOf<EndReasonWord>('EndReason', 'Why something ended.', {
  PROGRESSED: 'It became the next: dating became an engagement.',
  SPLIT: 'The two split.',
  DIVORCE: 'A divorce.',
  ANNULMENT: 'An annulment.',
  DEATH: 'One of the two died.',
  OTHER: 'Anything else.',
});

@ObjectType({ simpleResolvers: true, description: 'An end, with how well it is established.' })
export class EndFact {
  @Field(() => EndState, { description: 'What is said of the end.' })
  state!: EndStateWord;

  @Field(() => PartialDate, { nullable: true, description: 'When, where a date is told.' })
  date!: DateParts | null;

  @Field(() => EndReason, { nullable: true, description: 'Why, where somebody says it.' })
  reason!: EndReasonWord | null;

  @Field(() => Standing, { description: 'How well the end is established; PROPOSED where no accepted claim says it.' })
  standing!: StandingNumber;

  @Field(() => Boolean, { description: 'Whether accepted claims exclude each other, or deny it.' })
  contested!: boolean;
}

/** The start of a period, or null where the period is gone. */
export function startFactOf(period: StoredPeriod | undefined) {
  return period === undefined ? null : factOf(period.shown.start);
}

/** How being together ended with a period: a parting comes before the end. */
export function endFactOf(period: StoredPeriod | undefined) {
  if (period === undefined) return null;
  const { apart, end, parted } = period.shown;
  if (!parted) return lawfulEndOf(period);
  return { ...factOf(apart), state: stateOf(apart), reason: end.reason };
}

/** The end of a period, partings apart. */
export function lawfulEndOf({ shown: { end } }: StoredPeriod) {
  return { ...factOf(end), state: end.state, reason: end.reason };
}

const stateOf = (apart: DateField): EndStateWord => (apart.date === null ? 'ENDED' : 'DATED');
