import { Arg, Args, Ctx, Extensions, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import type { Change as StoredChange } from '../domain/change.js';
import type { Field as FieldWord, PeriodType as PeriodTypeWord } from '../domain/words.js';
import { aimClaim, heldWhere } from '../editing/aim.js';
import { addCitation, correctClaim, rightOf, withdrawCitation } from '../editing/claim.js';
import { type Decision, decideClaims, type RejectReason as RejectReasonWord } from '../editing/decide.js';
import { invalid, under } from '../errors.js';
import { changeFor } from './change.js';
import { ClaimField, findClaims } from './claim.js';
import { CitationInput, ClaimValueInput, citeFor, claimedValue } from './claim-input.js';
import type { Context } from './context.js';
import { PairInput, pairOf } from './edit-relationship.js';
import { enumOf } from './enums.js';
import { EditArgs, editorFor, forRole, namedRecord, WriteArgs, write } from './mutation.js';
import { PeriodType } from './period.js';
import { ClaimsPayload, claimsIn, namedSubject } from './propose.js';

type DecidingWord = 'ACCEPT' | 'REJECT' | 'SEND_BACK';

export const Deciding = enumOf<DecidingWord>('Deciding', 'What is decided about a claim.', {
  ACCEPT:
    'A source says this, and it may show. The quotes that wait with it are accepted too, or those that the decision names.',
  REJECT: 'It is not used, or those quotes of it that the decision names; it stays as memory.',
  SEND_BACK: 'It waits again.',
});

const VERDICT = { ACCEPT: 'ACCEPTED', REJECT: 'REJECTED', SEND_BACK: 'PROPOSED' } as const;

export const RejectReason = enumOf<RejectReasonWord>('RejectReason', 'Why a claim is rejected.', {
  NOT_IN_QUOTE: 'The quote does not say this.',
  WRONG_PERSON: 'It is about somebody else.',
  WRONG_VALUE: 'It says something else.',
  PLAN_OR_FICTION: 'It is a plan, hearsay or fiction.',
  WEAK_SOURCE: 'The source is not good enough.',
  OTHER: 'Anything else: say it in the note.',
});

@InputType({ description: 'What is decided about one claim.' })
export class DecisionInput {
  @Field(() => ID, { description: 'The claim.' })
  claim!: string;

  @Field(() => Deciding, { description: 'What is decided.' })
  decide!: DecidingWord;

  @Field(() => RejectReason, { nullable: true, description: 'For REJECT, and only then: else INVALID_INPUT, REASON.' })
  reason?: RejectReasonWord | null;

  @Field(() => String, { nullable: true, description: 'A word on it, kept as the verdict note.' })
  note?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'For ACCEPT: the quotes of it that are accepted, where those that wait are not all meant. For REJECT: the quotes of it that are rejected, while the claim stays as it is, unless it rests on nothing else; why stands in the note of the change. Any other is INVALID_INPUT, CITATIONS.',
  })
  citations?: string[] | null;

  @Field(() => Int, {
    description: 'The `revision` of the claim that the decision is about; a quote that was added since is a CONFLICT.',
  })
  expectedRevision!: number;
}

@Resolver()
export class DecideResolver {
  @Extensions(forRole('REVIEWER'))
  @Mutation(() => ClaimsPayload, {
    description:
      'Decides claims, all of them or none. A decision that is there already by the same viewer counts as done; one that somebody else made since is a CONFLICT that names the claim. 1 to 500, else INVALID_INPUT, rules EMPTY and TOO_MANY.',
  })
  async decideClaims(
    @Ctx() context: Context,
    @Args(() => WriteArgs) args: WriteArgs,
    @Arg('decisions', () => [DecisionInput], { description: 'One for each claim.' }) inputs: DecisionInput[],
  ): Promise<ClaimsPayload> {
    const claims = await Promise.all(
      inputs.map(({ claim }, at) => namedRecord(context, 'Claim', claim, `decisions[${at}].claim`)),
    );
    const decisions = inputs.map(
      ({ decide, reason, note, citations, expectedRevision }, at): Decision => ({
        claim: String(claims[at]),
        verdict: VERDICT[decide],
        reason: reason ?? null,
        note: note?.trim() || null,
        citations: citations ?? null,
        revision: expectedRevision,
      }),
    );
    const change = await write(context, 'decideClaims', args, (editor) => decideClaims(editor, decisions));
    return payload(context, change, claims);
  }

  @Extensions(forRole('REVIEWER'))
  @Mutation(() => ClaimsPayload, {
    description:
      'Says what the quotes of a claim really say: it is rejected as WRONG_VALUE, and its quotes are cited for the claim of the right field and value, which is made if it is not there. Answers both, the right one last.',
  })
  async correctClaim(
    @Ctx() context: Context,
    @Args(() => EditArgs) args: EditArgs,
    @Arg('id', () => ID, { description: 'The claim.' }) ref: string,
    @Arg('value', () => ClaimValueInput, { description: 'What it should say.' }) input: ClaimValueInput,
    @Arg('accept', () => Boolean, {
      nullable: true,
      defaultValue: true,
      description: 'Accepts the right one with its quotes; else it is proposed.',
    })
    accept: boolean | null,
    @Arg('field', () => ClaimField, {
      nullable: true,
      description:
        'What it is really on, where that is another field: of a START that only says that the two are married, EXISTS.',
    })
    of?: FieldWord | null,
  ): Promise<ClaimsPayload> {
    const id = await namedRecord(context, 'Claim', ref, 'id');
    const field = of ?? (await context.loaders.claims.load(id))?.field ?? 'EXISTS';
    const value = await claimedValue(context, field, input);
    const verdict = accept === false ? 'PROPOSED' : 'ACCEPTED';
    const change = await write(context, 'correctClaim', args, (editor) =>
      correctClaim(editor, id, { field, value }, verdict, args.expectedRevision),
    );
    const right = await othersIn(change, id, () => rightOf(context.graph, id, { field, value }));
    return payload(context, change, [id, ...right]);
  }

  @Extensions(forRole('REVIEWER'))
  @Mutation(() => ClaimsPayload, {
    description:
      'Says what a claim is really about: another record, a pair, or a new period of its relationship. Exactly one of `subject`, `pair` and `newPeriod`, else INVALID_INPUT, rule ONE_KEY. Where a claim of that says the same, this one is rejected, and its quotes are cited for that; answers both then. A quote of the one person whom it is no longer about speaks for the one whom it is about now; of anybody else: INVALID_INPUT, rule SIDE.',
  })
  async aimClaim(
    @Ctx() context: Context,
    @Args(() => EditArgs) args: EditArgs,
    @Arg('id', () => ID, { description: 'The claim.' }) ref: string,
    @Arg('subject', () => ID, {
      nullable: true,
      description: 'A relationship, period or event by its id, or a person by id or slug.',
    })
    subject?: string | null,
    @Arg('newPeriod', () => PeriodType, { nullable: true, description: 'What the new period is.' })
    newPeriod?: PeriodTypeWord | null,
    @Arg('pair', () => PairInput, {
      nullable: true,
      description: 'Two people: it goes to the period that it fits, or makes one.',
    })
    pair?: PairInput | null,
  ): Promise<ClaimsPayload> {
    if ([subject, newPeriod, pair].filter((given) => given != null).length !== 1)
      throw invalid('subject', 'ONE_KEY', 'Give one of subject, pair and newPeriod.');
    const id = await namedRecord(context, 'Claim', ref, 'id');
    const aim = newPeriod
      ? { newPeriod }
      : pair
        ? await pairOf(context, pair, 'pair')
        : { subject: await namedSubject(context, String(subject), 'subject') };
    const change = await write(context, 'aimClaim', args, (editor) => aimClaim(editor, id, aim, args.expectedRevision));
    const isRejected = change?.edits.some(({ recordId, after }) => recordId === id && after?.verdict === 'REJECTED');
    const same = await othersIn(change, id, async () =>
      isRejected ? heldWhere(editorFor(context, 'aimClaim', args), context.graph, id, aim) : null,
    );
    return payload(context, change, [id, ...same]);
  }

  @Extensions(forRole('CONTRIBUTOR', 'REVIEWER'))
  @Mutation(() => ClaimsPayload, {
    description: 'Adds a quote that says what a claim says. It waits for a reviewer, unless one accepts it at once.',
  })
  async addCitation(
    @Ctx() context: Context,
    @Args(() => WriteArgs) args: WriteArgs,
    @Arg('claim', () => ID, { description: 'The claim.' }) ref: string,
    @Arg('cite', () => CitationInput, { description: 'The quote.' }) input: CitationInput,
    @Arg('accept', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: 'Accepts it at once: for REVIEWER and above, else FORBIDDEN.',
    })
    accept: boolean | null,
  ): Promise<ClaimsPayload> {
    const id = await namedRecord(context, 'Claim', ref, 'claim');
    const cite = await under('cite', () => citeFor(context, input));
    const change = await write(context, 'addCitation', args, (editor) =>
      addCitation(editor, id, cite, accept ? 'ACCEPTED' : 'PROPOSED'),
    );
    return payload(context, change, [id]);
  }

  @Extensions(forRole('REVIEWER'))
  @Mutation(() => ClaimsPayload, {
    description:
      'Takes a quote back; it stays as memory. A claim that rested on nothing else waits again, and so says its verdict note. One that the same viewer has taken back already counts as done.',
  })
  async withdrawCitation(
    @Ctx() context: Context,
    @Args(() => EditArgs) args: EditArgs,
    @Arg('id', () => ID, { description: 'The citation.' }) ref: string,
  ): Promise<ClaimsPayload> {
    const id = await namedRecord(context, 'Citation', ref, 'id');
    const claim = (await context.loaders.citations.load(id))?.claim;
    const change = await write(context, 'withdrawCitation', args, (editor) =>
      withdrawCitation(editor, id, args.expectedRevision),
    );
    return payload(context, change, claim === undefined ? [] : [claim]);
  }
}

/** The claims of a change but for the one that it was ordered for; where that has cited none anew, the one that `known` finds. */
async function othersIn(
  change: StoredChange | null,
  id: string,
  known: () => Promise<string | null>,
): Promise<string[]> {
  const others = claimsIn(change).filter((claim) => claim !== id);
  if (others.length > 0) return others;
  const found = await known();
  return found === null ? [] : [found];
}

async function payload(
  context: Context,
  change: StoredChange | null,
  claims: readonly string[],
): Promise<ClaimsPayload> {
  return { change: change && changeFor(change), claims: await findClaims(context, claims) };
}
