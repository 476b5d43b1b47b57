import { z } from 'zod';
import { parsePartialDate } from '../domain/partial-date.js';
import {
  externalId,
  FIELDS_OF_SUBJECT,
  LONGEST_NOTE,
  language,
  slug,
  VALUE_OF_FIELD,
  webAddress,
} from '../domain/records.js';
import { line, onOneLine, prose, verbatim } from '../domain/text.js';
import {
  ALIAS_KINDS,
  ARTICLE_KINDS,
  EVENT_KINDS,
  EVIDENCE,
  type Field,
  KINDS,
  PERIOD_TYPES,
  POLARITIES,
  ROLES_IN_EVENT,
  TYPES_OF_KIND,
  VISIBILITIES,
} from '../domain/words.js';
import { AppError } from '../errors.js';

/**
 * The one row format of seeds, bulk files and imports (docs/rows.md). Rows hold decisions only: the schemas are strict, so a
 * standing, a bound or any other derived thing is refused by name. Rows name each other by source key, never by id.
 */

/** One line, however it is broken in the file: cells of spreadsheets are, and the break says nothing. Whoever types one is told. */
const cell = (max: number) => z.string().transform(onOneLine).pipe(line(max));

const key = cell(300);

/** Reads any accepted EDTF form and keeps the normalised one, so that equal dates are one value. */
const edtf = z.string().transform((value, context) => {
  try {
    return parsePartialDate(value).edtf;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    context.addIssue({ code: 'custom', message: error.message, params: { rule: 'EDTF' } });
    return z.NEVER;
  }
});

const dateForm = z.strictObject({
  edtf,
  text: cell(200).optional(),
  marginDays: z.int().min(1).max(36_525).optional(),
});
/** A date alone, or with the source's wording and margin. */
const date = z.union([edtf.transform((value) => ({ edtf: value })), dateForm]);
const dated = z.strictObject({ date });
const told = z.strictObject({ text: cell(200) });

const cite = z.strictObject({
  article: key,
  /** Words of the article; verbatim where the row of the article holds its text. */
  quote: prose(5000),
  /** Where the quote begins in the text, in UTF-16 code units; needed only where it occurs more than once. */
  from: z.int().min(0).optional(),
  evidence: z.enum(EVIDENCE),
  side: key.optional(),
});

/** Shared by claims on all fields. A row can hold a claim back, but not accept it: that is the importing person's decision. */
const common = {
  polarity: z.enum(POLARITIES).default('ASSERTS'),
  verdict: z.enum(['PROPOSED', 'REJECTED']).optional(),
  verdictNote: prose(LONGEST_NOTE).optional(),
  cite: z.union([cite.transform((one) => [one]), z.array(cite).min(1).max(100)]),
};

const on = <F extends Field, V extends z.ZodType>(field: F, value: V) =>
  z.strictObject({ field: z.literal(field), value, ...common });

const claim = z.discriminatedUnion('field', [
  on('EXISTS', VALUE_OF_FIELD.EXISTS),
  on('START', dated),
  on('APART', z.union([dated, z.strictObject({ state: z.literal('PARTED') })])),
  on(
    'END',
    z.union([
      z.strictObject({ date, announced: z.literal(true).optional() }),
      z.strictObject({ state: z.enum(['ENDED', 'ONGOING']) }),
    ]),
  ),
  on('END_REASON', VALUE_OF_FIELD.END_REASON),
  on('DATE', dated),
  on('BIRTH', dated),
  on('DEATH', dated),
  on('PLACE', told),
  on('NAME', told),
  on('OCCUPATION', told),
  on('PARTICIPANT', z.strictObject({ person: key, role: z.enum(ROLES_IN_EVENT) })),
]);

const claimsOn = (subject: keyof typeof FIELDS_OF_SUBJECT) =>
  z.array(claim).superRefine((claims, context) => {
    const fields: readonly Field[] = FIELDS_OF_SUBJECT[subject];
    for (const [at, { field }] of claims.entries()) {
      if (!fields.includes(field))
        context.addIssue({ code: 'custom', path: [at, 'field'], message: `nobody claims ${field} of a ${subject}` });
    }
  });

const person = z.strictObject({
  row: z.literal('person'),
  key,
  name: cell(200),
  slug: slug.optional(),
  aliases: z
    .array(z.strictObject({ name: cell(200), kind: z.enum(ALIAS_KINDS) }))
    .max(100)
    .default([]),
  description: prose(500).optional(),
  externalIds: z.array(externalId).max(50).default([]),
  visibility: z.enum(VISIBILITIES).exclude(['REMOVED', 'PURGED']).optional(),
  adult: z.boolean().optional(),
  claims: claimsOn('Person').default([]),
});

const mention = z.strictObject({
  person: key,
  surface: prose(200),
  part: z.enum(['TITLE', 'TEXT']).default('TEXT'),
  /** Where it begins; without it, every place where the surface stands as a word. */
  from: z.int().min(0).optional(),
});

const article = z.strictObject({
  row: z.literal('article'),
  key,
  kind: z.enum(ARTICLE_KINDS),
  title: cell(500),
  outlet: cell(200).optional(),
  author: cell(200).optional(),
  url: webAddress.optional(),
  language: language.optional(),
  published: edtf.nullable().default(null),
  /** The day it was read, `YYYY-MM-DD`. */
  retrieved: z.iso.date(),
  text: verbatim(5_000_000).optional(),
  basedOn: z.array(key).max(100).default([]),
  mentions: z.array(mention).max(10_000).default([]),
  mentionsReviewed: z.boolean().default(false),
});

const event = z.strictObject({
  row: z.literal('event'),
  key,
  kind: z.enum(EVENT_KINDS),
  participants: z
    .array(z.strictObject({ person: key, role: z.enum(ROLES_IN_EVENT) }))
    .min(1)
    .max(200),
  claims: claimsOn('Event').min(1),
});

const relationship = z
  .strictObject({
    row: z.literal('relationship'),
    kind: z.enum(KINDS),
    type: z.enum(PERIOD_TYPES).default('UNSPECIFIED'),
    /** For PARENT_CHILD the parent. */
    a: key,
    b: key,
    /** Names the period: rows with the same key are about the same one, whatever their dates. Without it, they are matched. */
    period: key.optional(),
    startedBy: key.optional(),
    endedBy: key.optional(),
    claims: claimsOn('Period').min(1),
  })
  .superRefine(({ kind, type, a, b }, context) => {
    if (!TYPES_OF_KIND[kind].includes(type))
      context.addIssue({ code: 'custom', path: ['type'], message: `${kind} has no ${type}` });
    if (a === b)
      context.addIssue({
        code: 'custom',
        path: ['b'],
        message: 'pairs a person with themselves',
        params: { rule: 'SELF_PAIR' },
      });
  });

/** Any row, parsed. */
export const row = z.discriminatedUnion('row', [person, article, event, relationship]);

export type Row = z.output<typeof row>;
export type RowInput = z.input<typeof row>;
export type RowClaim = z.output<typeof claim>;
export type RowCite = RowClaim['cite'][number];
export type RowOf<K extends Row['row']> = Extract<Row, { row: K }>;
