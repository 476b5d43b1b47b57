import { Field, ID, Int, ObjectType } from 'type-graphql';
import { UNBOUNDED } from '../domain/day.js';
import type { DateField, Standing as StandingNumber, Bounds as StoredBounds, Stretch } from '../domain/evidence.js';
import {
  type DateParts,
  type Precision as PrecisionWord,
  parsePartialDate,
  partsOfDate,
} from '../domain/partial-date.js';
import { enumOf, Standing } from './enums.js';
import { EDTF } from './scalars.js';

export const Precision = enumOf<PrecisionWord>('Precision', 'What a date states of the time that it may mean.', {
  DAY: 'A day.',
  MONTH: 'A month.',
  YEAR: 'A year.',
  DECADE: 'A decade: `201X`.',
  CENTURY: 'A century: `20XX`.',
  RANGE: 'Some day between two ends, of which one may be open.',
});

@ObjectType({
  simpleResolvers: true,
  description: 'A date as precisely as it is known: some day of those that it may mean.',
})
export class PartialDate {
  @Field(() => EDTF, { description: 'The date as EDTF writes it; equal texts are one date.' })
  edtf!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The first day that it may mean, as `2014-05-24`; null where open.',
  })
  earliest!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The last day that it may mean, as `2014-05-24`; null where open.',
  })
  latest!: string | null;

  @Field(() => Precision, { description: 'What the text states of it.' })
  precision!: PrecisionWord;

  @Field(() => Boolean, { description: 'About then (`~` or `%`); it widens nothing.' })
  approximate!: boolean;

  @Field(() => Boolean, { description: 'The source is unsure of it (`?` or `%`); it widens nothing.' })
  uncertain!: boolean;

  @Field(() => String, { nullable: true, description: "The source's own wording, where it is kept." })
  text!: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'A date with how well it is established.' })
export class DateFact {
  @Field(() => PartialDate, { nullable: true, description: 'Null where nobody says one well enough to count.' })
  date!: DateParts | null;

  @Field(() => Standing, { description: 'How well it is established; PROPOSED where no accepted claim says it.' })
  standing!: StandingNumber;

  @Field(() => Boolean, { description: 'Whether accepted claims exclude each other, or deny it.' })
  contested!: boolean;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'Between which days something began, the two parted, and it ended, inclusive, as days since 1970-01-01; null where unbounded. ' +
    'Bounds may cross: a latest start after the earliest end is normal.',
})
export class Bounds {
  @Field(() => Int, { nullable: true, description: 'Earliest start.' })
  startMin!: number | null;

  @Field(() => Int, { nullable: true, description: 'Latest start.' })
  startMax!: number | null;

  @Field(() => Int, { nullable: true, description: 'Earliest parting; null where no parting is said.' })
  apartMin!: number | null;

  @Field(() => Int, { nullable: true, description: 'Latest parting; null where no parting is said.' })
  apartMax!: number | null;

  @Field(() => Int, { nullable: true, description: 'Earliest end.' })
  endMin!: number | null;

  @Field(() => Int, { nullable: true, description: 'Latest end.' })
  endMax!: number | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A time of being together: what nothing interrupted, up to a parting or an end.',
})
export class StretchOfTime {
  @Field(() => Bounds, { description: 'When it began and ended; a parting counts as its end.' })
  bounds!: Bounds;

  @Field(() => [ID], { description: 'Ids of the periods that it is made of, in time order.' })
  periods!: string[];
}

/** A day as the API answers it: null for an open side. */
export const dayOrNull = (day: number): number | null => (Math.abs(day) >= UNBOUNDED ? null : day);

export function boundsOf(bounds: StoredBounds, parted: boolean): Bounds {
  return {
    startMin: dayOrNull(bounds.startMin),
    startMax: dayOrNull(bounds.startMax),
    apartMin: parted ? dayOrNull(bounds.apartMin) : null,
    apartMax: parted ? dayOrNull(bounds.apartMax) : null,
    endMin: dayOrNull(bounds.endMin),
    endMax: dayOrNull(bounds.endMax),
  };
}

export function stretchOf({ periods, fromMin, fromMax, toMin, toMax }: Stretch): StretchOfTime {
  const bounds = { startMin: fromMin, startMax: fromMax, apartMin: 0, apartMax: 0, endMin: toMin, endMax: toMax };
  return { bounds: boundsOf(bounds, false), periods };
}

/** What a projected field shows; the parts of its date are worked out only when asked for. */
export function factOf(field: DateField) {
  return {
    date: () => (field.date === null ? null : partsOfDate(field.date)),
    standing: field.standing,
    contested: field.contested,
  };
}

/** The parts of an EDTF text that stands by itself. */
export function dateOf(edtf: string): DateParts {
  const { min, max } = parsePartialDate(edtf);
  return partsOfDate({ edtf, text: null, min, max });
}
