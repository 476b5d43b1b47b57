import { type TextNames, textWithout as textWithoutNames } from './purge-names.js';
import type { Article, Citation, Claim, Event, Mention, Participant, Person, RecordOf, Resolution } from './records.js';
import { blacken, redact, type SoughtName, spansOf } from './redact.js';
import type { RecordType } from './words.js';

/** How a record, or what an edit says of one, reads without somebody. */
export interface Without {
  /** Whether a person is one of those who go. */
  isGone: (person: string) => boolean;
  names: TextNames;
  /** Texts of this record that are known to read otherwise; all others lose the names. */
  texts?: ReadonlyMap<string, string>;
  /** What else those texts call them. */
  surfaces?: readonly SoughtName[];
}

/** The fields that are there, without those who go: whom they list, and what their texts call them. Ids of records stay. Pure. */
export function fieldsWithout<T extends RecordType>(
  type: T,
  fields: Partial<RecordOf[T]>,
  without: Without,
): Partial<RecordOf[T]> {
  return { ...fields, ...REDACTED[type](fields as never, without) };
}

type Redact<T extends RecordType> = (fields: Partial<RecordOf[T]>, without: Without) => Partial<RecordOf[T]>;

const REDACTED: { [T in RecordType]: Redact<T> } = {
  // Another person's names stay theirs, whoever else has them.
  Person: (fields: Partial<Person>, without) => ({
    ...textsOf(fields, ['description'], without),
    ...(fields.notSameAs && { notSameAs: fields.notSameAs.filter((id) => !without.isGone(id)) }),
  }),
  Relationship: () => ({}),
  Period: () => ({}),
  Event: ({ participants }: Partial<Event>, { isGone }) =>
    participants ? { participants: participants.filter(({ person }) => !isGone(person)) } : {},
  Article: (fields: Partial<Article>, without) => ({
    ...textsOf(fields, ['title', 'text'], without),
    ...textsOf(fields, ['author', 'outlet'], { ...without, surfaces: [] }),
    ...(fields.url && names(fields.url, without) && { url: null }),
    ...(fields.mentions && { mentions: mentionsWithout(fields.mentions, without) }),
  }),
  Claim: (fields: Partial<Claim>, without) => ({
    ...textsOf(fields, ['verdictNote'], without),
    ...(fields.value && fields.field !== 'NAME' && { value: valueWithout(fields.value, without) }),
  }),
  Citation: (fields: Partial<Citation>, without) => textsOf(fields, ['quote'], without),
  Resolution: (fields: Partial<Resolution>, without) => textsOf(fields, ['note'], without),
};

function textsOf<F extends object>(fields: F, which: readonly (keyof F)[], without: Without): Partial<F> {
  const texts = which.flatMap((field) => {
    const text = fields[field];
    return typeof text === 'string' ? [[field, textWithout(text, without)]] : [];
  });
  return Object.fromEntries(texts) as Partial<F>;
}

function textWithout(text: string, { names: sought, texts, surfaces = [] }: Without): string {
  return texts?.get(text) ?? redact(textWithoutNames(text, sought), surfaces);
}

/** An address can't be blackened; one that tells a name, written in whatever way, goes. */
function names(url: string, { names: sought }: Without): boolean {
  const spelled = url.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) =>
    Buffer.from(bytes.replaceAll('%', ''), 'hex').toString(),
  );
  return spansOf(spelled, sought.everywhere).length > 0;
}

/** Where two are mentioned in the same words, those of who goes are blackened. */
function mentionsWithout(mentions: readonly Mention[], { isGone }: Without): Mention[] {
  const theirs = mentions.filter(({ person }) => isGone(person));
  const left = mentions.filter(({ person }) => !isGone(person));
  return left.map((mention) => {
    const { part, from, to, surface } = mention;
    const within = theirs.filter((other) => other.part === part && other.from < to && from < other.to);
    const places = within.map((other) => ({ from: Math.max(0, other.from - from), to: other.to - from }));
    return { ...mention, surface: blacken(surface, places) };
  });
}

function valueWithout(value: Claim['value'], without: Without): Claim['value'] {
  if ('text' in value) return { ...value, text: textWithout(value.text, without) };
  if (!('date' in value) || value.date.text === undefined) return value;
  return { ...value, date: { ...value.date, text: textWithout(value.date.text, without) } };
}

/** Whether an event is theirs, as the gate has it: a PARTY or CHILD of it, or the last of its participants. */
export function isTheirs(participants: readonly Participant[], isGone: (person: string) => boolean): boolean {
  const own = participants.filter(({ person }) => isGone(person));
  const isAll = own.length > 0 && own.length === participants.length;
  return isAll || own.some(({ role }) => role === 'PARTY' || role === 'CHILD');
}
