import { Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { valueKey } from '../domain/claim.js';
import { consequenceOf } from '../domain/consequence.js';
import type { Standing as StandingNumber } from '../domain/evidence.js';
import { claimsAround, type FieldState, hintOf, type HintKind as KindWord } from '../domain/hint.js';
import type { Claim as ClaimRecord } from '../domain/records.js';
import { type Around, bearsOnOthers, MOST_BESIDE } from '../domain/vicinity.js';
import { type RejectReason as ReasonWord, splitVerdictNote } from '../editing/decide.js';
import { pastOf } from './as-of.js';
import { Claim, type ClaimSource, findClaim, findClaims } from './claim.js';
import { type Context, is } from './context.js';
import { RejectReason } from './decide.js';
import { enumOf, Standing } from './enums.js';
import { factOf, PartialDate } from './partial-date.js';
import { DateTime } from './scalars.js';

export const HintKind = enumOf<KindWord>(
  'HintKind',
  'How a claim stands to what is accepted: of the same field, and for CONFLICTS of any record that depends on it.',
  {
    NEW: 'Nothing that is accepted says this, or something that contains it.',
    SAME: 'An accepted claim says the same, be it this one: another source for it.',
    AGREES: 'A more precise claim is accepted: this one agrees, and changes nothing that is shown.',
    MORE_PRECISE: 'A vaguer claim is accepted, which agrees with this one.',
    CONFLICTS: 'It opens a contradiction, be it in another record, or makes the field contested.',
  },
);

@ObjectType({ simpleResolvers: true, description: 'What the graph shows of a field.' })
export class ShownField {
  @Field(() => PartialDate, { nullable: true, description: 'The date, where the field is one and it is established.' })
  date!: object | null;

  @Field(() => Standing, { description: 'How well the field is established; of EXISTS and the like, the record.' })
  standing!: StandingNumber;

  @Field(() => Boolean, { description: 'Whether accepted claims exclude each other, or deny it.' })
  contested!: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'What accepting a claim, with the quotes that wait, would do.' })
export class Hint {
  @Field(() => HintKind, { description: 'How it stands to what is accepted.' })
  kind!: KindWord;

  @Field(() => String, { description: 'What would come of it, in a few English sentences.' })
  consequence!: string;

  @Field(() => Claim, { nullable: true, description: 'The accepted claim that makes it so; null for NEW.' })
  against!: ClaimSource | null;

  @Field(() => ShownField, { description: 'What shows now.' })
  before!: object;

  @Field(() => ShownField, { description: 'What would show.' })
  after!: object;

  @Field(() => Int, {
    description:
      'How many contradictions it would open, in whatever record: a birth may contradict a romance. Whom you may not see is left out, as is one that only takes the place of another between claims that say the same.',
  })
  opens!: number;

  @Field(() => Boolean, {
    description: `Whether more depends on it than was looked at, so that it may open more: of one person the first ${MOST_BESIDE} relationships, events and marriages by id, and of one event the first ${MOST_BESIDE} relationships that it dates.`,
  })
  truncated!: boolean;

  @Field(() => Int, { description: 'How many independent sources the value would have.' })
  independentSources!: number;
}

@ObjectType({ simpleResolvers: true, description: 'That a claim was rejected.' })
export class Rejection {
  @Field(() => Claim, { description: 'The claim that was: this one, or one that says the same of the same record.' })
  claim!: ClaimSource;

  @Field(() => String, { description: 'Who rejected it.' })
  actor!: string;

  @Field(() => DateTime, { description: 'When.' })
  at!: string;

  @Field(() => RejectReason, { nullable: true, description: 'Why, where a reason was given.' })
  reason!: ReasonWord | null;

  @Field(() => String, { nullable: true, description: 'What was said of it.' })
  note!: string | null;
}

const MOST_COMPETING = 20;
const MOST_REJECTIONS = 10;

const FOR_REVIEWERS = 'For REVIEWER and above, and as of today: else null.';

@Resolver(() => Claim)
export class HintResolver {
  @FieldResolver(() => Hint, {
    nullable: true,
    description: `What accepting it would do, worked out as if it were. Null where it is accepted and no quote of it waits. ${FOR_REVIEWERS}`,
  })
  async hint(@Root() { stored }: ClaimSource, @Ctx() context: Context): Promise<object | null> {
    if (stored.verdict === 'ACCEPTED' && stored.waiting === null) return null;
    const around = await aroundOf(context, stored);
    if (around === null) return null;
    const neighbours = bearsOnOthers(stored) ? await context.loaders.neighbours.load(stored.subject) : null;
    const hint = hintOf(stored.id, around, neighbours);
    if (!hint) return null;
    const { kind, opens, truncated, sources, against, before, after } = hint;
    return {
      ...{ kind, opens, truncated, independentSources: sources, consequence: consequenceOf(hint) },
      ...{ before: shown(before), after: shown(after) },
      against: () => against && findClaim(context, against),
    };
  }

  @FieldResolver(() => [Claim], {
    nullable: true,
    description: `The other accepted claims on the same field of the same record, at most ${MOST_COMPETING}, those with the most independent sources first. ${FOR_REVIEWERS}`,
  })
  async competing(@Root() { stored }: ClaimSource, @Ctx() context: Context): Promise<ClaimSource[] | null> {
    const around = await aroundOf(context, stored);
    if (around === null) return null;
    const others = claimsAround(around).filter(
      ({ id, subject, field, verdict }) =>
        id !== stored.id && subject === stored.subject && field === stored.field && verdict === 'ACCEPTED',
    );
    const found = await findClaims(
      context,
      others.map(({ id }) => id),
    );
    const order = (a: ClaimSource, b: ClaimSource) => b.stored.sources - a.stored.sources || (a.id < b.id ? -1 : 1);
    return found.sort(order).slice(0, MOST_COMPETING);
  }

  @FieldResolver(() => [Rejection], {
    nullable: true,
    description: `How often it, or a claim that says the same of the same record, was rejected before, but for rejections that were undone, at most ${MOST_REJECTIONS}, the latest first. ${FOR_REVIEWERS}`,
  })
  async rejectedBefore(@Root() { stored }: ClaimSource, @Ctx() context: Context): Promise<object[] | null> {
    const around = await aroundOf(context, stored);
    if (around === null) return null;
    const same = claimsAround(around).filter((claim) => saysTheSame(claim, stored));
    const rejections = await Promise.all(
      same.map(async ({ id }) => {
        const made = await context.loaders.rejections.load(id);
        return made.map((rejected) => ({ id, rejected }));
      }),
    );
    const latest = rejections.flat().sort((a, b) => b.rejected.seq - a.rejected.seq);
    return latest.slice(0, MOST_REJECTIONS).map(({ id, rejected: { actor, at, note } }) => ({
      ...{ actor, at, ...splitVerdictNote(note) },
      claim: () => findClaim(context, id),
    }));
  }
}

/** What the projection of a claim's subject takes; null for whoever may not decide, and in the past, where nothing is decided. */
async function aroundOf(context: Context, { subject }: ClaimRecord): Promise<Around | null> {
  if (!is(context, 'REVIEWER') || pastOf(context) !== null) return null;
  return context.loaders.around.load(subject);
}

function saysTheSame(a: ClaimRecord, b: ClaimRecord): boolean {
  const isSameField = a.subject === b.subject && a.field === b.field && a.polarity === b.polarity;
  return isSameField && valueKey(a.value) === valueKey(b.value);
}

const shown = ({ date, standing, contested }: FieldState) => factOf({ date, standing, contested, why: [] });
