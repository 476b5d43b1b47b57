import { Field, InputType } from 'type-graphql';
import type { Standing as StandingNumber } from '../domain/evidence.js';
import type { Kind as KindWord, PeriodType as PeriodTypeWord } from '../domain/words.js';
import { AtLeast, type AtLeastWord, Standing } from './enums.js';
import { PeriodType } from './period.js';
import { Kind } from './relationship.js';
import { EDTF } from './scalars.js';

/** What every filter of relationships asks; by itself nothing takes it, so the schema doesn't hold it. */
@InputType()
export abstract class LinksFilter {
  @Field(() => [Kind], { nullable: true, description: 'Only of these kinds.' })
  kinds?: KindWord[] | null;

  @Field(() => [PeriodType], { nullable: true, description: 'Only with periods of these types.' })
  types?: PeriodTypeWord[] | null;

  @Field(() => EDTF, {
    nullable: true,
    description: 'Only those that held at some time of this date or span, as in `partners`.',
  })
  at?: string | null;

  @Field(() => AtLeast, {
    nullable: true,
    defaultValue: 'POSSIBLE',
    description: 'How certain a match of `at` must be; of a chain, its time order too.',
  })
  certainty?: AtLeastWord | null;

  @Field(() => Standing, {
    nullable: true,
    defaultValue: Standing.REPORTED,
    description: 'The least standing of a period; below RUMOURED is for REVIEWER and above.',
  })
  minStanding?: StandingNumber | null;
}
