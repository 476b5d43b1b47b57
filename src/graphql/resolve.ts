import { Arg, Args, Ctx, Extensions, Field, ID, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { ResolutionKind as ResolutionKindWord } from '../domain/words.js';
import { resolveContradiction } from '../editing/resolve.js';
import { AppError } from '../errors.js';
import { Change, changeFor } from './change.js';
import type { Context } from './context.js';
import { Contradiction, type ContradictionSource, findContradiction, ResolutionKind } from './contradiction.js';
import { forRole, WriteArgs, write } from './mutation.js';
import type { NodeSource } from './node.js';

@ObjectType({ simpleResolvers: true, description: 'A contradiction that was answered.' })
export class ContradictionPayload {
  @Field(() => Change, {
    nullable: true,
    description: 'The change; null where it was answered so already, by the viewer.',
  })
  change!: NodeSource | null;

  @Field(() => Contradiction, { description: 'The contradiction as it is now.' })
  contradiction!: ContradictionSource;
}

@Resolver()
export class ResolveResolver {
  @Extensions(forRole('REVIEWER'))
  @Mutation(() => ContradictionPayload, {
    description:
      'Answers a contradiction; `note` says why, else INVALID_INPUT, rule NOTE. The answer holds while both claims rest on what they rest on now: it is void once either changes, or has a quote more or less. CONFLICT, with `actor`, `kind`, `note` and `revision`, where somebody has answered it; the same answer of the viewer again counts as done. REFUSED for PREFER, rule NO_PREFERENCE, between two marriages; rule LIFE_STANDS, of a relationship or event over a birth or death, which is to be rejected or corrected instead; rule GUEST, of the birth or death of somebody on whom the event does not depend.',
  })
  async resolveContradiction(
    @Ctx() context: Context,
    @Args(() => WriteArgs) args: WriteArgs,
    @Arg('id', () => ID, { description: 'The contradiction.' }) id: string,
    @Arg('kind', () => ResolutionKind, { description: 'How.' }) kind: ResolutionKindWord,
    @Arg('prefer', () => ID, {
      nullable: true,
      description: 'For PREFER, and only then: which of its two claims. Else INVALID_INPUT, rule PREFER.',
    })
    prefer?: string | null,
    @Arg('expectedRevision', () => Int, {
      nullable: true,
      description: 'To overrule an answer: its `revision`, which the CONFLICT tells too.',
    })
    revision?: number | null,
  ): Promise<ContradictionPayload> {
    if ((await findContradiction(context, id)) === null) throw noContradiction(id);
    const answer = { kind, prefer: prefer ?? null, note: args.note ?? '', revision: revision ?? null };
    const change = await write(context, 'resolveContradiction', args, (editor) =>
      resolveContradiction(editor, id, answer),
    );
    const contradiction = await findContradiction(context, id);
    if (contradiction === null) throw noContradiction(id);
    return { change: change && changeFor(change), contradiction };
  }
}

const noContradiction = (id: string) =>
  new AppError('NOT_FOUND', `There is no contradiction ${JSON.stringify(id.slice(0, 100))}, or no longer.`, {
    field: 'id',
  });
