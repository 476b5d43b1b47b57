import { Field, ID, InputType, Int } from 'type-graphql';
import { parsePartialDate } from '../domain/partial-date.js';
import { type ClaimValue, VALUE_OF_FIELD, WIDEST_MARGIN } from '../domain/records.js';
import type {
  EndReason as EndReasonWord,
  Evidence as EvidenceWord,
  Field as FieldWord,
  Polarity as PolarityWord,
  RoleInEvent as RoleWord,
} from '../domain/words.js';
import type { Cite, Saying } from '../editing/say-claim.js';
import { invalid, pathTo, under } from '../errors.js';
import { Evidence } from './citation.js';
import { ClaimField, Polarity } from './claim.js';
import { ClaimedState, type ClaimedStateWord } from './claim-value.js';
import type { Context } from './context.js';
import { RoleInEvent } from './event.js';
import { namedPerson } from './mutation.js';
import { EndReason } from './period-fact.js';
import { EDTF } from './scalars.js';

@InputType({
  description:
    'What a claim says, in the form that its field takes: a date, a state, a reason, a text, or a person and a role. Any other form is INVALID_INPUT, rule VALUE_OF_FIELD.',
})
export class ClaimValueInput {
  @Field(() => EDTF, { nullable: true, description: 'The date: START, APART, END, DATE, BIRTH, DEATH.' })
  date?: string | null;

  @Field(() => String, { nullable: true, description: "The source's own words for the date." })
  dateText?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The margin that the source states, in days to each side: 1 to 36,525.',
  })
  marginDays?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'An END that is told as still to come.' })
  announced?: boolean | null;

  @Field(() => ClaimedState, { nullable: true, description: 'EXISTS, APART or END without a date.' })
  state?: ClaimedStateWord | null;

  @Field(() => EndReason, { nullable: true, description: 'END_REASON.' })
  reason?: EndReasonWord | null;

  @Field(() => String, { nullable: true, description: 'PLACE, NAME, OCCUPATION.' })
  text?: string | null;

  @Field(() => ID, { nullable: true, description: 'PARTICIPANT: the id or slug of who took part.' })
  person?: string | null;

  @Field(() => RoleInEvent, { nullable: true, description: 'PARTICIPANT: as what.' })
  role?: RoleWord | null;
}

@InputType({ description: 'A quote in an article that says exactly what is claimed.' })
export class CitationInput {
  @Field(() => ID, { description: 'The id of the article.' })
  article!: string;

  @Field(() => String, { description: 'The words, as they stand there.' })
  quote!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Where they begin in its text, in UTF-16 code units; needed where they stand there more than once.',
  })
  from?: number | null;

  @Field(() => Evidence, { description: 'Who speaks.' })
  evidence!: EvidenceWord;

  @Field(() => ID, { nullable: true, description: 'PRINCIPAL, REPRESENTATIVE: the id or slug of whom it speaks for.' })
  side?: string | null;
}

@InputType({ description: 'What sources say about one field.' })
export class ClaimInput {
  @Field(() => ClaimField, { description: 'What it is on.' })
  field!: FieldWord;

  @Field(() => ClaimValueInput, { description: 'What it says.' })
  value!: ClaimValueInput;

  @Field(() => Polarity, { nullable: true, defaultValue: 'ASSERTS', description: 'Whether they say or deny it.' })
  polarity?: PolarityWord | null;

  @Field(() => [CitationInput], { description: 'Who says so: one at least, else INVALID_INPUT, rule CITED.' })
  cite!: CitationInput[];
}

/** What is said, with everybody who is named found. Throws INVALID_INPUT or NOT_FOUND with field and rule. */
async function sayingFor(context: Context, { field, value, polarity, cite }: ClaimInput): Promise<Saying> {
  const quotes: Cite[] = [];
  for (const [at, quote] of cite.entries()) quotes.push(await under(`cite[${at}]`, () => citeFor(context, quote)));
  return { field, value: await claimedValue(context, field, value), polarity: polarity ?? 'ASSERTS', cite: quotes };
}

/** What is said under `path`, which is empty for arguments of their own, likewise. */
export async function sayingsFor(context: Context, claims: readonly ClaimInput[], path = ''): Promise<Saying[]> {
  const sayings: Saying[] = [];
  for (const [place, claim] of claims.entries()) {
    const at = pathTo(path, `claims[${place}]`);
    sayings.push({ ...(await under(at, () => sayingFor(context, claim))), at });
  }
  return sayings;
}

/** A citation as it is kept; refusals name its own fields. */
export async function citeFor(
  context: Context,
  { article, quote, from, evidence, side }: CitationInput,
): Promise<Cite> {
  const speaker = side == null ? null : (await namedPerson(context, side, 'side')).id;
  return { article, quote: quote.trim(), from: from ?? null, evidence, side: speaker };
}

const DATED = '`date`, with `dateText` and `marginDays` where they are told';

/** What a value of each field has, to be read in a refusal. */
const TAKES: Record<FieldWord, string> = {
  EXISTS: '`state` PRESENT or PAST',
  START: DATED,
  APART: `${DATED}, or \`state\` PARTED`,
  END: `${DATED}, and \`announced\` for one that is still to come; or \`state\` ENDED or ONGOING`,
  END_REASON: '`reason`',
  DATE: DATED,
  BIRTH: DATED,
  DEATH: DATED,
  PLACE: '`text`',
  NAME: '`text`',
  OCCUPATION: '`text`',
  PARTICIPANT: '`person` and `role`',
};

/** The value as it is kept. */
export async function claimedValue(context: Context, field: FieldWord, input: ClaimValueInput): Promise<ClaimValue> {
  const { date, dateText, marginDays, announced, person, ...plain } = input;
  if (marginDays != null && (marginDays < 1 || marginDays > WIDEST_MARGIN))
    throw invalid('value.marginDays', 'VALUE_OF_FIELD', `marginDays is 1 to ${WIDEST_MARGIN.toLocaleString('en')}`);
  const dated = date == null ? undefined : { edtf: parsePartialDate(date, 'value.date').edtf };
  const value = present({
    ...plain,
    date: dated && present({ ...dated, text: dateText, marginDays }),
    announced: announced || undefined,
    person: person == null ? undefined : (await namedPerson(context, person, 'value.person')).id,
  });
  const parsed = VALUE_OF_FIELD[field].safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid('value', 'VALUE_OF_FIELD', `${field} takes ${TAKES[field]}, and nothing else`);
}

/** Without what is null or was not given. */
function present(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));
}
