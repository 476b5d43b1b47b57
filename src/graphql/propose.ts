import { Arg, Args, Ctx, Extensions, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { Change as StoredChange } from '../domain/change.js';
import { typeOfId } from '../domain/records.js';
import { proposeClaims } from '../editing/claim.js';
import { checkCount } from '../editing/editor.js';
import type { Statement } from '../editing/say.js';
import { invalid } from '../errors.js';
import { Change, changeFor } from './change.js';
import { Claim, type ClaimSource, findClaims } from './claim.js';
import { ClaimInput, sayingsFor } from './claim-input.js';
import type { Context } from './context.js';
import { PairInput, pairOf } from './edit-relationship.js';
import { editedIn, forRole, namedPerson, namedRecord, WriteArgs, write } from './mutation.js';
import type { NodeSource } from './node.js';

@InputType({
  description:
    'What sources say about one record, or about two people: exactly one of `subject` and `pair`, else INVALID_INPUT, rule ONE_KEY.',
})
export class StatementInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The id of a relationship, period or event, or the id or slug of a person.',
  })
  subject?: string | null;

  @Field(() => PairInput, {
    nullable: true,
    description: 'Two people: the claims go to the period that they fit, or make one.',
  })
  pair?: PairInput | null;

  @Field(() => [ClaimInput], { description: 'What is said: one claim at least, else INVALID_INPUT, rule CITED.' })
  claims!: ClaimInput[];
}

@ObjectType({ simpleResolvers: true, description: 'What became of claims.' })
export class ClaimsPayload {
  @Field(() => Change, { nullable: true, description: 'The change; null where it was so already.' })
  change!: NodeSource | null;

  @Field(() => [Claim], { description: 'The claims that it is about, as the viewer sees them now.' })
  claims!: ClaimSource[];
}

const MOST_STATEMENTS = 100;

@Resolver()
export class ProposeResolver {
  @Extensions(forRole('CONTRIBUTOR', 'EDITOR'))
  @Mutation(() => ClaimsPayload, {
    description:
      'Proposes what sources say. A claim that is there gets the new quotes; what was rejected is not proposed again from the same article. Nothing of it shows until a reviewer has accepted it, to contributors either, unless an editor says `accept`. 1 to 100 statements, else INVALID_INPUT, rules EMPTY and TOO_MANY.',
  })
  async proposeClaims(
    @Ctx() context: Context,
    @Args(() => WriteArgs) args: WriteArgs,
    @Arg('statements', () => [StatementInput], { description: 'What is said, of whom.' }) inputs: StatementInput[],
    @Arg('accept', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description:
        'Accepts all of it at once, as `recordRelationship` does: for EDITOR and above, else FORBIDDEN. A claim that waits and says the same is accepted with the quotes that are given; what was rejected from the same article is a CONFLICT, rule REJECTED.',
    })
    accept: boolean | null,
  ): Promise<ClaimsPayload> {
    checkCount('statements', inputs, MOST_STATEMENTS);
    const statements: Statement[] = [];
    for (const [at, input] of inputs.entries())
      statements.push(await statementFor(context, input, `statements[${at}]`));
    const change = await write(context, 'proposeClaims', args, (editor) =>
      proposeClaims(editor, statements, accept ? 'ACCEPTED' : 'PROPOSED'),
    );
    return { change: change && changeFor(change), claims: await findClaims(context, claimsIn(change)) };
  }
}

async function statementFor(
  context: Context,
  { subject, pair, claims }: StatementInput,
  at: string,
): Promise<Statement> {
  if ((subject == null) === (pair == null)) throw invalid(`${at}.subject`, 'ONE_KEY', 'Give either subject or pair.');
  const about = pair
    ? await pairOf(context, pair, `${at}.pair`)
    : { subject: await namedSubject(context, String(subject), `${at}.subject`) };
  return { about, sayings: await sayingsFor(context, claims, at), at };
}

/** The id of the record that something is claimed of; of a person also by their slug. Throws NOT_FOUND with the field. */
export async function namedSubject(context: Context, ref: string, field: string): Promise<string> {
  const type = typeOfId(ref);
  if (type === 'Relationship' || type === 'Period' || type === 'Event') return namedRecord(context, type, ref, field);
  return (await namedPerson(context, ref, field)).id;
}

/** The claims that a change made, decided, or cited anew. */
export function claimsIn(change: StoredChange | null): string[] {
  const cited = (change?.edits ?? []).flatMap(({ type, after }) =>
    type === 'Citation' ? String(after?.claim ?? '') : [],
  );
  return [...new Set([...editedIn(change, 'Claim'), ...cited.filter((id) => id !== '')])];
}
