import { z } from 'zod';
import { line, prose, verbatim, written } from './text.js';
import {
  ALIAS_KINDS,
  ARTICLE_KINDS,
  END_REASONS,
  EVENT_KINDS,
  EVIDENCE,
  FIELDS,
  type Field,
  ID_PREFIX,
  KINDS,
  PERIOD_TYPES,
  POLARITIES,
  RESOLUTION_KINDS,
  type RecordType,
  ROLES_IN_EVENT,
  VERDICTS,
  VISIBILITIES,
} from './words.js';

/**
 * The decisions that Hearsay keeps, one schema a record. Whatever can be computed from them (bounds, standing, `LINKED`,
 * contradictions, `adultFrom`, sort keys) is not here. References are ids; the edges of the graph are drawn from them.
 */

/** The longest note on anything that is decided, in UTF-16 code units. */
export const LONGEST_NOTE = 2_000;

const id = (type: RecordType) => z.string().regex(new RegExp(`^${ID_PREFIX[type]}[A-Za-z0-9]{1,60}$`));
const subjectId = z.string().regex(/^(per|rel|prd|evt)_[A-Za-z0-9]{1,60}$/);

/** The widest margin that a source may state, in days. */
export const WIDEST_MARGIN = 36_525;

/** A date as a claim states it: EDTF (design.md, section 3), the source's own wording, and how far a stated margin widens it. */
export const dateValue = z.strictObject({
  edtf: line(60),
  text: line(200).optional(),
  /** Days by which a source's stated margin ("give or take a month") widens both bounds. */
  marginDays: z.int().min(1).max(WIDEST_MARGIN).optional(),
});

/** The value forms; which of them a field takes is `VALUE_OF_FIELD`. */
export const VALUE_OF_FIELD = {
  EXISTS: z.strictObject({ state: z.enum(['PRESENT', 'PAST']) }),
  START: z.strictObject({ date: dateValue }),
  APART: z.union([z.strictObject({ date: dateValue }), z.strictObject({ state: z.literal('PARTED') })]),
  END: z.union([
    /** `announced`: told as still to come, so the date is not cut at the article's day. */
    z.strictObject({ date: dateValue, announced: z.literal(true).optional() }),
    z.strictObject({ state: z.enum(['ENDED', 'ONGOING']) }),
  ]),
  END_REASON: z.strictObject({ reason: z.enum(END_REASONS) }),
  DATE: z.strictObject({ date: dateValue }),
  BIRTH: z.strictObject({ date: dateValue }),
  DEATH: z.strictObject({ date: dateValue }),
  PLACE: z.strictObject({ text: line(200) }),
  NAME: z.strictObject({ text: line(200) }),
  OCCUPATION: z.strictObject({ text: line(200) }),
  PARTICIPANT: z.strictObject({ person: id('Person'), role: z.enum(ROLES_IN_EVENT) }),
} as const satisfies Record<Field, z.ZodType>;

export type DateValue = z.infer<typeof dateValue>;
export type ClaimValue = z.infer<(typeof VALUE_OF_FIELD)[Field]>;

/** The fields that a claim about each type of subject may be on. */
export const FIELDS_OF_SUBJECT = {
  Person: ['BIRTH', 'DEATH', 'NAME', 'OCCUPATION'],
  Relationship: ['EXISTS', 'START', 'APART', 'END', 'END_REASON'],
  Period: ['EXISTS', 'START', 'APART', 'END', 'END_REASON'],
  Event: ['EXISTS', 'DATE', 'PLACE', 'PARTICIPANT'],
} as const satisfies Partial<Record<RecordType, readonly Field[]>>;

export const alias = z.strictObject({ name: line(200), kind: z.enum(ALIAS_KINDS) });
export const participant = z.strictObject({ person: id('Person'), role: z.enum(ROLES_IN_EVENT) });
/** A place where a text names a person; `from` and `to` are UTF-16 code units in the article's text or title. */
export const mention = z.strictObject({
  surface: prose(200),
  part: z.enum(['TITLE', 'TEXT']),
  from: z.int().min(0),
  to: z.int().min(1),
  person: id('Person'),
});

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** A name in addresses. */
export const slug = written((text) => SLUG.test(text), 'written with a to z, 0 to 9 and hyphens between them').max(100);

const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/;
export const language = written(
  (text) => LANGUAGE.test(text),
  'a language as BCP 47 writes it, for example en or pt-BR',
);

const EXTERNAL_ID = /^[a-z0-9-]+:[^\s:]{1,100}$/;
/** An id in another collection. */
export const externalId = written(
  (text) => EXTERNAL_ID.test(text),
  'written as source:id, for example wikidata:Q186304',
);

/** Where something is on the web. Whoever reads it must not be given somebody's password. */
export const webAddress = written(
  isWebAddress,
  'an address that begins with http:// or https://, without a user or password',
).max(2000);

function isWebAddress(text: string): boolean {
  if (/\s/.test(text) || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}

export const person = z.strictObject({
  id: id('Person'),
  slug,
  name: line(200),
  aliases: z.array(alias).max(100).default([]),
  description: prose(500).nullable().default(null),
  /** `source:id`, for example `wikidata:Q186304`. */
  externalIds: z.array(externalId).max(50).default([]),
  visibility: z.enum(VISIBILITIES).default('LIMITED'),
  /** Marked adult by a person or an import, where no birth is known. */
  adult: z.boolean().default(false),
  notSameAs: z.array(id('Person')).max(1000).default([]),
  mergedInto: id('Person').nullable().default(null),
});

/** `a` and `b` are the parties; for PARENT_CHILD `a` is the parent, for the other kinds the smaller id comes first. */
export const relationship = z.strictObject({
  id: id('Relationship'),
  kind: z.enum(KINDS),
  a: id('Person'),
  b: id('Person'),
  mergedInto: id('Relationship').nullable().default(null),
});

export const period = z.strictObject({
  id: id('Period'),
  relationship: id('Relationship'),
  type: z.enum(PERIOD_TYPES),
  startedBy: id('Event').nullable().default(null),
  endedBy: id('Event').nullable().default(null),
  mergedInto: id('Period').nullable().default(null),
});

export const event = z.strictObject({
  id: id('Event'),
  kind: z.enum(EVENT_KINDS),
  participants: z.array(participant).min(1).max(200),
  mergedInto: id('Event').nullable().default(null),
});

export const article = z.strictObject({
  id: id('Article'),
  url: webAddress.nullable().default(null),
  title: line(500),
  outlet: line(200).nullable().default(null),
  author: line(200).nullable().default(null),
  kind: z.enum(ARTICLE_KINDS),
  language: language.nullable().default(null),
  /** EDTF, or null where the source shows no date. */
  published: line(60).nullable().default(null),
  /** The day it was read, in days since 1970-01-01. */
  retrieved: z.int(),
  /** Kept only where we may keep it. */
  text: verbatim(5_000_000).nullable().default(null),
  version: z.int().min(1).default(1),
  basedOn: z.array(id('Article')).max(100).default([]),
  mentions: z.array(mention).max(10_000).default([]),
  /** Whether a person has looked at who the text names; until then its words are for reviewers. */
  mentionsReviewed: z.boolean().default(false),
  mergedInto: id('Article').nullable().default(null),
});

export const claim = z.strictObject({
  id: id('Claim'),
  subject: subjectId,
  field: z.enum(FIELDS),
  value: z.union(Object.values(VALUE_OF_FIELD)),
  polarity: z.enum(POLARITIES).default('ASSERTS'),
  verdict: z.enum(VERDICTS).default('PROPOSED'),
  /** A reason's name, a colon and a note. */
  verdictNote: prose(LONGEST_NOTE + 100)
    .nullable()
    .default(null),
  /** What found it: `person`, `import`, or the name of an extraction rule. */
  extractor: line(100).default('person'),
});

export const citation = z.strictObject({
  id: id('Citation'),
  claim: id('Claim'),
  article: id('Article'),
  quote: prose(5000),
  /** UTF-16 code units in the article's text; null where no text is kept. */
  from: z.int().min(0).nullable().default(null),
  to: z.int().min(1).nullable().default(null),
  evidence: z.enum(EVIDENCE),
  /** For PRINCIPAL and REPRESENTATIVE: the party for whom this speaks. */
  side: id('Person').nullable().default(null),
  verdict: z.enum(VERDICTS).default('PROPOSED'),
});

export const resolution = z.strictObject({
  id: id('Resolution'),
  claims: z.tuple([id('Claim'), id('Claim')]),
  kind: z.enum(RESOLUTION_KINDS),
  prefer: id('Claim').nullable().default(null),
  note: prose(LONGEST_NOTE),
  /** What both claims rested on when this was decided (`basisOf`); it is void once that differs. */
  basis: z.string(),
});

export type Alias = z.infer<typeof alias>;
export type Participant = z.infer<typeof participant>;
export type Mention = z.infer<typeof mention>;
export type Person = z.infer<typeof person>;
export type Relationship = z.infer<typeof relationship>;
export type Period = z.infer<typeof period>;
export type Event = z.infer<typeof event>;
export type Article = z.infer<typeof article>;
export type Claim = z.infer<typeof claim>;
export type Citation = z.infer<typeof citation>;
export type Resolution = z.infer<typeof resolution>;

export interface RecordOf {
  Person: Person;
  Relationship: Relationship;
  Period: Period;
  Event: Event;
  Article: Article;
  Claim: Claim;
  Citation: Citation;
  Resolution: Resolution;
}

export const RECORD_SCHEMA = {
  Person: person,
  Relationship: relationship,
  Period: period,
  Event: event,
  Article: article,
  Claim: claim,
  Citation: citation,
  Resolution: resolution,
};

const TYPE_OF_PREFIX = new Map(
  Object.entries(ID_PREFIX).map(([type, prefix]) => [prefix as string, type as RecordType]),
);

/** The type that an id says in front, or null where it says none. */
export function typeOfId(value: string): RecordType | null {
  return TYPE_OF_PREFIX.get(value.slice(0, 4)) ?? null;
}
