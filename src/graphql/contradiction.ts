import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { DateField, ContradictionType as TypeWord } from '../domain/evidence.js';
import type { DateParts } from '../domain/partial-date.js';
import type { Field as FieldWord, ResolutionKind as ResolutionKindWord } from '../domain/words.js';
import type { StoredContradiction } from '../store/contradiction.js';
import type { Made } from '../store/made.js';
import { pastOf } from './as-of.js';
import { Claim, ClaimField, type ClaimSource, findClaim } from './claim.js';
import { type Context, is } from './context.js';
import { enumOf } from './enums.js';
import { Node, type NodeSource } from './node.js';
import { factOf, PartialDate } from './partial-date.js';
import { DateTime } from './scalars.js';
import { findSubject } from './subject.js';

export const ContradictionType = enumOf<TypeWord>('ContradictionType', 'Why two claims can not both be true.', {
  DATES_EXCLUDE: 'Their dates exclude each other.',
  SIDES_DISAGREE: 'One side says what the other denies.',
  MARRIAGE_OVERLAP:
    'One marriage had not ended in law when another of the same person began. It can be so; it contests nothing.',
  BEFORE_BIRTH: 'One says that somebody lived through what, by the other, was before their birth.',
  AFTER_DEATH: 'One says that somebody lived through what, by the other, was after their death.',
  UNDER_AGE: 'A romance began, by the one, before the 16th birthday by the other. It can be so; it contests nothing.',
  IDENTITY_DOUBT:
    'Births, or deaths, of one person more than a year apart: the record may be of two people. As DATES_EXCLUDE else.',
});

export type StateWord = 'OPEN' | 'RESOLVED';

export const ContradictionState = enumOf<StateWord>('ContradictionState', 'Whether somebody has answered it.', {
  OPEN: 'Nobody has, or what it rests on has changed since.',
  RESOLVED: 'Somebody has, whatever they found.',
});

export const ResolutionKind = enumOf<ResolutionKindWord>('ResolutionKind', 'How a contradiction is answered.', {
  PREFER:
    'One of the two is right: what can not be true with it is silent in the field of the other. Both stay accepted. Not for MARRIAGE_OVERLAP, nor against a birth or death but by another claim about the same person.',
  DIFFERENT_THINGS:
    'Both stand: they speak of different things, or can both be true after all. A contested field stays so.',
  UNRESOLVABLE: 'Nobody can tell. A contested field stays so.',
});

@ObjectType({ simpleResolvers: true, description: 'How somebody has answered a contradiction.' })
export class Resolution {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => ResolutionKind, { description: 'What was found.' })
  kind!: ResolutionKindWord;

  @Field(() => ID, { nullable: true, description: 'The claim that is preferred, for PREFER.' })
  prefer!: string | null;

  @Field(() => String, { description: 'Why.' })
  note!: string;

  @Field(() => String, { nullable: true, description: 'Who answered it so.' })
  actor!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When.' })
  at!: string | null;

  @Field(() => Int, { description: 'Its number, for the `expectedRevision` of who overrules it.' })
  revision!: number;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'Two accepted claims that can not both be true. For REVIEWER and above.',
})
export class Contradiction extends Node {
  @Field(() => ContradictionType, { description: 'Why not.' })
  type!: TypeWord;

  @Field(() => ContradictionState, { description: 'Whether it waits for an answer.' })
  status!: StateWord;

  @Field(() => Node, { nullable: true, description: 'The person, period, relationship or event that it is about.' })
  subject!: NodeSource | null;

  @Field(() => ClaimField, {
    description:
      'The field that it is about; contested while it is open, unless its type says otherwise, or it rests on the life of somebody on whom the event does not depend, or on a birth or death that is not told to readers.',
  })
  field!: FieldWord;

  @Field(() => [Claim], { description: 'The two claims; one of them may be about another record than the subject.' })
  claims!: ClaimSource[];

  @Field(() => PartialDate, {
    nullable: true,
    description: 'What the field shows meanwhile; null where it is no date.',
  })
  bounds!: DateParts | null;

  @Field(() => DateTime, { nullable: true, description: 'When the later of the two claims was accepted.' })
  openedAt!: string | null;

  @Field(() => Resolution, { nullable: true, description: 'The answer that holds; null while it is open.' })
  resolution!: Resolution | null;
}

export interface ContradictionSource extends NodeSource {
  stored: StoredContradiction;
}

export function contradictionFor(context: Context, stored: StoredContradiction): ContradictionSource {
  const { id, type, subject, field, claims, resolution } = stored;
  const source = {
    ...{ __typename: 'Contradiction', stored, id, type, field },
    status: resolution === null ? 'OPEN' : 'RESOLVED',
    subject: () => findSubject(context, subject),
    claims: async () => {
      const found = await Promise.all(claims.map((claim) => findClaim(context, claim)));
      return found.filter((claim) => claim !== null);
    },
    bounds: () => boundsOf(context, stored),
    openedAt: () => openedAt(context, stored),
    resolution: () => resolutionFor(context, resolution),
  };
  return source;
}

async function boundsOf({ loaders }: Context, { subject, field }: StoredContradiction): Promise<DateParts | null> {
  const [person, period, event] = await Promise.all([
    subject.startsWith('per_') ? loaders.people.load(subject) : null,
    subject.startsWith('prd_') ? loaders.periods.load(subject) : null,
    subject.startsWith('evt_') ? loaders.events.load(subject) : null,
  ]);
  const dates: Partial<Record<FieldWord, DateField | undefined>> = {
    ...{ BIRTH: person?.shown.birth, DEATH: person?.shown.death, DATE: event?.shown.date },
    ...{ START: period?.shown.start, APART: period?.shown.apart, END: period?.shown.end },
  };
  const shown = dates[field];
  return shown === undefined ? null : factOf(shown).date();
}

/** The latest change that counts in this context, of changes with the newest first. */
function latest(context: Context, made: readonly Made[]): Made | undefined {
  const end = pastOf(context)?.seq;
  return made.find(({ seq }) => end === undefined || seq <= end);
}

async function openedAt(context: Context, { claims }: StoredContradiction): Promise<string | null> {
  const { loaders } = pastOf(context)?.present ?? context;
  const accepted = await Promise.all(claims.map((claim) => loaders.acceptances.load(claim)));
  const last = accepted.flatMap((made) => latest(context, made) ?? []).sort((a, b) => b.seq - a.seq);
  return last[0]?.at ?? null;
}

async function resolutionFor(context: Context, stored: StoredContradiction['resolution']): Promise<Resolution | null> {
  if (stored === null) return null;
  const { loaders } = pastOf(context)?.present ?? context;
  const made = latest(context, await loaders.changesOfRecords.load(stored.id));
  const { id, kind, prefer, note, revision } = stored;
  return { id, kind, prefer, note, revision, actor: made?.actor ?? null, at: made?.at ?? null };
}

/** The contradiction with this id, for a look-up: REVIEWER and above. */
export async function findContradiction(context: Context, id: string): Promise<ContradictionSource | null> {
  const stored = is(context, 'REVIEWER') ? await context.loaders.contradictions.load(id) : null;
  return stored && contradictionFor(context, stored);
}
