/** The words of which a field of a record takes one: closed lists, with their types (design.md, sections 1 and 2). */

export const KINDS = ['ROMANTIC', 'PARENT_CHILD', 'SIBLING', 'FRIEND', 'COLLABORATION', 'FEUD'] as const;
export const PERIOD_TYPES = [
  'DATING',
  'ENGAGED',
  'MARRIED',
  'PARTNERSHIP',
  'BIOLOGICAL',
  'ADOPTIVE',
  'STEP',
  'UNSPECIFIED',
] as const;
export const EVENT_KINDS = [
  'MET',
  'ENGAGEMENT',
  'WEDDING',
  'BIRTH',
  'SPLIT',
  'DIVORCE_FILED',
  'DIVORCE_FINAL',
  'RECONCILIATION',
  'APPEARANCE',
  'INTERVIEW',
  'DEATH',
  'OTHER',
] as const;
export const ROLES_IN_EVENT = ['PARTY', 'CHILD', 'PARENT', 'GUEST', 'SUBJECT', 'INTERVIEWER', 'OTHER'] as const;
export const ARTICLE_KINDS = ['NEWS', 'INTERVIEW', 'RECORD', 'DATASET', 'OTHER'] as const;
export const EVIDENCE = [
  'PRINCIPAL',
  'REPRESENTATIVE',
  'RECORD',
  'WITNESS',
  'DATASET',
  'OUTLET',
  'UNNAMED_SOURCE',
] as const;
export const VERDICTS = ['PROPOSED', 'ACCEPTED', 'REJECTED'] as const;
export const POLARITIES = ['ASSERTS', 'DENIES'] as const;
/** PURGED is nobody any more: an id without content, which no one sees and nothing may refer to. */
export const VISIBILITIES = ['PUBLIC', 'LIMITED', 'PRIVATE', 'REMOVED', 'PURGED'] as const;
export const ALIAS_KINDS = ['BIRTH_NAME', 'MARRIED_NAME', 'STAGE_NAME', 'NICKNAME', 'SPELLING', 'FORMER_NAME'] as const;
export const END_REASONS = ['PROGRESSED', 'SPLIT', 'DIVORCE', 'ANNULMENT', 'DEATH', 'OTHER'] as const;
export const RESOLUTION_KINDS = ['PREFER', 'DIFFERENT_THINGS', 'UNRESOLVABLE'] as const;
export const FIELDS = [
  'EXISTS',
  'START',
  'APART',
  'END',
  'END_REASON',
  'DATE',
  'BIRTH',
  'DEATH',
  'PLACE',
  'NAME',
  'OCCUPATION',
  'PARTICIPANT',
] as const;

export type Kind = (typeof KINDS)[number];
export type PeriodType = (typeof PERIOD_TYPES)[number];
export type EventKind = (typeof EVENT_KINDS)[number];
export type RoleInEvent = (typeof ROLES_IN_EVENT)[number];
export type ArticleKind = (typeof ARTICLE_KINDS)[number];
export type Evidence = (typeof EVIDENCE)[number];
export type Verdict = (typeof VERDICTS)[number];
export type Polarity = (typeof POLARITIES)[number];
export type Visibility = (typeof VISIBILITIES)[number];
/** What somebody decides for a person; a purge alone makes PURGED of it. */
export type SetVisibility = Exclude<Visibility, 'PURGED'>;
export type AliasKind = (typeof ALIAS_KINDS)[number];
export type EndReason = (typeof END_REASONS)[number];
export type ResolutionKind = (typeof RESOLUTION_KINDS)[number];
export type Field = (typeof FIELDS)[number];

/** The period types that each kind of relationship may have. */
export const TYPES_OF_KIND: Record<Kind, readonly PeriodType[]> = {
  ROMANTIC: ['DATING', 'ENGAGED', 'MARRIED', 'PARTNERSHIP', 'UNSPECIFIED'],
  PARENT_CHILD: ['BIOLOGICAL', 'ADOPTIVE', 'STEP', 'UNSPECIFIED'],
  SIBLING: ['UNSPECIFIED'],
  FRIEND: ['UNSPECIFIED'],
  COLLABORATION: ['UNSPECIFIED'],
  FEUD: ['UNSPECIFIED'],
};

/** The prefix of each record's opaque id. */
export const ID_PREFIX = {
  Person: 'per_',
  Relationship: 'rel_',
  Period: 'prd_',
  Event: 'evt_',
  Article: 'art_',
  Claim: 'clm_',
  Citation: 'cit_',
  Resolution: 'res_',
} as const;

export type RecordType = keyof typeof ID_PREFIX;
